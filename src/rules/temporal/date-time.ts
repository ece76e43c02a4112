// The date and time of FEEL: a date, a time of day and an optional zone; and the arithmetic of temporal values (DMN 1.5 §10.3.2.3).
import { Special } from '#rules/kinds.ts';
import { dateOfEpochDay, parseDate, plusMonths, type FeelDate } from './date.ts';
import { DaysTime, NANOS, type YearsMonths } from './duration.ts';
import { clockText, FeelTime, parseTime, timeOfSecond } from './time.ts';
import { offsetAt, offsetAtLocal, printZone, UTC, type Zone } from './zone.ts';

export class DateTime extends Special {
  readonly feel = 'date and time';
  readonly date: FeelDate;
  readonly time: FeelTime;

  constructor(date: FeelDate, time: FeelTime) {
    super();
    this.date = date;
    this.time = time;
  }

  get zone(): Zone | undefined {
    return this.time.zone;
  }

  /** Seconds since 1970-01-01T00:00 on the wall of that place. */
  get local(): number {
    return this.date.epochDay * 86_400 + this.time.secondOfDay;
  }

  get offset(): number | undefined {
    return this.time.zone && offsetAtLocal(this.time.zone, this.local);
  }

  /** Seconds since 1970-01-01T00:00Z; without a zone as if it were UTC. */
  get instant(): number {
    return this.local - (this.offset ?? 0);
  }

  override toString(): string {
    return `${this.date.toString()}T${clockText(this.time)}${printZone(this.zone)}`;
  }
}

/** `2018-12-08T10:30:00@Europe/Paris`, or a date alone for its midnight. */
export function parseDateTime(text: string): DateTime | undefined {
  const cut = text.indexOf('T');
  const date = parseDate(cut < 0 ? text : text.slice(0, cut));
  const time = cut < 0 ? timeOfSecond(0, 0) : parseTime(text.slice(cut + 1));
  return date && time && new DateTime(date, time);
}

/** Midnight UTC of a date: how a date is read where a date and time is asked (§10.3.2.9.4). */
export function midnight(date: FeelDate, zone: Zone | undefined = UTC): DateTime {
  return new DateTime(date, timeOfSecond(0, 0, zone));
}

export function atInstant(seconds: number, nano: number, zone: Zone | undefined): DateTime | undefined {
  const local = seconds + (zone ? offsetAt(zone, seconds) : 0);
  const day = Math.floor(local / 86_400);
  const date = dateOfEpochDay(day);
  return date && new DateTime(date, timeOfSecond(local - day * 86_400, nano, zone));
}

/** Nanoseconds on the time line of an instant. */
export function instantNanos(value: DateTime): bigint {
  return BigInt(value.instant) * NANOS + BigInt(value.time.nano);
}

export function plusNanos(value: DateTime, nanos: bigint): DateTime | undefined {
  const total = instantNanos(value) + nanos;
  const seconds = floorDiv(total, NANOS);
  return atInstant(Number(seconds), Number(total - seconds * NANOS), value.zone);
}

export function dateTimePlusMonths(value: DateTime, duration: YearsMonths, sign: 1 | -1): DateTime | undefined {
  const date = plusMonths(value.date, sign * duration.total);
  return date && new DateTime(date, value.time);
}

/** A date moved by a duration stays a date: the time of day is dropped. */
export function datePlusNanos(date: FeelDate, nanos: bigint): FeelDate | undefined {
  return dateOfEpochDay(Number(floorDiv(BigInt(date.epochDay) * 86_400n * NANOS + nanos, 86_400n * NANOS)));
}

export function timePlusNanos(time: FeelTime, nanos: bigint): FeelTime {
  const day = 86_400n * NANOS;
  const total = BigInt(time.secondOfDay) * NANOS + BigInt(time.nano) + nanos;
  const rest = ((total % day) + day) % day;
  return timeOfSecond(Number(rest / NANOS), Number(rest % NANOS), time.zone);
}

/** a − b; undefined where one has a zone and the other none. */
export function between(a: DateTime, b: DateTime): DaysTime | undefined {
  if ((a.zone === undefined) !== (b.zone === undefined)) return undefined;
  return new DaysTime(instantNanos(a) - instantNanos(b));
}

export function timeBetween(a: FeelTime, b: FeelTime): DaysTime | undefined {
  if ((a.zone === undefined) !== (b.zone === undefined)) return undefined;
  const nanos = (time: FeelTime): bigint => BigInt(time.secondOfDay - (time.offset ?? 0)) * NANOS + BigInt(time.nano);
  return new DaysTime(nanos(a) - nanos(b));
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
