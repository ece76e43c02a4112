// Function invocation, positional and by name, and function definitions with their closures (DMN 1.5 §10.3.2.12, .17).
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { builtin, builtinValue, type Builtin } from './builtins/registry.ts';
import { bindNamed, callBuiltin, callNamed } from './builtins/signature.ts';
import { folded } from './constant.ts';
import { enter, frame, isLocal, reader, writtenName, type Compiler, type Scope } from './compiler.ts';
import { children, normalName } from './grammar.ts';
import { Func, isList } from './kinds.ts';
import { report, type Env, type Eval, type Place } from './run.ts';
import { typeExpression } from './type-expressions.ts';
import { ANY, coerced, type FeelType } from './typing.ts';

export type Arguments = { readonly names: readonly string[] | undefined; readonly values: readonly Eval[] };

/** A name alone: a value in scope, else a built-in function as a value. */
export function variable(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const name = writtenName(c, node);
  const fallback = builtinValue(normalName(name));
  const read = reader(c, name, scope, { at: { from: node.from, to: node.to }, ...(fallback && { fallback }) });
  return name === 'partial' && isLocal(name, scope) && !readInPlace(c, node, scope) ? snapshot(read) : read;
}

/** Functions that look at a list and keep nothing of it. */
const LOOKING = new Set(['count', 'sum', 'mean', 'min', 'max', 'all', 'any', 'list contains', 'index of']);

/** `partial` grows while its loop runs: filters and functions that only look may read it in place, all else gets it as it is now. */
function readInPlace(c: Compiler, node: SyntaxNode, scope: Scope | undefined): boolean {
  const { parent } = node;
  if (parent?.name === 'FilterExpression') return parent.from === node.from;
  const call = parent?.name === 'PositionalParameters' ? parent.parent : null;
  const callee = call?.firstChild;
  if (callee?.name !== 'VariableName') return false;
  const name = writtenName(c, callee);
  return LOOKING.has(name) && !c.declared.has(name) && !isLocal(name, scope);
}

function snapshot(read: Eval): Eval {
  return (env) => {
    const value = read(env);
    return isList(value) ? [...value] : value;
  };
}

export function invocation(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const callee = children(node)[0];
  if (!callee) return () => null;
  const args = argumentsOf(c, node, scope);
  const at = { from: node.from, to: node.to };
  const name = normalName(writtenName(c, callee));
  const known =
    ['VariableName', 'SpecialFunctionName', 'DateTimeConstructor'].includes(callee.name) && !isLocal(name, scope)
      ? builtin(name)
      : undefined;
  if (known) return declaredOver(c, name, { known, args, at });
  const target = c.compile(callee, scope);
  return (env) => invoke(target(env), args, env, at);
}

/** A built-in, unless the root context has a function of that name. */
function declaredOver(c: Compiler, name: string, call: { known: Builtin; args: Arguments; at: Place }): Eval {
  const direct = builtinCall(call.known, call.args, call.at);
  const declared = c.declared.get(name);
  if (declared === undefined) return direct;
  const own = reader(c, declared, undefined, { at: call.at, fallback: null });
  return (env) => {
    const value = own(env);
    return value instanceof Func ? invoke(value, call.args, env, call.at) : direct(env);
  };
}

function builtinCall(known: Builtin, args: Arguments, at: Place): Eval {
  const { names, values } = args;
  if (!names) {
    const run: Eval = (env) => {
      const found: FeelValue[] = [];
      for (const value of values) found.push(value(env));
      const result = callBuiltin(known, found, env.run);
      return result === undefined ? report(env.run, 'feel-argument', at, known.name) : result;
    };
    return values.length > 0 ? folded(run, values) : run; // without arguments it may be the time
  }
  const bound = bindNamed(known, names);
  return (env) => {
    const found = values.map((value) => value(env));
    const result = callNamed(bound, found, env.run);
    return result === undefined ? report(env.run, 'feel-argument', at, known.name) : result;
  };
}

function argumentsOf(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Arguments {
  const named = node.getChild('NamedParameters');
  if (named) {
    const pairs = named.getChildren('NamedParameter');
    return {
      names: pairs.map((pair) => normalName(writtenName(c, pair.getChild('ParameterName') ?? pair))),
      values: pairs.map((pair) => compileLast(c, pair, scope)),
    };
  }
  const list = node.getChild('PositionalParameters');
  return {
    names: undefined,
    values: list
      ? children(list)
          .filter((child) => child.name !== ',')
          .map((child) => c.compile(child, scope))
      : [],
  };
}

function compileLast(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const last = children(node).at(-1);
  return last ? c.compile(last, scope) : () => null;
}

/** Invokes a function value; null with a problem where it is none, or the arguments do not fit. */
export function invoke(target: FeelValue, args: Arguments, env: Env, at: Place): FeelValue {
  if (!(target instanceof Func)) return report(env.run, 'feel-not-a-function', at);
  const values = args.values.map((value) => value(env));
  if (args.names && target.callNamed) {
    const result = target.callNamed(args.names, values, env.run);
    return result === undefined ? report(env.run, 'feel-argument', at) : result;
  }
  const ordered = args.names ? byName(target, args.names, values) : values;
  if (!ordered) return report(env.run, 'feel-argument', at);
  return target.call(ordered, env.run);
}

function byName(target: Func, names: readonly string[], values: readonly FeelValue[]): FeelValue[] | undefined {
  const parameters = target.parameters.map(normalName);
  if (names.some((name) => !parameters.includes(name))) return undefined;
  if (parameters.some((name) => !names.includes(name))) return undefined;
  return parameters.map((name) => values[names.indexOf(name)] ?? null);
}

export type Parameter = { readonly name: string; readonly type: FeelType };

/** `function(a: number, b) a + b`, a closure over where it stands. */
export function definition(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const parameters = (node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? []).map((parameter): Parameter => {
    const name = parameter.getChild('ParameterName');
    const type = parameter.getChild('Type');
    return { name: name ? writtenName(c, name) : '', type: type ? typeExpression(c, type) : ANY };
  });
  const body = node.getChild('FunctionBody')?.firstChild;
  const external = node.getChild('external') !== null;
  const run =
    body && !external
      ? c.compile(
          body,
          frame(
            parameters.map(({ name }) => name),
            scope,
          ),
        )
      : undefined;
  const at = { from: node.from, to: node.to };
  return (env) => closure({ parameters, result: ANY, at }, run, env);
}

/** A function value whose body runs in a frame of its arguments, one inside `env`. Without a body it is external. */
export function closure(
  of: { parameters: readonly Parameter[]; result: FeelType; at: Place },
  body: Eval | undefined,
  env: Env,
): Func {
  const { parameters, result, at } = of;
  const signature: FeelType = { is: 'function', parameters: parameters.map(({ type }) => type), result };
  return new Func(
    parameters.map(({ name }) => name),
    (args, run) => {
      if (!body) return report(run, 'feel-external', at);
      if (args.length !== parameters.length) return report(run, 'feel-argument', at);
      const slots: FeelValue[] = [];
      for (const [index, { type }] of parameters.entries()) {
        const value = coerced(args[index] ?? null, type);
        if (value === undefined) return report(run, 'feel-type', at);
        slots.push(value);
      }
      const value = coerced(body(enter(env, slots)), result);
      return value === undefined ? report(run, 'feel-type', at) : value;
    },
    { signature },
  );
}
