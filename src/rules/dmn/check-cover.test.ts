// Whether boxes cover a space, against looking at every point of it; and how many steps are taken before it is left open.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bits, has, lowest, meets, membersOf, put, putAll, type Bits } from './check-bits.ts';
import { budget, covers, fills, type Cover } from './check-cover.ts';

const SIZES = [4, 3, 3];
type Box = readonly (readonly boolean[])[];

const side = (size: number): fc.Arbitrary<boolean[]> => fc.array(fc.boolean(), { minLength: size, maxLength: size });
const BOX: fc.Arbitrary<Box> = fc.tuple(...SIZES.map(side));

function spaceOf(boxes: readonly Box[]): readonly (readonly Bits[])[] {
  return SIZES.map((size, dimension) =>
    Array.from({ length: size }, (_, place) => {
      const holders = bits(boxes.length);
      for (const [at, box] of boxes.entries()) if (box[dimension]?.[place]) put(holders, at);
      return holders;
    }),
  );
}

function all(count: number): Bits {
  const set = bits(count);
  if (count > 0) putAll(set, 0, count - 1);
  return set;
}

const POINTS = SIZES.reduce<readonly (readonly number[])[]>(
  (points, size) => points.flatMap((point) => Array.from({ length: size }, (_, place) => [...point, place])),
  [[]],
);
const holds = (box: Box, point: readonly number[]): boolean =>
  point.every((place, dimension) => box[dimension]?.[place] === true);

function assertTrue(cover: Cover, boxes: readonly Box[]): void {
  const bare = POINTS.find((point) => !boxes.some((box) => holds(box, point)));
  assert.equal(cover.is, bare ? 'bare' : 'covered');
  if (cover.is === 'bare') assert.ok(!boxes.some((box) => holds(box, cover.at)), 'the point told is bare');
  if (cover.is !== 'covered') return;
  const used = membersOf(cover.used).map((at) => boxes[at]!);
  assert.ok(
    POINTS.every((point) => used.some((box) => holds(box, point))),
    'those told cover it alone',
  );
}

test('law: boxes that may meet cover the space, or a point is bare', () => {
  fc.assert(
    fc.property(fc.array(BOX, { maxLength: 10 }), (boxes) =>
      assertTrue(covers(spaceOf(boxes), all(boxes.length), budget()), boxes),
    ),
    { numRuns: 400 },
  );
});

test('law: boxes that do not meet are counted', () => {
  fc.assert(
    fc.property(fc.array(BOX, { maxLength: 20 }), (candidates) => {
      const boxes: Box[] = [];
      for (const box of candidates)
        if (!POINTS.some((point) => holds(box, point) && boxes.some((other) => holds(other, point)))) boxes.push(box);
      assertTrue(fills(spaceOf(boxes), all(boxes.length)), boxes);
    }),
    { numRuns: 400 },
  );
});

test('a space of one point and a space of none', () => {
  assert.equal(covers([[all(1)]], all(1), budget()).is, 'covered');
  assert.equal(covers([[]], bits(0), budget()).is, 'covered');
  assert.equal(covers([[bits(1)]], bits(1), budget()).is, 'bare');
});

test('what would take too many steps is left open and said so', () => {
  // Each box leaves out one place of three dimensions, at random: no box is whole, no two groups are alike.
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const boxes = 90;
  const space = Array.from({ length: 16 }, () => Array.from({ length: 6 }, () => bits(boxes)));
  for (let box = 0; box < boxes; box += 1)
    for (const [dimension, classes] of space.entries()) {
      const out = dimension % 5 === box % 5 ? random(classes.length) : -1;
      for (const [place, holders] of classes.entries()) if (place !== out) put(holders, box);
    }
  assert.equal(covers(space, all(boxes), budget()).is, 'open');
});

test('bits: the lowest, the members, those in both', () => {
  const set = bits(100);
  assert.equal(lowest(set), -1);
  for (const at of [99, 31, 32, 64]) put(set, at);
  assert.equal(lowest(set), 31);
  assert.deepEqual(membersOf(set), [31, 32, 64, 99]);
  assert.ok(has(set, 99) && !has(set, 98) && meets(set, all(32)) && !meets(set, all(31)));
});
