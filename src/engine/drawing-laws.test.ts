// Laws of a drawing, over random processes of which random parts have places: nothing is invisible, nothing is drawn twice or out of bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Bounds } from '#engine/drawing.ts';
import { readDrawing } from '#engine/read-drawing.ts';

type Node = {
  readonly type: string;
  readonly placed: boolean;
  readonly inner: readonly Node[];
  readonly folded: boolean;
  readonly host: boolean;
};

const LEAVES = ['startEvent', 'userTask', 'serviceTask', 'exclusiveGateway', 'endEvent', 'dataObjectReference', 'callActivity'];
const leaf = fc.record({
  type: fc.constantFrom(...LEAVES),
  placed: fc.boolean(),
  inner: fc.constant([]),
  folded: fc.constant(false),
  host: fc.boolean(),
});
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({
      type: fc.constantFrom('subProcess', 'transaction', 'adHocSubProcess'),
      placed: fc.boolean(),
      inner: fc.array(tie('node'), { maxLength: 4 }),
      folded: fc.boolean(),
      host: fc.boolean(),
    }),
  ),
}));
const given = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: 8 }),
  flows: fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 30 }),
  lanes: fc.nat(3),
  pool: fc.boolean(),
});

type Written = { readonly xml: string; readonly ids: readonly string[]; readonly flows: readonly string[] };

function written({ nodes, flows, lanes, pool }: typeof given extends fc.Arbitrary<infer T> ? T : never): Written {
  const ids: string[] = [];
  const planes: string[] = [];
  const made: string[] = [];
  const scope = (some: readonly Node[], depth: number): string => {
    const own: string[] = [];
    const parts = some.map((one) => {
      const id = `n${ids.length}`;
      ids.push(id);
      own.push(id);
      if (one.placed)
        planes.push(
          `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}" isExpanded="${!one.folded}"><dc:Bounds x="${ids.length * 150}" y="${depth * 90}" width="120" height="80"/></bpmndi:BPMNShape>`,
        );
      const inside = one.inner.length > 0 ? scope(one.inner, depth + 1) : '';
      const edge = one.host && /Task|Process/i.test(one.type) ? boundary(id, ids) : '';
      return `<bpmn:${one.type} id="${id}" name="Step ${id}">${inside}</bpmn:${one.type}>${edge}`;
    });
    const lines = flows.flatMap(([a, b], index) => {
      const [from, to] = [own[a % own.length], own[b % own.length]];
      if (!from || !to || index % (depth + 1) !== 0) return [];
      const id = `f${made.length}`;
      made.push(id);
      return [`<bpmn:sequenceFlow id="${id}" name="If ${id}" sourceRef="${from}" targetRef="${to}"/>`];
    });
    return parts.join('') + lines.join('');
  };
  const body = scope(nodes, 0);
  const lane = (index: number): string =>
    `<bpmn:lane id="lane${index}">${ids
      .filter((_, at) => at % lanes === index && at < nodes.length)
      .map((id) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`)
      .join('')}</bpmn:lane>`;
  const set =
    lanes > 0 ? `<bpmn:laneSet id="set">${Array.from({ length: lanes }, (_, index) => lane(index)).join('')}</bpmn:laneSet>` : '';
  const collaboration = pool
    ? '<bpmn:collaboration id="c"><bpmn:participant id="pool" processRef="p"/><bpmn:participant id="other"/></bpmn:collaboration>'
    : '';
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="d" targetNamespace="t">${collaboration}<bpmn:process id="p">${set}${body}</bpmn:process>
    <bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="P" bpmnElement="p">${planes.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`;
  const more = [...Array.from({ length: lanes }, (_, index) => `lane${index}`), ...(pool ? ['pool', 'other'] : [])];
  return { xml, ids: [...ids, ...more], flows: made };
}

function boundary(host: string, ids: string[]): string {
  const id = `n${ids.length}`;
  ids.push(id);
  return `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"><bpmn:timerEventDefinition/></bpmn:boundaryEvent>`;
}

function isWithin({ x, y, width, height }: Bounds, outer: Bounds): boolean {
  return x >= outer.x && y >= outer.y && x + width <= outer.x + outer.width + 0.01 && y + height <= outer.y + outer.height + 0.01;
}

test('every element and flow of a file is drawn once, in bounds, holders before what they hold', async () => {
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      const { xml, ids, flows } = written(one);
      const drawing = await readDrawing(xml);
      const all = [drawing, ...drawing.insides];
      assert.deepEqual(all.flatMap(({ shapes }) => shapes.map(({ id }) => id)).sort(), [...ids].sort());
      assert.deepEqual(all.flatMap(({ edges }) => edges.map(({ id }) => id)).sort(), [...flows].sort());
      for (const { shapes, edges, bounds } of all) {
        for (const { bounds: at, label } of shapes) {
          assert.ok(isWithin(at, bounds) && (!label || isWithin(label, bounds)));
          assert.ok(at.width >= 30 && at.height >= 30, 'large enough to see');
        }
        for (const { waypoints } of edges) {
          assert.ok(waypoints.length > 1);
          for (const point of waypoints) assert.ok(isWithin({ ...point, width: 0, height: 0 }, bounds));
        }
        const order = shapes.map(({ id }) => id);
        for (const event of shapes)
          if (event.shape === 'event' && event.host) assert.ok(order.indexOf(event.host) < order.indexOf(event.id));
      }
      assert.ok(drawing.complete);
      assert.deepEqual(await readDrawing(xml), drawing, 'the same file gives the same drawing');
    }),
    { numRuns: 200 },
  );
});

test('a file broken anywhere still gives a drawing', async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.nat(), fc.string({ maxLength: 12 }), async (one, at, noise) => {
      const { xml } = written(one);
      const place = at % xml.length;
      await readDrawing(xml.slice(0, place) + noise + xml.slice(place + (at % 40)));
    }),
    { numRuns: 200 },
  );
});
