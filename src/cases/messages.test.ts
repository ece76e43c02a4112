// Messages that a process throws reach what waits for them in the same case, whichever comes first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import type { PersonId } from '#base/ids.ts';
import { waits } from '#engine/waits.ts';
import { compile } from '#engine/compile.ts';
import { readModel } from '#engine/read.ts';
import { step } from '#engine/step.ts';
import { advance } from './advance.ts';
import type { CaseEnv, CaseState } from './types.ts';

const NOW = instant('2026-11-24T09:00:00Z');
const flow = (from: string, to: string): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"/>`;
const XML = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d">
<bpmn:message id="m" name="ready"/><bpmn:process id="P" isExecutable="true">
<bpmn:startEvent id="S"/><bpmn:parallelGateway id="F"/><bpmn:userTask id="A"/>
<bpmn:intermediateThrowEvent id="T"><bpmn:messageEventDefinition messageRef="m"/></bpmn:intermediateThrowEvent><bpmn:userTask id="B"/>
<bpmn:intermediateCatchEvent id="C"><bpmn:messageEventDefinition messageRef="m"/></bpmn:intermediateCatchEvent>
<bpmn:parallelGateway id="J"/><bpmn:endEvent id="E"/>
${flow('S', 'F')}${flow('F', 'A')}${flow('A', 'T')}${flow('T', 'J')}${flow('F', 'B')}${flow('B', 'C')}${flow('C', 'J')}${flow('J', 'E')}
</bpmn:process></bpmn:definitions>`;

async function started(): Promise<{ readonly state: CaseState; readonly env: CaseEnv }> {
  const { model } = await readModel(XML);
  const plan = compile(model!);
  const process: CaseEnv['package']['process'] = {
    plan,
    elements: plan.elements,
    step: (state, input, env) => step(plan, state, input, env),
  };
  const env = { now: NOW, definition: 'd', package: { process, manifest: { fees: {} } } } as unknown as CaseEnv;
  const before = { tasks: [], units: [], payments: [], held: {}, done: [], status: 'open', applicant: { id: 'a' as PersonId } };
  return { env, state: advance(before as unknown as CaseState, { kind: 'start', vars: {} }, env).state };
}

const complete = (state: CaseState, element: string, env: CaseEnv): CaseState =>
  advance(state, { kind: 'complete', wait: waits(state.engine!).find((one) => one.element === element)!.wait, result: {} }, env)
    .state;

test('a thrown message is caught where its catcher waits, and where that comes to wait later', async () => {
  const { state, env } = await started();
  const caught = complete(complete(state, 'B', env), 'A', env);
  const kept = complete(complete(state, 'A', env), 'B', env);
  assert.deepEqual([caught.endedAt, kept.endedAt], [NOW, NOW]);
});
