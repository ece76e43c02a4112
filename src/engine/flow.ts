// Tokens along the flows: leaving an element, ending, finishing a scope, being cancelled. Knows no kind of element.
import type { JsonObject } from '#base/json.ts';
import type { PlanFlow, PlanNode } from './plan.ts';
import {
  countTokensIn,
  dropToken,
  enqueue,
  fail,
  newToken,
  nodeOf,
  putToken,
  tokensIn,
  waitsOf,
  type Run,
  type TokenRecord,
} from './run.ts';
import { frameOf, holding, writeAll, writeOutputs, type Frame } from './variables.ts';
import { closeWaitsOf } from './waiting.ts';
import type { TrailEntry, WaitId } from './types.ts';

/** `wait`, where it is known already: the one that made an event happen. Others are told by waiting.ts as they open. */
export function entered(run: Run, token: TokenRecord, wait?: WaitId): void {
  run.visits.set(token.id, run.trail.length);
  run.trail.push({ element: token.at, did: 'entered', ...(wait !== undefined && { wait }) });
}

export function completed(run: Run, element: string): void {
  run.trail.push({ element, did: 'completed' });
}

/** One token on each flow: the token itself on the first, new ones on the others. */
export function spread(run: Run, token: TokenRecord, flows: readonly PlanFlow[]): void {
  for (const [index, flow] of flows.entries()) {
    run.trail.push({ element: flow.id, did: 'taken' });
    const moved =
      index === 0
        ? putToken(run, { id: token.id, at: flow.to, in: token.in, via: flow.id })
        : newToken(run, flow.to, token.in, { via: flow.id });
    enqueue(run, { make: 'enter', token: moved.id });
  }
}

/** Leaves an element that is no gateway: every flow without a condition and those whose condition holds, else the default (BPMN 2.0.2 §13.2.1). */
export function leave(run: Run, token: TokenRecord): void {
  const { outgoing, fallback } = nodeOf(run, token.at);
  if (outgoing.length === 0 && !fallback) return endToken(run, token);
  const found = holding(run, outgoing, frameOf(token), 'all');
  if (typeof found === 'string') return fail(run, token, 'leave', found);
  const isConditional = found.some((flow) => flow.condition);
  const taken = fallback && !isConditional ? [...found, fallback] : found;
  if (taken.length === 0) return fail(run, token, 'leave', 'no condition of the flows that leave holds');
  return spread(run, token, taken);
}

/** A token that compensated something reports to the one that asked; any other may be the last of its scope. */
export function endToken(run: Run, token: TokenRecord): void {
  dropToken(run, token);
  if (token.for !== undefined) return enqueue(run, { make: 'undone', token: token.for });
  if (countTokensIn(run, token.in) === 0) finishScope(run, token.in, token.at);
}

/** A scope without tokens is over: its owner goes on, or the case ends. The root's variables stay to be read. */
export function finishScope(run: Run, id: number, element: string): void {
  closeWaitsOf(run, id);
  const scope = run.scopes.get(id);
  if (scope?.token === undefined) {
    run.ended = { how: 'completed', element };
    return;
  }
  run.scopes.delete(id);
  enqueue(run, { make: 'done', token: scope.token, vars: scope.vars, undo: scope.undo });
}

/** Takes a token away with all that hangs on it: waits, incidents, inner scopes, compensations. Joins it waited at were never entered. */
export function cancelToken(run: Run, token: TokenRecord, inner: InnerScopes = innerScopes(run)): void {
  if (isOwner(run, token)) for (const scope of inner.get(token.id) ?? []) cancelScope(run, scope, inner);
  if (token.undoing) for (const one of tokensIn(run, token.undoing.in)) if (one.for === token.id) cancelToken(run, one, inner);
  if (isVisiting(run, token)) run.trail.push(cancelledEntry(run, token));
  closeWaitsOf(run, token.id);
  run.incidents.delete(token.id);
  dropToken(run, token);
}

/** Only these kinds of element, and instances of many, have scopes of their own: the others need not be looked for. */
function isOwner(run: Run, token: TokenRecord): boolean {
  const { kind, loop } = nodeOf(run, token.at);
  return loop !== undefined || kind === 'subprocess' || kind === 'event-subprocess' || kind === 'call';
}

/** Ids of scopes by the token that owns them: looked up once for all that is cancelled together. */
type InnerScopes = ReadonlyMap<number, readonly number[]>;

function innerScopes(run: Run): InnerScopes {
  const inner = new Map<number, number[]>();
  for (const { id, token } of run.scopes.values()) {
    if (token === undefined) continue;
    const known = inner.get(token);
    if (known) known.push(id);
    else inner.set(token, [id]);
  }
  return inner;
}

function cancelScope(run: Run, id: number, inner: InnerScopes): void {
  cancelTokensIn(run, id, inner);
  closeWaitsOf(run, id);
  run.scopes.delete(id);
}

export function cancelTokensIn(run: Run, scope: number, inner: InnerScopes = innerScopes(run)): void {
  for (const token of tokensIn(run, scope)) if (run.tokens.has(token.id)) cancelToken(run, token, inner);
}

function cancelledEntry(run: Run, token: TokenRecord): TrailEntry {
  const own = waitsOf(run, token.id).find((wait) => wait.element === token.at);
  return { element: token.at, did: 'cancelled', ...(own && { wait: own.wait }) };
}

/** Not while it waits for the other flows of a join, is between two elements, has failed, or compensates where the visit is over. */
function isVisiting(run: Run, token: TokenRecord): boolean {
  if (token.undoing && token.undoing.after !== 'go') return false;
  if (run.between.has(token.id) || run.incidents.has(token.id)) return false;
  return !isJoin(nodeOf(run, token.at));
}

export function isJoin(node: PlanNode): boolean {
  return (node.kind === 'parallel' || node.kind === 'inclusive') && node.incoming.length > 1;
}

/** What an event brought: through its output mapping, or into the scope where it has none. */
export function writeResult(run: Run, node: PlanNode, frame: Frame, result: JsonObject): void {
  const local = { ...frame.local, ...result };
  if (node.outputs.length > 0) writeOutputs(run, node.outputs, { scope: frame.scope, local });
  else writeAll(run, frame.scope, result);
}
