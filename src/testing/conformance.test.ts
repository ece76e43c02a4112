// docs/conformance.md says what is so: its tests exist, and its tables are those that would be written today.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BpmnModdle } from 'bpmn-moddle';
import { checkModel } from '#engine/check.ts';
import { readModel } from '#engine/read.ts';
import { bpmnPart, DOCUMENT, formatted, writtenTckPart } from './conformance-doc.ts';
import { ELEMENTS } from './conformance-elements.ts';
import { eventTable } from './conformance-events.ts';
import { ROOT } from './database.ts';

test('every element is proven by a test that is there, once', () => {
  const missing = ELEMENTS.filter(({ file, test }) => {
    const source = readFileSync(join(ROOT, 'src', file), 'utf8');
    return source.split(`test('${test}'`).length !== 2;
  });
  assert.deepEqual(missing, []);
});

test('every element is listed once', () => {
  const names = ELEMENTS.map(({ element }) => element);
  assert.deepEqual(names, [...new Set(names)]);
});

test('docs/conformance.md is what npm run conformance writes', async () => {
  const written = readFileSync(DOCUMENT, 'utf8').split('\n');
  const today = (
    await formatted(
      bpmnPart(await eventTable(), () => true),
      writtenTckPart(),
    )
  ).split('\n');
  const stale = written.filter((line) => !today.includes(line));
  const missing = today.filter((line) => !written.includes(line));
  assert.deepEqual({ stale, missing }, { stale: [], missing: [] }, 'run npm run conformance, and commit docs/conformance.md');
  assert.deepEqual(written, today);
});

type Registry = { readonly typeMap: Readonly<Record<string, { readonly isAbstract?: boolean }>> } & {
  getEffectiveDescriptor(type: string): { readonly allTypes: readonly { readonly name: string }[] };
};

/** Every concrete flow node of the standard, as bpmn-moddle has it. */
function flowNodes(): readonly string[] {
  const { registry } = new BpmnModdle() as unknown as { readonly registry: Registry };
  return Object.entries(registry.typeMap)
    .filter(([type, { isAbstract }]) => type.startsWith('bpmn:') && isAbstract !== true)
    .map(([type]) => type)
    .filter((type) => registry.getEffectiveDescriptor(type).allTypes.some(({ name }) => name === 'bpmn:FlowNode'))
    .map((type) => `${type.charAt(5).toLowerCase()}${type.slice(6)}`);
}

test('no flow node of the standard is ignored: it is executed, or refused with its place', async () => {
  const refused: string[] = [];
  for (const type of flowNodes()) {
    const flows = [
      ['S', 'X'],
      ['X', 'E'],
    ].map(([from, to]) => `<bpmn:sequenceFlow id="${from}${to}" sourceRef="${from}" targetRef="${to}"/>`);
    const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><bpmn:process id="P" isExecutable="true"><bpmn:startEvent id="S"/><bpmn:${type} id="X"/><bpmn:endEvent id="E"/>${flows.join('')}</bpmn:process></bpmn:definitions>`;
    const { model, findings } = await readModel(xml);
    const told = [...findings, ...(model ? checkModel(model, { forms: [], decisions: [] }) : [])];
    const isRead = model?.nodes.some(({ id, kind }) => id === 'X' && kind !== 'unsupported') === true;
    const isRefused = told.some(({ code, place }) => code === 'unsupported-element' && place === 'X');
    assert.ok(isRead || isRefused, `${type} is ignored`);
    if (!isRead) refused.push(type);
  }
  assert.deepEqual(refused.toSorted(), [
    'adHocSubProcess',
    'callChoreography',
    'choreographyTask',
    'complexGateway',
    'implicitThrowEvent',
    'subChoreography',
  ]);
});
