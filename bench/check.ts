// What a check costs, as on a keystroke of an editor: everything `check` finds in a model, of that the exploring of its states, and how many
// these are, with blocks taken out and as drawn. Reading the XML is told apart.
import { checkModel } from '#engine/check.ts';
import type { Model } from '#engine/model.ts';
import { readModel } from '#engine/read.ts';
import { exploration } from '#engine/soundness.ts';
import { cost } from './parts/clock.ts';
import { SHAPES } from './parts/parallel.ts';
import { report, type Measure } from './table.ts';

const SIZES = [20, 60, 200];
const ROUNDS = 5;
const KNOWN = { forms: [], decisions: [] };

async function read(xml: string, elements: number): Promise<Model> {
  const { model, findings } = await readModel(xml);
  if (!model || findings.length > 0) throw new Error(`the drawing of ${elements} elements cannot be read`);
  if (model.nodes.length !== elements) throw new Error(`the drawing has ${model.nodes.length} elements, not ${elements}`);
  return model;
}

async function millis(work: () => unknown): Promise<number> {
  await work();
  const { wall } = await cost(ROUNDS, async () => {
    await work();
    return 1;
  });
  return wall / 1000;
}

async function measure(shape: string, elements: number): Promise<readonly Measure[]> {
  const xml = SHAPES[shape]?.(elements) ?? '';
  const model = await read(xml, elements);
  const errors = checkModel(model, KNOWN).filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(`${shape} of ${elements} is sound, but: ${errors.map(({ code, place }) => `${code} ${place}`).join(', ')}`);
  const small = exploration(model);
  const whole = exploration(model, { plain: true });
  const told = (complete: boolean): string => (complete ? '' : 'and more: stopped at the bound, and said so');
  const name = (of: string): string => `${of}_${shape}_${elements}`;
  return [
    {
      name: name('check_ms'),
      value: await millis(() => checkModel(model, KNOWN)),
      unit: 'ms',
      note: elements === 60 ? 'aim ≤ 50' : '',
    },
    { name: name('explore_ms'), value: await millis(() => exploration(model)), unit: 'ms' },
    { name: name('states'), value: small.states, unit: 'states', note: told(small.complete) },
    { name: name('states_as_drawn'), value: whole.states, unit: 'states', note: told(whole.complete) },
    ...(shape === 'blocks' ? [{ name: `read_ms_${elements}`, value: await millis(() => readModel(xml)), unit: 'ms' }] : []),
  ];
}

const measures: Measure[] = [];
for (const shape of Object.keys(SHAPES)) for (const elements of SIZES) measures.push(...(await measure(shape, elements)));
const most = Math.max(...measures.filter(({ name }) => /^check_ms_.*_60$/.test(name)).map(({ value }) => value));
report('check: a model on every keystroke', [
  ...measures,
  { name: 'check_ms_60', value: most, unit: 'ms', note: 'the slowest shape of 60 elements; aim ≤ 50' },
]);
