// The page of a task: its form on the reading side, the case at a glance beside it. On a phone the form comes first.
import type { JSX } from 'preact';
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#base/json.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { Page } from '#forms/types.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { faultMessage, uploadedFiles } from '#portal/answers.tsx';
import { textIn } from '#portal/fee.tsx';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Columns } from '#portal/ui/cards.tsx';
import type { PageError } from '#portal/ui/errors.tsx';
import { FieldControl } from '#portal/ui/form-field.tsx';
import { faultKey, formErrors, wordsOf } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { CaseNumber } from '#portal/ui/show.tsx';
import { CorrectionEditor, correctionErrors } from './corrections.tsx';
import type { Correction } from './corrections.tsx';
import { applicationOf, Application, Attachments, Registers } from './file-data.tsx';
import { words as fileWords } from './file-words.ts';
import { KindTags } from './file-now.tsx';
import { words } from './words.ts';

export type Shown = {
  readonly file: CaseFile;
  readonly task: OpenTask;
  readonly faults: readonly FieldFault[];
  readonly values: JsonObject;
  /** Files of an earlier sending, by field: a browser never sends them twice. */
  readonly kept: { readonly [field: string]: string };
  readonly corrections: readonly Correction[];
  readonly reasons: Readonly<Record<string, string>>;
  readonly trouble?: string;
};

/** A task's form on one page: its groups one after the other. */
export function onePage({ id, step, formModel }: OpenTask): Page {
  const pages = formModel?.pages ?? [];
  const hint = pages.find((one) => one.description !== undefined)?.description;
  return {
    id,
    title: step.fa,
    fields: pages.flatMap((one) => one.fields),
    ...(hint === undefined ? {} : { description: hint }),
  };
}

export function taskErrors(language: Language, shown: Shown): readonly PageError[] {
  const { file, task, faults } = shown;
  const { texts } = file.package;
  return [
    ...formErrors({ page: onePage(task), faults, message: faultMessage(texts), language }),
    ...(task.correctable ? correctionErrors({ language, form: task.correctable, texts }, shown) : []),
  ];
}

type Props = { readonly language: Language; readonly shown: Shown };

export function TaskForm({ language, shown, me }: Props & { readonly me: string }): JSX.Element {
  const { file, task, trouble } = shown;
  const description = onePage(task).description;
  return (
    <>
      {trouble !== undefined && <Notice language={language} tone="danger" title={trouble} live />}
      <Heading
        title={
          <>
            {task.step[language]} <KindTags language={language} task={task} />
          </>
        }
        caption={
          <>
            {file.package.manifest.title[language]} · <CaseNumber language={language} id={file.id} />
          </>
        }
        lead={description === undefined ? undefined : wordsOf(file.package.texts, language, description)}
      />
      {task.visit !== undefined && <Address language={language} file={file} />}
      {task.assignee !== me && trouble === undefined && <p class="soft">{words(language, 'task.free-note')}</p>}
      <Columns label={words(language, 'task.case')} aside={<Glance language={language} file={file} />}>
        <Fields language={language} shown={shown} />
      </Columns>
    </>
  );
}

/** Where to go, before anything else: who visits reads this on the way. */
function Address({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element | null {
  const address = file.registers.map(({ record }) => record['address']).find((one) => one !== undefined);
  if (address === undefined) return null;
  return (
    <p>
      <strong>{fileWords(language, 'property.address')}:</strong> {textIn(address, language)}
    </p>
  );
}

function Fields({ language, shown }: Props): JSX.Element {
  const { file, task, faults, values, kept } = shown;
  const { texts } = file.package;
  const single = onePage(task);
  const message = faultMessage(texts);
  const givenFiles = Object.fromEntries(
    Object.entries(kept).map(([field, id]) => [field, { ...file.state.files.find((one) => one.file === id) }]),
  );
  const uploaded = uploadedFiles(single, givenFiles, (one) => href(language, `/cases/${file.id}/files/${one}`));
  return (
    <form
      method="post"
      action={href(language, `/desk/cases/${file.id}/tasks/${task.id}`)}
      novalidate
      data-keep={`${file.id}-${task.id}`}
      enctype={single.fields.some((one) => one.kind === 'file') ? 'multipart/form-data' : undefined}
    >
      <HiddenInputs
        values={{
          key: randomUUID(),
          ...(task.form === undefined ? {} : { form: task.form }),
          ...Object.fromEntries(Object.entries(kept).map(([field, id]) => [`kept-${field}`, id])),
        }}
      />
      {single.fields.map((field) => {
        const fault = faults.find((one) => faultKey(one) === field.key);
        return (
          <FieldControl
            key={field.key}
            language={language}
            field={field}
            words={(text) => wordsOf(texts, language, text)}
            value={values[field.key]}
            error={fault && message(fault, field)[language]}
            uploaded={uploaded[field.key]}
          />
        );
      })}
      {task.correctable && (
        <CorrectionEditor
          language={language}
          form={task.correctable}
          texts={texts}
          answers={applicationOf(file)}
          corrections={shown.corrections}
          reasons={shown.reasons}
          faults={faults}
        />
      )}
      <Actions>
        <Button>{words(language, 'task.done')}</Button>
      </Actions>
    </form>
  );
}

/** What one needs to see while filling the form in. The whole file opens beside it, so that nothing typed is left. */
function Glance({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element {
  return (
    <>
      <h2>{words(language, 'task.case')}</h2>
      <p>
        <a href={href(language, `/desk/cases/${file.id}`)} target="_blank" rel="noopener">
          {words(language, 'task.open-file')}
        </a>
      </p>
      <Application language={language} file={file} />
      <Attachments language={language} file={file} />
      <Registers language={language} file={file} />
    </>
  );
}
