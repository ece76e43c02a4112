// Likeness of texts: published values, and laws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isOneSlip, jaroWinkler, sharedWords } from './similar.ts';

const word = fc.string({ unit: fc.constantFrom(...'ابتسمعلی'), maxLength: 12 });

test('Jaro–Winkler gives what Winkler published', () => {
  for (const [one, other, value] of [
    ['MARTHA', 'MARHTA', 0.961],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.813],
    ['JONES', 'JOHNSON', 0.832],
    ['ABROMS', 'ABRAMS', 0.922],
  ] as const)
    assert.equal(Number(jaroWinkler(one, other).toFixed(3)), value, `${one} ${other}`);
});

test('likeness is the same from both sides, between 0 and 1, and 1 for the same', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const likeness = jaroWinkler(one, other);
      assert.ok(likeness >= 0 && likeness <= 1);
      assert.ok(Math.abs(likeness - jaroWinkler(other, one)) < 0.05, 'matching is greedy: nearly the same from both sides');
      assert.equal(jaroWinkler(one, one), 1);
      assert.equal(sharedWords(one, other), sharedWords(other, one));
      assert.equal(isOneSlip(one, other), isOneSlip(other, one));
    }),
  );
});

/** By the book: the least number of slips, neighbours swapped counting one. */
function damerau(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= one.length; i++)
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, table[i - 2]![j - 2]! + 1);
      table[i]![j] = least;
    }
  return table[one.length]![other.length]!;
}

test('one slip is a distance of one', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1', '2'), maxLength: 5 });
  fc.assert(
    fc.property(digits, digits, (one, other) => assert.equal(isOneSlip(one, other), damerau(one, other) === 1)),
    { numRuns: 3000 },
  );
});

test('addresses share words in any order', () => {
  assert.equal(sharedWords('خیابان یاس پلاک 2', 'پلاک 2 خیابان یاس'), 1);
  assert.equal(sharedWords('خیابان یاس پلاک 2', 'خیابان یاس پلاک 3'), 0.75);
  assert.equal(sharedWords('یاس یاس', 'یاس'), 2 / 3);
});
