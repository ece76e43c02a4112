// One field of a form's model as a control of the kit. Knows kinds and formats; never a service.
import type { JSX } from 'preact';
import type { Json } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { Field } from '#forms/types.ts';
import { Checkbox, Checkboxes, Radios, Select } from './choices.tsx';
import { JalaliDate } from './date-input.tsx';
import { FileInput } from './file-input.tsx';
import type { UploadedFile } from './file-input.tsx';
import { NumberInput, TextArea, TextInput } from './inputs.tsx';
import type { Width } from './inputs.tsx';
import { say } from './words.ts';

export type FieldControlProps = {
  readonly language: Language;
  readonly field: Field;
  readonly words: (text: string) => string;
  readonly value?: Json | undefined;
  readonly error?: string | undefined;
  readonly uploaded?: readonly UploadedFile[] | undefined;
};

/** How each format is typed; plates have a Persian letter and so find their own direction. */
const FORMATS: {
  readonly [format: string]: {
    readonly content: 'digits' | 'code' | 'tel' | 'text';
    readonly width: Width;
    readonly autocomplete?: string;
  };
} = {
  'national-id': { content: 'digits', width: 'w12' },
  'legal-id': { content: 'digits', width: 'w12' },
  'postal-code': { content: 'digits', width: 'w12', autocomplete: 'postal-code' },
  mobile: { content: 'tel', width: 'w12', autocomplete: 'tel' },
  iban: { content: 'code', width: 'w20' },
  'renovation-code': { content: 'code', width: 'w20' },
  plate: { content: 'text', width: 'w20' },
};

const CONDITION = /^=?\s*([\p{L}_][\p{L}\w]*)\s*(!=|=)\s*(?:"([^"]*)"|(true|false))\s*$/u;

export type HideCondition = { readonly when: string; readonly is?: string; readonly not?: string };

/** `=use != "commercial"`: one name, one text. Anything longer is the server's alone. A box sends `true` or nothing. */
export function simpleHide(hide: string | undefined): HideCondition | undefined {
  const part = CONDITION.exec(hide ?? '');
  if (!part) return undefined;
  const [, when = '', sign, text, truth] = part;
  const same = (sign === '=') !== (truth === 'false');
  const value = text ?? 'true';
  return same ? { when, is: value } : { when, not: value };
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return String(value);
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function FieldControl(props: FieldControlProps): JSX.Element {
  const { field, language } = props;
  if (field.hide === undefined) return <Control {...props} />;
  const condition = simpleHide(field.hide);
  return (
    <div class="conditional" data-when={condition?.when} data-is={condition?.is} data-not={condition?.not}>
      <p class="only-if">{say(language, 'field.only-if')}</p>
      <Control {...props} />
    </div>
  );
}

function Control({ language, field, words, value, error, uploaded }: FieldControlProps): JSX.Element {
  const common = {
    language,
    name: field.key,
    label: words(field.label),
    hint: field.hint === undefined ? undefined : words(field.hint),
    error,
    required: field.required,
  };
  const options = (field.options ?? []).map((option) => ({ value: option.value, label: words(option.label) }));
  const { readonly } = field;
  switch (field.kind) {
    case 'text': {
      const format = field.format === undefined ? undefined : FORMATS[field.format];
      return <TextInput {...common} {...format} value={textOf(value)} readonly={readonly} />;
    }
    case 'paragraph':
      return <TextArea {...common} value={textOf(value)} maxLength={field.maxLength} readonly={readonly} />;
    case 'number':
      return <NumberInput {...common} value={textOf(value)} decimals={field.decimals} readonly={readonly} />;
    case 'checkbox':
      return <Checkbox {...common} checked={value === true || value === 'true'} />;
    case 'choice':
      return <Radios {...common} options={options} value={textOf(value)} />;
    case 'choices':
      return <Checkboxes {...common} options={options} values={textsOf(value)} />;
    case 'select':
      return <Select {...common} options={options} value={textOf(value)} />;
    case 'date':
      return <JalaliDate {...common} value={textOf(value)} />;
    case 'file':
      return (
        <FileInput {...common} accept={field.accept} maxBytes={field.maxBytes} multiple={field.multiple} uploaded={uploaded} />
      );
    case 'note':
      return <p class="note">{words(field.label)}</p>;
  }
}
