// For people of organisations: what they may ask under which contract, asking by hand, and each answer with its source.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { InquiryType } from '#inquiries/types.ts';
import type { Road } from '#work/road.ts';
import { evidenceByHand } from '#work/views/evidence.ts';
import { askByHand, askedBy, contractsOf, inquiryFor } from '#work/views/inquiries.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonLink, HiddenInputs } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { dateText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { actOrAgain } from './again.ts';
import type { Errors } from './again.ts';
import { inquirer } from './inquirer.ts';
import { InquiryBody, InquiryTable } from './inquiry-parts.tsx';
import { membersOf, SchemaFields, typedTexts, typedValue, listedErrors } from './schema-form.tsx';
import type { Member } from './schema-form.tsx';
import { typeWords } from './type-words.ts';
import { typesPage } from './types.tsx';
import { words } from './words.ts';

export function askingRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/inquiries', (request) => homePage(road, request));
  page(server, '/inquiries/ask/:type', (request) =>
    askPage(road, request, { type: typeOf(road, request), errors: {}, typed: {} }),
  );
  post(server, '/inquiries/ask/:type', (request) => ask(road, request));
  page(server, '/inquiries/:id/evidence', async (request) => {
    const file = await evidenceByHand(road, inquirer(request), request.params['id'] ?? '');
    const name = 'attachment; filename="evidence.json"';
    return request.reply.type('application/json').header('content-disposition', name).send(file);
  });
  page(server, '/inquiries/:id', async (request) => {
    const view = await inquiryFor(road, inquirer(request), request.params['id'] ?? '');
    return onePage(road, request, view);
  });
}

/** Whoever may ask nothing sees what is asked here by others. */
async function homePage(road: Road, request: PageRequest): Promise<string> {
  const { language, visitor } = request;
  const contracts = visitor ? contractsOf(road, visitor.id) : [];
  const isPartner = visitor !== undefined && road.catalogue.isPartner(visitor.id);
  if (contracts.length === 0 && !isPartner) return typesPage(road, request);
  const viewer = inquirer(request);
  const asked = await askedBy(road, viewer);
  const title = words(language, 'ask.title');
  const body = (
    <>
      <Heading title={title} lead={words(language, 'ask.lead')} />
      <p>
        <a href={href(language, '/inquiries/types')}>{typeWords(language, 'all-types')}</a>
      </p>
      <p>
        <a href={href(language, '/inquiries/contracts')}>{words(language, 'ask.contracts')}</a>
      </p>
      {contracts.map(({ contract, types }) => (
        <Section
          key={contract.id}
          id={`contract-${contract.id}`}
          title={words(language, 'ask.under', {
            organisation: contract.organisation.name[language],
            purpose: contract.purpose[language],
          })}
        >
          <p>{words(language, 'ask.legal', { legal: contract.legal[language] })}</p>
          <p>{words(language, 'ask.until', { date: dateText(language, contract.until) })}</p>
          <ul>
            {types.map((type) => (
              <li key={type.id}>
                <a href={href(language, `/inquiries/ask/${type.id}?contract=${contract.id}`)}>{type.title[language]}</a>:{' '}
                {type.summary[language]}
              </li>
            ))}
          </ul>
        </Section>
      ))}
      <Section title={words(language, 'ask.mine')} id="mine">
        {asked.length === 0 ? (
          <p>{words(language, 'ask.mine-none')}</p>
        ) : (
          <InquiryTable language={language} inquiries={asked} to="/inquiries" />
        )}
      </Section>
    </>
  );
  return composePage(road, request, { title, body, personal: true });
}

function typeOf(road: Road, request: PageRequest): InquiryType {
  inquirer(request);
  return road.catalogue.inquiryType(request.params['type'] ?? '').inquiry.type;
}

async function ask(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const viewer = inquirer(request);
  const type = typeOf(road, request);
  const { language, body } = request;
  const members = membersOf(type.question, language);
  const contract = textOf(body, 'contract') || undefined;
  const given = { contract, type: type.id, question: typedValue(members, body), key: intentOf(request, body) };
  return actOrAgain(
    request,
    async () => `/inquiries/${await askByHand(road, viewer, given)}`,
    (errors) => askPage(road, request, { type, errors, typed: typedTexts(members, body) }),
  );
}

type Asking = {
  readonly type: InquiryType;
  readonly errors: Errors;
  readonly typed: { readonly [member: string]: string };
};

function askPage(road: Road, request: PageRequest, { type, errors, typed }: Asking): string {
  const { language, query, body: sent } = request;
  const members: readonly Member[] = membersOf(type.question, language);
  const contract = textOf(sent, 'contract') || (query['contract'] ?? '');
  const listed = listedErrors(members, errors);
  const body = (
    <>
      <Heading title={type.title[language]} lead={type.summary[language]} />
      <p>{words(language, 'ask.legal', { legal: type.legal[language] })}</p>
      <form method="post" action={href(language, `/inquiries/ask/${type.id}`)} novalidate>
        <Key />
        <HiddenInputs values={{ contract }} />
        <SchemaFields language={language} members={members} typed={typed} errors={errors} />
        <Actions>
          <Button>{words(language, 'ask.do')}</Button>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, {
    title: type.title[language],
    body,
    errors: listed,
    back: href(language, '/inquiries'),
    personal: true,
  });
}

function onePage(road: Road, request: PageRequest, view: InquiryView): string {
  const { language } = request;
  const title = words(language, 'one.title', { title: view.type.title[language] });
  const body = (
    <>
      <Heading title={title} caption={view.organisation?.[language]} />
      <InquiryBody language={language} view={view} />
      {view.answer && view.contract && (
        <p>
          <a href={href(language, `/inquiries/${view.id}/evidence`)}>{words(language, 'one.evidence')}</a>{' '}
          <span class="soft">{words(language, 'one.evidence-more')}</span>
        </p>
      )}
      <p>
        <ButtonLink href={href(language, `/inquiries/ask/${view.type.id}`)} weight="secondary">
          {words(language, 'ask.new')}
        </ButtonLink>
      </p>
    </>
  );
  return composePage(road, request, { title, body, back: href(language, '/inquiries'), personal: true });
}
