// Events as BPMN 2.0.2 has them: timers, messages, boundaries, ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import { definitions, drawn, el, ext, io, NOW, path, planned, Play, play, process, script, service, timer } from './play.test.ts';

const DAY = 86_400_000;
const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const error = (id: string, code: string): string => el('error', id, { errorCode: code });
const catches = (ref = ''): string => `<bpmn:errorEventDefinition${ref === '' ? '' : ` errorRef="${ref}"`}/>`;
const boundary = (id: string, host: string, ...inner: readonly string[]): string =>
  el('boundaryEvent', id, { attachedToRef: host }, ...inner);
const beside = (id: string, host: string, ...inner: readonly string[]): string =>
  el('boundaryEvent', id, { attachedToRef: host, cancelActivity: 'false' }, ...inner);
const msg = (ref: string): string => `<bpmn:messageEventDefinition messageRef="${ref}"/>`;

test('an intermediate timer waits until its duration, its date or its expression', async () => {
  for (const [form, text, due] of [
    ['timeDuration', 'P3D', plusMillis(NOW, 3 * DAY)],
    ['timeDuration', '=duration("PT90M")', plusMillis(NOW, 90 * 60_000)],
    ['timeDuration', '=wait', plusMillis(NOW, 2 * DAY)],
    ['timeDate', '2027-03-21T00:00:00+03:30', instant('2027-03-21T00:00:00+03:30')],
    ['timeDate', '=at', instant('2026-12-01T12:00:00Z')],
    ['timeDuration', 'P1M', instant('2026-12-24T05:30:00Z')],
  ] as const) {
    const at = (await play(S, el('intermediateCatchEvent', 'T', {}, timer(form, text)), E, path('S T E'))).start({
      wait: 'P2D',
      at: '2026-12-01T12:00:00Z',
    });
    assert.equal(at.wants('timer')[0]?.due, due);
    assert.equal(at.fire('T').ended(), 'completed');
  }
});

test('working time is asked of the calendar, and a timer bound to the clock can be moved', async () => {
  const own = '<dargah:timer workingTime="true" clock="case"/>';
  const at = (await play(S, el('intermediateCatchEvent', 'T', {}, timer('timeDuration', 'P10D', own)), E, path('S T E'))).start();
  const [want] = at.wants('timer');
  assert.equal(want?.due, plusMillis(NOW, 20 * DAY));
  assert.equal(want?.clock, true);
  const due = plusMillis(NOW, 30 * DAY);
  at.input({ kind: 'reschedule', wait: want!.wait, due });
  assert.deepEqual(at.wants('timer'), [{ ...want, due }]);
  assert.equal(at.fire('T').ended(), 'completed');
});

test('a timer whose expression fails is an incident; retry arms it', async () => {
  const at = (await play(S, el('intermediateCatchEvent', 'T', {}, timer('timeDuration', '=wait')), E, path('S T E'))).start();
  assert.deepEqual(at.waiting(), []);
  assert.equal(at.incidents().length, 1);
  at.input({ kind: 'set', vars: { wait: 'nonsense' } }).input({ kind: 'retry', incident: at.incidents()[0]!.id });
  assert.match(at.incidents()[0]?.reason ?? '', /nonsense/);
  at.input({ kind: 'set', vars: { wait: 'PT1H' } }).input({ kind: 'retry', incident: at.incidents()[0]!.id });
  assert.deepEqual(at.waiting(), ['T']);
});

test('an interrupting boundary timer ends its task, and the task’s late completion changes nothing', async () => {
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      boundary('B', 'A', timer('timeDuration', 'P1D')),
      el('userTask', 'L'),
      E,
      path('S A E'),
      path('B L E'),
    )
  ).start();
  assert.deepEqual(at.waiting(), ['A', 'B']);
  const [wait, timerWait] = [at.wait('A'), at.wait('B')];
  at.fire('B');
  assert.deepEqual(at.waiting(), ['L']);
  assert.deepEqual(at.wants('withdraw'), [{ kind: 'withdraw', wait, was: 'task' }]);
  assert.deepEqual(at.last.trail[0], { element: 'A', did: 'cancelled', wait });
  assert.deepEqual(at.last.trail[1], { element: 'B', did: 'entered', wait: timerWait });
  const before = at.state;
  assert.deepEqual(at.input({ kind: 'complete', wait, result: {} }).state, before);
});

test('a task completed first withdraws its boundary timer, whose late firing changes nothing', async () => {
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      boundary('B', 'A', timer('timeDuration', 'P1D')),
      el('userTask', 'L'),
      E,
      path('S A E'),
      path('B L E'),
    )
  ).start();
  const wait = at.wait('B');
  at.complete('A');
  assert.deepEqual(at.wants('withdraw'), [{ kind: 'withdraw', wait, was: 'timer' }]);
  assert.equal(at.ended(), 'completed');
  const before = at.state;
  assert.deepEqual(at.input({ kind: 'timer', wait }).state, before);
});

test('a non-interrupting boundary cycle fires its number of times beside the task, without drift', async () => {
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      beside('B', 'A', timer('timeCycle', 'R3/PT10M')),
      script('N', 'n', '=if n = null then 1 else n + 1'),
      E,
      el('endEvent', 'E2'),
      path('S A E'),
      path('B N E2'),
    )
  ).start();
  for (const round of [1, 2, 3]) {
    assert.equal(at.wants('timer')[0]?.due, plusMillis(NOW, round * 600_000));
    at.pass(700_000).fire('B');
    assert.equal(at.vars()['n'], round);
  }
  assert.deepEqual(at.waiting(), ['A']);
  assert.equal(at.complete('A').ended(), 'completed');
});

test('an endless cycle goes on until its task ends', async () => {
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      beside('B', 'A', timer('timeCycle', 'R/P1D')),
      E,
      el('endEvent', 'E2'),
      path('S A E'),
      path('B E2'),
    )
  ).start();
  for (let round = 0; round < 10; round++) at.fire('B');
  assert.deepEqual(at.waiting(), ['A', 'B']);
  assert.deepEqual(at.complete('A').waiting(), []);
});

test('an error is caught by its code before one that catches any; without a catcher it is an incident that retry reopens', async () => {
  const parts = [
    service('A', 't'),
    boundary('One', 'A', catches('e1')),
    boundary('Any', 'A', catches()),
    boundary('Late', 'A', timer('timeDuration', 'P1D')),
    el('userTask', 'H1'),
    el('userTask', 'H2'),
    E,
  ];
  const lines = [path('S A E'), path('One H1'), path('Any H2'), path('Late E')];
  const plan = await planned(definitions(error('e1', 'refused'), process('P', S, ...parts, ...lines)));
  assert.deepEqual(new Play(plan).start().fail('A', 'refused', { why: 'x' }).waiting(), ['H1']);
  assert.deepEqual(new Play(plan).start().fail('A', 'other').waiting(), ['H2']);
  const bare = await planned(
    definitions(
      error('e1', 'refused'),
      process(
        'P',
        S,
        service('A', 't'),
        boundary('One', 'A', catches('e1')),
        boundary('Late', 'A', timer('timeDuration', 'P1D')),
        E,
        path('S A E'),
        path('One E'),
        path('Late E'),
      ),
    ),
  );
  const at = new Play(bare).start().fail('A', 'other');
  assert.match(at.incidents()[0]?.reason ?? '', /other/);
  assert.deepEqual(at.waiting(), ['Late']);
  at.input({ kind: 'retry', incident: at.incidents()[0]!.id });
  assert.deepEqual(at.waiting(), ['A', 'Late']);
  assert.equal(at.complete('A').ended(), 'completed');
});

test('the variables of an error go through the boundary’s mapping', async () => {
  const mapped = boundary('B', 'A', ext(io({}, { reason: '=detail.text' })), catches());
  const at = (await play(S, service('A', 't'), mapped, E, path('S A E'), path('B E')))
    .start()
    .fail('A', 'x', { detail: { text: 'late' } });
  assert.deepEqual(at.vars(), { reason: 'late' });
});

test('messages start, are caught at boundaries and on the way, and are thrown', async () => {
  const xml = definitions(
    el('message', 'm1', { name: 'begin' }),
    el('message', 'm2', { name: 'more' }),
    el('message', 'm3', { name: 'tell' }, ext('<zeebe:subscription correlationKey="=number"/>')),
    process(
      'P',
      el('startEvent', 'S', {}, msg('m1')),
      el('intermediateCatchEvent', 'C', {}, msg('m2')),
      el('userTask', 'A'),
      beside('B', 'A', msg('m2')),
      el('intermediateThrowEvent', 'T', {}, ext(io({ note: '=number' })), msg('m3')),
      el('sendTask', 'D', { messageRef: 'm3' }),
      el('endEvent', 'E', {}, msg('m3')),
      el('endEvent', 'E2'),
      path('S C A T D E'),
      path('B E2'),
    ),
  );
  const at = new Play(await planned(xml)).start({ number: 'n-1' });
  assert.deepEqual(at.waiting(), ['C']);
  at.message('more', { x: 1 });
  assert.deepEqual(at.waiting(), ['A', 'B']);
  at.message('more', { x: 2 }).message('more', { x: 3 });
  assert.deepEqual(at.waiting(), ['A', 'B']);
  assert.equal(at.vars()['x'], 3);
  at.complete('A');
  assert.deepEqual(
    at.wants('throw').map(({ element, message, key, vars }) => ({ element, message, key, vars })),
    [
      { element: 'T', message: 'tell', key: 'n-1', vars: { note: 'n-1' } },
      { element: 'D', message: 'tell', key: 'n-1', vars: {} },
      { element: 'E', message: 'tell', key: 'n-1', vars: {} },
    ],
  );
  assert.equal(at.ended(), 'completed');
});

test('an end with an outcome says how the case ended', async () => {
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      el('endEvent', 'E', {}, ext('<dargah:outcome status="refused" reason="=why"/>')),
      path('S A E'),
    )
  )
    .start()
    .complete('A', { why: 'no access to the street' });
  assert.deepEqual(at.last.outcome, { element: 'E', status: 'refused', reason: 'no access to the street' });
});

test('a terminate end stops everything else; a plain end waits for the others', async () => {
  const parts = [S, el('userTask', 'A'), el('userTask', 'B'), E, path('S A'), path('S B E')];
  const plain = (await play(...parts)).start().complete('B');
  assert.equal(plain.ended(), undefined);
  assert.equal(plain.complete('A').ended(), 'completed');
  const stop = (
    await play(...parts.map((part) => (part === E ? el('endEvent', 'E', {}, '<bpmn:terminateEventDefinition/>') : part)))
  )
    .start()
    .complete('B');
  assert.equal(stop.ended(), 'completed');
  assert.deepEqual(
    stop.wants('withdraw').map((want) => want.was),
    ['task'],
  );
});

test('a task that opens and is stopped in one step is never told to the host', async () => {
  const stop = el('endEvent', 'E', {}, '<bpmn:terminateEventDefinition/>');
  const at = (await play(S, el('userTask', 'A'), el('task', 'B'), stop, path('S A'), path('S B E'))).start();
  assert.deepEqual(at.last.wants, []);
  assert.ok(at.history.includes('cancelled A'));
  assert.equal(at.ended(), 'completed');
});

test('an uncaught error end is an incident', async () => {
  const at = new Play(
    await planned(definitions(error('e', 'x'), process('P', S, el('endEvent', 'E', {}, catches('e')), path('S E')))),
  ).start();
  assert.equal(at.incidents()[0]?.element, 'E');
  assert.equal(at.ended(), undefined);
  assert.equal(at.input({ kind: 'cancel' }).incidents().length, 0);
});

test('a service that throws a message goes on with its answer', async () => {
  const xml = definitions(
    el('message', 'm', { name: 'x' }),
    process(
      'P',
      S,
      el(
        'endEvent',
        'E',
        {},
        `<bpmn:messageEventDefinition messageRef="m">${ext('<zeebe:taskDefinition type="dargah:notify"/>')}</bpmn:messageEventDefinition>`,
      ),
      path('S E'),
    ),
  );
  const at = new Play(await planned(xml)).start();
  assert.deepEqual(at.waiting(), ['E']);
  assert.equal(at.complete('E').ended(), 'completed');
});

test('drawn helpers make well-formed processes', () => assert.match(drawn(S), /startEvent/));

test('an instance that has completed is not cancelled as well, when another ends them all in the same step', async () => {
  const many = `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=2</bpmn:loopCardinality><bpmn:completionCondition>=true</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>`;
  const at = (await play(S, el('manualTask', 'M', {}, many), E, path('S M E'))).start();
  assert.equal(at.ended(), 'completed');
  const visits = at.history.filter((line) => line.endsWith(' M'));
  assert.deepEqual(visits, ['entered M', 'entered M', 'entered M', 'completed M', 'completed M', 'completed M']);
});

test('an outcome told while another branch is at work is what the case ends with', async () => {
  const at = (
    await play(
      el('startEvent', 'S'),
      el('parallelGateway', 'F'),
      el('userTask', 'A'),
      el('userTask', 'B'),
      el('endEvent', 'E1', {}, ext('<dargah:outcome status="refused" reason="late"/>')),
      el('endEvent', 'E2'),
      path('S F A E1'),
      path('F B E2'),
    )
  ).start();
  assert.equal(at.complete('A').last.outcome?.status, 'refused');
  assert.equal(at.complete('B').last.outcome, undefined);
  assert.deepEqual([at.ended(), at.state?.outcome], ['completed', { element: 'E1', status: 'refused', reason: 'late' }]);
});
