// What one engine step costs, beside bpmn-engine; FEEL and decision tables, beside feelin; durable steps, beside raw transactions; and how a step
// grows. Everything that is compared is measured in the same run. `--only=versus,rules,durable,growth` measures some of it.
import { growth } from './parts/growth.ts';
import { roadRates } from './parts/road.ts';
import { rules } from './parts/rules.ts';
import { versus } from './parts/versus.ts';
import { report, type Measure } from './table.ts';

const SIZES = [12, 60];
const DURABLE = { seconds: 2, rounds: 2 };

async function besideBpmnEngine(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const elements of SIZES) measures.push(...(await versus(elements)));
  const times = measures.filter(({ name }) => name.startsWith('times_faster')).map(({ value }) => value);
  return [
    ...measures,
    { name: 'times_faster_than_bpmn_engine', value: Math.min(...times), unit: '×', note: 'the least of these sizes; aim ≥ 200' },
  ];
}

async function durable(): Promise<readonly Measure[]> {
  const best = await roadRates(DURABLE);
  return [
    {
      name: 'durable_steps_per_s_16',
      value: best.steps16,
      unit: 'steps/s',
      note: 'whole commands through `perform`, 16 at once',
    },
    {
      name: 'raw_tx_per_s_16',
      value: best.raw16,
      unit: 'tx/s',
      note: 'one statement that writes the same rows, nothing decided',
    },
    { name: 'share_of_raw_16', value: best.steps16 / best.raw16, unit: '', note: 'aim ≥ 0.5' },
  ];
}

const PARTS: Readonly<Record<string, () => Promise<readonly Measure[]>>> = { versus: besideBpmnEngine, rules, durable, growth };
const only = process.argv
  .find((one) => one.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const measures: Measure[] = [];
for (const [name, part] of Object.entries(PARTS)) if (only === undefined || only.includes(name)) measures.push(...(await part()));
report('engine: one step, its rules, its durability, its growth', measures);
