// Hit policies as table analysis sees them: which rules decide instead of a rule wherever both hit.
import { Decimal } from '#base/decimal.ts';
import { compare, equals } from '#rules/comparison.ts';
import { isList } from '#rules/kinds.ts';
import type { FeelValue } from '#rules/types.ts';
import { constantOf } from './check-cell.ts';
import type { DecisionTable } from './model.ts';

/** Rules that win against `rule` wherever both hit. Under COLLECT, RULE ORDER and OUTPUT ORDER each hit counts, so there are none. */
export function maskersOf(table: DecisionTable, rule: number): readonly number[] {
  const others = [...table.rules.keys()].filter((other) => other !== rule);
  switch (table.hitPolicy) {
    case 'FIRST':
      return others.filter((other) => other < rule);
    case 'ANY':
      // Rules that say the same as earlier ones add nothing; what differs is told as a contradiction.
      return others.filter((other) => other < rule && sameOutputs(table, other, rule) === true);
    case 'PRIORITY':
      return others.filter((other) => isBefore(table, other, rule));
    case 'COLLECT':
      return table.aggregation === 'MIN' || table.aggregation === 'MAX'
        ? others.filter((other) => isBeyond(table, other, rule))
        : [];
    default:
      return [];
  }
}

/** True where two rules surely say different things. */
export function differ(table: DecisionTable, one: number, other: number): boolean {
  return sameOutputs(table, one, other) === false;
}

/** Undefined where an output is computed, unless both compute it alike. */
function sameOutputs(table: DecisionTable, one: number, other: number): boolean | undefined {
  let isSure = true;
  for (const at of table.outputs.keys()) {
    const [a, b] = [one, other].map((rule) => (table.rules[rule]?.results[at] ?? '').trim());
    if (a === b) continue;
    const [x, y] = [a, b].map((text) => constantOf(text ?? ''));
    if (x === undefined || y === undefined) isSure = false;
    else if (equals(x, y) !== true) return false;
  }
  return isSure ? true : undefined;
}

/** By the place of each output in its list of values, first output first; equals by their order in the table. */
function isBefore(table: DecisionTable, other: number, rule: number): boolean {
  for (const [at, output] of table.outputs.entries()) {
    const values = output.values === undefined ? null : (constantOf(`[${output.values}]`) ?? null);
    const [a, b] = [other, rule].map((one) => rankOf(table.rules[one]?.results[at], values));
    if (a === undefined || b === undefined) return false;
    if (a !== b) return a < b;
  }
  return other < rule;
}

function rankOf(text: string | undefined, values: FeelValue): number | undefined {
  if (!isList(values)) return 0;
  const output = constantOf((text ?? '').trim());
  if (output === undefined) return undefined;
  const at = values.findIndex((value) => equals(value, output) === true);
  return at < 0 ? values.length : at;
}

function isBeyond(table: DecisionTable, other: number, rule: number): boolean {
  const [a, b] = [other, rule].map((one) => constantOf((table.rules[one]?.results[0] ?? '').trim()));
  if (!(a instanceof Decimal) || !(b instanceof Decimal)) return false;
  const order = (compare(a, b) ?? 0) * (table.aggregation === 'MAX' ? 1 : -1);
  return order > 0 || (order === 0 && other < rule);
}
