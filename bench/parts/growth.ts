// How our engine’s step grows: with the size of the model, with tokens in one case, with the length of its history. In CPU time, so that a busy
// machine harms none.
import type { EngineState } from '#engine/types.ts';
import type { Measure } from '../table.ts';
import { cost, turnsIn } from './clock.ts';
import { drawn, MANY_AT_ONCE, ROUND_AND_ROUND } from './drawing.ts';
import { cancelled, completed, openTasks, planned, runCase, started } from './ours.ts';

const ROUNDS = 3;
const SIZES = [12, 60, 200, 500];
const TOKENS = [10, 100, 1_000, 10_000];
const STEPS = [10, 100, 1_000, 10_000];
const MILLIS = 150;

const throughText = (state: EngineState): EngineState => JSON.parse(JSON.stringify(state)) as EngineState;

/** The exponent of growth between the first and the last: 0 is flat, 1 linear, 2 quadratic. */
function exponent(xs: readonly number[], ys: readonly number[]): number {
  return Math.log((ys.at(-1) ?? 1) / (ys[0] ?? 1)) / Math.log((xs.at(-1) ?? 1) / (xs[0] ?? 1));
}

async function withSize(): Promise<readonly Measure[]> {
  const found: Measure[] = [];
  for (const elements of SIZES) {
    const plan = await planned(drawn({ elements, go: '=go' }));
    let steps = 0;
    const once = (): void => void (steps += runCase(plan, throughText));
    turnsIn(MILLIS, once);
    const { cpu } = await cost(ROUNDS, () => {
      steps = 0;
      turnsIn(MILLIS, once);
      return steps;
    });
    found.push({ name: `step_us_at_${elements}_elements`, value: cpu, unit: 'µs CPU', note: 'parse, step, print' });
  }
  const values = found.map(({ value }) => value);
  return [...found, { name: 'size_growth', value: exponent(SIZES, values), unit: '', note: '0 is flat, 1 is linear' }];
}

async function withTokens(): Promise<readonly Measure[]> {
  const plan = await planned(MANY_AT_ONCE);
  const found: Measure[] = [];
  const bare: number[] = [];
  const kept: number[] = [];
  let most = 0;
  for (const tokens of TOKENS) {
    const items = Array.from({ length: tokens }, (_, n) => n);
    const state = started(plan, { items });
    const { cpu: opening } = await cost(ROUNDS, () => turnsIn(MILLIS, () => void started(plan, { items })));
    const waiting = openTasks(state);
    if (waiting.length < tokens) break;
    most = tokens;
    const text = JSON.stringify(state);
    const { cpu: cancelling } = await cost(ROUNDS, () => turnsIn(MILLIS, () => void cancelled(plan, state)));
    // Any of the open tasks, spread over them: the state that comes in is the same each time.
    let n = 0;
    const wait = (): (typeof waiting)[number] | undefined => waiting[(n += 7919) % waiting.length];
    const alone = (): void => void completed(plan, state, wait());
    const whole = (): void => void JSON.stringify(completed(plan, JSON.parse(text) as EngineState, wait()));
    for (const [work, into] of [
      [alone, bare],
      [whole, kept],
    ] as const) {
      turnsIn(MILLIS, work);
      into.push((await cost(ROUNDS, () => turnsIn(MILLIS, work))).cpu);
    }
    found.push(
      { name: `step_us_at_${tokens}_tokens`, value: bare.at(-1) ?? 0, unit: 'µs CPU', note: 'one of the open tasks completed' },
      {
        name: `kept_step_us_at_${tokens}_tokens`,
        value: kept.at(-1) ?? 0,
        unit: 'µs CPU',
        note: `parse, step, print ${text.length} characters`,
      },
      {
        name: `opening_us_a_token_at_${tokens}_tokens`,
        value: opening / tokens,
        unit: 'µs CPU',
        note: 'the step that opens them all, by each',
      },
      {
        name: `cancelling_us_a_token_at_${tokens}_tokens`,
        value: cancelling / tokens,
        unit: 'µs CPU',
        note: 'the step that cancels the case, by each',
      },
    );
  }
  return [
    ...found,
    { name: 'most_tokens_in_one_case', value: most, unit: 'tokens', note: `of ${TOKENS.at(-1)} tried` },
    {
      name: 'token_growth',
      value: exponent(TOKENS.slice(0, bare.length), bare),
      unit: '',
      note: 'of the step alone; 1 is linear',
    },
    {
      name: 'token_growth_kept',
      value: exponent(TOKENS.slice(0, kept.length), kept),
      unit: '',
      note: 'with its JSON, which is linear',
    },
  ];
}

async function withHistory(): Promise<readonly Measure[]> {
  const plan = await planned(ROUND_AND_ROUND);
  const found: Measure[] = [];
  const bytes: number[] = [];
  let state = started(plan, { again: true });
  const next = (): void => void (state = throughText(completed(plan, state, openTasks(state)[0])));
  let made = 1;
  for (const steps of STEPS) {
    for (; made < steps; made += 1) next();
    const at = state;
    bytes.push(JSON.stringify(at).length);
    const again = (): void => void throughText(completed(plan, at, openTasks(at)[0]));
    turnsIn(MILLIS, again);
    const { cpu } = await cost(ROUNDS, () => turnsIn(MILLIS, again));
    found.push({ name: `step_us_at_step_${steps}`, value: cpu, unit: 'µs CPU', note: `${bytes.at(-1)} characters of state` });
  }
  const values = found.map(({ value }) => value);
  return [
    ...found,
    { name: 'history_growth', value: exponent(STEPS, values), unit: '', note: '0 is flat' },
    {
      name: 'history_bytes_grown',
      value: (bytes.at(-1) ?? 0) - (bytes[0] ?? 0),
      unit: 'bytes',
      note: 'from step 10 to 10,000: longer ids',
    },
  ];
}

export async function growth(): Promise<readonly Measure[]> {
  return [...(await withSize()), ...(await withTokens()), ...(await withHistory())];
}
