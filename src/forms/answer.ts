// One field's raw input to its normal answer, or the fault in it. Knows one field at a time: what is hidden or required is validate.ts.
import { Decimal } from '#base/decimal.ts';
import type { Json } from '#base/json.ts';
import { latinDigits, normalText, typedNumber } from '#base/persian.ts';
import { readDate, threeParts } from './dates.ts';
import type { FaultCode } from './faults.ts';
import { readFiles } from './files.ts';
import { formats } from './formats.ts';
import type { Field, RawAnswers } from './types.ts';

/** A value, a fault, or neither: nothing was answered. */
export type Reading = { readonly value?: Json; readonly code?: FaultCode; readonly facts?: Readonly<Record<string, string>> };

export type Rules = { readonly pattern?: RegExp; readonly today?: string };

/** Where a form sets no length of its own. */
export const LONGEST_LINE = 500;
export const LONGEST_PARAGRAPH = 10_000;
/** No number a city writes has more: what is longer is text sent to hurt. */
const LONGEST_NUMBER = 60;
const MOST_CHOICES = 1000;

const YES: ReadonlySet<Json | undefined> = new Set<Json | undefined>([true, 'true', 'on', 'yes', '1', 1]);
const NO: ReadonlySet<Json | undefined> = new Set<Json | undefined>([false, 'false', 'off', 'no', '0', 0, '', null, undefined]);

/** Reads the answer to a field. What is read once reads the same again: answers may come back as input. */
export function readAnswer(field: Field, raw: RawAnswers, rules: Rules = {}): Reading {
  const value = Object.hasOwn(raw, field.key) ? raw[field.key] : undefined;
  switch (field.kind) {
    case 'note':
      return {};
    case 'text':
    case 'paragraph':
      return readTextAnswer(field, value, rules.pattern);
    case 'number':
      return readNumber(field, value);
    case 'checkbox':
      if (YES.has(value)) return { value: true };
      return NO.has(value) ? { value: false } : { code: 'not-an-option' };
    case 'choice':
    case 'select':
      return readChoice(field, value);
    case 'choices':
      return readChoices(field, value);
    case 'date':
      return readDateAnswer(field, value === undefined || value === '' ? threeParts(field.key, raw) : value, rules.today);
    case 'file':
      return readFiles(field, value);
  }
}

/** Text of a scalar; undefined for nothing; null for what is no text: lists, objects, booleans. */
function scalar(value: Json | undefined): string | undefined | null {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

function readTextAnswer(field: Field, value: Json | undefined, pattern: RegExp | undefined): Reading {
  const typed = scalar(value);
  if (typed === null) return { code: 'not-text' };
  if (typed === undefined) return {};
  const most = field.maxLength ?? (field.kind === 'text' ? LONGEST_LINE : LONGEST_PARAGRAPH);
  const tooLong: Reading = { code: 'too-long', facts: { max: String(most) } };
  if (typed.length > most * 4 + 100) return tooLong;
  const text = field.kind === 'text' ? cleanLine(typed) : cleanParagraph(typed);
  if (text === '') return {};
  if (field.format !== undefined) {
    const canonical = formats[field.format]?.(text);
    return canonical === undefined ? { code: `malformed-${field.format}` as FaultCode } : { value: canonical };
  }
  const length = [...text].length;
  if (length > most) return tooLong;
  if (field.minLength !== undefined && length < field.minLength)
    return { code: 'too-short', facts: { min: String(field.minLength) } };
  if (!pattern) return { value: text };
  const matched = latinDigits(text);
  return pattern.test(matched) ? { value: matched } : { code: 'pattern' };
}

/** Half surrogates and control characters are no text: PostgreSQL would refuse them, and nobody typed them. */
function cleanLine(text: string): string {
  return normalText(text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
}

function cleanParagraph(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, '\n')
    .split('\n');
  return normalText(lines.map(cleanLine).join('\n'));
}

function readNumber(field: Field, value: Json | undefined): Reading {
  const typed = scalar(value);
  if (typed === undefined) return {};
  if (typed === null || typed.length > LONGEST_NUMBER) return { code: 'not-a-number' };
  // `۱۲/۵` is how a decimal is written by hand in Persian.
  const text = typedNumber(typed).replace(/^([+-]?\d+)\/(\d+)$/, '$1.$2');
  if (text === '') return {};
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/.test(text)) return { code: 'not-a-number' };
  const number = new Decimal(text);
  if (number.precision() > 34 || number.toFixed().length > LONGEST_NUMBER) return { code: 'not-a-number' };
  if (field.decimals !== undefined && number.decimalPlaces() > field.decimals) {
    return { code: 'too-many-decimals', facts: { decimals: String(field.decimals) } };
  }
  if (field.min !== undefined && number.lessThan(field.min)) return { code: 'too-small', facts: { min: field.min } };
  if (field.max !== undefined && number.greaterThan(field.max)) return { code: 'too-large', facts: { max: field.max } };
  return { value: exactJson(number) };
}

/** A JSON number where a double holds the decimal (15 digits always do), else its digits as text. */
function exactJson(number: Decimal): Json {
  if (number.isZero()) return 0;
  const digits = number.toFixed();
  return digits.replace(/[-.]/g, '').length <= 15 ? number.toNumber() : digits;
}

function readChoice(field: Field, value: Json | undefined): Reading {
  const typed = scalar(value);
  if (typed === undefined || typed === '') return {};
  const option = typed === null ? undefined : optionOf(field, typed);
  return option === undefined ? { code: 'not-an-option' } : { value: option };
}

/** In the order of the options, each once. No box ticked is an empty list: rules can count it. */
function readChoices(field: Field, value: Json | undefined): Reading {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value ?? ''];
  if (list.length > MOST_CHOICES) return { code: 'not-an-option' };
  const chosen = new Set<string>();
  for (const item of list) {
    const reading = readChoice(field, item);
    if (reading.code) return reading;
    if (typeof reading.value === 'string') chosen.add(reading.value);
  }
  return { value: (field.options ?? []).map((option) => option.value).filter((option) => chosen.has(option)) };
}

function optionOf(field: Field, typed: string): string | undefined {
  const options = field.options ?? [];
  const exact = options.find((option) => option.value === typed);
  if (exact) return exact.value;
  if (typed.length > LONGEST_LINE) return undefined;
  const plain = (text: string): string => latinDigits(normalText(text));
  return options.find((option) => plain(option.value) === plain(typed))?.value;
}

function readDateAnswer(field: Field, value: Json | undefined, today: string | undefined): Reading {
  const reading = readDate(value);
  if (reading === undefined) return {};
  if ('code' in reading) return reading;
  const min = field.min === 'today' ? today : field.min;
  const max = field.max === 'today' ? today : field.max;
  if (min !== undefined && reading.date < min) return { code: 'too-early', facts: { min } };
  if (max !== undefined && reading.date > max) return { code: 'too-late', facts: { max } };
  return { value: reading.date };
}
