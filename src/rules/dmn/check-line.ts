// The lines that values lie on: numbers, texts, dates, times, durations; and what lies before, between and after their points.
import { Decimal } from '#base/decimal.ts';
import { compare } from '#rules/comparison.ts';
import { atInstant, DateTime, instantNanos } from '#rules/temporal/date-time.ts';
import { dateOfEpochDay, FeelDate } from '#rules/temporal/date.ts';
import { DaysTime, NANOS, YearsMonths } from '#rules/temporal/duration.ts';
import { FeelTime, timeOfSecond } from '#rules/temporal/time.ts';
import type { FeelValue } from '#rules/types.ts';

const DAY = 86_400n * NANOS;

/** A value strictly between two of one line, whole where there is one; undefined where none lies there. */
export function between(low: FeelValue, high: FeelValue): FeelValue | undefined {
  const found = middle(low, high);
  if (found === undefined) return undefined;
  const above = compare(low, found);
  const below = compare(found, high);
  return above !== null && below !== null && above < 0 && below < 0 ? found : undefined;
}

function middle(low: FeelValue, high: FeelValue): FeelValue | undefined {
  if (low instanceof Decimal && high instanceof Decimal) {
    const whole = low.floor().plus(1);
    return whole.lt(high) ? whole : low.plus(high).div(2);
  }
  if (typeof low === 'string' && typeof high === 'string') return `${low} ` < high ? `${low} ` : `${low}\u0000`;
  if (low instanceof FeelDate && high instanceof FeelDate) return dateOfEpochDay(low.epochDay + 1);
  if (low instanceof YearsMonths) return new YearsMonths(low.total + 1);
  if (low instanceof DaysTime && high instanceof DaysTime) return new DaysTime((low.nanos + high.nanos) / 2n);
  if (low instanceof FeelTime && high instanceof FeelTime) return timeAt(low, (nanosOf(low) + nanosOf(high)) / 2n);
  if (low instanceof DateTime && high instanceof DateTime) return dateTimeAt(low, (instantNanos(low) + instantNanos(high)) / 2n);
  return undefined;
}

/** A value beyond the last one on its side, or undefined where the line ends. */
export function beyond(end: FeelValue, side: 'before' | 'after'): FeelValue | undefined {
  const found = stepped(end, side === 'before' ? -1 : 1);
  const order = found === undefined ? null : compare(found, end);
  return order !== null && (side === 'before' ? order < 0 : order > 0) ? found : undefined;
}

function stepped(end: FeelValue, by: 1 | -1): FeelValue | undefined {
  if (end instanceof Decimal) return by < 0 ? end.ceil().minus(1) : end.floor().plus(1);
  if (typeof end === 'string') return by < 0 ? '' : `${end} `;
  if (end instanceof FeelDate) return dateOfEpochDay(end.epochDay + by);
  if (end instanceof YearsMonths) return new YearsMonths(end.total + by);
  if (end instanceof DaysTime) return new DaysTime(end.nanos + BigInt(by) * DAY);
  if (end instanceof FeelTime) return timeAt(end, by < 0 ? (nanosOf(end) - 1n) / 2n : (nanosOf(end) + DAY) / 2n);
  return end instanceof DateTime ? dateTimeAt(end, instantNanos(end) + BigInt(by) * DAY) : undefined;
}

function nanosOf(time: FeelTime): bigint {
  return BigInt(time.secondOfDay) * NANOS + BigInt(time.nano);
}

function timeAt(like: FeelTime, nanos: bigint): FeelTime | undefined {
  return nanos < 0n || nanos >= DAY ? undefined : timeOfSecond(Number(nanos / NANOS), Number(nanos % NANOS), like.zone);
}

function dateTimeAt(like: DateTime, nanos: bigint): FeelValue | undefined {
  const rest = ((nanos % NANOS) + NANOS) % NANOS;
  return atInstant(Number((nanos - rest) / NANOS), Number(rest), like.zone);
}

/** Whole numbers one after the other are counted, not measured: nothing is asked for between them. */
export function areNeighbours(low: FeelValue, high: FeelValue): boolean {
  return low instanceof Decimal && high instanceof Decimal && low.isInteger() && high.isInteger() && high.minus(low).lte(1);
}
