// The static type of a FEEL expression, where it is certain, and the type errors that are certain: what a check tells before any case
// runs. What is not certain is Any and raises no finding. Evaluates nothing but calls of literals.
import type { Finding } from '#base/finding.ts';
import type { SyntaxNode } from '@lezer/common';
import { inferCall, inferFunction } from './infer-calls.ts';
import { fault, simple, typeName, type Frame, type Inference } from './infer-frame.ts';
import { inferFor, inferQuantified } from './infer-loops.ts';
import { arithmeticType, comparable, elementOf, join, kindOfType, propertyType, UNKNOWN_PROPERTY } from './infer-operators.ts';
import { inferAt, inferContext, inferList, inferRange } from './infer-values.ts';
import { writtenIn } from './compiler.ts';
import { children, normalName, parse, type Shape } from './grammar.ts';
import { chainOf } from './logic.ts';
import { shapeOf, shapeOfType } from './shape.ts';
import { typeExpression } from './type-expressions.ts';
import { ANY, type FeelType } from './typing.ts';

export type InferOptions = {
  /** Further names, without a type; dotted for names inside. */
  readonly names?: readonly string[];
  /** Types by name, for parameters of functions and `instance of`. */
  readonly typeNamed?: (name: string) => FeelType | undefined;
};

/**
 * `known` has the types of names in the context of the expression.
 * Any as a type means unknown. Findings are certain: for no values of the known types does the place mean anything.
 */
export function inferType(
  source: string,
  known: ReadonlyMap<string, FeelType>,
  options: InferOptions = {},
): { readonly type: FeelType; readonly findings: readonly Finding[] } {
  const shape = shapeOf([...(options.names ?? []), ...namesOf(known)]);
  const parsed = parse(source, 'Expression', shape);
  if (parsed.findings.length > 0) return { type: ANY, findings: parsed.findings };
  const findings: Finding[] = [];
  const inference: Inference = {
    source,
    text: parsed.text,
    findings,
    root: new Map([...known].map(([name, type]) => [normalName(name), type])),
    declared: new Set(Object.keys(shape).map(normalName)),
    typesKnown: options.typeNamed !== undefined,
    typeNamed: options.typeNamed ?? (() => undefined),
    infer: (node, frame) => infer(inference, node, frame),
  };
  const top = children(parsed.tree.topNode)[0];
  return { type: top ? infer(inference, top, undefined) : ANY, findings };
}

/** Names and the names inside them, dotted. */
function namesOf(known: ReadonlyMap<string, FeelType>): string[] {
  const names: string[] = [];
  const visit = (name: string, inner: Shape | true): void => {
    names.push(name);
    if (inner !== true) for (const [own, more] of Object.entries(inner)) visit(`${name}.${own}`, more);
  };
  for (const [name, type] of known) visit(name, shapeOfType(type));
  return names;
}

type Chapter = (c: Inference, node: SyntaxNode, frame: Frame | undefined) => FeelType;

const CHAPTERS: { readonly [name: string]: Chapter } = {
  NumericLiteral: () => simple('number'),
  StringLiteral: () => simple('string'),
  BooleanLiteral: () => simple('boolean'),
  null: () => simple('null'),
  AtLiteral: inferAt,
  DateTimeLiteral: (c, node, frame) => (node.getChild('AtLiteral') ? inferAt(c, node) : inferCall(c, node, frame)),
  List: inferList,
  Context: inferContext,
  VariableName: inferName,
  '?': inferName,
  ParenthesizedExpression: (c, node, frame) => nth(c, node, 1, frame),
  ArithmeticExpression: inferArithmetic,
  Comparison: inferComparison,
  Conjunction: inferLogic,
  Disjunction: inferLogic,
  IfExpression: inferIf,
  ForExpression: inferFor,
  QuantifiedExpression: inferQuantified,
  InstanceOfExpression: inferInstance,
  PathExpression: inferPath,
  FilterExpression: inferFilter,
  FunctionInvocation: inferCall,
  FunctionDefinition: inferFunction,
  SimplePositiveUnaryTest: inferRange,
};

function infer(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  return CHAPTERS[node.name]?.(c, node, frame) ?? ANY;
}

function nth(c: Inference, node: SyntaxNode, index: number, frame: Frame | undefined): FeelType {
  const child = children(node)[index];
  return child ? infer(c, child, frame) : ANY;
}

/** The second, once the first was walked for its findings. */
function both(_: FeelType, type: FeelType): FeelType {
  return type;
}

/** Local names, then the entries of filtered items, then the root; what may be an entry of an item of unknown shape is unknown. */
function inferName(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const name = normalName(writtenIn(c.text, node));
  for (let at = frame; at; at = at.up) {
    const local = at.names.get(name);
    if (local) return local;
    if (!at.item) continue;
    const found = propertyType(at.item, name);
    if (found === UNKNOWN_PROPERTY) continue;
    return found;
  }
  return c.root.get(name) ?? ANY;
}

function inferArithmetic(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const parts = children(node);
  const [first, second, third] = parts;
  if (!first || !second) return ANY;
  const sign = first.name === 'ArithOp' ? first : second;
  const operands = parts.filter((part) => part !== sign).map((part) => infer(c, part, frame));
  const [a = ANY, b] = operands;
  const written = c.text.slice(sign.from, sign.to);
  const type = arithmeticType(written, a, third ? (b ?? ANY) : undefined);
  if (type) return type;
  const named = operands.map(typeName);
  fault(c, node, 'feel-operands', {
    fa: `«${written}» برای ${named.map(({ fa }) => fa).join(' و ')} تعریف نشده است.`,
    en: `“${written}” is not defined for ${named.map(({ en }) => en).join(' and ')}.`,
  });
  return ANY;
}

function inferComparison(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const parts = children(node);
  const boolean = simple('boolean');
  if (node.getChild('in'))
    return chainOf(node).signs.length > 0 ? inferLogic(c, node, frame) : both(nth(c, node, 0, frame), boolean);
  const operands = parts
    .filter((part) => part.name !== 'CompareOp' && part.name !== 'between' && part.name !== 'and')
    .map((part) => infer(c, part, frame));
  const operator = parts.find((part) => part.name === 'CompareOp');
  const sign = operator ? c.text.slice(operator.from, operator.to) : '<=';
  const [value = ANY, ...others] = operands;
  const wrong = others.find((other) => !comparable(sign, value, other));
  if (!wrong) return boolean;
  const [one, other] = [typeName(value), typeName(wrong)];
  fault(c, node, 'feel-operands', {
    fa: `${one.fa} با ${other.fa} سنجیدنی نیست.`,
    en: `${one.en} does not compare with ${other.en}.`,
  });
  return boolean;
}

/** A type of no name is told where the names of types are known. */
function inferInstance(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  nth(c, node, 0, frame);
  const type = node.getChild('Type');
  const wanted = type && c.typesKnown ? typeExpression(c, type) : ANY;
  if (type && wanted.is === 'unknown') {
    fault(c, type, 'feel-type', {
      fa: `نوعی با نام «${wanted.name}» نیست.`,
      en: `There is no type “${wanted.name}”.`,
    });
  }
  return simple('boolean');
}

function inferLogic(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  for (const { node: part, test } of chainOf(node).operands) {
    if (test) infer(c, children(part)[0] ?? part, frame);
    else condition(c, part, infer(c, part, frame));
  }
  return simple('boolean');
}

/** Lists of one boolean are conditions too, and null is allowed anywhere. */
function condition(c: Inference, node: SyntaxNode, type: FeelType): void {
  const kind = kindOfType(type);
  if (kind === undefined || kind === 'boolean' || kind === 'null' || kind === 'list') return;
  const named = typeName(type);
  fault(c, node, 'feel-condition', {
    fa: `شرط باید درست یا نادرست باشد، نه ${named.fa}.`,
    en: `A condition is true or false, not ${named.en}.`,
  });
}

function inferIf(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const test = children(node)[1];
  if (test) condition(c, test, infer(c, test, frame));
  return join(nth(c, node, 3, frame), nth(c, node, 5, frame));
}

function inferPath(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const parts = children(node);
  const source = nth(c, node, 0, frame);
  const last = parts.at(-1);
  if (!last) return ANY;
  const name = writtenIn(c.text, last);
  const list = source.is === 'list';
  const found = propertyType(list ? source.of : source, name);
  if (found === UNKNOWN_PROPERTY) {
    const named = typeName(list ? source.of : source);
    fault(c, last, 'feel-property', {
      fa: `${named.fa} «${name}» ندارد.`,
      en: `There is no “${name}” in ${named.en}.`,
    });
    return ANY;
  }
  return list ? { is: 'list', of: found } : found;
}

function inferFilter(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const [list, , test] = children(node);
  if (!list || !test) return ANY;
  const source = infer(c, list, frame);
  const item = elementOf(source);
  const kind = kindOfType(infer(c, test, { names: new Map([['item', item]]), item, up: frame }));
  // A number that turns out null selects nothing, so only a literal position is certain to give an item.
  if (kind === 'number') return test.name === 'NumericLiteral' ? item : ANY;
  if (kind === 'boolean') return { is: 'list', of: item };
  if (kind !== undefined && kind !== 'null' && kind !== 'list') condition(c, test, simple(kind));
  return ANY;
}
