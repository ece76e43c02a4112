// Jalali dates against Intl, day by day over three centuries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import {
  daysFromIsoDate,
  fromJalali,
  jalaliText,
  jalaliYear,
  isIsoDate,
  isLeapJalali,
  isoDateFromDays,
  isValidJalali,
  jalaliMonthLength,
  jalaliOf,
  printedJalali,
  toJalali,
} from './jalali.ts';

const persian = new Intl.DateTimeFormat('en-u-ca-persian', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

test('agrees with Intl from 1200 to 1500, and goes both ways', () => {
  fc.assert(
    fc.property(fc.integer({ min: -54_000, max: 54_000 }), (days) => {
      const date = isoDateFromDays(days);
      const part = Object.fromEntries(persian.formatToParts(new Date(days * 86_400_000)).map(({ type, value }) => [type, value]));
      const jalali = jalaliOf(date);
      assert.deepEqual(jalali, { year: Number(part.year), month: Number(part.month), day: Number(part.day) });
      assert.equal(fromJalali(jalali), date);
      assert.equal(daysFromIsoDate(date), days);
      assert.ok(jalali.day <= jalaliMonthLength(jalali.year, jalali.month));
    }),
    { numRuns: 2000 },
  );
});

test('the day changes at midnight of the place, not of UTC', () => {
  assert.deepEqual(toJalali(instant('2026-03-20T20:29:59Z'), 210), { year: 1404, month: 12, day: 29 });
  assert.deepEqual(toJalali(instant('2026-03-20T20:30:00Z'), 210), { year: 1405, month: 1, day: 1 });
});

test('Esfand has thirty days in leap years only', () => {
  assert.ok(isLeapJalali(1403) && isLeapJalali(1408) && !isLeapJalali(1404));
  assert.ok(isValidJalali({ year: 1403, month: 12, day: 30 }));
  assert.ok(!isValidJalali({ year: 1404, month: 12, day: 30 }));
  assert.equal(jalaliMonthLength(1405, 6), 31);
});

test('days that do not exist are refused', () => {
  for (const [year, month, day] of [
    [1405, 13, 1],
    [1405, 7, 31],
    [1405, 0, 1],
    [1405, 1, 0],
    [1405.5, 1, 1],
    [999, 1, 1],
    [Number.NaN, 1, 1],
  ] as const) {
    assert.ok(!isValidJalali({ year, month, day }));
    assert.throws(() => fromJalali({ year, month, day }), Refusal);
  }
  for (const text of ['2026-02-29', '2026-1-1', '', '2026-11-24T00:00', '0001-01-01', '۲۰۲۶-۰۱-۰۱'])
    assert.throws(() => jalaliOf(text), Refusal, text);
  assert.ok(isIsoDate('2028-02-29') && !isIsoDate('2027-02-29'));
});

test('prints with zeros', () => {
  assert.equal(printedJalali({ year: 1405, month: 9, day: 3 }), '1405/09/03');
});

test('a document writes the day in words', () => {
  assert.equal(jalaliText(instant('2026-11-24T09:00+03:30')), '۳ آذر ۱۴۰۵');
  assert.equal(jalaliText(instant('2026-03-20T20:30Z')), '۱ فروردین ۱۴۰۵');
  assert.equal(jalaliYear(instant('2026-03-20T20:29Z')), 1404);
});
