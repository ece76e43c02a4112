// Matching of a made-up city against its truth: precision, recall, pairs per second, memory.
// Pairs are what is counted: two records of one person in one group are a hit, of two persons a mistake.
import { cluster } from '#registry/cluster.ts';
import { commonnessOf } from '#registry/commonness.ts';
import { countPattern, estimate } from '#registry/estimate.ts';
import { judgeOf } from '#registry/judge.ts';
import { matchSheet, type Matched } from '#registry/match.ts';
import { walkPairs } from '#registry/pairs.ts';
import { rowOf, type Row } from '#registry/row.ts';
import type { Scheme } from '#registry/scheme.ts';
import { SCHEMES } from '#registry/schemes.ts';
import { sheetOf, type Sheet } from '#registry/sheet.ts';
import type { Measure } from '../table.ts';
import { firms } from './firms.ts';
import { townsfolk, type Known } from './townsfolk.ts';
import { seeded } from './writing.ts';

const SEED = 1405;
const PERSON = SCHEMES.person;

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/** A city's rows, who each is, and the seconds that reading them took, without those of making them up. */
type City = { readonly sheet: Sheet; readonly truth: Uint32Array; readonly seconds: number };

function read(scheme: Scheme, known: Generator<Known>, rows: number, hidden: readonly string[] = []): City {
  const truth = new Uint32Array(rows);
  let made = 0;
  function* readRows(): Generator<Row> {
    for (let row = 0; ; row++) {
      const from = performance.now();
      const { done, value } = known.next();
      made += performance.now() - from;
      if (done) return;
      truth[row] = value.entity;
      const fields =
        hidden.length === 0
          ? value.record.fields
          : { ...value.record.fields, ...Object.fromEntries(hidden.map((field) => [field, null])) };
      yield rowOf(scheme, fields);
    }
  }
  const from = performance.now();
  const sheet = sheetOf(scheme, readRows());
  return { sheet, truth, seconds: (performance.now() - from - made) / 1000 };
}

/** Pairs that a labelling of rows puts together. */
function together(rows: number, label: (row: number) => number): number {
  const sizes = new Map<number, number>();
  let pairs = 0;
  for (let row = 0; row < rows; row++) {
    const size = sizes.get(label(row)) ?? 0;
    pairs += size;
    sizes.set(label(row), size + 1);
  }
  return pairs;
}

type Score = {
  readonly precision: number;
  readonly recall: number;
  readonly wrong: number;
  readonly review: number;
  readonly refused: number;
};

function scored({ sheet, truth }: City, { found }: Matched, scheme: Scheme): Score {
  const { first, refused, doubtful } = cluster({ ...sheet, scheme }, found);
  const of = (labels: Uint32Array, row: number): number => labels[row] ?? 0;
  const ours = together(truth.length, (row) => of(first, row));
  const both = together(truth.length, (row) => of(truth, row) * 2 ** 26 + of(first, row));
  const known = together(truth.length, (row) => of(truth, row));
  return { precision: both / ours, recall: both / known, wrong: ours - both, review: doubtful.length, refused: refused.length };
}

/** The city at this size: how well, how fast, in how much memory. */
export function matching(rows: number): readonly Measure[] {
  const city = read(PERSON, townsfolk(seeded(SEED), rows), rows);
  const from = performance.now();
  const matched = finish(matchSheet(judgeOf(PERSON, commonnessOf(city.sheet)), city.sheet));
  const seconds = (performance.now() - from) / 1000;
  const megabytes = process.memoryUsage.rss() / 2 ** 20;
  const { precision, recall, wrong, review, refused } = scored(city, matched, PERSON);
  const { pairs, capped } = matched.walked;
  const measure = (name: string, value: number, unit: string, note = ''): Measure => ({
    name: `${name}_${rows}`,
    value,
    unit,
    note,
  });
  return [
    measure('precision', precision, '', 'aim ≥ 0.99'),
    measure('recall', recall, '', 'aim ≥ 0.95; without a person'),
    measure('wrong_pairs', wrong, 'pairs', 'two persons in one group'),
    measure('reviews', review, 'pairs', 'of groups, for a person to look at'),
    measure('refused', refused, 'pairs', 'of groups that match but hold two valid ids: for a person too'),
    measure('rows_per_s', rows / city.seconds, 'rows/s', 'normalised, keyed, packed'),
    measure('pairs_per_s', pairs / seconds, 'pairs/s', 'sorted into blocks, compared, scored'),
    measure('pairs', pairs, 'pairs', `of ${((rows * (rows - 1)) / 2).toExponential(1)} that there are`),
    measure('capped_blocks', capped.length, 'blocks', 'too large to compare, reported'),
    measure('rss_mb', megabytes, 'MB', 'when all pairs are found, the whole process'),
  ];
}

/** What the odds are worth: learnt from the same rows without their truth; where no record has a national id; and for firms. */
export function odds(rows: number): readonly Measure[] {
  const people = (hidden: readonly string[]): City => read(PERSON, townsfolk(seeded(SEED), rows), rows, hidden);
  const named = people(['nationalId']);
  const whole = people([]);
  return [
    ...worth('learnt', whole, learnt(whole)),
    ...worth('without_id', named, PERSON),
    ...worth('without_id_learnt', named, learnt(named)),
    ...worth('firms', read(SCHEMES.business, firms(seeded(SEED), rows), rows), SCHEMES.business),
  ];
}

function worth(name: string, city: City, scheme: Scheme): readonly Measure[] {
  const matched = finish(matchSheet(judgeOf(scheme, commonnessOf(city.sheet)), city.sheet));
  const { precision, recall, wrong, review } = scored(city, matched, scheme);
  return [
    { name: `precision_${name}`, value: precision, unit: '' },
    { name: `recall_${name}`, value: recall, unit: '' },
    { name: `wrong_pairs_${name}`, value: wrong, unit: 'pairs' },
    { name: `reviews_${name}`, value: review, unit: 'pairs' },
  ];
}

function learnt({ sheet }: City): Scheme {
  const judge = judgeOf(PERSON);
  const patterns: Parameters<typeof countPattern>[1] = new Map();
  finish(walkPairs(sheet, (_left, _right, a, b) => countPattern(judge, patterns, a, b)));
  return estimate(PERSON, patterns).scheme;
}
