// The clock of a deadline: running, paused for a reason, stopped. Pure folds over Clock; reads no clock of the machine.
// Total on purpose, since events are replayed through it: a step that does not fit the state gives the same clock back.
import type { Instant } from '#base/instant.ts';
import type { CalendarVersion, Clock, WorkingDuration } from './types.ts';
import { workingDaysBetween, workingDue, workingMillisBetween } from './working.ts';

type Pause = Clock['pauses'][number];

/** Working minutes a clock has used: from start to end, without the pauses, and the pauses by their reason. */
export type WorkingTimeUsed = {
  readonly gross: number;
  readonly net: number;
  readonly paused: readonly { readonly reason: string; readonly minutes: number }[];
};

export function startClock(calendar: CalendarVersion, now: Instant, duration: WorkingDuration): Clock {
  return {
    calendar: calendar.id,
    calendarVersion: calendar.version,
    duration,
    state: 'running',
    startedAt: now,
    due: workingDue(calendar, now, duration),
    pauses: [],
  };
}

/** Time stands still from `now`. A due time that has passed stays: no pause undoes a delay. */
export function pauseClock(clock: Clock, now: Instant, reason: string): Clock {
  if (clock.state !== 'running') return clock;
  const { due, ...rest } = clock;
  const paused: Clock = { ...rest, state: 'paused', pauses: [...clock.pauses, { from: now, reason }] };
  return due !== undefined && due <= now ? { ...paused, due } : paused;
}

/** Time runs again; what was left when the pause began is left now. `calendar` is the version the clock was started under. */
export function resumeClock(calendar: CalendarVersion, clock: Clock, now: Instant): Clock {
  if (clock.state !== 'paused') return clock;
  const pauses = closed(clock.pauses, now);
  return { ...clock, state: 'running', pauses, due: dueAfter(calendar, clock, pauses) };
}

/** The case is decided: nothing moves any more. A pause that was open ends here. */
export function stopClock(clock: Clock, now: Instant): Clock {
  if (clock.state === 'stopped') return clock;
  return { ...clock, state: 'stopped', pauses: closed(clock.pauses, now), stoppedAt: now };
}

/** True when the due time has passed, or had passed when the clock stopped. A paused clock is overdue only if it was before. */
export function overdue(clock: Clock, now: Instant): boolean {
  return clock.due !== undefined && clock.due < (clock.stoppedAt ?? now);
}

/** Working time used up to `now`, in whole minutes. */
export function workingTimeUsed(calendar: CalendarVersion, clock: Clock, now: Instant): WorkingTimeUsed {
  const end = clock.stoppedAt ?? now;
  const paused = new Map<string, number>();
  for (const pause of clock.pauses) {
    const millis = workingMillisBetween(calendar, pause.from, earlier(pause.to ?? end, end));
    paused.set(pause.reason, (paused.get(pause.reason) ?? 0) + Math.max(0, millis));
  }
  const gross = Math.max(0, workingMillisBetween(calendar, clock.startedAt, end));
  const net = gross - [...paused.values()].reduce((sum, millis) => sum + millis, 0);
  return {
    gross: minutes(gross),
    net: minutes(net),
    paused: [...paused].map(([reason, millis]) => ({ reason, minutes: minutes(millis) })),
  };
}

/** Folds the pauses over the first due time. A pause moves it by the working days, or the working time, that passed meanwhile. */
function dueAfter(calendar: CalendarVersion, clock: Clock, pauses: readonly Pause[]): Instant {
  const first = workingDue(calendar, clock.startedAt, clock.duration);
  return pauses.reduce((due, { from, to }) => {
    if (to === undefined || to === from || due <= from) return due;
    if ('days' in clock.duration) return workingDue(calendar, to, { days: workingDaysBetween(calendar, from, due) });
    return workingDue(calendar, to, { minutes: workingMillisBetween(calendar, from, due) / 60_000 });
  }, first);
}

/** The open pause ended. One that ends before it began (clocks of two machines) has no length. */
function closed(pauses: readonly Pause[], now: Instant): readonly Pause[] {
  return pauses.map((pause) => (pause.to === undefined ? { ...pause, to: pause.from > now ? pause.from : now } : pause));
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

function minutes(millis: number): number {
  return Math.floor(millis / 60_000);
}
