// Random histories of a case: inputs of every kind, chosen among what waits, and hostile ones that name what is over or never was. Holds no test itself.
import fc from 'fast-check';
import { instant, plusMillis, type Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { records } from './format.ts';
import { placesFor } from './move.ts';
import type { Plan } from './plan.ts';
import { NOW } from './play.test.ts';
import type { IncidentRecord, WaitRecord } from './run.ts';
import { step } from './step.ts';
import type { EngineEnv, EngineInput, EngineState, StepResult, WaitId } from './types.ts';

/** Which input, what is in it, and how long after the one before. */
export type Pick = readonly [number, number, number];
export type Turn = {
  readonly before: EngineState | undefined;
  readonly input: EngineInput;
  readonly env: EngineEnv;
  readonly result: StepResult;
};

const nat = fc.nat({ max: 9999 });
export const randomPicks: fc.Arbitrary<readonly Pick[]> = fc.array(fc.tuple(nat, nat, nat), {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

const VARS: readonly JsonObject[] = [
  {},
  { n: 0 },
  { n: 1 },
  { n: 2, n2: 2 },
  { n: 0, n2: 1, more: true },
  { m: true },
  { m: false },
  { k: 'k2', d: 'PT30M' },
  { n: 0, k: null, d: null },
  { items: [1, 2, 3], item: 7 },
  { items: [], more: true, outs: [] },
  { items: null, n: null },
  { n: 'text', d: 'no duration', items: 'no list', more: 3, m: 'no answer' },
  { loopCounter: 'x', item: null, inner: [1], own: {}, kept: 3, numberOfInstances: -1 },
  JSON.parse('{ "__proto__": { "n": 1 }, "constructor": 1, "toString": null, "نام": "۱", "": 0 }') as JsonObject,
];
/** What lets every process come to its end. */
export const FAIR: JsonObject = { n: 0, n2: 0, m: false, more: false, k: 'k1', d: 'PT2H', items: [1, 2] };
const STARTS: readonly JsonObject[] = [FAIR, FAIR, FAIR, { ...FAIR, m: true, more: true }, { n: 0 }, {}];

const workingDue = (from: Instant): Instant => plusMillis(from, 86_400_000);

export function envAt(now: Instant): EngineEnv {
  return { now, workingDue };
}

const of = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

type Chooser = { readonly plan: Plan; readonly state: EngineState; readonly past: readonly EngineInput[]; readonly now: Instant };

function randomInput({ plan, state, past, now }: Chooser, [which, what]: Pick): EngineInput {
  const vars = of(VARS, what) ?? {};
  const wait = of(records<WaitRecord>(state, 'waits'), what);
  const incident = of(records<IncidentRecord>(state, 'incidents'), what);
  const at = which % 100;
  if (incident && at < 30) return mending(plan, state, incident, which);
  if (at < 66 && wait) return answer(wait, which, vars);
  if (at < 71 && wait) return { kind: 'move', from: wait.wait, to: of(placesFor(plan, state, wait.wait), which) ?? wait.element };
  if (at < 75) return { kind: 'signal', name: of(['sa', 'sb', 'none'], which) ?? '', vars };
  if (at < 82) return message(which, vars, plusMillis(now, 3_600_000 * (1 + (what % 3))));
  if (at < 87) return { kind: 'set', vars };
  if (at < 88) return { kind: 'cancel' };
  if (at < 94) return of(past, what) ?? { kind: 'start', vars };
  return hostile(wait, which, vars);
}

function answer(wait: WaitRecord, which: number, vars: JsonObject): EngineInput {
  switch (wait.kind) {
    case 'task':
    case 'service':
      if (which % 7 === 0) return { kind: 'error', wait: wait.wait, code: of(['e1', 'e2', 'c1'], which) ?? '', vars };
      return { kind: 'complete', wait: wait.wait, result: vars };
    case 'timer':
      if (which % 7 === 0) return { kind: 'reschedule', wait: wait.wait, due: instant('2027-01-01T00:00:00Z') };
      return { kind: 'timer', wait: wait.wait };
    case 'message':
      return { kind: 'message', name: wait.name ?? '', vars, ...(wait.key !== undefined && { key: wait.key }) };
    case 'signal':
      return { kind: 'signal', name: wait.name ?? '', vars };
    case 'condition':
      return { kind: 'set', vars: { m: which % 3 !== 0 } };
  }
}

function message(which: number, vars: JsonObject, keep: Instant): EngineInput {
  const name = of(['ma', 'mk'], which) ?? '';
  const key = of(['k1', 'k2', 'foreign'], which >> 1) ?? '';
  return { kind: 'message', name, vars, ...(name === 'mk' && { key }), keep, ...(which % 3 === 0 && { id: `id${which % 5}` }) };
}

function mending(plan: Plan, state: EngineState, { id }: IncidentRecord, which: number): EngineInput {
  if (which % 3 === 0) return { kind: 'set', vars: FAIR, incident: id };
  if (which % 5 === 0) return { kind: 'move', from: id, to: of(placesFor(plan, state, id), which) ?? 'nowhere' };
  return { kind: 'retry', incident: id };
}

function hostile(wait: WaitRecord | undefined, which: number, vars: JsonObject): EngineInput {
  const unknown = `w${100_000 + which}` as WaitId;
  const inputs: readonly EngineInput[] = [
    { kind: 'complete', wait: unknown, result: vars },
    { kind: 'timer', wait: unknown },
    { kind: 'error', wait: unknown, code: 'e1' },
    { kind: 'retry', incident: 'i0' },
    { kind: 'move', from: unknown, to: 'nowhere' },
    { kind: 'set', vars, incident: 'i0' },
    { kind: 'reschedule', wait: unknown, due: NOW },
    { kind: 'message', name: 'unheard', vars },
    { kind: 'start', vars, at: 'nowhere' },
    { kind: 'move', from: wait?.wait ?? unknown, to: 'nowhere' },
    wait?.kind === 'timer' ? { kind: 'complete', wait: wait.wait, result: vars } : { kind: 'timer', wait: wait?.wait ?? unknown },
  ];
  return of(inputs, which) ?? { kind: 'cancel' };
}

type How = {
  /** What carries a state from one step to the next. */
  readonly hand?: (state: EngineState) => EngineState;
  /** A token moved by hand may leave a join that waits for ever. */
  readonly moves?: false;
};

/** A case from its start. */
export function playRandom(
  plan: Plan,
  [first, ...picks]: readonly Pick[],
  { hand = (state) => state, moves }: How = {},
): readonly Turn[] {
  const turns: Turn[] = [];
  const past: EngineInput[] = [];
  let now = NOW;
  let state: EngineState | undefined;
  const take = (input: EngineInput): void => {
    const env = envAt(now);
    const before = state;
    const result = step(plan, before, input, env);
    turns.push({ before, input, env, result });
    past.push(input);
    state = hand(result.state);
  };
  take({ kind: 'start', vars: of(STARTS, first?.[0] ?? 0) ?? FAIR });
  for (const pick of picks) {
    if (turns.at(-3)?.result.state.ended) break;
    now = plusMillis(now, (pick[2] % 4) * 1_200_000);
    const input = randomInput({ plan, state: state ?? { format: 2 }, past, now }, pick);
    if (moves !== false || input.kind !== 'move') take(input);
  }
  return turns;
}

/** Takes a case to its end, whatever it has gone through; gives where it stands when it has ended, or is stuck. */
export function playToEnd(
  plan: Plan,
  given: EngineState,
  now: Instant,
  most = 600,
): { readonly state: EngineState; readonly turns: number } {
  const env = envAt(now);
  let state = given;
  let turns = 0;
  const take = (input: EngineInput): void => {
    state = step(plan, state, input, env).state;
    turns += 1;
  };
  while (!state.ended && turns < most) {
    const work = records<WaitRecord>(state, 'waits').find((wait) => !isListening(plan, wait));
    const [incident] = records<IncidentRecord>(state, 'incidents');
    if (!work && !incident) break;
    if (work?.kind === 'condition') {
      take({ kind: 'set', vars: { ...FAIR, m: true } });
      take({ kind: 'set', vars: FAIR });
    } else if (work) take(answer(work, 1, work.kind === 'task' || work.kind === 'service' ? FAIR : {}));
    else if (incident) {
      take({ kind: 'set', vars: FAIR, incident: incident.id });
      take({ kind: 'retry', incident: incident.id });
    }
  }
  return { state, turns };
}

function isListening(plan: Plan, wait: WaitRecord): boolean {
  return plan.nodes.get(wait.element)?.kind === 'boundary' || wait.scope !== undefined;
}

export function throughJson(state: EngineState): EngineState {
  return JSON.parse(JSON.stringify(state)) as EngineState;
}
