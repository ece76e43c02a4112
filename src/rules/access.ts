// Paths and filters (DMN 1.5 §10.3.2.5, §10.3.2.11).
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { enter, itemFrame, namedEntry, writtenName, type Compiler, type Scope } from './compiler.ts';
import { numberOf } from './decimals.ts';
import { children } from './grammar.ts';
import { isContext, isList, Special } from './kinds.ts';
import { single } from './operators.ts';
import { report, type Eval, type Place } from './run.ts';
import { property } from './temporal/properties.ts';

/** `e.name`: an entry of a context, of each context of a list, or a property of a temporal value or range. */
export function path(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const parts = children(node);
  const source = parts[0] ? c.compile(parts[0], scope) : () => null;
  const last = parts.at(-1);
  const name = last ? writtenName(c, last) : '';
  const at = { from: last?.from ?? node.from, to: node.to };
  return (env) => {
    const value = source(env);
    if (value === null) return null;
    if (isList(value)) return value.map((item) => step(item, name) ?? null);
    const found = step(value, name);
    return found === undefined ? report(env.run, 'feel-property', at, name) : found;
  };
}

function step(value: FeelValue, name: string): FeelValue | undefined {
  if (isContext(value)) return namedEntry(value, name);
  return value instanceof Special ? property(value, name) : undefined;
}

/** `list[3]`, `list[-1]`, `list[price > 10]`. */
export function filter(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const parts = children(node);
  const [list, , condition] = parts;
  if (!list || !condition) return () => null;
  const source = c.compile(list, scope);
  const test = c.compile(condition, itemFrame(scope));
  return filtered(source, test, { from: condition.from, to: condition.to });
}

/** `test` runs one frame inside: slot 0 is the item. */
export function filtered(source: Eval, test: Eval, at: Place): Eval {
  return (env) => {
    const value = source(env);
    if (value === null) return null;
    const items = isList(value) ? value : [value];
    // An empty list is tried for a position alone: there is no item a problem could be about.
    const trial = items.length > 0 ? env : { ...env, run: { ...env.run, problems: [] } };
    const first = single(test(enter(trial, [items[0] ?? null])));
    if (first instanceof Decimal) return indexed(items, first);
    const kept: FeelValue[] = [];
    for (const [index, item] of items.entries()) {
      const hit = index === 0 ? first : single(test(enter(env, [item])));
      if (hit === true) kept.push(item);
      else if (hit !== false && hit !== null) return report(env.run, 'feel-condition', at);
    }
    return kept;
  };
}

/** Positions start at 1, from the end at -1; null where there is none. */
function indexed(items: readonly FeelValue[], position: Decimal): FeelValue {
  if (!position.isInteger() || position.isZero()) return null;
  const at = numberOf(position);
  return items.at(at < 0 ? at : at - 1) ?? null;
}
