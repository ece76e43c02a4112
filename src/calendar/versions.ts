// Which version of a calendar a deadline is promised under. A past case keeps its version: it is named in its clock.
import type { Instant } from '#base/instant.ts';
import { isoDateOf } from './jalali.ts';
import type { CalendarVersion } from './types.ts';

/** The version in force at an instant: the latest `from` that has come, of those the highest number. Undefined before the first. */
export function calendarInForce(versions: readonly CalendarVersion[], at: Instant): CalendarVersion | undefined {
  return versions
    .filter((version) => version.from <= isoDateOf(at, version.utcOffset))
    .reduce<CalendarVersion | undefined>(
      (best, version) => (best === undefined || isLater(version, best) ? version : best),
      undefined,
    );
}

function isLater(a: CalendarVersion, b: CalendarVersion): boolean {
  return a.from === b.from ? a.version > b.version : a.from > b.from;
}
