// Joins matched pairs into groups, best pair first: A is B and B is C make one of three, unless that would hold two well-formed keys that differ.
// Decides nothing between two people that a guard keeps apart: such a pair goes to a person.
import { isWellFormed } from './keys.ts';
import type { Pairs } from './match.ts';
import { rowAt, type Sheet } from './sheet.ts';

export type Clusters = {
  /** For each row the first row of its group. */
  readonly first: Uint32Array;
  /** Pairs (their places in `Pairs`) that scored as matches and were refused, because their groups hold different keys. */
  readonly refused: readonly number[];
};

/** Groups of the rows of a sheet by all pairs that score at least `upper`. */
export function cluster(sheet: Sheet, pairs: Pairs): Clusters {
  const parent = Uint32Array.from(sheet.packed, (_, row) => row);
  const columns = sheet.scheme.guards.map((guard) => sheet.scheme.columns.findIndex(({ field }) => field === guard));
  const held = new Map<number, readonly string[]>();
  const keysOf = (root: number): readonly string[] => held.get(root) ?? wellFormed(rowAt(sheet, root), columns);
  const refused: number[] = [];
  for (const at of bestFirst(pairs, sheet.scheme.upper)) {
    const [left, right] = [rootOf(parent, pairs.left[at] ?? 0), rootOf(parent, pairs.right[at] ?? 0)];
    if (left === right) continue;
    const [mine, theirs] = [keysOf(left), keysOf(right)];
    if (mine.some((key, guard) => key !== '' && theirs[guard] !== '' && key !== theirs[guard])) {
      refused.push(at);
      continue;
    }
    const [root, other] = left < right ? [left, right] : [right, left];
    parent[other] = root;
    held.delete(other);
    held.set(
      root,
      mine.map((key, guard) => key || (theirs[guard] ?? '')),
    );
  }
  return { first: Uint32Array.from(parent, (_, row) => rootOf(parent, row)), refused };
}

function wellFormed(row: readonly string[], columns: readonly number[]): readonly string[] {
  return columns.map((column) => (isWellFormed(row[column] ?? '') ? (row[column] ?? '') : ''));
}

function bestFirst({ score }: Pairs, upper: number): Uint32Array {
  const places: number[] = [];
  for (const [at, sum] of score.entries()) if (sum >= upper) places.push(at);
  return Uint32Array.from(places).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
}

/** The root of a row, its path halved on the way (Tarjan and van Leeuwen, 1984). */
function rootOf(parent: Uint32Array, row: number): number {
  let at = row;
  for (;;) {
    const up = parent[at] ?? at;
    if (up === at) return at;
    parent[at] = parent[up] ?? up;
    at = up;
  }
}
