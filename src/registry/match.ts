// Finds what may be one: all pairs of a sheet that share a block, or one new record against its candidates.
// Keeps the pairs that match or need a person, never those that do neither.
import { score, verdictOf, type Judge } from './judge.ts';
import type { Row } from './row.ts';
import { walkPairs, type Progress, type Walked } from './pairs.ts';
import type { Sheet } from './sheet.ts';
import type { RecordId, Verdict } from './types.ts';

/** Pairs of rows with their scores, in the order they were found. */
export type Pairs = { readonly left: Uint32Array; readonly right: Uint32Array; readonly score: Float32Array };

export type Matched = { readonly found: Pairs; readonly walked: Walked };

/** All pairs of a sheet that share a key in some pass and score at least `lower`, each once. */
export function* matchSheet(judge: Judge, sheet: Sheet, cap?: number): Generator<Progress, Matched> {
  const found = growing();
  const walked = yield* walkPairs(
    sheet,
    (left, right, a, b) => {
      const sum = score(judge, a, b);
      if (sum !== undefined) found.add(left, right, sum);
    },
    cap,
  );
  return { found: found.pairs(), walked };
}

type Growing = { readonly add: (left: number, right: number, score: number) => void; readonly pairs: () => Pairs };

function growing(): Growing {
  let left = new Uint32Array(1024);
  let right = new Uint32Array(1024);
  let score = new Float32Array(1024);
  let length = 0;
  const larger = <T extends Uint32Array | Float32Array>(from: T, to: T): T => {
    to.set(from);
    return to;
  };
  return {
    add: (one, other, sum) => {
      if (length === left.length) {
        left = larger(left, new Uint32Array(length * 2));
        right = larger(right, new Uint32Array(length * 2));
        score = larger(score, new Float32Array(length * 2));
      }
      left[length] = one;
      right[length] = other;
      score[length++] = sum;
    },
    pairs: () => ({ left: left.subarray(0, length), right: right.subarray(0, length), score: score.subarray(0, length) }),
  };
}

export type Candidate = { readonly id: RecordId; readonly row: Row };
export type Found = { readonly id: RecordId; readonly score: number; readonly verdict: Verdict };

/** One new record against those that share a block with it (`blocker` gives its keys, a store the records): best first. */
export function matchOne(judge: Judge, row: Row, candidates: Iterable<Candidate>): readonly Found[] {
  const found = new Map<RecordId, Found>();
  for (const { id, row: other } of candidates) {
    const sum = found.has(id) ? undefined : score(judge, row, other);
    if (sum !== undefined) found.set(id, { id, score: sum, verdict: verdictOf(judge.scheme, sum) });
  }
  return [...found.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
