// Literals: numbers, strings with their escapes, booleans, null, at-literals; lists and contexts (DMN 1.5 §10.3.1, grammar 33 to 37, 56 to 61).
import { Decimal } from '#base/decimal.ts';
import type { SyntaxNode } from '@lezer/common';
import type { FeelValue } from './types.ts';
import { enter, frame, writtenName, type Compiler, type Scope } from './compiler.ts';
import { constant, folded } from './constant.ts';
import { children } from './grammar.ts';
import { putEntry } from './kinds.ts';
import { report, type Eval } from './run.ts';
import { parseDateTime } from './temporal/date-time.ts';
import { parseDate } from './temporal/date.ts';
import { parseDuration } from './temporal/duration.ts';
import { parseTime } from './temporal/time.ts';

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/gs;
const NAMED: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

/** The text of a string literal with its quotes. Unknown escapes stay as written: `"\d"` is a pattern. */
export function unquoted(literal: string): string {
  const body = literal.slice(1, -1);
  if (!body.includes('\\')) return body;
  return body.replace(ESCAPE, (whole, four: string | undefined, six: string | undefined, letter: string | undefined) => {
    if (four !== undefined) return String.fromCharCode(Number.parseInt(four, 16));
    if (six !== undefined) return codePoint(Number.parseInt(six, 16)) ?? whole;
    return NAMED[letter ?? ''] ?? whole;
  });
}

function codePoint(code: number): string | undefined {
  return code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}

export function numberLiteral(c: Compiler, node: SyntaxNode): Eval {
  const text = c.text.slice(node.from, node.to).replace(/\s+/g, '');
  const value = new Decimal(1).times(new Decimal(text));
  return value.isFinite() ? constant(value) : (env) => report(env.run, 'feel-operands', node);
}

export function stringLiteral(c: Compiler, node: SyntaxNode): Eval {
  return constant(unquoted(c.source.slice(node.from, node.to)));
}

/** `@"2018-12-08"`: a date, a time, a date and time or a duration by its own form. */
export function atLiteral(c: Compiler, node: SyntaxNode): Eval {
  const value = temporal(unquoted(c.source.slice(node.from + 1, node.to)));
  return value === undefined ? (env) => report(env.run, 'feel-argument', node) : constant(value);
}

export function temporal(text: string): FeelValue | undefined {
  return (
    parseDate(text) ??
    (text.includes('T') && !text.includes('P') ? parseDateTime(text) : undefined) ??
    parseTime(text) ??
    parseDuration(text) ??
    regionDateTime(text)
  );
}

/** A region's name can hold a P: `…@Asia/Pyongyang`. */
function regionDateTime(text: string): FeelValue | undefined {
  return /^-?\d/.test(text) ? parseDateTime(text) : undefined;
}

export function listLiteral(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const items = children(node)
    .filter((child) => child.name !== '[' && child.name !== ']' && child.name !== ',')
    .map((child) => c.compile(child, scope));
  return folded((env) => {
    const list: FeelValue[] = [];
    for (const item of items) list.push(item(env));
    return list;
  }, items);
}

/** A context: later entries see earlier ones; a function sees itself. The same entry twice makes it null. */
export function contextLiteral(c: Compiler, node: SyntaxNode, scope: Scope | undefined): Eval {
  const inner = frame([], scope);
  const entries: { key: string; value: Eval }[] = [];
  for (const child of node.getChildren('ContextEntry')) {
    const key = entryKey(c, child);
    const expression = children(child).at(-1);
    if (key === undefined || !expression) continue;
    if (expression.name === 'FunctionDefinition') inner.names.push(normal(key));
    const value = c.compile(expression, inner);
    if (expression.name !== 'FunctionDefinition') inner.names.push(normal(key));
    entries.push({ key, value });
  }
  if (new Set(entries.map(({ key }) => key)).size < entries.length) return (env) => report(env.run, 'feel-duplicate-key', node);
  return (env) => {
    const slots: FeelValue[] = [];
    const local = enter(env, slots);
    const made: Record<string, FeelValue> = {};
    for (const { key, value } of entries) {
      const found = value(local);
      slots.push(found);
      putEntry(made, key, found);
    }
    return made;
  };
}

function normal(key: string): string {
  return frame([key], undefined).names[0] ?? key;
}

function entryKey(c: Compiler, node: SyntaxNode): string | undefined {
  const key = node.getChild('Key')?.firstChild;
  if (!key) return undefined;
  return key.name === 'StringLiteral' ? unquoted(c.source.slice(key.from, key.to)) : writtenName(c, key);
}
