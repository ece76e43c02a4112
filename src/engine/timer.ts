// When a timer is due: durations, dates and cycles of ISO 8601, in civil or working time. Never reads a clock.
import { daysFromCivil, fromEpochMillis, instant, toEpochMillis, type Instant } from '#base/instant.ts';
import type { PlanTimer } from './plan.ts';
import type { Run } from './run.ts';
import { evaluateText, type Frame } from './variables.ts';

export type Due = { readonly due: Instant; readonly every?: string; readonly left?: number };
export type Fault = { readonly fault: string };

const DURATION =
  /^(-?)P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const CYCLE = /^R(\d*)\/(?:(.+)\/)?(P.+)$/;

/** `from` moved by an ISO 8601 duration: years and months by the calendar, the rest by time. Undefined where the text is no duration. */
export function plusDuration(from: Instant, text: string): Instant | undefined {
  const part = DURATION.exec(text.trim());
  if (!part) return undefined;
  const sign = part[1] === '-' ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = part.slice(2).map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const moved = plusMonths(from, sign * (years * 12 + months));
  if (moved === undefined) return undefined;
  const millis = ((weeks * 7 + days) * 24 + hours) * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
  return inYears(toEpochMillis(moved) + sign * millis);
}

/** The same day of the month, or its last where it is shorter. */
function plusMonths(from: Instant, months: number): Instant | undefined {
  if (months === 0) return from;
  const index = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  const first = daysFromCivil(year, month, 1);
  const length = daysFromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - first;
  const day = Math.min(Number(from.slice(8, 10)), length);
  const clock = toEpochMillis(from) % 86_400_000;
  return inYears((first + day - 1) * 86_400_000 + (clock < 0 ? clock + 86_400_000 : clock));
}

const FIRST_YEAR = daysFromCivil(0, 1, 1) * 86_400_000;
const LAST_YEAR = daysFromCivil(10_000, 1, 1) * 86_400_000;

function inYears(millis: number): Instant | undefined {
  return millis >= FIRST_YEAR && millis < LAST_YEAR ? fromEpochMillis(millis) : undefined;
}

/** What is wrong with the constant text of a timer, or undefined. */
export function timerFault(form: PlanTimer['form'], text: string, workingTime: boolean): string | undefined {
  const at = fromEpochMillis(0);
  const free = {
    plus: (from: Instant, duration: string): Instant | undefined => (workingTime ? from : plusDuration(from, duration)),
  };
  const due = dueFrom(form, text, at, free.plus);
  return 'fault' in due ? due.fault : undefined;
}

export function dueOf(run: Run, timer: PlanTimer, frame: Frame): Due | Fault {
  const text = evaluateText(run, timer.value, frame);
  if (text === undefined) return { fault: `timer: ${timer.value.source} gives no value` };
  return dueFrom(timer.form, text, run.env.now, (from, duration) => plus(run, timer, from, duration));
}

/** The next time of a cycle, counted from its last due time, so that a late firing shifts nothing. */
export function nextDue(run: Run, timer: PlanTimer, last: Instant, every: string): Instant | undefined {
  return plus(run, timer, last, every);
}

type Plus = (from: Instant, duration: string) => Instant | undefined;

function plus(run: Run, timer: PlanTimer, from: Instant, duration: string): Instant | undefined {
  return timer.workingTime ? workingPlus(run, from, duration) : plusDuration(from, duration);
}

/** The host's calendar may refuse a duration it cannot count; that is an incident, not a crash. */
export function workingPlus(run: Run, from: Instant, duration: string): Instant | undefined {
  try {
    return run.env.workingDue(from, duration);
  } catch {
    return undefined;
  }
}

function dueFrom(form: PlanTimer['form'], text: string, now: Instant, move: Plus): Due | Fault {
  switch (form) {
    case 'duration': {
      const due = move(now, text);
      return due ? { due } : { fault: `timer: ${text} is not a duration` };
    }
    case 'date': {
      const due = dateOf(text);
      return due ? { due } : { fault: `timer: ${text} is not a date and time with its zone` };
    }
    case 'cycle':
      return cycleFrom(text, now, move);
  }
}

function cycleFrom(text: string, now: Instant, move: Plus): Due | Fault {
  const part = CYCLE.exec(text.trim());
  const [, count = '', start, every = ''] = part ?? [];
  const first = start === undefined ? move(now, every) : dateOf(start);
  const times = count === '' ? -1 : Number(count);
  if (!part || !first || times === 0 || !move(now, every)) return { fault: `timer: ${text} is not a cycle` };
  return { due: first, every, left: times < 0 ? -1 : times - 1 };
}

function dateOf(text: string): Instant | undefined {
  try {
    return instant(text.trim());
  } catch {
    return undefined;
  }
}
