// Conversion functions (DMN 1.5 Table 72) and `not`: between strings, numbers and temporal values.
import { Decimal } from '#base/decimal.ts';
import { single } from '#rules/operators.ts';
import { textOf } from '#rules/text.ts';
import { DateTime, midnight, parseDateTime } from '#rules/temporal/date-time.ts';
import { dateOf, FeelDate, parseDate } from '#rules/temporal/date.ts';
import { DaysTime, NANOS, parseDuration, toNanos, YearsMonths } from '#rules/temporal/duration.ts';
import { FeelTime, parseTime, timeOf } from '#rules/temporal/time.ts';
import { offsetZone, parseZone, UTC, type Zone } from '#rules/temporal/zone.ts';
import type { FeelValue } from '#rules/types.ts';
import { define, form, type Builtin } from './signature.ts';

function dateFrom([from]: [FeelValue]): FeelDate | undefined {
  if (typeof from === 'string') return parseDate(from);
  return from instanceof DateTime ? from.date : from instanceof FeelDate ? from : undefined;
}

function timeFrom([from]: [FeelValue]): FeelTime | undefined {
  if (typeof from === 'string') return parseTime(from);
  if (from instanceof FeelDate) return new FeelTime({ hour: 0, minute: 0, second: 0, nano: 0 }, UTC);
  return from instanceof DateTime ? from.time : from instanceof FeelTime ? from : undefined;
}

function dateTimeFrom([from]: [FeelValue]): DateTime | undefined {
  if (typeof from === 'string') return parseDateTime(from);
  return from instanceof FeelDate ? midnight(from) : from instanceof DateTime ? from : undefined;
}

function dateOfParts([year, month, day]: readonly Decimal[]): FeelDate | undefined {
  return year && month && day && dateOf(year.toNumber(), month.toNumber(), day.toNumber());
}

/** Seconds may have a fraction. */
function timeOfParts(parts: readonly (Decimal | undefined)[], zone: Zone | undefined): FeelTime | undefined {
  const [hour, minute, second] = parts;
  if (!hour || !minute || !second || second.isNegative()) return undefined;
  const nano = Number(toNanos(second.minus(second.trunc())));
  return timeOf({ hour: hour.toNumber(), minute: minute.toNumber(), second: second.trunc().toNumber(), nano }, zone);
}

function durationZone(offset: DaysTime): Zone | undefined {
  return offsetZone(Number(offset.nanos / NANOS));
}

function timeWithOffset([hour, minute, second, offset]: [Decimal, Decimal, Decimal, DaysTime | null | undefined]):
  FeelTime | undefined {
  const zone = offset ? durationZone(offset) : undefined;
  return offset && !zone ? undefined : timeOfParts([hour, minute, second], zone);
}

type Parts = [Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, DaysTime | string | null | undefined];

function dateTimeOfParts([year, month, day, hour, minute, second, zoned]: Parts): DateTime | undefined {
  const zone =
    zoned instanceof DaysTime
      ? durationZone(zoned)
      : typeof zoned === 'string'
        ? (parseZone(`@${zoned}`) ?? parseZone(zoned))
        : undefined;
  if (zoned && !zone) return undefined;
  const date = dateOfParts([year, month, day]);
  const time = timeOfParts([hour, minute, second], zone);
  return date && time && new DateTime(date, time);
}

function dateAndTime([date, time]: [FeelDate | DateTime, FeelTime]): DateTime {
  return new DateTime(date instanceof DateTime ? date.date : date, time);
}

/** `number("1.200,50", ".", ",")`: the grouping separator goes, the decimal separator becomes a point. */
function number([from, grouping, point]: [string, string | null | undefined, string | null | undefined]): Decimal | undefined {
  if (grouping && (![' ', ',', '.'].includes(grouping) || grouping === point)) return undefined;
  if (point && !['.', ','].includes(point)) return undefined;
  if (grouping === '' || point === '') return undefined;
  let text = grouping ? from.replaceAll(grouping, '') : from;
  if (point === ',') {
    if (text.includes('.')) return undefined;
    text = text.replaceAll(',', '.');
  }
  if (!/^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = new Decimal(1).times(text);
  return value.isFinite() ? value : undefined;
}

/** Whole months between two dates; the time of day does not count. */
function monthsBetween([from, to]: [FeelDate | DateTime, FeelDate | DateTime]): YearsMonths {
  const a = from instanceof DateTime ? from.date : from;
  const b = to instanceof DateTime ? to.date : to;
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  if (months > 0 && b.day < a.day) return new YearsMonths(months - 1);
  return new YearsMonths(months < 0 && b.day > a.day ? months + 1 : months);
}

export const CONVERSION: readonly Builtin[] = [
  define('date', form('from: string|date|dateTime', dateFrom), form('year: number, month: number, day: number', dateOfParts)),
  define(
    'time',
    form('from: string|time|dateTime|date', timeFrom),
    form('hour: number, minute: number, second: number, offset?: duration|null', timeWithOffset),
  ),
  define(
    'date and time',
    form('from: string|date|dateTime', dateTimeFrom),
    form('date: date|dateTime, time: time', dateAndTime),
    form(
      'year: number, month: number, day: number, hour: number, minute: number, second: number, offset?: duration|null',
      dateTimeOfParts,
    ),
    form(
      'year: number, month: number, day: number, hour: number, minute: number, second: number, timezone?: string|null',
      dateTimeOfParts,
    ),
  ),
  define(
    'duration',
    form('from: string', ([from]: [string]) => parseDuration(from)),
    form('from: duration|months', ([from]: [FeelValue]) => from),
  ),
  define('years and months duration', form('from: date|dateTime, to: date|dateTime', monthsBetween)),
  define(
    'number',
    form('from: string, grouping separator?: string|null, decimal separator?: string|null', number),
    form('from: number', ([from]: [FeelValue]) => from),
  ),
  define(
    'string',
    form('from: any', ([from]: [FeelValue]) => (from === null ? null : textOf(from))),
  ),
  define(
    'not',
    form('negand: any', ([value]: [FeelValue]) => negation(single(value))),
  ),
];

function negation(value: FeelValue): FeelValue | undefined {
  return typeof value === 'boolean' ? !value : value === null ? null : undefined;
}
