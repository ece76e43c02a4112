// Case numbers: their shape, and that a slip of one digit or a swap is always caught.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { caseId, printedCaseId, typedCaseId } from './ids.ts';
import { persianDigits } from './persian.ts';

const anyCase = fc
  .tuple(fc.integer({ min: 1300, max: 1599 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([year, random]) => caseId(year, random));

test('a case number has fourteen digits, the year first', () => {
  assert.match(caseId(1405, 7), /^1405000000007\d$/);
});

test('a case number is known again as printed, in Persian digits, with spaces and marks', () => {
  fc.assert(
    fc.property(anyCase, (id) => {
      assert.equal(typedCaseId(printedCaseId(id)), id);
      assert.equal(typedCaseId(`\u200F${persianDigits(printedCaseId(id)).replace(/-/g, ' – ')}\u200C`), id);
    }),
  );
});

test('every single-digit slip is caught', () => {
  fc.assert(
    fc.property(anyCase, (id) => {
      for (let place = 0; place < id.length; place++) {
        for (const digit of '0123456789') {
          const slip = id.slice(0, place) + digit + id.slice(place + 1);
          assert.equal(typedCaseId(slip), slip === id ? id : undefined);
        }
      }
    }),
  );
});

test('every swap of neighbours is caught', () => {
  fc.assert(
    fc.property(anyCase, (id) => {
      for (let place = 0; place < id.length - 1; place++) {
        const swapped = `${id.slice(0, place)}${id[place + 1]}${id[place]}${id.slice(place + 2)}`;
        assert.equal(typedCaseId(swapped), swapped === id ? id : undefined);
      }
    }),
  );
});

test('what is no case number is undefined', () => {
  for (const text of ['', '1405', 'abcd', '1405-000-000-00071', '٭']) assert.equal(typedCaseId(text), undefined);
});
