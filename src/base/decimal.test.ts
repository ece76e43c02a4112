// Decimals are those of IEEE 754-2008 decimal128: 34 digits, ties to the even digit, whatever is done with them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Decimal } from './decimal.ts';

/** 34 digits, of which the last is `last`. */
const long = (last: number): string => `1${'0'.repeat(32)}${last}`;

test('what lies between two numbers of 34 digits goes to the even one', () => {
  assert.equal(new Decimal(long(2)).plus('0.5').toFixed(), long(2));
  assert.equal(new Decimal(long(3)).plus('0.5').toFixed(), long(4));
  assert.equal(new Decimal(long(2)).plus('0.51').toFixed(), long(3));
  assert.equal(new Decimal(`-${long(3)}`).minus('0.5').toFixed(), `-${long(4)}`);
  assert.equal(new Decimal('0.5').times(long(5)).toFixed(), `5${'0'.repeat(31)}2.5`);
});

test('a quotient has 34 digits, and no more', () => {
  assert.equal(new Decimal(1).div(3).toFixed(), `0.${'3'.repeat(34)}`);
  assert.equal(new Decimal(2).div(3).toFixed(), `0.${'6'.repeat(33)}7`);
});

test('law: money of any size a city has adds up exactly, in any order', () => {
  const rials = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  fc.assert(
    fc.property(fc.array(rials, { maxLength: 20 }), (amounts) => {
      const sum = (list: readonly bigint[]): string =>
        list.reduce((total, one) => total.plus(String(one)), new Decimal(0)).toFixed();
      const exact = String(amounts.reduce((total, one) => total + one, 0n));
      assert.equal(sum(amounts), exact);
      assert.equal(sum(amounts.toReversed()), exact);
    }),
  );
});
