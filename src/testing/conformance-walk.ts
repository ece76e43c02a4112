// A case that walks a drawing: it starts, what triggers the event happens, every task is completed in turn. Says what was not as BPMN has it.
import { instant } from '#base/instant.ts';
import { compile } from '#engine/compile.ts';
import type { Model } from '#engine/model.ts';
import { step } from '#engine/step.ts';
import type { EngineEnv, EngineInput, EngineState, StepResult, WaitState } from '#engine/types.ts';
import { incidents, waits } from '#engine/waits.ts';
import type { Drawing, TriggerName } from './conformance-drawings.ts';

const NOW = instant('2026-11-24T09:00:00+03:30');
const ENV: EngineEnv = { now: NOW, workingDue: () => NOW };
const MOST_STEPS = 20;

/** Why the case did not walk the drawing as it should; undefined where it did. */
export function fault(model: Model, { walked, left, at }: Drawing, trigger: TriggerName): string | undefined {
  const plan = compile(model);
  const done = new Set<string>();
  let state: EngineState | undefined;
  const give = (input: EngineInput): StepResult => {
    const result = step(plan, state, input, ENV);
    state = result.state;
    for (const { did, element } of result.trail) if (did === 'completed') done.add(element);
    return result;
  };
  give({ kind: 'start', vars: { go: false }, ...(at !== undefined && { at }) });
  if (!done.has('It')) for (const input of happening(trigger, waitsOf(state))) give(input);
  for (let steps = 0; steps < MOST_STEPS && !state?.ended; steps += 1) {
    const task = waitsOf(state).find(({ kind }) => kind === 'task');
    if (!task)
      return `nothing goes on at ${waitsOf(state)
        .map(({ element }) => element)
        .join(', ')}`;
    give({ kind: 'complete', wait: task.wait, result: {} });
  }
  const stuck = state && incidents(state)[0];
  if (stuck) return `incident at ${stuck.element}: ${stuck.reason}`;
  if (state?.ended?.how !== 'completed') return 'the case does not end';
  const missed = walked.find((element) => !done.has(element));
  if (missed !== undefined) return `${missed} does not complete`;
  const kept = left.find((element) => done.has(element));
  return kept === undefined ? undefined : `${kept} completes`;
}

function waitsOf(state: EngineState | undefined): readonly WaitState[] {
  return state ? waits(state) : [];
}

/** What comes from outside to make the event happen; nothing where it comes from within. */
function happening(trigger: TriggerName, open: readonly WaitState[]): readonly EngineInput[] {
  switch (trigger) {
    case 'message':
      return [{ kind: 'message', name: 'm', vars: {} }];
    case 'signal':
      return [{ kind: 'signal', name: 's', vars: {} }];
    case 'conditional':
      return [{ kind: 'set', vars: { go: true } }];
    case 'timer':
      return open.filter(({ kind }) => kind === 'timer').map(({ wait }) => ({ kind: 'timer', wait }));
    case 'error':
      return open
        .filter(({ kind, element }) => kind === 'task' && element === 't')
        .map(({ wait }) => ({ kind: 'error', wait, code: 'e' }));
    case 'none':
    case 'escalation':
    case 'compensation':
    case 'cancel':
    case 'link':
    case 'terminate':
    case 'multiple':
    case 'parallel multiple':
      return [];
  }
}
