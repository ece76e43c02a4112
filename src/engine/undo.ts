// What completed work leaves behind for its compensation (BPMN 2.0.2 §10.7): kept by the scope it stood in, in the order it completed.
// Kept only where something can undo it, so that other cases carry nothing.
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from './plan.ts';
import { nodeOf, type Run, type TokenRecord, type Undo } from './run.ts';

export type Left = { readonly vars: JsonObject; readonly inside?: readonly Undo[] | undefined; readonly many?: true };

/** Notes that the activity of this token has completed; compensating work itself is not compensated. */
export function noteUndo(run: Run, token: TokenRecord, { vars, inside = [], many }: Left): void {
  const node = nodeOf(run, token.at);
  const scope = run.scopes.get(token.in);
  if (!scope || token.for !== undefined || !canBeUndone(run, node, token, inside)) return;
  const isScope = node.kind === 'subprocess' && !node.undoer;
  const undo: Undo = {
    of: node.id,
    ...(isScope && { vars }),
    ...(isScope && inside.length > 0 && { inside }),
    ...(isScope && many && { many }),
  };
  run.scopes.set(scope.id, { ...scope, undo: [...(scope.undo ?? []), undo] });
}

/** By an activity of its own, once for all its instances; or inside, each instance for itself. A called process is closed. */
function canBeUndone(run: Run, node: PlanNode, token: TokenRecord, inside: readonly Undo[]): boolean {
  if (node.undoer) return token.inner === undefined;
  const byItself = undoHandlerOf(run, node.id) !== undefined && (node.loop === undefined || token.inner !== undefined);
  return node.kind === 'subprocess' && (inside.length > 0 || byItself);
}

/** The event subprocess by which a subprocess undoes itself. */
export function undoHandlerOf(run: Run, scope: string): { readonly node: PlanNode; readonly start: PlanNode } | undefined {
  return run.plan.scopes.get(scope)?.handlers.find((one) => one.start.trigger.on === 'compensation');
}
