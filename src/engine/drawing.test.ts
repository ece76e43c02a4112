// Reading a file's drawing: the notation, the file's own places, places where it gives none, and files that mean harm.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Bounds, Drawing, DrawnShape } from '#engine/drawing.ts';
import { layOut } from '#engine/lay-out.ts';
import { readDrawing } from '#engine/read-drawing.ts';

const HEAD = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="t">`;

function file(body: string, planes: readonly string[] = []): string {
  return `${HEAD}${body}${planes.map((plane, index) => `<bpmndi:BPMNDiagram id="D${index}">${plane}</bpmndi:BPMNDiagram>`).join('')}</bpmn:definitions>`;
}

function plane(of: string, ...shapes: readonly string[]): string {
  return `<bpmndi:BPMNPlane id="P_${of}" bpmnElement="${of}">${shapes.join('')}</bpmndi:BPMNPlane>`;
}

function drawn(id: string, [x, y, width, height]: readonly [number, number, number, number], attributes = ''): string {
  return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}" ${attributes}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
}

function flow(id: string, from: string, to: string): string {
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
}

const CHAIN = `<bpmn:startEvent id="s" name="Begin"/><bpmn:userTask id="t" name="Work"/><bpmn:endEvent id="e"/>${flow('f1', 's', 't')}${flow('f2', 't', 'e')}`;

function shape(drawing: Drawing, id: string): DrawnShape {
  const found = [drawing, ...drawing.insides].flatMap(({ shapes }) => shapes).find((one) => one.id === id);
  assert.ok(found, `${id} is not drawn`);
  return found;
}

function overlap(a: Bounds, b: Bounds): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function within(inner: Bounds, outer: Bounds): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

test('the places of the file are kept, labels too', async () => {
  const label = '<bpmndi:BPMNLabel><dc:Bounds x="90" y="150" width="60" height="14"/></bpmndi:BPMNLabel>';
  const start = drawn('s', [100, 100, 36, 36]).replace('</bpmndi:BPMNShape>', `${label}</bpmndi:BPMNShape>`);
  const edge =
    '<bpmndi:BPMNEdge id="f1_di" bpmnElement="f1"><di:waypoint x="136" y="118"/><di:waypoint x="200" y="118"/></bpmndi:BPMNEdge>';
  const drawing = await readDrawing(
    file(`<bpmn:process id="p" name="Permit">${CHAIN}</bpmn:process>`, [
      plane('p', start, drawn('t', [200, 78, 120, 80]), drawn('e', [400, 100, 36, 36]), edge),
    ]),
  );
  assert.deepEqual(
    { id: drawing.id, name: drawing.name, complete: drawing.complete },
    { id: 'p', name: 'Permit', complete: true },
  );
  assert.deepEqual(shape(drawing, 's').label, { x: 90, y: 150, width: 60, height: 14 });
  assert.deepEqual(shape(drawing, 't').bounds, { x: 200, y: 78, width: 120, height: 80 });
  assert.deepEqual(drawing.edges[0]?.waypoints, [
    { x: 136, y: 118 },
    { x: 200, y: 118 },
  ]);
  assert.deepEqual(
    drawing.edges[1]?.waypoints,
    [
      { x: 320, y: 118 },
      { x: 400, y: 118 },
    ],
    'a flow without a line runs from shape to shape',
  );
  assert.deepEqual(
    drawing.shapes.map(({ id }) => id),
    ['s', 't', 'e'],
  );
});

test('events say where they stand, what triggers them and whether they interrupt', async () => {
  const drawing = await readDrawing(
    file(`<bpmn:process id="p">
      <bpmn:userTask id="t"/>
      <bpmn:boundaryEvent id="late" attachedToRef="t" cancelActivity="false"><bpmn:timerEventDefinition/></bpmn:boundaryEvent>
      <bpmn:intermediateThrowEvent id="send"><bpmn:messageEventDefinition/></bpmn:intermediateThrowEvent>
      <bpmn:intermediateCatchEvent id="many" parallelMultiple="true"><bpmn:signalEventDefinition/><bpmn:timerEventDefinition/></bpmn:intermediateCatchEvent>
      <bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>
      <bpmn:subProcess id="on" triggeredByEvent="true"><bpmn:startEvent id="on_start" isInterrupting="false"><bpmn:escalationEventDefinition/></bpmn:startEvent></bpmn:subProcess>
    </bpmn:process>`),
  );
  const facts = (id: string): unknown => {
    const one = shape(drawing, id);
    return one.shape === 'event' ? [one.at, one.trigger, one.interrupting, one.host] : undefined;
  };
  assert.deepEqual(facts('late'), ['boundary', 'timer', false, 't']);
  assert.deepEqual(facts('send'), ['throw', 'message', true, undefined]);
  assert.deepEqual(facts('many'), ['catch', 'parallel-multiple', true, undefined]);
  assert.deepEqual(facts('stop'), ['end', 'terminate', true, undefined]);
  assert.deepEqual(facts('on_start'), ['start', 'escalation', false, undefined]);
  const host = shape(drawing, 't').bounds;
  const late = shape(drawing, 'late').bounds;
  assert.equal(late.y + late.height / 2, host.y + host.height, 'an event without a place sits on the edge of its host');
});

test('activities say their kind, their loop and that they compensate', async () => {
  const drawing = await readDrawing(
    file(`<bpmn:process id="p">
      <bpmn:businessRuleTask id="rule"><bpmn:multiInstanceLoopCharacteristics isSequential="true"/></bpmn:businessRuleTask>
      <bpmn:manualTask id="undo" isForCompensation="true"/>
      <bpmn:task id="again"><bpmn:standardLoopCharacteristics/></bpmn:task>
      <bpmn:sendTask id="each"><bpmn:multiInstanceLoopCharacteristics/></bpmn:sendTask>
      <bpmn:callActivity id="call"/><bpmn:transaction id="deal"/><bpmn:adHocSubProcess id="free"/>
      <bpmn:eventBasedGateway id="first"/><bpmn:eventBasedGateway id="begin" instantiate="true" eventGatewayType="Parallel"/>
      <bpmn:dataObject id="o" isCollection="true"/><bpmn:dataObjectReference id="papers" name="Papers" dataObjectRef="o"/>
    </bpmn:process>`),
  );
  const kinds = drawing.shapes.map((one) => {
    if (one.shape === 'activity') return [one.id, one.activity, one.repeats, one.compensates];
    if (one.shape === 'gateway') return [one.id, one.gateway];
    return one.shape === 'data' ? [one.id, one.data, one.collection] : one.id;
  });
  assert.deepEqual(
    new Set(kinds.map((one) => JSON.stringify(one))),
    new Set(
      [
        ['rule', 'rule', 'sequential', false],
        ['undo', 'manual', null, true],
        ['again', 'task', 'loop', false],
        ['each', 'send', 'parallel', false],
        ['call', 'call', null, false],
        ['deal', 'transaction', null, false],
        ['free', 'ad-hoc', null, false],
        ['first', 'event'],
        ['begin', 'starting-parallel-event'],
        ['papers', 'object', true],
      ].map((one) => JSON.stringify(one)),
    ),
  );
});

test('flows are plain, default or conditional; messages, associations and data have lines of their own', async () => {
  const drawing = await readDrawing(
    file(`<bpmn:collaboration id="c"><bpmn:participant id="city" name="City" processRef="p"/><bpmn:participant id="bank" name="Bank"/>
      <bpmn:messageFlow id="m" sourceRef="t" targetRef="bank"/></bpmn:collaboration>
      <bpmn:process id="p"><bpmn:userTask id="t" default="f2"><bpmn:dataOutputAssociation id="out"><bpmn:targetRef>papers</bpmn:targetRef></bpmn:dataOutputAssociation></bpmn:userTask>
      <bpmn:task id="a"/><bpmn:task id="b"/><bpmn:dataObjectReference id="papers"/>
      <bpmn:sequenceFlow id="f1" sourceRef="t" targetRef="a"><bpmn:conditionExpression>=x</bpmn:conditionExpression></bpmn:sequenceFlow>
      ${flow('f2', 't', 'b')}<bpmn:textAnnotation id="n"><bpmn:text>Ask twice</bpmn:text></bpmn:textAnnotation>
      <bpmn:association id="as" sourceRef="a" targetRef="n" associationDirection="Both"/></bpmn:process>`),
  );
  const kinds = Object.fromEntries(drawing.edges.map(({ id, edge, arrows }) => [id, [edge, arrows]]));
  assert.deepEqual(kinds, {
    m: ['message', 'one'],
    f1: ['conditional', 'one'],
    f2: ['default', 'one'],
    out: ['data', 'one'],
    as: ['association', 'both'],
  });
  assert.equal(shape(drawing, 'n').name, 'Ask twice');
  for (const id of ['t', 'a', 'b', 'papers', 'n'])
    assert.ok(within(shape(drawing, id).bounds, shape(drawing, 'city').bounds), id);
  assert.ok(!overlap(shape(drawing, 'city').bounds, shape(drawing, 'bank').bounds));
});

test('lanes without places lie one under another around what they hold', async () => {
  const drawing = await readDrawing(
    file(`<bpmn:collaboration id="c"><bpmn:participant id="pool" processRef="p"/></bpmn:collaboration><bpmn:process id="p"><bpmn:laneSet id="l">
      <bpmn:lane id="desk" name="Desk"><bpmn:flowNodeRef>s</bpmn:flowNodeRef><bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="field" name="Field"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${CHAIN}</bpmn:process>`),
  );
  const at = (id: string): Bounds => shape(drawing, id).bounds;
  assert.ok(within(at('s'), at('desk')) && within(at('e'), at('desk')) && within(at('t'), at('field')));
  assert.ok(!overlap(at('desk'), at('field')) && within(at('desk'), at('pool')) && within(at('field'), at('pool')));
  assert.deepEqual(drawing.shapes.map(({ id }) => id).slice(0, 3), ['pool', 'desk', 'field']);
});

test('a collapsed subprocess hides what is in it, which is drawn by itself', async () => {
  const inner = `<bpmn:subProcess id="sub" name="Review">${CHAIN}</bpmn:subProcess><bpmn:task id="last"/>${flow('g', 'sub', 'last')}`;
  const xml = file(`<bpmn:process id="p">${inner}</bpmn:process>`, [
    plane('p', drawn('sub', [0, 0, 120, 80], 'isExpanded="false"'), drawn('last', [200, 0, 120, 80])),
    plane('sub', drawn('s', [500, 500, 36, 36]), drawn('t', [600, 478, 120, 80]), drawn('e', [800, 500, 36, 36])),
  ]);
  const drawing = await readDrawing(xml);
  assert.deepEqual(
    drawing.shapes.map(({ id }) => id),
    ['sub', 'last'],
  );
  assert.deepEqual(drawing.hidden, { s: 'sub', t: 'sub', e: 'sub', f1: 'sub', f2: 'sub' });
  const [inside, ...others] = drawing.insides;
  assert.deepEqual([inside?.id, inside?.name, others.length], ['sub', 'Review', 0]);
  assert.deepEqual(
    inside?.shapes.map(({ id, bounds }) => [id, bounds.x]),
    [
      ['s', 500],
      ['t', 600],
      ['e', 800],
    ],
  );
});

test('an expanded subprocess without places holds what is in it', async () => {
  const drawing = await readDrawing(
    file(`<bpmn:process id="p"><bpmn:subProcess id="sub">${CHAIN}</bpmn:subProcess></bpmn:process>`),
  );
  for (const id of ['s', 't', 'e']) assert.ok(within(shape(drawing, id).bounds, shape(drawing, 'sub').bounds), id);
  assert.deepEqual(
    drawing.shapes.map(({ id }) => id),
    ['sub', 's', 't', 'e'],
  );
});

test('what a drawing leaves out is laid out below it', async () => {
  const drawing = await readDrawing(
    file(`<bpmn:process id="p">${CHAIN}<bpmn:task id="new"/>${flow('f3', 't', 'new')}</bpmn:process>`, [
      plane('p', drawn('s', [0, 0, 36, 36]), drawn('t', [100, 0, 120, 80]), drawn('e', [300, 0, 36, 36])),
    ]),
  );
  assert.ok(shape(drawing, 'new').bounds.y > 80);
  assert.equal(drawing.edges.length, 3);
  assert.ok(drawing.shapes.every(({ bounds }) => within(bounds, drawing.bounds)));
});

test('two processes, each with a plane, do not lie on one another', async () => {
  const drawing = await readDrawing(
    file('<bpmn:process id="p"><bpmn:task id="a"/></bpmn:process><bpmn:process id="q"><bpmn:task id="b"/></bpmn:process>', [
      plane('p', drawn('a', [0, 0, 120, 80])),
      plane('q', drawn('b', [0, 0, 120, 80])),
    ]),
  );
  assert.ok(!overlap(shape(drawing, 'a').bounds, shape(drawing, 'b').bounds));
});

test('a flow from a task to itself leaves it and comes back', async () => {
  const drawing = await readDrawing(file(`<bpmn:process id="p"><bpmn:task id="t"/>${flow('f', 't', 't')}</bpmn:process>`));
  const { x, y, width } = shape(drawing, 't').bounds;
  const line = drawing.edges[0]?.waypoints ?? [];
  assert.ok(line.some((point) => point.x > x + width) && line.some((point) => point.y < y));
});

const HARM: { readonly [name: string]: string } = {
  'no XML': 'hello',
  'nothing at all': '',
  'no process': file(''),
  'entities that grow': `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${file('<bpmn:process id="p" name="&b;"><bpmn:task id="t"/></bpmn:process>')}`,
  'ids twice': file(`<bpmn:process id="p"><bpmn:subProcess id="p">${CHAIN}</bpmn:subProcess><bpmn:task id="s"/></bpmn:process>`),
  'ids of the language': file(
    `<bpmn:process id="constructor"><bpmn:task id="__proto__"/><bpmn:task id="toString"/>${flow('f', '__proto__', 'toString')}</bpmn:process>`,
  ),
  'a line to itself': file(`<bpmn:process id="p"><bpmn:task id="t"/>${flow('f', 't', 't')}</bpmn:process>`),
  'only a circle': file(
    `<bpmn:process id="p"><bpmn:task id="a"/><bpmn:task id="b"/>${flow('f', 'a', 'b')}${flow('g', 'b', 'a')}</bpmn:process>`,
  ),
  'an event on itself': file('<bpmn:process id="p"><bpmn:boundaryEvent id="b" attachedToRef="b"/></bpmn:process>'),
  'an event on nothing': file('<bpmn:process id="p"><bpmn:boundaryEvent id="b" attachedToRef="x"/></bpmn:process>'),
  'places that are none': file('<bpmn:process id="p"><bpmn:task id="t"/></bpmn:process>', [
    plane(
      'p',
      '<bpmndi:BPMNShape id="x" bpmnElement="t"><dc:Bounds x="NaN" y="1e308" width="-4" height="Infinity"/></bpmndi:BPMNShape>',
    ),
  ]),
  'a plane of itself': file('<bpmn:process id="p"><bpmn:subProcess id="s"><bpmn:task id="t"/></bpmn:subProcess></bpmn:process>', [
    plane('p', drawn('s', [0, 0, 100, 80])),
    plane('s', drawn('s', [0, 0, 100, 80])),
  ]),
  'shapes of no kind': file(
    '<bpmn:process id="p"><bpmn:choreographyTask id="t"/><bpmn:task/><bpmn:sequenceFlow id="f" sourceRef="q" targetRef="r"/></bpmn:process>',
  ),
  depth: file(`<bpmn:process id="p">${'<bpmn:subProcess>'.repeat(3_000)}${'</bpmn:subProcess>'.repeat(3_000)}</bpmn:process>`),
  'lanes in lanes': file(
    `<bpmn:process id="p"><bpmn:laneSet>${'<bpmn:lane><bpmn:childLaneSet>'.repeat(500)}${'</bpmn:childLaneSet></bpmn:lane>'.repeat(500)}</bpmn:laneSet></bpmn:process>`,
  ),
};

for (const [name, xml] of Object.entries(HARM))
  test(`a file with ${name} gives a drawing, and every number in it is one`, async () => {
    const drawing = await readDrawing(xml);
    const numbers = JSON.stringify(drawing).match(/"(?:x|y|width|height)":[^,}]+/g) ?? [];
    assert.ok(
      numbers.every((one) => /:-?[\d.]+$/.test(one)),
      numbers.find((one) => !/:-?[\d.]+$/.test(one)),
    );
    const ids = drawing.shapes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

test('a vast file is cut, said to be, and takes no vast time', async () => {
  const many = Array.from(
    { length: 6_000 },
    (_, index) =>
      `<bpmn:task id="t${index}" name="${'long '.repeat(200)}"/>${flow(`f${index}`, `t${index}`, `t${(index * 7_919) % 6_000}`)}`,
  );
  const start = performance.now();
  const drawing = await readDrawing(
    file(`<bpmn:process id="p">${many.join('').slice(0, 3_900_000)}</bpmn:process>`).slice(0, 4_000_000),
  );
  const wide = await readDrawing(
    file(`<bpmn:process id="p">${many.slice(0, 1_500).join('').replaceAll('long ', '')}</bpmn:process>`),
  );
  assert.ok(performance.now() - start < 5_000);
  assert.equal(drawing.complete, false);
  assert.equal(wide.complete, false);
  assert.equal(wide.shapes.length, 1_000);
});

const graph = fc.integer({ min: 1, max: 25 }).chain((count) =>
  fc.record({
    boxes: fc.constant(Array.from({ length: count }, (_, index) => `n${index}`)),
    bands: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: count, maxLength: count }),
    pairs: fc.array(fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 })), { maxLength: 50 }),
  }),
);

test('whatever the graph, laid out boxes stand apart in their bands, and lines join the boxes they tie', () => {
  fc.assert(
    fc.property(graph, ({ boxes, bands, pairs }) => {
      const given = boxes.map((id, index) => ({
        id,
        width: 60 + ((index * 37) % 90),
        height: 36 + ((index * 13) % 50),
        below: index % 3 === 0 ? 40 : 0,
        band: bands[index] ?? 0,
      }));
      const ties = pairs.map(([from, to], index) => ({ id: `f${index}`, from: `n${from}`, to: `n${to}` }));
      const layout = layOut(given, ties);
      const at = (id: string): Bounds => layout.places.get(id)!;
      for (const [index, box] of given.entries()) {
        const band = layout.bands[box.band]!;
        assert.ok(at(box.id).y >= band.top - 0.01 && at(box.id).y + box.height + box.below <= band.top + band.height + 0.01);
        assert.ok(at(box.id).x >= 0 && at(box.id).x + box.width <= layout.width + 0.01);
        for (const other of given.slice(index + 1)) assert.ok(!overlap(at(box.id), at(other.id)), `${box.id} ${other.id}`);
      }
      for (const { id, from, to } of ties.filter((tie) => tie.from !== tie.to)) {
        const line = layout.lines.get(id)!;
        const [a, b] = [at(from), at(to)];
        assert.deepEqual(line[0], { x: a.x + a.width, y: a.y + a.height / 2 });
        assert.deepEqual(line.at(-1), { x: b.x, y: b.y + b.height / 2 });
        assert.ok(line.every(({ x, y }) => Number.isFinite(x) && y >= -0.01 && y <= layout.height + 0.01));
      }
    }),
    { numRuns: 150 },
  );
});
