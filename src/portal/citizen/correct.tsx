// Answering a correction request: just the items asked for, each with the officer's reason.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import { isObject } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Page } from '#forms/types.ts';
import { isDone, perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { faultMessage, uploadedFiles } from '#portal/answers.tsx';
import { composePage } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeForm, takeTexts } from '#portal/sent-form.ts';
import type { Sent } from '#portal/sent-form.ts';
import { FormPage, formErrors } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { readForm } from '#portal/ui/read-form.ts';
import { CaseNumber } from '#portal/ui/show.tsx';
import { words } from './words.ts';

export function correctRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id/correct/:task', async (request) => {
    const found = await loadCorrection(road, request);
    return correctPage(road, request, { ...found, faults: [], values: {} });
  });
  post(server, '/cases/:id/correct/:task', (request) => sendCorrection(road, request));
}

type Correction = { readonly file: CaseFile; readonly task: OpenTask; readonly shown: Page };

/** Throws Refusal `task-closed`. */
async function loadCorrection(road: Road, request: PageRequest): Promise<Correction> {
  return correctionOf(request, await loadCaseFile(road, viewerOf(request), request.params['id'] ?? ''));
}

function correctionOf(request: PageRequest, file: CaseFile): Correction {
  const task = file.tasks.find((one) => one.id === request.params['task'] && one.role === 'applicant');
  if (!task?.formModel || !file.own) throw new Refusal('task-closed', { task: request.params['task'] });
  const asked = new Map((task.corrections ?? []).map((one) => [one.field, one.reason]));
  const { language } = request;
  const fields = task.formModel.pages
    .flatMap((one) => one.fields)
    .filter((field) => asked.has(field.key))
    // The officer's reason stands where the hint does: above the answer it is about.
    .map((field) => ({ ...field, hint: words(language, 'correct.reason', { reason: asked.get(field.key) ?? '' }) }));
  return { file, task, shown: { id: task.id, title: words(language, 'correct.title'), fields } };
}

type Shown = {
  readonly faults: readonly FieldFault[];
  readonly values: JsonObject;
  /** Files that came with a form that was refused: they need not be chosen again. */
  readonly kept?: { readonly [field: string]: string };
};

function applicationOf(file: CaseFile): JsonObject {
  const application = file.variables['application'];
  return isObject(application) ? application : {};
}

function correctPage(
  road: Road,
  request: PageRequest,
  { file, task, shown, faults, values, kept = {} }: Correction & Shown,
): string {
  const { language } = request;
  const given = Object.entries(kept).map(([field, id]) => [field, { ...file.state.files.find((one) => one.file === id) }]);
  const answers: JsonObject = { ...applicationOf(file), ...Object.fromEntries(given) };
  const keeping = Object.entries(kept).map(([field, id]) => [`kept-${field}`, id]);
  const props = {
    language,
    page: shown,
    texts: file.package.texts,
    values: { ...answers, ...values },
    faults,
    message: faultMessage(file.package.texts),
    uploaded: uploadedFiles(shown, answers, (one) => href(language, `/cases/${file.id}/files/${one}`)),
    action: href(language, `/cases/${file.id}/correct/${task.id}`),
    keep: `${file.id}-${task.id}`,
    inputs: { key: randomUUID(), ...Object.fromEntries(keeping) } as { readonly [name: string]: string },
    submit: words(language, 'correct.send'),
    headless: true,
  };
  const body = (
    <>
      <Heading
        title={words(language, 'correct.title')}
        caption={<CaseNumber language={language} id={file.id} />}
        lead={words(language, 'correct.lead')}
      />
      <FormPage {...props} />
    </>
  );
  return composePage(road, request, {
    title: words(language, 'correct.title'),
    body,
    errors: formErrors(props),
    back: href(language, `/cases/${file.id}`),
    personal: true,
  });
}

async function sendCorrection(road: Road, request: PageRequest): Promise<FastifyReply> {
  // Nobody is signed in: the texts are read, so that the page that asks to sign in can keep them.
  if (!request.visitor) await takeTexts(request);
  const viewer = viewerOf(request);
  const file = await loadCaseFile(road, viewer, request.params['id'] ?? '');
  const isOpen = file.tasks.some((one) => one.id === request.params['task']);
  // Sent twice, or too late: the files of it have no place any more.
  if (!isOpen && (await isDone(road, file.id, intentOf(request, await takeTexts(request)))))
    return request.go(`/cases/${file.id}`);
  const found = correctionOf(request, file);
  const sent = await takeForm(road, request, file.id, () => viewer.actor);
  const key = intentOf(request, sent.body);
  const values = readForm(found.shown, sent.body) as JsonObject;
  const kept = keptFiles(found, sent);
  const files = Object.fromEntries(Object.entries(kept).map(([field, id]) => [field, { file: id }]));
  try {
    if (sent.faults.length > 0) throw new Refusal('invalid-answers', { fields: [] });
    const command = { type: 'CompleteTask', task: found.task.id, answers: { ...values, ...files } } as const;
    await perform(road, file.id, { actor: viewer.actor, key, command });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    const faults = [...sent.faults, ...(error.facts.fields ?? [])];
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(correctPage(road, request, { ...found, faults, values, kept }));
  }
  return request.go(`/cases/${file.id}`);
}

/** Files of this case that came now or with the sending before. */
function keptFiles({ file, shown }: Correction, sent: Sent): { readonly [field: string]: string } {
  const before = shown.fields
    .filter((field) => field.kind === 'file')
    .map((field) => [field.key, textOf(sent.body, `kept-${field.key}`)] as const)
    .filter(([, id]) => file.state.files.some((one) => one.file === id));
  return { ...Object.fromEntries(before), ...sent.files };
}
