// Waits: opened with their want, closed with its withdrawal. A want that opens and closes in one step is never told to the host.
import type { JsonObject } from '#base/json.ts';
import type { Expression, PlanNode } from './plan.ts';
import { dropWait, putWait, waitsOf, wantMore, type Run, type TokenRecord, type WaitRecord } from './run.ts';
import { dueOf, type Due, type Fault } from './timer.ts';
import type { EngineWant, WaitId } from './types.ts';
import { evaluateText, type Frame } from './variables.ts';

export type Owner = { readonly token: number } | { readonly scope: number };
export type Subscription = { readonly node: PlanNode } & (
  | ({ readonly kind: 'timer'; readonly clock: boolean } & Due)
  | { readonly kind: 'message'; readonly name: string; readonly key?: string }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'condition' }
);

/** What an event waits for, worked out before anything is opened; undefined where it is caught as it is thrown (errors, escalations). */
export function subscriptionOf(run: Run, node: PlanNode, frame: Frame): Subscription | Fault | undefined {
  const { trigger } = node;
  if (trigger.on === 'timer') {
    const due = dueOf(run, trigger.timer, frame);
    return 'fault' in due ? due : { node, kind: 'timer', clock: trigger.timer.clock, ...due };
  }
  if (trigger.on === 'condition') return { node, kind: 'condition' };
  if (trigger.on === 'signal') {
    const name = nameOf(run, trigger.name, frame);
    return name === undefined ? { fault: `signal: ${trigger.name.source} gives no name` } : { node, kind: 'signal', name };
  }
  if (trigger.on !== 'message') return undefined;
  const name = nameOf(run, trigger.name, frame);
  if (name === undefined) return { fault: `message: ${trigger.name.source} gives no name` };
  if (!trigger.key) return { node, kind: 'message', name };
  const key = evaluateText(run, trigger.key, frame);
  return key === undefined ? { fault: `message: ${trigger.key.source} gives no key` } : { node, kind: 'message', name, key };
}

function nameOf(run: Run, name: Expression, frame: Frame): string | undefined {
  return evaluateText(run, name, frame) || undefined;
}

/** All subscriptions of some events, or the first fault. */
export function subscriptionsOf(run: Run, nodes: readonly PlanNode[], frame: Frame): readonly Subscription[] | Fault {
  const found: Subscription[] = [];
  for (const node of nodes) {
    const one = subscriptionOf(run, node, frame);
    if (one && 'fault' in one) return one;
    if (one) found.push(one);
  }
  return found;
}

/** `held`: the condition has happened already, and has to fail before it happens anew. */
export function subscribe(run: Run, { node, ...what }: Subscription, owner: Owner, held = false): WaitId {
  const wait = newWait(run);
  const element = node.id;
  switch (what.kind) {
    case 'timer': {
      const { clock, ...due } = what;
      putWait(run, { wait, element, ...owner, ...due, ...(clock && { clock }) });
      wantMore(run, { kind: 'timer', wait, element, due: due.due, clock }, wait);
      break;
    }
    case 'condition':
      putWait(run, { wait, element, ...owner, ...what, ...(held && { held }) });
      break;
    case 'message':
    case 'signal':
      putWait(run, { wait, element, ...owner, ...what });
      wantMore(run, { ...what, wait, element }, wait);
  }
  if ('token' in owner) tellWait(run, owner.token, element, wait);
  return wait;
}

/** A wait for someone outside to do the work of an activity. */
export function openWork(run: Run, token: TokenRecord, want: WorkWant): WaitId {
  const wait = newWait(run);
  putWait(run, { wait, kind: want.kind, element: token.at, token: token.id });
  wantMore(run, { ...want, wait }, wait);
  tellWait(run, token.id, token.at, wait);
  return wait;
}

/** Gives the wait to the visit that its token has begun in this step; events that only listen have none yet. */
function tellWait(run: Run, token: number, element: string, wait: WaitId): void {
  const at = run.visits.get(token);
  const entry = at === undefined ? undefined : run.trail[at];
  if (at !== undefined && entry?.element === element && entry.wait === undefined) run.trail[at] = { ...entry, wait };
}

type Without<T> = T extends { readonly wait: WaitId } ? Omit<T, 'wait'> : never;
export type WorkWant = Without<Extract<EngineWant, { kind: 'task' | 'service' }>> & { readonly input: JsonObject };

function newWait(run: Run): WaitId {
  return `w${run.next++}` as WaitId;
}

export function closeWait(run: Run, record: WaitRecord): void {
  dropWait(run, record);
  if (record.kind !== 'condition' && !run.wants.delete(record.wait))
    wantMore(run, { kind: 'withdraw', wait: record.wait, was: record.kind });
}

/** The wait is over because what it waited for has come. The host knows of that where its input named the wait; of messages and signals it is told. */
export function settleWait(run: Run, record: WaitRecord): void {
  if (record.kind === 'message' || record.kind === 'signal') return closeWait(run, record);
  dropWait(run, record);
}

/** All waits of a token or scope. */
export function closeWaitsOf(run: Run, owner: number): void {
  for (const wait of waitsOf(run, owner)) closeWait(run, wait);
}
