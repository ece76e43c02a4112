// Instants against Date over ten thousand years: text that sorts as time does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { civilFromDays, daysFromCivil, fromEpochMillis, instant, plusMillis, toEpochMillis } from './instant.ts';
import { Refusal } from './refusal.ts';

const millis = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

test('an instant is what Date prints, over all years from 0 to 9999', () => {
  fc.assert(
    fc.property(millis, (value) => {
      const text = new Date(value).toISOString();
      assert.equal(fromEpochMillis(value), text);
      assert.equal(toEpochMillis(fromEpochMillis(value)), value);
      assert.equal(instant(text), text);
    }),
    { numRuns: 3000 },
  );
});

test('instants sort as text', () => {
  fc.assert(fc.property(millis, millis, (a, b) => assert.equal(a < b, fromEpochMillis(a) < fromEpochMillis(b))));
});

test('a zone is taken off, and seconds and fractions may be left out', () => {
  assert.equal(instant('2026-11-24T09:00:00+03:30'), '2026-11-24T05:30:00.000Z');
  assert.equal(instant('2026-11-24T09:00-05:00'), '2026-11-24T14:00:00.000Z');
  assert.equal(instant('2026-11-24T09:00:00.123456789Z'), '2026-11-24T09:00:00.123Z');
});

test('what is no date-time is refused', () => {
  const wrong = [
    '',
    '2026-11-24',
    '2026-11-24T09:00:00',
    '2026-13-01T00:00Z',
    '2026-02-29T00:00Z',
    '2026-00-10T00:00Z',
    '2026-01-01T24:00Z',
    '2026-01-01T10:60Z',
  ];
  for (const text of [
    ...wrong,
    '2026-01-01T10:00:60Z',
    '2026-01-01T10:00+24:00',
    '0000-01-01T00:00+03:30',
    '9999-12-31T23:00-03:30',
    '12026-01-01T00:00Z',
  ]) {
    assert.throws(
      () => instant(text),
      (error) => error instanceof Refusal && error.code === 'malformed-instant',
      text,
    );
  }
});

test('days and dates turn into each other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 2_900_000 }), (days) => {
      const { year, month, day } = civilFromDays(days);
      assert.equal(daysFromCivil(year, month, day), days);
    }),
  );
});

test('moving by milliseconds goes both ways', () => {
  assert.equal(plusMillis(instant('2026-12-31T23:59:59.999Z'), 1), '2027-01-01T00:00:00.000Z');
  assert.equal(plusMillis(instant('2027-01-01T00:00Z'), -1), '2026-12-31T23:59:59.999Z');
});
