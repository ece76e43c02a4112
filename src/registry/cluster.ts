// Joins matched pairs into groups, best pair first: A is B and B is C make one of three, unless that would hold two well-formed keys that differ.
// Decides nothing that a person should: what is refused or in doubt is listed for the steward, each two groups once.
import { isWellFormed } from './keys.ts';
import type { Pairs } from './match.ts';
import { rowAt, type Sheet } from './sheet.ts';

/** Pairs are told by their places in `Pairs`. */
export type Clusters = {
  /** For each row the first row of its group. */
  readonly first: Uint32Array;
  /** The pairs that made the groups, best first: a forest, so that each can be parted again (linkage.ts). */
  readonly joined: readonly number[];
  /** Pairs that scored as matches, but whose groups hold keys that differ. */
  readonly refused: readonly number[];
  /** The best pair of each two groups that may be one: for a person to look at, best first. */
  readonly doubtful: readonly number[];
};

/** Groups of the rows of a sheet by the pairs found in it. */
export function cluster(sheet: Sheet, pairs: Pairs): Clusters {
  const { upper } = sheet.scheme;
  const groups = groupsOf(sheet);
  const joined: number[] = [];
  const refused: number[] = [];
  const rest: number[] = [];
  const told = new Set<string>();
  for (const at of bestFirst(pairs)) {
    const [left, right] = [groups.rootOf(pairs.left[at] ?? 0), groups.rootOf(pairs.right[at] ?? 0)];
    if (left === right) continue;
    if ((pairs.score[at] ?? 0) < upper) rest.push(at);
    else if (!groups.differ(left, right)) {
      groups.join(left, right);
      joined.push(at);
    } else if (isNew(told, left, right)) refused.push(at);
  }
  // Only when all groups stand is it known which two a doubt is about; two whose keys differ are in no doubt.
  const doubtful = rest.filter((at) => {
    const [left, right] = [groups.rootOf(pairs.left[at] ?? 0), groups.rootOf(pairs.right[at] ?? 0)];
    return left !== right && !groups.differ(left, right) && isNew(told, left, right);
  });
  return { first: Uint32Array.from(sheet.packed, (_, row) => groups.rootOf(row)), joined, refused, doubtful };
}

/** Two groups are told of once, whichever of their records met. */
function isNew(told: Set<string>, left: number, right: number): boolean {
  const key = left < right ? `${left} ${right}` : `${right} ${left}`;
  return !told.has(key) && told.add(key).has(key);
}

function bestFirst({ score }: Pairs): Uint32Array {
  return Uint32Array.from(score, (_, at) => at).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
}

type Groups = {
  readonly rootOf: (row: number) => number;
  /** Whether two groups, by their roots, hold well-formed keys that differ. */
  readonly differ: (left: number, right: number) => boolean;
  readonly join: (left: number, right: number) => void;
};

/** Every row alone; the first row of a group is its root. */
function groupsOf(sheet: Sheet): Groups {
  const parent = Uint32Array.from(sheet.packed, (_, row) => row);
  const columns = sheet.scheme.guards.map((guard) => sheet.scheme.columns.findIndex(({ field }) => field === guard));
  const held = new Map<number, readonly string[]>();
  const keysOf = (root: number): readonly string[] => held.get(root) ?? wellFormed(rowAt(sheet, root), columns);
  return {
    // The path is halved on the way (Tarjan and van Leeuwen, 1984).
    rootOf: (row) => {
      for (let at = row; ;) {
        const up = parent[at] ?? at;
        if (up === at) return at;
        parent[at] = parent[up] ?? up;
        at = up;
      }
    },
    differ: (left, right) => {
      const theirs = keysOf(right);
      return keysOf(left).some((key, guard) => key !== '' && theirs[guard] !== '' && key !== theirs[guard]);
    },
    join: (left, right) => {
      const [root, other] = left < right ? [left, right] : [right, left];
      const [mine, theirs] = [keysOf(root), keysOf(other)];
      parent[other] = root;
      held.delete(other);
      held.set(
        root,
        mine.map((key, guard) => key || (theirs[guard] ?? '')),
      );
    },
  };
}

function wellFormed(row: readonly string[], columns: readonly number[]): readonly string[] {
  return columns.map((column) => (isWellFormed(row[column] ?? '') ? (row[column] ?? '') : ''));
}
