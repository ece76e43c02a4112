// Microseconds and state bytes of one engine step on a process of twelve elements: gateways, a decisionless choice, a timer, a mapping.
// The limit beside it is what any engine on JSON must do: parse the state that came from the database and print the new one.
import type { EngineInput, EngineState } from '#engine/types.ts';
import { instant } from '#base/instant.ts';
import { compile } from '#engine/compile.ts';
import { readModel } from '#engine/read.ts';
import { step } from '#engine/step.ts';
import { waits } from '#engine/waits.ts';
import { report } from './table.ts';

const flow = (from: string, to: string, condition = ''): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${condition && `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;

const XML = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d"><bpmn:process id="P" isExecutable="true">
<bpmn:startEvent id="S"/><bpmn:userTask id="Check"/><bpmn:exclusiveGateway id="X" default="X_End2"/><bpmn:endEvent id="End2"/>
<bpmn:parallelGateway id="F"/><bpmn:userTask id="A"/><bpmn:userTask id="B"/><bpmn:parallelGateway id="J"/>
<bpmn:scriptTask id="Sum"><bpmn:extensionElements><zeebe:script expression="=application.area * rate" resultVariable="fee"/></bpmn:extensionElements></bpmn:scriptTask>
<bpmn:userTask id="Approve"><bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=fee" target="amount"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:userTask>
<bpmn:boundaryEvent id="Late" attachedToRef="Approve"><bpmn:timerEventDefinition><bpmn:timeDuration>P10D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="E"/>
${flow('S', 'Check')}${flow('Check', 'X')}${flow('X', 'F', '=decision = "go"')}${flow('X', 'End2')}${flow('F', 'A')}${flow('F', 'B')}${flow('A', 'J')}${flow('B', 'J')}${flow('J', 'Sum')}${flow('Sum', 'Approve')}${flow('Approve', 'E')}${flow('Late', 'E')}
</bpmn:process></bpmn:definitions>`;

const ENV = { now: instant('2026-11-24T09:00:00+03:30'), workingDue: () => ENV.now };
const VARS = { application: { area: 120.5, use: 'residential', city: 'تهران' }, rate: 1500, decision: 'go' };
const CASES = 4000;
const ROUNDS = 5;

const { model } = await readModel(XML);
if (!model) throw new Error('the process of this measure cannot be read');
const plan = compile(model);

type Tally = { steps: number; bytes: number };

function runCase(tally: Tally, through: (state: EngineState) => EngineState): void {
  let state: EngineState | undefined;
  let input: EngineInput = { kind: 'start', vars: VARS };
  while (!state?.ended) {
    state = through(step(plan, state, input, ENV).state);
    tally.steps += 1;
    const work = waits(state).find((one) => one.kind === 'task');
    if (work) input = { kind: 'complete', wait: work.wait, result: {} };
  }
}

function micros(through: (state: EngineState, tally: Tally) => EngineState): { readonly each: number; readonly tally: Tally } {
  let best = { each: Number.POSITIVE_INFINITY, tally: { steps: 1, bytes: 0 } };
  for (let round = 0; round < ROUNDS; round += 1) {
    const tally = { steps: 0, bytes: 0 };
    const began = performance.now();
    for (let turn = 0; turn < CASES; turn += 1) runCase(tally, (state) => through(state, tally));
    const each = ((performance.now() - began) * 1000) / tally.steps;
    if (each < best.each) best = { each, tally };
  }
  return best;
}

const bare = micros((state) => state);
const stored = micros((state, tally) => {
  const text = JSON.stringify(state);
  tally.bytes += text.length;
  return JSON.parse(text) as EngineState;
});
report('One engine step, process of 12 elements', [
  { name: 'step', value: bare.each, unit: 'µs' },
  { name: 'step with JSON', value: stored.each, unit: 'µs', note: 'state printed and parsed each time' },
  { name: 'JSON alone', value: stored.each - bare.each, unit: 'µs', note: 'the limit: no engine that stores JSON goes below' },
  { name: 'state', value: stored.tally.bytes / stored.tally.steps, unit: 'characters', note: 'variables included' },
  { name: 'steps in a second', value: 1e6 / stored.each, unit: 'steps/s', note: 'one core, with JSON' },
]);
