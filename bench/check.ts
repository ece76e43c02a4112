// What a check costs, as on a keystroke of an editor: everything `check` finds in a model, and of that the exploring of its states; reading apart.
import { checkModel } from '#engine/check.ts';
import type { Model } from '#engine/model.ts';
import { readModel } from '#engine/read.ts';
import { explore } from '#engine/soundness.ts';
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

const millis = async (work: () => unknown): Promise<number> => {
  await work();
  const { wall } = await cost(ROUNDS, async () => {
    await work();
    return 1;
  });
  return wall / 1000;
};

async function measure(shape: string, elements: number): Promise<readonly Measure[]> {
  const xml = SHAPES[shape]?.(elements) ?? '';
  const model = await read(xml, elements);
  const found = checkModel(model, KNOWN);
  const isWhole = !found.some(({ code }) => code === 'too-large-to-explore');
  const errors = found.filter(({ severity }) => severity === 'error').map(({ code, place }) => `${code} ${place}`);
  if (errors.length > 0) throw new Error(`${shape} of ${elements} is sound, but: ${errors.join(', ')}`);
  const name = (of: string): string => `${of}_${shape}_${elements}`;
  return [
    {
      name: name('check_ms'),
      value: await millis(() => checkModel(model, KNOWN)),
      unit: 'ms',
      note: elements === 60 ? 'aim ≤ 50' : '',
    },
    {
      name: name('explore_ms'),
      value: await millis(() => explore(model)),
      unit: 'ms',
      note: isWhole ? 'all of it' : 'stopped at its bound, and said so',
    },
    {
      name: name('read_ms'),
      value: await millis(() => readModel(xml)),
      unit: 'ms',
      note: 'bpmn-moddle and ours, not in the check',
    },
  ];
}

const measures: Measure[] = [];
for (const shape of Object.keys(SHAPES)) for (const elements of SIZES) measures.push(...(await measure(shape, elements)));
const most = Math.max(...measures.filter(({ name }) => /^check_ms_.*_60$/.test(name)).map(({ value }) => value));
report('check: a model on every keystroke', [
  ...measures,
  { name: 'check_ms_60', value: most, unit: 'ms', note: 'the slowest shape of 60 elements; aim ≤ 50' },
]);
