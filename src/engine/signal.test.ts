// Signals, conditions and links: events that come from within the case.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, el, path, planned, Play, play, process, script, timer } from './play.test.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const SIGNAL = el('signal', 'sig', { name: 'stop' });
const signal = '<bpmn:signalEventDefinition signalRef="sig"/>';
const condition = (text: string): string =>
  `<bpmn:conditionalEventDefinition><bpmn:condition>${text}</bpmn:condition></bpmn:conditionalEventDefinition>`;
const boundary = (id: string, host: string, event: string, more: Readonly<Record<string, string>> = {}): string =>
  el('boundaryEvent', id, { attachedToRef: host, ...more }, event);
const played = async (...parts: readonly string[]): Promise<Play> =>
  new Play(await planned(definitions(SIGNAL, process('P', ...parts))));

test('a signal thrown in a case is heard by all that listens there, and told to every other case', async () => {
  const at = (
    await played(
      S,
      el('parallelGateway', 'F'),
      el('userTask', 'A'),
      boundary('SA', 'A', signal),
      el('intermediateCatchEvent', 'C', {}, signal),
      el('userTask', 'B'),
      el('intermediateThrowEvent', 'X', {}, signal),
      el('userTask', 'N'),
      E,
      path('S F A E'),
      path('F C E'),
      path('F B X N E'),
      path('SA E'),
    )
  ).start();
  assert.deepEqual(at.waiting(), ['A', 'B', 'C', 'SA']);
  assert.deepEqual(at.complete('B').waiting(), ['N']);
  assert.deepEqual(at.wants('broadcast'), [{ kind: 'broadcast', element: 'X', signal: 'stop', vars: {} }]);
  assert.deepEqual(
    at
      .wants('withdraw')
      .map((want) => want.was)
      .toSorted(),
    ['signal', 'signal', 'task'],
    'the host is told that both subscriptions are over',
  );
});

test('a signal from outside starts what listens, again and again where it does not interrupt, and is not kept', async () => {
  const handler = el(
    'subProcess',
    'H',
    { triggeredByEvent: 'true' },
    el('startEvent', 'SH', { isInterrupting: 'false' }, signal),
    el('userTask', 'T'),
    el('endEvent', 'EH'),
    path('SH T EH'),
  );
  const at = (await played(S, el('userTask', 'A'), E, handler, path('S A E'))).start();
  at.input({ kind: 'signal', name: 'stop', vars: { by: 'city' } }).input({ kind: 'signal', name: 'stop', vars: {} });
  assert.deepEqual(at.waiting(), ['A', 'SH', 'T', 'T']);
  const before = at.state;
  assert.deepEqual(at.input({ kind: 'signal', name: 'other', vars: {} }).state, before, 'one that nothing hears changes nothing');
});

test('a signal end that interrupts its own scope leaves nothing behind', async () => {
  const handler = el(
    'subProcess',
    'H',
    { triggeredByEvent: 'true' },
    el('startEvent', 'SH', {}, signal),
    el('userTask', 'T'),
    el('endEvent', 'EH'),
    path('SH T EH'),
  );
  const at = (await played(S, el('userTask', 'A'), el('endEvent', 'X', {}, signal), handler, path('S A X')))
    .start()
    .complete('A');
  assert.deepEqual(at.waiting(), ['T']);
  assert.equal(at.complete('T').ended(), 'completed');
});

test('the event-based gateway may wait for a signal or a condition beside a timer', async () => {
  const parts = [
    S,
    el('eventBasedGateway', 'G'),
    el('intermediateCatchEvent', 'Sig', {}, signal),
    el('intermediateCatchEvent', 'Con', {}, condition('=paid')),
    el('intermediateCatchEvent', 'Tim', {}, timer('timeDuration', 'P1D')),
    el('userTask', 'A'),
    E,
    path('S G Sig A E'),
    path('G Con E'),
    path('G Tim E'),
  ];
  const at = (await played(...parts)).start();
  assert.deepEqual(at.waiting(), ['Con', 'Sig', 'Tim']);
  assert.deepEqual(at.input({ kind: 'signal', name: 'stop', vars: {} }).waiting(), ['A']);
  const paid = new Play(at.plan).start().input({ kind: 'set', vars: { paid: true } });
  assert.equal(paid.ended(), 'completed');
});

test('a conditional event happens when its condition comes to hold, at once where it holds already', async () => {
  const parts = [S, el('intermediateCatchEvent', 'C', {}, condition('=n &gt; 2')), E, path('S C E')];
  const at = (await play(...parts)).start({ n: 1 });
  assert.deepEqual(at.waiting(), ['C']);
  assert.equal(at.input({ kind: 'set', vars: { n: 2 } }).ended(), undefined);
  assert.equal(at.input({ kind: 'set', vars: { n: 3 } }).ended(), 'completed');
  assert.equal((await play(...parts)).start({ n: 9 }).ended(), 'completed');
});

test('a conditional boundary event interrupts its task, or happens each time its condition comes to hold anew', async () => {
  const parts = (interrupts: string): readonly string[] => [
    S,
    el('parallelGateway', 'F'),
    el('userTask', 'A'),
    el('userTask', 'B'),
    boundary('C', 'A', condition('=late'), { cancelActivity: interrupts }),
    el('userTask', 'L'),
    E,
    path('S F A E'),
    path('F B E'),
    path('C L E'),
  ];
  const stops = (await play(...parts('true'))).start().complete('B', { late: true });
  assert.deepEqual(stops.waiting(), ['L']);
  const beside = (await play(...parts('false'))).start();
  const set = (late: boolean): readonly string[] => beside.input({ kind: 'set', vars: { late } }).waiting();
  assert.deepEqual(set(true), ['A', 'B', 'C', 'L']);
  assert.deepEqual(set(true), ['A', 'B', 'C', 'L'], 'it holds still, and has happened');
  assert.deepEqual(set(false), ['A', 'B', 'C', 'L']);
  assert.deepEqual(set(true), ['A', 'B', 'C', 'L', 'L']);
});

test('a condition may start an event subprocess, and one that never fails is no loop without end', async () => {
  const handler = el(
    'subProcess',
    'H',
    { triggeredByEvent: 'true' },
    el('startEvent', 'SH', { isInterrupting: 'false' }, condition('=n &gt; 0')),
    script('T', 'seen', '=n'),
    el('endEvent', 'EH'),
    path('SH T EH'),
  );
  const at = (await play(S, el('userTask', 'A'), E, handler, path('S A E'))).start({ n: 0 });
  at.input({ kind: 'set', vars: { n: 5 } });
  assert.deepEqual(at.vars(), { n: 5, seen: 5 });
  assert.deepEqual(at.waiting(), ['A', 'SH']);
  assert.equal(at.complete('A').ended(), 'completed');
});

test('a link leads on where the catching link of its name stands', async () => {
  const link = (name: string): string => `<bpmn:linkEventDefinition name="${name}"/>`;
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      el('intermediateThrowEvent', 'Out', {}, link('page 2')),
      el('intermediateCatchEvent', 'In', {}, link('page 2')),
      el('userTask', 'B'),
      E,
      path('S A Out'),
      path('In B E'),
    )
  ).start();
  assert.deepEqual(at.complete('A').waiting(), ['B']);
  assert.deepEqual(at.history.slice(-6), [
    'completed Out',
    'taken Out.In',
    'entered In',
    'completed In',
    'taken In_B',
    'entered B',
  ]);
  assert.equal(at.complete('B').ended(), 'completed');
});
