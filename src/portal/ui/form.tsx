// A page of a service's form, drawn from its model: one thing per page, every typed value kept, every fault said twice.
// Never judges an answer and never hides a field for good: the server decides; scripts may only put simple ones out of sight.
import { Fragment } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import type { FieldFault } from '#base/refusal.ts';
import type { Language, Text } from '#base/text.ts';
import type { Field, Page, RawAnswers, Texts } from '#forms/types.ts';
import { Actions, Button, HiddenInputs } from './actions.tsx';
import { fieldId } from './errors.tsx';
import type { PageError } from './errors.tsx';
import { FieldControl } from './form-field.tsx';
import type { UploadedFile } from './file-input.tsx';
import { Heading } from './parts.tsx';
import { say } from './words.ts';

export type FormPageProps = {
  readonly language: Language;
  readonly page: Page;
  readonly texts: Texts;
  readonly values: RawAnswers;
  readonly faults?: readonly FieldFault[];
  /** The words of a fault: of the forms room or the problem table. */
  readonly message: (fault: FieldFault, field: Field) => Text;
  /** Keys of fields that earlier answers hide: left out unless the answer that hides them stands on this page. */
  readonly hidden?: ReadonlySet<string>;
  /** Fields that are shown in place of being asked: what the city knows. */
  readonly shown?: ReadonlyMap<string, ComponentChildren>;
  /** What stands under a field that is asked all the same. */
  readonly beneath?: ReadonlyMap<string, ComponentChildren>;
  readonly uploaded?: { readonly [key: string]: readonly UploadedFile[] };
  readonly action: string;
  /** The name under which typed values survive a sign-in; one per case and page. */
  readonly keep?: string;
  readonly inputs?: { readonly [name: string]: string };
  readonly caption?: ComponentChildren;
  readonly submit?: string;
  /** Name and value of the second button, «ذخیره می‌کنم و بعد برمی‌گردم». */
  readonly saveLater?: { readonly name: string; readonly value: string };
  /** The page has its heading elsewhere. */
  readonly headless?: boolean;
};

/** Words of a `$key` in the package's language, or the text itself. */
export function wordsOf(texts: Texts, language: Language, text: string): string {
  if (!text.startsWith('$')) return text;
  const key = text.slice(1);
  return texts[language][key] ?? texts.fa[key] ?? key;
}

/** The field a fault is about: the first step of its pointer (RFC 6901). */
export function faultKey(fault: FieldFault): string {
  const [, first = ''] = fault.pointer.split('/');
  return first.replaceAll('~1', '/').replaceAll('~0', '~');
}

function messagesOf({ page, faults = [], message, language }: FormPageProps): ReadonlyMap<string, string> {
  const fields = new Map(page.fields.map((field) => [field.key, field]));
  const messages = new Map<string, string>();
  for (const fault of faults) {
    const field = fields.get(faultKey(fault));
    if (field && !messages.has(field.key)) messages.set(field.key, message(fault, field)[language]);
  }
  return messages;
}

/** The same faults for `renderPage({ errors })`, in the order of the fields. */
export function formErrors(props: Pick<FormPageProps, 'page' | 'faults' | 'message' | 'language'>): readonly PageError[] {
  const messages = messagesOf(props as FormPageProps);
  return props.page.fields.flatMap(({ key }) => {
    const message = messages.get(key);
    return message === undefined ? [] : [{ message, field: fieldId(key) }];
  });
}

/** True where the field may be shown: nothing hides it, or what hides it can still change on this page. */
function isDrawn(field: Field, page: Page, hidden: ReadonlySet<string>): boolean {
  if (!hidden.has(field.key)) return true;
  const names = new Set(field.hide?.match(/[\p{L}_][\p{L}\w]*/gu));
  return page.fields.some(({ key }) => key !== field.key && names.has(key));
}

export function FormPage(props: FormPageProps): JSX.Element {
  const {
    language,
    page,
    texts,
    values,
    hidden = new Set(),
    shown,
    beneath,
    uploaded = {},
    action,
    keep,
    inputs = {},
    submit,
    saveLater,
  } = props;
  const messages = messagesOf(props);
  const fields = page.fields.filter((field) => isDrawn(field, page, hidden));
  const description = page.description && wordsOf(texts, language, page.description);
  return (
    <>
      {!props.headless && <Heading title={wordsOf(texts, language, page.title)} caption={props.caption} lead={description} />}
      <form
        method="post"
        action={action}
        novalidate
        data-keep={keep}
        enctype={fields.some(({ key, kind }) => kind === 'file' && !shown?.has(key)) ? 'multipart/form-data' : undefined}
      >
        <HiddenInputs values={inputs} />
        {fields.map((field) => (
          <Fragment key={field.key}>
            {shown?.get(field.key) ?? (
              <FieldControl
                language={language}
                field={field}
                words={(text) => wordsOf(texts, language, text)}
                value={values[field.key]}
                error={messages.get(field.key)}
                uploaded={uploaded[field.key]}
              />
            )}
            {beneath?.get(field.key)}
          </Fragment>
        ))}
        <Actions>
          <Button>{submit ?? say(language, 'action.continue')}</Button>
          {saveLater && (
            <Button weight="secondary" unchecked {...saveLater}>
              {say(language, 'action.save-and-return')}
            </Button>
          )}
        </Actions>
      </form>
    </>
  );
}
