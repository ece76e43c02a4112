// A Merkle log kept as hashes of complete subtrees: what to add for new leaves, and roots and proofs in O(log n) reads.
// Node (level, index) covers leaves index·2^level up to (index+1)·2^level; it is stored once all of them exist, and never changes.
import { EMPTY_ROOT, nodeHash, splitPoint } from './merkle.ts';
import type { ConsistencyProof } from './merkle.ts';
import type { Hash, InclusionProof } from './types.ts';

export type StoredNode = { readonly level: number; readonly index: number; readonly hash: Hash };
export type ReadNode = (level: number, index: number) => Promise<Hash>;

/** The nodes that `leaves` (leaf hashes) complete after the first `size`, with the new size and root. */
export async function appendLeaves(
  size: number,
  leaves: readonly Hash[],
  read: ReadNode,
): Promise<{ readonly nodes: readonly StoredNode[]; readonly size: number; readonly root: Hash }> {
  const added = new Map<string, StoredNode>();
  const known: ReadNode = (level, index) => {
    const fresh = added.get(`${level}:${index}`);
    return fresh ? Promise.resolve(fresh.hash) : read(level, index);
  };
  for (const [at, leaf] of leaves.entries()) {
    let node: StoredNode = { level: 0, index: size + at, hash: leaf };
    added.set(`0:${node.index}`, node);
    while (node.index % 2 === 1) {
      const left = await known(node.level, node.index - 1);
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
      added.set(`${node.level}:${node.index}`, node);
    }
  }
  const grown = size + leaves.length;
  return { nodes: [...added.values()], size: grown, root: await rootFromNodes(grown, known) };
}

/** Root of the first `size` leaves. */
export function rootFromNodes(size: number, read: ReadNode): Promise<Hash> {
  return size === 0 ? Promise.resolve(EMPTY_ROOT) : rangeHash(0, size, read);
}

/** MTH of leaves from `start`, `count` of them (RFC 9162 §2.1.1); a complete aligned range is one stored node. */
async function rangeHash(start: number, count: number, read: ReadNode): Promise<Hash> {
  const level = Math.log2(count);
  if (Number.isInteger(level)) return read(level, start / count);
  const split = splitPoint(count);
  return nodeHash(await rangeHash(start, split, read), await rangeHash(start + split, count - split, read));
}

/** RFC 9162 §2.1.3.1. Throws RangeError for an index outside the tree. */
export async function inclusionFromNodes(index: number, size: number, read: ReadNode): Promise<InclusionProof> {
  if (!Number.isInteger(index) || index < 0 || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const path: Hash[] = [];
  let start = 0;
  let count = size;
  while (count > 1) {
    const split = splitPoint(count);
    if (index < start + split) {
      path.unshift(await rangeHash(start + split, count - split, read));
      count = split;
    } else {
      path.unshift(await rangeHash(start, split, read));
      start += split;
      count -= split;
    }
  }
  return { index, size, path };
}

/** RFC 9162 §2.1.4.1. Throws RangeError where `from` is not an earlier size. */
export async function consistencyFromNodes(from: number, to: number, read: ReadNode): Promise<ConsistencyProof> {
  if (from < 0 || from > to) throw new RangeError(`no tree of ${from} leaves precedes one of ${to}`);
  if (from === 0 || from === to) return { from, to, path: [] };
  return { from, to, path: await subproof(from, { start: 0, count: to, whole: true }, read) };
}

async function subproof(
  from: number,
  range: { readonly start: number; readonly count: number; readonly whole: boolean },
  read: ReadNode,
): Promise<readonly Hash[]> {
  const { start, count, whole } = range;
  if (from === count) return whole ? [] : [await rangeHash(start, count, read)];
  const split = splitPoint(count);
  if (from <= split) {
    return [...(await subproof(from, { start, count: split, whole }, read)), await rangeHash(start + split, count - split, read)];
  }
  const right = { start: start + split, count: count - split, whole: false };
  return [...(await subproof(from - split, right, read)), await rangeHash(start, split, read)];
}
