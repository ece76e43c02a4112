// For the people of an organisation: their contracts, signing one, and keeping its keys, webhook and test environment.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import type { KeyUse } from '#inquiries/agreement-types.ts';
import { actOnContract } from '#work/contracts/act.ts';
import type { ContractAct } from '#work/contracts/act.ts';
import type { Road } from '#work/road.ts';
import { contractFor, contractsFor, resendWebhook, termsText } from '#work/views/contracts.ts';
import type { ContractView } from '#work/views/contracts.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { inquirer } from '#portal/inquiries/inquirer.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Details, Heading } from '#portal/ui/parts.tsx';
import { actOrShow, listed } from './again.ts';
import type { Errors } from './again.ts';
import { ContractTable } from './list.tsx';
import { Deliveries, Hook, Keys, Samples } from './partner-parts.tsx';
import { ContractHead, contractTitle, RevokeForm, SignForm } from './parts.tsx';
import { words } from './words.ts';

export function partnerContractRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/inquiries/contracts', (request) => listPage(road, request));
  page(server, '/inquiries/contracts/:id', async (request) =>
    onePage(road, request, { view: await viewOf(road, request), errors: {} }),
  );
  page(server, '/inquiries/contracts/:id/terms', async (request) => {
    const text = await termsText(road, inquirer(request), idOf(request));
    return request.reply
      .type('application/json')
      .header('content-disposition', `attachment; filename="${idOf(request).replaceAll(/[^\w-]/g, '')}.json"`)
      .send(text);
  });
  post(server, '/inquiries/contracts/:id', (request) => act(road, request));
}

function idOf(request: PageRequest): string {
  return request.params['id'] ?? '';
}

async function viewOf(road: Road, request: PageRequest): Promise<ContractView> {
  return contractFor(road, inquirer(request), idOf(request));
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const { language } = request;
  const contracts = (await contractsFor(road, inquirer(request))).filter((one) => one.isPartner);
  const title = words(language, 'list.title');
  const body = (
    <>
      <Heading title={title} lead={words(language, 'list.partner-lead')} />
      <ContractTable language={language} contracts={contracts} to="/inquiries/contracts" />
    </>
  );
  return composePage(road, request, { title, body, back: href(language, '/inquiries'), personal: true, wide: true });
}

async function act(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const viewer = inquirer(request);
  const { body } = request;
  const id = idOf(request);
  // Whom it does not concern learns no more than that there is none.
  const view = await viewOf(road, request);
  const use: KeyUse = textOf(body, 'use') === 'test' ? 'test' : 'real';
  return actOrShow(
    request,
    async () => {
      if (textOf(body, 'do') === 'resend') {
        await resendWebhook(road, viewer, id, textOf(body, 'delivery'));
        return { go: `/inquiries/contracts/${id}?done=1#deliveries` };
      }
      const { secret } = await actOnContract(road, viewer.actor, id, actOf(request, use));
      if (secret === undefined) return { go: `/inquiries/contracts/${id}?done=1` };
      return { page: onePage(road, request, { view: await viewOf(road, request), errors: {}, shown: { use, secret } }) };
    },
    (errors) => onePage(road, request, { view, errors }),
    (pointer) => (['/key', '/url'].includes(pointer) ? `${pointer.slice(1)}-${use}` : pointer.slice(1)),
  );
}

function actOf(request: PageRequest, use: KeyUse): ContractAct {
  const { body } = request;
  const [what, jws] = [textOf(body, 'do'), textOf(body, 'jws').trim()];
  switch (what) {
    case 'sign':
      return { do: 'sign', hash: textOf(body, 'hash') };
    case 'sign-key':
      // An empty one is no wish to be signed for by the portal.
      return { do: 'sign', hash: textOf(body, 'hash'), jws };
    case 'register-key':
      return { do: 'register-key', use, key: textOf(body, `key-${use}`) };
    case 'withdraw-key':
      return { do: 'withdraw-key', use, kid: textOf(body, 'kid') };
    case 'set-webhook':
      return { do: 'set-webhook', use, url: textOf(body, `url-${use}`), intent: intentOf(request, body) };
    case 'open-twin':
      return { do: 'open-twin' };
    default:
      return { do: 'revoke', reason: textOf(body, 'reason') };
  }
}

type Shown = {
  readonly view: ContractView;
  readonly errors: Errors;
  /** A webhook's secret that was just made. */
  readonly shown?: { readonly use: KeyUse; readonly secret: string };
};

function onePage(road: Road, request: PageRequest, { view, errors, shown }: Shown): string {
  const { language, query, body: sent } = request;
  const { state, may, isPartner } = view;
  const title = contractTitle(language, view);
  const action = href(language, `/inquiries/contracts/${state.id}`);
  const names = ['key-real', 'key-test', 'url-real', 'url-test', 'jws', 'reason'].filter((name) => textOf(sent, name) !== '');
  const typed = shown ? {} : Object.fromEntries(names.map((name) => [name, textOf(sent, name)]));
  const kept = { language, view, action, errors, typed };
  const body = (
    <>
      <ContractHead language={language} view={view} isDone={query['done'] === '1'} />
      {may.sign && isPartner && state.draft && (
        <>
          <SignForm language={language} action={action} state={state} />
          <SignByKey {...kept} person={inquirer(request).actor.person} />
        </>
      )}
      {isPartner && (
        <>
          <Section title={words(language, 'keys.title')} id="keys">
            <p>{words(language, 'keys.lead')}</p>
            <Keys {...kept} use="real" />
          </Section>
          <Section title={words(language, 'hook.title')} id="hook">
            <Hook {...kept} use="real" secret={shown?.use === 'real' ? shown.secret : undefined} />
          </Section>
          <Twin {...kept} secret={shown?.use === 'test' ? shown.secret : undefined} />
          <Section title={words(language, 'deliveries.title')} id="deliveries">
            <Deliveries language={language} view={view} action={action} />
          </Section>
          {may.revoke && <RevokeForm language={language} action={action} errors={errors} reason={typed['reason']} />}
        </>
      )}
    </>
  );
  return composePage(road, request, {
    title,
    body,
    errors: listed(errors),
    back: href(language, '/inquiries/contracts'),
    personal: true,
    wide: true,
  });
}

type KeptProps = Omit<Parameters<typeof Keys>[0], 'use'>;

function SignByKey({ language, view, action, errors, typed, person }: KeptProps & { readonly person: string }): JSX.Element {
  return (
    <Details summary={words(language, 'sign.by-key')} open={errors['jws'] !== undefined}>
      <p>{words(language, 'sign.by-key-lead', { person })}</p>
      <p>
        <a href={href(language, `/inquiries/contracts/${view.state.id}/terms`)}>{words(language, 'sign.text')}</a>
      </p>
      <form method="post" action={action} novalidate>
        <Key />
        <HiddenInputs values={{ do: 'sign-key', hash: view.state.draft?.hash ?? '' }} />
        <TextArea
          language={language}
          name="jws"
          label={words(language, 'sign.jws')}
          value={typed['jws']}
          error={errors['jws']}
          rows={4}
        />
        <Actions>
          <Button weight="secondary">{words(language, 'sign.key-do')}</Button>
        </Actions>
      </form>
    </Details>
  );
}

function Twin({ secret, ...kept }: KeptProps & { readonly secret: string | undefined }): JSX.Element {
  const { language, view, action } = kept;
  const isOpen = view.state.twinSince !== undefined;
  return (
    <Section title={words(language, 'twin.title')} id="twin">
      <p>{words(language, 'twin.lead')}</p>
      {isOpen ? (
        <>
          <p>{words(language, 'twin.client', { id: `${view.state.id}-test` })}</p>
          <h3>{words(language, 'twin.keys')}</h3>
          <Keys {...kept} use="test" />
          <h3>{words(language, 'twin.hook')}</h3>
          <Hook {...kept} use="test" secret={secret} />
          <Samples language={language} view={view} />
        </>
      ) : (
        <form method="post" action={action}>
          <Key />
          <HiddenInputs values={{ do: 'open-twin' }} />
          <Actions>
            <Button weight="secondary">{words(language, 'twin.do')}</Button>
          </Actions>
        </form>
      )}
    </Section>
  );
}
