// Calls of built-in functions with literals: `date("2026-13-01")` and `matches(x, "[")` are wrong before any case runs.
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import { pattern } from './builtins/regex.ts';
import type { Builtin } from './builtins/registry.ts';
import { callBuiltin } from './builtins/signature.ts';
import type { Inference } from './infer-frame.ts';
import { temporal, unquoted } from './literals.ts';
import type { FeelValue } from './types.ts';

/** The value a literal writes, or undefined for what is none. */
function written(c: Inference, node: SyntaxNode): FeelValue | undefined {
  const text = c.source.slice(node.from, node.to);
  switch (node.name) {
    case 'StringLiteral':
      return unquoted(text);
    case 'NumericLiteral':
      return new Decimal(1).times(text.replace(/\s+/g, '').replace(/^--/, ''));
    case 'BooleanLiteral':
      return text === 'true';
    case 'DateTimeLiteral':
      return node.getChild('AtLiteral') ? temporal(unquoted(text.slice(text.indexOf('"')))) : undefined;
    default:
      return undefined;
  }
}

type Call = { readonly known: Builtin; readonly args: readonly SyntaxNode[] };

/** What a call of literals alone gives; `value` undefined where the function finds no meaning in them. Undefined for other calls. */
export function literalCall(c: Inference, { known, args }: Call): { readonly value: FeelValue | undefined } | undefined {
  const values = args.map((node) => written(c, node));
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return { value: callBuiltin(known, values, { root: {}, now: undefined, problems: [], source: c.source }) };
}

/** Where pattern and flags stand among the arguments. */
const PATTERNS: { readonly [name: string]: { readonly pattern: number; readonly flags: number } } = {
  matches: { pattern: 1, flags: 2 },
  replace: { pattern: 1, flags: 3 },
  split: { pattern: 1, flags: -1 },
};

/** The literal pattern of a call, where it is no regular expression of XPath. */
export function wrongPattern(c: Inference, { known, args }: Call): SyntaxNode | undefined {
  const at = PATTERNS[known.name];
  const source = at && args[at.pattern];
  const text = source && written(c, source);
  if (!source || typeof text !== 'string') return undefined;
  const flags = args[at.flags];
  const letters = flags ? written(c, flags) : '';
  return typeof letters === 'string' && !pattern(text, letters) ? source : undefined;
}
