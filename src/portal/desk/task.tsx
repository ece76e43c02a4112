// Doing a task: its form, and where the model allows it an itemised correction request. Judged by the server; every typed value stays.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { isDone, perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { composePage } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeForm, takeTexts } from '#portal/sent-form.ts';
import type { Sent } from '#portal/sent-form.ts';
import { href } from '#portal/ui/href.ts';
import { readForm } from '#portal/ui/read-form.ts';
import { sendTrouble } from './case-file.tsx';
import type { Typed } from './case-file.tsx';
import { sentCorrections, sentReasons } from './corrections.tsx';
import { onePage, taskErrors, TaskForm } from './task-form.tsx';
import type { Shown } from './task-form.tsx';
import { isTrouble, troubleText } from './trouble.ts';
import { deskViewer } from './viewer.ts';

export function taskRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/cases/:id/tasks/:task', async (request) => {
    const { file, task } = await loadTask(road, request);
    if (!task?.mine) return sendTrouble(road, request, whyNot(request, task));
    return taskPage(road, request, { file, task, faults: [], values: {}, kept: {}, corrections: [], reasons: {} });
  });
  post(server, '/desk/cases/:id/tasks/:task', (request) => complete(road, request));
}

async function loadTask(
  road: Road,
  request: PageRequest,
): Promise<{ readonly file: CaseFile; readonly task: OpenTask | undefined }> {
  const file = await loadCaseFile(road, deskViewer(request), request.params['id'] ?? '');
  return { file, task: file.tasks.find((one) => one.id === request.params['task']) };
}

/** Nobody's task any more, or not this reader's. */
function whyNot(request: PageRequest, task: OpenTask | undefined): Refusal {
  return new Refusal(task?.refusal ?? 'task-closed', { task: request.params['task'] });
}

function taskPage(road: Road, request: PageRequest, shown: Shown): string {
  const { language } = request;
  return composePage(road, request, {
    title: shown.task.step[language],
    body: <TaskForm language={language} shown={shown} me={deskViewer(request).visitor.id} />,
    errors: taskErrors(language, shown),
    wide: true,
    back: href(language, `/desk/cases/${shown.file.id}`),
    personal: true,
  });
}

async function complete(road: Road, request: PageRequest): Promise<FastifyReply> {
  // Nobody is signed in: the texts are read, so that the page that asks to sign in can keep them.
  if (!request.visitor) await takeTexts(request);
  const { actor } = deskViewer(request);
  const { file, task } = await loadTask(road, request);
  if (!task?.mine) return tooLate(road, request, { file, task });
  const sent = await takeForm(road, request, file.id, () => actor);
  const { values, kept, answers } = answersOf({ file, task, sent });
  const again = async (status: number, more: Pick<Shown, 'faults' | 'trouble'>): Promise<FastifyReply> => {
    // Anew: it knows the files that just came, and who took the task.
    const { file: now, task: still } = await loadTask(road, request);
    const corrections = sentCorrections(task.correctable, sent.body);
    const reasons = sentReasons(task.correctable, sent.body);
    const shown = { file: now, task: still ?? task, values, kept, corrections, reasons, ...more };
    return request.reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(taskPage(road, request, shown));
  };
  try {
    if (sent.faults.length > 0) throw new Refusal('invalid-answers', { fields: [] });
    const key = intentOf(request, sent.body);
    await perform(road, file.id, { actor, key, command: { type: 'CompleteTask', task: task.id, answers } });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid-answers')
      return again(422, { faults: [...sent.faults, ...(error.facts.fields ?? [])] });
    if (!isTrouble(error)) throw error;
    if (error.code === 'task-closed') return sendTrouble(road, request, error, typedOf(file, sent.body));
    const { file: now } = await loadTask(road, request);
    return again(409, { faults: [], trouble: troubleText(request.language, error, now) });
  }
  return request.go(`/desk?done=${file.id}`);
}

/** What the form says: texts, files just sent or kept from a sending before, corrections. */
function answersOf({ file, task, sent }: { readonly file: CaseFile; readonly task: OpenTask; readonly sent: Sent }) {
  const single = onePage(task);
  const values = readForm(single, sent.body) as JsonObject;
  const kept: { readonly [field: string]: string } = {
    ...Object.fromEntries(
      single.fields
        .filter((field) => field.kind === 'file')
        .map((field) => [field.key, textOf(sent.body, `kept-${field.key}`)] as const)
        .filter(([, id]) => file.state.files.some((one) => one.file === id)),
    ),
    ...sent.files,
  };
  const files: { readonly [key: string]: Json } = Object.fromEntries(
    Object.entries(kept).map(([field, id]) => [field, { file: id }]),
  );
  const corrections = sentCorrections(task.correctable, sent.body).map((one) => ({ ...one }));
  return { values, kept, answers: { ...values, ...files, ...(task.correctable ? { corrections } : {}) } as JsonObject };
}

/** The task is done, gone or another's. A form sent twice lands where its first sending did; else what was typed is shown on the case file. */
async function tooLate(
  road: Road,
  request: PageRequest,
  { file, task }: { readonly file: CaseFile; readonly task: OpenTask | undefined },
): Promise<FastifyReply> {
  const body = await takeTexts(request);
  if (!task && (await isDone(road, file.id, intentOf(request, body)))) return request.go(`/desk?done=${file.id}`);
  return sendTrouble(road, request, whyNot(request, task), typedOf(file, body));
}

/** The form names itself, for the task that it was of may be gone. */
function typedOf({ package: pkg }: CaseFile, body: PageRequest['body']): Typed | undefined {
  const id = textOf(body, 'form');
  const form = Object.hasOwn(pkg.forms, id) ? pkg.forms[id] : undefined;
  if (!form) return undefined;
  const values = Object.assign({}, ...form.pages.map((one) => readForm(one, body))) as JsonObject;
  return isObject(values) ? { form, values } : undefined;
}
