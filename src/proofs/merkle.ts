// Merkle trees as RFC 9162 §2.1 has them: hashes of leaves and nodes, roots, inclusion and consistency proofs and their verification.
// Pure arithmetic on hashes; knows no log, no database, no signature.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Hash, InclusionProof } from './types.ts';

/** RFC 9162 §2.1.1: the hash of an empty list. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

/** SHA-256(0x00 ‖ data). */
export function leafHash(data: Uint8Array): Hash {
  const message = new Uint8Array(1 + data.length);
  message.set(data, 1);
  return sha256(message);
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  const message = new Uint8Array(1 + left.length + right.length);
  message[0] = 1;
  message.set(left, 1);
  message.set(right, 1 + left.length);
  return sha256(message);
}

/** Largest power of two below `size` (size ≥ 2): where RFC 9162 splits a list. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/**
 * RFC 9162 §2.1.3.2. True where `leaf` (a leaf hash) stands at the proof's index in the tree of that root. Take the size from a signed
 * checkpoint: some sizes have ways of the same shape, and the root alone does not tell them apart.
 */
export function verifyInclusion(leaf: Hash, proof: InclusionProof, root: Hash): boolean {
  const { index, size, path } = proof;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else hash = nodeHash(hash, sibling);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isEqual(hash, root);
}

export type ConsistencyProof = { readonly from: number; readonly to: number; readonly path: readonly Hash[] };

/** RFC 9162 §2.1.4.2. True where the tree of `to` leaves begins with the tree of `from` leaves. */
export function verifyConsistency(proof: ConsistencyProof, oldRoot: Hash, newRoot: Hash): boolean {
  const { from, to, path } = proof;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) return false;
  if (from === to) return path.length === 0 && isEqual(oldRoot, newRoot);
  if (from === 0) return path.length === 0 && isEqual(oldRoot, EMPTY_ROOT);
  let at = from - 1;
  let last = to - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  // A whole subtree of the old tree starts the walk as itself: the proof leaves it out (§2.1.4.2 step 2).
  const [first, ...rest] = at === 0 ? [oldRoot, ...path] : path;
  if (!first) return false;
  let old = first;
  let now = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(sibling, old);
      now = nodeHash(sibling, now);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else now = nodeHash(now, sibling);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isEqual(old, oldRoot) && isEqual(now, newRoot);
}
