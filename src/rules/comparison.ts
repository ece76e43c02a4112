// Equality, order and membership of FEEL values (DMN 1.5 §10.3.2.13, Tables 50, 51, 53). Null where kinds do not compare.
import { Decimal } from '#base/decimal.ts';
import { order } from './decimals.ts';
import type { FeelContext, FeelValue } from './types.ts';
import { entry, isList, kindOf, Range } from './kinds.ts';
import { DateTime } from './temporal/date-time.ts';
import { FeelDate } from './temporal/date.ts';
import { DaysTime, YearsMonths } from './temporal/duration.ts';
import { FeelTime } from './temporal/time.ts';
import { sameZone } from './temporal/zone.ts';

/** `a = b` in three values: null where the kinds differ. */
export function equals(a: FeelValue, b: FeelValue): boolean | null {
  if (a === null || b === null) return a === b;
  if (a instanceof Decimal) return b instanceof Decimal ? order(a, b) === 0 : unwrapped(a, b);
  if (typeof a === 'string' || typeof a === 'boolean') return typeof a === typeof b ? a === b : unwrapped(a, b);
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return unwrapped(a, b);
  if (isList(a)) return listsEqual(a, b as readonly FeelValue[]);
  if (kind === 'context') return contextsEqual(a as FeelContext, b as FeelContext);
  if (a instanceof Range) return rangesEqual(a, b as Range);
  if (kind === 'function') return a === b;
  const found = compare(a, b);
  return found === null ? (bothTimes(a, b) ? false : null) : found === 0;
}

/** Values of different kinds compare only through a list of one (§10.3.2.9.4). */
function unwrapped(a: FeelValue, b: FeelValue): boolean | null {
  if (isList(a) && a.length === 1 && !isList(b)) return equals(a[0] ?? null, b);
  if (isList(b) && b.length === 1 && !isList(a)) return equals(a, b[0] ?? null);
  return null;
}

function bothTimes(a: FeelValue, b: FeelValue): boolean {
  return (a instanceof FeelTime && b instanceof FeelTime) || (a instanceof DateTime && b instanceof DateTime);
}

function listsEqual(a: readonly FeelValue[], b: readonly FeelValue[]): boolean {
  return a.length === b.length && a.every((item, at) => equals(item, b[at] ?? null) === true);
}

function contextsEqual(a: FeelContext, b: FeelContext): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const other = entry(b, name);
    return other !== undefined && equals(entry(a, name) ?? null, other) === true;
  });
}

function rangesEqual(a: Range, b: Range): boolean {
  if (a.operator !== b.operator || a.startIncluded !== b.startIncluded || a.endIncluded !== b.endIncluded) return false;
  return equals(a.start, b.start) === true && equals(a.end, b.end) === true;
}

/** Order of two values of one ordered kind: negative, 0, positive; null where there is none. */
export function compare(a: FeelValue, b: FeelValue): number | null {
  if (a instanceof Decimal) return b instanceof Decimal ? order(a, b) : null;
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : null;
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.epochDay - b.epochDay : null;
  if (a instanceof DateTime) return b instanceof DateTime ? compareZoned(a, b, a.instant - b.instant) : null;
  if (a instanceof FeelTime) {
    return b instanceof FeelTime ? compareZoned(a, b, a.secondOfDay - (a.offset ?? 0) - (b.secondOfDay - (b.offset ?? 0))) : null;
  }
  if (a instanceof DaysTime) return b instanceof DaysTime ? (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0) : null;
  if (a instanceof YearsMonths) return b instanceof YearsMonths ? a.total - b.total : null;
  return null;
}

/** By code points: UTF-16 units order alike but for surrogates, which stand for what is above U+FFFF. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}

/** The value functions of times count whole seconds (Table 51: hour, minute, second), so fractions do not order. */
function compareZoned(a: FeelTime | DateTime, b: FeelTime | DateTime, seconds: number): number | null {
  return (a.zone === undefined) === (b.zone === undefined) ? seconds : null;
}

/** `is(a, b)`: the same element of the semantic domain, zones as written. */
export function identical(a: FeelValue, b: FeelValue): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  if (a instanceof FeelTime && b instanceof FeelTime) {
    return a.secondOfDay === b.secondOfDay && a.nano === b.nano && sameZone(a.zone, b.zone);
  }
  if (a instanceof DateTime && b instanceof DateTime) return identical(a.date, b.date) && identical(a.time, b.time);
  return equals(a, b) === true;
}

/** Whether a value lies in a range; null where it cannot be compared with the endpoints. */
export function contains(range: Range, value: FeelValue): boolean | null {
  if (range.operator === '=') return equals(value, range.start);
  if (range.operator === '!=') return not(equals(value, range.start));
  const low = range.start === null ? openEnd(range, 'start') : beyond(compare(value, range.start), range.startIncluded);
  const high = range.end === null ? openEnd(range, 'end') : beyond(negated(compare(value, range.end)), range.endIncluded);
  if (low === false || high === false) return false;
  return low === null || high === null ? null : true;
}

/** Only a comparison `(< 10)` is open; a written null endpoint compares with nothing. */
function openEnd(range: Range, side: 'start' | 'end'): boolean | null {
  if (range.operator === undefined) return null;
  return (side === 'start' ? range.end : range.start) === null ? null : true;
}

function beyond(order: number | null, included: boolean): boolean | null {
  return order === null ? null : order > 0 || (included && order === 0);
}

function negated(order: number | null): number | null {
  return order === null ? null : 0 - order;
}

export function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** `value in test` where the test is a value: a list holds it, a range contains it, or it is equal. */
export function isIn(value: FeelValue, test: FeelValue): boolean | null {
  if (test instanceof Range) return contains(test, value);
  if (!isList(test)) return equals(value, test);
  if (isList(value) && equals(value, test) === true) return true;
  let unknown = false;
  for (const item of test) {
    const hit =
      item instanceof Range ? contains(item, value) : isList(item) && isList(value) ? isIn(value, item) : equals(value, item);
    if (hit) return true;
    if (hit === null) unknown = true;
  }
  return unknown && test.length === 1 ? null : false;
}
