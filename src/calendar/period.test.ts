// Periods of Jalali years and months, days and hours, added to instants.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromEpochMillis, instant, toEpochMillis } from '#base/instant.ts';
import { toJalali } from './jalali.ts';
import { isPeriod, plusPeriod } from './period.ts';

const moments = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) }).map(fromEpochMillis);

test('a year is a Jalali year: the same day, the same hour', () => {
  assert.equal(plusPeriod(instant('2026-11-24T09:00+03:30'), 'P1Y'), instant('2027-11-24T09:00+03:30'));
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 50 }), (at, years) => {
      const [from, to] = [toJalali(at, 210), toJalali(plusPeriod(at, `P${years}Y`), 210)];
      assert.equal(to.year, from.year + years);
      assert.equal(to.month, from.month);
      assert.ok(to.day === from.day || (from.month === 12 && from.day === 30 && to.day === 29));
    }),
  );
});

test('a day that a month lacks becomes its last', () => {
  const end = instant('2026-09-22T12:00+03:30'); // 31 Shahrivar 1405
  assert.deepEqual(toJalali(plusPeriod(end, 'P1M'), 210), { year: 1405, month: 7, day: 30 });
  assert.deepEqual(toJalali(plusPeriod(end, 'P6M'), 210), { year: 1405, month: 12, day: 29 });
});

test('days, weeks and time are plain time', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 100_000 }), (at, days, minutes) => {
      assert.equal(
        toEpochMillis(plusPeriod(at, `P${days}DT${minutes}M`)) - toEpochMillis(at),
        days * 86_400_000 + minutes * 60_000,
      );
    }),
  );
  assert.equal(plusPeriod(instant('2026-11-24T09:00Z'), 'P1WT2H30S'), instant('2026-12-01T11:00:30Z'));
});

test('what is no period is refused', () => {
  for (const text of ['', 'P', 'PT', 'P1', 'P1DT', '-P1D', 'P1.5D', 'P1D ', '1Y']) {
    assert.equal(isPeriod(text), false, text);
    assert.throws(() => plusPeriod(instant('2026-11-24T09:00Z'), text), RangeError);
  }
});
