// Conditional events: looked at whenever the process rests, and happening as their condition comes to hold (BPMN 2.0.2 §10.5.5).
import { putWait, type Run, type WaitRecord } from '#engine/run.ts';
import { frameOf, holds, type Frame } from '#engine/variables.ts';
import { trigger } from './catching.ts';

/** Lets the first condition happen that has come to hold; false where none has. */
export function fireCondition(run: Run): boolean {
  if (!run.plan.hasCondition || run.ended) return false;
  for (const wait of run.waits.values()) {
    if (wait.kind !== 'condition') continue;
    const isTrue = isHolding(run, wait);
    if (!isTrue && wait.held) putWait(run, without(wait));
    if (!isTrue || wait.held) continue;
    trigger(run, wait, {});
    return true;
  }
  return false;
}

function isHolding(run: Run, wait: WaitRecord): boolean {
  const node = run.plan.nodes.get(wait.element);
  return node?.trigger.on === 'condition' && holds(run, node.trigger.value, frameAt(run, wait));
}

function frameAt(run: Run, wait: WaitRecord): Frame {
  const token = wait.token === undefined ? undefined : run.tokens.get(wait.token);
  return token ? frameOf(token) : { scope: wait.scope ?? 0 };
}

function without({ held: _held, ...wait }: WaitRecord): WaitRecord {
  return wait;
}
