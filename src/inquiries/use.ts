// Use of a contract, summed up from what was asked: by day, type and asker; by person asked about and week; and runs of neighbouring properties.
// Adds up: sums of two parts, added, are the sums of the whole, so that it can be done in steps. Reads no clock.
import { toEpochMillis, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { IRAN_OFFSET, isoDateFromDays, isoDateOf } from '#calendar/jalali.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import { workingMillisBetween } from '#calendar/working.ts';

/** One inquiry, as far as use goes. `isUnknown`: a register was asked and gave way. `subject`: a keyed hash. */
export type AskedRow = {
  readonly at: Instant;
  readonly type: string;
  readonly asker: string;
  readonly isAtOnce: boolean;
  readonly isUnknown: boolean;
  readonly subject: string | null;
  readonly property: string | null;
};

export type DayTally = {
  readonly day: string;
  readonly type: string;
  readonly asker: string;
  readonly asked: number;
  readonly atOnce: number;
  readonly unknown: number;
  readonly outsideHours: number;
};
export type SubjectTally = { readonly week: string; readonly subject: string; readonly asked: number };

/** Neighbours asked about one after the other: how many by now, from where to where. */
export type Run = { readonly from: string; readonly last: string; readonly length: number; readonly day: string };

const DAY_MS = 86_400_000;
/** Steps of more than this are no walk along a street. */
const WIDEST_STEP = 3;

/** The day in Tehran, `yyyy-mm-dd`. */
export function dayOf(at: Instant): string {
  return isoDateOf(at, IRAN_OFFSET);
}

/** The Saturday with which its week begins. */
export function weekOf(at: Instant): string {
  const day = Math.floor((toEpochMillis(at) + IRAN_OFFSET * 60_000) / DAY_MS);
  return isoDateFromDays(day - ((((day + 5) % 7) + 7) % 7));
}

export function tallied(rows: readonly AskedRow[], calendar: CalendarVersion): readonly DayTally[] {
  const sums = new Map<string, DayTally>();
  for (const row of rows) {
    const [day, { type, asker }] = [dayOf(row.at), row];
    const key = JSON.stringify([day, type, asker]);
    const before = sums.get(key) ?? { day, type, asker, asked: 0, atOnce: 0, unknown: 0, outsideHours: 0 };
    sums.set(key, {
      ...before,
      asked: before.asked + 1,
      atOnce: before.atOnce + Number(row.isAtOnce),
      unknown: before.unknown + Number(row.isUnknown),
      outsideHours: before.outsideHours + Number(isOutsideHours(calendar, row.at)),
    });
  }
  return [...sums.values()];
}

function isOutsideHours(calendar: CalendarVersion, at: Instant): boolean {
  return workingMillisBetween(calendar, at, plusMillis(at, 1)) === 0;
}

export function talliedSubjects(rows: readonly AskedRow[]): readonly SubjectTally[] {
  const sums = new Map<string, SubjectTally>();
  for (const { at, subject } of rows) {
    if (subject === null) continue;
    const week = weekOf(at);
    const key = `${week} ${subject}`;
    sums.set(key, { week, subject, asked: (sums.get(key)?.asked ?? 0) + 1 });
  }
  return [...sums.values()];
}

/** The run in which the rows end, and the longest that was reached on the way from each beginning. */
export function walked(
  before: Run | undefined,
  rows: readonly AskedRow[],
): { readonly run: Run | undefined; readonly reached: readonly Run[] } {
  const reached = new Map<string, Run>();
  let run = before;
  for (const { property, at } of rows) {
    if (property === null) continue;
    run = nextRun(run, property, dayOf(at));
    reached.set(`${run.day} ${run.from}`, run);
  }
  return { run, reached: [...reached.values()] };
}

function nextRun(run: Run | undefined, property: string, day: string): Run {
  const fresh: Run = { from: property, last: property, length: 1, day };
  if (!run || run.day !== day) return fresh;
  if (run.last === property) return run;
  const [street, number] = placeOf(run.last);
  const [otherStreet, otherNumber] = placeOf(property);
  const isNear = street === otherStreet && Math.abs(otherNumber - number) <= WIDEST_STEP;
  return isNear ? { ...run, last: property, length: run.length + 1 } : fresh;
}

/** `6-1045-12-7` → all but the last part, and the last as a number. */
function placeOf(code: string): readonly [string, number] {
  const at = code.lastIndexOf('-');
  return [code.slice(0, at + 1), Number(code.slice(at + 1))];
}

/** The last working days before a day, newest first. */
export function workingDaysBefore(calendar: CalendarVersion, day: string, count: number): readonly string[] {
  const days: string[] = [];
  let start = plusMillis(`${day}T00:00:00.000Z` as Instant, -IRAN_OFFSET * 60_000);
  // A year and a half holds any count that is asked for, whatever the holidays.
  for (let back = 0; back < 550 && days.length < count; back += 1) {
    const end = start;
    start = plusMillis(start, -DAY_MS);
    if (workingMillisBetween(calendar, start, end) > 0) days.push(dayOf(start));
  }
  return days;
}
