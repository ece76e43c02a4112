// Learns from unlabelled pairs how a city's own registers err: m and u of every level by expectation and maximisation (A. P. Dempster and
// others, 1977, as W. E. Winkler, 1988, has it for linkage). Pairs are counted by pattern of levels, so that a million cost no more than a thousand.
import { COMPARE, LEVELS, SILENT } from './compare.ts';
import { isForbidden, type Judge, type Row } from './judge.ts';
import type { ComparisonRule, Scheme } from './scheme.ts';

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
  /** The scheme with the odds that were learnt. */
  readonly scheme: Scheme;
  /** Of the counted pairs, the part that are one. */
  readonly matches: number;
  readonly rounds: number;
};

/** Nothing is impossible: no level is rarer than this, however few pairs were seen. */
const RAREST = 1e-6;
const STILL = 1e-6;

type Table = readonly (readonly number[])[];

/** Starts from the scheme's own odds, which say which of the two kinds of pairs is which. */
export function estimate(scheme: Scheme, patterns: Patterns, rounds = 50): Estimated {
  let m = tableOf(scheme, 0);
  let u = tableOf(scheme, 1);
  let matches = 0.2;
  for (let round = 1; ; round++) {
    const ofOne = sums(m);
    const ofTwo = sums(u);
    let one = 0;
    let all = 0;
    for (const { levels, isForbidden, count } of patterns.values()) {
      const share = isForbidden ? 0 : posterior(levels, { m, u, matches });
      one += share * count;
      all += count;
      for (const [at, level] of levels.entries()) {
        if (level === SILENT) continue;
        add(ofOne, at, level, share * count);
        add(ofTwo, at, level, (1 - share) * count);
      }
    }
    const before = matches;
    matches = all === 0 ? matches : Math.min(1 - RAREST, Math.max(RAREST, one / all));
    m = shares(ofOne, m);
    u = shares(ofTwo, u);
    if (round === rounds || Math.abs(matches - before) < STILL) return { scheme: withOdds(scheme, m, u), matches, rounds: round };
  }
}

function tableOf(scheme: Scheme, side: 0 | 1): Table {
  return scheme.comparisons.map((rule) => Object.values(ordered(rule)).map((pair) => pair[side]));
}

/** The odds of a rule in the order of its method's levels. */
function ordered(rule: ComparisonRule): readonly (readonly [m: number, u: number])[] {
  const odds: Readonly<Record<string, readonly [m: number, u: number]>> = rule.odds;
  return LEVELS[rule.method].map((level) => odds[level] ?? [RAREST, RAREST]);
}

const sums = (table: Table): number[][] => table.map((row) => row.map(() => 0));

function add(table: number[][], at: number, level: number, amount: number): void {
  const row = table[at];
  if (row) row[level] = (row[level] ?? 0) + amount;
}

function posterior(
  levels: readonly number[],
  { m, u, matches }: { readonly m: Table; readonly u: Table; readonly matches: number },
): number {
  let one = matches;
  let two = 1 - matches;
  for (const [at, level] of levels.entries()) {
    if (level === SILENT) continue;
    one *= m[at]?.[level] ?? 1;
    two *= u[at]?.[level] ?? 1;
  }
  return one / (one + two);
}

/** Counts as parts of one; a comparison that was never made keeps what it had. */
function shares(counts: Table, before: Table): Table {
  return counts.map((row, at) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return all === 0 ? (before[at] ?? row) : row.map((count) => Math.max(RAREST, count / all));
  });
}

function withOdds(scheme: Scheme, m: Table, u: Table): Scheme {
  const comparisons = scheme.comparisons.map((rule, at) => {
    const odds = LEVELS[rule.method].map(
      (level, place) => [level, [m[at]?.[place] ?? RAREST, u[at]?.[place] ?? RAREST]] as const,
    );
    return { ...rule, odds: Object.fromEntries(odds) } as ComparisonRule;
  });
  return { ...scheme, comparisons };
}
