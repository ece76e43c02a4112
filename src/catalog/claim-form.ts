// The form by which a person says that a value of a register is wrong: what is right, by the value's type, why, and a file that shows it.
import type { Json } from '#base/json.ts';
import { latinDigits } from '#base/persian.ts';
import type { Field, Form, Texts } from '#forms/types.ts';
import { USES } from './registers.ts';
import type { FieldType, RegisterField } from './registers.ts';

export const CLAIM_TEXTS: Texts = {
  fa: {
    title: 'این نادرست است',
    claimed: 'مقدار درست',
    reason: 'دلیل شما',
    'reason.hint': 'بنویسید درست را از کجا می‌دانید. کارشناس واحدی که پاسخگوی این داده است آن را می‌خواند.',
    evidence: 'مدرک',
    'evidence.hint': 'سند یا عکسی که مقدار درست را نشان می‌دهد.',
    'claimed.hint.years': 'سال‌ها را با ویرگول جدا کنید؛ اگر هیچ سالی نیست، خالی بگذارید.',
    'use.residential': 'مسکونی',
    'use.commercial': 'تجاری',
    'use.office': 'اداری',
    'use.industrial': 'صنعتی',
  },
  en: {
    title: 'This is wrong',
    claimed: 'The right value',
    reason: 'Your reason',
    'reason.hint': 'Say how you know what is right. An officer of the unit that answers for these data reads it.',
    evidence: 'Evidence',
    'evidence.hint': 'A document or picture that shows the right value.',
    'claimed.hint.years': 'Put commas between the years; leave it empty where there is none.',
    'use.residential': 'Residential',
    'use.commercial': 'Commercial',
    'use.office': 'Office',
    'use.industrial': 'Industrial',
  },
};

export function claimForm({ type }: RegisterField): Form {
  const fields: readonly Field[] = [
    { key: 'claimed', id: 'claimed', label: '$claimed', required: type !== 'years', ...KINDS[type] },
    {
      key: 'reason',
      id: 'reason',
      kind: 'paragraph',
      label: '$reason',
      hint: '$reason.hint',
      required: true,
      minLength: 5,
      maxLength: 2000,
    },
    {
      key: 'evidence',
      id: 'evidence',
      kind: 'file',
      label: '$evidence',
      hint: '$evidence.hint',
      required: false,
      accept: ['pdf', 'png', 'jpeg'],
      maxBytes: 5_000_000,
    },
  ];
  return { id: 'claim', pages: [{ id: 'claim', title: '$title', fields }] };
}

const KINDS: Readonly<Record<FieldType, Pick<Field, 'kind'> & Partial<Field>>> = {
  'national-id': { kind: 'text', format: 'national-id' },
  'legal-id': { kind: 'text', format: 'legal-id' },
  'owner-id': { kind: 'text', format: 'owner-id' },
  'renovation-code': { kind: 'text', format: 'renovation-code' },
  'postal-code': { kind: 'text', format: 'postal-code' },
  mobile: { kind: 'text', format: 'mobile' },
  plate: { kind: 'text', format: 'plate' },
  word: { kind: 'text', maxLength: 120 },
  text: { kind: 'paragraph', maxLength: 500 },
  day: { kind: 'date' },
  district: { kind: 'text', pattern: '^\\d{2}$', maxLength: 2 },
  use: { kind: 'select', options: USES.map((value) => ({ value, label: `$use.${value}` })) },
  amount: { kind: 'number', min: '0', max: '100000000', decimals: 2 },
  count: { kind: 'number', min: '0', max: '1000000000000000', decimals: 0 },
  years: {
    kind: 'text',
    pattern: '^1[3-5]\\d\\d(?:[ ,،;]{1,3}1[3-5]\\d\\d){0,40}$',
    maxLength: 300,
    hint: '$claimed.hint.years',
  },
};

/** The answer as the register holds such a value. */
export function claimedValue({ type }: RegisterField, answer: Json | undefined): Json {
  if (type !== 'years') return answer ?? null;
  return typeof answer === 'string'
    ? latinDigits(answer)
        .split(/[ ,،;]+/)
        .map(Number)
    : [];
}
