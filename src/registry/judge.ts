// Judges pairs by Fellegi and Sunter (1969): the weights of the levels, log2(m/u), added; a match above, a non-match below, a person between.
// Against several rivals the worst counts. Never looks at a field itself, but for how common a name is.
import { COMPARE, LEVELS, SILENT } from './compare.ts';
import type { Commonness } from './commonness.ts';
import { RAREST, rarity } from './commonness.ts';
import { isWellFormed } from './keys.ts';
import type { Row } from './row.ts';
import type { Chances, ComparisonRule, Scheme } from './scheme.ts';
import type { Verdict } from './types.ts';

/** A scheme made ready to judge: columns by place, weights by level, and how common names are where that is known. */
export type Judge = {
  readonly scheme: Scheme;
  readonly steps: readonly Step[];
  readonly guards: readonly number[];
  readonly commonness: Commonness | undefined;
};
export type Step = {
  readonly rule: ComparisonRule;
  readonly at: readonly number[];
  /** By rival, by level. */
  readonly weights: readonly (readonly number[])[];
  /** By rival: what this comparison and those after it can add at most. */
  readonly most: readonly number[];
};

/** Throws TypeError where a scheme names a field that is no column, or has chances for other than its rivals. */
export function judgeOf(scheme: Scheme, commonness?: Commonness): Judge {
  const names = scheme.columns.map(({ field }) => field);
  const column = (field: string): number => {
    const at = names.indexOf(field);
    if (at < 0) throw new TypeError(`${scheme.kind}: ${field} is no column`);
    return at;
  };
  let most = scheme.rivals.map(() => 0);
  const steps = scheme.comparisons.toReversed().map((rule): Step => {
    const odds = chancesOf(rule);
    if (odds.some(({ length }) => length !== scheme.rivals.length + 1))
      throw new TypeError(`${scheme.kind}: ${rule.name} has chances for other rivals`);
    const weights = scheme.rivals.map((_, rival) => odds.map((chances) => Math.log2(chances[0] / (chances[rival + 1] ?? 1))));
    const rarest = commonness && isOfNames(rule) ? rule.fields.length * RAREST : 0;
    most = most.map((sum, rival) => sum + Math.max(0, ...(weights[rival] ?? [])) + rarest);
    return { rule, at: rule.fields.map(column), weights, most };
  });
  return { scheme, steps: steps.reverse(), guards: scheme.guards.map(column), commonness };
}

/** The chances of a rule in the order of its method's levels. */
export function chancesOf(rule: ComparisonRule): readonly Chances[] {
  const odds: Readonly<Record<string, Chances>> = rule.odds;
  return LEVELS[rule.method].map((level) => odds[level] ?? [1]);
}

const isOfNames = ({ method }: ComparisonRule): boolean => method === 'name' || method === 'person';

/** Levels at which the names of both sides are one name. */
const AGREEING: ReadonlySet<string | undefined> = new Set(['exact', 'near']);

/** Bits that the agreement of a pair on names says more than on average ones, against rivals that agree by chance; 0 elsewhere. */
function rarityOf({ commonness }: Judge, { rule, at }: Step, level: number, rows: readonly [Row, Row]): number {
  if (!commonness || !isOfNames(rule) || !AGREEING.has(LEVELS[rule.method][level])) return 0;
  // Of a name and its misspelling the commoner is the name.
  const [a, b] = rows;
  return at.reduce(
    (sum, column) => sum + Math.min(rarity(commonness, column, a[column] ?? ''), rarity(commonness, column, b[column] ?? '')),
    0,
  );
}

/** What one comparison of a pair says: its level, and its bits against each rival. */
export function weigh(
  judge: Judge,
  step: Step,
  a: Row,
  b: Row,
): { readonly level: number; readonly bits: readonly number[] } | undefined {
  const level = COMPARE[step.rule.method](a, b, step.at);
  if (level === SILENT) return undefined;
  const rare = rarityOf(judge, step, level, [a, b]);
  const bits = judge.scheme.rivals.map(({ byChance }, rival) => (step.weights[rival]?.[level] ?? 0) + (byChance ? rare : 0));
  return { level, bits };
}

/** Two well-formed keys of a guarded field that differ: these are two, whatever else agrees. */
export function isForbidden({ guards }: Judge, a: Row, b: Row): boolean {
  return guards.some((at) => {
    const [left, right] = [a[at] ?? '', b[at] ?? ''];
    return left !== right && isWellFormed(left) && isWellFormed(right);
  });
}

/** The score of a pair in bits against its likeliest rival, or undefined where it is forbidden or cannot reach `lower` any more. */
export function score(judge: Judge, a: Row, b: Row): number | undefined {
  if (isForbidden(judge, a, b)) return undefined;
  const { rivals, lower } = judge.scheme;
  const sums = rivals.map(({ prior }) => prior);
  for (const step of judge.steps) {
    for (const [rival, sum] of sums.entries()) if (sum + (step.most[rival] ?? 0) < lower) return undefined;
    const weighed = weigh(judge, step, a, b);
    for (const [rival, bits] of weighed?.bits.entries() ?? []) sums[rival] = (sums[rival] ?? 0) + bits;
  }
  const least = Math.min(...sums);
  return least < lower ? undefined : least;
}

export function verdictOf({ upper, lower }: Scheme, score: number): Verdict {
  return score >= upper ? 'match' : score >= lower ? 'review' : 'non-match';
}
