// Applying: start, the task list of pages, one page at a time, check answers, submit. Saved as it goes; judged by the server alone.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { typedCaseId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import { actorOf, readerOf, requireVisitor } from '#door/visitor.ts';
import { open, perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { submit } from '#work/submit.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { allFields, applicationForm, draftPages, hiddenKeys } from '#work/views/draft.ts';
import { ownDraft } from '#work/views/lists.ts';
import { answerRows, faultMessage, uploadedFiles } from '#portal/answers.tsx';
import { composePage, Key } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeForm } from '#portal/sent-form.ts';
import { Actions, Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList, TaskList } from '#portal/ui/case-parts.tsx';
import { FormPage, formErrors, wordsOf } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { readForm } from '#portal/ui/read-form.ts';
import { CaseNumber } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function viewerOf(request: PageRequest) {
  const visitor = requireVisitor(request.request);
  return { visitor, actor: actorOf(visitor), reader: readerOf(visitor) };
}

export function applyRoutes(server: FastifyInstance, road: Road): void {
  post(server, '/services/:service/start', (request) => start(road, request));
  // Signing in leads back here by GET: the start is then one press away, on the service's own page.
  page(server, '/services/:service/start', (request) =>
    request.go(`/services/${encodeURIComponent(request.params['service'] ?? '')}`),
  );
  page(server, '/cases/:id/apply', async (request) => taskListPage(road, request, await draftOf(road, request)));
  page(server, '/cases/:id/apply/:page', async (request) =>
    formPage(road, request, { file: await draftOf(road, request), faults: [] }),
  );
  post(server, '/cases/:id/apply/:page', (request) => savePage(road, request));
  page(server, '/cases/:id/check', async (request) => checkPage(road, request, await draftOf(road, request), []));
  post(server, '/cases/:id/check', (request) => submitDraft(road, request));
}

async function start(road: Road, request: PageRequest): Promise<FastifyReply> {
  const service = request.params['service'] ?? '';
  // Nothing was typed yet: sign in first, then start from the same page.
  if (!request.visitor) return request.go(`/sign-in?next=${encodeURIComponent(href(request.language, `/services/${service}`))}`);
  const { visitor, actor, reader } = viewerOf(request);
  const { manifest } = road.catalogue.current(service).package;
  const draft = await ownDraft(road, reader, manifest.id);
  if (draft !== undefined) return request.go(`/cases/${draft}/apply`);
  const applicant = { id: actor.person as never, kind: visitor.kind, nationalId: visitor.nationalId, name: visitor.name.fa };
  const { id } = await open(road, {
    actor,
    key: textOf(request.body, 'key') || request.request.id,
    service,
    command: { type: 'OpenCase', applicant },
  });
  return request.go(`/cases/${id}/apply`);
}

/** The reader's own draft. Throws Refusal `case-not-found`, `wrong-state`. */
async function draftOf(road: Road, request: PageRequest): Promise<CaseFile> {
  const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
  if (!file.own) throw new Refusal('not-permitted', { command: 'SaveDraft' });
  if (file.state.status !== 'draft') throw new Refusal('wrong-state', { command: 'SaveDraft', status: file.state.status });
  return file;
}

function taskListPage(road: Road, request: PageRequest, file: CaseFile): string {
  const { language, query } = request;
  const { texts } = file.package;
  const title = words(language, 'apply.title', { service: file.package.manifest.title[language] });
  const pages = draftPages(file.state, file.package);
  const tasks = pages.map(({ page: one, state }) => ({
    title: wordsOf(texts, language, one.title),
    href: href(language, `/cases/${file.id}/apply/${one.id}`),
    state,
  }));
  const body = (
    <>
      {query['saved'] === '1' && <Notice language={language} tone="success" title={words(language, 'saved.later')} live />}
      <Heading title={title} caption={<CaseNumber language={language} id={file.id} />} lead={words(language, 'apply.lead')} />
      <Section title={words(language, 'apply.parts')} id="parts">
        <TaskList language={language} tasks={tasks} />
      </Section>
      <Actions>
        <ButtonLink href={href(language, `/cases/${file.id}/check`)}>{words(language, 'apply.check')}</ButtonLink>
      </Actions>
    </>
  );
  return composePage(road, request, { title, body, personal: true });
}

type Shown = { readonly file: CaseFile; readonly faults: readonly FieldFault[]; readonly values?: JsonObject };

function formPage(road: Road, request: PageRequest, { file, faults, values }: Shown): string {
  const { language } = request;
  const form = applicationForm(file.package);
  const index = form.pages.findIndex((one) => one.id === request.params['page']);
  const shown = form.pages[index];
  if (!shown) throw new Refusal('page-not-found', { path: request.path });
  const { texts, manifest } = file.package;
  const props = {
    language,
    page: shown,
    texts,
    values: { ...file.state.draft, ...values },
    faults,
    message: faultMessage(texts),
    hidden: hiddenKeys(file.state, file.package),
    uploaded: uploadedFiles(shown, file.state.draft, (one) => href(language, `/cases/${file.id}/files/${one}`)),
    action: href(language, `/cases/${file.id}/apply/${shown.id}`),
    keep: `${file.id}-${shown.id}`,
    inputs: { key: crypto.randomUUID() },
    caption: manifest.title[language],
    saveLater: { name: 'later', value: '1' },
  };
  return composePage(road, request, {
    title: wordsOf(texts, language, shown.title),
    body: <FormPage {...props} />,
    errors: formErrors(props),
    step: { now: index + 1, of: form.pages.length },
    back: href(language, `/cases/${file.id}/apply`),
    personal: true,
  });
}

async function savePage(road: Road, request: PageRequest): Promise<string | FastifyReply> {
  const { params, reply } = request;
  const asked = params['id'] ?? '';
  const sent = await takeForm(road, request, typedCaseId(asked) ?? (asked as never), () => viewerOf(request).actor);
  const { actor } = viewerOf(request);
  const file = await draftOf(road, request);
  const form = applicationForm(file.package);
  const index = form.pages.findIndex((one) => one.id === params['page']);
  const shown = form.pages[index];
  if (!shown) throw new Refusal('page-not-found', { path: request.path });
  const values = readForm(shown, sent.body) as JsonObject;
  const later = textOf(sent.body, 'later') !== '';
  const key = textOf(sent.body, 'key') || request.request.id;
  try {
    const command = { type: 'SaveDraft', page: shown.id, answers: values, ...(later ? { unchecked: true } : {}) } as const;
    if (sent.faults.length > 0 && !later) throw new Refusal('invalid-answers', { fields: [] });
    await perform(road, file.id, { actor, key, command });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    // A file that was refused is told once, by its own fault, not also as missing.
    const told = new Set(sent.faults.map((one) => one.pointer));
    const others =
      sent.faults.length > 0
        ? draftPages({ ...file.state, draft: { ...file.state.draft, ...values } }, file.package)[index]?.faults
        : error.facts.fields;
    const faults = [...sent.faults, ...(others ?? []).filter((one) => !told.has(one.pointer))];
    return reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(formPage(road, request, { file, faults, values }));
  }
  if (later) return request.go(`/cases/${file.id}/apply?saved=1`);
  const next = form.pages[index + 1];
  return request.go(next ? `/cases/${file.id}/apply/${next.id}` : `/cases/${file.id}/check`);
}

/** Every answer with its way back; faults of the whole application lead to the page that mends them. */
function checkPage(road: Road, request: PageRequest, file: CaseFile, faults: readonly FieldFault[]): string {
  const { language } = request;
  const form = applicationForm(file.package);
  const { texts } = file.package;
  const pageOf = (one: { readonly id: string }): string => href(language, `/cases/${file.id}/apply/${one.id}`);
  const message = faultMessage(texts);
  const errors = faults.map((fault) => {
    const field = allFields(form).find((one) => fault.pointer === `/${one.key}`);
    return { message: field ? message(fault, field)[language] : fault.code };
  });
  const rows = answerRows(form, file.state.draft, {
    language,
    texts,
    hidden: hiddenKeys(file.state, file.package),
    change: pageOf,
  });
  const body: JSX.Element = (
    <>
      <Heading title={words(language, 'check.title')} caption={file.package.manifest.title[language]} />
      <SummaryList language={language} rows={rows} />
      <form method="post" action={href(language, `/cases/${file.id}/check`)}>
        <Key />
        <p>{words(language, 'check.declare')}</p>
        <Actions>
          <Button>{say(language, 'action.submit')}</Button>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, {
    title: words(language, 'check.title'),
    body,
    errors,
    back: href(language, `/cases/${file.id}/apply`),
    personal: true,
  });
}

async function submitDraft(road: Road, request: PageRequest): Promise<string | FastifyReply> {
  const viewer = viewerOf(request);
  const file = await loadCaseFile(road, viewer, request.params['id'] ?? '');
  try {
    await submit(road, file.id, { actor: viewer.actor, key: textOf(request.body, 'key') || request.request.id });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(checkPage(road, request, file, error.facts.fields ?? []));
  }
  return request.go(`/cases/${file.id}?submitted=1`);
}
