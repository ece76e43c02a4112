// Doing a task: its form, and where the model allows it an itemised correction request. Judged by the server; every typed value stays.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { typedCaseId } from '#base/ids.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language, Text } from '#base/text.ts';
import type { Form, Page } from '#forms/types.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { fieldWords } from '#work/words.ts';
import { faultMessage, uploadedFiles } from '#portal/answers.tsx';
import { composePage } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeForm } from '#portal/sent-form.ts';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Checkbox } from '#portal/ui/choices.tsx';
import type { PageError } from '#portal/ui/errors.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { FieldControl } from '#portal/ui/form-field.tsx';
import { formErrors, wordsOf } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { TextInput } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { readForm } from '#portal/ui/read-form.ts';
import { CaseNumber } from '#portal/ui/show.tsx';
import { deskViewer } from './viewer.ts';
import { words } from './words.ts';

export function taskRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/cases/:id/tasks/:task', async (request) =>
    taskPage(road, request, { ...(await loadTask(road, request)), faults: [], values: {}, corrections: [] }),
  );
  post(server, '/desk/cases/:id/tasks/:task', (request) => complete(road, request));
}

type Loaded = { readonly file: CaseFile; readonly task: OpenTask };
type Correction = { readonly field: string; readonly reason: string };
type Shown = Loaded & {
  readonly faults: readonly FieldFault[];
  readonly values: JsonObject;
  readonly corrections: readonly Correction[];
  readonly trouble?: string;
};

async function loadTask(road: Road, request: PageRequest): Promise<Loaded> {
  const file = await loadCaseFile(road, deskViewer(request), request.params['id'] ?? '');
  const task = file.tasks.find((one) => one.id === request.params['task']);
  if (!task) throw new Refusal('task-closed', { task: request.params['task'] });
  return { file, task };
}

/** A task's form on one page: its groups one after the other. */
function onePage(form: Form | undefined, task: OpenTask): Page {
  return { id: task.id, title: task.step.fa, fields: (form?.pages ?? []).flatMap((one) => one.fields) };
}

function taskPage(road: Road, request: PageRequest, shown: Shown): string {
  const { language } = request;
  const { file, task, faults, values } = shown;
  const { texts } = file.package;
  const single = onePage(task.formModel, task);
  const message = faultMessage(texts);
  const errors = [...formErrors({ page: single, faults, message, language }), ...correctionErrors(language, shown)];
  const faultOf = (key: string): string | undefined => {
    const fault = faults.find((one) => one.pointer === `/${key}`);
    const field = single.fields.find((one) => one.key === key);
    return fault && field ? message(fault, field)[language] : undefined;
  };
  const uploaded = uploadedFiles(single, values, (one) => href(language, `/cases/${file.id}/files/${one}`));
  const title = task.step[language];
  const body = (
    <>
      {shown.trouble !== undefined && <Notice language={language} tone="danger" title={shown.trouble} live />}
      <Heading title={title} caption={<CaseNumber language={language} id={file.id} />} />
      <p>
        <a href={href(language, `/desk/cases/${file.id}`)} target="_blank" rel="noopener">
          {file.package.manifest.title[language]}
        </a>
      </p>
      <form
        method="post"
        action={href(language, `/desk/cases/${file.id}/tasks/${task.id}`)}
        novalidate
        data-keep={`${file.id}-${task.id}`}
        enctype={single.fields.some((one) => one.kind === 'file') ? 'multipart/form-data' : undefined}
      >
        <HiddenInputs values={{ key: crypto.randomUUID() }} />
        {single.fields.map((field) => (
          <FieldControl
            key={field.key}
            language={language}
            field={field}
            words={(text) => wordsOf(texts, language, text)}
            value={values[field.key]}
            error={faultOf(field.key)}
            uploaded={uploaded[field.key]}
          />
        ))}
        {task.correctable && <Corrections language={language} form={task.correctable} shown={shown} />}
        <Actions>
          <Button>{words(language, 'task.done')}</Button>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, { title, body, errors, back: href(language, `/desk/cases/${file.id}`), personal: true });
}

function correctionErrors(language: Language, { faults }: Shown): readonly PageError[] {
  return faults
    .filter((one) => one.pointer.startsWith('/corrections'))
    .map((one) => ({ message: fieldWords(one)[language], field: fieldId('fix-group') }));
}

/** A checkbox and a reason for every field of the application: what is not ticked is not asked. */
function Corrections({
  language,
  form,
  shown,
}: {
  readonly language: Language;
  readonly form: Form;
  readonly shown: Shown;
}): JSX.Element {
  const { texts } = shown.file.package;
  const given = new Map(shown.corrections.map((one) => [one.field, one.reason]));
  const missing = new Set(
    shown.faults.flatMap((one) => {
      const at = /^\/corrections\/(\d+)\/reason$/.exec(one.pointer)?.[1];
      return at === undefined ? [] : [shown.corrections[Number(at)]?.field];
    }),
  );
  return (
    <fieldset id={fieldId('fix-group')} tabindex={-1}>
      <legend>{words(language, 'task.corrections')}</legend>
      <p class="hint">{words(language, 'task.corrections-lead')}</p>
      {form.pages
        .flatMap((one) => one.fields)
        .filter((field) => field.kind !== 'note')
        .map((field) => {
          const label = wordsOf(texts, language, field.label);
          return (
            <div key={field.key}>
              <Checkbox
                language={language}
                name={`fix-${field.key}`}
                label={label}
                required={false}
                checked={given.has(field.key)}
              />
              <TextInput
                language={language}
                name={`why-${field.key}`}
                label={words(language, 'task.reason-for', { field: label })}
                required={false}
                value={given.get(field.key) ?? ''}
                width="full"
                {...(missing.has(field.key)
                  ? {
                      error: fieldWords(
                        { pointer: '', code: 'required' },
                        {
                          fa: words('fa', 'task.reason-for', { field: label }),
                          en: words('en', 'task.reason-for', { field: label }),
                        },
                      )[language],
                    }
                  : {})}
              />
            </div>
          );
        })}
    </fieldset>
  );
}

function sentCorrections(form: Form | undefined, body: PageRequest['body']): readonly Correction[] {
  return (form?.pages ?? [])
    .flatMap((one) => one.fields)
    .filter((field) => textOf(body, `fix-${field.key}`) !== '')
    .map((field) => ({ field: field.key, reason: textOf(body, `why-${field.key}`).trim() }));
}

/** Refusals that say the task is another's: shown on the form, so that nothing typed is lost. */
const TROUBLES = new Set(['task-taken', 'task-closed', 'same-person', 'own-case', 'other-unit', 'not-permitted', 'wrong-state']);

function problemText(refusal: Refusal): Text {
  const { title, mend } = PROBLEMS[refusal.code];
  const facts = refusal.facts;
  return { fa: `${fill(title, facts).fa} ${fill(mend, facts).fa}`, en: `${fill(title, facts).en} ${fill(mend, facts).en}` };
}

async function complete(road: Road, request: PageRequest): Promise<string | FastifyReply> {
  const { params, reply, language } = request;
  const asked = typedCaseId(params['id'] ?? '') ?? (params['id'] as never);
  const sent = await takeForm(road, request, asked, () => deskViewer(request).actor);
  const { actor } = deskViewer(request);
  const { file, task } = await loadTask(road, request);
  const single = onePage(task.formModel, task);
  const values = readForm(single, sent.body) as JsonObject;
  const corrections = sentCorrections(task.correctable, sent.body);
  const files: { readonly [key: string]: Json } = Object.fromEntries(
    Object.entries(sent.files).map(([field, one]) => [field, { file: one }]),
  );
  const answers: JsonObject = {
    ...values,
    ...files,
    ...(task.correctable ? { corrections: corrections.map((one) => ({ ...one })) } : {}),
  };
  const key = textOf(sent.body, 'key') || request.request.id;
  const again = (code: number, more: Pick<Shown, 'faults'> & { readonly trouble?: string }): FastifyReply =>
    reply
      .code(code)
      .type('text/html; charset=utf-8')
      .send(taskPage(road, request, { file, task, values, corrections, ...more }));
  try {
    if (sent.faults.length > 0) throw new Refusal('invalid-answers', { fields: [] });
    await perform(road, file.id, { actor, key, command: { type: 'CompleteTask', task: task.id, answers } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'invalid-answers') return again(422, { faults: [...sent.faults, ...(error.facts.fields ?? [])] });
    if (TROUBLES.has(error.code)) return again(409, { faults: [], trouble: problemText(error)[language] });
    throw error;
  }
  return request.go(`/desk?done=${file.id}`);
}
