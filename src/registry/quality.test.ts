// Quality figures: sums that add and take away, parts that are right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Instant } from '#base/instant.ts';
import { countedOf, figures, minus, NO_RECORDS, ONE_ENTITY, plus, tallyOf } from './quality.ts';
import { fieldTypes } from './row.ts';
import { SCHEMES } from './schemes.ts';
import type { SourceRecord } from './types.ts';

const TYPES = { nationalId: 'national-id', mobile: 'mobile' } as const;

const record = (day: string, fields: SourceRecord['fields']): SourceRecord => ({
  source: 's',
  key: '1',
  kind: 'person',
  asOf: `${day}T08:00:00.000Z` as Instant,
  fields,
});

test('figures of three records of two people', () => {
  const records = [
    record('2026-11-20', { nationalId: '0076229645', mobile: '0912 345 6789' }),
    record('2026-11-01', { nationalId: '0076229646' }),
    record('2020-01-01', { nationalId: 'ندارد', mobile: '' }),
  ];
  const tally = [...records.map((one) => tallyOf(countedOf(one, TYPES))), ONE_ENTITY, ONE_ENTITY].reduce(plus, NO_RECORDS);
  const found = figures(tally, '2026-11-24T09:00:00.000Z' as Instant, { freshDays: 30, fields: ['nationalId', 'mobile'] });
  assert.deepEqual(found, {
    completeness: 4 / 6,
    validity: 2 / 4,
    freshness: 2 / 3,
    duplicates: 1 / 3,
    fields: { nationalId: { completeness: 1, validity: 1 / 3 }, mobile: { completeness: 1 / 3, validity: 1 } },
  });
});

test('a kind is measured by the columns that it is matched by', () => {
  const types = fieldTypes(SCHEMES.vehicle);
  assert.deepEqual(types, { chassis: 'chassis', plate: 'plate', ownerNationalId: 'owner-id', model: 'word' });
  const found = figures(
    tallyOf(countedOf(record('2026-11-20', { plate: '12 ب 345 ایران 67', model: 'پژو' }), types)),
    '2026-11-24T09:00:00.000Z' as Instant,
    { freshDays: 30, fields: Object.keys(types) },
  );
  assert.deepEqual([found.completeness, found.validity], [1 / 2, 1]);
});

test('of nothing there is no part', () => {
  const { completeness, validity, freshness, duplicates } = figures(NO_RECORDS, '2026-11-24T09:00:00.000Z' as Instant, {
    freshDays: 30,
  });
  assert.deepEqual([completeness, validity, freshness, duplicates], [undefined, undefined, undefined, undefined]);
});

const anyRecord = fc
  .record({ day: fc.constantFrom('2026-11-20', '2026-11-21'), nationalId: fc.constantFrom('0076229645', '1', '', null) })
  .map(({ day, nationalId }) => tallyOf(countedOf(record(day, { nationalId }), TYPES)));
const anyTally = fc.array(fc.oneof(anyRecord, fc.constant(ONE_ENTITY)), { minLength: 1, maxLength: 6 });

test('sums come out the same in any order, and what is taken away was never there', () => {
  fc.assert(
    fc.property(anyTally, anyTally, (one, other) => {
      const [left, right] = [
        one.reduce(plus, tallyOf(countedOf(record('2026-01-01', {}), TYPES))),
        other.reduce(plus, NO_RECORDS),
      ];
      assert.deepEqual(plus(left, right), plus(right, left));
      assert.deepEqual(minus(plus(left, right), right), left);
    }),
  );
});
