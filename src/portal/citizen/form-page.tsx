// One page of the application: save and continue, or save and return later. Every fault is told beside its field with everything typed kept.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import { typedCaseId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Page } from '#forms/types.ts';
import { isDone } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { saveDraft } from '#work/submit.ts';
import { applicationForm, draftPages, hiddenKeys } from '#work/views/draft.ts';
import { faultMessage, uploadedFiles } from '#portal/answers.tsx';
import { composePage } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeForm } from '#portal/sent-form.ts';
import type { Sent } from '#portal/sent-form.ts';
import { FormPage, formErrors, wordsOf } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { readForm } from '#portal/ui/read-form.ts';
import { beneathFields, hinted, shownFields } from '#portal/own-data/known.tsx';
import { ofDraft, ownCase } from './draft.ts';
import type { DraftFile } from './draft.ts';

export function formPageRoutes(server: FastifyInstance, road: Road): void {
  page(
    server,
    '/cases/:id/apply/:page',
    ofDraft(road, (request, file) => formPage(road, request, { file, faults: [] })),
  );
  post(server, '/cases/:id/apply/:page', (request) => savePage(road, request));
}

/** The page asked for and its place. Throws Refusal `page-not-found`. */
function pageOf(request: PageRequest, file: DraftFile): { readonly shown: Page; readonly index: number; readonly of: number } {
  const { pages } = applicationForm(file.package);
  const index = pages.findIndex((one) => one.id === request.params['page']);
  const shown = pages[index];
  if (!shown) throw new Refusal('page-not-found', { path: request.path });
  return { shown, index, of: pages.length };
}

/** Who came from "check your answers" to change one goes back there. */
function isChange({ query }: PageRequest): boolean {
  return query['from'] === 'check';
}

type Shown = { readonly file: DraftFile; readonly faults: readonly FieldFault[]; readonly values?: JsonObject };

function formPage(road: Road, request: PageRequest, { file, faults, values }: Shown): string {
  const { language } = request;
  const { shown, index, of } = pageOf(request, file);
  const { texts, manifest } = file.package;
  const draft = { ...file.state.draft, ...values };
  const drawing = { language, texts, known: file.known, back: `/cases/${file.id}/apply/${shown.id}` };
  const page = { ...shown, fields: shown.fields.map((field) => hinted(field, drawing)) };
  const prefilled = [...file.known.data].map(([key, { typed }]) => [key, typed] as const);
  const props = {
    language,
    page,
    texts,
    values: { ...Object.fromEntries(prefilled), ...draft },
    shown: shownFields(shown.fields, drawing),
    beneath: beneathFields(shown.fields, drawing),
    faults,
    message: faultMessage(texts),
    hidden: hiddenKeys({ ...file.state, draft }, file.package, file.known.standings),
    uploaded: uploadedFiles(shown, file.state.draft, (one) => href(language, `/cases/${file.id}/files/${one}`)),
    action: href(language, `/cases/${file.id}/apply/${shown.id}${isChange(request) ? '?from=check' : ''}`),
    keep: `${file.id}-${shown.id}`,
    inputs: { key: randomUUID() },
    caption: manifest.title[language],
    saveLater: { name: 'later', value: '1' },
  };
  return composePage(road, request, {
    title: wordsOf(texts, language, shown.title),
    body: <FormPage {...props} />,
    errors: formErrors(props),
    step: { now: index + 1, of },
    back: href(language, isChange(request) ? `/cases/${file.id}/check` : `/cases/${file.id}/apply`),
    personal: true,
  });
}

async function savePage(road: Road, request: PageRequest): Promise<string | FastifyReply> {
  const asked = request.params['id'] ?? '';
  const sent = await takeForm(road, request, typedCaseId(asked) ?? (asked as never), () => viewerOf(request).actor);
  const { actor } = viewerOf(request);
  // Files of this form are attached by now: the draft is read after them.
  const file = await ownCase(road, request);
  const { shown } = pageOf(request, file);
  const answers = readForm(shown, sent.body) as JsonObject;
  const later = textOf(sent.body, 'later') !== '';
  const key = intentOf(request, sent.body);
  if (file.state.status !== 'draft' && (await isDone(road, file.id, key))) return request.go(`/cases/${file.id}`);
  try {
    if (sent.faults.length > 0 && !later) throw new Refusal('invalid-answers', { fields: [] });
    await saveDraft(road, file.id, { actor, key, page: shown.id, answers, ...(later ? { unchecked: true } : {}) });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    return refused(road, request, { file, sent, answers, told: error.facts.fields ?? [] });
  }
  return request.go(after(request, file, later));
}

function after(request: PageRequest, file: DraftFile, later: boolean): string {
  if (later) return `/cases/${file.id}/apply?saved=1`;
  const next = applicationForm(file.package).pages[pageOf(request, file).index + 1];
  return isChange(request) || !next ? `/cases/${file.id}/check` : `/cases/${file.id}/apply/${next.id}`;
}

type Refused = {
  readonly file: DraftFile;
  readonly sent: Sent;
  readonly answers: JsonObject;
  readonly told: readonly FieldFault[];
};

/** The same page again. A file that was refused is told once, by its own fault, not also as missing. */
function refused(road: Road, request: PageRequest, { file, sent, answers, told }: Refused): FastifyReply {
  const { index } = pageOf(request, file);
  const draft = { ...file.state.draft, ...answers };
  const others =
    sent.faults.length > 0 ? draftPages({ ...file.state, draft }, file.package, file.known.standings)[index]?.faults : told;
  const named = new Set(sent.faults.map((one) => one.pointer));
  const faults = [...sent.faults, ...(others ?? []).filter((one) => !named.has(one.pointer))];
  return request.reply
    .code(422)
    .type('text/html; charset=utf-8')
    .send(formPage(road, request, { file, faults, values: answers }));
}
