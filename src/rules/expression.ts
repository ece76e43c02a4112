// FEEL: an expression or the unary tests of a cell, compiled once to a closure over the parse tree. Evaluating never throws.
import type { Finding } from '#base/finding.ts';
import type { SyntaxNode } from '@lezer/common';
import type { Compiled, FeelContext, FeelValue } from './types.ts';
import { filter, path } from './access.ts';
import type { Compiler, Scope } from './compiler.ts';
import { constant } from './constant.ts';
import { children, normalName, notAnOperator, parse, type Shape, type Top } from './grammar.ts';
import { definition, invocation, variable } from './invocation.ts';
import { forExpression, quantified } from './iteration.ts';
import { byPrecedence, chainOf, type Operand } from './logic.ts';
import { atLiteral, contextLiteral, listLiteral, numberLiteral, stringLiteral } from './literals.ts';
import { arithmetic, betweenTest, comparison, conditional, conjunction, disjunction } from './operators.ts';
import { report, type Env, type Eval, type Run } from './run.ts';
import { shapeOf } from './shape.ts';
import { instanceTest } from './type-expressions.ts';
import type { FeelType } from './typing.ts';
import { inTest, rangeLiteral, unaryTests } from './unary-tests.ts';

export type ExpressionOptions = {
  /** Names the context will have: needed for those with spaces or name symbols. Dotted for names inside: `property.land-area`. */
  readonly names?: readonly string[];
  /** The same with the names inside them, for paths and filters. */
  readonly shape?: Shape;
  /** Types by name for `instance of` and parameters. */
  readonly typeNamed?: (name: string) => FeelType | undefined;
  /** Local frames around the expression, when it stands inside a boxed one. */
  readonly scope?: Scope | undefined;
};

export type CompiledExpression = Omit<Compiled, 'evaluate'> & {
  /** `now` is an ISO date and time with zone, for `now()` and `today()`. */
  evaluate(context: FeelContext, now?: string): { readonly value: FeelValue; readonly problems: readonly Finding[] };
  /** The bare closure, for boxed expressions that share a run. */
  readonly run: Eval;
};

export function compileExpression(source: string, options: ExpressionOptions = {}): CompiledExpression {
  return compiled(source, 'Expression', options);
}

/** Tests of one cell; the input value is the entry `?` of the context. Gives a boolean or null. */
export function compileUnaryTests(source: string, options: ExpressionOptions = {}): CompiledExpression {
  return compiled(source, 'UnaryTests', options);
}

const NULL: Eval = () => null;

function compiled(source: string, top: Top, options: ExpressionOptions): CompiledExpression {
  const shape = options.shape ?? shapeOf(options.names ?? []);
  const parsed = parse(source, top, shape);
  const findings = [...parsed.findings];
  const c: Compiler = {
    source,
    text: parsed.text,
    findings,
    names: new Set(),
    declared: new Map(Object.keys(shape).map((name) => [normalName(name), name])),
    typeNamed: options.typeNamed ?? (() => undefined),
    compile: (node, scope) => compileNode(c, node, scope),
  };
  const closure = findings.length > 0 ? NULL : topNode(c, parsed.tree.topNode, { kind: top, scope: options.scope });
  const wrong = findings.length > 0;
  const run = wrong ? NULL : closure;
  return {
    source,
    findings,
    names: [...c.names].filter((name) => name !== '?'),
    run,
    evaluate(context: FeelContext, now?: string) {
      if (wrong) return { value: null, problems: findings };
      const problems: Finding[] = [];
      return { value: guarded(run, { slots: [], up: undefined, run: { root: context, now, problems, source } }), problems };
    },
  };
}

/** Runs a closure; a function that calls itself without end becomes null with a problem. */
export function guarded(run: Eval, env: Env): FeelValue {
  try {
    return run(env);
  } catch (error) {
    if (error instanceof RangeError) return endless(env.run);
    throw error;
  }
}

function endless(run: Run): null {
  return report(run, 'feel-depth');
}

function topNode(c: Compiler, top: SyntaxNode, of: { kind: Top; scope: Scope | undefined }): Eval {
  if (of.kind === 'UnaryTests') return unaryTests(c, top, of.scope);
  const expression = children(top)[0];
  return expression ? c.compile(expression, of.scope) : () => null;
}

type Chapter = (c: Compiler, node: SyntaxNode, scope: Scope | undefined) => Eval;

const CHAPTERS: { readonly [name: string]: Chapter } = {
  NumericLiteral: numberLiteral,
  StringLiteral: stringLiteral,
  BooleanLiteral: (c, node) => (c.text.slice(node.from, node.to) === 'true' ? constant(true) : constant(false)),
  null: () => constant(null),
  AtLiteral: atLiteral,
  DateTimeLiteral: (c, node, scope) => (node.getChild('AtLiteral') ? atLiteral(c, node) : invocation(c, node, scope)),
  List: listLiteral,
  Context: contextLiteral,
  VariableName: variable,
  '?': variable,
  ParenthesizedExpression: (c, node, scope) => nth(c, node, 1, scope),
  ArithmeticExpression: arithmetic,
  Comparison: logic,
  Conjunction: logic,
  Disjunction: logic,
  IfExpression: (c, node, scope) =>
    conditional(nth(c, node, 1, scope), nth(c, node, 3, scope), nth(c, node, 5, scope), place(node)),
  ForExpression: forExpression,
  QuantifiedExpression: quantified,
  InstanceOfExpression: instanceTest,
  PathExpression: path,
  FilterExpression: filter,
  FunctionInvocation: invocation,
  FunctionDefinition: definition,
  SimplePositiveUnaryTest: rangeLiteral,
};

function compileNode(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const chapter = CHAPTERS[node.name];
  return chapter ? chapter(c, node, scope) : () => null;
}

function nth(c: Compiler, node: SyntaxNode, index: number, scope: Scope | undefined): Eval {
  const child = children(node)[index];
  return child ? c.compile(child, scope) : () => null;
}

/** A comparison, or a chain of them. */
function logic(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const chain = chainOf(node);
  const groups = byPrecedence(chain).map((group) =>
    group.map((operand) => operandOf(c, operand, scope)).reduce((left, right) => conjunction(left, right)),
  );
  return groups.reduce((left, right) => disjunction(left, right));
}

function operandOf(c: Compiler, operand: Operand, scope: Scope | undefined): Eval {
  const { node } = operand;
  if (node.name !== 'Comparison') return c.compile(node, scope);
  if (node.getChild('in')) return inTest(c, operand, scope);
  if (node.getChild('between'))
    return betweenTest(
      [0, 2, 4].map((index) => nth(c, node, index, scope)),
      place(node),
    );
  const [, sign, right] = children(node);
  if (sign && right?.getChild('CompareOp'))
    c.findings.push(notAnOperator(c.source, { from: sign.from, to: right.getChild('CompareOp')?.to ?? sign.to }));
  return comparison(nth(c, node, 0, scope), nth(c, node, 2, scope), sign ? c.text.slice(sign.from, sign.to) : '', place(node));
}

function place(node: SyntaxNode): { from: number; to: number } {
  return { from: node.from, to: node.to };
}
