// Whatever bpmn-moddle reads is checked without a crash and in reasonable time: XML made from moddle's own types, with strange attributes,
// missing references, circles, hostile names; deep nests and large models.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BpmnModdle } from 'bpmn-moddle';
import fc from 'fast-check';
import { checkModel } from './check.ts';
import { compile } from './compile.ts';
import { definitions, drawn, el, path, process, when } from './play.test.ts';
import { readModel } from './read.ts';

type Descriptor = {
  readonly name: string;
  readonly properties: readonly {
    readonly name: string;
    readonly type: string;
    readonly isAttr?: boolean;
    readonly isMany?: boolean;
  }[];
  readonly isAbstract?: boolean;
};
type Registry = { readonly typeMap: { readonly [name: string]: { readonly isAbstract?: boolean } } };

const moddle = new BpmnModdle() as unknown as {
  registry: Registry;
  getType(name: string): { $descriptor: Descriptor; hasType?(name: string): boolean };
};
const TYPES = Object.keys(moddle.registry.typeMap).filter((name) => name.startsWith('bpmn:') && name !== 'bpmn:Definitions');
const descriptorOf = (type: string): Descriptor => moddle.getType(type).$descriptor;

const IDS = ['A', 'B', 'C', 'D', 'P', '', '__proto__', 'constructor', 'toString', 'شناسه', 'a b', '0'];
const VALUES = [...IDS, 'true', 'false', '-1', '=x', '=(', '${x}', 'R/PT0S', 'P1D', 'None', 'Parallel', 'http://x'];
const id = fc.constantFrom(...IDS);

type Shape = {
  readonly type: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly inner: readonly (readonly [property: string, shape: Shape | string])[];
};

/** Any type, its own attributes, some elements in its own properties. */
const shape = (depth: number): fc.Arbitrary<Shape> =>
  fc.constantFrom(...TYPES).chain((type) => {
    const { properties } = descriptorOf(type);
    const attributes = properties.filter((property) => property.isAttr).map((property) => property.name.replace(/^bpmn:/u, ''));
    const holders = properties.filter((property) => !property.isAttr).map((property) => property.name.replace(/^bpmn:/u, ''));
    const inner =
      depth > 0 && holders.length > 0
        ? fc.tuple(fc.constantFrom(...holders), fc.oneof(shape(depth - 1), id))
        : fc.constant(undefined);
    return fc.record({
      type: fc.constant(type),
      attributes: fc.array(fc.tuple(fc.constantFrom('id', ...attributes, 'foo', 'zeebe:x'), fc.constantFrom(...VALUES)), {
        maxLength: 6,
      }),
      inner: fc.array(inner, { maxLength: 5 }).map((all) => all.flatMap((one) => (one === undefined ? [] : [one]))),
    });
  });

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const tagOf = (type: string): string => `bpmn:${type.slice(5, 6).toLowerCase()}${type.slice(6)}`;

function written({ type, attributes, inner }: Shape): string {
  const own = [...new Map(attributes)].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
  const parts = inner.map(([property, value]) =>
    typeof value === 'string' ? `<bpmn:${property}>${escaped(value)}</bpmn:${property}>` : written(value),
  );
  return `<${tagOf(type)}${own}>${parts.join('')}</${tagOf(type)}>`;
}

/** Read, checked, and compiled where nothing is refused. */
async function survives(xml: string): Promise<void> {
  const { model, findings } = await readModel(xml);
  assert.ok(Array.isArray(findings));
  if (!model) return;
  const found = checkModel(model);
  for (const one of found) assert.equal(typeof one.reason.fa, 'string');
  if (found.every((one) => one.severity !== 'error')) compile(model);
}

test('elements of every type, anywhere, are findings and never exceptions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(shape(3), { maxLength: 4 }), async (shapes) => survives(definitions(...shapes.map(written)))),
    { numRuns: 300 },
  );
});

const FLOW_TYPES = TYPES.filter((type) => {
  const { isAbstract } = moddle.registry.typeMap[type]!;
  return (
    !isAbstract &&
    (descriptorOf(type).properties.some(({ name }) => name === 'bpmn:incoming' || name === 'incoming') ||
      type === 'bpmn:DataObject')
  );
});
const DEFINITIONS = TYPES.filter((type) => type.endsWith('EventDefinition')).map((type) => `<${tagOf(type)}/>`);
const LOOPS = ['', '<bpmn:standardLoopCharacteristics/>', '<bpmn:multiInstanceLoopCharacteristics/>'];

/** Flow elements of any kind joined by flows of any kind: across scopes, to themselves, to nothing. */
const flowing = fc.record({
  nodes: fc.array(
    fc.record({
      id,
      type: fc.constantFrom(...FLOW_TYPES),
      inside: fc.constantFrom('', ...DEFINITIONS, ...LOOPS),
      nested: fc.option(fc.record({ id, type: fc.constantFrom(...FLOW_TYPES) }), { nil: undefined }),
      attached: id,
      called: id,
      compensates: fc.boolean(),
      triggered: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  flows: fc.array(fc.record({ from: id, to: id, condition: fc.option(fc.constantFrom('=x', '=(', 'x'), { nil: undefined }) }), {
    maxLength: 12,
  }),
});

test('flow elements of every kind, joined at random, are findings and never exceptions', async () => {
  await fc.assert(
    fc.asyncProperty(flowing, async ({ nodes, flows }) => {
      const parts = nodes.map((node) =>
        el(
          tagOf(node.type).slice('bpmn:'.length),
          node.id,
          {
            attachedToRef: node.attached,
            calledElement: node.called,
            isForCompensation: String(node.compensates),
            triggeredByEvent: String(node.triggered),
          },
          node.inside,
          node.nested && /process|transaction/iu.test(node.type)
            ? el(tagOf(node.nested.type).slice('bpmn:'.length), node.nested.id)
            : '',
        ),
      );
      const lines = flows.map(({ from, to, condition }, index) =>
        (condition === undefined
          ? path(`${from || 'x'} ${to || 'x'}`.replaceAll(/ (?=.* )/gu, '_'))
          : when(from, to, condition)
        ).replace(/ id="[^"]*"/u, ` id="f${index}"`),
      );
      await survives(definitions(process('P', ...parts, ...lines)));
    }),
    { numRuns: 500 },
  );
});

test('text that is no BPMN is a finding', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom('', '<', '<a/>', '<?xml?>', '\u0000')), async (text) => {
      const { findings } = await readModel(text);
      assert.ok(findings.length > 0);
    }),
    { numRuns: 100 },
  );
});

test('ids that are names of every object’s own are ordinary ids', async () => {
  const ids = ['__proto__', 'constructor', 'hasOwnProperty', 'valueOf'];
  const xml = drawn(
    el('startEvent', 'S'),
    ...ids.map((one) => el('userTask', one)),
    el('endEvent', 'E'),
    path(`S ${ids.join(' ')} E`),
  );
  const { model, findings } = await readModel(xml);
  assert.deepEqual([...findings, ...checkModel(model!)], []);
  assert.deepEqual(model!.nodes.map((node) => node.id).toSorted(), ['E', 'S', ...ids].toSorted());
});

test('processes and subprocesses that hold or call each other in circles come to an end', async () => {
  const call = (one: string, other: string): string => el('callActivity', one, { calledElement: other });
  const xml = definitions(
    process('P', el('startEvent', 'S'), call('C', 'Q'), el('endEvent', 'E'), path('S C E')),
    process('Q', el('startEvent', 'S2'), call('C2', 'P'), el('endEvent', 'E2'), path('S2 C2 E2')),
  );
  const { model } = await readModel(xml);
  assert.ok(checkModel(model!).some((one) => one.code === 'endless-recursion'));
  await survives(drawn(el('subProcess', 'P', {}, el('startEvent', 'S'), el('subProcess', 'P', {}, el('task', 'P')))));
});

test('a thousand processes that call each other in a row are explored, the last one first', async () => {
  const last = 999;
  const processes = Array.from({ length: last + 1 }, (_, index) =>
    process(
      `P${index}`,
      el('startEvent', `S${index}`),
      index < last ? el('callActivity', `C${index}`, { calledElement: `P${index + 1}` }) : el('task', `C${index}`),
      el('endEvent', `E${index}`),
      path(`S${index} C${index} E${index}`),
    ),
  );
  const { model } = await readModel(definitions(...processes));
  assert.deepEqual(checkModel(model!), []);
});

test('five hundred scopes within each other are read and checked', async () => {
  let inner = el('startEvent', 's') + el('endEvent', 'e') + path('s e');
  for (let depth = 0; depth < 500; depth += 1)
    inner =
      el('startEvent', `S${depth}`) +
      el('subProcess', `N${depth}`, {}, inner) +
      el('endEvent', `E${depth}`) +
      path(`S${depth} N${depth} E${depth}`);
  const { model, findings } = await readModel(drawn(inner));
  assert.deepEqual([...findings, ...checkModel(model!)], []);
});

/** Parallel blocks and choices in a row, some in loops. */
function large(count: number): string {
  const parts: string[] = [];
  let last = 'S';
  for (let block = 0; parts.length * 2 < count; block += 1) {
    const [f, a, b, j, x] = ['F', 'A', 'B', 'J', 'X'].map((name) => `${name}${block}`) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const type = block % 2 === 0 ? 'parallelGateway' : 'exclusiveGateway';
    parts.push(
      el(type, f, type === 'exclusiveGateway' ? { default: `${f}_${a}` } : {}) + el(type, j),
      el('userTask', a) + el('userTask', b) + el('exclusiveGateway', x, { default: '' }).replace(' default=""', ''),
      path(`${last} ${f} ${a} ${j} ${x}`) +
        (type === 'exclusiveGateway' ? when(f, b, '=x = 1') : path(`${f} ${b}`)) +
        path(`${b} ${j}`),
    );
    last = x;
  }
  return drawn(el('startEvent', 'S'), el('endEvent', 'E'), ...parts, path(`${last} E`));
}

test('five thousand elements are checked in reasonable time, and twice as many in not much more than twice the time', async () => {
  const took = async (count: number): Promise<number> => {
    const { model } = await readModel(large(count));
    const best = [1, 2, 3].map(() => {
      const began = globalThis.process.cpuUsage();
      assert.deepEqual(
        checkModel(model!).filter((one) => one.severity === 'error'),
        [],
      );
      const { user, system } = globalThis.process.cpuUsage(began);
      return (user + system) / 1000;
    });
    return Math.min(...best);
  };
  const [half, whole] = [await took(2500), await took(5000)];
  assert.ok(whole < 2000, `${whole} ms`);
  assert.ok(whole < 4 * half + 50, `${half} ms, then ${whole} ms`);
});
