// Waits: opened with their want, closed with its withdrawal. A want that opens and closes in one step is never told to the host.
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from './plan.ts';
import type { Run, TokenRecord, WaitRecord } from './run.ts';
import { dueOf, type Due, type Fault } from './timer.ts';
import type { EngineWant, WaitId } from './types.ts';
import { evaluateText, type Frame } from './variables.ts';

export type Owner = { readonly token: number } | { readonly scope: number };
export type Subscription = { readonly node: PlanNode } & (
  | ({ readonly kind: 'timer'; readonly clock: boolean } & Due)
  | { readonly kind: 'message'; readonly name: string; readonly key?: string }
);

/** What an event waits for, worked out before anything is opened; undefined where it waits for nothing outside (errors, escalations). */
export function subscriptionOf(run: Run, node: PlanNode, frame: Frame): Subscription | Fault | undefined {
  const { trigger } = node;
  if (trigger.on === 'timer') {
    const due = dueOf(run, trigger.timer, frame);
    return 'fault' in due ? due : { node, kind: 'timer', clock: trigger.timer.clock, ...due };
  }
  if (trigger.on !== 'message') return undefined;
  const name = evaluateText(run, trigger.name, frame);
  if (name === undefined || name === '') return { fault: `message: ${trigger.name.source} gives no name` };
  if (!trigger.key) return { node, kind: 'message', name };
  const key = evaluateText(run, trigger.key, frame);
  return key === undefined ? { fault: `message: ${trigger.key.source} gives no key` } : { node, kind: 'message', name, key };
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

export function subscribe(run: Run, { node, ...what }: Subscription, owner: Owner): WaitId {
  const wait = newWait(run);
  const element = node.id;
  if (what.kind === 'timer') {
    const { clock, ...due } = what;
    run.waits.set(wait, { wait, element, ...owner, ...due, ...(clock && { clock }) });
    run.wants.push({ kind: 'timer', wait, element, due: due.due, clock });
  } else {
    run.waits.set(wait, { wait, element, ...owner, ...what });
    run.wants.push({ ...what, wait, element });
  }
  tellWait(run, element, wait);
  return wait;
}

/** A wait for someone outside to do the work of an activity. */
export function openWork(run: Run, token: TokenRecord, want: WorkWant): WaitId {
  const wait = newWait(run);
  run.waits.set(wait, { wait, kind: want.kind, element: token.at, token: token.id });
  run.wants.push({ ...want, wait });
  tellWait(run, token.at, wait);
  return wait;
}

/** Gives the wait to the visit of its element that has begun in this step; events that only listen have none yet. */
function tellWait(run: Run, element: string, wait: WaitId): void {
  const at = run.trail.findLastIndex((entry) => entry.element === element);
  const entry = run.trail[at];
  if (entry?.did === 'entered' && entry.wait === undefined) run.trail[at] = { ...entry, wait };
}

type Without<T> = T extends { readonly wait: WaitId } ? Omit<T, 'wait'> : never;
export type WorkWant = Without<Extract<EngineWant, { kind: 'task' | 'service' }>> & { readonly input: JsonObject };

function newWait(run: Run): WaitId {
  return `w${run.next++}` as WaitId;
}

export function closeWait(run: Run, record: WaitRecord): void {
  run.waits.delete(record.wait);
  const told = run.wants.findIndex((want) => 'wait' in want && want.wait === record.wait);
  if (told >= 0) run.wants.splice(told, 1);
  else run.wants.push({ kind: 'withdraw', wait: record.wait, was: record.kind });
}

/** The wait is over because what it waited for has come: nothing to withdraw. */
export function settleWait(run: Run, record: WaitRecord): void {
  run.waits.delete(record.wait);
}

export function waitsOfToken(run: Run, token: number): readonly WaitRecord[] {
  return [...run.waits.values()].filter((wait) => wait.token === token);
}

export function closeWaitsOfToken(run: Run, token: number): void {
  for (const wait of waitsOfToken(run, token)) closeWait(run, wait);
}

export function closeWaitsOfScope(run: Run, scope: number): void {
  for (const wait of run.waits.values()) if (wait.scope === scope) closeWait(run, wait);
}
