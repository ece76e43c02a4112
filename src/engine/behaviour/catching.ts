// Events that catch: boundary events, event subprocesses, intermediate events, the events after an event-based gateway;
// and how errors and escalations find who catches them (BPMN 2.0.2 §10.5.6).
import type { JsonObject } from '#base/json.ts';
import { cancelToken, cancelTokensIn, completed, entered, leave, writeResult } from '#engine/flow.ts';
import type { PlanNode, PlanScope } from '#engine/plan.ts';
import {
  bareToken,
  newToken,
  nodeOf,
  putToken,
  type Run,
  type ScopeRecord,
  type TokenRecord,
  type WaitRecord,
} from '#engine/run.ts';
import { openScope } from '#engine/scope.ts';
import { nextDue } from '#engine/timer.ts';
import type { WaitId } from '#engine/types.ts';
import { evaluateJson, frameOf, putVariable } from '#engine/variables.ts';
import { closeWaitsOf, settleWait, subscribe } from '#engine/waiting.ts';
import { completeWith } from './task.ts';

type Handler = PlanScope['handlers'][number];
/** What an event brings, and the wait it was awaited by; errors and escalations are awaited by none. */
type Happening = { readonly vars: JsonObject; readonly wait?: WaitId };

/** What a wait stood for has happened. */
export function trigger(run: Run, wait: WaitRecord, vars: JsonObject): void {
  const node = nodeOf(run, wait.element);
  settleWait(run, wait);
  const scope = wait.scope === undefined ? undefined : run.scopes.get(wait.scope);
  if (scope) {
    const handler = handlersOf(run, scope).find((one) => one.start.id === node.id);
    if (!handler) return;
    if (!node.interrupting) listenAgain(run, node, wait);
    return fireHandler(run, handler, scope, { vars, wait: wait.wait });
  }
  const host = wait.token === undefined ? undefined : run.tokens.get(wait.token);
  if (!host) return;
  if (node.kind === 'boundary') {
    if (!node.interrupting) listenAgain(run, node, wait);
    return fireBoundary(run, node, host, { vars, wait: wait.wait });
  }
  return happen(run, node, host, { vars, wait: wait.wait });
}

/** An intermediate event or receive task, reached by itself or chosen by the event-based gateway before it. */
function happen(run: Run, node: PlanNode, token: TokenRecord, { vars, wait }: Happening): void {
  closeWaitsOf(run, token.id);
  const at = token.at === node.id ? token : choose(run, node, token, wait);
  if (node.kind === 'receive') return completeWith(run, at, vars);
  writeResult(run, node, frameOf(at), vars);
  completed(run, node.id);
  return leave(run, at);
}

function choose(run: Run, node: PlanNode, token: TokenRecord, wait: WaitId | undefined): TokenRecord {
  const flow = nodeOf(run, token.at).outgoing.find((one) => one.to === node.id);
  completed(run, token.at);
  if (flow) run.trail.push({ element: flow.id, did: 'taken' });
  const chosen = putToken(run, { ...bareToken(token), at: node.id, ...(flow && { via: flow.id }) });
  entered(run, chosen, wait);
  return chosen;
}

/** A non-interrupting event goes on listening: until its host ends, or the repetitions of its cycle are used up. */
function listenAgain(run: Run, node: PlanNode, wait: WaitRecord): void {
  const owner = wait.scope === undefined ? { token: wait.token ?? 0 } : { scope: wait.scope };
  if (wait.kind === 'condition') subscribe(run, { node, kind: 'condition' }, owner, true);
  if (wait.kind === 'signal' && wait.name !== undefined) subscribe(run, { node, kind: 'signal', name: wait.name }, owner);
  if (wait.kind === 'message' && wait.name !== undefined) {
    subscribe(run, { node, kind: 'message', name: wait.name, ...(wait.key !== undefined && { key: wait.key }) }, owner);
  }
  if (node.trigger.on !== 'timer' || wait.every === undefined || wait.left === undefined || wait.left === 0) return;
  const due = nextDue(run, node.trigger.timer, wait.due ?? run.env.now, wait.every);
  const left = wait.left < 0 ? -1 : wait.left - 1;
  if (due) subscribe(run, { node, kind: 'timer', clock: wait.clock ?? false, due, every: wait.every, left }, owner);
}

export function fireBoundary(run: Run, node: PlanNode, host: TokenRecord, { vars, wait }: Happening): void {
  if (node.interrupting || node.trigger.on === 'error' || node.trigger.on === 'cancel') cancelToken(run, host);
  const token = newToken(run, node.id, host.in);
  entered(run, token, wait);
  writeResult(run, node, frameOf(token), vars);
  completed(run, node.id);
  return leave(run, token);
}

function fireHandler(run: Run, { node, start }: Handler, scope: ScopeRecord, { vars, wait }: Happening): void {
  if (start.interrupting || start.trigger.on === 'error') {
    cancelTokensIn(run, scope.id);
    closeWaitsOf(run, scope.id);
  }
  const token = newToken(run, node.id, scope.id);
  entered(run, token, wait);
  const inner = openScope(run, node.id, start.outputs.length > 0 ? {} : vars, { owner: token });
  for (const { target, value } of start.outputs)
    putVariable(run, inner, target, evaluateJson(run, value, { scope: inner, local: vars }));
}

function handlersOf(run: Run, scope: ScopeRecord): readonly Handler[] {
  return scope.multi ? [] : (run.plan.scopes.get(scope.of)?.handlers ?? []);
}

export type Thrown = { readonly on: 'error' | 'escalation'; readonly code: string };

/**
 * Who catches: boundary events of the activity, then event subprocesses of its scope, then the same for what surrounds it. An activity that
 * is undone has completed: its own events are over.
 */
export function catcherOf(run: Run, token: TokenRecord, thrown: Thrown): ((vars: JsonObject) => void) | undefined {
  for (let at: TokenRecord | undefined = token; at;) {
    const host: TokenRecord = at;
    const node = nodeOf(run, host.at);
    const boundary = host.inner === undefined && !isReopened(host) ? matching(node.boundaries, (one) => one, thrown) : undefined;
    if (boundary) return (vars) => fireBoundary(run, boundary, host, { vars });
    const scope = run.scopes.get(host.in);
    if (!scope) return undefined;
    at = scope.token === undefined ? undefined : run.tokens.get(scope.token);
    if (node.kind === 'event-subprocess' || (at && isReopened(at))) continue;
    const handler = matching(handlersOf(run, scope), (one) => one.start, thrown);
    if (handler) return (vars) => fireHandler(run, handler, scope, { vars });
  }
  return undefined;
}

function isReopened({ undoing }: TokenRecord): boolean {
  return undoing?.after === 'close';
}

/** The one that names the code before the one that catches any. */
function matching<T>(all: readonly T[], node: (one: T) => PlanNode, { on, code }: Thrown): T | undefined {
  const codeOf = (one: T): string | undefined | null => {
    const { trigger } = node(one);
    return trigger.on === on && (trigger.on === 'error' || trigger.on === 'escalation') ? trigger.code : null;
  };
  return all.find((one) => codeOf(one) === code) ?? all.find((one) => codeOf(one) === undefined);
}
