// For owners and the steward: contracts about their questions, agreeing to and signing drafts, use and what is unusual in it, revoking.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { Refusal } from '#base/refusal.ts';
import { actOnContract } from '#work/contracts/act.ts';
import type { ContractAct } from '#work/contracts/act.ts';
import type { Road } from '#work/road.ts';
import { acknowledgeFlag, openFlags, useOf } from '#work/views/contract-use.ts';
import type { ContractUse } from '#work/views/contract-use.ts';
import { contractFor, contractsFor } from '#work/views/contracts.ts';
import type { ContractView } from '#work/views/contracts.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { inquirer } from '#portal/inquiries/inquirer.ts';
import { page, post, textOf, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonLink, HiddenInputs } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { actOrShow, listed } from './again.ts';
import type { Errors } from './again.ts';
import { ContractTable } from './list.tsx';
import { ContractHead, contractTitle, RevokeForm, SignForm } from './parts.tsx';
import { Flags, Use } from './use.tsx';
import { words } from './words.ts';

export function cityContractRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/oversight/contracts', (request) => listPage(road, request));
  page(server, '/oversight/contracts/:id', async (request) =>
    onePage(road, request, { ...(await shownOf(road, request)), errors: {}, failed: '' }),
  );
  post(server, '/oversight/contracts/:id', (request) => act(road, request));
}

/** Owners and the steward. Throws Refusal `login-required`, `not-permitted`. */
function requireCity(request: PageRequest): { readonly isOwner: boolean } {
  const { assignments } = viewerOf(request).visitor;
  const has = (role: string): boolean => assignments.some((one) => one.role === role);
  if (!has('owner') && !has('steward')) throw new Refusal('not-permitted', { command: 'oversight' });
  return { isOwner: has('owner') };
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const { isOwner } = requireCity(request);
  const { language } = request;
  const contracts = (await contractsFor(road, inquirer(request))).filter((one) => one.isCity);
  const flags = await openFlags(
    road,
    contracts.map((one) => one.state.id),
  );
  const title = words(language, 'list.title');
  const body = (
    <>
      <Heading title={title} lead={words(language, 'list.city-lead')} />
      <ContractTable language={language} contracts={contracts} to="/oversight/contracts" flags={flags} />
      {isOwner && (
        <p>
          <ButtonLink href={href(language, '/oversight/contracts/new')}>{words(language, 'list.new')}</ButtonLink>
        </p>
      )}
    </>
  );
  return composePage(road, request, { title, body, personal: true, wide: true });
}

type Seen = { readonly view: ContractView; readonly use: ContractUse };

async function shownOf(road: Road, request: PageRequest): Promise<Seen> {
  requireCity(request);
  const [viewer, id] = [inquirer(request), request.params['id'] ?? ''];
  const view = await contractFor(road, viewer, id);
  return { view, use: await useOf(road, viewer, id) };
}

async function act(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const seen = await shownOf(road, request);
  const { body } = request;
  const viewer = inquirer(request);
  const { id } = seen.view.state;
  const name = textOf(body, 'name');
  return actOrShow(
    request,
    async () => {
      if (textOf(body, 'do') === 'see') {
        const flag = { rule: textOf(body, 'rule'), about: textOf(body, 'about'), reason: textOf(body, name) };
        await acknowledgeFlag(road, viewer, id, flag);
      } else await actOnContract(road, viewer.actor, id, actOf(request));
      return { go: `/oversight/contracts/${id}?done=1` };
    },
    (errors) => onePage(road, request, { ...seen, errors, failed: name }),
  );
}

function actOf({ body }: PageRequest): ContractAct {
  switch (textOf(body, 'do')) {
    case 'agree':
      return { do: 'agree' };
    case 'sign':
      return { do: 'sign', hash: textOf(body, 'hash') };
    default:
      return { do: 'revoke', reason: textOf(body, 'reason') };
  }
}

type Shown = Seen & { readonly errors: Errors; readonly failed: string };

function onePage(road: Road, request: PageRequest, { view, use, errors, failed }: Shown): string {
  const { language, query, body: sent } = request;
  const { state, may } = view;
  const title = contractTitle(language, view);
  const action = href(language, `/oversight/contracts/${state.id}`);
  // The fault of a flag stands beside that flag, the fault of revoking beside its reason.
  const named: Errors = failed === '' || errors['reason'] === undefined ? errors : { [failed]: errors['reason'] };
  const body = (
    <>
      <ContractHead language={language} view={view} isDone={query['done'] === '1'} />
      <DraftActs road={road} request={request} view={view} action={action} />
      {state.current && (
        <>
          <Flags language={language} use={use} action={action} errors={errors} failed={failed} />
          <Use language={language} view={view} use={use} />
        </>
      )}
      {may.draft && (
        <p>
          <ButtonLink href={href(language, `/oversight/contracts/${state.id}/draft`)} weight="secondary">
            {words(language, 'draft.again')}
          </ButtonLink>
        </p>
      )}
      {may.revoke && (
        <RevokeForm language={language} action={action} errors={failed === '' ? errors : {}} reason={textOf(sent, 'reason')} />
      )}
    </>
  );
  const back = href(language, '/oversight/contracts');
  return composePage(road, request, { title, body, errors: listed(named), back, personal: true, wide: true });
}

type ActsProps = { readonly road: Road; readonly request: PageRequest; readonly view: ContractView; readonly action: string };

/** What this reader may do with the draft; and whom it waits for. */
function DraftActs({ road, request, view, action }: ActsProps): JSX.Element | null {
  const { language } = request;
  const { state, may } = view;
  const { draft } = state;
  if (!draft) return null;
  const missing = draft.owners.filter((one) => !draft.agreed.includes(one)).map((one) => road.catalogue.unitName(one)[language]);
  return (
    <>
      {missing.length > 0 && <p>{words(language, 'agree.waits', { units: missing.join(language === 'fa' ? '، ' : ', ') })}</p>}
      {may.agree && (
        <form method="post" action={action}>
          <Key />
          <HiddenInputs values={{ do: 'agree' }} />
          <p>{words(language, 'agree.lead')}</p>
          <Actions>
            <Button>{words(language, 'agree.do')}</Button>
          </Actions>
        </form>
      )}
      {may.sign && <SignForm language={language} action={action} state={state} />}
    </>
  );
}
