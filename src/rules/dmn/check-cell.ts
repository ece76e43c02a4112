// A cell of a decision table as the set of values it takes: what table analysis works on.
// A cell whose set cannot be told from its text is opaque, and never guessed at.
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import { compileExpression, compileUnaryTests } from '#rules/expression.ts';
import { children, parse } from '#rules/grammar.ts';
import { isList, Range } from '#rules/kinds.ts';
import { unquoted } from '#rules/literals.ts';
import { parseDate } from '#rules/temporal/date.ts';
import type { FeelValue } from '#rules/types.ts';

export type End = { readonly value: FeelValue; readonly included: boolean };
/** From one end to another; where one is absent, to the end of the line. */
export type Span = { readonly from?: End; readonly to?: End };
export type Cell =
  | { readonly is: 'any' }
  /** Literals, comparisons and intervals: nothing but these is taken. */
  | { readonly is: 'spans'; readonly spans: readonly Span[]; readonly ends: readonly FeelValue[]; readonly ordered: boolean }
  /** Does not change its mind between two neighbouring ends. */
  | {
      readonly is: 'test';
      readonly ends: readonly FeelValue[];
      readonly ordered: boolean;
      readonly takes: (value: FeelValue) => boolean;
    }
  | { readonly is: 'opaque' };

const OPAQUE: Cell = { is: 'opaque' };
const NUMBER = String.raw`-?(?:\d+(?:\.\d+)?|\.\d+)`;
const LITERAL = String.raw`${NUMBER}|"(?:[^"\\]|\\.)*"|true|false|date\("[^"]*"\)`;
const TEST = new RegExp(
  String.raw`\s*(?:(<=|>=|<|>|=)?\s*(${LITERAL})|([[\](])\s*(${LITERAL})\s*\.\.\s*(${LITERAL})\s*([\])[]))\s*(?:,|$)`,
  'y',
);

/** Reads the cells of one table: a text that stands in many of them is read once. */
export function cellReader(): (text: string) => Cell {
  const known = new Map<string, Cell>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const cell = readCell(text);
    known.set(text, cell);
    return cell;
  };
}

function readCell(text: string): Cell {
  if (text === '' || text === '-') return { is: 'any' };
  return plain(text) ?? parsed(text);
}

/** The common case, without the grammar: it costs a twentieth. */
function plain(text: string): Cell | undefined {
  const spans: Span[] = [];
  const ends: FeelValue[] = [];
  let ordered = false;
  TEST.lastIndex = 0;
  while (TEST.lastIndex < text.length) {
    const part = TEST.exec(text);
    if (!part) return undefined;
    const [, sign, one, open, low, high, close] = part;
    const values = (one === undefined ? [low ?? '', high ?? ''] : [one]).map(literal);
    if (values.some((value) => value === undefined)) return undefined;
    const [first = null, last = null] = values as FeelValue[];
    ends.push(...(values as FeelValue[]));
    ordered ||= one === undefined || (sign !== undefined && sign !== '=');
    spans.push(
      one === undefined
        ? { from: { value: first, included: open === '[' }, to: { value: last, included: close === ']' } }
        : compared(sign ?? '=', first),
    );
  }
  return text.trimEnd().endsWith(',') ? undefined : { is: 'spans', spans, ends, ordered };
}

function compared(sign: string, value: FeelValue): Span {
  const end: End = { value, included: sign.endsWith('=') };
  if (sign === '=') return { from: end, to: end };
  return sign.startsWith('<') ? { to: end } : { from: end };
}

function literal(text: string): FeelValue | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"')) return unquoted(text);
  if (text.startsWith('date')) return parseDate(text.slice(6, -2));
  const value = new Decimal(1).times(text);
  return value.isFinite() ? value : undefined;
}

function parsed(text: string): Cell {
  const { tree, findings } = parse(text, 'UnaryTests', {});
  if (findings.length > 0) return OPAQUE;
  const found: Ends = { text, values: [], ordered: false };
  const tests = tree.topNode.getChild('PositiveUnaryTests');
  if (!tests) return tree.topNode.getChild('Wildcard') ? { is: 'any' } : OPAQUE;
  if (!tests.getChildren('PositiveUnaryTest').every((one) => gather(one, found))) return OPAQUE;
  const compiled = compileUnaryTests(text);
  const takes = (value: FeelValue): boolean => compiled.evaluate({ '?': value }).value === true;
  return { is: 'test', ends: found.values, ordered: found.ordered, takes };
}

type Ends = { readonly text: string; readonly values: FeelValue[]; ordered: boolean };

const INNER = new Set([
  'PositiveUnaryTests',
  'PositiveUnaryTest',
  'ParenthesizedExpression',
  'Conjunction',
  'Disjunction',
  'Interval',
]);
const MARKS = new Set(['(', ')', '[', ']', '..', ',', 'and', 'or', 'in', 'between', 'CompareOp', 'not']);

/** Gathers the constants that the input is compared with; false where it is used otherwise. */
function gather(node: SyntaxNode, found: Ends): boolean {
  if (!mentionsInput(node, found.text) && node.name !== 'SimplePositiveUnaryTest' && !INNER.has(node.name))
    return constant(node, found);
  const parts = children(node).filter((one) => !MARKS.has(one.name));
  if (node.name === 'SimplePositiveUnaryTest' || node.name === 'Interval') {
    const sign = node.getChild('CompareOp');
    const mark = sign && found.text.slice(sign.from, sign.to);
    found.ordered ||= mark === null || /[<>]/.test(mark);
    return parts.every((one) => gather(one, found));
  }
  if (isInput(node, found.text)) {
    found.values.push(true, false);
    return true;
  }
  if (node.name === 'Comparison') {
    const sign = node.getChild('CompareOp');
    found.ordered ||= node.getChild('between') !== null || (sign !== null && /[<>]/.test(found.text.slice(sign.from, sign.to)));
    return parts.every((one) => isInput(one, found.text) || (!mentionsInput(one, found.text) && gather(one, found)));
  }
  if (node.name === 'FunctionInvocation') return negates(node, found);
  return INNER.has(node.name) && parts.every((one) => gather(one, found));
}

function negates(node: SyntaxNode, found: Ends): boolean {
  const called = children(node)[0];
  const given = node.getChild('PositionalParameters');
  if (!called || !given || found.text.slice(called.from, called.to) !== 'not') return false;
  return children(given).every((one) => MARKS.has(one.name) || gather(one, found));
}

/** A constant: its value, the items of a list, the ends of a range. */
function constant(node: SyntaxNode, found: Ends): boolean {
  const source = found.text.slice(node.from, node.to);
  if (/\b(?:now|today)\s*\(/.test(source)) return false;
  const { names, findings, evaluate } = compileExpression(source);
  if (names.length > 0 || findings.length > 0) return false;
  const put = (value: FeelValue): boolean => {
    if (isList(value)) return value.every(put);
    if (value instanceof Range) {
      found.ordered = true;
      return [value.start, value.end].every((end) => end === null || put(end));
    }
    found.values.push(value);
    return true;
  };
  return put(evaluate({}).value);
}

function isInput(node: SyntaxNode, text: string): boolean {
  return text.slice(node.from, node.to).trim() === '?';
}

function mentionsInput(node: SyntaxNode, text: string): boolean {
  if (node.name === 'StringLiteral') return false;
  if (isInput(node, text)) return true;
  for (let child = node.firstChild; child; child = child.nextSibling) if (mentionsInput(child, text)) return true;
  return false;
}

/** The value of an output entry or an allowed value that needs nothing to be known; undefined for one that is computed. */
export function constantOf(text: string): FeelValue | undefined {
  const quick = new RegExp(`^(?:${LITERAL})$`).test(text) ? literal(text) : undefined;
  if (quick !== undefined) return quick;
  if (text.trim() === '' || /\b(?:now|today)\s*\(/.test(text)) return undefined;
  const { names, findings, evaluate } = compileExpression(text);
  if (names.length > 0 || findings.length > 0) return undefined;
  const { value, problems } = evaluate({});
  return problems.length > 0 ? undefined : value;
}
