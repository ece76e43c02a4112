// Working time against a walk minute by minute, and the laws of due times.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { fromEpochMillis, instant, toEpochMillis, type Instant } from '#base/instant.ts';
import { isoDateOf } from './jalali.ts';
import { readCalendar } from './read.ts';
import type { CalendarVersion } from './types.ts';
import { calendarInForce } from './versions.ts';
import {
  parseWorkingDuration,
  readWorkingDuration,
  workingDaysBetween,
  workingDue,
  workingMillisBetween,
  workingMinutesBetween,
} from './working.ts';

const city = readCity();

function readCity(): CalendarVersion {
  const { calendar, findings } = readCalendar(parse(readFileSync('city/calendar.yaml', 'utf8')));
  assert.deepEqual(findings, []);
  return calendar!;
}

/** Split days, half days, a night at the edge of the day, a Friday that is worked. */
const odd: CalendarVersion = {
  id: 'odd',
  version: 1,
  from: '2025-01-01',
  source: 'test',
  utcOffset: -345,
  week: {
    '1': [
      [0, 720],
      [780, 1440],
    ],
    '3': [[600, 601]],
    '6': [[450, 960]],
    '7': [],
  },
  days: {
    '2026-11-25': { name: { fa: 'تعطیل', en: 'closed' } },
    '2026-11-27': { name: { fa: 'جمعه کاری', en: 'worked Friday' }, hours: [[480, 720]] },
    '2026-11-28': {
      name: { fa: 'نیمه‌وقت', en: 'half day' },
      hours: [
        [450, 700],
        [710, 720],
      ],
    },
    '2026-11-29': { name: { fa: 'باز هم تعطیل', en: 'closed anyway' }, hours: [] },
  },
};

const calendars = fc.constantFrom(city, odd);
const moments = fc.integer({ min: Date.UTC(2025, 2, 1), max: Date.UTC(2028, 3, 1) }).map(fromEpochMillis);
const minutes = fc.integer({ min: 1, max: 300_000 });
const days = fc.integer({ min: 0, max: 600 });

/** Minute by minute: the slow truth. */
function walked(calendar: CalendarVersion, from: Instant, to: Instant): number {
  let count = 0;
  for (let at = toEpochMillis(from); at < toEpochMillis(to); at += 60_000) {
    const local = new Date(at + calendar.utcOffset * 60_000);
    const date = local.toISOString().slice(0, 10);
    const hours =
      date in calendar.days ? (calendar.days[date]!.hours ?? []) : (calendar.week[String(local.getUTCDay() || 7)] ?? []);
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    if (hours.some(([open, close]) => minute >= open && minute < close)) count++;
  }
  return count;
}

test('counts what walking minute by minute counts', () => {
  const start = Date.UTC(2026, 10, 20) / 60_000;
  fc.assert(
    fc.property(
      calendars,
      fc.integer({ min: start, max: start + 20_000 }),
      fc.integer({ min: 0, max: 15_000 }),
      (calendar, from, length) => {
        const [a, b] = [fromEpochMillis(from * 60_000), fromEpochMillis((from + length) * 60_000)];
        assert.equal(workingMinutesBetween(calendar, a, b), walked(calendar, a, b));
        assert.equal(workingMinutesBetween(calendar, b, a), -walked(calendar, a, b) || 0);
      },
    ),
    { numRuns: 100 },
  );
});

test('what is due after m working minutes lies m working minutes away', () => {
  fc.assert(
    fc.property(calendars, moments, minutes, (calendar, from, m) => {
      const due = workingDue(calendar, from, { minutes: m });
      assert.equal(workingMinutesBetween(calendar, from, due), m);
      assert.equal(workingMillisBetween(calendar, fromEpochMillis(toEpochMillis(due) - 1), due), 1);
    }),
    { numRuns: 1000 },
  );
});

test('the later the start or the longer the duration, the later it is due', () => {
  fc.assert(
    fc.property(calendars, fc.tuple(moments, moments), minutes, days, (calendar, pair, m, d) => {
      const [from, after] = pair.toSorted() as [Instant, Instant];
      assert.ok(workingDue(calendar, from, { minutes: m }) <= workingDue(calendar, after, { minutes: m }));
      assert.ok(workingDue(calendar, from, { days: d }) <= workingDue(calendar, after, { days: d }));
      assert.ok(workingDue(calendar, from, { minutes: m }) < workingDue(calendar, from, { minutes: m + 1 }));
      assert.ok(workingDue(calendar, from, { days: d + 1 }) > workingDue(calendar, from, { days: d }) || d === 0);
      assert.ok(workingDue(calendar, from, { days: d }) >= from);
    }),
    { numRuns: 1000 },
  );
});

test('working time adds up', () => {
  fc.assert(
    fc.property(calendars, moments, moments, moments, (calendar, a, b, c) => {
      assert.equal(
        workingMillisBetween(calendar, a, b) + workingMillisBetween(calendar, b, c),
        workingMillisBetween(calendar, a, c),
      );
    }),
  );
});

test('a period of days counts its days, and ends at the close of the last', () => {
  fc.assert(
    fc.property(calendars, moments, fc.integer({ min: 1, max: 600 }), (calendar, from, d) => {
      const due = workingDue(calendar, from, { days: d });
      assert.equal(workingDaysBetween(calendar, from, due), d);
      const endOfDay = instant(`${isoDateOf(due, calendar.utcOffset)}T23:59:59.999Z`);
      const close = fromEpochMillis(toEpochMillis(endOfDay) - calendar.utcOffset * 60_000);
      assert.equal(workingMillisBetween(calendar, due, close), 0);
    }),
    { numRuns: 500 },
  );
});

test('the start day is not counted, whatever the hour: ten working days from a Tuesday end on a Tuesday at closing', () => {
  for (const time of ['00:00', '09:00', '16:00', '23:59']) {
    assert.equal(workingDue(city, instant(`2026-11-24T${time}+03:30`), { days: 10 }), instant('2026-12-08T16:00+03:30'));
  }
});

test('a period that starts on a closed day begins with the next working day', () => {
  assert.equal(workingDue(city, instant('2026-11-27T12:00+03:30'), { days: 1 }), instant('2026-11-28T16:00+03:30'));
});

test('Nowruz is jumped over: three working days from 27 Esfand 1404', () => {
  // 27 Esfand is a Wednesday; 28 and 29 weekend and holiday; 1 to 4 Farvardin Nowruz; 5 Wednesday; 6, 7 weekend; 8, 9 Saturday, Sunday.
  assert.equal(workingDue(city, instant('2026-03-18T10:00+03:30'), { days: 3 }), instant('2026-03-29T16:00+03:30'));
});

test('hours run on from one day to the next', () => {
  assert.equal(workingDue(city, instant('2026-11-24T15:00+03:30'), { minutes: 240 }), instant('2026-11-25T10:30+03:30'));
  assert.equal(workingDue(city, instant('2026-11-25T15:00+03:30'), { minutes: 60 }), instant('2026-11-25T16:00+03:30'));
  assert.equal(workingDue(city, instant('2026-11-25T15:00+03:30'), { minutes: 61 }), instant('2026-11-28T07:31+03:30'));
});

test('no time left is due at once; no days left is due when the open day closes, or else the next', () => {
  const noon = instant('2026-11-24T12:00+03:30');
  assert.equal(workingDue(city, noon, { minutes: 0 }), noon);
  assert.equal(workingDue(city, noon, { days: 0 }), instant('2026-11-24T16:00+03:30'));
  assert.equal(workingDue(city, instant('2026-11-25T17:00+03:30'), { days: 0 }), instant('2026-11-28T16:00+03:30'));
});

test('a deadline of many years costs no walk', () => {
  const started = performance.now();
  for (let run = 0; run < 1000; run++) workingDue(city, instant('2026-11-24T12:00+03:30'), { minutes: 1_000_000 + run });
  assert.ok(performance.now() - started < 1000, 'a thousand deadlines of eight years took more than a second');
  assert.throws(() => workingDue({ ...city, week: {}, days: {} }, instant('2026-11-24T12:00Z'), { days: 1 }), RangeError);
});

test('durations are whole working days or working time, never mixed', () => {
  assert.deepEqual(parseWorkingDuration('P10D'), { days: 10 });
  assert.deepEqual(parseWorkingDuration('PT4H'), { minutes: 240 });
  assert.deepEqual(parseWorkingDuration('PT30M'), { minutes: 30 });
  assert.deepEqual(parseWorkingDuration('PT1H30M'), { minutes: 90 });
  for (const text of ['', 'P', 'PT', 'P0D', 'PT0M', 'P1DT1H', 'P1W', 'P1M', 'PT5S', 'P-1D', 'p1d', 'P99999D', ' P1D'])
    assert.equal(readWorkingDuration(text), undefined, text);
  assert.throws(() => parseWorkingDuration('P1W'), RangeError);
});

test('the version in force is the latest that has come, at the place of the calendar', () => {
  const next: CalendarVersion = { ...city, version: 2, from: '2026-06-01' };
  const corrected: CalendarVersion = { ...city, version: 3, from: '2026-06-01' };
  assert.equal(calendarInForce([corrected, city, next], instant('2026-05-31T20:29Z')), city);
  assert.equal(calendarInForce([next, corrected, city], instant('2026-05-31T20:30Z')), corrected);
  assert.equal(calendarInForce([city], instant('2020-01-01T00:00Z')), undefined);
});
