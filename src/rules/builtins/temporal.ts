// Date and time functions (DMN 1.5 §10.3.4.6, .9): parts of the calendar, `is`, and the time of the evaluation, which arrives.
import { Decimal } from '#base/decimal.ts';
import { identical } from '#rules/comparison.ts';
import type { Run } from '#rules/run.ts';
import { DateTime, parseDateTime } from '#rules/temporal/date-time.ts';
import { dateOfEpochDay, FeelDate } from '#rules/temporal/date.ts';
import type { FeelValue } from '#rules/types.ts';
import { define, form, type Builtin } from './signature.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function dateIn(value: FeelDate | DateTime): FeelDate {
  return value instanceof DateTime ? value.date : value;
}

function dayOfYear(date: FeelDate): number {
  return date.epochDay - new FeelDate(date.year, 1, 1).epochDay + 1;
}

/** ISO 8601: the week of the Thursday of its week. */
function weekOfYear(date: FeelDate): number {
  const thursday = dateOfEpochDay(date.epochDay - date.weekday + 4) ?? date;
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

function calendar(name: string, body: (date: FeelDate) => FeelValue): Builtin {
  return define(
    name,
    form('date: date|dateTime', ([value]: [FeelDate | DateTime]) => body(dateIn(value))),
  );
}

function now(run: Run): DateTime | undefined {
  return run.now === undefined ? undefined : parseDateTime(run.now);
}

export const TEMPORAL: readonly Builtin[] = [
  calendar('day of year', (date) => new Decimal(dayOfYear(date))),
  calendar('day of week', (date) => DAYS[date.weekday - 1] ?? null),
  calendar('month of year', (date) => MONTHS[date.month - 1] ?? null),
  calendar('week of year', (date) => new Decimal(weekOfYear(date))),
  define(
    'now',
    form('', (_, run) => now(run)),
  ),
  define(
    'today',
    form('', (_, run) => now(run)?.date),
  ),
  define(
    'is',
    form('value1?: any, value2?: any', ([a, b]: [FeelValue | undefined, FeelValue | undefined]) =>
      identical(a ?? null, b ?? null),
    ),
  ),
];
