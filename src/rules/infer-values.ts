// Static types of literals that hold others: lists, contexts, ranges; and at-literals, which must be read.
import type { SyntaxNode } from '@lezer/common';
import { writtenIn } from './compiler.ts';
import { children, normalName } from './grammar.ts';
import { fault, simple, typeName, type Frame, type Inference } from './infer-frame.ts';
import { comparable, join } from './infer-operators.ts';
import { kindOf } from './kinds.ts';
import { temporal, unquoted } from './literals.ts';
import { ANY, type FeelType } from './typing.ts';

export function inferAt(c: Inference, node: SyntaxNode): FeelType {
  const value = temporal(unquoted(c.source.slice(c.source.indexOf('"', node.from), node.to)));
  if (value === undefined) {
    fault(c, node, 'feel-argument', {
      fa: 'این نوشته تاریخ، زمان یا مدت نیست.',
      en: 'The text is no date, time or duration.',
    });
    return ANY;
  }
  return simple(kindOf(value));
}

export function inferList(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const items = children(node)
    .filter(({ name }) => name !== '[' && name !== ']' && name !== ',')
    .map((child) => c.infer(child, frame));
  const [first, ...rest] = items;
  return { is: 'list', of: first ? rest.reduce(join, first) : ANY };
}

/** A literal context is closed: it has the entries written and no other. */
export function inferContext(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const names = new Map<string, FeelType>();
  const inner: Frame = { names, item: undefined, up: frame };
  const entries: { name: string; type: FeelType }[] = [];
  for (const child of node.getChildren('ContextEntry')) {
    const key = child.getChild('Key')?.firstChild;
    const value = children(child).at(-1);
    if (!key || !value) continue;
    const name = key.name === 'StringLiteral' ? unquoted(c.source.slice(key.from, key.to)) : writtenIn(c.text, key);
    const own = normalName(name);
    if (value.name === 'FunctionDefinition') names.set(own, ANY);
    const type = c.infer(value, inner);
    names.set(own, type);
    entries.push({ name, type });
  }
  return { is: 'context', entries, closed: true };
}

export function inferRange(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const ends = children(node.getChild('Interval') ?? node)
    .filter((part) => !['[', ']', '(', ')', '..', 'CompareOp'].includes(part.name))
    .map((part) => c.infer(part, frame));
  const [start = ANY, end] = ends;
  if (end && !comparable('<', start, end)) {
    fault(c, node, 'feel-operands', {
      fa: `بازه از ${typeName(start).fa} تا ${typeName(end).fa} معنا ندارد.`,
      en: `There is no range from ${typeName(start).en} to ${typeName(end).en}.`,
    });
  }
  return { is: 'range', of: end ? join(start, end) : start };
}
