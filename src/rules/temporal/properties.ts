// The properties of temporal values and ranges (DMN 1.5 §10.3.2.3, Tables 65 and 66).
import { ofDouble } from '#rules/decimals.ts';
import type { FeelValue } from '#rules/types.ts';
import { Range, type Special } from '#rules/kinds.ts';
import { DateTime } from './date-time.ts';
import { FeelDate } from './date.ts';
import { DaysTime, NANOS, YearsMonths } from './duration.ts';
import { FeelTime } from './time.ts';
import type { Zone } from './zone.ts';

/** The property, or undefined where the kind has none of that name. */
export function property(value: Special, name: string): FeelValue | undefined {
  if (value instanceof FeelDate) return ofDate(value, name);
  if (value instanceof FeelTime) return ofTime(value, value.offset, name);
  if (value instanceof DateTime) return ofDate(value.date, name) ?? ofTime(value.time, value.offset, name);
  if (value instanceof YearsMonths)
    return name === 'years' ? ofDouble(value.years) : name === 'months' ? ofDouble(value.months) : undefined;
  if (value instanceof DaysTime) return ofDaysTime(value, name);
  return value instanceof Range ? ofRange(value, name) : undefined;
}

function ofDate(date: FeelDate, name: string): FeelValue | undefined {
  switch (name) {
    case 'year':
      return ofDouble(date.year);
    case 'month':
      return ofDouble(date.month);
    case 'day':
      return ofDouble(date.day);
    case 'weekday':
      return ofDouble(date.weekday);
    default:
      return undefined;
  }
}

function ofTime(time: FeelTime, offset: number | undefined, name: string): FeelValue | undefined {
  switch (name) {
    case 'hour':
      return ofDouble(time.hour);
    case 'minute':
      return ofDouble(time.minute);
    case 'second':
      return ofDouble(time.second);
    case 'time offset':
      return offset === undefined ? null : new DaysTime(BigInt(offset) * NANOS);
    case 'timezone':
      return zoneName(time.zone);
    default:
      return undefined;
  }
}

function zoneName(zone: Zone | undefined): FeelValue {
  return zone?.region ?? null;
}

function ofDaysTime(value: DaysTime, name: string): FeelValue | undefined {
  const parts = value.parts;
  switch (name) {
    case 'days':
      return ofDouble(parts.days);
    case 'hours':
      return ofDouble(parts.hours);
    case 'minutes':
      return ofDouble(parts.minutes);
    case 'seconds':
      return parts.seconds;
    default:
      return undefined;
  }
}

function ofRange(range: Range, name: string): FeelValue | undefined {
  switch (name) {
    case 'start':
      return range.start;
    case 'end':
      return range.end;
    case 'start included':
      return range.startIncluded;
    case 'end included':
      return range.endIncluded;
    default:
      return undefined;
  }
}
