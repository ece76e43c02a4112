// Static types of function invocations and definitions: results of built-in functions, and arguments that no form of a function takes.
import type { SyntaxNode } from '@lezer/common';
import { builtin, type Builtin } from './builtins/registry.ts';
import { RESULTS, SAME_LIST } from './builtins/results.ts';
import { bindNamed } from './builtins/signature.ts';
import { writtenIn } from './compiler.ts';
import { children, normalName } from './grammar.ts';
import { fault, simple, typeName, type Frame, type Inference } from './infer-frame.ts';
import { literalCall, wrongPattern } from './infer-literals.ts';
import { elementOf, join, kindOfType, mayBe } from './infer-operators.ts';
import { kindOf, type Kind } from './kinds.ts';
import { typeExpression } from './type-expressions.ts';
import { ANY, plain, type FeelType } from './typing.ts';

type Argument = { readonly name: string | undefined; readonly node: SyntaxNode; readonly type: FeelType };

export function inferCall(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const callee = children(node)[0];
  if (!callee) return ANY;
  const args = argumentsOf(c, node, frame);
  const name = normalName(writtenIn(c.text, callee));
  const named = ['VariableName', 'SpecialFunctionName', 'DateTimeConstructor'].includes(callee.name);
  const known = named && !c.declared.has(name) && !isLocal(name, frame) ? builtin(name) : undefined;
  if (known) return callBuiltin(c, node, { known, args });
  const target = plain(c.infer(callee, frame));
  if (target.is === 'function') return callTyped(c, node, { target, args });
  const kind = kindOfType(target);
  if (kind !== undefined && kind !== 'null' && kind !== 'list') {
    fault(c, callee, 'feel-not-a-function', {
      fa: `${typeName(target).fa} تابع نیست.`,
      en: `What is called is ${typeName(target).en}, not a function.`,
    });
  }
  return ANY;
}

function isLocal(name: string, frame: Frame | undefined): boolean {
  for (let at = frame; at; at = at.up) if (at.names.has(name) || at.item) return at.names.has(name);
  return false;
}

function argumentsOf(c: Inference, node: SyntaxNode, frame: Frame | undefined): Argument[] {
  const pairs = node.getChild('NamedParameters')?.getChildren('NamedParameter');
  if (pairs) {
    return pairs.flatMap((pair) => {
      const value = children(pair).at(-1);
      const name = normalName(writtenIn(c.text, pair.getChild('ParameterName') ?? pair));
      return value ? [{ name, node: value, type: c.infer(value, frame) }] : [];
    });
  }
  const list = node.getChild('PositionalParameters');
  return (list ? children(list) : [])
    .filter((child) => child.name !== ',')
    .map((child) => ({ name: undefined, node: child, type: c.infer(child, frame) }));
}

function callTyped(c: Inference, node: SyntaxNode, of: { target: FeelType & { is: 'function' }; args: Argument[] }): FeelType {
  const { target, args } = of;
  if (args.length !== target.parameters.length) refuse(c, node);
  for (const [at, { name, type, node: place }] of args.entries()) {
    const wanted = target.parameters[at];
    if (name === undefined && wanted && !mayBe(type, wanted)) refuse(c, place);
  }
  return target.result;
}

function refuse(c: Inference, node: SyntaxNode): void {
  fault(c, node, 'feel-argument', {
    fa: 'تابع این آرگومان‌ها را نمی‌پذیرد.',
    en: 'The function does not take these arguments.',
  });
}

function callBuiltin(c: Inference, node: SyntaxNode, of: { known: Builtin; args: Argument[] }): FeelType {
  const { known, args } = of;
  const names = args.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const forms =
    names.length > 0
      ? bindNamed(known, names).map(({ form, order }) => ({ form, args: order.map((at) => args[at]?.type) }))
      : known.forms.map((form) => ({ form, args: args.map(({ type }) => type) }));
  if (!forms.some(({ form, args: types }) => takes(form, types))) {
    refuse(c, node);
    return resultOf(known.name, []);
  }
  return literal(c, node, of) ?? resultOf(known.name, args);
}

function takes(form: Builtin['forms'][number], args: readonly (FeelType | undefined)[]): boolean {
  const last = form.parameters.at(-1);
  if (args.length > form.parameters.length && !last?.variadic) return false;
  for (let at = 0; at < Math.max(args.length, form.parameters.length); at += 1) {
    const parameter = form.parameters[at] ?? last;
    const type = args[at];
    if (!parameter) return false;
    if (type === undefined) {
      if (!parameter.optional && !parameter.variadic) return false;
    } else if (!fits(kindOfType(type), parameter.kinds)) return false;
  }
  return true;
}

function fits(kind: Kind | undefined, kinds: ReadonlySet<Kind> | undefined): boolean {
  if (!kinds || kind === undefined || kind === 'null' || kind === 'list') return true;
  return kinds.has(kind) || kinds.has('list') || (kind === 'date' && kinds.has('date and time'));
}

/** The type of a call of literals, found by calling; and what is wrong in literals at once. */
function literal(c: Inference, node: SyntaxNode, of: { known: Builtin; args: Argument[] }): FeelType | undefined {
  if (of.args.some(({ name }) => name !== undefined)) return undefined;
  const call = { known: of.known, args: of.args.map((arg) => arg.node) };
  const pattern = wrongPattern(c, call);
  if (pattern) {
    fault(c, pattern, 'feel-argument', {
      fa: 'این متن یک عبارت باقاعدهٔ درست نیست.',
      en: 'The text is no regular expression of XPath.',
    });
    return undefined;
  }
  const found = literalCall(c, call);
  if (!found) return undefined;
  if (found.value === undefined) refuse(c, call.args.length === 1 ? (call.args[0] ?? node) : node);
  const kind = found.value === undefined ? 'null' : kindOf(found.value);
  return ['null', 'list', 'context', 'range', 'function'].includes(kind) ? undefined : simple(kind);
}

function resultOf(name: string, args: readonly Argument[]): FeelType {
  const known = RESULTS.get(name);
  if (known) return known;
  const [first = ANY, ...rest] = args.map(({ type }) => type);
  if (SAME_LIST.has(name)) return { is: 'list', of: args.some((arg) => arg.name !== undefined) ? ANY : elementOf(first) };
  if (name === 'abs') return kindOfType(first) === 'list' ? ANY : first;
  if (name === 'min' || name === 'max') return args.length === 1 ? elementOf(first) : rest.reduce(join, first);
  if (['append', 'concatenate', 'union', 'flatten', 'insert before', 'list replace', 'get entries'].includes(name))
    return { is: 'list', of: ANY };
  return ['context', 'context put', 'context merge'].includes(name) ? { is: 'context', entries: [] } : ANY;
}

/** `function(a: number) a + 1`: what its body gives. */
export function inferFunction(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const names = new Map<string, FeelType>();
  for (const one of node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? []) {
    const type = one.getChild('Type');
    const known = type ? typeExpression(c, type) : ANY;
    names.set(normalName(writtenIn(c.text, one.getChild('ParameterName') ?? one)), known.is === 'unknown' ? ANY : known);
  }
  const parameters = [...names.values()];
  const body = node.getChild('FunctionBody')?.firstChild;
  const external = node.getChild('external') !== null;
  const result = body && !external ? c.infer(body, { names, item: undefined, up: frame }) : ANY;
  return { is: 'function', parameters, result };
}
