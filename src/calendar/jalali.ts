// Jalali dates to and from instants and ISO dates. Conversion is jalaali-js (Borkowski's algorithm); never reads a clock or a zone.
import { isLeapJalaaliYear, isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from 'jalaali-js';
import { civilFromDays, daysFromCivil, toEpochMillis, type Instant } from '#base/instant.ts';
import { persianDigits } from '#base/persian.ts';
import { Refusal } from '#base/refusal.ts';
import type { JalaliDate } from './types.ts';

/** Four digits, and well inside the years that convert exactly (-61 to 3177); 1622 to 3620 in Gregorian years. */
const FIRST_YEAR = 1000;
const LAST_YEAR = 3000;

/** Minutes east of UTC in Iran, all year round since 2022. */
export const IRAN_OFFSET = 210;

export const JALALI_MONTHS = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'آبان',
  'آذر',
  'دی',
  'بهمن',
  'اسفند',
] as const;

/** The Gregorian date `yyyy-mm-dd` at an instant, `utcOffset` minutes east of UTC. */
export function isoDateOf(at: Instant, utcOffset: number): string {
  return isoDateFromDays(Math.floor((toEpochMillis(at) + utcOffset * 60_000) / 86_400_000));
}

/** The Jalali date at an instant, `utcOffset` minutes east of UTC. */
export function toJalali(at: Instant, utcOffset: number): JalaliDate {
  return jalaliOf(isoDateOf(at, utcOffset));
}

/** The Jalali date of a Gregorian `yyyy-mm-dd`. Throws Refusal `malformed-instant` for what is no such date. */
export function jalaliOf(isoDate: string): JalaliDate {
  if (!isIsoDate(isoDate)) throw new Refusal('malformed-instant', { value: isoDate });
  const [year = 0, month = 0, day = 0] = isoDate.split('-').map(Number);
  if (year < 1622 || year > 3620) throw new Refusal('malformed-instant', { value: isoDate });
  const { jy, jm, jd } = toJalaali(year, month, day);
  return { year: jy, month: jm, day: jd };
}

/** The Gregorian `yyyy-mm-dd` of a Jalali date. Throws Refusal `malformed-instant` for a day that does not exist. */
export function fromJalali(date: JalaliDate): string {
  if (!isValidJalali(date)) throw new Refusal('malformed-instant', { value: `${date.year}/${date.month}/${date.day}` });
  const { gy, gm, gd } = toGregorian(date.year, date.month, date.day);
  return isoDate(gy, gm, gd);
}

/** True for a day that exists, in a year between 1000 and 3000. */
export function isValidJalali({ year, month, day }: JalaliDate): boolean {
  if (![year, month, day].every(Number.isInteger) || year < FIRST_YEAR || year > LAST_YEAR) return false;
  return isValidJalaaliDate(year, month, day);
}

/** 31 for the first six months, then 30; Esfand 29, in leap years 30. */
export function jalaliMonthLength(year: number, month: number): number {
  return jalaaliMonthLength(year, month);
}

export function isLeapJalali(year: number): boolean {
  return isLeapJalaaliYear(year);
}

/** The Jalali year at an instant in Iran. */
export function jalaliYear(at: Instant): number {
  return toJalali(at, IRAN_OFFSET).year;
}

/** `۳ آذر ۱۴۰۵`: the day of an instant in Iran, as a document writes it. */
export function jalaliText(at: Instant, utcOffset = IRAN_OFFSET): string {
  const { year, month, day } = toJalali(at, utcOffset);
  return `${persianDigits(String(day))} ${JALALI_MONTHS[month - 1]} ${persianDigits(String(year))}`;
}

/** `1405/09/03`: for documents and lists, where words do not fit. */
export function printedJalali({ year, month, day }: JalaliDate): string {
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('/');
}

/** True for a Gregorian `yyyy-mm-dd` that exists. */
export function isIsoDate(text: string): boolean {
  const part = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return part !== null && isoDateFromDays(daysFromCivil(Number(part[1]), Number(part[2]), Number(part[3]))) === text;
}

/** Days from 1970-01-01 to a `yyyy-mm-dd` that `isIsoDate`. */
export function daysFromIsoDate(date: string): number {
  return daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** The `yyyy-mm-dd` that many days after 1970-01-01. */
export function isoDateFromDays(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return isoDate(year, month, day);
}

function isoDate(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
