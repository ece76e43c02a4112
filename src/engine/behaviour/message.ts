// Messages: those thrown by send tasks and events, whose delivery is the host's; and those that come, kept for a while where nothing waits for them yet.
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from '#engine/plan.ts';
import { wantMore, type KeptMessage, type Run, type WaitRecord } from '#engine/run.ts';
import type { EngineInput } from '#engine/types.ts';
import type { Frame } from '#engine/variables.ts';
import { subscriptionOf } from '#engine/waiting.ts';
import { trigger } from './catching.ts';

/** The fault, or undefined once the message is among the wants. */
export function throwMessage(run: Run, node: PlanNode, frame: Frame, vars: JsonObject): string | undefined {
  const found = subscriptionOf(run, node, frame);
  if (!found || 'fault' in found) return found?.fault ?? 'message: none is named';
  if (found.kind !== 'message') return 'message: none is named';
  wantMore(run, {
    kind: 'throw',
    element: node.id,
    message: found.name,
    vars,
    ...(found.key !== undefined && { key: found.key }),
  });
  return undefined;
}

/** To the oldest subscription of that name; one that asks for a key gets only messages with it. False where the message means nothing here. */
export function deliver(run: Run, { name, key, vars, id, keep }: Extract<EngineInput, { kind: 'message' }>): boolean {
  const wait = awaiting(run, { name, key });
  if (wait) trigger(run, wait, vars);
  if (wait || keep === undefined || keep <= run.env.now) return wait !== undefined;
  if (id !== undefined && run.messages.some((one) => one.id === id)) return false;
  const kept: KeptMessage = { name, vars, keep, ...(key !== undefined && { key }), ...(id !== undefined && { id }) };
  run.messages = [...run.messages, kept];
  return true;
}

/** Gives the oldest kept message to what has come to wait for it; false where there is none. */
export function deliverKept(run: Run): boolean {
  if (run.messages.length === 0 || run.ended) return false;
  for (const message of run.messages) {
    const wait = awaiting(run, message);
    if (!wait) continue;
    run.messages = run.messages.filter((one) => one !== message);
    trigger(run, wait, message.vars);
    return true;
  }
  return false;
}

function awaiting(run: Run, { name, key }: { readonly name: string; readonly key?: string | undefined }): WaitRecord | undefined {
  for (const wait of run.waits.values())
    if (wait.kind === 'message' && wait.name === name && (wait.key === undefined || wait.key === key)) return wait;
  return undefined;
}
