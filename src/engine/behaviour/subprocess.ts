// Embedded subprocesses and called processes: each is a scope inside its activity. A called one is closed: its variables are its own.
import { completeActivity } from '#engine/activity.ts';
import { completed, endToken } from '#engine/flow.ts';
import type { PlanNode } from '#engine/plan.ts';
import { enqueue, putToken, type Move, type Run, type TokenRecord } from '#engine/run.ts';
import { openScope } from '#engine/scope.ts';

/** The input mapping's variables become the scope's own. */
export function workScope(run: Run, node: PlanNode, token: TokenRecord): void {
  const { local, ...bare } = token;
  openScope(run, node.calls?.process ?? node.id, local ?? {}, { owner: putToken(run, bare) });
}

/** The inner scope has ended with these variables. One that was opened again to be undone is undone now. */
export function doneScope(run: Run, node: PlanNode, token: TokenRecord, { vars = {}, undo }: Move): void {
  if (node.kind === 'event-subprocess') {
    completed(run, node.id);
    return endToken(run, token);
  }
  if (token.undoing) return enqueue(run, { make: 'undone', token: token.id });
  return completeActivity(run, token, { result: node.calls?.allOut ? vars : {}, seen: vars, inside: undo });
}
