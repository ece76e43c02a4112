// An itemised correction request: for every field of the application a box and a reason, beside what was answered.
// Works as a plain form; where scripts run, a reason shows once its box is ticked. Judges nothing.
import type { JSX } from 'preact';
import type { JsonObject } from '#base/json.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { Field, Form, Texts } from '#forms/types.ts';
import { fieldWords } from '#work/words.ts';
import { AnswerText } from '#portal/answers.tsx';
import { textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Checkbox } from '#portal/ui/choices.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import type { PageError } from '#portal/ui/errors.tsx';
import { FieldGroup } from '#portal/ui/field.tsx';
import { wordsOf } from '#portal/ui/form.tsx';
import { TextInput } from '#portal/ui/inputs.tsx';
import { words } from './words.ts';

export type Correction = { readonly field: string; readonly reason: string };

type Source = { readonly language: Language; readonly form: Form; readonly texts: Texts };
type Given = { readonly corrections: readonly Correction[]; readonly faults: readonly FieldFault[] };

/** Fields that an applicant answered and can answer again. */
function correctable(form: Form): readonly Field[] {
  return form.pages.flatMap((page) => page.fields).filter((field) => field.kind !== 'note');
}

/** The items that were ticked, in the form's order, each with what was typed as its reason. */
export function sentCorrections(form: Form | undefined, body: PageRequest['body']): readonly Correction[] {
  if (!form) return [];
  return correctable(form)
    .filter((field) => textOf(body, `fix-${field.key}`) !== '')
    .map((field) => ({ field: field.key, reason: textOf(body, `why-${field.key}`).trim() }));
}

/** Reasons typed beside boxes that are not ticked stay too. */
export function sentReasons(form: Form | undefined, body: PageRequest['body']): Readonly<Record<string, string>> {
  const fields = form ? correctable(form) : [];
  return Object.fromEntries(fields.map((field) => [field.key, textOf(body, `why-${field.key}`)]));
}

/** The fault of the request as a whole, and that of each item whose reason is missing. */
function faultsOf({ language, form, texts }: Source, { corrections, faults }: Given) {
  const group = faults.find((one) => one.pointer === '/corrections');
  const items = new Map<string, string>();
  for (const fault of faults) {
    const index = /^\/corrections\/(\d+)\//.exec(fault.pointer)?.[1];
    const key = index === undefined ? undefined : corrections[Number(index)]?.field;
    const field = correctable(form).find((one) => one.key === key);
    if (field) items.set(field.key, words(language, 'task.reason-needed', { field: wordsOf(texts, language, field.label) }));
  }
  return { group: group && fieldWords(group)[language], items };
}

/** The same faults for the summary at the top, each a link to its control. */
export function correctionErrors(source: Source, given: Given): readonly PageError[] {
  const { group, items } = faultsOf(source, given);
  const [first] = correctable(source.form);
  return [
    ...(group === undefined || !first ? [] : [{ message: group, field: fieldId(`fix-${first.key}`) }]),
    ...[...items].map(([key, message]) => ({ message, field: fieldId(`why-${key}`) })),
  ];
}

type EditorProps = Source &
  Given & {
    /** What the applicant answered. */
    readonly answers: JsonObject;
    readonly reasons: Readonly<Record<string, string>>;
  };

export function CorrectionEditor(props: EditorProps): JSX.Element {
  const { language, form, texts, answers, corrections, reasons } = props;
  const { group, items } = faultsOf(props, props);
  const ticked = new Set(corrections.map((one) => one.field));
  return (
    <div data-when="decision" data-not="correct">
      <FieldGroup
        language={language}
        name="corrections"
        label={words(language, 'task.corrections')}
        hint={words(language, 'task.corrections-lead')}
        error={group}
      >
        {correctable(form).map((field) => (
          <Item
            key={field.key}
            language={language}
            texts={texts}
            field={field}
            answers={answers}
            isTicked={ticked.has(field.key)}
            reason={reasons[field.key] ?? ''}
            error={items.get(field.key)}
          />
        ))}
      </FieldGroup>
    </div>
  );
}

type ItemProps = Pick<EditorProps, 'language' | 'texts' | 'answers'> & {
  readonly field: Field;
  readonly isTicked: boolean;
  readonly reason: string;
  readonly error: string | undefined;
};

function Item({ language, texts, field, answers, isTicked, reason, error }: ItemProps): JSX.Element {
  const label = wordsOf(texts, language, field.label);
  return (
    <div class="item">
      <Checkbox
        language={language}
        name={`fix-${field.key}`}
        label={words(language, 'task.needs', { field: label })}
        checked={isTicked}
      />
      <p class="soft">
        {words(language, 'task.now')} <AnswerText language={language} texts={texts} field={field} value={answers[field.key]} />
      </p>
      <div data-when={`fix-${field.key}`} data-not="true">
        <TextInput
          language={language}
          name={`why-${field.key}`}
          label={words(language, 'task.reason-for', { field: label })}
          value={reason}
          error={error}
        />
      </div>
    </div>
  );
}
