// Unary tests, intervals and `in`: tests of the value named `?` (DMN 1.5 §10.3.1.2 grammar 7 to 18, §10.3.2.11).
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { compare, isIn, not } from './comparison.ts';
import { enter, frame, reader, type Compiler, type Scope } from './compiler.ts';
import { children } from './grammar.ts';
import { kindOf, Range } from './kinds.ts';
import type { Operand } from './logic.ts';
import { single, TESTS } from './operators.ts';
import { report, type Eval } from './run.ts';

type TestEval = (env: Parameters<Eval>[0]) => boolean | null;

/** The tests of one cell: `-`, a list of tests, or `not(…)` of one. */
export function unaryTests(c: Compiler, top: SyntaxNode, scope: Scope | undefined): Eval {
  const parts = children(top);
  if (parts.some((part) => part.name === 'Wildcard')) return () => true;
  const tests = parts.find((part) => part.name === 'PositiveUnaryTests');
  if (!tests) return () => null;
  const test = anyOf(tests.getChildren('PositiveUnaryTest').map((part) => unaryTest(c, part, scope)));
  return parts.some((part) => part.name === 'not') ? (env) => not(test(env)) : test;
}

/** `x in test` and `x in (test, …)`. */
export function inTest(c: Compiler, operand: Operand, scope: Scope | undefined): Eval {
  const { node, test: own, endpoint } = operand;
  const parts = children(node);
  const value = parts[0] ? c.compile(parts[0], scope) : () => null;
  const inner = frame(['?'], scope);
  const tests = own
    ? [testOf(c, { expression: own, endpoint }, inner)]
    : (node.getChild('PositiveUnaryTests') ?? node).getChildren('PositiveUnaryTest').map((part) => unaryTest(c, part, inner));
  const test = anyOf(tests);
  return (env) => test(enter(env, [value(env)]));
}

function anyOf(tests: readonly TestEval[]): TestEval {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (env) => {
    let unknown = false;
    for (const test of tests) {
      const hit = test(env);
      if (hit) return true;
      if (hit === null) unknown = true;
    }
    return unknown && tests.length === 0 ? null : false;
  };
}

function unaryTest(c: Compiler, node: SyntaxNode, scope: Scope | undefined): TestEval {
  const expression = children(node)[0];
  return expression ? testOf(c, { expression, endpoint: undefined }, scope) : () => null;
}

type Tested = { readonly expression: SyntaxNode; readonly endpoint: SyntaxNode | undefined };

function testOf(c: Compiler, { expression, endpoint }: Tested, scope: Scope | undefined): TestEval {
  const input = reader(c, '?', scope, { at: expression, fallback: null });
  const operator = expression.name === 'SimplePositiveUnaryTest' ? expression.getChild('CompareOp') : null;
  const compared = operator && TESTS[c.text.slice(operator.from, operator.to)];
  if (compared) {
    const end = endpoint ?? children(expression)[1];
    const bound = end ? c.compile(end, scope) : () => null;
    return (env) => compared(single(input(env)), single(bound(env)));
  }
  const test = c.compile(expression, scope);
  const asks = mentionsInput(c, expression);
  return (env) => {
    const found = test(env);
    const value = input(env);
    if (typeof found === 'boolean' && (asks || (value !== null && kindOf(value) !== 'boolean'))) return found;
    if (asks && found === null) return null;
    return isIn(value, found) ?? retried(value, found);
  };
}

function retried(value: FeelValue, found: FeelValue): boolean | null {
  const inner = single(value);
  return inner === value ? null : isIn(inner, found);
}

function mentionsInput(c: Compiler, node: SyntaxNode): boolean {
  let found = false;
  node.cursor().iterate((part) => {
    if (part.from >= node.from && part.to <= node.to && (part.name === '?' || c.text.slice(part.from, part.to) === '?'))
      found = true;
  });
  return found;
}

/** `[1..10]` or `(< 10)` as a value. A start past its end is no range. */
export function rangeLiteral(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const interval = node.getChild('Interval');
  return interval ? intervalLiteral(c, interval, scope) : comparisonRange(c, node, scope);
}

function intervalLiteral(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const parts = children(node);
  const ends = parts.filter((part) => !['[', ']', '(', ')', '..'].includes(part.name)).map((part) => c.compile(part, scope));
  const [start, end] = ends;
  if (!start || !end) return () => null;
  const startIncluded = c.text[node.from] === '[';
  const endIncluded = c.text[node.to - 1] === ']';
  const at = { from: node.from, to: node.to };
  return (env) => {
    const low = single(start(env));
    const high = single(end(env));
    const order = low === null || high === null ? 0 : compare(low, high);
    if (order === null || order > 0) return report(env.run, 'feel-operands', at);
    return new Range({ start: low, end: high, startIncluded, endIncluded });
  };
}

function comparisonRange(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const [sign, endpoint] = children(node);
  if (!sign || !endpoint) return () => null;
  const operator = c.text.slice(sign.from, sign.to) as NonNullable<Range['operator']>;
  const bound = c.compile(endpoint, scope);
  const at = { from: node.from, to: node.to };
  return (env) => {
    const end = single(bound(env));
    return end === null ? report(env.run, 'feel-operands', at) : openRange(operator, end);
  };
}

export function openRange(operator: NonNullable<Range['operator']>, end: FeelValue): Range {
  const upper = operator === '<' || operator === '<=';
  const lower = operator === '>' || operator === '>=';
  const included = operator === '<=' || operator === '>=' || operator === '=';
  return new Range({
    start: upper ? null : end,
    end: lower ? null : end,
    startIncluded: included && !upper,
    endIncluded: included && !lower,
    operator,
  });
}
