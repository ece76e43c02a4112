// Learns from unlabelled pairs how a city's own registers err: m and u of every level by expectation and maximisation (A. P. Dempster and
// others, 1977, as W. E. Winkler, 1988, has it for linkage). Pairs are counted by pattern of levels, so that a million cost no more than a thousand.
import { COMPARE, LEVELS, SILENT } from './compare.ts';
import { chancesOf, isForbidden, type Judge } from './judge.ts';
import type { Row } from './row.ts';
import type { ComparisonRule, Rival, Scheme } from './scheme.ts';

/** How many pairs showed which levels, one for each comparison; and whether a guard forbids them, which is knowledge, not a guess. */
export type Patterns = ReadonlyMap<
  string,
  { readonly levels: readonly number[]; readonly isForbidden: boolean; readonly count: number }
>;

/** Counts one pair more, in place: there are as many patterns as kinds of agreement, whatever the number of pairs. */
export function countPattern(
  judge: Judge,
  patterns: Map<string, { levels: readonly number[]; isForbidden: boolean; count: number }>,
  a: Row,
  b: Row,
): void {
  const levels = judge.steps.map(({ rule, at }) => COMPARE[rule.method](a, b, at));
  const forbidden = isForbidden(judge, a, b);
  const key = `${levels.join(' ')}${forbidden ? '!' : ''}`;
  const known = patterns.get(key);
  if (known) known.count++;
  else patterns.set(key, { levels, isForbidden: forbidden, count: 1 });
}

export type Estimated = {
  /** The scheme with the odds and priors that were learnt. */
  readonly scheme: Scheme;
  /** Of the counted pairs, the part that are one; then that of each rival. */
  readonly shares: readonly number[];
  readonly rounds: number;
};

/** Nothing is impossible: no level is rarer than this, however few pairs were seen. */
const RAREST = 1e-6;
const STILL = 1e-6;
/** What the scheme said before counts as one pair in twenty, so that a kind of pairs that these blocks hardly show is not learnt from nothing. */
const ANCHOR = 0.05;

/** By what pairs are (one, then each rival), by comparison, by level: a chance, or a count. */
type Table = readonly (readonly (readonly number[])[])[];

/** Starts from the scheme's own odds, which say which kind of pairs is which. */
export function estimate(scheme: Scheme, patterns: Patterns, rounds = 50): Estimated {
  const told = tableOf(scheme);
  let chances = told;
  let shares = sharesOf(scheme);
  for (let round = 1; ; round++) {
    const counts: number[][][] = chances.map((rows) => rows.map((row) => row.map(() => 0)));
    const sums = shares.map(() => 0);
    let all = 0;
    for (const { levels, isForbidden, count } of patterns.values()) {
      all += count;
      for (const [kind, share] of posteriors(levels, { chances, shares, isForbidden }).entries()) {
        sums[kind] = (sums[kind] ?? 0) + share * count;
        for (const [at, level] of levels.entries()) add(counts[kind]?.[at], level, share * count);
      }
    }
    const learnt = all === 0 ? shares : sums.map((sum) => Math.max(RAREST, sum / all));
    const moved = Math.max(...learnt.map((share, kind) => Math.abs(share - (shares[kind] ?? 0))));
    shares = learnt;
    chances = counts.map((rows, kind) => rows.map((row, at) => parts(row, told[kind]?.[at] ?? row)));
    if (round === rounds || moved < STILL) return { scheme: withOdds(scheme, chances, shares), shares, rounds: round };
  }
}

function tableOf(scheme: Scheme): Table {
  return [0, ...scheme.rivals.map((_, rival) => rival + 1)].map((kind) =>
    scheme.comparisons.map((rule) => chancesOf(rule).map((chances) => chances[kind] ?? RAREST)),
  );
}

/** What the priors say: shares of pairs of one and of each rival, which add to one. */
function sharesOf({ rivals }: Scheme): readonly number[] {
  const against = [1, ...rivals.map(({ prior }) => 2 ** -prior)];
  const all = against.reduce((sum, one) => sum + one, 0);
  return against.map((one) => one / all);
}

type Known = { readonly chances: Table; readonly shares: readonly number[]; readonly isForbidden: boolean };

function posteriors(levels: readonly number[], { chances, shares, isForbidden }: Known): readonly number[] {
  const likely = shares.map((share, kind) => {
    let chance = kind === 0 && isForbidden ? 0 : share;
    for (const [at, level] of levels.entries()) if (level !== SILENT) chance *= chances[kind]?.[at]?.[level] ?? 1;
    return chance;
  });
  const all = likely.reduce((sum, one) => sum + one, 0);
  return likely.map((one) => one / all);
}

function add(row: number[] | undefined, level: number, amount: number): void {
  if (row && level !== SILENT) row[level] = (row[level] ?? 0) + amount;
}

/** Counts as parts of one, beside what was told; a comparison that was never made keeps that alone. */
function parts(counts: readonly number[], told: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return told;
  return counts.map((count, level) => Math.max(RAREST, (1 - ANCHOR) * (count / all) + ANCHOR * (told[level] ?? 0)));
}

function withOdds(scheme: Scheme, chances: Table, shares: readonly number[]): Scheme {
  const comparisons = scheme.comparisons.map((rule, at) => {
    const odds = LEVELS[rule.method].map((level, place) => [level, chances.map((rows) => rows[at]?.[place] ?? RAREST)] as const);
    return { ...rule, odds: Object.fromEntries(odds) } as unknown as ComparisonRule;
  });
  const [one = RAREST, ...others] = shares;
  const learnt = (rival: Rival, at: number): Rival => ({ ...rival, prior: Math.log2(one / (others[at] ?? RAREST)) });
  const [first, ...rest] = scheme.rivals;
  return { ...scheme, comparisons, rivals: [learnt(first, 0), ...rest.map((rival, at) => learnt(rival, at + 1))] };
}
