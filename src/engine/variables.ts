// Variables: which a place sees, what an expression gives there, and where a result is written. Zeebe's scopes: a name is read from
// the nearest scope that has it, and written there, else at the root. Never leaves a called process.
import { isObject, type Json, type JsonObject } from '#base/json.ts';
import { fromFeel, toFeel } from '#rules/values.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import type { Expression, PlanFlow, PlanMapping } from './plan.ts';
import { nodeOf, type Run, type ScopeRecord, type TokenRecord } from './run.ts';

/** Where an expression is read: a scope, and what is known only there. */
export type Frame = { readonly scope: number; readonly local?: JsonObject | undefined };

export function frameOf(token: TokenRecord, more?: JsonObject): Frame {
  return { scope: token.in, local: more ? { ...token.local, ...more } : token.local };
}

export function readVariable(run: Run, frame: Frame, name: string): Json | undefined {
  return layers(run, frame).find((vars) => Object.hasOwn(vars, name))?.[name];
}

/** What is visible, nearest first. */
function layers(run: Run, frame: Frame): readonly JsonObject[] {
  const found = frame.local ? [frame.local] : [];
  let scope = run.scopes.get(frame.scope);
  while (scope) {
    found.push(scope.vars);
    const owner = ownerOf(run, scope);
    if (!owner || calledBy(run, scope, owner)?.allIn === false) break;
    if (owner.local) found.push(owner.local);
    scope = run.scopes.get(owner.in);
  }
  return found;
}

function ownerOf(run: Run, scope: ScopeRecord): TokenRecord | undefined {
  return scope.token === undefined ? undefined : run.tokens.get(scope.token);
}

/** The call that opened a scope, where it is a called process. */
function calledBy(run: Run, scope: ScopeRecord, owner: TokenRecord): { readonly allIn: boolean } | undefined {
  const { calls } = nodeOf(run, owner.at);
  return calls?.process === scope.of ? calls : undefined;
}

/** Null where FEEL says null: nothing here throws. */
export function evaluate(run: Run, expression: Expression, frame: Frame): FeelValue {
  if (!expression.compiled) return toFeel(expression.constant);
  return expression.compiled.evaluate(contextFor(run, expression.words, frame), run.env.now).value;
}

/** The variables of these names, where there are any. */
export function contextOf(run: Run, names: readonly string[], frame: Frame): FeelContext {
  const context: Record<string, FeelValue> = {};
  for (const name of names) {
    const value = readVariable(run, frame, name);
    if (value !== undefined) context[name] = toFeel(value);
  }
  return context;
}

/** The variables that an expression of these words may read; converting the others to decimals would cost more than the step. */
function contextFor(run: Run, words: ReadonlySet<string>, frame: Frame): FeelContext {
  const context: Record<string, FeelValue> = {};
  for (const vars of layers(run, frame)) {
    for (const name of Object.keys(vars))
      if (isWritten(words, name) && !Object.hasOwn(context, name)) context[name] = toFeel(vars[name]);
  }
  return context;
}

function isWritten(words: ReadonlySet<string>, name: string): boolean {
  if (words.has(name)) return true;
  const first = /[\p{L}\p{N}_]+/u.exec(name)?.[0];
  return first !== name && first !== undefined && words.has(first);
}

export function evaluateJson(run: Run, expression: Expression, frame: Frame): Json {
  return expression.compiled ? fromFeel(evaluate(run, expression, frame)) : expression.constant;
}

/** A text, or the text of a number or a temporal value; undefined for null, contexts and lists. */
export function evaluateText(run: Run, expression: Expression, frame: Frame): string | undefined {
  const value = evaluateJson(run, expression, frame);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Three-valued logic ends here: only true is true. */
export function holds(run: Run, expression: Expression, frame: Frame): boolean {
  return evaluate(run, expression, frame) === true;
}

/**
 * The flows whose condition holds, up to the first where that is enough. Nothing is guessed: a condition that comes to neither true nor
 * false has failed, and no way is taken by default in its place.
 */
export function holding(
  run: Run,
  flows: readonly PlanFlow[],
  frame: Frame,
  enough: 'first' | 'all',
): readonly PlanFlow[] | string {
  const found: PlanFlow[] = [];
  for (const flow of flows) {
    const value = flow.condition ? evaluate(run, flow.condition, frame) : true;
    if (typeof value !== 'boolean') return `condition of ${flow.id}: ${flow.condition?.source} is neither true nor false`;
    if (value) found.push(flow);
    if (value && enough === 'first') break;
  }
  return found;
}

/**
 * Writes a value where its name lives, going outwards from `scope`; a new name is made at the root of the process. What the instances of a
 * multi-instance activity collect is written by none of them.
 */
export function writeVariable(run: Run, scope: number, path: readonly string[], value: Json): void {
  const [name = ''] = path;
  let at = run.scopes.get(scope);
  while (at && (at.multi || !Object.hasOwn(at.vars, name))) {
    const owner = ownerOf(run, at);
    if (!owner || calledBy(run, at, owner)) break;
    at = run.scopes.get(owner.in);
  }
  if (at) putVariable(run, at.id, path, value);
}

/** Writes a value into this scope itself, whoever else has the name. */
export function putVariable(run: Run, id: number, path: readonly string[], value: Json): void {
  const scope = run.scopes.get(id);
  if (scope) run.scopes.set(id, { ...scope, vars: placed(scope.vars, path, value) });
}

export function writeAll(run: Run, scope: number, values: JsonObject): void {
  for (const [name, value] of Object.entries(values)) writeVariable(run, scope, [name], value);
}

/** `object` with `value` at a path of names; contexts on the way are made or kept. */
export function placed(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  return { ...object, [name]: placed(isObject(inner) ? inner : {}, rest, value) };
}

/** Input mappings in order, each seeing those before it; undefined where there are none and nothing is known locally. */
export function inputsOf(run: Run, mappings: readonly PlanMapping[], frame: Frame): JsonObject | undefined {
  let local = frame.local;
  for (const { target, value } of mappings) local = placed(local ?? {}, target, evaluateJson(run, value, { ...frame, local }));
  return local;
}

/** Output mappings, all reading the same frame, written outwards from its scope. */
export function writeOutputs(run: Run, mappings: readonly PlanMapping[], frame: Frame): void {
  const values = mappings.map(({ value }) => evaluateJson(run, value, frame));
  for (const [index, { target }] of mappings.entries()) writeVariable(run, frame.scope, target, values[index] ?? null);
}
