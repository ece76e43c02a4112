// Embedded subprocesses and called processes: each is a scope inside its activity. A called one is closed: its variables are its own.
import type { JsonObject } from '#base/json.ts';
import { completeActivity } from '#engine/activity.ts';
import { completed, endToken } from '#engine/flow.ts';
import type { PlanNode } from '#engine/plan.ts';
import { putToken, type Run, type TokenRecord } from '#engine/run.ts';
import { openScope } from '#engine/scope.ts';

/** The input mapping's variables become the scope's own. */
export function workScope(run: Run, node: PlanNode, token: TokenRecord): void {
  const { local, ...bare } = token;
  openScope(run, node.calls?.process ?? node.id, local ?? {}, putToken(run, bare));
}

/** The inner scope has ended with these variables. */
export function doneScope(run: Run, node: PlanNode, token: TokenRecord, vars: JsonObject): void {
  if (node.kind === 'event-subprocess') {
    completed(run, node.id);
    return endToken(run, token);
  }
  return completeActivity(run, token, { result: node.calls?.allOut ? vars : {}, seen: vars });
}
