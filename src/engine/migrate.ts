// A running case taken from one version of its process to another: every token, wait and memory by the id of its element, or as a mapping says.
// Pure, so that a dry run is the same call; nothing is carried out where anything would be orphaned. Timers keep their due times.
import type { Finding } from '#base/finding.ts';
import type { JsonObject } from '#base/json.ts';
import { FORMAT, current, records } from './format.ts';
import { orphan, type Orphan } from './migrate-words.ts';
import type { Plan, PlanNode } from './plan.ts';
import { closeRun, openRun, type IncidentRecord, type ScopeRecord, type TokenRecord, type Undo, type WaitRecord } from './run.ts';
import { listenAnew } from './listen-anew.ts';
import type { EngineEnv, EngineState, EngineWant } from './types.ts';

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
  for (const token of tokens) checkJoin(way, token, tokens);
  const moves = movesOf(records<TokenRecord>(state, 'tokens'), tokens);
  if (way.refusals.length > 0) return { wants: [], moves, refusals: way.refusals };
  const run = openRun(to, { ...state, format: FORMAT, scopes, tokens, waits, incidents }, how.env);
  const element = (id: string): string => target(way, id);
  for (const { place, fault } of listenAnew(run, { from, state, element })) refuse(way, 'cannot-listen', place, fault);
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
  return {
    ...scope,
    of,
    ...collected(way, scope, of),
    ...(scope.undo && { undo: scope.undo.map((one) => movedUndo(way, one)) }),
  };
}

/** What the instances have given so far, under the name that the new version collects it by. */
function collected(way: Way, { of, vars, multi }: ScopeRecord, next: string): { readonly vars: JsonObject } | undefined {
  const old = way.from.nodes.get(of)?.loop?.output?.collection;
  const name = way.to.nodes.get(next)?.loop?.output?.collection;
  if (!multi || old === name) return undefined;
  const list = (old === undefined ? undefined : vars[old]) ?? Array.from({ length: Math.max(0, multi.total) }, () => null);
  return { vars: name === undefined ? {} : { [name]: list } };
}

/** What was done and can be undone must still be undone by something. */
function movedUndo(way: Way, undo: Undo): Undo {
  const of = target(way, undo.of);
  const old = way.from.nodes.get(undo.of);
  const node = way.to.nodes.get(of);
  const isSame = old && node && (old.undoer === undefined) === (node.undoer === undefined);
  if (!isSame || old.kind !== node.kind || node.scope !== target(way, old.scope)) refuse(way, 'undo-gone', undo.of);
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
  if (old && node && via !== undefined && isCounting(old) && !(isCounting(node) && node.incoming.includes(via)))
    refuse(way, 'flow-gone', token.at, token.via);
  const undoing = token.undoing && { ...token.undoing, left: token.undoing.left.map((one) => movedUndo(way, one)) };
  return { ...token, at, ...(via !== undefined && { via }), ...(undoing && { undoing }) };
}

function isCounting(node: PlanNode): boolean {
  return (node.kind === 'parallel' || node.kind === 'inclusive') && node.incoming.length > 1;
}

/** A join fires as the last of its flows arrives: where that has happened already, nothing would make it fire. */
function checkJoin(way: Way, { at, in: scope, via }: TokenRecord, tokens: readonly TokenRecord[]): void {
  const node = way.to.nodes.get(at);
  if (node?.kind !== 'parallel' || via === undefined || !isCounting(node)) return;
  const hasCome = (flow: string): boolean => tokens.some((one) => one.at === at && one.in === scope && one.via === flow);
  if (node.incoming.every(hasCome)) refuse(way, 'join-full', at);
}

/** The new element can take over what is at work in the old one. */
function checkFit(way: Way, old: PlanNode, node: PlanNode): void {
  if (node.kind !== old.kind || node.trigger.on !== old.trigger.on || isApart(node) !== isApart(old))
    refuse(way, 'other-kind', old.id, node.id);
  else if (node.scope !== target(way, old.scope)) refuse(way, 'other-scope', old.id, node.id);
  else if (loopOf(node) !== loopOf(old)) refuse(way, 'other-loop', old.id, node.id);
  else if (node.info.service !== old.info.service) refuse(way, 'other-work', old.id, node.info.service ?? node.id);
  else if (node.calls?.process !== undefined && node.calls.process !== target(way, old.calls?.process ?? ''))
    refuse(way, 'other-work', old.id, node.calls.process);
}

/** In no flow: it undoes another. */
function isApart({ incoming, outgoing, fallback }: PlanNode): boolean {
  return incoming.length + outgoing.length === 0 && !fallback;
}

function loopOf({ loop }: PlanNode): string {
  return loop ? `${loop.sequential} ${loop.again !== undefined} ${loop.collection !== undefined}` : '';
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
