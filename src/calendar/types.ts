// What the calendar room gives and takes. Working time is minutes inside a dated calendar's working hours.
import type { Instant } from '#base/instant.ts';
import type { Text } from '#base/text.ts';

/** A Jalali date, months and days from 1. */
export type JalaliDate = { readonly year: number; readonly month: number; readonly day: number };

/** A calendar as the steward keeps it: data with a source, one version per change. ISO dates are Gregorian `yyyy-mm-dd` in the calendar's zone. */
export type CalendarVersion = {
  readonly id: string;
  readonly version: number;
  /** In force for deadlines promised from this date on. */
  readonly from: string;
  readonly source: string;
  /** Minutes east of UTC; Iran has had one offset, 210, since 2022. */
  readonly utcOffset: number;
  /** Working hours by ISO weekday (1 = Monday … 7 = Sunday); absent means not a working day. Minutes since midnight. */
  readonly week: { readonly [isoWeekday: string]: readonly (readonly [from: number, to: number])[] };
  /** Days that differ: no hours = closed; the name is shown to people. */
  readonly days: {
    readonly [isoDate: string]: {
      readonly name: Text;
      readonly hours?: readonly (readonly [number, number])[];
      /** How sure the day is: set by law, announced for its year, or estimated until it is announced. */
      readonly source?: 'law' | 'announced' | 'estimated';
    };
  };
};

/** `P10D` and `PT4H` in working time: whole working days, or working minutes. */
export type WorkingDuration = { readonly days: number } | { readonly minutes: number };

/** How a deadline's clock stands. All instants UTC; `used` is working minutes consumed before `since`. */
export type Clock = {
  readonly calendar: string;
  readonly calendarVersion: number;
  readonly duration: WorkingDuration;
  readonly state: 'running' | 'paused' | 'stopped';
  readonly startedAt: Instant;
  /** Due time while running; absent while paused (it moves). */
  readonly due?: Instant;
  /** Open pause, and the closed ones. */
  readonly pauses: readonly { readonly from: Instant; readonly to?: Instant; readonly reason: string }[];
  readonly stoppedAt?: Instant;
};
