// Hit policies and aggregations of decision tables (DMN 1.5 §8.2.10, §8.2.11). Pure: hits in, the result and the hits it is made of out.
import { Decimal } from '#base/decimal.ts';
import { compare, equals } from '#rules/comparison.ts';
import { isList } from '#rules/kinds.ts';
import type { FeelValue } from '#rules/types.ts';
import type { Aggregation, HitPolicy } from './model.ts';

export type Hit<Rule> = { readonly rule: Rule; readonly outputs: readonly FeelValue[] };
export type Policy = { readonly hitPolicy: HitPolicy; readonly aggregation: Aggregation | undefined };
/** `value` undefined: the hits contradict the policy. */
export type Result<Rule> = { readonly value: FeelValue | undefined; readonly hits: readonly Hit<Rule>[] };

type Of<Rule> = {
  shape(hit: Hit<Rule>): FeelValue;
  /** For each output its values in order of priority, or null. */
  priorities(): readonly FeelValue[];
};

export function resultOf<Rule>(policy: Policy, hits: readonly Hit<Rule>[], of: Of<Rule>): Result<Rule> {
  const [first] = hits;
  const only = (hit: Hit<Rule> | undefined): Result<Rule> => ({
    value: hit ? of.shape(hit) : null,
    hits: hit ? [hit] : [],
  });
  switch (policy.hitPolicy) {
    case 'UNIQUE':
      return hits.length > 1 ? { value: undefined, hits } : only(first);
    case 'ANY':
      return hits.every((hit) => same(hit, first)) ? { value: first ? of.shape(first) : null, hits } : { value: undefined, hits };
    case 'FIRST':
      return only(first);
    case 'PRIORITY':
      return only(byPriority(hits, of.priorities())[0]);
    case 'OUTPUT ORDER':
      return all(byPriority(hits, of.priorities()), of);
    case 'RULE ORDER':
      return all(hits, of);
    case 'COLLECT':
      return policy.aggregation ? { value: aggregate(policy.aggregation, hits), hits } : all(hits, of);
    default:
      return { value: undefined, hits };
  }
}

function all<Rule>(hits: readonly Hit<Rule>[], of: Of<Rule>): Result<Rule> {
  return { value: hits.map((hit) => of.shape(hit)), hits };
}

function same<Rule>(hit: Hit<Rule>, first: Hit<Rule> | undefined): boolean {
  return hit.outputs.every((output, at) => equals(output, first?.outputs[at] ?? null) === true);
}

/** Stable, by the place of each output in its list of values, first output first. */
function byPriority<Rule>(hits: readonly Hit<Rule>[], priorities: readonly FeelValue[]): Hit<Rule>[] {
  const ranked = hits.map((hit) => ({ hit, ranks: hit.outputs.map((output, at) => rank(output, priorities[at] ?? null)) }));
  return ranked.sort((a, b) => order(a.ranks, b.ranks)).map(({ hit }) => hit);
}

function rank(output: FeelValue, values: FeelValue): number {
  if (!isList(values)) return 0;
  const at = values.findIndex((value) => equals(value, output) === true);
  return at < 0 ? values.length : at;
}

function order(a: readonly number[], b: readonly number[]): number {
  for (const [at, rank] of a.entries()) {
    const difference = rank - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Over the one output of the table; undefined where its values cannot be added or ordered. */
function aggregate<Rule>(kind: Aggregation, hits: readonly Hit<Rule>[]): FeelValue | undefined {
  const values = hits.map(({ outputs }) => outputs[0] ?? null);
  if (kind === 'COUNT') return new Decimal(values.length);
  if (hits.some(({ outputs }) => outputs.length > 1)) return undefined;
  if (values.length === 0) return null;
  if (kind === 'SUM')
    return values.every((value) => value instanceof Decimal) ? values.reduce((sum, value) => sum.plus(value)) : undefined;
  const sign = kind === 'MAX' ? 1 : -1;
  return values.every((value) => compare(value, values[0] ?? null) !== null)
    ? values.reduce((best, value) => ((compare(value, best) ?? 0) * sign > 0 ? value : best))
    : undefined;
}
