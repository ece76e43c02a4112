// Our engine as a benchmark's host runs it: a plan from a drawing, a state, the next task completed.
import assert from 'node:assert/strict';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { compile } from '#engine/compile.ts';
import type { Plan } from '#engine/plan.ts';
import { readModel } from '#engine/read.ts';
import { step } from '#engine/step.ts';
import type { EngineEnv, EngineState, WaitId } from '#engine/types.ts';
import { waits } from '#engine/waits.ts';

export const ENV: EngineEnv = { now: instant('2026-11-24T09:00:00+03:30'), workingDue: () => ENV.now };
/** What a case of a building permit carries. */
export const VARS = { go: true, application: { area: 120.5, use: 'residential', city: 'تهران' }, rate: 1500 };

export async function planned(xml: string): Promise<Plan> {
  const { model } = await readModel(xml);
  if (!model) throw new Error('the process of this measure cannot be read');
  return compile(model);
}

export function started(plan: Plan, vars: JsonObject = VARS): EngineState {
  return step(plan, undefined, { kind: 'start', vars }, ENV).state;
}

/** Wait ids of the tasks that stand open, in the order they opened. */
export function openTasks(state: EngineState): readonly WaitId[] {
  return waits(state)
    .filter((one) => one.kind === 'task')
    .map((one) => one.wait);
}

export function completed(plan: Plan, state: EngineState, wait: WaitId | undefined, result: JsonObject = {}): EngineState {
  assert.ok(wait, 'a task stands open');
  return step(plan, state, { kind: 'complete', wait, result }, ENV).state;
}

export function cancelled(plan: Plan, state: EngineState): EngineState {
  return step(plan, state, { kind: 'cancel' }, ENV).state;
}

/** Runs one case to its end, each state through `through`, as a host that keeps it somewhere. Gives the steps made. */
export function runCase(plan: Plan, through: (state: EngineState) => EngineState): number {
  let state = through(started(plan));
  let steps = 1;
  for (; !state.ended; steps += 1) state = through(completed(plan, state, openTasks(state)[0], { note: 'ok' }));
  return steps;
}
