// Static types of `for`, `some` and `every` (DMN 1.5 §10.3.2.16).
import type { SyntaxNode } from '@lezer/common';
import { writtenIn } from './compiler.ts';
import { children, normalName } from './grammar.ts';
import { fault, simple, typeName, type Frame, type Inference } from './infer-frame.ts';
import { elementOf, kindOfType } from './infer-operators.ts';
import { ANY, plain, type FeelType } from './typing.ts';

export function inferFor(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const outer: Frame = { names: new Map([['partial', { is: 'list', of: ANY }]]), item: undefined, up: frame };
  const inner = iterators(c, node, outer);
  const body = children(node).at(-1);
  return { is: 'list', of: body ? c.infer(body, inner) : ANY };
}

export function inferQuantified(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const inner = iterators(c, node, frame);
  const body = children(node).at(-1);
  if (body) c.infer(body, inner);
  return simple('boolean');
}

function iterators(c: Inference, node: SyntaxNode, outer: Frame | undefined): Frame | undefined {
  let inner = outer;
  for (const part of node.getChild('InExpressions')?.getChildren('InExpression') ?? []) {
    const name = part.getChild('Name');
    const source = part.getChild('IterationContext');
    if (!name || !source) continue;
    const item = itemOf(c, source, inner);
    inner = { names: new Map([[normalName(writtenIn(c.text, name)), item]]), item: undefined, up: inner };
  }
  return inner;
}

function itemOf(c: Inference, node: SyntaxNode, frame: Frame | undefined): FeelType {
  const [first, , second] = children(node);
  const start = first ? c.infer(first, frame) : ANY;
  if (!second) {
    const type = plain(start);
    return type.is === 'range' ? steps(c, node, type.of) : elementOf(start);
  }
  const end = c.infer(second, frame);
  const known = [start, end].find((type) => !['number', 'date', 'list', 'null', undefined].includes(kindOfType(type)));
  if (known) return steps(c, node, known);
  return kindOfType(start) === kindOfType(end) ? start : ANY;
}

/** Only ranges of numbers and dates have steps. */
function steps(c: Inference, node: SyntaxNode, of: FeelType): FeelType {
  const kind = kindOfType(of);
  if (kind === undefined || kind === 'null' || kind === 'list' || kind === 'number' || kind === 'date') return of;
  fault(c, node, 'feel-iteration', {
    fa: `بازهٔ ${typeName(of).fa} گام ندارد.`,
    en: `A range of ${typeName(of).en} has no steps.`,
  });
  return ANY;
}
