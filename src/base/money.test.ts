// Amounts in whole rials, and sums beyond what a float holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Decimal } from './decimal.ts';
import { money, sum } from './money.ts';
import { Refusal } from './refusal.ts';

test('an amount is whole rials as text', () => {
  assert.equal(money(1_234_000), '1234000');
  assert.equal(money('001234'), '1234');
  assert.equal(money('1e3'), '1000');
  assert.equal(money(new Decimal('12345678901234567890')), '12345678901234567890');
});

test('fractions, negatives and what is no number are refused', () => {
  for (const value of ['1.5', '-1', 'x', '', 'NaN', 'Infinity', Number.NaN, -0.5]) {
    assert.throws(
      () => money(value),
      (error) => error instanceof Refusal && error.code === 'malformed-money',
      String(value),
    );
  }
});

test('sums are exact past what a float holds', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { maxLength: 50 }), (amounts) => {
      assert.equal(
        sum(amounts.map((amount) => money(String(amount)))),
        String(amounts.reduce((total, amount) => total + amount, 0n)),
      );
    }),
  );
});
