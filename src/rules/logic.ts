// Conjunction, disjunction and `in` by the precedence of the standard: `x in [1..5] and y` is `(x in [1..5]) and y`.
// The parser reads all that follows `in` as its test, so chains are flattened here and built anew (DMN 1.5 grammar 1, 49, 50).
import type { SyntaxNode } from '@lezer/common';
import { children } from './grammar.ts';

/** A part of a chain. `test` is the part of an `in` that is its test, `endpoint` the part of a `< …` test that is its endpoint. */
export type Operand = { readonly node: SyntaxNode; readonly test?: SyntaxNode; readonly endpoint?: SyntaxNode };
export type Chain = { readonly operands: readonly Operand[]; readonly signs: readonly ('and' | 'or')[] };

export function chainOf(node: SyntaxNode): Chain {
  if (node.name === 'Conjunction' || node.name === 'Disjunction') {
    const [left, , right] = children(node);
    if (left && right) return joined(chainOf(left), node.name === 'Conjunction' ? 'and' : 'or', chainOf(right));
  }
  const test = openTest(node);
  if (!test) return { operands: [{ node }], signs: [] };
  const endpoint = test.name === 'SimplePositiveUnaryTest' && test.getChild('CompareOp') ? children(test)[1] : undefined;
  const { operands, signs } = chainOf(endpoint ?? test);
  const [first, ...rest] = operands;
  if (!first || rest.length === 0) return { operands: [{ node }], signs: [] };
  const own = endpoint ? { node, test, endpoint: first.node } : { node, test: first.node };
  return { operands: [own, ...rest], signs };
}

function joined(left: Chain, sign: 'and' | 'or', right: Chain): Chain {
  return { operands: [...left.operands, ...right.operands], signs: [...left.signs, sign, ...right.signs] };
}

/** The test of `x in test` where it is not in parentheses of its own. */
function openTest(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name !== 'Comparison' || !node.getChild('in')) return undefined;
  const test = node.getChild('PositiveUnaryTest');
  return test ? children(test)[0] : undefined;
}

/** Parts of a chain between `or`s, each the parts between `and`s. */
export function byPrecedence({ operands, signs }: Chain): Operand[][] {
  const groups: Operand[][] = [];
  for (const [at, operand] of operands.entries()) {
    const last = groups.at(-1);
    if (last && signs[at - 1] === 'and') last.push(operand);
    else groups.push([operand]);
  }
  return groups;
}
