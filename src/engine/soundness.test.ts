// Soundness: the three classic faults with their paths, the patterns that are none of them, and what is said where there is too much to explore.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from './model.ts';
import { definitions, drawn, el, path, process, timer, when } from './play.test.ts';
import { readModel } from './read.ts';
import { exploration } from './soundness.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const users = (...ids: readonly string[]): string => ids.map((id) => el('userTask', id)).join('');
const and = (...ids: readonly string[]): string => ids.map((id) => el('parallelGateway', id)).join('');
const xor = (id: string, fallback?: string): string =>
  el('exclusiveGateway', id, fallback ? { default: `${id}_${fallback}` } : {});

async function modelOf(xml: string): Promise<Model> {
  const { model, findings } = await readModel(xml);
  assert.deepEqual(findings, []);
  assert.ok(model);
  return model;
}

async function judged(...parts: readonly string[]): Promise<{ found: string[]; paths: string[]; states: number }> {
  const model = await modelOf(drawn(...parts));
  const { findings, states, complete } = exploration(model);
  assert.ok(complete);
  const plain = exploration(model, { plain: true });
  assert.deepEqual(findings.map((one) => one.code).toSorted(), plain.findings.map((one) => one.code).toSorted());
  for (const one of findings) assert.equal(one.severity, 'error', one.code);
  return {
    found: findings.map((one) => `${one.code} ${one.place}`),
    paths: findings.map((one) => (one.path ?? []).join(' ')),
    states,
  };
}

test('a parallel join after an exclusive split is a deadlock', async () => {
  const { found, paths } = await judged(
    S,
    xor('X', 'B'),
    users('A', 'B'),
    and('J'),
    E,
    path('S X B J E'),
    when('X', 'A', '=a'),
    path('A J'),
  );
  assert.deepEqual(found, ['deadlock J']);
  assert.deepEqual(paths, ['S S_X X X_B B B_J']);
});

test('an exclusive merge after a parallel split does what follows twice', async () => {
  const parts = [S, and('F'), users('A', 'B', 'C'), xor('X'), E, path('S F A X C E'), path('F B X')];
  const { found, paths } = await judged(...parts);
  assert.deepEqual(found, ['lack-of-synchronisation C']);
  assert.match(paths[0]!, /^S S_F F .* C$/);
});

test('a branch that is left behind when an end is reached is an orphan token', async () => {
  const parts = [
    S,
    and('F', 'J'),
    users('A', 'B'),
    xor('X', 'J'),
    el('endEvent', 'E1'),
    E,
    path('S F A J E'),
    path('F B X J'),
    when('X', 'E1', '=x'),
  ];
  const { found, paths } = await judged(...parts);
  assert.deepEqual(found, ['orphan-token J']);
  assert.match(paths[0]!, /X_E1 E1/);
});

test('a terminate end leaves nothing behind', async () => {
  const stop = el('endEvent', 'E1', {}, '<bpmn:terminateEventDefinition/>');
  const parts = [
    S,
    and('F', 'J'),
    users('A', 'B'),
    xor('X', 'J'),
    stop,
    E,
    path('S F A J E'),
    path('F B X J'),
    when('X', 'E1', '=x'),
  ];
  assert.deepEqual((await judged(...parts)).found, []);
});

test('branches may end one by one, at one plain end or several', async () => {
  assert.deepEqual((await judged(S, and('F'), users('A', 'B'), E, path('S F A E'), path('F B E'))).found, []);
  assert.deepEqual((await judged(S, and('F'), users('A', 'B'), xor('X'), E, path('S F A X E'), path('F B X'))).found, []);
  assert.deepEqual((await judged(S, users('A', 'B'), E, path('S A B E'), path('A E'))).found, []);
});

test('an outcome is told once', async () => {
  const outcome = el('endEvent', 'E', {}, '<bpmn:extensionElements><dargah:outcome status="issued"/></bpmn:extensionElements>');
  assert.deepEqual((await judged(S, and('F'), users('A', 'B'), outcome, path('S F A E'), path('F B E'))).found, [
    'lack-of-synchronisation E',
  ]);
});

test('an outcome is not told while a branch is at work still', async () => {
  const outcome = '<bpmn:extensionElements><dargah:outcome status="issued"/></bpmn:extensionElements>';
  const end = (kind = ''): string => el('endEvent', 'E', {}, outcome, kind);
  const parts = [S, and('F'), users('A', 'B'), el('endEvent', 'E1'), path('S F A E'), path('F B E1')];
  const { found, paths } = await judged(...parts, end());
  assert.deepEqual(found, ['outcome-early E']);
  assert.match(paths[0]!, /A A_E E/);
  assert.deepEqual((await judged(...parts, end('<bpmn:terminateEventDefinition/>'))).found, []);
  const remind = el('boundaryEvent', 'R', { attachedToRef: 'A', cancelActivity: 'false' }, timer('timeDuration', 'P1D'));
  assert.deepEqual(
    (await judged(S, users('A', 'N'), remind, el('endEvent', 'E1'), path('S A E'), path('R N E1'), end())).found,
    [],
  );
});

test('an inclusive gateway with a default and one condition is a choice', async () => {
  const parts = [
    S,
    el('inclusiveGateway', 'O', { default: 'O_A' }),
    users('A', 'B', 'C'),
    xor('X'),
    E,
    path('S O A X C E'),
    when('O', 'B', '=b'),
    path('B X'),
  ];
  assert.deepEqual((await judged(...parts)).found, []);
});

test('a way back that makes branches grows without bound', async () => {
  const { found } = await judged(S, users('A', 'B'), and('F'), E, path('S A F A'), path('F B E'));
  assert.ok(found.includes('unbounded-growth B') || found.includes('unbounded-growth A'), found.join(', '));
});

test('an element that no run reaches is found behind a subprocess that never completes', async () => {
  const inside = [el('startEvent', 'S1'), el('endEvent', 'E1', {}, '<bpmn:errorEventDefinition/>'), path('S1 E1')];
  const late = el('boundaryEvent', 'B', { attachedToRef: 'Sub' }, '<bpmn:errorEventDefinition/>');
  const parts = [S, el('subProcess', 'Sub', {}, ...inside), late, users('A'), E, path('S Sub A E'), path('B E')];
  assert.deepEqual((await judged(...parts)).found, ['never-runs A']);
});

test('many parallel branches with many steps leave next to nothing to explore', async () => {
  const branches = Array.from({ length: 12 }, (_, index) => {
    const ids = Array.from({ length: 10 }, (_, step) => `T${index}x${step}`);
    return users(...ids) + path(`F ${ids.join(' ')} J`);
  });
  const { found, states } = await judgedSmall(S, and('F', 'J'), E, path('S F'), path('J E'), ...branches);
  assert.deepEqual(found, []);
  assert.ok(states < 10, `${states} states`);
});

async function judgedSmall(...parts: readonly string[]): Promise<{ found: string[]; states: number }> {
  const { findings, states, complete } = exploration(await modelOf(drawn(...parts)));
  assert.ok(complete);
  return { found: findings.map((one) => one.code), states };
}

test('where there is too much to explore, that is said, with what is left unproven', async () => {
  const branches = Array.from({ length: 10 }, (_, index) => [
    users(`A${index}`),
    xor(`X${index}`, 'J'),
    when('O', `A${index}`, `=a${index}`),
    path(`A${index} X${index} J`),
    when(`X${index}`, 'E', `=b${index}`),
  ]);
  const gates = el('inclusiveGateway', 'O') + el('inclusiveGateway', 'J');
  const { findings, states, complete } = exploration(
    await modelOf(drawn(S, gates, E, path('S O'), path('J E'), ...branches.flat())),
  );
  assert.ok(!complete);
  assert.deepEqual(
    findings.map((one) => `${one.severity} ${one.code} ${one.place}`),
    ['warning too-large-to-explore P'],
  );
  assert.match(findings[0]!.reason.en, new RegExp(`${states}: .*O.*`));
});

test('what an escalation does to its scope is what its catcher says', async () => {
  const escalation = '<bpmn:escalationEventDefinition/>';
  const thrown = el('intermediateThrowEvent', 'T', {}, escalation);
  const inside = [el('startEvent', 'S1'), thrown, users('A'), el('endEvent', 'E1'), path('S1 T A E1')];
  const around = (cancel: string): string[] => [
    S,
    el('subProcess', 'Sub', {}, ...inside),
    el('boundaryEvent', 'B', { attachedToRef: 'Sub', cancelActivity: cancel }, escalation),
    users('C', 'D'),
    el('endEvent', 'E2'),
    E,
    path('S Sub C E'),
    path('B D E2'),
  ];
  assert.deepEqual((await judged(...around('false'))).found, []);
  assert.deepEqual((await judged(...around('true'))).found, ['never-runs C', 'never-runs E', 'never-runs A', 'never-runs E1']);
});

test('an activity leaves by all its flows without a condition, and by some of the others', async () => {
  const parts = (join: string): string[] => [
    S,
    users('A', 'B', 'C', 'D'),
    el(join, 'J'),
    E,
    path('S A B J E'),
    when('A', 'C', '=c'),
    when('A', 'D', '=d'),
    path('C J'),
    path('D J'),
  ];
  assert.deepEqual((await judged(...parts('inclusiveGateway'))).found, []);
  assert.deepEqual((await judged(...parts('parallelGateway'))).found, ['deadlock J']);
});

test('an escalation that one caller is stopped by and another goes on after may do either', async () => {
  const escalation = '<bpmn:escalationEventDefinition/>';
  const call = (id: string): string =>
    el('callActivity', id, { calledElement: 'Q' }) +
    el('boundaryEvent', `${id}b`, { attachedToRef: id, cancelActivity: id === 'C1' ? 'true' : 'false' }, escalation) +
    el('endEvent', `${id}e`) +
    path(`${id}b ${id}e`);
  const called = process(
    'Q',
    el('startEvent', 'S2'),
    el('intermediateThrowEvent', 'T', {}, escalation),
    users('A'),
    el('endEvent', 'E2'),
    path('S2 T A E2'),
  );
  const xml = definitions(process('P', S, call('C1'), call('C2'), E, path('S C1 C2 E')), called);
  assert.deepEqual(exploration(await modelOf(xml)).findings, []);
});
