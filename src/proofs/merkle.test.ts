// Trees, proofs and stored nodes against the RFC, word by word and by known vectors; and every way a proof can be wrong.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { EMPTY_ROOT, isEqual, leafHash, nodeHash, splitPoint, verifyConsistency, verifyInclusion } from './merkle.ts';
import { appendLeaves, consistencyFromNodes, inclusionFromNodes, rootFromNodes } from './nodes.ts';
import type { ReadNode, StoredNode } from './nodes.ts';
import type { Hash } from './types.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** The eight leaves every implementation of Certificate Transparency is tested with, and the roots of their first 1 to 8. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((one) =>
  leafHash(bytes(one)),
);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definitions of RFC 9162 §2.1 word by word, on Node's own SHA-256: slow, and of another hand than the code. */
const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const naiveRoot = (leaves: readonly Hash[]): Hash => {
  if (leaves.length <= 1) return leaves[0] ?? sha256();
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
};
const naivePath = (m: number, leaves: readonly Hash[]): readonly Hash[] => {
  if (leaves.length === 1) return [];
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
};
const naiveProof = (m: number, leaves: readonly Hash[], whole = true): readonly Hash[] => {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  if (m <= k) return [...naiveProof(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))];
  return [...naiveProof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
};

type Log = {
  readonly leaves: readonly Hash[];
  readonly read: ReadNode;
  readonly reads: () => number;
  readonly roots: readonly Hash[];
};

/** A log in memory, grown batch by batch the way the database grows it. */
async function grown(batches: readonly number[]): Promise<Log> {
  const stored = new Map<string, StoredNode>();
  let count = 0;
  const read: ReadNode = (level, index) => {
    count += 1;
    const node = stored.get(`${level}:${index}`);
    return node ? Promise.resolve(node.hash) : Promise.reject(new Error(`node ${level}:${index} was never stored`));
  };
  const leaves: Hash[] = [];
  const roots: Hash[] = [];
  for (const size of batches) {
    const batch = Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`leaf ${leaves.length + at}`)));
    const step = await appendLeaves(leaves.length, batch, read);
    for (const node of step.nodes) {
      assert.equal(stored.has(`${node.level}:${node.index}`), false, 'a node is stored once');
      stored.set(`${node.level}:${node.index}`, node);
    }
    leaves.push(...batch);
    roots.push(step.root);
    assert.equal(step.size, leaves.length);
  }
  return { leaves, read, roots, reads: () => count };
}

const BATCHES = fc
  .array(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 8 })
  .filter((all) => all.some((one) => one > 0));

test('the empty tree and the first eight trees have their well-known roots', async () => {
  assert.equal(hex(EMPTY_ROOT), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(hex(await rootFromNodes(0, () => Promise.reject(new Error('nothing to read')))), hex(EMPTY_ROOT));
  for (const [at, root] of ROOTS.entries()) {
    const { root: found } = await appendLeaves(0, LEAVES.slice(0, at + 1), () =>
      Promise.reject(new Error('nothing was stored before')),
    );
    assert.equal(hex(found), root);
    assert.equal(hex(naiveRoot(LEAVES.slice(0, at + 1))), root);
  }
});

test('the well-known paths of the eight-leaf tree hold', () => {
  const root = bytes(ROOTS[7] ?? '');
  const path = [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ];
  assert.equal(verifyInclusion(LEAVES[0]!, { index: 0, size: 8, path: path.map(bytes) }, root), true);
  const proof = [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ];
  assert.equal(verifyConsistency({ from: 6, to: 8, path: proof.map(bytes) }, bytes(ROOTS[5] ?? ''), root), true);
  assert.equal(verifyConsistency({ from: 6, to: 8, path: proof.map(bytes) }, bytes(ROOTS[4] ?? ''), root), false);
});

test('a list splits at the largest power of two below its size', () => {
  assert.deepEqual([2, 3, 4, 5, 8, 9, 2 ** 40 + 1].map(splitPoint), [1, 2, 2, 4, 4, 8, 2 ** 40]);
});

test('every inclusion and consistency proof of every tree to 40 leaves is the RFC’s, and verifies', async () => {
  const { leaves, read } = await grown([40]);
  for (let size = 1; size <= leaves.length; size += 1) {
    const tree = leaves.slice(0, size);
    const root = await rootFromNodes(size, read);
    assert.equal(hex(root), hex(naiveRoot(tree)));
    for (let index = 0; index < size; index += 1) {
      const proof = await inclusionFromNodes(index, size, read);
      assert.deepEqual(proof.path.map(hex), naivePath(index, tree).map(hex));
      assert.equal(verifyInclusion(tree[index]!, proof, root), true);
      assert.equal(verifyInclusion(tree[(index + 1) % size]!, proof, root), size === 1);
    }
    for (let from = 0; from <= size; from += 1) {
      const proof = await consistencyFromNodes(from, size, read);
      if (from > 0) assert.deepEqual(proof.path.map(hex), naiveProof(from, tree).map(hex));
      assert.equal(verifyConsistency(proof, naiveRoot(tree.slice(0, from)), root), true);
    }
  }
});

test('a log grown in any batches is the log grown at once', async () => {
  await fc.assert(
    fc.asyncProperty(BATCHES, async (batches) => {
      const { leaves, roots } = await grown(batches);
      let size = 0;
      for (const [at, batch] of batches.entries()) {
        size += batch;
        assert.equal(hex(roots[at]!), hex(naiveRoot(leaves.slice(0, size))));
      }
    }),
    { numRuns: 60 },
  );
});

test('every later tree of a log is consistent with every earlier one, and with no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), async (to, a, b) => {
      const from = 1 + (a % to);
      const { leaves, read } = await grown([to]);
      const [before, after] = [naiveRoot(leaves.slice(0, from)), naiveRoot(leaves)];
      const proof = await consistencyFromNodes(from, to, read);
      assert.equal(verifyConsistency(proof, before, after), true);
      // A log that rewrote one of its first leaves.
      const forged = leaves.with(b % from, leafHash(Buffer.from('forged')));
      assert.equal(verifyConsistency(proof, naiveRoot(forged.slice(0, from)), after), false);
      assert.equal(verifyConsistency(proof, before, naiveRoot(forged)), false);
    }),
    { numRuns: 40 },
  );
});

test('proofs and roots of a log of 5000 leaves need no more than 2·log₂ reads each', async () => {
  const { read, reads, leaves } = await grown([4096, 904]);
  const most = 2 * Math.ceil(Math.log2(leaves.length));
  for (const ask of [
    () => rootFromNodes(5000, read),
    () => inclusionFromNodes(1234, 5000, read),
    () => consistencyFromNodes(777, 5000, read),
  ]) {
    const before = reads();
    await ask();
    assert.ok(reads() - before <= most, `${reads() - before} reads`);
  }
});

test('every single-bit flip of a proof, its leaf or its root is refused', async () => {
  const { leaves, read } = await grown([23]);
  const root = naiveRoot(leaves);
  const old = naiveRoot(leaves.slice(0, 13));
  const inclusion = await inclusionFromNodes(18, 23, read);
  const consistency = await consistencyFromNodes(13, 23, read);
  const flips = (hash: Hash): readonly Hash[] =>
    Array.from({ length: 256 }, (_, bit) => hash.with(bit >> 3, (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7))));
  const inPath = (path: readonly Hash[]): readonly (readonly Hash[])[] =>
    path.flatMap((hash, at) => flips(hash).map((flipped) => path.with(at, flipped)));
  for (const path of inPath(inclusion.path)) assert.equal(verifyInclusion(leaves[18]!, { ...inclusion, path }, root), false);
  for (const path of inPath(consistency.path)) assert.equal(verifyConsistency({ ...consistency, path }, old, root), false);
  for (const flipped of flips(leaves[18]!)) assert.equal(verifyInclusion(flipped, inclusion, root), false);
  for (const flipped of flips(root)) assert.equal(verifyInclusion(leaves[18]!, inclusion, flipped), false);
  for (const flipped of flips(root)) assert.equal(verifyConsistency(consistency, old, flipped), false);
  for (const flipped of flips(old)) assert.equal(verifyConsistency(consistency, flipped, root), false);
});

test('a proof with a wrong position, a step too many or too few, or a nonsense size is refused', async () => {
  const { leaves, read } = await grown([23]);
  const root = naiveRoot(leaves);
  const proof = await inclusionFromNodes(18, 23, read);
  const { path } = proof;
  for (const index of [-1, 0, 17, 19, 22, 23, 2 ** 53, 1.5, Number.NaN])
    assert.equal(verifyInclusion(leaves[18]!, { ...proof, index }, root), false, `index ${index}`);
  for (const size of [0, 18, -1, 1.5, 2 ** 53, Infinity])
    assert.equal(verifyInclusion(leaves[18]!, { ...proof, size }, root), false, `size ${size}`);
  for (const wrong of [path.slice(1), path.slice(0, -1), [...path, root], [root, ...path], []]) {
    assert.equal(verifyInclusion(leaves[18]!, { ...proof, path: wrong }, root), false);
  }
  const old = naiveRoot(leaves.slice(0, 13));
  const consistency = await consistencyFromNodes(13, 23, read);
  for (const wrong of [consistency.path.slice(1), consistency.path.slice(0, -1), [...consistency.path, root], []]) {
    assert.equal(verifyConsistency({ ...consistency, path: wrong }, old, root), false);
  }
  for (const [from, to] of [
    [12, 23],
    [23, 13],
    [-1, 23],
    [13, Infinity],
    [1.5, 23],
  ] as const) {
    assert.equal(verifyConsistency({ ...consistency, from, to }, old, root), false, `${from} to ${to}`);
  }
  assert.equal(verifyConsistency({ from: 23, to: 23, path: [] }, root, old), false);
  assert.equal(verifyConsistency({ from: 0, to: 23, path: [] }, root, root), false);
  await assert.rejects(inclusionFromNodes(23, 23, read), RangeError);
  await assert.rejects(consistencyFromNodes(24, 23, read), RangeError);
});

test('an inner node cannot be passed off as a leaf', () => {
  const [left, right] = [LEAVES[0]!, LEAVES[1]!];
  const joined = new Uint8Array(64);
  joined.set(left);
  joined.set(right, 32);
  assert.equal(isEqual(leafHash(joined), nodeHash(left, right)), false);
});
