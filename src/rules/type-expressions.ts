// Types as FEEL writes them: `list<number>`, `context<a: string>`, `function<number> -> date`, names of item definitions.
import type { SyntaxNode } from '@lezer/common';
import { writtenIn, type Compiler, type Scope } from './compiler.ts';
import { children } from './grammar.ts';
import { report, type Eval } from './run.ts';
import { ANY, builtinType, instanceOf, type FeelType } from './typing.ts';

/** What writing types asks of its surroundings. */
type Types = Pick<Compiler, 'source' | 'text' | 'typeNamed'>;

/** The type a `Type` node writes; an unknown name is a type nothing conforms to. */
export function typeExpression(c: Types, node: SyntaxNode): FeelType {
  const inner = children(node)[0];
  if (!inner) return ANY;
  switch (inner.name) {
    case 'ListType':
      return { is: c.source.startsWith('range', inner.from) ? 'range' : 'list', of: typeOfChild(c, inner) };
    case 'ContextType':
      return { is: 'context', entries: entryTypes(c, inner) };
    case 'FunctionType':
      return functionType(c, inner);
    default:
      return named(c, writtenIn(c.text, inner));
  }
}

function typeOfChild(c: Types, node: SyntaxNode): FeelType {
  const type = node.getChild('Type');
  return type ? typeExpression(c, type) : ANY;
}

function entryTypes(c: Types, node: SyntaxNode): { name: string; type: FeelType }[] {
  const entries = node.getChild('ContextEntryTypes')?.getChildren('ContextEntryType') ?? [];
  return entries.map((entry) => ({ name: writtenIn(c.text, entry.getChild('Name') ?? entry), type: typeOfChild(c, entry) }));
}

function functionType(c: Types, node: SyntaxNode): FeelType {
  const parameters = node.getChild('ArgumentTypes')?.getChildren('ArgumentType') ?? [];
  return { is: 'function', parameters: parameters.map((parameter) => typeOfChild(c, parameter)), result: typeOfChild(c, node) };
}

function named(c: Types, name: string): FeelType {
  return c.typeNamed(name) ?? builtinType(name) ?? { is: 'unknown', name };
}

export function instanceTest(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const value = children(node)[0];
  const type = node.getChild('Type');
  if (!value || !type) return () => null;
  const wanted = typeExpression(c, type);
  const source = c.compile(value, scope);
  if (hasUnknown(wanted)) return (env) => report(env.run, 'feel-type', type);
  return (env) => instanceOf(source(env), wanted);
}

function hasUnknown(type: FeelType): boolean {
  if (type.is === 'list' || type.is === 'range') return hasUnknown(type.of);
  if (type.is === 'function') return hasUnknown(type.result) || type.parameters.some(hasUnknown);
  return type.is === 'context' ? type.entries.some((entry) => hasUnknown(entry.type)) : type.is === 'unknown';
}
