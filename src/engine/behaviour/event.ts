// Events on the way: intermediate catch and throw events, and the ends. Boundary events and event subprocesses are in catching.ts.
import { cancelToken, completed, endToken, finishScope, leave, writeResult } from '#engine/flow.ts';
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from '#engine/plan.ts';
import { dropToken, fail, newToken, nodeOf, putToken, tokensIn, type Run, type TokenRecord } from '#engine/run.ts';
import { evaluateText, frameOf, inputsOf } from '#engine/variables.ts';
import { closeWaitsOf, openWork, subscribe, subscriptionOf } from '#engine/waiting.ts';
import { catcherOf, fireBoundary } from './catching.ts';
import { compensate } from './compensation.ts';
import { throwMessage } from './message.ts';
import { throwSignal } from './signal.ts';

export function enterCatch(run: Run, node: PlanNode, token: TokenRecord): void {
  if (node.trigger.on === 'link') return goOn(run, node, token);
  const found = subscriptionOf(run, node, frameOf(token));
  if (!found || 'fault' in found) return fail(run, token, 'enter', found?.fault ?? 'the event waits for nothing');
  subscribe(run, found, { token: token.id });
}

/** Throw events and ends: what is thrown is thrown, then the token goes on or ends. */
export function enterThrow(run: Run, node: PlanNode, token: TokenRecord): void {
  const local = inputsOf(run, node.inputs, frameOf(token));
  const { trigger } = node;
  switch (trigger.on) {
    case 'message': {
      if (node.info.service !== undefined) {
        openWork(run, putToken(run, { ...token, ...(local && { local }) }), {
          kind: 'service',
          element: node.info,
          input: local ?? {},
        });
        return;
      }
      const fault = throwMessage(run, node, { scope: token.in, local }, local ?? {});
      return fault === undefined ? goOn(run, node, token) : fail(run, token, 'enter', fault);
    }
    case 'error':
    case 'escalation':
      return raise(run, node, token, local ?? {});
    case 'signal': {
      const fault = throwSignal(run, node, { scope: token.in, local }, local ?? {});
      if (fault !== undefined) return fail(run, token, 'enter', fault);
      return run.tokens.has(token.id) ? goOn(run, node, token) : undefined;
    }
    case 'compensation':
      return undo(run, node, token);
    case 'cancel':
      return cancelTransaction(run, node, token);
    case 'terminate':
      return terminate(run, node, token);
    default:
      return goOn(run, node, token);
  }
}

/** A service that throws an event's message has answered. */
export function completeThrow(run: Run, node: PlanNode, token: TokenRecord, result: JsonObject): void {
  writeResult(run, node, frameOf(token), result);
  return goOn(run, node, token);
}

/** Waits for the compensation it asks for, or leaves that to a token of its own. */
function undo(run: Run, node: PlanNode, token: TokenRecord): void {
  if (node.trigger.on !== 'compensation') return;
  const { of, waits } = node.trigger;
  if (waits) return compensate(run, token, { of, after: 'go' }) ? undefined : goOn(run, node, token);
  const beside = newToken(run, node.id, token.in);
  if (!compensate(run, beside, { of, after: 'end' })) dropToken(run, beside);
  return goOn(run, node, token);
}

/** All that a compensating event asked for is undone. */
export function afterUndoing(run: Run, token: TokenRecord): void {
  const node = nodeOf(run, token.at);
  return node.trigger.on === 'cancel' ? leaveTransaction(run, node, token) : goOn(run, node, token);
}

/** What is at work in the transaction is cancelled, what is completed undone; then its cancel boundary event happens (BPMN 2.0.2 §10.3.5). */
function cancelTransaction(run: Run, node: PlanNode, token: TokenRecord): void {
  for (const other of tokensIn(run, token.in)) if (other.id !== token.id && run.tokens.has(other.id)) cancelToken(run, other);
  closeWaitsOf(run, token.in);
  if (!compensate(run, token, { after: 'go' })) leaveTransaction(run, node, token);
}

function leaveTransaction(run: Run, node: PlanNode, token: TokenRecord): void {
  const scope = run.scopes.get(token.in);
  const owner = scope?.token === undefined ? undefined : run.tokens.get(scope.token);
  const host = owner && outermost(run, owner);
  const boundary = host && nodeOf(run, host.at).boundaries.find((one) => one.trigger.on === 'cancel');
  if (!host || !boundary) return goOn(run, node, token);
  completed(run, node.id);
  dropToken(run, token);
  return fireBoundary(run, boundary, host, { vars: {} });
}

/** Of an instance of many: the token that holds the boundary events of them all. */
function outermost(run: Run, token: TokenRecord): TokenRecord {
  const body = token.inner === undefined ? undefined : run.scopes.get(token.in);
  return (body?.token !== undefined && run.tokens.get(body.token)) || token;
}

function goOn(run: Run, node: PlanNode, token: TokenRecord): void {
  completed(run, node.id);
  if (node.kind !== 'end') return leave(run, token);
  noteOutcome(run, node, token);
  return endToken(run, token);
}

/** An escalation that no one catches changes nothing; an error that no one catches is an incident. */
function raise(run: Run, node: PlanNode, token: TokenRecord, vars: JsonObject): void {
  const { trigger } = node;
  if (trigger.on !== 'error' && trigger.on !== 'escalation') return;
  const caught = catcherOf(run, token, { on: trigger.on, code: trigger.code ?? '' });
  if (!caught && trigger.on === 'error') return fail(run, token, 'enter', `error ${trigger.code ?? ''} is caught by no one`);
  caught?.(vars);
  if (run.tokens.has(token.id)) return goOn(run, node, token);
}

/** Ends the scope it stands in, and only that (BPMN 2.0.2 §10.5.3). */
function terminate(run: Run, node: PlanNode, token: TokenRecord): void {
  completed(run, node.id);
  noteOutcome(run, node, token);
  for (const other of tokensIn(run, token.in)) if (other.id !== token.id && run.tokens.has(other.id)) cancelToken(run, other);
  dropToken(run, token);
  return finishScope(run, token.in, node.id);
}

function noteOutcome(run: Run, node: PlanNode, token: TokenRecord): void {
  const status = node.status && evaluateText(run, node.status, frameOf(token));
  if (status === undefined) return;
  const reason = node.reason && evaluateText(run, node.reason, frameOf(token));
  run.outcome = { element: node.id, status, ...(reason !== undefined && { reason }) };
}
