// Deadline arithmetic in working time: when is it due, how much working time lies between. Reads no clock; exact to the millisecond.
//
// Days are counted as the Iranian Civil Procedure Code counts periods (2000): the day of notice is not part of the period (art. 445),
// and a last day on which offices are closed moves to the day they open (art. 444). A working-day period can end on no closed day at
// all, so: the start day is not counted, whatever the hour; each working day after it counts one; the deadline is the close of working
// hours of the last. Art. 445 leaves out the day of action too. That favours the one who must act; here the city must, so it is not
// given the extra day: what is promised in ten working days is done before the tenth closes.
import { fromEpochMillis, toEpochMillis, type Instant } from '#base/instant.ts';
import { DAY, hoursOf, type Hours } from './hours.ts';
import type { CalendarVersion, WorkingDuration } from './types.ts';

const MINUTE = 60_000;
/** Days from 1970-01-01 to 9999-12-31, the last day that an instant can name. */
const LAST_DAY = 2_932_896;

/** When a duration that starts at `from` ends. Throws RangeError for a calendar without working time (read.ts refuses those). */
export function workingDue(calendar: CalendarVersion, from: Instant, duration: WorkingDuration): Instant {
  const hours = hoursOf(calendar);
  const moment = toEpochMillis(from) + hours.offset;
  const due =
    'days' in duration
      ? closeAfterDays(hours, moment, duration.days)
      : momentAfterTime(hours, moment, Math.round(duration.minutes * MINUTE));
  return fromEpochMillis(due - hours.offset);
}

/** Whole working minutes between two instants; negative when `to` is the earlier. */
export function workingMinutesBetween(calendar: CalendarVersion, from: Instant, to: Instant): number {
  return Math.trunc(workingMillisBetween(calendar, from, to) / MINUTE);
}

/** Working milliseconds between two instants: adds up exactly, which minutes do not. */
export function workingMillisBetween(calendar: CalendarVersion, from: Instant, to: Instant): number {
  const hours = hoursOf(calendar);
  return hours.timeBefore(toEpochMillis(to) + hours.offset) - hours.timeBefore(toEpochMillis(from) + hours.offset);
}

/** Working days after the day of `from`, up to and with the day of `to`: how many days of a period have been counted. */
export function workingDaysBetween(calendar: CalendarVersion, from: Instant, to: Instant): number {
  const hours = hoursOf(calendar);
  const dayAfter = (at: Instant): number => Math.floor((toEpochMillis(at) + hours.offset) / DAY) + 1;
  return hours.daysBefore(dayAfter(to)) - hours.daysBefore(dayAfter(from));
}

/** `P10D` is ten working days; `PT4H`, `PT30M`, `PT1H30M` are working time. Undefined for all else: mixed, zero, weeks, months. */
export function readWorkingDuration(text: string): WorkingDuration | undefined {
  const part = /^P(?:(\d{1,4})D|T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)$/.exec(text);
  if (!part) return undefined;
  if (part[1] !== undefined) return Number(part[1]) > 0 ? { days: Number(part[1]) } : undefined;
  const minutes = Number(part[2] ?? 0) * 60 + Number(part[3] ?? 0);
  return minutes > 0 ? { minutes } : undefined;
}

/** The same for a text that a check has read before. Throws RangeError for what is no working duration. */
export function parseWorkingDuration(text: string): WorkingDuration {
  const duration = readWorkingDuration(text);
  if (duration) return duration;
  throw new RangeError(`not a working duration: ${text.slice(0, 40)}`);
}

function closeAfterDays(hours: Hours, moment: number, days: number): number {
  const start = Math.floor(moment / DAY);
  const wanted = hours.daysBefore(start + 1) + days;
  // No days left: the close of this day if it is a working day and still open, else of the next (art. 444).
  const close = hours.spansOn(start).at(-1)?.[1];
  if (days <= 0 && close !== undefined && start * DAY + close >= moment) return start * DAY + close;
  const day = firstDay(
    start + 1,
    (candidate) => hours.daysBefore(candidate + 1) >= Math.max(wanted, hours.daysBefore(start + 1) + 1),
  );
  return day * DAY + (hours.spansOn(day).at(-1)?.[1] ?? 0);
}

function momentAfterTime(hours: Hours, moment: number, millis: number): number {
  if (millis <= 0) return moment;
  const wanted = hours.timeBefore(moment) + millis;
  const day = firstDay(Math.floor(moment / DAY), (candidate) => hours.timeBefore((candidate + 1) * DAY) >= wanted);
  let left = wanted - hours.timeBefore(day * DAY);
  for (const [from, to] of hours.spansOn(day)) {
    if (left <= to - from) return day * DAY + from + left;
    left -= to - from;
  }
  throw new RangeError('working time of a day does not add up');
}

/** The first day from `start` on where a growing condition holds: doubling steps, then halving. */
function firstDay(start: number, isReached: (day: number) => boolean): number {
  let step = 1;
  while (!isReached(start + step)) {
    step *= 2;
    if (start + step > LAST_DAY) throw new RangeError('the calendar has too little working time for this duration');
  }
  let low = start;
  let high = start + step;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
