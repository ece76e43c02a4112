// All built-in functions by name (DMN 1.5 §10.3.4), and each as a function value.
import { Func } from '#rules/kinds.ts';
import { report, type Run } from '#rules/run.ts';
import type { FeelValue } from '#rules/types.ts';
import { CONTEXT } from './context.ts';
import { CONVERSION } from './conversion.ts';
import { LIST } from './list.ts';
import { NUMERIC } from './numeric.ts';
import { RANGE } from './range.ts';
import { bindNamed, callBuiltin, callNamed, type Builtin } from './signature.ts';
import { STATISTICS } from './statistics.ts';
import { STRING } from './string.ts';
import { TEMPORAL } from './temporal.ts';

export type { Builtin } from './signature.ts';

const ALL = new Map<string, Builtin>(
  [CONVERSION, STRING, LIST, STATISTICS, NUMERIC, TEMPORAL, RANGE, CONTEXT].flatMap((group) =>
    group.map((one) => [one.name, one] as const),
  ),
);

export const BUILTIN_NAMES: readonly string[] = [...ALL.keys()];

export function builtin(name: string): Builtin | undefined {
  return ALL.get(name);
}

const values = new Map<string, Func>();

export function builtinValue(name: string): Func | undefined {
  const known = ALL.get(name);
  if (!known) return undefined;
  const made = values.get(name) ?? asValue(known);
  values.set(name, made);
  return made;
}

function asValue(known: Builtin): Func {
  const parameters = known.forms[0]?.parameters.map(({ name }) => name) ?? [];
  const call = (args: readonly FeelValue[], run: Run): FeelValue => {
    const result = callBuiltin(known, args, run);
    return result === undefined ? report(run, 'feel-argument', undefined, known.name) : result;
  };
  return new Func(parameters, call, {
    least: known.forms[0]?.parameters.filter(({ optional, variadic }) => !optional && !variadic).length ?? 0,
    callNamed: (names, args, run) => callNamed(bindNamed(known, names), args, run),
  });
}
