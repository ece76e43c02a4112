// Multi-instance activities (BPMN 2.0.2 §13.3.7): one instance for each item, one after another or all at once.
// The outer token holds the boundary events; the instances stand in a scope of their own, which holds the collected output.
import type { Json, JsonObject } from '#base/json.ts';
import { armBoundaries } from '#engine/activity.ts';
import { cancelTokensIn, completed, leave } from '#engine/flow.ts';
import type { PlanLoop, PlanNode } from '#engine/plan.ts';
import {
  allowInstances,
  bareToken,
  countTokensIn,
  dropToken,
  enqueue,
  fail,
  newToken,
  putToken,
  type Run,
  type ScopeRecord,
  type TokenRecord,
} from '#engine/run.ts';
import { noteUndo } from '#engine/undo.ts';
import { evaluateJson, evaluateText, frameOf, holds, writeVariable } from '#engine/variables.ts';
import { closeWaitsOf } from '#engine/waiting.ts';

export function enterMulti(run: Run, node: PlanNode, token: TokenRecord): void {
  const loop = node.loop as PlanLoop;
  const items = itemsOf(run, loop, token);
  if (typeof items === 'string') return fail(run, token, 'enter', items);
  if (!armBoundaries(run, node, token)) return;
  allowInstances(run, items.length);
  const id = run.next++;
  const vars: JsonObject = loop.output ? { [loop.output.collection]: items.map(() => null) } : {};
  const total = loop.again ? -1 : items.length;
  const multi = { total, done: 0, ...(loop.sequential && loop.collection && { items }) };
  const scope: ScopeRecord = { id, of: node.id, token: token.id, vars, multi };
  run.scopes.set(id, scope);
  const first = loop.sequential ? items.slice(0, 1) : items;
  if (first.length === 0) return finish(run, node, scope);
  for (const [index, item] of first.entries()) begin(run, node, scope, { index, item });
}

/** More instances than these are not begun: a number from outside must not fill the memory. */
const MOST_INSTANCES = 100_000;

/** The items, one for each instance to be begun or counted; or what is wrong. Of a standard loop: the first, where there is one. */
function itemsOf(run: Run, loop: PlanLoop, token: TokenRecord): readonly Json[] | string {
  if (loop.again) return goesOn(run, loop.again, token, { done: 0, seen: {} }) ? [null] : [];
  if (loop.collection) {
    const items = evaluateJson(run, loop.collection, frameOf(token));
    return Array.isArray(items) ? (items as readonly Json[]) : `multi-instance: ${loop.collection.source} is not a list`;
  }
  const count = loop.cardinality && Number(evaluateText(run, loop.cardinality, frameOf(token)));
  if (count === undefined || !Number.isInteger(count) || count < 0 || count > MOST_INSTANCES)
    return `multi-instance: ${loop.cardinality?.source ?? ''} is not a number of instances`;
  return Array.from({ length: count }, () => null);
}

type Turn = { readonly done: number; readonly seen: JsonObject };

/** Whether a standard loop takes another turn (BPMN 2.0.2 §13.3.6). */
function goesOn(run: Run, again: NonNullable<PlanLoop['again']>, token: TokenRecord, { done, seen }: Turn): boolean {
  if (done === 0 && !again.before) return true;
  const frame = frameOf(token, { ...seen, loopCounter: done });
  const most = again.most && Number(evaluateText(run, again.most, frame));
  if (most !== undefined && done >= most) return false;
  return again.condition === undefined || holds(run, again.condition, frame);
}

type Instance = { readonly index: number; readonly item: Json };

function begin(run: Run, node: PlanNode, scope: ScopeRecord, { index, item }: Instance): void {
  const local: JsonObject = { loopCounter: index + 1, ...(node.loop?.element !== undefined && { [node.loop.element]: item }) };
  const token = newToken(run, node.id, scope.id, { inner: index + 1, local });
  enqueue(run, { make: 'enter', token: token.id });
}

/** An instance has completed; `seen` is what its output element sees beside its own variables. */
export function countInstance(run: Run, node: PlanNode, token: TokenRecord, seen: JsonObject): void {
  const before = run.scopes.get(token.in);
  const loop = node.loop;
  if (!before?.multi || !loop) return;
  const { output } = loop;
  const collected = output
    ? collect(before.vars, output.collection, token, evaluateJson(run, output.element, frameOf(token, seen)))
    : before.vars;
  const done = before.multi.done + 1;
  const { total, items } = before.multi;
  const scope: ScopeRecord = { ...before, vars: collected, multi: { ...before.multi, done } };
  run.scopes.set(scope.id, scope);
  const active = countTokensIn(run, scope.id) - 1;
  const counts = {
    numberOfInstances: total,
    numberOfCompletedInstances: done,
    numberOfActiveInstances: active,
    numberOfTerminatedInstances: 0,
  };
  const enough = loop.until !== undefined && holds(run, loop.until, frameOf(token, { ...seen, ...counts }));
  const again = loop.again === undefined || goesOn(run, loop.again, token, { done, seen });
  dropToken(run, token);
  if (enough || !again || done === total) return finish(run, node, scope);
  if (loop.sequential) begin(run, node, scope, { index: done, item: items?.[done] ?? null });
}

function collect(vars: JsonObject, name: string, token: TokenRecord, value: Json): JsonObject {
  const list = vars[name];
  if (!Array.isArray(list)) return vars;
  return { ...vars, [name]: list.with((token.inner ?? 1) - 1, value) };
}

function finish(run: Run, node: PlanNode, scope: ScopeRecord): void {
  const outer = scope.token === undefined ? undefined : run.tokens.get(scope.token);
  cancelTokensIn(run, scope.id);
  run.scopes.delete(scope.id);
  if (!outer) return;
  closeWaitsOf(run, outer.id);
  const name = node.loop?.output?.collection;
  if (name !== undefined) writeVariable(run, outer.in, [name], scope.vars[name] ?? []);
  completed(run, node.id);
  noteUndo(run, outer, { vars: {}, inside: scope.undo, many: true });
  return leave(run, putToken(run, bareToken(outer)));
}
