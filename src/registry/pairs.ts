// Walks all pairs of a sheet that share a key in some pass, each once. Works in steps, so that a host can breathe and show progress.
// Judges nothing; a block too large to compare is left out and told of.
import { BLOCK_CAP, blocker } from './block.ts';
import type { Row } from './row.ts';
import { rowAt, runs, type Sheet } from './sheet.ts';

/** A block that was not compared because it is too large: the pass, its key, how many records. */
export type Capped = { readonly pass: string; readonly key: string; readonly records: number };
export type Progress = { readonly pass: string; readonly pairs: number };
export type Walked = { readonly pairs: number; readonly capped: readonly Capped[] };

type Visit = (left: number, right: number, a: Row, b: Row) => void;

/** A step ends after so many pairs: about a tenth of a second. */
const STEP = 50_000;

export function* walkPairs(sheet: Sheet, visit: Visit, cap = BLOCK_CAP): Generator<Progress, Walked> {
  const capped: Capped[] = [];
  const earlier: Uint32Array[] = [];
  let pairs = 0;
  let next = STEP;
  for (const [at, pass] of sheet.scheme.passes.entries()) {
    const keys = Uint32Array.from(sheet.keys[at] ?? []);
    for (const run of runs(keys)) {
      if (run.length > cap) {
        capped.push({ pass: pass.name, key: blocker(sheet.scheme)(rowAt(sheet, run[0] ?? 0))[at] ?? '', records: run.length });
        // These were not compared: a later pass must not think that they were.
        for (const row of run) keys[row] = 0;
        continue;
      }
      pairs += walkRun(run, { sheet, keys, earlier, visit });
      if (pairs < next) continue;
      yield { pass: pass.name, pairs };
      next = pairs + STEP;
    }
    earlier.push(keys);
  }
  return { pairs, capped };
}

type Ground = {
  readonly sheet: Sheet;
  readonly keys: Uint32Array;
  readonly earlier: readonly Uint32Array[];
  readonly visit: Visit;
};

function walkRun(run: Uint32Array, { sheet, keys, earlier, visit }: Ground): number {
  // Read when first needed: most pairs of a block have met in an earlier pass.
  const rows: Row[] = [];
  const read = (at: number): Row => (rows[at] ??= rowAt(sheet, run[at] ?? 0));
  let pairs = 0;
  for (let i = 0; i < run.length; i++) {
    const left = run[i] ?? 0;
    for (let j = i + 1; j < run.length; j++) {
      const right = run[j] ?? 0;
      // In a sheet of millions two keys may share a run.
      if (keys[left] !== keys[right] || haveMet(earlier, left, right)) continue;
      pairs++;
      visit(left, right, read(i), read(j));
    }
  }
  return pairs;
}

function haveMet(earlier: readonly Uint32Array[], left: number, right: number): boolean {
  for (const keys of earlier) if (keys[left] !== 0 && keys[left] === keys[right]) return true;
  return false;
}
