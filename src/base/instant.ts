// An instant is ISO 8601 in UTC with milliseconds, as text: it sorts, reads and canonicalises as itself.
// Never reads a clock: time arrives as `now`.
import { Refusal } from './refusal.ts';

export type Instant = string & { readonly __instant: true };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: four-digit years are what sorts as text. */
const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

/** Reads an ISO 8601 date-time with zone (`2026-11-24T09:00:00+03:30`). Throws Refusal `malformed-instant`. */
export function instant(text: string): Instant {
  const part = SHAPE.exec(text);
  if (!part) throw new Refusal('malformed-instant', { value: text });
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = part;
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  const written = civilFromDays(days);
  const isReal =
    written.month === Number(month) &&
    written.day === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  const seconds = days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - zoneSeconds(zone);
  if (!isReal || seconds < FIRST_SECOND || seconds > LAST_SECOND) throw new Refusal('malformed-instant', { value: text });
  return fromEpochMillis(seconds * 1000 + millis);
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60);
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function toEpochMillis(at: Instant): number {
  const days = daysFromCivil(Number(at.slice(0, 4)), Number(at.slice(5, 7)), Number(at.slice(8, 10)));
  const seconds = Number(at.slice(11, 13)) * 3600 + Number(at.slice(14, 16)) * 60 + Number(at.slice(17, 19));
  return (days * 86_400 + seconds) * 1000 + Number(at.slice(20, 23));
}

/** The instant that many milliseconds after 1970-01-01T00:00Z; years 0 to 9999. */
export function fromEpochMillis(millis: number): Instant {
  const days = Math.floor(millis / 86_400_000);
  const rest = millis - days * 86_400_000;
  const { year, month, day } = civilFromDays(days);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(rest / 3_600_000))}:${two(Math.floor(rest / 60_000) % 60)}:${two(Math.floor(rest / 1000) % 60)}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}.${String(rest % 1000).padStart(3, '0')}Z` as Instant;
}

/** `at` moved by a number of milliseconds, which may be negative. */
export function plusMillis(at: Instant, millis: number): Instant {
  return fromEpochMillis(toEpochMillis(at) + millis);
}

/** Days from 1970-01-01 to a proleptic Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The proleptic Gregorian date that many days after 1970-01-01. */
export function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
