// Multi-instance activities (BPMN 2.0.2 §13.3.7): one instance for each item, one after another or all at once.
// The outer token holds the boundary events; the instances stand in a scope of their own, which holds the collected output.
import type { Json, JsonObject } from '#base/json.ts';
import { armBoundaries } from '#engine/activity.ts';
import { cancelTokensIn, completed, leave } from '#engine/flow.ts';
import type { PlanLoop, PlanNode } from '#engine/plan.ts';
import { fail, newToken, putToken, tokensIn, type Run, type ScopeRecord, type TokenRecord } from '#engine/run.ts';
import { evaluateJson, frameOf, holds, writeVariable } from '#engine/variables.ts';
import { closeWaitsOfToken } from '#engine/waiting.ts';

export function enterMulti(run: Run, node: PlanNode, token: TokenRecord): void {
  const loop = node.loop as PlanLoop;
  const items = evaluateJson(run, loop.collection, frameOf(token));
  if (!Array.isArray(items)) return fail(run, token, 'enter', `multi-instance: ${loop.collection.source} is not a list`);
  if (!armBoundaries(run, node, token)) return;
  const list = items as readonly Json[];
  const id = run.next++;
  const vars: JsonObject = loop.output ? { [loop.output.collection]: list.map(() => null) } : {};
  const multi = { total: list.length, done: 0, ...(loop.sequential && { items: list }) };
  const scope: ScopeRecord = { id, of: node.id, token: token.id, vars, multi };
  run.scopes.set(id, scope);
  if (list.length === 0) return finish(run, node, scope);
  const first = loop.sequential ? list.slice(0, 1) : list;
  for (const [index, item] of first.entries()) begin(run, node, scope, { index, item });
}

type Instance = { readonly index: number; readonly item: Json };

function begin(run: Run, node: PlanNode, scope: ScopeRecord, { index, item }: Instance): void {
  const local: JsonObject = { loopCounter: index + 1, ...(node.loop?.element !== undefined && { [node.loop.element]: item }) };
  const token = newToken(run, node.id, scope.id, { inner: index + 1, local });
  run.queue.push({ make: 'enter', token: token.id });
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
  const active = tokensIn(run, scope.id).length - 1;
  const counts = {
    numberOfInstances: total,
    numberOfCompletedInstances: done,
    numberOfActiveInstances: active,
    numberOfTerminatedInstances: 0,
  };
  const enough = loop.until !== undefined && holds(run, loop.until, frameOf(token, { ...seen, ...counts }));
  run.tokens.delete(token.id);
  if (enough || done === total) return finish(run, node, scope);
  if (loop.sequential) begin(run, node, scope, { index: done, item: items?.[done] ?? null });
}

function collect(vars: JsonObject, name: string, token: TokenRecord, value: Json): JsonObject {
  const list = vars[name];
  if (!Array.isArray(list)) return vars;
  return { ...vars, [name]: (list as readonly Json[]).map((one, index) => (index + 1 === token.inner ? value : one)) };
}

function finish(run: Run, node: PlanNode, scope: ScopeRecord): void {
  const outer = scope.token === undefined ? undefined : run.tokens.get(scope.token);
  cancelTokensIn(run, scope.id);
  run.scopes.delete(scope.id);
  if (!outer) return;
  closeWaitsOfToken(run, outer.id);
  const name = node.loop?.output?.collection;
  if (name !== undefined) writeVariable(run, outer.in, [name], scope.vars[name] ?? []);
  completed(run, node.id);
  return leave(run, putToken(run, { id: outer.id, at: outer.at, in: outer.in }));
}
