// Addition, subtraction, multiplication, division, exponentiation and negation (DMN 1.5 §10.3.2.14, Tables 54 to 58).
// Undefined where the standard defines no result: the caller reports it and gives null.
import { Decimal } from '#base/decimal.ts';
import { finite, minus, over, plus, times } from './decimals.ts';
import type { FeelValue } from './types.ts';
import {
  between,
  datePlusNanos,
  DateTime,
  dateTimePlusMonths,
  midnight,
  plusNanos,
  timeBetween,
  timePlusNanos,
} from './temporal/date-time.ts';
import { FeelDate, plusMonths } from './temporal/date.ts';
import { DaysTime, NANOS, YearsMonths } from './temporal/duration.ts';
import { FeelTime } from './temporal/time.ts';

type Result = FeelValue | undefined;
export type Operator = (a: FeelValue, b: FeelValue) => Result;

export function add(a: FeelValue, b: FeelValue): Result {
  if (a instanceof Decimal) return b instanceof Decimal ? plus(a, b) : undefined;
  if (typeof a === 'string') return typeof b === 'string' ? a + b : undefined;
  if (b instanceof YearsMonths || b instanceof DaysTime) return move(a, b, 1);
  return a instanceof YearsMonths || a instanceof DaysTime ? move(b, a, 1) : undefined;
}

export function subtract(a: FeelValue, b: FeelValue): Result {
  if (a instanceof Decimal) return b instanceof Decimal ? minus(a, b) : undefined;
  if (b instanceof YearsMonths || b instanceof DaysTime) return move(a, b, -1);
  if (a instanceof FeelTime) return b instanceof FeelTime ? timeBetween(a, b) : undefined;
  const from = a instanceof FeelDate ? midnight(a) : a;
  const to = b instanceof FeelDate ? midnight(b) : b;
  return from instanceof DateTime && to instanceof DateTime ? between(from, to) : undefined;
}

/** A point in time, or a duration of the same kind, moved by a duration. */
function move(a: FeelValue, by: YearsMonths | DaysTime, sign: 1 | -1): Result {
  if (by instanceof YearsMonths) {
    if (a instanceof YearsMonths) return months(a.total + sign * by.total);
    if (a instanceof FeelDate) return plusMonths(a, sign * by.total);
    return a instanceof DateTime ? dateTimePlusMonths(a, by, sign) : undefined;
  }
  const nanos = sign === 1 ? by.nanos : -by.nanos;
  if (a instanceof DaysTime) return days(a.nanos + nanos);
  if (a instanceof FeelDate) return datePlusNanos(a, nanos);
  if (a instanceof DateTime) return plusNanos(a, nanos);
  return a instanceof FeelTime ? timePlusNanos(a, nanos) : undefined;
}

export function multiply(a: FeelValue, b: FeelValue): Result {
  if (a instanceof Decimal) {
    if (b instanceof Decimal) return times(a, b);
    return b instanceof YearsMonths || b instanceof DaysTime ? scale(b, a) : undefined;
  }
  return b instanceof Decimal && (a instanceof YearsMonths || a instanceof DaysTime) ? scale(a, b) : undefined;
}

function scale(duration: YearsMonths | DaysTime, factor: Decimal): Result {
  if (duration instanceof YearsMonths) return months(factor.times(duration.total).trunc().toNumber());
  return wholeNanos(factor.times(duration.nanos.toString()));
}

export function divide(a: FeelValue, b: FeelValue): Result {
  if (b instanceof Decimal) {
    if (b.isZero()) return undefined;
    if (a instanceof Decimal) return over(a, b);
    if (a instanceof YearsMonths) return months(new Decimal(a.total).div(b).trunc().toNumber());
    return a instanceof DaysTime ? wholeNanos(new Decimal(a.nanos.toString()).div(b)) : undefined;
  }
  if (a instanceof YearsMonths && b instanceof YearsMonths) return b.total === 0 ? undefined : new Decimal(a.total).div(b.total);
  if (a instanceof DaysTime && b instanceof DaysTime)
    return b.nanos === 0n ? undefined : new Decimal(a.nanos.toString()).div(b.nanos.toString());
  return undefined;
}

/** Seconds of a duration are 64-bit, as in java.time. */
const MOST_NANOS = 2n ** 63n * NANOS;

function days(nanos: bigint): DaysTime | undefined {
  return nanos <= MOST_NANOS && nanos >= -MOST_NANOS ? new DaysTime(nanos) : undefined;
}

function wholeNanos(nanos: Decimal): DaysTime | undefined {
  return nanos.abs().lte(MOST_NANOS.toString()) ? new DaysTime(BigInt(nanos.trunc().toFixed(0))) : undefined;
}

function months(total: number): YearsMonths | undefined {
  return Number.isSafeInteger(total) ? new YearsMonths(total) : undefined;
}

export function power(a: FeelValue, b: FeelValue): Result {
  return a instanceof Decimal && b instanceof Decimal ? finite(a.pow(b)) : undefined;
}

export function negate(a: FeelValue): Result {
  if (a instanceof Decimal) return a.neg();
  if (a instanceof YearsMonths) return new YearsMonths(0 - a.total);
  return a instanceof DaysTime ? new DaysTime(-a.nanos) : undefined;
}
