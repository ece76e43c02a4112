// Sums that can be made in steps, and rules that flag what they say: no more, whatever the order, and with the figures that made them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { fromEpochMillis, instant } from '#base/instant.ts';
import { readCalendar } from '#calendar/read.ts';
import { medianOf, UNUSUAL_RULES, unusualDay, unusualRuns, unusualSubjects } from '#inquiries/unusual.ts';
import type { DayUse } from '#inquiries/unusual.ts';
import { dayOf, tallied, talliedSubjects, walked, weekOf, workingDaysBefore } from '#inquiries/use.ts';
import type { AskedRow, DayTally } from '#inquiries/use.ts';

const read = readCalendar(parse(readFileSync(join(process.cwd(), 'city', 'calendar.yaml'), 'utf8')));
const calendar = read.calendar ?? assert.fail('the city has a calendar');
const NOON = instant('2026-11-24T09:00:00Z');
const row = (change: Partial<AskedRow> = {}): AskedRow => ({
  at: NOON,
  type: 'duty',
  asker: 'client:bank',
  isAtOnce: true,
  isUnknown: false,
  subject: null,
  property: null,
  ...change,
});
const along = (...codes: readonly string[]): readonly AskedRow[] => codes.map((property) => row({ property }));

const anyRow = fc.record({
  at: fc.integer({ min: 1_760_000_000, max: 1_764_000_000 }).map((seconds) => fromEpochMillis(seconds * 1000)),
  type: fc.constantFrom('a', 'b'),
  asker: fc.constantFrom('x', 'y'),
  isAtOnce: fc.boolean(),
  isUnknown: fc.boolean(),
  subject: fc.constantFrom(null, 's1', 's2'),
  property: fc.constantFrom(null, '1-1-1-1', '1-1-1-2', '1-1-1-4', '2-1-1-9'),
});
const sum = (all: readonly DayTally[]): readonly string[] => {
  const sums = new Map<string, number[]>();
  for (const { day, type, asker, asked, atOnce, unknown, outsideHours } of all) {
    const key = `${day} ${type} ${asker}`;
    sums.set(
      key,
      [asked, atOnce, unknown, outsideHours].map((one, at) => one + (sums.get(key)?.[at] ?? 0)),
    );
  }
  return [...sums].map(([key, values]) => `${key}: ${values.join(' ')}`).sort();
};

test('summed in steps is summed at once: tallies, persons, and the run that goes on', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 60 }), fc.nat(60), (rows, cut) => {
      const [first, second] = [rows.slice(0, cut), rows.slice(cut)];
      assert.deepEqual(sum([...tallied(first, calendar), ...tallied(second, calendar)]), sum(tallied(rows, calendar)));
      const persons = (all: readonly AskedRow[]) => talliedSubjects(all).reduce((total, one) => total + one.asked, 0);
      assert.equal(persons(first) + persons(second), persons(rows));
      assert.deepEqual(walked(walked(undefined, first).run, second).run, walked(undefined, rows).run);
      assert.equal(
        tallied(rows, calendar).reduce((total, one) => total + one.asked, 0),
        rows.length,
      );
    }),
  );
});

test('a day is Tehran’s, a week begins on Saturday, and office hours are the city’s', () => {
  assert.equal(dayOf(instant('2026-11-24T20:31:00Z')), '2026-11-25');
  assert.equal(weekOf(NOON), '2026-11-21');
  assert.equal(weekOf(instant('2026-11-21T00:00:00+03:30')), '2026-11-21');
  assert.equal(weekOf(instant('2026-11-20T23:59:00+03:30')), '2026-11-14');
  const [day] = tallied(
    [row(), row({ at: instant('2026-11-24T23:00:00+03:30') }), row({ at: instant('2026-11-24T03:00:00+03:30') })],
    calendar,
  );
  assert.deepEqual([day?.asked, day?.outsideHours], [3, 2]);
  const days = workingDaysBefore(calendar, '2026-11-24', 28);
  assert.equal(days.length, 28);
  assert.equal(days[0], '2026-11-23');
  assert.ok(!days.includes('2026-11-20'), 'no Friday');
});

test('neighbours one after the other are a walk; the same again is no step; another street begins anew', () => {
  const street = Array.from({ length: 9 }, (_, at) => `6-10-2-${at + 1}`);
  const { run, reached } = walked(undefined, along(...street, '6-10-2-9', '7-1-1-1'));
  assert.deepEqual([run?.from, run?.length], ['7-1-1-1', 1]);
  const [flag, ...rest] = unusualRuns(reached);
  assert.deepEqual([flag?.figures, rest], [{ day: dayOf(NOON), from: '6-10-2-1', last: '6-10-2-9', length: 9 }, []]);
  assert.deepEqual(unusualRuns(walked(undefined, along('6-10-2-1', '6-10-2-90', '6-10-2-2')).reached), []);
});

const use = (change: Partial<DayUse>): DayUse => ({
  day: '2026-11-24',
  asked: 100,
  outsideHours: 0,
  unknown: 0,
  refused: 0,
  before: Array.from({ length: 28 }, () => 90),
  ...change,
});
const rules = (change: Partial<DayUse>): readonly string[] => unusualDay(use(change)).map((one) => one.rule);

test('each rule flags above its figure and not at it', () => {
  assert.deepEqual(rules({}), []);
  assert.deepEqual(rules({ asked: 270 }), []);
  assert.deepEqual(rules({ asked: 271 }), ['volume']);
  assert.deepEqual(rules({ asked: 271, before: [1, 1] }), [], 'a young contract has no usual day');
  assert.deepEqual(rules({ asked: 49, before: Array.from({ length: 28 }, () => 0) }), [], 'few are never many');
  assert.deepEqual(rules({ outsideHours: 50 }), []);
  assert.deepEqual(rules({ outsideHours: 51, unknown: 51, refused: 60 }), ['outside-hours', 'unknown', 'refused']);
  const person = (asked: number) => unusualSubjects([{ week: '2026-11-21', subject: 's', asked }]).length;
  assert.deepEqual([person(UNUSUAL_RULES['one-person'].most), person(UNUSUAL_RULES['one-person'].most + 1)], [0, 1]);
});

test('the median is between the least and the most, and no order moves it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }), (values) => {
      const median = medianOf(values);
      assert.ok(median >= Math.min(...values) && median <= Math.max(...values));
      assert.equal(medianOf(values.toReversed()), median);
      const below = values.filter((one) => one < median).length;
      assert.ok(below <= values.length / 2);
    }),
  );
  assert.equal(medianOf([]), 0);
});
