// Moving a token by hand, where it cannot go on from an incident or a wait: which places it may be taken to, and the move itself.
// Only within its scope: what a subprocess or a called process knows is not known outside it.
import { cancelToken } from './flow.ts';
import { records } from './format.ts';
import type { Plan, PlanNode } from './plan.ts';
import {
  enqueue,
  incidentNamed,
  newToken,
  type IncidentRecord,
  type Run,
  type ScopeRecord,
  type TokenRecord,
  type WaitRecord,
} from './run.ts';
import type { EngineInput, EngineState, WaitId } from './types.ts';

/** Ids of the elements that the token of an incident or a wait may be moved to; none where it may not be moved. */
export function placesFor(plan: Plan, state: EngineState, from: string): readonly string[] {
  const incident = records<IncidentRecord>(state, 'incidents').find((one) => one.id === from);
  const wait = records<WaitRecord>(state, 'waits').find((one) => one.wait === from);
  const token = records<TokenRecord>(state, 'tokens').find((one) => one.id === (incident?.token ?? wait?.token));
  const scope = records<ScopeRecord>(state, 'scopes').find((one) => one.id === token?.in);
  if (!token || !scope || !isMovable(token)) return [];
  return [...plan.nodes.values()].filter((node) => isPlace(node, scope)).map((node) => node.id);
}

/** An instance of many is counted where it stands, and a compensation belongs to what it undoes. */
function isMovable(token: TokenRecord): boolean {
  return token.inner === undefined && token.for === undefined && token.undoing === undefined;
}

/** An element of the same scope that a flow leads to. */
function isPlace(node: PlanNode, scope: ScopeRecord): boolean {
  return node.scope === scope.of && node.incoming.length > 0;
}

/** False where the token is not there or may not be taken there. */
export function moveToken(run: Run, { from, to }: Extract<EngineInput, { kind: 'move' }>): boolean {
  const id = incidentNamed(run, from)?.token ?? run.waits.get(from as WaitId)?.token;
  const token = id === undefined ? undefined : run.tokens.get(id);
  const scope = token && run.scopes.get(token.in);
  const node = run.plan.nodes.get(to);
  if (!token || !scope || !node || !isMovable(token) || !isPlace(node, scope)) return false;
  const moved = newToken(run, node.id, scope.id);
  cancelToken(run, token);
  enqueue(run, { make: 'enter', token: moved.id });
  return true;
}
