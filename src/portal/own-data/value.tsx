// A value of a register as people read it, by its type.
import type { JSX } from 'preact';
import { instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { Datum } from '#work/views/own-data.ts';
import { codeText, dateText } from '#portal/ui/format.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Code, UserText } from '#portal/ui/show.tsx';
import { words as fileWords } from '#portal/desk/file-words.ts';
import { words } from './words.ts';

type FieldType = Datum['type'];
type Props = { readonly language: Language; readonly type: FieldType; readonly value: Json };

const CODES: ReadonlySet<FieldType> = new Set<FieldType>([
  'national-id',
  'legal-id',
  'owner-id',
  'renovation-code',
  'postal-code',
  'mobile',
  'plate',
  'district',
]);
const USES = ['residential', 'commercial', 'office', 'industrial'] as const;

export function DataValue({ language, type, value }: Props): JSX.Element {
  if (typeof value === 'string' && CODES.has(type)) return <Code language={language} code={value} />;
  return <UserText>{valueText(language, type, value)}</UserText>;
}

export function valueText(language: Language, type: FieldType, value: Json): string {
  if (value === null || value === '') return words(language, 'dispute.nothing');
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((one) => codeText(language, String(one)));
    return items.length === 0 ? words(language, 'dispute.nothing') : items.join(language === 'fa' ? '، ' : ', ');
  }
  if (isObject(value)) return String(value[language] ?? value['fa'] ?? words(language, 'dispute.nothing'));
  if (typeof value === 'number') return numberText(language, value);
  const text = String(value);
  const use = type === 'use' ? USES.find((one) => one === text) : undefined;
  if (use) return fileWords(language, `use.${use}`);
  if (CODES.has(type)) return codeText(language, text);
  // A Gregorian day of our own; a Jalali one is shown as it was written.
  if (type === 'day' && /^(19|20)\d\d-\d\d-\d\d$/.test(text)) return dateText(language, instant(`${text}T12:00:00Z`));
  return type === 'day' ? codeText(language, text) : text;
}
