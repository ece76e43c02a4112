// A deadline's clock under pauses: what passes while it stands still does not count.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromEpochMillis, instant, plusMillis, toEpochMillis } from '#base/instant.ts';
import { overdue, pauseClock, resumeClock, startClock, stopClock, workingTimeUsed } from './clock.ts';
import type { CalendarVersion, WorkingDuration } from './types.ts';
import { workingDaysBetween, workingMillisBetween } from './working.ts';

const week: CalendarVersion['week'] = {
  '6': [[450, 960]],
  '7': [[450, 960]],
  '1': [
    [450, 720],
    [780, 960],
  ],
  '2': [[450, 960]],
  '3': [[450, 960]],
};
const office: CalendarVersion = {
  id: 'city',
  version: 4,
  from: '2025-01-01',
  source: 'test',
  utcOffset: 210,
  week,
  days: { '2026-11-30': { name: { fa: 'تعطیل', en: 'closed' } } },
};

const moments = fc.integer({ min: Date.UTC(2026, 10, 1), max: Date.UTC(2026, 11, 20) }).map(fromEpochMillis);
const lengths = fc.integer({ min: 0, max: 20 * 86_400_000 });
const durations: fc.Arbitrary<WorkingDuration> = fc.oneof(
  fc.record({ days: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ minutes: fc.integer({ min: 1, max: 10_000 }) }),
);
const at = (text: string) => instant(`2026-11-${text}+03:30`);

test('a clock starts with its calendar, its version and its due time', () => {
  assert.deepEqual(startClock(office, at('24T09:00'), { days: 10 }), {
    calendar: 'city',
    calendarVersion: 4,
    duration: { days: 10 },
    state: 'running',
    startedAt: at('24T09:00'),
    due: instant('2026-12-09T16:00+03:30'),
    pauses: [],
  });
});

test('a pause of no length moves nothing', () => {
  fc.assert(
    fc.property(moments, durations, lengths, (start, duration, wait) => {
      const clock = startClock(office, start, duration);
      const now = plusMillis(start, wait);
      const resumed = resumeClock(office, pauseClock(clock, now, 'correction'), now);
      assert.equal(resumed.due, clock.due);
      assert.equal(resumed.state, 'running');
      assert.equal(workingTimeUsed(office, resumed, now).net, workingTimeUsed(office, clock, now).net);
    }),
    { numRuns: 500 },
  );
});

test('a pause of any length uses no net time, and what was left before is left after', () => {
  fc.assert(
    fc.property(moments, durations, lengths, lengths, (start, duration, wait, length) => {
      const clock = startClock(office, start, duration);
      const from = plusMillis(start, wait);
      const to = plusMillis(from, length);
      const paused = pauseClock(clock, from, 'correction');
      assert.equal(workingTimeUsed(office, paused, to).net, workingTimeUsed(office, clock, from).net);
      const resumed = resumeClock(office, paused, to);
      assert.equal(workingTimeUsed(office, resumed, to).net, workingTimeUsed(office, clock, from).net);
      assert.ok(resumed.due! >= clock.due!);
      if (clock.due! <= from) assert.equal(resumed.due, clock.due);
      else if ('minutes' in duration)
        assert.equal(workingMillisBetween(office, to, resumed.due!), workingMillisBetween(office, from, clock.due!));
      else if (workingDaysBetween(office, from, clock.due!) > 0)
        assert.equal(workingDaysBetween(office, to, resumed.due!), workingDaysBetween(office, from, clock.due!));
    }),
    { numRuns: 1000 },
  );
});

test('many pauses add up: working time to the due time, without them, is the duration', () => {
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 1, max: 5000 }),
      fc.array(fc.tuple(lengths, lengths), { maxLength: 6 }),
      (start, minutes, steps) => {
        let clock = startClock(office, start, { minutes });
        let now = start;
        for (const [run, rest] of steps) {
          now = plusMillis(now, run % 86_400_000);
          if (overdue(clock, now)) break;
          clock = pauseClock(clock, now, 'correction');
          now = plusMillis(now, rest);
          clock = resumeClock(office, clock, now);
        }
        if (toEpochMillis(clock.due!) < toEpochMillis(now)) return;
        assert.equal(workingTimeUsed(office, clock, clock.due!).net, minutes);
      },
    ),
    { numRuns: 500 },
  );
});

test('a pause moves a deadline of days by the working days that passed', () => {
  const clock = startClock(office, at('24T09:00'), { days: 5 }); // due 2 December: the 30th is closed
  assert.equal(clock.due, instant('2026-12-02T16:00+03:30'));
  const paused = pauseClock(clock, at('25T10:00'), 'correction');
  assert.equal(paused.due, undefined);
  assert.equal(overdue(paused, instant('2027-12-02T16:00Z')), false);
  const resumed = resumeClock(office, paused, at('29T15:00'));
  assert.equal(resumed.due, instant('2026-12-06T16:00+03:30'));
  assert.deepEqual(resumed.pauses, [{ from: at('25T10:00'), to: at('29T15:00'), reason: 'correction' }]);
});

test('a pause on the last day leaves that day: resumed on a closed day, the next working day is the last', () => {
  const clock = startClock(office, at('24T09:00'), { days: 1 });
  const resumed = resumeClock(office, pauseClock(clock, at('25T10:00'), 'correction'), at('27T10:00'));
  assert.equal(resumed.due, at('28T16:00'));
});

test('no pause undoes a delay', () => {
  const clock = startClock(office, at('24T09:00'), { minutes: 30 });
  const paused = pauseClock(clock, at('24T10:00'), 'correction');
  assert.equal(paused.due, clock.due);
  assert.ok(overdue(paused, at('24T11:00')));
  assert.equal(resumeClock(office, paused, at('28T10:00')).due, clock.due);
});

test('a stopped clock stands still, and stays late if it was late', () => {
  const clock = startClock(office, at('24T09:00'), { minutes: 60 });
  const inTime = stopClock(clock, at('24T10:00'));
  assert.equal(overdue(inTime, at('28T10:00')), false);
  assert.equal(overdue(stopClock(clock, at('24T10:01')), at('24T10:01')), true);
  assert.equal(workingTimeUsed(office, inTime, at('28T10:00')).gross, 60);
  const open = stopClock(pauseClock(clock, at('24T09:30'), 'payment'), at('24T11:00'));
  assert.deepEqual(workingTimeUsed(office, open, at('28T10:00')), {
    gross: 120,
    net: 30,
    paused: [{ reason: 'payment', minutes: 90 }],
  });
});

test('steps that do not fit the state give the same clock', () => {
  const clock = startClock(office, at('24T09:00'), { minutes: 60 });
  assert.equal(resumeClock(office, clock, at('24T10:00')), clock);
  const paused = pauseClock(clock, at('24T09:10'), 'correction');
  assert.equal(pauseClock(paused, at('24T09:20'), 'other'), paused);
  const stopped = stopClock(clock, at('24T10:00'));
  for (const again of [
    pauseClock(stopped, at('24T11:00'), 'x'),
    resumeClock(office, stopped, at('24T11:00')),
    stopClock(stopped, at('24T11:00')),
  ])
    assert.equal(again, stopped);
});

test('pauses are reported by their reason', () => {
  let clock = startClock(office, at('24T09:00'), { days: 5 });
  for (const [from, to, reason] of [
    ['24T10:00', '24T10:20', 'correction'],
    ['24T11:00', '24T12:00', 'payment'],
    ['24T13:00', '24T13:05', 'correction'],
  ] as const) {
    clock = resumeClock(office, pauseClock(clock, at(from), reason), at(to));
  }
  assert.deepEqual(workingTimeUsed(office, clock, at('24T14:00')), {
    gross: 300,
    net: 215,
    paused: [
      { reason: 'correction', minutes: 25 },
      { reason: 'payment', minutes: 60 },
    ],
  });
});
