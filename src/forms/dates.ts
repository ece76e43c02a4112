// A date as people give it: three parts of a Jalali (or Gregorian) date, one text of either, or ISO. Out comes ISO Gregorian.
import { isObject, type Json } from '#base/json.ts';
import { latinDigits, normalText } from '#base/persian.ts';
import { fromJalali, isIsoDate, isValidJalali, JALALI_MONTHS } from '#calendar/jalali.ts';
import type { RawAnswers } from './types.ts';

export type DateReading = { readonly date: string } | { readonly code: 'date-incomplete' | 'not-a-date' } | undefined;

/** Undefined where nothing was given; `1405--3` lacks its month. Years 1000 to 1599 are Jalali, 1800 to 2999 Gregorian; no year is guessed from two digits. */
export function readDate(value: Json | undefined): DateReading {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return readText(value);
  return isObject(value) ? readParts([part(value, 'year'), part(value, 'month'), part(value, 'day')]) : { code: 'not-a-date' };
}

/** The parts of a date as an HTML form sends them: `key-day`, `key-month`, `key-year`. Undefined where it sent none. */
export function threeParts(key: string, raw: RawAnswers): Json | undefined {
  const parts = ['day', 'month', 'year'].map((name) => {
    const given = Object.hasOwn(raw, `${key}-${name}`) ? raw[`${key}-${name}`] : undefined;
    return [name, given ?? null] as const;
  });
  return parts.every(([, value]) => value === null) ? undefined : Object.fromEntries(parts);
}

function readText(text: string): DateReading {
  const plain = text.length > 40 ? 'x' : latinDigits(normalText(text));
  if (plain === '') return undefined;
  const parts = plain.split(/[-/.]/).map((one) => one.trim());
  if (parts.length !== 3) return { code: 'not-a-date' };
  // `3/9/1405` is read from the right, as it was written.
  return readParts(/^\d{4}$/.test(parts[2] ?? '') ? parts.toReversed() : parts);
}

/** One part as text: '' where absent, something that is no number where it is of the wrong kind. */
function part(value: { readonly [name: string]: Json }, name: string): string {
  const given = Object.hasOwn(value, name) ? value[name] : undefined;
  if (given === undefined || given === null) return '';
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' && given.length <= 20 ? latinDigits(normalText(given)) : 'x';
}

function readParts(parts: readonly string[]): DateReading {
  if (parts.every((text) => text === '')) return undefined;
  if (parts.includes('')) return { code: 'date-incomplete' };
  const [year = 0, month = 0, day = 0] = parts.map((text, place) => (place === 1 ? monthNumber(text) : wholeNumber(text)));
  if (year >= 1000 && year < 1600)
    return isValidJalali({ year, month, day }) ? { date: fromJalali({ year, month, day }) } : { code: 'not-a-date' };
  const date = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return year >= 1800 && year < 3000 && isIsoDate(date) ? { date } : { code: 'not-a-date' };
}

function monthNumber(text: string): number {
  const named = JALALI_MONTHS.findIndex((name) => name === text);
  return named >= 0 ? named + 1 : wholeNumber(text);
}

function wholeNumber(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
}
