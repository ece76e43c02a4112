// Our engine beside bpmn-engine: the same drawing, the same variables, every step kept. Reports what one step costs and what is kept.
import { Buffer } from 'node:buffer';
import type { EngineState } from '#engine/types.ts';
import type { Measure } from '../table.ts';
import { startTheirs, stepTheirs } from './bpmn-engine.ts';
import { cost } from './clock.ts';
import { drawn } from './drawing.ts';
import { planned, runCase, VARS } from './ours.ts';

const ROUNDS = 3;
const OUR_CASES = 1500;
const THEIR_STEPS = 40;

type Side = { readonly cpu: number; readonly wall: number; readonly bytes: number };

async function ours(elements: number): Promise<Side & { readonly bare: number }> {
  const plan = await planned(drawn({ elements, go: '=go' }));
  const turns = Math.ceil((OUR_CASES * 12) / elements);
  let bytes = 0;
  let steps = 0;
  const run = (through: (state: EngineState) => EngineState): number => {
    let made = 0;
    for (let turn = 0; turn < turns; turn += 1) made += runCase(plan, through);
    return made;
  };
  run((state) => state);
  const bare = await cost(ROUNDS, () => run((state) => state));
  const keptAs = (state: EngineState): EngineState => {
    const text = JSON.stringify(state);
    bytes += Buffer.byteLength(text);
    steps += 1;
    return JSON.parse(text) as EngineState;
  };
  const kept = await cost(ROUNDS, () => run(keptAs));
  return { cpu: kept.cpu, wall: kept.wall, bytes: bytes / steps, bare: bare.wall };
}

async function theirs(elements: number): Promise<Side> {
  const started = await startTheirs(drawn({ elements, go: '${environment.variables.go}' }), VARS);
  let bytes = 0;
  let steps = 0;
  const run = async (): Promise<number> => {
    let text = started.first;
    for (let made = 0; made < THEIR_STEPS; made += 1) {
      text = (await stepTheirs(started, text)) ?? started.first;
      bytes += Buffer.byteLength(text);
      steps += 1;
    }
    return THEIR_STEPS;
  };
  await run();
  const { cpu, wall } = await cost(ROUNDS, run);
  return { cpu, wall, bytes: bytes / steps };
}

/** Measures of one size of drawing. */
export async function versus(elements: number): Promise<readonly Measure[]> {
  const mine = await ours(elements);
  const other = await theirs(elements);
  const name = (of: string): string => `${of}_${elements}`;
  return [
    { name: name('step_us'), value: mine.bare, unit: 'µs', note: 'the step alone' },
    { name: name('kept_step_us'), value: mine.wall, unit: 'µs', note: 'parse, step, print' },
    { name: name('kept_step_cpu_us'), value: mine.cpu, unit: 'µs CPU', note: 'the same, all threads' },
    { name: name('state_bytes'), value: mine.bytes, unit: 'bytes', note: 'UTF-8 JSON, variables included, mean of a case' },
    { name: name('bpmn_engine_kept_step_us'), value: other.wall, unit: 'µs', note: 'recover, resume, signal, getState, print' },
    { name: name('bpmn_engine_kept_step_cpu_us'), value: other.cpu, unit: 'µs CPU' },
    { name: name('bpmn_engine_state_bytes'), value: other.bytes, unit: 'bytes', note: 'without its copy of the source' },
    {
      name: name('times_faster_than_bpmn_engine'),
      value: other.cpu / mine.cpu,
      unit: '×',
      note: 'CPU of a kept step, same drawing and variables',
    },
  ];
}
