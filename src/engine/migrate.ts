// A running case taken from one version of its process to another: every token, wait and memory by the id of its element, or as a mapping says.
// Pure, so that a dry run is the same call; nothing is carried out where anything would be orphaned. Timers keep their due times.
import type { Finding } from '#base/finding.ts';
import { FORMAT, current, records } from './format.ts';
import { orphan, type Orphan } from './migrate-words.ts';
import type { Plan, PlanNode } from './plan.ts';
import {
  closeRun,
  openRun,
  waitsOf,
  type IncidentRecord,
  type Run,
  type ScopeRecord,
  type TokenRecord,
  type Undo,
  type WaitRecord,
} from './run.ts';
import type { EngineEnv, EngineState, EngineWant } from './types.ts';
import { frameOf } from './variables.ts';
import { closeWait, subscribe, subscriptionOf, type Owner } from './waiting.ts';

/** Ids of elements and flows of the old version → those of the new one; what is not named keeps its id. */
export type Mapping = { readonly [id: string]: string };
export type MigrationMove = { readonly from: string; readonly to: string; readonly tokens: number };
export type Migration = {
  /** The state under the new version; absent where there are refusals. */
  readonly state?: EngineState;
  /** Subscriptions that the new version has and the old had not, and withdrawals of those that are gone. */
  readonly wants: readonly EngineWant[];
  /** Where the tokens go, those that stay at their element too. */
  readonly moves: readonly MigrationMove[];
  /** What would be orphaned, each with its place in the old version. */
  readonly refusals: readonly Finding[];
};

type Way = { readonly from: Plan; readonly to: Plan; readonly mapping: Mapping; readonly refusals: Finding[] };

export function migrate(
  from: Plan,
  to: Plan,
  given: EngineState,
  how: { readonly mapping?: Mapping; readonly env: EngineEnv },
): Migration {
  const state = current(given);
  const way: Way = { from, to, mapping: how.mapping ?? {}, refusals: [] };
  if (state.ended) refuse(way, 'ended', from.main);
  for (const [old, next] of Object.entries(way.mapping))
    if (!isKnown(from, old) || !isKnown(to, next)) refuse(way, 'mapping-unknown', isKnown(from, old) ? next : old);
  const scopes = records<ScopeRecord>(state, 'scopes').map((scope) => movedScope(way, scope));
  const tokens = records<TokenRecord>(state, 'tokens').map((token) => movedToken(way, token));
  const waits = records<WaitRecord>(state, 'waits').map((wait) => ({ ...wait, element: target(way, wait.element) }));
  const incidents = records<IncidentRecord>(state, 'incidents').map((one) => ({ ...one, element: target(way, one.element) }));
  const moves = movesOf(records<TokenRecord>(state, 'tokens'), tokens);
  if (way.refusals.length > 0) return { wants: [], moves, refusals: way.refusals };
  const run = openRun(to, { ...state, format: FORMAT, scopes, tokens, waits, incidents }, how.env);
  listenAnew(run, way);
  if (way.refusals.length > 0) return { wants: [], moves, refusals: way.refusals };
  const { state: after, wants } = closeRun(run);
  return { state: after, wants, moves, refusals: [] };
}

function refuse(way: Way, code: Orphan, place: string, what = place): void {
  if (!way.refusals.some((one) => one.code === `migration-${code}` && one.place === place))
    way.refusals.push(orphan(code, place, what));
}

function isKnown(plan: Plan, id: string): boolean {
  return plan.nodes.has(id) || plan.scopes.has(id) || [...plan.nodes.values()].some((node) => node.incoming.includes(id));
}

/** The main process is the main process, whatever it is called. */
function target(way: Way, id: string): string {
  if (Object.hasOwn(way.mapping, id)) return way.mapping[id] ?? id;
  return id === way.from.main ? way.to.main : id;
}

function movedScope(way: Way, scope: ScopeRecord): ScopeRecord {
  const of = target(way, scope.of);
  if (!way.to.scopes.has(of) && !scope.multi) refuse(way, 'scope-gone', scope.of);
  return { ...scope, of, ...(scope.undo && { undo: scope.undo.map((one) => movedUndo(way, one)) }) };
}

/** What was done and can be undone must still be undone by something. */
function movedUndo(way: Way, undo: Undo): Undo {
  const of = target(way, undo.of);
  const node = way.to.nodes.get(of);
  if (!node || (node.undoer === undefined) !== (way.from.nodes.get(undo.of)?.undoer === undefined))
    refuse(way, 'undo-gone', undo.of);
  return { ...undo, of, ...(undo.inside && { inside: undo.inside.map((one) => movedUndo(way, one)) }) };
}

function movedToken(way: Way, token: TokenRecord): TokenRecord {
  const old = way.from.nodes.get(token.at);
  const at = target(way, token.at);
  const node = way.to.nodes.get(at);
  if (!old || !node) refuse(way, 'element-gone', token.at);
  else checkFit(way, old, node);
  const via = token.via === undefined ? undefined : target(way, token.via);
  // A join counts its flows: a token that came by one that is gone would wait there for ever.
  if (node && via !== undefined && isCounting(node) && !node.incoming.includes(via))
    refuse(way, 'flow-gone', token.at, token.via);
  const undoing = token.undoing && { ...token.undoing, left: token.undoing.left.map((one) => movedUndo(way, one)) };
  return { ...token, at, ...(via !== undefined && { via }), ...(undoing && { undoing }) };
}

function isCounting(node: PlanNode): boolean {
  return (node.kind === 'parallel' || node.kind === 'inclusive') && node.incoming.length > 1;
}

/** The new element can take over what is at work in the old one. */
function checkFit(way: Way, old: PlanNode, node: PlanNode): void {
  if (node.kind !== old.kind || node.trigger.on !== old.trigger.on) refuse(way, 'other-kind', old.id, node.id);
  else if (node.scope !== target(way, old.scope)) refuse(way, 'other-scope', old.id, node.id);
  else if (loopOf(node) !== loopOf(old)) refuse(way, 'other-loop', old.id, node.id);
  else if (node.info.service !== old.info.service) refuse(way, 'other-work', old.id, node.info.service ?? node.id);
  else if (node.calls?.process !== undefined && node.calls.process !== target(way, old.calls?.process ?? ''))
    refuse(way, 'other-work', old.id, node.calls.process);
}

function loopOf({ loop }: PlanNode): string {
  return loop ? `${loop.sequential} ${loop.again !== undefined}` : '';
}

function movesOf(before: readonly TokenRecord[], after: readonly TokenRecord[]): readonly MigrationMove[] {
  const moves = new Map<string, MigrationMove>();
  for (const [index, { at: from }] of before.entries()) {
    const to = after[index]?.at ?? from;
    const key = `${from}\n${to}`;
    moves.set(key, { from, to, tokens: (moves.get(key)?.tokens ?? 0) + 1 });
  }
  return [...moves.values()];
}

/** Ends subscriptions whose event is gone or waits for something else, and makes those that only the new version has. */
function listenAnew(run: Run, way: Way): void {
  for (const token of run.tokens.values()) {
    const node = run.plan.nodes.get(token.at);
    if (!node || token.undoing || token.inner !== undefined || isFailedAtEntry(run, token)) continue;
    // An instance of many stands in its activity's body; the outer token holds the boundary events.
    renew(run, way, { owner: { token: token.id }, events: listenersOf(run, node), own: node.id });
  }
  for (const scope of run.scopes.values()) {
    if (scope.multi) continue;
    const events = (run.plan.scopes.get(scope.of)?.handlers ?? []).map((one) => one.start);
    renew(run, way, { owner: { scope: scope.id }, events });
  }
}

/** The events that wait while a token stands at a node: those it chooses among, itself, or those at its border. */
function listenersOf(run: Run, node: PlanNode): readonly PlanNode[] {
  if (node.kind === 'events') return node.outgoing.flatMap((flow) => run.plan.nodes.get(flow.to) ?? []);
  return node.kind === 'catch' || node.kind === 'receive' ? [...node.boundaries, node] : node.boundaries;
}

function isFailedAtEntry(run: Run, token: TokenRecord): boolean {
  return [...run.incidents.values()].some((one) => one.token === token.id && one.phase === 'enter');
}

type Listening = { readonly owner: Owner; readonly events: readonly PlanNode[]; readonly own?: string };

function renew(run: Run, way: Way, { owner, events, own }: Listening): void {
  const frame = 'token' in owner ? frameOf(run.tokens.get(owner.token) as TokenRecord) : { scope: owner.scope };
  const waiting = waitsOf(run, 'token' in owner ? owner.token : owner.scope);
  for (const wait of waiting) {
    const event = events.find((one) => one.id === wait.element);
    if (!event && wait.element !== own) closeWait(run, wait);
  }
  for (const event of events) {
    const old = waiting.find((one) => one.element === event.id);
    const wanted = subscriptionOf(run, event, frame);
    if (wanted && 'fault' in wanted) refuse(way, 'cannot-listen', event.id, wanted.fault);
    else if (wanted && !(old && isSame(old, wanted))) {
      if (old) closeWait(run, old);
      subscribe(run, wanted, owner);
    }
  }
}

/** Timers keep the due time they were promised. */
function isSame(
  wait: WaitRecord,
  wanted: Exclude<ReturnType<typeof subscriptionOf>, undefined | { readonly fault: string }>,
): boolean {
  if (wait.kind !== wanted.kind) return false;
  if (wanted.kind === 'message') return wait.name === wanted.name && wait.key === wanted.key;
  return wanted.kind !== 'signal' || wait.name === wanted.name;
}
