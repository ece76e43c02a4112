// Hit policies as table analysis sees them: which of two rules decides where both hit, and whether they say the same.
import { Decimal } from '#base/decimal.ts';
import { compare, equals } from '#rules/comparison.ts';
import { isList } from '#rules/kinds.ts';
import type { FeelValue } from '#rules/types.ts';
import { constantOf } from './check-cell.ts';
import type { DecisionTable } from './model.ts';

export type Policy = {
  /** `other` decides instead of `rule` wherever both hit. Undefined where every hit counts: COLLECT, RULE ORDER, OUTPUT ORDER; and UNIQUE. */
  readonly wins: ((other: number, rule: number) => boolean) | undefined;
  /** The two surely say different things. */
  readonly differ: (one: number, other: number) => boolean;
};

/** Outputs are read once for the table. */
export function policyOf(table: DecisionTable): Policy {
  const texts = table.rules.map((rule) => table.outputs.map((_, at) => (rule.results[at] ?? '').trim()));
  const known = new Map<string, FeelValue | undefined>();
  const valueOf = (text: string): FeelValue | undefined => {
    if (!known.has(text)) known.set(text, constantOf(text));
    return known.get(text);
  };
  /** Undefined where an output is computed, unless both compute it alike. */
  const same = (one: number, other: number): boolean | undefined => {
    let isSure = true;
    for (const at of table.outputs.keys()) {
      const [a = '', b = ''] = [texts[one]?.[at], texts[other]?.[at]];
      if (a === b) continue;
      const [x, y] = [valueOf(a), valueOf(b)];
      if (x === undefined || y === undefined) isSure = false;
      else if (equals(x, y) !== true) return false;
    }
    return isSure ? true : undefined;
  };
  return {
    wins: winsOf(table, { values: texts.map((row) => row.map(valueOf)), same }),
    differ: (one, other) => same(one, other) === false,
  };
}

type Outputs = {
  readonly values: readonly (readonly (FeelValue | undefined)[])[];
  readonly same: (one: number, other: number) => boolean | undefined;
};

function winsOf(table: DecisionTable, { values, same }: Outputs): Policy['wins'] {
  switch (table.hitPolicy) {
    case 'FIRST':
      return (other, rule) => other < rule;
    case 'ANY':
      // Rules that say the same as earlier ones add nothing; what differs is told as a contradiction.
      return (other, rule) => other < rule && same(other, rule) === true;
    case 'PRIORITY':
      return byRank(ranksOf(table, values));
    case 'COLLECT': {
      const sign = table.aggregation === 'MAX' ? 1 : table.aggregation === 'MIN' ? -1 : 0;
      return sign === 0 ? undefined : (other, rule) => isBeyond(values[other]?.[0], values[rule]?.[0], sign, other < rule);
    }
    default:
      return undefined;
  }
}

/** For each rule the place of each output in its list of values, as the policy ranks them. */
function ranksOf(table: DecisionTable, values: Outputs['values']): readonly (readonly (number | undefined)[])[] {
  const lists = table.outputs.map((output) => (output.values === undefined ? null : (constantOf(`[${output.values}]`) ?? null)));
  return values.map((row) => row.map((value, at) => rankOf(value, lists[at] ?? null)));
}

function rankOf(output: FeelValue | undefined, values: FeelValue): number | undefined {
  if (!isList(values)) return 0;
  if (output === undefined) return undefined;
  const at = values.findIndex((value) => equals(value, output) === true);
  return at < 0 ? values.length : at;
}

/** The first output that ranks them apart; equals go by their order in the table. */
function byRank(ranks: readonly (readonly (number | undefined)[])[]): Policy['wins'] {
  return (other, rule) => {
    for (const [at, a] of (ranks[other] ?? []).entries()) {
      const b = ranks[rule]?.[at];
      if (a === undefined || b === undefined) return false;
      if (a !== b) return a < b;
    }
    return other < rule;
  };
}

function isBeyond(a: FeelValue | undefined, b: FeelValue | undefined, sign: number, isEarlier: boolean): boolean {
  if (!(a instanceof Decimal) || !(b instanceof Decimal)) return false;
  const order = (compare(a, b) ?? 0) * sign;
  return order > 0 || (order === 0 && isEarlier);
}
