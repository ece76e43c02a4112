// Matching of a made-up city against its truth: precision, recall, pairs per second, memory.
// Pairs are what is counted: two records of one person in one group are a hit, of two persons a mistake.
import { cluster } from '#registry/cluster.ts';
import { judgeOf, rowOf, type Row } from '#registry/judge.ts';
import { matchSheet, type Matched } from '#registry/match.ts';
import { SCHEMES } from '#registry/schemes.ts';
import { sheetOf } from '#registry/sheet.ts';
import type { Measure } from '../table.ts';
import { seeded, townsfolk } from './townsfolk.ts';

const SEED = 1405;

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
}

const seconds = (since: number): number => (performance.now() - since) / 1000;
const megabytes = (): number => process.memoryUsage.rss() / 2 ** 20;

/** Pairs of members that two labellings of the same rows put together: by truth, by us, by both. */
function together(
  truth: Uint32Array,
  ours: Uint32Array,
): { readonly truth: number; readonly ours: number; readonly both: number } {
  const pairsOf = (label: (row: number) => string | number): number => {
    const sizes = new Map<string | number, number>();
    let pairs = 0;
    for (let row = 0; row < truth.length; row++) {
      const size = sizes.get(label(row)) ?? 0;
      pairs += size;
      sizes.set(label(row), size + 1);
    }
    return pairs;
  };
  const width = 2 ** 26;
  return {
    truth: pairsOf((row) => truth[row] ?? 0),
    ours: pairsOf((row) => ours[row] ?? 0),
    both: pairsOf((row) => (truth[row] ?? 0) * width + (ours[row] ?? 0)),
  };
}

function inDoubt({ found }: Matched, ours: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < found.score.length; at++) if (ours[found.left[at] ?? 0] !== ours[found.right[at] ?? 0]) count++;
  return count;
}

export function matching(rows: number): readonly Measure[] {
  const scheme = SCHEMES.person;
  const truth = new Uint32Array(rows);
  function* read(): Generator<Row> {
    let row = 0;
    for (const { person, record } of townsfolk(seeded(SEED), rows)) {
      truth[row++] = person;
      yield rowOf(scheme, record.fields);
    }
  }
  const began = performance.now();
  const sheet = sheetOf(scheme, read());
  const read_s = seconds(began);
  const matchBegan = performance.now();
  const matched = finish(matchSheet(judgeOf(scheme), sheet));
  const match_s = seconds(matchBegan);
  const peak = megabytes();
  const { first, refused } = cluster(sheet, matched.found);
  const count = together(truth, first);
  const name = (of: string): string => `${of}_${rows}`;
  return [
    { name: name('precision'), value: count.both / count.ours, unit: '', note: 'aim ≥ 0.99' },
    { name: name('recall'), value: count.both / count.truth, unit: '', note: 'aim ≥ 0.95; matched without a person' },
    { name: name('review_pairs'), value: inDoubt(matched, first), unit: 'pairs', note: 'for a person to look at' },
    { name: name('refused_pairs'), value: refused.length, unit: 'pairs', note: 'their groups hold two valid ids' },
    { name: name('pairs_per_s'), value: matched.walked.pairs / match_s, unit: 'pairs/s' },
    { name: name('pairs'), value: matched.walked.pairs, unit: 'pairs' },
    { name: name('capped_blocks'), value: matched.walked.capped.length, unit: 'blocks', note: 'too large to compare, reported' },
    { name: name('rows_per_s'), value: rows / (read_s + match_s), unit: 'rows/s', note: 'made up, read, blocked, compared' },
    { name: name('rss_mb'), value: peak, unit: 'MB' },
  ];
}
