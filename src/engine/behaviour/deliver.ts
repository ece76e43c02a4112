// Messages that come: given to what waits for them, or kept for a while where nothing does yet.
import type { KeptMessage, Run, WaitRecord } from '#engine/run.ts';
import type { EngineInput } from '#engine/types.ts';
import { trigger } from './catching.ts';

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
