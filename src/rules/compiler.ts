// What the chapters of the compiler share: scopes of names at compile time and the closures that read them at run time.
import type { Finding } from '#base/finding.ts';
import type { SyntaxNode } from '@lezer/common';
import type { FeelContext, FeelValue } from './types.ts';
import { normalName } from './grammar.ts';
import { entry, isContext } from './kinds.ts';
import { report, type Env, type Eval, type Place } from './run.ts';
import type { FeelType } from './typing.ts';

/** A frame of local names, normal; `item` marks a filter's frame, whose slot 0 gives its entries as names too. */
export type Scope = { readonly names: string[]; readonly up: Scope | undefined; readonly item: boolean };

export type Compiler = {
  readonly source: string;
  /** What was parsed: the source with the same offsets. */
  readonly text: string;
  readonly findings: Finding[];
  /** Free names, as declared or as written. */
  readonly names: Set<string>;
  /** Names of the root context: normal form → as declared. */
  readonly declared: ReadonlyMap<string, string>;
  typeNamed(name: string): FeelType | undefined;
  compile(node: SyntaxNode, scope: Scope | undefined): Eval;
};

export function frame(names: readonly string[], up: Scope | undefined): Scope {
  return { names: names.map(normalName), up, item: false };
}

export function itemFrame(up: Scope | undefined): Scope {
  return { names: ['item'], up, item: true };
}

export function enter(env: Env, slots: FeelValue[]): Env {
  return { slots, up: env, run: env.run };
}

/** True where a local scope binds the name statically. */
export function isLocal(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at; at = at.up) if (at.names.includes(name)) return true;
  return false;
}

/** The closure that reads a name: local frames first, then entries of filtered items, then the root context, then `fallback`. */
export function reader(
  c: Compiler,
  written: string,
  scope: Scope | undefined,
  options: { at: Place; fallback?: FeelValue },
): Eval {
  const name = normalName(written);
  const items: number[] = [];
  let depth = 0;
  for (let at = scope; at; at = at.up) {
    const slot = at.names.lastIndexOf(name);
    if (at.item) items.push(depth); // an entry named `item` is nearer than the item itself
    if (slot >= 0) return throughItems(items, written, slotReader(depth, slot));
    depth += 1;
  }
  const known = c.declared.get(name) ?? written;
  if (c.declared.has(name) || (options.fallback === undefined && items.length === 0)) c.names.add(known);
  return throughItems(items, written, rootReader(known, options));
}

function slotReader(depth: number, slot: number): Eval {
  if (depth === 0) return (env) => env.slots[slot] ?? null;
  if (depth === 1) return (env) => env.up?.slots[slot] ?? null;
  return (env) => frameAt(env, depth)?.slots[slot] ?? null;
}

function frameAt(env: Env, depth: number): Env | undefined {
  let at: Env | undefined = env;
  for (let left = depth; left > 0; left -= 1) at = at?.up;
  return at;
}

function rootReader(name: string, options: { at: Place; fallback?: FeelValue }): Eval {
  const { at, fallback } = options;
  return (env) => {
    const value = entry(env.run.root, name);
    if (value !== undefined) return value;
    return fallback === undefined ? report(env.run, 'feel-unknown-name', at, name) : fallback;
  };
}

function throughItems(items: readonly number[], name: string, otherwise: Eval): Eval {
  if (items.length === 0) return otherwise;
  return (env) => {
    for (const depth of items) {
      const item = frameAt(env, depth)?.slots[0];
      const value = isContext(item) ? namedEntry(item, name) : undefined;
      if (value !== undefined) return value;
    }
    return otherwise(env);
  };
}

/** An entry by its name as written: exact first, then as names compare. */
export function namedEntry(context: FeelContext, name: string): FeelValue | undefined {
  const exact = entry(context, name);
  if (exact !== undefined || !/[^\p{L}\p{N}_]/u.test(name)) return exact;
  const normal = normalName(name);
  const key = Object.keys(context).find((known) => normalName(known) === normal);
  return key === undefined ? undefined : entry(context, key);
}

/** A name as written, white space single. */
export function writtenName(c: Compiler, node: SyntaxNode): string {
  return writtenIn(c.text, node);
}

export function writtenIn(text: string, node: SyntaxNode): string {
  return text.slice(node.from, node.to).replace(/\s+/g, ' ').trim();
}
