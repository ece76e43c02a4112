// Unary tests, intervals and `in`: tests of the value named `?` (DMN 1.5 §10.3.1.2 grammar 7 to 18, §10.3.2.11).
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { compare, isIn, not } from './comparison.ts';
import { enter, frame, reader, type Compiler, type Scope } from './compiler.ts';
import { constantOf, folded, withMatcher, type Matcher } from './constant.ts';
import { order } from './decimals.ts';
import { children } from './grammar.ts';
import { isList, kindOf, Range } from './kinds.ts';
import type { Operand } from './logic.ts';
import { quickTest, single, TESTS } from './operators.ts';
import { report, type Env, type Eval } from './run.ts';

/** One test: against the frame of `?`, and where it reads nothing else, as a function of that value. */
type Test = { readonly run: (env: Env) => boolean | null; readonly matcher: Matcher | undefined };

const NEVER: Test = { run: () => null, matcher: undefined };

/** The tests of one cell: `-`, a list of tests, or `not(…)` of one. */
export function unaryTests(c: Compiler, top: SyntaxNode, scope: Scope | undefined): Eval {
  const parts = children(top);
  if (parts.some((part) => part.name === 'Wildcard')) return withMatcher(() => true, { test: () => true, points: [] });
  const tests = parts.find((part) => part.name === 'PositiveUnaryTests');
  if (!tests) return () => null;
  const { run, matcher } = anyOf(tests.getChildren('PositiveUnaryTest').map((part) => unaryTest(c, part, scope)));
  if (!parts.some((part) => part.name === 'not')) return withMatcher((env) => run(env), matcher);
  return withMatcher((env) => not(run(env)), matcher && { ...matcher, test: (value) => not(matcher.test(value)) });
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
  const { run, matcher } = anyOf(tests);
  return matcher ? (env) => matcher.test(value(env)) : (env) => run(enter(env, [value(env)]));
}

function anyOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  const matchers = tests.flatMap(({ matcher }) => matcher ?? []);
  return {
    run: (env) => tests.some((test) => test.run(env) === true),
    matcher:
      matchers.length < tests.length
        ? undefined
        : {
            test: (value) => matchers.some(({ test }) => test(value) === true),
            points: matchers.flatMap(({ points }) => points),
          },
  };
}

function unaryTest(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Test {
  const expression = children(node)[0];
  return expression ? testOf(c, { expression, endpoint: undefined }, scope) : NEVER;
}

type Tested = { readonly expression: SyntaxNode; readonly endpoint: SyntaxNode | undefined };

function testOf(c: Compiler, { expression, endpoint }: Tested, scope: Scope | undefined): Test {
  const input = reader(c, '?', scope, { at: expression, fallback: null });
  const operator = expression.name === 'SimplePositiveUnaryTest' ? expression.getChild('CompareOp') : null;
  if (operator) return comparedTest(c, { sign: operator, end: endpoint ?? children(expression)[1], input }, scope);
  const test = c.compile(expression, scope);
  const asks = mentionsInput(c, expression);
  const fixed = asks ? undefined : constantOf(test);
  return {
    run: (env) => {
      const found = test(env);
      const value = input(env);
      if (asks) return typeof found === 'boolean' ? found : found === null ? null : matches(value, found);
      return matches(value, found);
    },
    matcher: fixed && matcherFor(fixed.value),
  };
}

type Compared = { readonly sign: SyntaxNode; readonly end: SyntaxNode | undefined; readonly input: Eval };

/** `< 10`. */
function comparedTest(c: Compiler, { sign, end, input }: Compared, scope: Scope | undefined): Test {
  const written = c.text.slice(sign.from, sign.to);
  const compared = TESTS[written];
  if (!compared || !end) return NEVER;
  const bound = c.compile(end, scope);
  const fixed = constantOf(bound);
  const value = fixed && single(fixed.value);
  const quick = value === undefined ? undefined : quickTest(written, value);
  return {
    run: (env) => compared(single(input(env)), single(bound(env))),
    matcher: fixed && {
      test: (given) => quick?.(given) ?? compared(single(given), value ?? null),
      points: [value ?? null],
    },
  };
}

/** What an expression that does not ask for `?` says of a value: a boolean for values that are none, else the value is in it. */
function matches(value: FeelValue, found: FeelValue): boolean | null {
  if (typeof found === 'boolean' && value !== null && kindOf(value) !== 'boolean') return found;
  return isIn(value, found) ?? retried(value, found);
}

function matcherFor(found: FeelValue): Matcher {
  const quick = found instanceof Range ? quickRange(found) : quickTest('=', found);
  return {
    test: quick ? (value) => quick(value) ?? matches(value, found) : (value) => matches(value, found),
    points: pointsOf(found),
  };
}

function quickRange({
  start,
  end,
  startIncluded,
  endIncluded,
  operator,
}: Range): ((value: FeelValue) => boolean | undefined) | undefined {
  if (operator || !(start instanceof Decimal) || !(end instanceof Decimal)) return undefined;
  return (value) => {
    if (!(value instanceof Decimal)) return undefined;
    const low = order(value, start);
    if (low < 0 || (low === 0 && !startIncluded)) return false;
    const high = order(value, end);
    return high < 0 || (high === 0 && endIncluded);
  };
}

function pointsOf(found: FeelValue): readonly FeelValue[] {
  if (found instanceof Range) return [found.start, found.end];
  return isList(found) ? found.flatMap(pointsOf) : [found];
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
  return folded(
    (env) => {
      const low = single(start(env));
      const high = single(end(env));
      const found = low === null || high === null ? 0 : compare(low, high);
      if (found === null || found > 0) return report(env.run, 'feel-operands', at);
      return new Range({ start: low, end: high, startIncluded, endIncluded });
    },
    [start, end],
  );
}

function comparisonRange(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const [sign, endpoint] = children(node);
  if (!sign || !endpoint) return () => null;
  const operator = c.text.slice(sign.from, sign.to) as NonNullable<Range['operator']>;
  const bound = c.compile(endpoint, scope);
  const at = { from: node.from, to: node.to };
  return folded(
    (env) => {
      const end = single(bound(env));
      return end === null ? report(env.run, 'feel-operands', at) : openRange(operator, end);
    },
    [bound],
  );
}

function openRange(operator: NonNullable<Range['operator']>, end: FeelValue): Range {
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
