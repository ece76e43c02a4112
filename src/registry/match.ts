// Finds what may be one: all pairs of a sheet that share a block, or one new record against its candidates.
// Keeps the pairs that match or need a person, never those that do neither. Works in steps, so that a host can breathe and show progress.
import { BLOCK_CAP, blocker } from './block.ts';
import { score, verdictOf, type Judge, type Row } from './judge.ts';
import { rowAt, runs, type Sheet } from './sheet.ts';
import type { RecordId, Verdict } from './types.ts';

/** Pairs of rows with their scores, in the order they were found; `length` of each array is what is filled. */
export type Pairs = { readonly left: Uint32Array; readonly right: Uint32Array; readonly score: Float32Array };

/** A block that was not compared because it is too large: the pass, its key, how many records. */
export type Capped = { readonly pass: string; readonly key: string; readonly records: number };

export type Matched = { readonly pairs: Pairs; readonly compared: number; readonly capped: readonly Capped[] };
export type Progress = { readonly pass: string; readonly compared: number };

/** A step ends after so many comparisons: about a tenth of a second. */
const STEP = 100_000;

/** All pairs of a sheet that share a key in some pass and score at least `lower`, each once. */
export function* matchSheet(judge: Judge, sheet: Sheet, cap = BLOCK_CAP): Generator<Progress, Matched> {
  const found = growing();
  const capped: Capped[] = [];
  let compared = 0;
  let next = STEP;
  const earlier: Uint32Array[] = [];
  for (const [at, pass] of sheet.scheme.passes.entries()) {
    const keys = Uint32Array.from(sheet.keys[at] ?? []);
    for (const run of runs(keys)) {
      if (run.length > cap) {
        capped.push({ pass: pass.name, key: blocker(sheet.scheme)(rowAt(sheet, run[0] ?? 0))[at] ?? '', records: run.length });
        // Not compared here: a later pass must not think they were.
        for (const row of run) keys[row] = 0;
        continue;
      }
      compared += compareRun({ judge, sheet, earlier, found }, run);
      if (compared < next) continue;
      yield { pass: pass.name, compared };
      next = compared + STEP;
    }
    earlier.push(keys);
  }
  return { pairs: found.pairs(), compared, capped };
}

type Ground = {
  readonly judge: Judge;
  readonly sheet: Sheet;
  readonly earlier: readonly Uint32Array[];
  readonly found: Growing;
};

function compareRun({ judge, sheet, earlier, found }: Ground, run: Uint32Array): number {
  const rows = Array.from(run, (row) => rowAt(sheet, row));
  let compared = 0;
  for (let i = 0; i < rows.length; i++) {
    const left = run[i] ?? 0;
    for (let j = i + 1; j < rows.length; j++) {
      const right = run[j] ?? 0;
      if (metBefore(earlier, left, right)) continue;
      compared++;
      const sum = score(judge, rows[i] ?? [], rows[j] ?? []);
      if (sum !== undefined) found.add(left, right, sum);
    }
  }
  return compared;
}

function metBefore(earlier: readonly Uint32Array[], left: number, right: number): boolean {
  for (const keys of earlier) if (keys[left] !== 0 && keys[left] === keys[right]) return true;
  return false;
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
