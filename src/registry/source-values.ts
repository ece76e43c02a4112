// How a column's text becomes the value of a field: normal Persian, canonical identifiers, numbers, days of one calendar.
// Never guesses: what cannot be read is undefined, and whether it may stay as written is the caller's word.
import type { Instant } from '#base/instant.ts';
import { instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import { latinDigits, normalText, typedNumber } from '#base/persian.ts';
import { Refusal } from '#base/refusal.ts';
import { readLegalId } from '#base/identifiers.ts';
import { fromJalali, isIsoDate, isValidJalali } from '#calendar/jalali.ts';
import { IDENTIFIERS, readDay, READERS } from './keys.ts';
import { readGeometry } from './read-geometry.ts';

type Identifier = (typeof IDENTIFIERS)[number];

export const DAY_TYPES = ['jalali-day', 'gregorian-day', 'instant'] as const;
export type DayType = (typeof DAY_TYPES)[number];

export const COLUMN_TYPES = [
  ...IDENTIFIERS,
  ...DAY_TYPES,
  'text',
  'given-name',
  'family-name',
  'firm-name',
  'address',
  'word',
  'integer',
  'decimal',
  'boolean',
  'list',
  'numbers',
  'geometry',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

const LONGEST_TEXT = 2000;

/** What PostgreSQL can hold as text: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

export function isIdentifier(type: ColumnType): type is Identifier {
  return (IDENTIFIERS as readonly string[]).includes(type);
}

/** The value, or undefined for what cannot be one. `text` is neither empty nor blank. */
export function readValue(type: ColumnType, text: string): Json | undefined {
  if (isIdentifier(type)) return type === 'owner-id' ? readOwnerId(text) : READERS[type](text);
  switch (type) {
    case 'jalali-day':
      return readJalaliDay(text);
    case 'gregorian-day':
      return readGregorianDay(text);
    case 'instant':
      return readInstant('instant', text);
    case 'integer':
      return readInteger(text);
    case 'decimal':
      return readDecimal(text);
    case 'boolean':
      return BOOLEANS.get(latinDigits(normalText(text)).toLowerCase());
    case 'list':
      return parts(text).map(normalText);
    case 'numbers':
      return readNumbers(text);
    case 'geometry':
      return readPlan(text);
    case 'text':
    case 'given-name':
    case 'family-name':
    case 'firm-name':
    case 'address':
    case 'word':
      return text.length > LONGEST_TEXT ? undefined : normalText(text);
  }
}

function readOwnerId(text: string): string | undefined {
  return READERS['national-id'](text) ?? readLegalId(text);
}

/** Jalali days are kept as Gregorian ones, as every day of the city is. */
function readJalaliDay(text: string): string | undefined {
  const read = readDay(text);
  if (read === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = read.split('-').map(Number);
  const date = { year, month, day };
  return isValidJalali(date) ? fromJalali(date) : undefined;
}

function readGregorianDay(text: string): string | undefined {
  return bareDay(text.replace(MIDNIGHT, '$1'));
}

/** Databases print a midnight with a date. */
const MIDNIGHT = /^(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?$/;

function bareDay(text: string): string | undefined {
  const day = readDay(text);
  return day !== undefined && isIsoDate(day) ? day : undefined;
}

/** The instant that a column says a row holds of: a day is its midnight in Iran. */
export function readInstant(type: DayType, text: string): Instant | undefined {
  const day = type === 'jalali-day' ? readJalaliDay(text) : type === 'instant' ? bareDay(text) : readGregorianDay(text);
  try {
    if (day !== undefined) return instant(`${day}T00:00:00+03:30`);
    if (type !== 'instant') return undefined;
    // PostgreSQL and MySQL print a blank for the T and hours alone for a zone; a time without one is UTC.
    const iso = latinDigits(text.trim())
      .replace(' ', 'T')
      .replace(/([+-]\d\d)$/, '$1:00');
    return instant(/(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function readInteger(text: string): number | undefined {
  const value = readDecimal(text);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

function readDecimal(text: string): number | undefined {
  const plain = typedNumber(text);
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'true', 'y', 'yes', 'بله', 'بلی', 'دارد'].map((word) => [word, true] as const),
  ...['0', 'f', 'false', 'n', 'no', 'خیر', 'نه', 'ندارد'].map((word) => [word, false] as const),
]);

/** A list in one cell: by semicolon, comma or bar of either script; or JSON, as databases give one. */
function parts(text: string): readonly string[] {
  const plain = text.trim().replace(/^[[{]|[\]}]$/g, '');
  return plain
    .split(/[;,|،؛]/)
    .map((one) => one.trim().replace(/^"|"$/g, ''))
    .filter((one) => one !== '');
}

function readNumbers(text: string): readonly number[] | undefined {
  const numbers = parts(text).map(readDecimal);
  return numbers.every((one) => one !== undefined) ? numbers : undefined;
}

/** A ground plan as GeoJSON text, in its normal form. */
function readPlan(text: string): Json | undefined {
  try {
    return readGeometry(JSON.parse(text)).geometry as Json | undefined;
  } catch {
    return undefined;
  }
}
