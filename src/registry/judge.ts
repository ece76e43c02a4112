// Judges pairs by Fellegi and Sunter: the weights of the levels, log2(m/u), added; a match above, a non-match below, a person between.
// Never looks at a field itself: it knows levels alone.
import { COMPARE, LEVELS, SILENT } from './compare.ts';
import { compared, isWellFormed } from './keys.ts';
import type { ComparisonRule, Scheme } from './scheme.ts';
import type { Fields, Verdict } from './types.ts';

/** A record in compared form: its scheme's columns, '' where it is silent. */
export type Row = readonly string[];

/** A scheme made ready to judge: columns by place, weights by level. */
export type Judge = {
  readonly scheme: Scheme;
  readonly steps: readonly Step[];
  readonly guards: readonly number[];
};
type Step = {
  readonly rule: ComparisonRule;
  readonly at: readonly number[];
  readonly weights: readonly number[];
  /** What this comparison and those after it can add at most. */
  readonly most: number;
};

/** Throws TypeError where a scheme names a field that is no column. */
export function judgeOf(scheme: Scheme): Judge {
  const names = scheme.columns.map(({ field }) => field);
  const column = (field: string): number => {
    const at = names.indexOf(field);
    if (at < 0) throw new TypeError(`${scheme.kind}: ${field} is no column`);
    return at;
  };
  let most = 0;
  const steps = scheme.comparisons.toReversed().map((rule): Step => {
    const odds: Readonly<Record<string, readonly [m: number, u: number]>> = rule.odds;
    const weights = LEVELS[rule.method].map((level) => {
      const [m, u] = odds[level] ?? [1, 1];
      return Math.log2(m / u);
    });
    most += Math.max(0, ...weights);
    return { rule, at: rule.fields.map(column), weights, most };
  });
  return { scheme, steps: steps.reverse(), guards: scheme.guards.map(column) };
}

/** A record's fields in compared form, once for all its comparisons. */
export function rowOf(scheme: Scheme, fields: Fields): Row {
  return scheme.columns.map(({ field, type }) => compared(type, fields[field]));
}

/** The well-formed values of a row's guarded fields, by field: what a group may hold one of. */
export function guardedKeys(scheme: Scheme, row: Row): Readonly<Record<string, string>> {
  const held = scheme.columns.map(({ field }, at) => [field, row[at] ?? ''] as const);
  return Object.fromEntries(held.filter(([field, value]) => scheme.guards.includes(field) && isWellFormed(value)));
}

/** Two well-formed keys of a guarded field that differ: these are two, whatever else agrees. */
export function isForbidden({ guards }: Judge, a: Row, b: Row): boolean {
  return guards.some((at) => {
    const [left, right] = [a[at] ?? '', b[at] ?? ''];
    return left !== right && isWellFormed(left) && isWellFormed(right);
  });
}

/** The score of a pair in bits, or undefined where it is forbidden or cannot reach `lower` any more. */
export function score(judge: Judge, a: Row, b: Row): number | undefined {
  if (isForbidden(judge, a, b)) return undefined;
  let sum = 0;
  for (const step of judge.steps) {
    if (sum + step.most < judge.scheme.lower) return undefined;
    const level = COMPARE[step.rule.method](a, b, step.at);
    if (level !== SILENT) sum += step.weights[level] ?? 0;
  }
  return sum < judge.scheme.lower ? undefined : sum;
}

export function verdictOf({ upper, lower }: Scheme, score: number): Verdict {
  return score >= upper ? 'match' : score >= lower ? 'review' : 'non-match';
}
