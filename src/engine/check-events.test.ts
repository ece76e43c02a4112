// What `check` finds in events, links, compensation, transactions, loops, lanes and pools; and that whole models of them are clean.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '#base/finding.ts';
import { checkModel } from './check.ts';
import { definitions, drawn, el, ext, path, process, timer, when } from './play.test.ts';
import { readModel } from './read.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const users = (...ids: readonly string[]): string => ids.map((id) => el('userTask', id)).join('');
const SIGNAL = '<bpmn:signal id="Sig" name="moved"/>';
const MESSAGE = '<bpmn:message id="Msg" name="paid"/>';
const ESCALATION = '<bpmn:escalation id="Esc" escalationCode="late"/>';
const on = {
  signal: '<bpmn:signalEventDefinition signalRef="Sig"/>',
  message: '<bpmn:messageEventDefinition messageRef="Msg"/>',
  escalation: '<bpmn:escalationEventDefinition escalationRef="Esc"/>',
  condition: (text: string) =>
    `<bpmn:conditionalEventDefinition><bpmn:condition>${text}</bpmn:condition></bpmn:conditionalEventDefinition>`,
  link: (name?: string) => `<bpmn:linkEventDefinition${name === undefined ? '' : ` name="${name}"`}/>`,
  cancel: '<bpmn:cancelEventDefinition/>',
  compensation: (of?: string) => `<bpmn:compensateEventDefinition${of === undefined ? '' : ` activityRef="${of}"`}/>`,
};
const association = (from: string, to: string): string =>
  `<bpmn:association id="${from}-${to}" sourceRef="${from}" targetRef="${to}" associationDirection="One"/>`;
const boundary = (id: string, host: string, definition: string, more: Record<string, string> = {}): string =>
  el('boundaryEvent', id, { attachedToRef: host, ...more }, definition);

async function findings(xml: string): Promise<readonly Finding[]> {
  const { model, findings } = await readModel(xml);
  assert.ok(model);
  return [...findings, ...checkModel(model, { forms: [], decisions: [] })];
}

const codes = (found: readonly Finding[]): string[] => found.map((one) => `${one.code} ${one.place}`);
const check = async (...parts: readonly string[]): Promise<string[]> =>
  codes(await findings(definitions(SIGNAL, MESSAGE, ESCALATION, process('P', ...parts))));

test('signals, conditions and links that are whole are clean', async () => {
  const parts = [
    S,
    el('intermediateThrowEvent', 'T', {}, on.signal),
    el('intermediateCatchEvent', 'C', {}, on.condition('=x > 1')),
    el('intermediateThrowEvent', 'L', {}, on.link('on')),
    el('intermediateCatchEvent', 'M', {}, on.link('on')),
    el('eventBasedGateway', 'G'),
    el('intermediateCatchEvent', 'G1', {}, on.signal),
    el('intermediateCatchEvent', 'G2', {}, on.condition('=y')),
    el('intermediateCatchEvent', 'G3', {}, timer('timeDuration', 'P1D')),
    users('A'),
    boundary('B', 'A', on.signal, { cancelActivity: 'false' }),
    E,
    path('S T C L'),
    path('M G G1 A E'),
    path('G G2 E'),
    path('G G3 E'),
    path('B E'),
  ];
  assert.deepEqual(await check(...parts), []);
});

test('events say what they wait for', async () => {
  const parts = [
    S,
    el('intermediateThrowEvent', 'T', {}, '<bpmn:signalEventDefinition/>'),
    el('intermediateCatchEvent', 'C', {}, '<bpmn:conditionalEventDefinition/>'),
    E,
    path('S T C E'),
  ];
  assert.deepEqual(await check(...parts), ['signal-missing T', 'condition-missing C']);
});

test('links meet in pairs, one target to a name', async () => {
  const thrown = (id: string, name?: string): string => el('intermediateThrowEvent', id, {}, on.link(name));
  const caught = (id: string, name?: string): string => el('intermediateCatchEvent', id, {}, on.link(name));
  assert.deepEqual(await check(S, thrown('L', 'a'), E, path('S L')), ['unreachable E', 'link-without-target L']);
  assert.deepEqual(await check(S, caught('M', 'a'), E, path('S E'), path('M E')), ['unreachable M', 'link-without-source M']);
  assert.deepEqual(
    await check(S, thrown('L', 'a'), caught('M', 'a'), caught('N', 'a'), E, path('S L'), path('M E'), path('N E')),
    ['unreachable N', 'link-twice N'],
  );
  assert.deepEqual(await check(S, thrown('L'), E, path('S L E')), ['link-flow L', 'link-unnamed L']);
});

test('a process may be begun by a message, a timer or a signal, each by one event', async () => {
  const starts = [S, el('startEvent', 'S2', {}, on.message), el('startEvent', 'S3', {}, on.signal)];
  const clock = el('startEvent', 'S4', {}, timer('timeCycle', 'R/P1D'));
  const paths = ['S', 'S2', 'S3', 'S4'].map((id) => path(`${id} X`));
  const parts = [...starts, clock, el('exclusiveGateway', 'X'), E, ...paths, path('X E')];
  assert.deepEqual(await check(...parts), []);
  assert.deepEqual(await check(...parts, el('startEvent', 'S5', {}, on.message), path('S5 E')), ['start-twice S5']);
  assert.deepEqual(await check(S, el('startEvent', 'S2'), E, path('S E'), path('S2 E')), ['several-starts P']);
});

test('flows that lead into starts and boundary events or out of ends are refused', async () => {
  assert.deepEqual(await check(S, users('A'), E, path('S A S'), path('A E')), ['start-incoming S']);
  assert.deepEqual(await check(S, users('A'), E, path('S A E A')), ['end-outgoing E']);
  const late = boundary('B', 'A', timer('timeDuration', 'P1D'));
  assert.deepEqual(await check(S, users('A'), late, E, path('S A B E'), path('A E')), ['boundary-incoming B']);
});

const PAID = [
  users('A'),
  boundary('Undo', 'A', on.compensation()),
  el('serviceTask', 'H', { isForCompensation: 'true' }, ext('<zeebe:taskDefinition type="t"/>')),
];

test('compensation is whole: a handler for each boundary event, and something to undo', async () => {
  const thrown = el('intermediateThrowEvent', 'T', {}, on.compensation());
  const whole = [S, ...PAID, thrown, E, path('S A T E')];
  assert.deepEqual(await check(...whole, association('Undo', 'H')), []);
  assert.deepEqual(await check(...whole), [
    'compensation-handler-missing Undo',
    'compensation-handler-unused H',
    'compensation-nothing T',
  ]);
  const of = (id: string): string => el('intermediateThrowEvent', 'T', {}, on.compensation(id));
  const parts = [S, ...PAID, users('B'), E, association('Undo', 'H'), path('S A B T E')];
  assert.deepEqual(await check(...parts, of('A')), []);
  assert.deepEqual(await check(...parts, of('B')), ['compensation-target T']);
  assert.deepEqual(await check(...parts, of('A'), boundary('Late', 'H', timer('timeDuration', 'P1D')), path('Late E')), [
    'compensation-handler-flow H',
  ]);
  assert.deepEqual(await check(...parts, of('A'), path('Undo E')), ['compensation-boundary-flow Undo']);
});

test('an event subprocess compensates what its scope has completed, and a subprocess undoes itself', async () => {
  const inside = [
    el('startEvent', 'S1'),
    users('B'),
    el('endEvent', 'E1'),
    path('S1 B E1'),
    el(
      'subProcess',
      'Back',
      { triggeredByEvent: 'true' },
      el('startEvent', 'S2', {}, on.compensation()),
      users('C'),
      el('endEvent', 'E2'),
      path('S2 C E2'),
    ),
  ];
  const parts = [S, el('subProcess', 'Sub', {}, ...inside), el('endEvent', 'E', {}, on.compensation('Sub')), path('S Sub E')];
  assert.deepEqual(await check(...parts), []);
  assert.deepEqual(await check(...inside), ['start-trigger S2']);
});

test('a cancel belongs to a transaction', async () => {
  const inside = [
    el('startEvent', 'S1'),
    el('exclusiveGateway', 'X', { default: 'X_E1' }),
    el('endEvent', 'E1'),
    el('endEvent', 'E2', {}, on.cancel),
    path('S1 X E1'),
    when('X', 'E2', '=x'),
  ];
  const around = (type: string, ...more: readonly string[]): string[] => [
    S,
    el(type, 'T', {}, ...inside),
    ...more,
    E,
    path('S T E'),
  ];
  const caught = [boundary('B', 'T', on.cancel), path('B E')];
  assert.deepEqual(await check(...around('transaction', ...caught)), []);
  assert.deepEqual(await check(...around('transaction')), ['cancel-uncaught E2']);
  assert.deepEqual(await check(...around('subProcess', ...caught)), ['cancel-host B', 'cancel-outside E2']);
});

test('loops and instances are bounded', async () => {
  const task = (loop: string): string => el('userTask', 'A', {}, loop);
  const one = async (loop: string): Promise<string[]> => check(S, task(loop), E, path('S A E'));
  assert.deepEqual(await one('<bpmn:standardLoopCharacteristics/>'), ['loop-unbounded A']);
  assert.deepEqual(await one('<bpmn:standardLoopCharacteristics loopMaximum="3"/>'), []);
  assert.deepEqual(await one('<bpmn:standardLoopCharacteristics loopMaximum="-3"/>'), ['loop-maximum A']);
  const again = '<bpmn:loopCondition>=x &lt; 3</bpmn:loopCondition>';
  assert.deepEqual(await one(`<bpmn:standardLoopCharacteristics>${again}</bpmn:standardLoopCharacteristics>`), []);
  const many = (inner: string): string =>
    `<bpmn:multiInstanceLoopCharacteristics>${inner}</bpmn:multiInstanceLoopCharacteristics>`;
  const count = (text: string): string => many(`<bpmn:loopCardinality>${text}</bpmn:loopCardinality>`);
  assert.deepEqual(await one(many('')), ['loop-incomplete A']);
  assert.deepEqual(await one(many(ext('<zeebe:loopCharacteristics inputCollection="=list"/>'))), []);
  assert.deepEqual(await one(count('3')), []);
  assert.deepEqual(await one(count('=n')), ['instances-unbounded A']);
  assert.deepEqual(await one(count('=min(n, 5)')), []);
  assert.deepEqual(await one(count('2.5')), ['loop-maximum A']);
});

test('a cycle without end may remind, but not pile up work, and never without pause', async () => {
  const beside = (cycle: string, what: string): Promise<string[]> =>
    check(
      S,
      users('A'),
      boundary('B', 'A', timer('timeCycle', cycle), { cancelActivity: 'false' }),
      el(what, 'R', {}, ext('<zeebe:taskDefinition type="t"/>')),
      E,
      path('S A E'),
      path('B R E'),
    );
  assert.deepEqual(await beside('R/P1D', 'serviceTask'), []);
  assert.deepEqual(await beside('R/P1D', 'userTask'), ['cycle-endless B']);
  assert.deepEqual(await beside('R3/P1D', 'userTask'), []);
  assert.deepEqual(await beside('R3/PT0S', 'serviceTask'), ['timer-invalid B']);
});

test('conditions that always cover need no default', async () => {
  const choice = (...conditions: readonly string[]): Promise<string[]> => {
    const ids = conditions.map((_, index) => `A${index}`);
    const flows = conditions.map((condition, index) => when('X', `A${index}`, condition) + path(`A${index} E`));
    return check(S, el('exclusiveGateway', 'X'), users(...ids), E, path('S X'), ...flows);
  };
  assert.deepEqual(await choice('=x', '=not(x)'), []);
  assert.deepEqual(await choice('=a > 5', '=a<=5'), []);
  assert.deepEqual(await choice('=a = "b"', '=c', '=a != "b"'), []);
  assert.deepEqual(await choice('=x', '=y'), ['gateway-without-default X']);
  assert.deepEqual(await choice('=a > 5', '=a < 5'), ['gateway-without-default X']);
  assert.deepEqual(await choice('=a > 5 and b', '=a <= 5 and b'), ['gateway-without-default X']);
  assert.deepEqual(await check(S, users('A'), E, path('S A'), when('A', 'E', '=x')), ['gateway-without-default A']);
});

test('messages go between pools, and tasks stand in the lane of their executor', async () => {
  const lanes =
    '<bpmn:laneSet id="LS"><bpmn:lane id="L1" name="Desk">' +
    ext('<dargah:executor unit="desk" role="officer"/>') +
    '<bpmn:flowNodeRef>A</bpmn:flowNodeRef><bpmn:flowNodeRef>B</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>';
  const pools =
    '<bpmn:collaboration id="Co"><bpmn:participant id="City" name="City" processRef="P"/><bpmn:participant id="Bank" name="Bank"/>' +
    '<bpmn:messageFlow id="M1" sourceRef="A" targetRef="Bank"/><bpmn:messageFlow id="M2" sourceRef="A" targetRef="B"/>' +
    '<bpmn:messageFlow id="M3" sourceRef="Bank" targetRef="X"/></bpmn:collaboration>';
  const other = el('userTask', 'B', {}, ext('<dargah:executor unit="fire" role="officer"/>'));
  const body = process('P', lanes, S, users('A'), other, el('exclusiveGateway', 'X'), E, path('S A B X E'));
  assert.deepEqual(codes(await findings(definitions(pools, body))), [
    'lane-executor B',
    'message-flow-same-pool M2',
    'message-flow-end M3',
  ]);
});

test('an error that nobody catches is refused, a caught one is not', async () => {
  const inside = el(
    'subProcess',
    'T',
    {},
    el('startEvent', 'S1'),
    el('endEvent', 'E1', {}, '<bpmn:errorEventDefinition errorRef="Err"/>'),
    path('S1 E1'),
  );
  const error = '<bpmn:error id="Err" errorCode="broken"/>';
  const late = boundary('B', 'T', '<bpmn:errorEventDefinition errorRef="Err"/>') + path('B E');
  const parts = (...more: readonly string[]): string => definitions(error, process('P', S, inside, ...more, E, path('S T E')));
  assert.ok(codes(await findings(parts())).includes('error-uncaught E1'));
  assert.deepEqual(codes(await findings(parts(late))), []);
});

test('a process that calls itself needs a way without the call', async () => {
  const call = el('callActivity', 'C', {}, ext('<zeebe:calledElement processId="P"/>'));
  assert.ok((await check(S, call, E, path('S C E'))).includes('endless-recursion P'));
  assert.deepEqual(
    await check(S, call, el('exclusiveGateway', 'X', { default: 'X_E' }), E, path('S X E'), when('X', 'C', '=x'), path('C E')),
    [],
  );
});

test('two boundary events that catch the same are noticed', async () => {
  const inside = el('subProcess', 'T', {}, el('startEvent', 'S1'), users('A'), el('endEvent', 'E1'), path('S1 A E1'));
  const caught = ['B', 'C'].map((id) => boundary(id, 'T', '<bpmn:errorEventDefinition/>') + path(`${id} E`));
  assert.deepEqual(codes(await findings(drawn(S, inside, ...caught, E, path('S T E')))), ['catch-twice C']);
});

test('an event subprocess compensates what its scope has completed', async () => {
  const handler = el(
    'subProcess',
    'H2',
    { triggeredByEvent: 'true' },
    el('startEvent', 'S2', {}, on.message),
    el('intermediateThrowEvent', 'T', {}, on.compensation('A')),
    el('endEvent', 'E2'),
    path('S2 T E2'),
  );
  assert.deepEqual(await check(S, ...PAID, association('Undo', 'H'), handler, E, path('S A E')), []);
});

test('a message flow may end inside a subprocess of its pool', async () => {
  const inside = el('subProcess', 'Sub', {}, el('startEvent', 'S1'), users('A'), el('endEvent', 'E1'), path('S1 A E1'));
  const pools =
    '<bpmn:collaboration id="Co"><bpmn:participant id="City" processRef="P"/><bpmn:participant id="Bank"/>' +
    '<bpmn:messageFlow id="M1" sourceRef="Bank" targetRef="A"/><bpmn:messageFlow id="M2" sourceRef="B" targetRef="A"/></bpmn:collaboration>';
  const body = process('P', S, inside, users('B'), E, path('S Sub B E'));
  assert.deepEqual(codes(await findings(definitions(pools, body))), ['message-flow-same-pool M2']);
});
