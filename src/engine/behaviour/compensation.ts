// Compensation (BPMN 2.0.2 §10.7): what a scope has completed is undone in reverse order, one after another, each by its own activity,
// by the compensation event subprocess inside it, or, where it has neither, by undoing what was completed inside it.
import { endToken, entered } from '#engine/flow.ts';
import type { PlanNode } from '#engine/plan.ts';
import { dropToken, enqueue, newToken, nodeOf, putToken, type Run, type TokenRecord, type Undo } from '#engine/run.ts';
import { openScope } from '#engine/scope.ts';
import { undoHandlerOf } from '#engine/undo.ts';
import { closeWaitsOf } from '#engine/waiting.ts';

type After = 'go' | 'end';

/** Undoes what the scope of a throwing event has completed, or of it one activity. False where there is nothing to undo. */
export function compensate(run: Run, token: TokenRecord, { of, after }: { of?: string | undefined; after: After }): boolean {
  const scope = run.scopes.get(undoneScope(run, token.in));
  const all = scope?.undo ?? [];
  const chosen = of === undefined ? all : all.filter((one) => one.of === of);
  if (!scope || chosen.length === 0) return false;
  const { undo: _undo, ...bare } = scope;
  const kept = all.filter((one) => !chosen.includes(one));
  run.scopes.set(scope.id, { ...bare, ...(kept.length > 0 && { undo: kept }) });
  const waiting = putToken(run, { ...token, undoing: { left: chosen.toReversed(), in: scope.id, after } });
  enqueue(run, { make: 'undone', token: waiting.id });
  return true;
}

/** An event subprocess compensates what the scope around it has completed. */
function undoneScope(run: Run, id: number): number {
  const scope = run.scopes.get(id);
  const owner = scope?.token === undefined ? undefined : run.tokens.get(scope.token);
  const isHandler = scope !== undefined && run.plan.nodes.get(scope.of)?.kind === 'event-subprocess';
  return isHandler && owner ? undoneScope(run, owner.in) : id;
}

/** The next one to undo; or all are undone. `goOn` takes the event that asked onwards. */
export function undoNext(run: Run, token: TokenRecord, goOn: (token: TokenRecord) => void): void {
  const { undoing, ...bare } = token;
  if (!undoing) return;
  const [next, ...left] = undoing.left;
  if (next) {
    const asking = putToken(run, { ...bare, undoing: { ...undoing, left } });
    return begin(run, asking, next, undoing.in);
  }
  switch (undoing.after) {
    case 'go':
      return goOn(putToken(run, bare));
    case 'end':
      return endToken(run, putToken(run, bare));
    case 'close':
      return close(run, token, undoing.in);
  }
}

function begin(run: Run, asking: TokenRecord, undo: Undo, scope: number): void {
  const node = nodeOf(run, undo.of);
  if (node.undoer) {
    const by = newToken(run, node.undoer.id, scope, { for: asking.id });
    return enqueue(run, { make: 'enter', token: by.id });
  }
  return reopen(run, node, undo, newToken(run, node.id, scope, { for: asking.id }));
}

/** The scope that has completed is opened again, with what it knew, and undone from within. */
function reopen(run: Run, node: PlanNode, { vars = {}, inside = [], many }: Undo, owner: TokenRecord): void {
  const id = run.next++;
  run.scopes.set(id, { id, of: node.id, token: owner.id, vars, ...(!many && inside.length > 0 && { undo: inside }) });
  const handler = many ? undefined : undoHandlerOf(run, node.id);
  const left = handler ? [] : inside.toReversed();
  putToken(run, { ...owner, undoing: { left, in: id, after: 'close' } });
  if (!handler) return enqueue(run, { make: 'undone', token: owner.id });
  const token = newToken(run, handler.node.id, id);
  entered(run, token);
  openScope(run, handler.node.id, {}, { owner: token });
}

function close(run: Run, owner: TokenRecord, scope: number): void {
  closeWaitsOf(run, scope);
  run.scopes.delete(scope);
  dropToken(run, owner);
  if (owner.for !== undefined) enqueue(run, { make: 'undone', token: owner.for });
}
