// Answering a correction request: just the items asked for, each with the officer's reason.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { typedCaseId } from '#base/ids.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Page } from '#forms/types.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { faultMessage, uploadedFiles } from '#portal/answers.tsx';
import { composePage } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeForm } from '#portal/sent-form.ts';
import { FormPage, formErrors } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { readForm } from '#portal/ui/read-form.ts';
import { CaseNumber } from '#portal/ui/show.tsx';
import { viewerOf } from './apply.tsx';
import { words } from './words.ts';

export function correctRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id/correct/:task', async (request) => {
    const found = await loadCorrection(road, request);
    return correctPage(road, request, { ...found, faults: [], values: {} });
  });
  post(server, '/cases/:id/correct/:task', (request) => sendCorrection(road, request));
}

type Correction = { readonly file: CaseFile; readonly task: OpenTask; readonly shown: Page };

async function loadCorrection(road: Road, request: PageRequest): Promise<Correction> {
  const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
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

function applicationOf(file: CaseFile): JsonObject {
  const application = file.variables['application'];
  return isObject(application) ? application : {};
}

function correctPage(
  road: Road,
  request: PageRequest,
  { file, task, shown, faults, values }: Correction & { readonly faults: readonly FieldFault[]; readonly values: JsonObject },
): string {
  const { language } = request;
  const answers = applicationOf(file);
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
    inputs: { key: crypto.randomUUID() },
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

async function sendCorrection(road: Road, request: PageRequest): Promise<string | FastifyReply> {
  const asked = typedCaseId(request.params['id'] ?? '') ?? (request.params['id'] as never);
  const sent = await takeForm(road, request, asked, () => viewerOf(request).actor);
  const { actor } = viewerOf(request);
  const found = await loadCorrection(road, request);
  const values = readForm(found.shown, sent.body) as JsonObject;
  const files: { readonly [key: string]: Json } = Object.fromEntries(
    Object.entries(sent.files).map(([field, file]) => [field, { file }]),
  );
  const key = textOf(sent.body, 'key') || request.request.id;
  try {
    if (sent.faults.length > 0) throw new Refusal('invalid-answers', { fields: [] });
    await perform(road, found.file.id, {
      actor,
      key,
      command: { type: 'CompleteTask', task: found.task.id, answers: { ...values, ...files } },
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    const faults = [...sent.faults, ...(error.facts.fields ?? [])];
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(correctPage(road, request, { ...found, faults, values }));
  }
  return request.go(`/cases/${found.file.id}`);
}
