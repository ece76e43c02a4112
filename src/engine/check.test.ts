// What `check` finds in a model before it is published, and what it lets pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '#base/finding.ts';
import { checkModel } from './check.ts';
import { definitions, drawn, el, ext, io, path, process, script, timer, when } from './play.test.ts';
import { readModel } from './read.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const users = (...ids: readonly string[]): string => ids.map((id) => el('userTask', id)).join('');
const KNOWN = { forms: ['review'], decisions: ['fee'] };

async function checked(xml: string): Promise<readonly Finding[]> {
  const { model, findings } = await readModel(xml);
  assert.ok(model);
  return [...findings, ...checkModel(model, KNOWN)];
}

const codes = (found: readonly Finding[]): string[] => found.map((one) => `${one.code} ${one.place}`);
const check = async (...parts: readonly string[]): Promise<string[]> => codes(await checked(drawn(...parts)));

test('a sound process has no findings', async () => {
  const parts = [
    S,
    users('A', 'B', 'C'),
    el('exclusiveGateway', 'X', { default: 'X_B' }),
    el('parallelGateway', 'F'),
    el('parallelGateway', 'J'),
    E,
    path('S A X B E'),
    when('X', 'F', '=a > 1'),
    path('F C J E'),
    users('D'),
    path('F D J'),
  ];
  assert.deepEqual(await check(...parts), []);
});

test('elements that are not executed are refused with their place', async () => {
  const odd = el('startEvent', 'S', {}, '<bpmn:messageEventDefinition/><bpmn:signalEventDefinition/>');
  const found = await check(odd, el('complexGateway', 'G'), el('adHocSubProcess', 'H'), E, path('S G H E'));
  for (const id of ['S', 'G', 'H']) assert.ok(found.includes(`unsupported-element ${id}`), `${id}: ${found.join(', ')}`);
});

test('every reference resolves, or is a finding', async () => {
  const task = el('userTask', 'A', {}, ext('<zeebe:formDefinition formId="gone"/>', '<dargah:separate from="S B"/>'));
  const rule = el('businessRuleTask', 'R', {}, ext('<zeebe:calledDecision decisionId="gone" resultVariable="x"/>'));
  const call = el('callActivity', 'C', {}, ext('<zeebe:calledElement processId="gone"/>'));
  const found = await check(S, task, users('B'), rule, call, E, path('S A B R C E'));
  assert.deepEqual(found, ['unknown-form A', 'unknown-element A', 'unknown-decision R', 'unknown-process C']);
});

test('every expression parses, or is a finding with its place and offsets', async () => {
  const found = await checked(
    drawn(
      S,
      el('exclusiveGateway', 'X', { default: 'X_E' }),
      script('A', 'x', '=1 +'),
      E,
      path('S X E'),
      when('X', 'A', '=a >'),
      path('A E'),
    ),
  );
  assert.deepEqual(codes(found), ['feel-syntax X_A', 'feel-syntax A']);
  assert.ok(found[0]?.at);
  assert.match(found[0].reason.fa, /FEEL/);
  const mapped = el('userTask', 'A', {}, ext(io({ x: '=(' }), '<dargah:executor unit="=)" role="officer"/>'));
  assert.deepEqual(await check(S, mapped, E, path('S A E')), ['feel-syntax A', 'feel-syntax A']);
});

test('starts and ends are there, once', async () => {
  assert.deepEqual(await check(users('A'), E, path('A E')), ['no-start P', 'unreachable A', 'unreachable E']);
  assert.deepEqual(await check(S, users('A'), path('S A')), ['no-end P', 'dead-end A']);
  assert.ok((await check(S, el('startEvent', 'S2'), E, path('S E'), path('S2 E'))).includes('several-starts P'));
  const escalated = el('startEvent', 'S', {}, '<bpmn:escalationEventDefinition/>');
  assert.deepEqual(await check(escalated, E, path('S E')), ['start-trigger S']);
});

test('what no path reaches is a finding', async () => {
  assert.deepEqual(await check(S, E, users('A', 'B'), path('S E'), path('A B E')), ['unreachable A', 'unreachable B']);
});

test('a choice needs a condition on each flow, and had better have a default', async () => {
  const parts = [S, el('exclusiveGateway', 'X'), users('A', 'B'), E, path('S X'), path('A E'), path('B E')];
  assert.deepEqual(await check(...parts, path('X A'), when('X', 'B', '=b')), ['flow-without-condition X']);
  assert.deepEqual(await check(...parts, when('X', 'A', '=a'), when('X', 'B', '=b')), ['gateway-without-default X']);
});

test('elements say all that their kind needs', async () => {
  const found = await check(
    S,
    el('serviceTask', 'A'),
    el('scriptTask', 'B'),
    el('businessRuleTask', 'C'),
    el('receiveTask', 'D'),
    el('sendTask', 'F'),
    el('intermediateCatchEvent', 'T', {}, timer('timeDuration', 'soon')),
    el('endEvent', 'E', {}, ext('<dargah:outcome status="lost"/>')),
    path('S A B C D F T E'),
  );
  assert.deepEqual(found.toSorted(), [
    'decision-missing C',
    'message-missing D',
    'message-missing F',
    'outcome-status E',
    'script-missing B',
    'service-type-missing A',
    'timer-invalid T',
  ]);
  assert.deepEqual(await check(S, el('intermediateCatchEvent', 'T', {}, timer('timeCycle', 'R3/PT1H')), E, path('S T E')), [
    'cycle-misplaced T',
  ]);
});

test('a parallel join after an exclusive split is a deadlock, shown as a path', async () => {
  const found = await checked(
    drawn(
      S,
      el('exclusiveGateway', 'X', { default: 'X_B' }),
      users('A', 'B'),
      el('parallelGateway', 'J'),
      E,
      path('S X B J E'),
      when('X', 'A', '=a'),
      path('A J'),
    ),
  );
  assert.deepEqual(codes(found), ['deadlock J']);
  assert.deepEqual(found[0]?.path?.slice(0, 3), ['S', 'S_X', 'X']);
});

test('an exclusive merge after a parallel split is refused: what follows runs twice', async () => {
  const found = await checked(
    drawn(
      S,
      el('parallelGateway', 'F'),
      users('A', 'B', 'C'),
      el('exclusiveGateway', 'X'),
      E,
      path('S F A X C E'),
      path('F B X'),
    ),
  );
  assert.deepEqual([...new Set(found.map((one) => `${one.code} ${one.severity}`))], ['lack-of-synchronisation error']);
  assert.ok(found.some((one) => one.place === 'C'));
});

test('a loop that makes branches without end, and one that never ends, are errors', async () => {
  const grows = await checked(drawn(S, users('A', 'B'), el('parallelGateway', 'F'), E, path('S A F A'), path('F B E')));
  assert.ok(grows.some((one) => one.code === 'unbounded-growth' && one.severity === 'error'));
  const round = await check(
    S,
    el('exclusiveGateway', 'X', { default: 'X_E' }),
    users('A', 'B'),
    E,
    path('S X E'),
    when('X', 'A', '=a'),
    path('A B A'),
  );
  assert.deepEqual(round, ['no-completion X']);
});

test('a correction loop with a reminder beside it is sound', async () => {
  const remind = el('boundaryEvent', 'Remind', { attachedToRef: 'A', cancelActivity: 'false' }, timer('timeCycle', 'R3/P1D'));
  const notify = el('serviceTask', 'N', {}, ext('<zeebe:taskDefinition type="dargah:notify"/>'));
  assert.deepEqual(
    await check(
      S,
      users('A', 'B'),
      remind,
      notify,
      el('exclusiveGateway', 'X', { default: 'X_E' }),
      E,
      path('S A X E'),
      when('X', 'B', '=b'),
      path('B A'),
      path('Remind N E'),
    ),
    [],
  );
});

test('an inclusive join is sound after an inclusive split', async () => {
  const parts = [
    S,
    el('inclusiveGateway', 'O', { default: 'O_A' }),
    users('A', 'B', 'C'),
    el('inclusiveGateway', 'J'),
    E,
    path('S O A J E'),
    when('O', 'B', '=b'),
    when('O', 'C', '=c'),
    path('B J'),
    path('C J'),
  ];
  assert.deepEqual(await check(...parts), []);
});

test('subprocesses and called processes are explored for themselves', async () => {
  const inner = el(
    'subProcess',
    'Sub',
    {},
    el('startEvent', 'S1'),
    el('exclusiveGateway', 'X', { default: 'X_J' }),
    users('A'),
    el('parallelGateway', 'J'),
    el('endEvent', 'E1'),
    path('S1 X J E1'),
    when('X', 'A', '=a'),
    path('A J'),
  );
  assert.deepEqual(await check(S, inner, E, path('S Sub E')), ['deadlock J']);
  const call = el('callActivity', 'C', {}, ext('<zeebe:calledElement processId="Q"/>'));
  const other = process('Q', el('startEvent', 'S2'), el('endEvent', 'E2'), path('S2 E2'));
  assert.deepEqual(codes(await checked(definitions(process('P', S, call, E, path('S C E')), other))), []);
  assert.deepEqual(codes(await checked(definitions(process('P', S, E, path('S E')), other))), ['unused-process Q']);
});

test('an event-based gateway leads to events only, and a boundary sits on an activity', async () => {
  assert.deepEqual(await check(S, el('eventBasedGateway', 'G'), users('A'), E, path('S G A E')), ['event-gateway-target A']);
  const on = el('boundaryEvent', 'B', { attachedToRef: 'X' }, timer('timeDuration', 'P1D'));
  assert.deepEqual(await check(S, el('exclusiveGateway', 'X'), on, E, path('S X E'), path('B E')), ['boundary-host B']);
});
