// Working calendars read from data: every fault found at its place; the official holidays of three years.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { jalaliOf } from './jalali.ts';
import { readCalendar } from './read.ts';

const good = {
  id: 'city',
  version: 1,
  from: '2026-01-01',
  source: 'law',
  utcOffset: 210,
  week: { '6': ['07:30-16:00'] },
  days: { '2026-01-03': { name: { fa: 'تعطیل', en: 'closed' } } },
};

function places(data: unknown): readonly string[] {
  const { calendar, findings } = readCalendar(data);
  assert.equal(calendar === undefined, findings.length > 0);
  for (const { reason, mend, severity } of findings)
    assert.ok(reason.fa && reason.en && mend.fa && mend.en && severity === 'error');
  return findings.map(({ place }) => place);
}

test('hours are read as clock times or minutes', () => {
  const { calendar } = readCalendar({ ...good, week: { '6': ['07:30-12:00', '13:00–24:00'], '7': [[450, 960]] } });
  assert.deepEqual(calendar?.week, {
    '6': [
      [450, 720],
      [780, 1440],
    ],
    '7': [[450, 960]],
  });
});

test('every fault is found at its place', () => {
  const day = { name: { fa: 'الف', en: 'a' } };
  assert.deepEqual(places(good), []);
  for (const data of [null, [], 'text', 7]) assert.deepEqual(places(data), ['']);
  assert.deepEqual(places({}), ['id', 'version', 'from', 'source', 'utcOffset', 'week', 'days']);
  assert.deepEqual(places({ ...good, id: ' ', version: 0, from: '2026-02-30', utcOffset: 3.5 }), [
    'id',
    'version',
    'from',
    'utcOffset',
  ]);
  assert.deepEqual(places({ ...good, colour: 'red' }), ['colour']);
  assert.deepEqual(places({ ...good, week: { monday: [], '6': [] } }), ['week.monday', 'week']);
  for (const hours of [
    ['16:00-07:30'],
    ['07:30-16:00', '15:00-17:00'],
    ['07:30-24:01'],
    [[0]],
    [['a', 'b']],
    [[1, 2, 3]],
    {},
    'all day',
    [[-1, 5]],
    [[5, 5]],
  ]) {
    assert.ok(places({ ...good, week: { '6': hours, '7': ['08:00-09:00'] } }).includes('week.6'), JSON.stringify(hours));
  }
  assert.deepEqual(
    places({
      ...good,
      days: {
        '1405/01/01': day,
        '2026-01-01': {},
        '2026-01-02': { ...day, source: 'rumour' },
        '2026-01-04': { ...day, hours: ['x'] },
      },
    }),
    ['days.1405/01/01', 'days.2026-01-01', 'days.2026-01-02.source', 'days.2026-01-04.hours'],
  );
});

test('names of the prototype are not weekdays or days', () => {
  assert.deepEqual(places(JSON.parse(JSON.stringify(good).replace('"week":{', '"week":{"__proto__":[],'))), ['week.__proto__']);
  assert.deepEqual(places(JSON.parse(JSON.stringify(good).replace('"days":{', '"days":{"__proto__":{},'))), ['days.__proto__']);
});

test('the city calendar holds the official holidays of 1404 to 1406', () => {
  const { calendar, findings } = readCalendar(parse(readFileSync('city/calendar.yaml', 'utf8')));
  assert.deepEqual(findings, []);
  const dates = Object.keys(calendar!.days).map(jalaliOf);
  const inYear = (year: number) => dates.filter((date) => date.year === year).length;
  assert.deepEqual([inYear(1404), inYear(1405), inYear(1406)], [26, 25, 26]);
  for (const year of [1404, 1405, 1406]) {
    for (const [month, day] of [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
      [1, 12],
      [1, 13],
      [3, 14],
      [3, 15],
      [11, 22],
      [12, 29],
    ] as const) {
      assert.ok(
        dates.some((date) => date.year === year && date.month === month && date.day === day),
        `${year}/${month}/${day}`,
      );
    }
  }
  assert.ok(Object.values(calendar!.days).every(({ source }) => source !== undefined));
});
