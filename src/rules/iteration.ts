// `for`, `some` and `every` over lists and ranges (DMN 1.5 §10.3.2.16). `partial` is the list of results so far.
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { enter, frame, writtenName, type Compiler, type Scope } from './compiler.ts';
import { ofDouble, plus } from './decimals.ts';
import { children } from './grammar.ts';
import { isList, Range } from './kinds.ts';
import { single } from './operators.ts';
import { report, type Env, type Eval } from './run.ts';
import { dateOfEpochDay, FeelDate } from './temporal/date.ts';

export type Source = (env: Env) => readonly FeelValue[] | null;

/** Past this a range written by mistake would eat the memory of the city. */
const MOST_ITEMS = 1_000_000;

export function forExpression(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const partial = frame(['partial'], scope);
  const { sources, inner } = iterators(c, node, partial);
  const last = children(node).at(-1);
  const body = last ? c.compile(last, inner) : () => null;
  return iteration(sources, body);
}

/** Loops in nested order; frame 0 holds `partial`, each source one frame inside. */
export function iteration(sources: readonly Source[], body: Eval): Eval {
  return (env) => {
    const results: FeelValue[] = [];
    const ok = walk(sources, enter(env, [results]), (local) => {
      results.push(body(local));
      return true;
    });
    return ok ? results : null;
  };
}

/** Calls `visit` for each combination until it answers false; false where a source cannot be iterated. */
function walk(sources: readonly Source[], env: Env, visit: (env: Env) => boolean, level = 0): boolean {
  const source = sources[level];
  if (!source) return visit(env) || true;
  const items = source(env);
  if (!items) return false;
  for (const item of items) {
    const local = enter(env, [item]);
    if (level === sources.length - 1) {
      if (!visit(local)) return true;
    } else if (!walk(sources, local, visit, level + 1)) return false;
  }
  return true;
}

export function quantified(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const { sources, inner } = iterators(c, node, frame([], scope));
  const last = children(node).at(-1);
  const body = last ? c.compile(last, inner) : () => null;
  return quantifier(node.getChild('some') ? 'some' : 'every', sources, body);
}

/** Some: true wins; every: false wins; then null. */
export function quantifier(which: 'some' | 'every', sources: readonly Source[], body: Eval): Eval {
  const decisive = which === 'some';
  return (env) => {
    let result: boolean | null = !decisive;
    const ok = walk(sources, enter(env, []), (local) => {
      const value = single(body(local));
      if (value === decisive) result = decisive;
      else if (typeof value !== 'boolean') result = null;
      return value !== decisive;
    });
    return ok ? result : null;
  };
}

function iterators(c: Compiler, node: SyntaxNode, outer: Scope): { sources: Source[]; inner: Scope } {
  const sources: Source[] = [];
  let inner = outer;
  for (const part of node.getChild('InExpressions')?.getChildren('InExpression') ?? []) {
    const name = part.getChild('Name');
    const context = part.getChild('IterationContext');
    if (!name || !context) continue;
    sources.push(iterationContext(c, context, inner));
    inner = frame([writtenName(c, name)], inner);
  }
  return { sources, inner };
}

function iterationContext(c: Compiler, node: SyntaxNode, scope: Scope): Source {
  const [first, , second] = children(node);
  const at = { from: node.from, to: node.to };
  const start = first ? c.compile(first, scope) : () => null;
  if (!second) return itemsOf(start, at);
  const end = c.compile(second, scope);
  return (env) => steps(single(start(env)), single(end(env))) ?? report(env.run, 'feel-iteration', at);
}

/** Items of a list, of a range of whole steps, or the one value itself. */
export function itemsOf(source: Eval, at: { from: number; to: number }): Source {
  return (env) => {
    const value = source(env);
    if (isList(value)) return value;
    if (value === null) return report(env.run, 'feel-iteration', at);
    if (!(value instanceof Range)) return [value];
    return rangeItems(value) ?? report(env.run, 'feel-iteration', at);
  };
}

function rangeItems(range: Range): readonly FeelValue[] | null {
  const items = steps(range.start, range.end);
  if (!items) return null;
  const from = range.startIncluded ? 0 : 1;
  return items.slice(from, range.endIncluded ? undefined : -1);
}

/** Numbers or dates from start to end, up or down by one. */
function steps(start: FeelValue, end: FeelValue): FeelValue[] | null {
  if (start instanceof Decimal && end instanceof Decimal) return numbers(start, end);
  if (start instanceof FeelDate && end instanceof FeelDate) return dates(start, end);
  return null;
}

function numbers(start: Decimal, end: Decimal): FeelValue[] | null {
  const count = end.minus(start).abs().trunc().toNumber() + 1;
  if (count > MOST_ITEMS) return null;
  const step = end.lt(start) ? -1 : 1;
  return Array.from({ length: count }, (_, at) => plus(start, ofDouble(step * at)) ?? null);
}

function dates(start: FeelDate, end: FeelDate): FeelValue[] | null {
  const from = start.epochDay;
  const days = end.epochDay - from;
  if (Math.abs(days) >= MOST_ITEMS) return null;
  return Array.from({ length: Math.abs(days) + 1 }, (_, at) => dateOfEpochDay(from + (days < 0 ? -at : at)) ?? null);
}
