// What a case that goes over to another version listens to there: events that both versions have go on as they are, those that are gone or wait
// for something else end, those that only the new version has begin. What has happened already does not happen again.
import { records } from './format.ts';
import type { Plan, PlanNode, PlanTrigger } from './plan.ts';
import { waitsOf, type Run, type ScopeRecord, type TokenRecord } from './run.ts';
import type { EngineState } from './types.ts';
import { frameOf, type Frame } from './variables.ts';
import { closeWait, subscribe, subscriptionOf, type Owner, type Subscription } from './waiting.ts';

/** The old version, the state under it, and which element of the new version each of its elements is. */
type Old = { readonly from: Plan; readonly state: EngineState; readonly element: (id: string) => string };
/** An event of the new version that cannot listen. */
export type Deaf = { readonly place: string; readonly fault: string };
type Listening = {
  readonly owner: Owner;
  readonly frame: Frame;
  readonly events: readonly PlanNode[];
  readonly before: readonly PlanNode[];
};

/** `run` is of the new version, its records moved there already. */
export function listenAnew(run: Run, old: Old): readonly Deaf[] {
  const deaf: Deaf[] = [];
  const tokens = new Map(records<TokenRecord>(old.state, 'tokens').map((token) => [token.id, token]));
  for (const token of run.tokens.values()) {
    const node = run.plan.nodes.get(token.at);
    const was = old.from.nodes.get(tokens.get(token.id)?.at ?? '');
    if (!node || !was || token.undoing || !isAtWork(run, token)) continue;
    const [events, before] = [listenersOf(run.plan, node, token), listenersOf(old.from, was, token)];
    deaf.push(...renew(run, old, { owner: { token: token.id }, frame: frameOf(token), events, before }));
  }
  for (const was of records<ScopeRecord>(old.state, 'scopes')) {
    const scope = run.scopes.get(was.id);
    if (!scope || scope.multi || isOver(run, old, was)) continue;
    const [events, before] = [startsOf(run.plan, scope.of), startsOf(old.from, was.of)];
    deaf.push(...renew(run, old, { owner: { scope: scope.id }, frame: { scope: scope.id }, events, before }));
  }
  return deaf;
}

/** Not one that has failed before its events listened, or after they were over. */
function isAtWork(run: Run, token: TokenRecord): boolean {
  const failed = run.incidents.get(token.id);
  return failed === undefined || failed.phase === 'work';
}

/** The events that wait while a token stands at a node: those it chooses among, itself, those at its border; of many instances, only itself. */
function listenersOf(plan: Plan, node: PlanNode, token: TokenRecord): readonly PlanNode[] {
  if (node.kind === 'events') return node.outgoing.flatMap((flow) => plan.nodes.get(flow.to) ?? []);
  const border = token.inner === undefined ? node.boundaries : [];
  return node.kind === 'catch' || (node.kind === 'receive' && isSingle(node, token)) ? [...border, node] : border;
}

/** The token that holds the border of many instances waits for nothing itself. */
function isSingle({ loop }: PlanNode, { inner }: TokenRecord): boolean {
  return loop === undefined || inner !== undefined;
}

function startsOf(plan: Plan, scope: string): readonly PlanNode[] {
  return (plan.scopes.get(scope)?.handlers ?? []).map(({ start }) => start);
}

/** It does not listen yet, or no more: its start has failed, an event subprocess has interrupted it, it is undone. */
function isOver(run: Run, { from, state }: Old, scope: ScopeRecord): boolean {
  const tokens = records<TokenRecord>(state, 'tokens');
  if (tokens.some((token) => token.id === scope.token && token.undoing)) return true;
  const handlers = from.scopes.get(scope.of)?.handlers ?? [];
  const interrupting = new Set(
    handlers.filter(({ start }) => start.interrupting || start.trigger.on === 'error').map(({ node }) => node.id),
  );
  return tokens.some((token) => {
    if (token.in !== scope.id) return false;
    const node = from.nodes.get(token.at);
    const isLeaving = token.undoing !== undefined && node?.trigger.on === 'cancel';
    return isLeaving || interrupting.has(token.at) || (node?.kind === 'start' && !isAtWork(run, token));
  });
}

function renew(run: Run, { element }: Old, { owner, frame, events, before }: Listening): readonly Deaf[] {
  const deaf: Deaf[] = [];
  const waiting = waitsOf(run, 'token' in owner ? owner.token : owner.scope).filter(
    ({ kind }) => kind !== 'task' && kind !== 'service',
  );
  const kept = new Set(events.flatMap(({ id }) => waiting.find((one) => one.element === id) ?? []));
  for (const wait of waiting) if (!kept.has(wait)) closeWait(run, wait);
  for (const event of events) {
    const wait = waiting.find((one) => one.element === event.id);
    const was = before.find((one) => element(one.id) === event.id);
    if (was && (wait ? isAlike(was.trigger, event.trigger) : isAwaited(was))) continue;
    const wanted = subscriptionOf(run, event, frame);
    if (wanted && 'fault' in wanted) deaf.push({ place: event.id, fault: wanted.fault });
    else if (!(wait && wanted && isSame(wait, wanted))) {
      if (wait) closeWait(run, wait);
      if (wanted) subscribe(run, wanted, owner);
    }
  }
  return deaf;
}

/** One of the old version that waits no more has happened. Errors and escalations are awaited by none. */
function isAwaited({ trigger }: PlanNode): boolean {
  return trigger.on === 'timer' || trigger.on === 'message' || trigger.on === 'signal' || trigger.on === 'condition';
}

/** Drawn as before: it goes on waiting for what it was told then, whatever the variables say now. */
function isAlike(old: PlanTrigger, event: PlanTrigger): boolean {
  if (old.on === 'message' && event.on === 'message')
    return old.name.source === event.name.source && old.key?.source === event.key?.source;
  if (old.on === 'signal' && event.on === 'signal') return old.name.source === event.name.source;
  return old.on === event.on;
}

/** Timers keep the due time they were promised. */
function isSame(wait: { readonly kind: string; readonly name?: string; readonly key?: string }, wanted: Subscription): boolean {
  if (wait.kind !== wanted.kind) return false;
  if (wanted.kind === 'message') return wait.name === wanted.name && wait.key === wanted.key;
  return wanted.kind !== 'signal' || wait.name === wanted.name;
}
