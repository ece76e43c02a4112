// The quick arithmetic of decimals against decimal.js and BigInt: the same digits, always.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as holds, bigInt, constantFrom, double, integer, oneof, property, tuple } from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import { minus, ofDouble, order, over, plus, times, toDouble } from '#rules/decimals.ts';
import { fromFeel, toFeel } from '#rules/values.ts';

const number = oneof(
  tuple(bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), integer({ min: -25, max: 8 })),
  tuple(integer({ min: -100_000, max: 100_000 }).map(BigInt), integer({ min: -9, max: 3 })),
  tuple(
    constantFrom(0n, 1n, -1n, 9_999_999n, 10_000_000n, 10_000_001n, 99_999_999_999_999n, 2n ** 53n),
    integer({ min: -15, max: 15 }),
  ),
).map(([digits, exponent]) => new Decimal(`${digits}e${exponent}`));

function same(found: Decimal | undefined, expected: Decimal): void {
  assert.ok(found);
  assert.ok(found.eq(expected), `${found.toString()} is not ${expected.toString()}`);
  if (expected.isZero()) return;
  assert.deepEqual([found.s, found.e, [...found.d]], [expected.s, expected.e, [...expected.d]], expected.toString());
}

test('law: sums, products, quotients and order are those of decimal.js, digit for digit', () => {
  holds(
    property(number, number, (a, b) => {
      same(plus(a, b), a.plus(b));
      same(minus(a, b), a.minus(b));
      same(times(a, b), a.times(b));
      if (!b.isZero()) same(over(a, b), a.div(b));
      assert.equal(Math.sign(order(a, b)), a.cmp(b));
      assert.equal(order(a, new Decimal(a.toString())), 0);
    }),
    { numRuns: 5000 },
  );
});

test('small whole numbers are shared, and each is itself', () => {
  for (let at = 0; at <= 2100; at += 1) {
    const half = new Decimal(Math.floor(at / 2));
    assert.equal(plus(half, new Decimal(at - Math.floor(at / 2)))?.toNumber(), at);
    assert.equal(ofDouble(at).toNumber(), at);
    assert.equal(ofDouble(-at).toNumber(), 0 - at);
    assert.equal(times(new Decimal(at), new Decimal(-1))?.plus(at).toNumber(), 0);
  }
});

test('law: whole numbers add and multiply as BigInt does', () => {
  const whole = bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
  holds(
    property(whole, whole, (a, b) => {
      const [x, y] = [new Decimal(a.toString()), new Decimal(b.toString())];
      assert.equal(plus(x, y)?.toFixed(), (a + b).toString());
      assert.equal(minus(x, y)?.toFixed(), (a - b).toString());
      assert.equal(times(x, y)?.toFixed().replace(/^-0$/, '0'), (a * b).toString());
    }),
  );
});

test('law: a double goes in and comes back', () => {
  holds(
    property(double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.ok(ofDouble(value).eq(new Decimal(value)));
      assert.equal(fromFeel(toFeel(value)), value + 0);
    }),
  );
  holds(
    property(number, (value) => {
      const found = toDouble(value);
      if (found !== undefined) assert.ok(new Decimal(found).eq(value));
    }),
  );
});

test('what is beyond decimal128 is undefined', () => {
  const most = new Decimal('9e6144');
  assert.deepEqual(
    [plus(most, most), times(most, most), minus(most.neg(), most), over(most, new Decimal('1e-100'))],
    Array(4).fill(undefined),
  );
});
