// What the reader makes of XML, whole or broken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, drawn, el, ext, io, path, process, timer } from './play.test.ts';
import { readModel } from './read.ts';

const codes = (found: { findings: readonly { code: string; place: string }[] }): string[] =>
  found.findings.map((one) => `${one.code} ${one.place}`);

test('a whole process is read with its elements, flows and extensions', async () => {
  const task = el(
    'userTask',
    'A',
    { name: 'بررسی' },
    ext(
      '<zeebe:formDefinition formId="review"/>',
      '<dargah:executor unit="=district" role="officer"/>',
      '<dargah:inquiry type="fire-safety"/>',
      '<dargah:visit kind="site"/>',
      '<dargah:clock pauses="correction"/>',
      '<dargah:separate from="A B"/>',
      '<dargah:deadline duration="P3D" legal="ماده ۱۰۰"/>',
      '<zeebe:properties><zeebe:property name="corrections" value="application"/></zeebe:properties>',
      io({ x: '=1' }, { y: '=x' }),
    ),
  );
  const end = el('endEvent', 'E', {}, ext('<dargah:outcome status="issued" reason="=why"/>'));
  const { model, findings } = await readModel(drawn(el('startEvent', 'S'), task, end, path('S A E')));
  assert.deepEqual(findings, []);
  assert.equal(model?.main, 'P');
  const node = model.nodes.find((one) => one.id === 'A');
  assert.deepEqual(node?.info, {
    id: 'A',
    name: 'بررسی',
    type: 'userTask',
    form: 'review',
    properties: { corrections: 'application' },
    executor: { unit: '=district', role: 'officer' },
    inquiry: 'fire-safety',
    visit: 'site',
    pauses: 'correction',
    separate: ['A', 'B'],
    deadline: { duration: 'P3D', legal: 'ماده ۱۰۰' },
  });
  assert.deepEqual(node.inputs, [{ source: '=1', target: 'x' }]);
  assert.deepEqual(model.nodes.find((one) => one.id === 'E')?.info.outcome, { status: 'issued', reason: '=why' });
  assert.deepEqual(
    model.flows.map((flow) => `${flow.from}→${flow.to}`),
    ['S→A', 'A→E'],
  );
});

test('prefixes of namespaces are the file’s own affair', async () => {
  const xml = drawn(
    el('startEvent', 'S'),
    el('serviceTask', 'A', {}, ext('<zeebe:taskDefinition type="dargah:pay"/>')),
    path('S A'),
  );
  const other = xml
    .replaceAll('zeebe:', 'z:')
    .replaceAll('xmlns:zeebe', 'xmlns:z')
    .replaceAll('bpmn:', '')
    .replaceAll('xmlns:bpmn', 'xmlns');
  const { model } = await readModel(other);
  assert.equal(model?.nodes.find((one) => one.id === 'A')?.info.service, 'dargah:pay');
});

test('broken XML and files that are no BPMN are findings, not crashes', async () => {
  for (const xml of ['', 'hello', '<a', '<a/>', drawn(el('startEvent', 'S')).slice(0, -30)]) {
    const found = await readModel(xml);
    assert.equal(found.model, undefined);
    assert.deepEqual(
      found.findings.map((one) => one.code),
      ['xml-unreadable'],
    );
  }
  assert.deepEqual(codes(await readModel(definitions())), ['no-process definitions']);
});

test('a missing reference is a finding with the place and the missing name', async () => {
  const found = await readModel(drawn(el('startEvent', 'S'), path('S NOPE')));
  assert.deepEqual(codes(found), ['missing-reference S_NOPE']);
  assert.match(found.findings[0]?.reason.en ?? '', /NOPE/);
  const message = await readModel(drawn(el('receiveTask', 'R', { messageRef: 'gone' })));
  assert.deepEqual(codes(message), ['missing-reference R']);
});

test('ids used twice and unknown elements are findings', async () => {
  assert.deepEqual(codes(await readModel(drawn(el('startEvent', 'S'), el('task', 'S')))), ['duplicate-id S']);
  assert.deepEqual(codes(await readModel(drawn(el('startEvent', 'S'), el('foo', 'x')))), ['element-unreadable bpmn:foo']);
});

test('a flow across the border of a subprocess is a finding', async () => {
  const inner = el('subProcess', 'Sub', {}, el('startEvent', 'S2'));
  assert.deepEqual(codes(await readModel(drawn(el('startEvent', 'S'), inner, path('S S2')))), ['flow-across-scopes S_S2']);
});

test('the main process is the executable one that no other calls', async () => {
  const call = el('callActivity', 'C', {}, ext('<zeebe:calledElement processId="Called" propagateAllChildVariables="false"/>'));
  const { model } = await readModel(
    definitions(process('Called', el('startEvent', 'S1')), process('Main', el('startEvent', 'S2'), call, path('S2 C'))),
  );
  assert.equal(model?.main, 'Main');
  assert.deepEqual(model.nodes.find((one) => one.id === 'C')?.calls, { process: 'Called', allIn: true, allOut: false });
});

test('a timer is read with its working time and clock, on its event or inside its definition', async () => {
  const own = '<dargah:timer workingTime="true" clock="case"/>';
  const inside = el('intermediateCatchEvent', 'T', {}, timer('timeDuration', 'P3D', own));
  const beside = el('intermediateCatchEvent', 'U', {}, ext(own), timer('timeDuration', 'P3D'));
  const { model } = await readModel(drawn(inside, beside));
  for (const id of ['T', 'U']) {
    assert.deepEqual(model?.nodes.find((one) => one.id === id)?.trigger, {
      on: 'timer',
      form: 'duration',
      text: 'P3D',
      workingTime: true,
      clock: true,
    });
  }
});
