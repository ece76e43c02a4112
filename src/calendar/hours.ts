// A calendar version made countable: how much working time, and how many working days, lie before any moment.
// Sums of whole weeks plus sorted exceptions: years cost no more than hours. Never walks day by day.
import type { CalendarVersion } from './types.ts';
import { daysFromIsoDate } from './jalali.ts';

export const DAY = 86_400_000;
const MINUTE = 60_000;

export type Span = readonly [from: number, to: number];

/** All in local milliseconds: `epoch + utcOffset`, days counted from 1970-01-01. */
export type Hours = {
  readonly offset: number;
  /** Spans of a day in milliseconds since its midnight, in order; empty when closed. */
  spansOn(day: number): readonly Span[];
  /** Working milliseconds before a local moment, counted from a fixed but arbitrary day. */
  timeBefore(moment: number): number;
  /** Working days before a day, counted likewise. */
  daysBefore(day: number): number;
};

type Exception = { readonly day: number; readonly spans: readonly Span[]; readonly moreTime: number; readonly moreDays: number };

const known = new WeakMap<CalendarVersion, Hours>();

/** The hours of a calendar version: made once per version object. */
export function hoursOf(calendar: CalendarVersion): Hours {
  const before = known.get(calendar);
  if (before) return before;
  const hours = count(calendar);
  known.set(calendar, hours);
  return hours;
}

function count(calendar: CalendarVersion): Hours {
  const week = [0, 1, 2, 3, 4, 5, 6].map((place) => spans(calendar.week[String(place + 1)]));
  const timeOfWeek = running(week.map(total));
  const daysOfWeek = running(week.map((day) => Number(day.length > 0)));
  const exceptions = exceptionsOf(calendar, week);
  const byDay = new Map(exceptions.map((exception) => [exception.day, exception.spans]));

  const regularBefore = (day: number, sums: readonly number[]): number => {
    const weeks = Math.floor((day + 3) / 7);
    return weeks * (sums[7] ?? 0) + (sums[weekPlace(day)] ?? 0);
  };
  const spansOn = (day: number): readonly Span[] => byDay.get(day) ?? week[weekPlace(day)] ?? [];
  return {
    offset: calendar.utcOffset * MINUTE,
    spansOn,
    timeBefore(moment) {
      const day = Math.floor(moment / DAY);
      const time = moment - day * DAY;
      const today = spansOn(day).reduce((sum, [from, to]) => sum + Math.max(0, Math.min(time, to) - from), 0);
      return regularBefore(day, timeOfWeek) + (lastBefore(exceptions, day)?.moreTime ?? 0) + today;
    },
    daysBefore: (day) => regularBefore(day, daysOfWeek) + (lastBefore(exceptions, day)?.moreDays ?? 0),
  };
}

/** 0 for Monday. 1970-01-01 was a Thursday. */
function weekPlace(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function spans(minutes: readonly (readonly [number, number])[] | undefined): readonly Span[] {
  return (minutes ?? []).map(([from, to]) => [from * MINUTE, to * MINUTE] as const);
}

function total(day: readonly Span[]): number {
  return day.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** [0, a, a+b, …]: as long as the list and one more. */
function running(list: readonly number[]): readonly number[] {
  const sums = [0];
  for (const value of list) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}

/** Days that differ, in order, each with the difference that it and all before it make to the regular week. */
function exceptionsOf(calendar: CalendarVersion, week: readonly (readonly Span[])[]): readonly Exception[] {
  const dated = Object.entries(calendar.days).map(([date, { hours }]) => ({ day: daysFromIsoDate(date), spans: spans(hours) }));
  dated.sort((a, b) => a.day - b.day);
  let moreTime = 0;
  let moreDays = 0;
  return dated.map(({ day, spans }) => {
    const regular = week[weekPlace(day)] ?? [];
    moreTime += total(spans) - total(regular);
    moreDays += Number(spans.length > 0) - Number(regular.length > 0);
    return { day, spans, moreTime, moreDays };
  });
}

/** The last exception before a day; binary search. */
function lastBefore(exceptions: readonly Exception[], day: number): Exception | undefined {
  let low = 0;
  let high = exceptions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((exceptions[middle]?.day ?? day) < day) low = middle + 1;
    else high = middle;
  }
  return exceptions[low - 1];
}
