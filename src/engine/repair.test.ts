// What goes wrong in one place stays there, and is mended there: retry, other data, another place. Messages that come too early wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, definitions, el, ext, io, path, planned, Play, play, process, script, service, timer, when } from './play.test.ts';
import { plusMillis } from '#base/instant.ts';
import { placesFor } from './move.ts';
import { step } from './step.ts';
import type { EngineState } from './types.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const fork = [S, el('parallelGateway', 'F'), el('userTask', 'A'), E];
const HOUR = 3_600_000;

test('a failing expression stops its own token only; the data is mended and the token goes on', async () => {
  const gate = el('exclusiveGateway', 'G');
  const at = (
    await play(...fork, gate, el('userTask', 'B'), path('S F A E'), path('F G'), when('G', 'B', '=ok'), path('B E'))
  ).start();
  assert.deepEqual(at.waiting(), ['A']);
  const [incident] = at.incidents();
  assert.equal(incident?.element, 'G');
  at.input({ kind: 'set', vars: { ok: true } }).input({ kind: 'retry', incident: incident!.id });
  assert.deepEqual([at.waiting(), at.incidents()], [['A', 'B'], []]);
});

test('data is mended where the incident sees it: inputs of the task, variables of its subprocess, the process’s own', async () => {
  const task = service('T', 't', io({ amount: '=fee' }));
  const sub = el(
    'subProcess',
    'Sub',
    {},
    ext(io({ note: '="old"' })),
    el('startEvent', 'S1'),
    task,
    el('endEvent', 'E1'),
    path('S1 T E1'),
  );
  const at = (await play(S, sub, E, path('S Sub E'))).start({ fee: 1, other: 1 }).fail('T', 'refused');
  const [{ id } = { id: '' }] = at.incidents();
  at.input({ kind: 'set', vars: { amount: 5, note: 'new', other: 2, made: true }, incident: id }).input({
    kind: 'retry',
    incident: id,
  });
  assert.deepEqual(at.wants('service')[0]?.input, { amount: 5 });
  assert.deepEqual(at.vars(), { fee: 1, other: 2, made: true });
});

test('a token is moved from an incident or a wait to another element of its scope, and leaves nothing where it was', async () => {
  const late = el('boundaryEvent', 'Late', { attachedToRef: 'A' }, timer('timeDuration', 'P1D'));
  const at = (
    await play(S, el('userTask', 'A'), late, el('userTask', 'B'), el('userTask', 'C'), E, path('S A B C E'), path('Late E'))
  ).start();
  const wait = at.wait('A');
  assert.deepEqual(placesFor(at.plan, at.state!, wait).toSorted(), ['A', 'B', 'C', 'E']);
  at.input({ kind: 'move', from: wait, to: 'C' });
  assert.deepEqual(at.waiting(), ['C']);
  assert.deepEqual(
    at.last.trail.map((entry) => `${entry.did} ${entry.element}`),
    ['cancelled A', 'entered C'],
  );
  assert.deepEqual(
    at
      .wants('withdraw')
      .map((want) => want.was)
      .toSorted(),
    ['task', 'timer'],
  );
  const state = at.state!;
  for (const to of ['Late', 'S', 'nowhere'])
    assert.equal(step(at.plan, state, { kind: 'move', from: at.wait('C'), to }, at.env).state, state);
});

test('no token is moved out of its subprocess, nor one instance among many', async () => {
  const sub = el('subProcess', 'Sub', {}, el('startEvent', 'S1'), el('userTask', 'A'), el('endEvent', 'E1'), path('S1 A E1'));
  const inner = (await play(S, sub, el('userTask', 'B'), E, path('S Sub B E'))).start();
  assert.deepEqual(placesFor(inner.plan, inner.state!, inner.wait('A')), ['A', 'E1']);
  const many = `<bpmn:multiInstanceLoopCharacteristics>${ext('<zeebe:loopCharacteristics inputCollection="=[1, 2]"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
  const two = (await play(S, el('userTask', 'A', {}, many), E, path('S A E'))).start();
  assert.deepEqual(placesFor(two.plan, two.state!, two.wait('A')), []);
});

test('a loop without a wait is stopped, and its case can be moved out of it', async () => {
  const at = (
    await play(
      S,
      el('task', 'A'),
      el('exclusiveGateway', 'G', { default: 'G_A' }),
      el('userTask', 'B'),
      E,
      path('S A G A'),
      when('G', 'B', '=out'),
      path('B E'),
    )
  ).start({ out: false });
  const [incident] = at.incidents();
  assert.match(incident?.reason ?? '', /loop/);
  assert.deepEqual(at.input({ kind: 'move', from: incident!.id, to: 'B' }).waiting(), ['B']);
});

const waitsFor = (key = ''): string =>
  definitions(
    `<bpmn:message id="m" name="paid">${key === '' ? '' : ext(`<zeebe:subscription correlationKey="${key}"/>`)}</bpmn:message>`,
    process(
      'P',
      S,
      el('userTask', 'A'),
      el('intermediateCatchEvent', 'C', {}, '<bpmn:messageEventDefinition messageRef="m"/>'),
      E,
      path('S A C E'),
    ),
  );

test('a message that comes too early is kept for its time, once, and then given to what waits for it', async () => {
  const plan = await planned(waitsFor());
  const keep = plusMillis(NOW, HOUR);
  const at = new Play(plan).start();
  at.input({ kind: 'message', name: 'paid', vars: { sum: 5 }, id: 'x', keep });
  const kept = at.state;
  assert.deepEqual(
    at.input({ kind: 'message', name: 'paid', vars: { sum: 5 }, id: 'x', keep }).state,
    kept,
    'a repeated one is kept once',
  );
  assert.equal(at.complete('A').ended(), 'completed');
  assert.deepEqual(at.vars(), { sum: 5 });
  assert.equal(at.state!['messages'], undefined);
  const late = new Play(plan).start();
  late.input({ kind: 'message', name: 'paid', vars: {}, keep });
  assert.deepEqual(late.pass(HOUR).complete('A').waiting(), ['C'], 'its time is over');
  const never = new Play(plan).start();
  assert.deepEqual(
    never.input({ kind: 'message', name: 'paid', vars: {} }).complete('A').waiting(),
    ['C'],
    'one without a time is not kept',
  );
});

test('kept messages are given by their key, the oldest first', async () => {
  const at = new Play(await planned(waitsFor('=bill'))).start({ bill: 'b2' });
  const keep = plusMillis(NOW, HOUR);
  for (const [key, sum] of [
    ['b1', 1],
    ['b2', 2],
    ['b2', 3],
  ] as const)
    at.input({ kind: 'message', name: 'paid', key, vars: { sum }, keep });
  at.complete('A');
  assert.equal(at.vars()['sum'], 2);
  assert.equal(at.ended(), 'completed');
});

test('states of the first format load, and one of a newer release is refused', async () => {
  const at = (await play(S, el('userTask', 'A'), E, path('S A E'))).start({ n: 1 });
  const old: EngineState = { ...at.state!, format: 1 };
  const wait = at.wait('A');
  const result = step(at.plan, old, { kind: 'complete', wait, result: {} }, at.env);
  assert.deepEqual([result.state.format, result.state.ended?.how], [2, 'completed']);
  assert.throws(
    () => step(at.plan, { ...at.state!, format: 99 }, { kind: 'complete', wait, result: {} }, at.env),
    /state-format/,
  );
});

test('a standard loop takes its turns one after another: while it holds, and no more often than it may', async () => {
  const loop = (attributes: string, condition = ''): string =>
    `<bpmn:standardLoopCharacteristics${attributes}>${condition === '' ? '' : `<bpmn:loopCondition>${condition}</bpmn:loopCondition>`}</bpmn:standardLoopCharacteristics>`;
  const looped = async (inner: string): Promise<Play> => play(S, el('userTask', 'A', {}, inner), E, path('S A E'));
  const after = (await looped(loop('', '=more'))).start();
  assert.deepEqual(after.complete('A', { more: true }).waiting(), ['A']);
  assert.equal(after.complete('A', { more: false }).ended(), 'completed');
  assert.equal((await looped(loop(' testBefore="true"', '=more'))).start({ more: false }).ended(), 'completed');
  const most = (await looped(loop(' loopMaximum="2"', '=true'))).start();
  assert.equal(most.complete('A').ended(), undefined);
  assert.equal(most.complete('A').ended(), 'completed');
  const counted = await play(
    S,
    script('A', 'n', '=loopCounter').replace('</bpmn:scriptTask>', `${loop(' loopMaximum="3"')}</bpmn:scriptTask>`),
    E,
    path('S A E'),
  );
  assert.deepEqual(counted.start().vars(), { n: 3 });
});

test('a multi-instance activity may be counted by a number; what is no number is an incident', async () => {
  const many = `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=n</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`;
  const plan = (await play(S, el('userTask', 'A', {}, many), E, path('S A E'))).plan;
  assert.deepEqual(new Play(plan).start({ n: 3 }).waiting(), ['A', 'A', 'A']);
  for (const n of ['many', -1, 1.5, 1e9]) assert.equal(new Play(plan).start({ n }).incidents().length, 1);
});

test('a process may be begun by another of its start events', async () => {
  const xml = definitions(
    el('message', 'm', { name: 'ask' }),
    process(
      'P',
      S,
      el('startEvent', 'M', {}, '<bpmn:messageEventDefinition messageRef="m"/>'),
      el('startEvent', 'T', {}, timer('timeCycle', 'R/P1M')),
      el('userTask', 'A'),
      el('userTask', 'B'),
      E,
      path('S A E'),
      path('M B E'),
      path('T B'),
    ),
  );
  const plan = await planned(xml);
  assert.deepEqual(new Play(plan).start().waiting(), ['A']);
  assert.deepEqual(new Play(plan).input({ kind: 'start', vars: {}, at: 'M' }).waiting(), ['B']);
  assert.deepEqual(new Play(plan).input({ kind: 'start', vars: {}, at: 'T' }).waiting(), ['B']);
  assert.equal(new Play(plan).input({ kind: 'start', vars: {}, at: 'A' }).state?.ended, undefined);
});

test('a loop that leaves a task behind at each turn is stopped too', async () => {
  const at = await play(
    S,
    el('exclusiveGateway', 'G'),
    el('parallelGateway', 'F'),
    el('userTask', 'A'),
    E,
    path('S G F A E'),
    path('F G'),
  );
  const reasons = new Set(
    at
      .start()
      .incidents()
      .map((incident) => incident.reason),
  );
  assert.deepEqual([...reasons], ['a loop without end']);
  assert.ok(at.waiting().length < 10_000);
});

test('what is done when a loop without end is stopped is not done again at the retry', async () => {
  const many = `<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopCardinality>=3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`;
  const body = [el('startEvent', 'S1'), script('N', 'n', '=n + 1'), el('endEvent', 'E1'), path('S1 N E1')];
  const at = await play(
    S,
    el('exclusiveGateway', 'G'),
    el('subProcess', 'B', {}, many, ...body),
    el('exclusiveGateway', 'X', { default: 'X_G' }),
    E,
    path('S G B X G'),
    when('X', 'E', '=n > 2400'),
  );
  at.start({ n: 0 });
  for (let retries = 0; retries < 3 && !at.ended(); retries += 1) {
    const [incident] = at.incidents();
    at.input({ kind: 'retry', incident: incident!.id });
  }
  assert.deepEqual([at.ended(), at.vars()['n']], ['completed', 2403]);
});
