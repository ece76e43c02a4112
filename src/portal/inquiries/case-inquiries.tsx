// What a case asks: the list on its file, and asking from it by an officer whose unit works the case.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { inquiriesOf, inquiryToJudge } from '#work/views/inquiries.ts';
import { askable, askForCase, markRead } from '#work/views/unit-inquiries.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { intentOf } from '#portal/intent.ts';
import { page, post } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { CaseNumber } from '#portal/ui/show.tsx';
import { actOrAgain } from './again.ts';
import type { Errors } from './again.ts';
import { InquiryBody, InquiryTable } from './inquiry-parts.tsx';
import { inquirer } from './inquirer.ts';
import { membersOf, SchemaFields, typedTexts, typedValue, listedErrors } from './schema-form.tsx';
import { words } from './words.ts';

export function caseInquiryRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/cases/:id/inquiries', (request) => listPage(road, request));
  page(server, '/desk/cases/:id/inquiries/:inquiry', (request) => onePage(road, request));
  page(server, '/desk/cases/:id/ask/:type', (request) => askPage(road, request, { errors: {}, typed: {} }));
  post(server, '/desk/cases/:id/ask/:type', (request) => ask(road, request));
}

/** Throws Refusal `case-not-found`, and `own-case` where the reader is the applicant: what is asked of them they see as such. */
async function fileOf(road: Road, request: PageRequest) {
  const file = await loadCaseFile(road, deskViewer(request), request.params['id'] ?? '');
  if (file.own) throw new Refusal('own-case', {});
  return file;
}

function asAsking({ id, own, state }: Awaited<ReturnType<typeof fileOf>>) {
  return { id, own, units: [...state.units, ...state.tasks.flatMap((one) => one.unit ?? [])] };
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const file = await fileOf(road, request);
  const { language } = request;
  const asked = await inquiriesOf(road, inquirer(request), file.id);
  const types = file.state.status === 'open' ? askable(road, inquirer(request), asAsking(file)) : [];
  const title = words(language, 'case.title');
  const body = (
    <>
      <Heading title={title} caption={<CaseNumber language={language} id={file.id} />} lead={words(language, 'case.lead')} />
      {asked.length === 0 ? (
        <Empty title={words(language, 'case.none')} />
      ) : (
        <InquiryTable language={language} inquiries={asked} to={`/desk/cases/${file.id}/inquiries`} />
      )}
      {types.length > 0 && (
        <Section title={words(language, 'case.ask')} id="ask">
          <ul>
            {types.map((type) => (
              <li key={type.id}>
                <a href={href(language, `/desk/cases/${file.id}/ask/${type.id}`)}>{type.title[language]}</a>:{' '}
                {type.summary[language]}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, `/desk/cases/${file.id}`), personal: true });
}

async function onePage(road: Road, request: PageRequest): Promise<string> {
  const file = await fileOf(road, request);
  const { language } = request;
  const view = await inquiryToJudge(road, inquirer(request), request.params['inquiry'] ?? '');
  await markRead(road, inquirer(request), view);
  const title = words(language, 'one.title', { title: view.type.title[language] });
  const body = (
    <>
      <Heading title={title} caption={<CaseNumber language={language} id={file.id} />} />
      <InquiryBody language={language} view={view} />
    </>
  );
  return composePage(road, request, { title, body, back: href(language, `/desk/cases/${file.id}/inquiries`), personal: true });
}

type Typed = {
  readonly errors: Errors;
  readonly typed: { readonly [member: string]: string };
};

async function ask(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const file = await fileOf(road, request);
  const { type } = road.catalogue.inquiryType(request.params['type'] ?? '').inquiry;
  const { language, body } = request;
  const members = membersOf(type.question, language);
  const given = { type: type.id, question: typedValue(members, body), key: intentOf(request, body) };
  return actOrAgain(
    request,
    async () => `/desk/cases/${file.id}/inquiries/${await askForCase(road, inquirer(request), asAsking(file), given)}`,
    (errors) => askPage(road, request, { errors, typed: typedTexts(members, body) }),
  );
}

async function askPage(road: Road, request: PageRequest, { errors, typed }: Typed): Promise<string> {
  const file = await fileOf(road, request);
  const { type } = road.catalogue.inquiryType(request.params['type'] ?? '').inquiry;
  const { language } = request;
  const members = membersOf(type.question, language);
  const listed = listedErrors(members, errors);
  const body = (
    <>
      <Heading
        title={type.title[language]}
        caption={<CaseNumber language={language} id={file.id} />}
        lead={type.summary[language]}
      />
      <p>{words(language, 'ask.legal', { legal: type.legal[language] })}</p>
      <form method="post" action={href(language, request.path)} novalidate>
        <Key />
        <SchemaFields language={language} members={members} typed={typed} errors={errors} />
        <Actions>
          <Button>{words(language, 'ask.do')}</Button>
        </Actions>
      </form>
    </>
  );
  const back = href(language, `/desk/cases/${file.id}/inquiries`);
  return composePage(road, request, { title: type.title[language], body, errors: listed, back, personal: true });
}
