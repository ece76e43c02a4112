// Opening a scope and beginning it at its start event, where its event subprocesses begin to listen.
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from './plan.ts';
import { completed, leave } from './flow.ts';
import { enqueue, fail, newToken, type Run, type TokenRecord } from './run.ts';
import { frameOf, writeOutputs } from './variables.ts';
import { subscribe, subscriptionsOf } from './waiting.ts';

type Opening = { readonly owner?: TokenRecord; readonly at?: PlanNode | undefined };

/** `owner` is the token whose element the scope is the inside of; none for the process itself, which may begin `at` another start. Gives the scope's id. */
export function openScope(run: Run, of: string, vars: JsonObject, { owner, at }: Opening = {}): number {
  const id = run.next++;
  run.scopes.set(id, { id, of, ...(owner && { token: owner.id }), vars });
  const start = at ?? run.plan.scopes.get(of)?.start;
  if (!start) throw new Error(`${of} has no start event`);
  enqueue(run, { make: 'enter', token: newToken(run, start.id, id).id });
  return id;
}

export function enterStart(run: Run, node: PlanNode, token: TokenRecord): void {
  const handlers = run.plan.scopes.get(node.scope)?.handlers ?? [];
  const found = subscriptionsOf(
    run,
    handlers.map((handler) => handler.start),
    frameOf(token),
  );
  if ('fault' in found) return fail(run, token, 'enter', found.fault);
  for (const one of found) subscribe(run, one, { scope: token.in });
  if (node.trigger.on === 'none' || node.scope === run.plan.main) writeOutputs(run, node.outputs, frameOf(token));
  completed(run, node.id);
  return leave(run, token);
}
