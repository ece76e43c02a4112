// Checks a law over random cases: the same models and histories for every law of a run, so that each model is read once. Holds no test itself.
// LAW_RUNS=10 checks ten times as many; LAW_SEED=… takes those of an earlier run; LAW_SHOW=1 prints what fails.
import { env } from 'node:process';
import fc from 'fast-check';
import type { DecisionLibrary, FeelContext } from '#rules/types.ts';
import { compile } from './compile.ts';
import type { Plan } from './plan.ts';
import { playRandom, randomPicks, type Pick } from './random-history.test.ts';
import { xmlOf } from './random-draw.test.ts';
import { randomModel, type RandomModel } from './random-model.test.ts';
import { readModel } from './read.ts';

const TIMES = Number(env['LAW_RUNS'] ?? 1);
const SEED = Number(env['LAW_SEED'] ?? fc.sample(fc.noBias(fc.nat()), 1)[0]);

type Check = (plan: Plan, picks: readonly Pick[], model: RandomModel) => void | Promise<void>;

/** Three histories of each of so many models. */
export async function checkRandom(runs: number, check: Check): Promise<void> {
  const histories = fc.array(randomPicks, { minLength: 1, maxLength: 3, size: 'max' });
  const property = fc.asyncProperty(randomModel, histories, async (model, all) => {
    const plan = await randomPlan(model);
    for (const picks of all) await check(plan, picks, model);
  });
  const details = await fc.check(property, { numRuns: runs * TIMES, seed: SEED });
  if (details.failed && details.counterexample && env['LAW_SHOW']) await show(...details.counterexample);
  if (details.failed)
    await fc.assert(property, {
      numRuns: runs * TIMES,
      seed: SEED,
      ...(details.counterexamplePath !== null && { path: details.counterexamplePath }),
    });
}

async function show(model: RandomModel, histories: readonly (readonly Pick[])[]): Promise<void> {
  console.error(xmlOf(model));
  const plan = await randomPlan(model);
  for (const picks of histories)
    for (const { input, result } of playRandom(plan, picks))
      console.error(JSON.stringify(input), result.trail.map((one) => `${one.did} ${one.element}`).join(', '));
}

/** One decision: the double of `n`, or a problem where there is none. */
const LIBRARY: DecisionLibrary = {
  decisions: [{ id: 'D', name: 'D', inputs: ['n'] }],
  evaluate: (_decision: string, inputs: FeelContext) => ({ value: inputs['n'] ?? null, hits: [], problems: [] }),
};

const plans = new Map<string, Promise<Plan>>();

/** Reading takes longer than a history: each model is read once for all laws. */
export function randomPlan(model: RandomModel, prefix = ''): Promise<Plan> {
  const key = JSON.stringify([prefix, model]);
  const known = plans.get(key) ?? readPlan(model, prefix);
  plans.set(key, known);
  return known;
}

export async function readPlan(model: RandomModel, prefix = ''): Promise<Plan> {
  const { model: read, findings } = await readModel(xmlOf(model, prefix));
  if (!read || findings.length > 0) throw new Error(JSON.stringify(findings));
  return compile(read, LIBRARY);
}
