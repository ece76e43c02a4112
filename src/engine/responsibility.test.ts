// Who is responsible and what is shared, as the drawing says it: lanes, pools, message flows, data objects.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, el, ext, path, planned, Play, process } from './play.test.ts';
import { readModel } from './read.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const executor = (unit: string): string => ext(`<dargah:executor unit="${unit}" role="officer"/>`);
const lane = (id: string, nodes: readonly string[], ...inner: readonly string[]): string =>
  `<bpmn:lane id="${id}" name="${id}">${inner[0] ?? ''}${nodes.map((node) => `<bpmn:flowNodeRef>${node}</bpmn:flowNodeRef>`).join('')}${inner.slice(1).join('')}</bpmn:lane>`;

test('a user task that names no executor is worked by its lane’s, the innermost that names one', async () => {
  const inner = `<bpmn:childLaneSet id="LS2">${lane('Counter', ['B'], executor('counter'))}${lane('Back', ['C'])}</bpmn:childLaneSet>`;
  const lanes = `<bpmn:laneSet id="LS">${lane('Office', ['S', 'A', 'B', 'C', 'D', 'E'], executor('office'), inner)}</bpmn:laneSet>`;
  const own = el('userTask', 'D', {}, executor('fire'));
  const tasks = ['A', 'B', 'C'].map((id) => el('userTask', id)).join('');
  const at = new Play(await planned(definitions(process('P', lanes, S, tasks, own, E, path('S A B C D E'))))).start();
  const units: (string | undefined)[] = [];
  for (const id of ['A', 'B', 'C', 'D']) {
    units.push(at.wants('task')[0]?.executor?.unit);
    at.complete(id);
  }
  assert.deepEqual(units, ['office', 'counter', 'office', 'fire']);
});

test('pools and the messages between them are told of the model; the process of the executable pool runs', async () => {
  const pools =
    '<bpmn:collaboration id="Co"><bpmn:participant id="City" name="City" processRef="P"/><bpmn:participant id="Bank" name="Bank"/>' +
    '<bpmn:messageFlow id="Bill" name="bill" sourceRef="A" targetRef="Bank"/></bpmn:collaboration>';
  const xml = definitions(pools, process('P', S, el('userTask', 'A'), E, path('S A E')));
  const { model, findings } = await readModel(xml);
  assert.deepEqual(findings, []);
  assert.deepEqual(model?.pools, [
    { id: 'City', name: 'City', process: 'P' },
    { id: 'Bank', name: 'Bank' },
  ]);
  assert.deepEqual(model?.messageFlows, [{ id: 'Bill', name: 'bill', from: 'A', to: 'Bank' }]);
  assert.equal(new Play(await planned(xml)).start().complete('A').ended(), 'completed');
});

test('data objects and stores are what elements say they read and write; the variables themselves are the case’s', async () => {
  const data =
    '<bpmn:dataObject id="O"/><bpmn:dataObjectReference id="Plan" name="plan" dataObjectRef="O"/><bpmn:dataStoreReference id="Store" name="register"/>';
  const task = el(
    'userTask',
    'A',
    {},
    '<bpmn:property id="prop" name="__targetRef_placeholder"/>',
    '<bpmn:dataInputAssociation id="in"><bpmn:sourceRef>Plan</bpmn:sourceRef><bpmn:targetRef>prop</bpmn:targetRef></bpmn:dataInputAssociation>',
    '<bpmn:dataOutputAssociation id="out"><bpmn:targetRef>Store</bpmn:targetRef></bpmn:dataOutputAssociation>',
  );
  const xml = definitions(process('P', data, S, task, E, path('S A E')));
  const { model, findings } = await readModel(xml);
  assert.deepEqual(findings, []);
  const read = model?.nodes.find((node) => node.id === 'A');
  assert.deepEqual([read?.reads, read?.writes], [['plan'], ['register']]);
  const at = new Play(await planned(xml)).start({ plan: 'kept' }).complete('A', { plan: 'changed' });
  assert.deepEqual([at.ended(), at.vars()['plan']], ['completed', 'changed']);
});
