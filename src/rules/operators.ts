// Arithmetic, comparison and three-valued logic as closures (DMN 1.5 §10.3.2.7, §10.3.2.13 to .15).
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { add, divide, multiply, negate, power, subtract, type Operator } from './arithmetic.ts';
import { compare, equals, not } from './comparison.ts';
import type { Compiler, Scope } from './compiler.ts';
import { order } from './decimals.ts';
import { constantOf, folded } from './constant.ts';
import { children, notAnOperator } from './grammar.ts';
import { isList } from './kinds.ts';
import { report, type Env, type Eval, type Place } from './run.ts';

const ARITHMETIC: { readonly [sign: string]: Operator } = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
};

export function arithmetic(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const [first, second, third] = children(node);
  if (!first || !second) return () => null;
  if (first.name === 'ArithOp') return unary(c.text.slice(first.from, first.to), c.compile(second, scope), node);
  const operator = ARITHMETIC[c.text.slice(second.from, second.to)];
  if (!operator) c.findings.push(notAnOperator(c.source, second));
  if (!operator || !third) return () => null;
  return binary(operator, c.compile(first, scope), { right: c.compile(third, scope), at: { from: node.from, to: node.to } });
}

function unary(sign: string, operand: Eval, node: SyntaxNode): Eval {
  const at = { from: node.from, to: node.to };
  return folded(
    (env) => {
      const value = operand(env);
      const result = sign === '-' ? negate(value) : value instanceof Decimal ? value : undefined;
      return result === undefined ? report(env.run, 'feel-operands', at) : result;
    },
    [operand],
  );
}

function binary(operator: Operator, left: Eval, rest: { right: Eval; at: Place }): Eval {
  const { right, at } = rest;
  return folded(
    (env) => {
      const result = operator(left(env), right(env));
      return result === undefined ? report(env.run, 'feel-operands', at) : result;
    },
    [left, right],
  );
}

/** A list of one is read as its item where a scalar is asked (§10.3.2.9.4). */
export function single(value: FeelValue): FeelValue {
  return isList(value) && value.length === 1 ? (value[0] ?? null) : value;
}

export type Test = (a: FeelValue, b: FeelValue) => boolean | null;

/** `=`, `!=`, `<` … between two values, in three values. */
export const TESTS: { readonly [sign: string]: Test } = {
  '=': equals,
  '!=': (a, b) => not(equals(a, b)),
  '<': (a, b) => ordered(compare(a, b), (order) => order < 0),
  '<=': (a, b) => ordered(compare(a, b), (order) => order <= 0),
  '>': (a, b) => ordered(compare(a, b), (order) => order > 0),
  '>=': (a, b) => ordered(compare(a, b), (order) => order >= 0),
};

function ordered(order: number | null, test: (order: number) => boolean): boolean | null {
  return order === null ? null : test(order);
}

export function comparison(left: Eval, right: Eval, sign: string, at: Place): Eval {
  const test = TESTS[sign];
  if (!test) return () => null;
  const slow = (a: FeelValue, b: FeelValue, env: Env): FeelValue => {
    const result = test(a, b) ?? (isList(a) || isList(b) ? test(single(a), single(b)) : null);
    return result === null ? report(env.run, 'feel-operands', at) : result;
  };
  const bound = constantOf(right)?.value;
  const quick = bound === undefined ? undefined : quickTest(sign, bound);
  if (quick) {
    return (env) => {
      const a = left(env);
      return quick(a) ?? slow(a, bound ?? null, env);
    };
  }
  return (env) => slow(left(env), right(env), env);
}

/** A comparison with a constant number or text, undefined for values of other kinds. */
export function quickTest(sign: string, bound: FeelValue): ((value: FeelValue) => boolean | undefined) | undefined {
  if (typeof bound === 'string') {
    if (sign === '=') return (value) => (typeof value === 'string' ? value === bound : undefined);
    return sign === '!=' ? (value) => (typeof value === 'string' ? value !== bound : undefined) : undefined;
  }
  if (!(bound instanceof Decimal)) return undefined;
  switch (sign) {
    case '=':
      return (value) => (value instanceof Decimal ? order(value, bound) === 0 : undefined);
    case '!=':
      return (value) => (value instanceof Decimal ? order(value, bound) !== 0 : undefined);
    case '<':
      return (value) => (value instanceof Decimal ? order(value, bound) < 0 : undefined);
    case '<=':
      return (value) => (value instanceof Decimal ? order(value, bound) <= 0 : undefined);
    case '>':
      return (value) => (value instanceof Decimal ? order(value, bound) > 0 : undefined);
    default:
      return (value) => (value instanceof Decimal ? order(value, bound) >= 0 : undefined);
  }
}

/** `x between a and b` is `x >= a and x <= b`, null where one of the three is. */
export function betweenTest(operands: readonly Eval[], at: Place): Eval {
  const [value, low, high] = operands;
  const [above, below] = [TESTS['>='], TESTS['<=']];
  if (!value || !low || !high || !above || !below) return () => null;
  return (env) => {
    const x = single(value(env));
    const [a, b] = [low(env), high(env)];
    if (x instanceof Decimal && a instanceof Decimal && b instanceof Decimal) return order(x, a) >= 0 && order(x, b) <= 0;
    const lower = above(x, single(a));
    const upper = below(x, single(b));
    if (lower === null || upper === null) return report(env.run, 'feel-operands', at);
    return lower && upper;
  };
}

/** Conjunction: false wins, then null (Table 48). What is no boolean counts as null. */
export function conjunction(left: Eval, right: Eval): Eval {
  return (env) => {
    const a = single(left(env));
    if (a === false) return false;
    const b = single(right(env));
    if (b === false) return false;
    return a === true && b === true ? true : null;
  };
}

export function disjunction(left: Eval, right: Eval): Eval {
  return (env) => {
    const a = single(left(env));
    if (a === true) return true;
    const b = single(right(env));
    if (b === true) return true;
    return a === false && b === false ? false : null;
  };
}

export function conditional(test: Eval, then: Eval, otherwise: Eval, at: Place): Eval {
  return (env) => {
    const value = single(test(env));
    if (value === true) return then(env);
    if (value !== false && value !== null) return report(env.run, 'feel-condition', at);
    return otherwise(env);
  };
}
