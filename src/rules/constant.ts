// What a compiled expression is known to give whatever its data: constants are found once, when an expression is compiled.
import type { FeelValue } from './types.ts';
import type { Env, Eval } from './run.ts';

const values = new WeakMap<Eval, { readonly value: FeelValue }>();

export function constant(value: FeelValue): Eval {
  const made: Eval = () => value;
  values.set(made, { value });
  return made;
}

/** The value of a closure that is constant, or undefined. */
export function constantOf(run: Eval): { readonly value: FeelValue } | undefined {
  return values.get(run);
}

/** The closure, or its value where all its parts are constant and it finds no problem in them. */
export function folded(run: Eval, parts: readonly Eval[]): Eval {
  if (!parts.every((part) => values.has(part))) return run;
  const problems: Env['run']['problems'] = [];
  const value = run({ slots: [], up: undefined, run: { root: {}, now: undefined, problems, source: '' } });
  return problems.length === 0 ? constant(value) : run;
}

/** The tests of a cell as a function of the value alone, with the constants it compares with: what a table's index is made of. */
export type Matcher = { readonly test: (value: FeelValue) => boolean | null; readonly points: readonly FeelValue[] };

const matchers = new WeakMap<Eval, Matcher>();

export function withMatcher(run: Eval, matcher: Matcher | undefined): Eval {
  if (matcher) matchers.set(run, matcher);
  return run;
}

export function matcherOf(run: Eval): Matcher | undefined {
  return matchers.get(run);
}
