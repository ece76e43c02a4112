// Answers as people read them: a form's fields with what was given, in the package's words.
import type { JSX } from 'preact';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { instant } from '#base/instant.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language, Text } from '#base/text.ts';
import type { Field, Form, Page, Texts } from '#forms/types.ts';
import { fieldWords } from '#work/words.ts';
import type { UploadedFile } from './ui/file-input.tsx';
import { wordsOf } from './ui/form.tsx';
import { dateText } from './ui/format.ts';
import { numberText } from './ui/numbers.ts';
import { UserText } from './ui/show.tsx';
import { say } from './ui/words.ts';

type Source = {
  readonly language: Language;
  readonly texts: Texts;
  /** Where a given file is opened; its name alone without one. */
  readonly fileHref?: (file: string) => string;
};

/** The label of a field in both languages, for the words of a fault. */
export function labelOf(field: Field, texts: Texts): Text {
  return { fa: wordsOf(texts, 'fa', field.label), en: wordsOf(texts, 'en', field.label) };
}

export function faultMessage(texts: Texts): (fault: FieldFault, field: Field) => Text {
  return (fault, field) => (fault.code.startsWith('upload-') ? uploadWords(fault) : fieldWords(fault, labelOf(field, texts)));
}

/** An upload's refusal comes with its words ready: the problem table's, filled. */
function uploadWords(fault: FieldFault): Text {
  return { fa: fault.facts?.['fa'] ?? fault.code, en: fault.facts?.['en'] ?? fault.code };
}

export function AnswerText({
  language,
  texts,
  field,
  value,
  fileHref,
}: Source & { readonly field: Field; readonly value: Json | undefined }): JSX.Element {
  if (value === undefined || value === null || value === '') return <span class="soft">—</span>;
  if (field.kind === 'checkbox') return <>{say(language, value === true ? 'yes' : 'no')}</>;
  if (field.kind === 'date' && typeof value === 'string') {
    return (
      <>
        {/^\d{4}-\d{2}-\d{2}$/.test(value) && Number(value.slice(0, 4)) > 1500
          ? dateText(language, instant(`${value}T00:00:00+03:30`))
          : value}
      </>
    );
  }
  if (field.kind === 'number' && typeof value === 'number') return <bdi class="num">{numberText(language, value)}</bdi>;
  // A register's text in both languages.
  if (isObject(value) && typeof value['fa'] === 'string') return <UserText>{String(value[language] ?? value['fa'])}</UserText>;
  if (isObject(value)) {
    const name = <bdi>{String(value['name'] ?? '')}</bdi>;
    return fileHref ? <a href={fileHref(String(value['file']))}>{name}</a> : name;
  }
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return (
    <UserText>{list.map((one) => optionWords(field, one, { language, texts })).join(language === 'fa' ? '، ' : ', ')}</UserText>
  );
}

function optionWords(field: Field, value: Json, { language, texts }: Source): string {
  if (isObject(value)) return String(value['name'] ?? '');
  const option = field.options?.find((one) => one.value === value);
  return option ? wordsOf(texts, language, option.label) : String(value);
}

/** Rows for a SummaryList: every answered field of a form, pages in order. `change` gives the address of its page. */
export function answerRows(
  form: Form,
  answers: JsonObject,
  source: Source & { readonly hidden?: ReadonlySet<string>; readonly change?: (page: Page) => string },
) {
  return form.pages.flatMap((page) =>
    page.fields
      .filter((field) => field.kind !== 'note' && source.hidden?.has(field.key) !== true)
      .map((field) => ({
        key: field.key,
        label: wordsOf(source.texts, source.language, field.label),
        value: <AnswerText {...source} field={field} value={answers[field.key]} />,
        ...(source.change ? { change: source.change(page) } : {}),
      })),
  );
}

/** Files already given for the fields of a page, with where to open them. */
export function uploadedFiles(
  page: Page,
  answers: JsonObject,
  hrefOf: (file: string) => string,
): { readonly [key: string]: readonly UploadedFile[] } {
  const given = page.fields
    .filter((field) => field.kind === 'file')
    .map((field) => {
      const files = [answers[field.key]].flat().filter((one) => isObject(one as Json)) as readonly JsonObject[];
      return [
        field.key,
        files.map((one) => ({ name: String(one['name']), size: Number(one['size']), href: hrefOf(String(one['file'])) })),
      ] as const;
    });
  return Object.fromEntries(given.filter(([, files]) => files.length > 0));
}
