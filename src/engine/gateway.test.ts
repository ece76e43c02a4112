// Gateways: which flows are taken, and when a join fires.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, el, ext, io, path, planned, Play, play, process, timer, when } from './play.test.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const tasks = (...ids: readonly string[]): string => ids.map((id) => el('userTask', id)).join('');
const par = (id: string): string => el('parallelGateway', id);

test('an exclusive gateway takes the first flow whose condition holds', async () => {
  const parts = [
    S,
    el('exclusiveGateway', 'X', { default: 'X_C' }),
    tasks('A', 'B', 'C'),
    path('S X C'),
    when('X', 'A', '=n > 10'),
    when('X', 'B', '=n > 5'),
  ];
  for (const [n, expected] of [
    [20, 'A'],
    [7, 'B'],
    [1, 'C'],
  ] as const) {
    assert.deepEqual((await play(...parts)).start({ n }).waiting(), [expected]);
  }
});

test('a condition that is neither true nor false has failed: the token stands still, and no default is taken in its place', async () => {
  const lines = [path('S X C'), when('X', 'A', '=n > 10')];
  for (const gateway of ['exclusiveGateway', 'inclusiveGateway', 'task']) {
    const drawn = await play(S, el(gateway, 'X', { default: 'X_C' }), tasks('A', 'C'), ...lines);
    for (const n of ['text', null]) {
      const at = new Play(drawn.plan).start({ n });
      assert.match(at.incidents()[0]?.reason ?? '', /condition of X_A: =n > 10 is neither true nor false/);
      assert.deepEqual(at.waiting(), []);
      const [{ id } = { id: '' }] = at.incidents();
      assert.deepEqual(
        at
          .input({ kind: 'set', vars: { n: 11 } })
          .input({ kind: 'retry', incident: id })
          .waiting(),
        ['A'],
      );
    }
  }
});

test('an exclusive gateway where nothing holds and nothing is the default is an incident that a retry resolves', async () => {
  const at = (
    await play(S, el('exclusiveGateway', 'X'), tasks('A', 'B'), path('S X'), when('X', 'A', '=n = 1'), when('X', 'B', '=n = 2'))
  ).start();
  assert.equal(at.incidents()[0]?.element, 'X');
  assert.deepEqual(at.last.trail.at(-1), { element: 'X', did: 'failed' });
  at.input({ kind: 'set', vars: { n: 2 } }).input({ kind: 'retry', incident: at.incidents()[0]!.id });
  assert.deepEqual(at.waiting(), ['B']);
  assert.deepEqual(at.incidents(), []);
});

test('an exclusive gateway merges without waiting', async () => {
  const at = (
    await play(S, par('F'), tasks('A', 'B', 'C'), el('exclusiveGateway', 'X'), path('S F A X C'), path('F B X'))
  ).start();
  assert.deepEqual(at.complete('A').waiting(), ['B', 'C']);
  assert.deepEqual(at.complete('B').waiting(), ['C', 'C']);
});

test('a parallel gateway starts all flows and joins when all have come, firing once', async () => {
  const at = (
    await play(S, par('F'), tasks('A', 'B', 'C', 'D'), par('J'), E, path('S F A J D E'), path('F B J'), path('F C J'))
  ).start();
  assert.deepEqual(at.waiting(), ['A', 'B', 'C']);
  assert.deepEqual(at.complete('B').complete('A').waiting(), ['C']);
  assert.deepEqual(at.complete('C').waiting(), ['D']);
  assert.equal(at.history.filter((one) => one === 'entered J').length, 1);
  assert.equal(at.complete('D').ended(), 'completed');
});

test('a parallel join after an exclusive split blocks', async () => {
  const at = (
    await play(
      S,
      el('exclusiveGateway', 'X', { default: 'X_B' }),
      tasks('A', 'B'),
      par('J'),
      E,
      path('S X B J E'),
      path('A J'),
      when('X', 'A', '=true'),
    )
  ).start();
  at.complete('A');
  assert.equal(at.ended(), undefined);
  assert.deepEqual(at.waiting(), []);
  assert.deepEqual(at.incidents(), []);
});

test('two tokens on one flow of a join do not stand for the other flow', async () => {
  const at = (
    await play(
      S,
      par('F'),
      tasks('A', 'B', 'C'),
      par('J'),
      E,
      el('exclusiveGateway', 'M'),
      path('S F A M J E'),
      path('F B M'),
      path('F C J'),
    )
  ).start();
  at.complete('A').complete('B');
  assert.equal(at.ended(), undefined);
  at.complete('C');
  assert.equal(at.history.filter((one) => one === 'entered J').length, 1);
  assert.equal(at.ended(), undefined);
});

test('a gateway may join and split at once', async () => {
  const at = (await play(S, par('F'), tasks('A', 'B', 'C', 'D'), par('J'), path('S F A J C'), path('F B J D'))).start();
  assert.deepEqual(at.complete('A').complete('B').waiting(), ['C', 'D']);
});

const inclusive = [
  S,
  el('inclusiveGateway', 'O', { default: 'O_C' }),
  tasks('A', 'B', 'C', 'D'),
  el('inclusiveGateway', 'J'),
  E,
  path('S O C J D E'),
  path('A J'),
  path('B J'),
  when('O', 'A', '=a'),
  when('O', 'B', '=b'),
];

test('an inclusive gateway takes every flow that holds, else the default, and its join waits for just those, once', async () => {
  for (const [vars, expected] of [
    [{ a: true, b: true }, ['A', 'B']],
    [{ a: true, b: false }, ['A']],
    [{ a: false, b: true }, ['B']],
    [{ a: false, b: false }, ['C']],
  ] as const) {
    const at = (await play(...inclusive)).start(vars);
    assert.deepEqual(at.waiting(), expected);
    for (const [index, id] of expected.entries()) {
      at.complete(id);
      assert.equal(at.waiting().includes('D'), index === expected.length - 1);
    }
    assert.equal(at.history.filter((one) => one === 'entered J').length, 1);
    assert.equal(at.complete('D').ended(), 'completed');
  }
});

test('an inclusive join waits for a token that can still come by a detour, and no longer once it has gone elsewhere', async () => {
  const parts = [
    S,
    par('F'),
    tasks('A', 'B', 'D'),
    el('exclusiveGateway', 'X', { default: 'X_End2' }),
    el('endEvent', 'End2'),
    el('inclusiveGateway', 'J'),
    path('S F A J D'),
    path('F B X End2'),
    when('X', 'J', '=come'),
  ];
  const away = (await play(...parts)).start({ come: false }).complete('A');
  assert.deepEqual(away.waiting(), ['B']);
  assert.deepEqual(away.complete('B').waiting(), ['D']);
  const come = (await play(...parts)).start({ come: true }).complete('A').complete('B');
  assert.deepEqual(come.waiting(), ['D']);
  assert.equal(come.history.filter((one) => one === 'entered J').length, 1);
});

const race = [
  S,
  el('eventBasedGateway', 'G'),
  el('intermediateCatchEvent', 'T', {}, timer('timeDuration', 'P3D')),
  el('receiveTask', 'R', { messageRef: 'Msg' }),
  tasks('A', 'B'),
  path('S G T A'),
  path('G R B'),
];
const message = (id: string, name: string, key = ''): string =>
  el('message', id, { name }, key === '' ? '' : ext(`<zeebe:subscription correlationKey="${key}"/>`));

test('an event-based gateway goes where the first event leads and withdraws the others', async () => {
  const xml = definitions(message('Msg', 'paid', '=number'), process('P', ...race));
  const plan = await planned(xml);
  const paid = new Play(plan).start({ number: 'c-1' });
  assert.deepEqual(paid.waiting(), ['R', 'T']);
  assert.deepEqual(paid.wants('message')[0]?.key, 'c-1');
  const before = paid.state;
  assert.deepEqual(paid.message('paid', {}, 'c-2').state, before);
  paid.message('paid', { receipt: 7 }, 'c-1');
  assert.deepEqual(paid.waiting(), ['B']);
  assert.equal(paid.vars()['receipt'], 7);
  assert.deepEqual(
    paid.wants('withdraw').map((want) => want.was),
    ['message', 'timer'],
  );
  assert.deepEqual(
    paid.last.trail.map((entry) => `${entry.did} ${entry.element}`),
    ['completed G', 'taken G_R', 'entered R', 'completed R', 'taken R_B', 'entered B'],
  );
  const late = new Play(plan).start({ number: 'c-1' }).fire('T');
  assert.deepEqual(late.waiting(), ['A']);
});

test('an input mapping seen by one branch is not seen by the other', async () => {
  const local = el('userTask', 'A', {}, ext(io({ secret: '=1' })));
  const at = (
    await play(
      S,
      par('F'),
      local,
      tasks('B'),
      el('exclusiveGateway', 'X', { default: 'X_D' }),
      tasks('C', 'D'),
      path('S F A'),
      path('F B X D'),
      when('X', 'C', '=secret = 1'),
    )
  ).start();
  assert.deepEqual(at.complete('B').waiting(), ['A', 'D']);
});

test('conditions read variables inside filters and variables named like built-in functions', async () => {
  const parts = [
    S,
    el('exclusiveGateway', 'X', { default: 'X_B' }),
    tasks('A', 'B'),
    path('S X B'),
    when('X', 'A', '=units[id = chosen and size > number].id = ["u2"]'),
  ];
  const units = [
    { id: 'u1', size: 5 },
    { id: 'u2', size: 9 },
  ];
  assert.deepEqual((await play(...parts)).start({ units, chosen: 'u2', number: 6 }).waiting(), ['A']);
  assert.deepEqual((await play(...parts)).start({ units, chosen: 'u1', number: 6 }).waiting(), ['B']);
});

test('an inclusive join does not wait for work that is undone beside the flow', async () => {
  const undo = '<bpmn:compensateEventDefinition waitForCompletion="false"/>';
  const at = (
    await play(
      S,
      tasks('U', 'A', 'B', 'Q', 'N'),
      el('boundaryEvent', 'Uc', { attachedToRef: 'U' }, '<bpmn:compensateEventDefinition/>'),
      el('userTask', 'unU', { isForCompensation: 'true' }),
      '<bpmn:association id="a" sourceRef="Uc" targetRef="unU"/>',
      el('inclusiveGateway', 'F'),
      el('inclusiveGateway', 'J'),
      el('intermediateThrowEvent', 'X', {}, undo),
      el('exclusiveGateway', 'G', { default: 'G_Q' }),
      E,
      path('S U F A X G Q E'),
      path('F B J N E'),
      when('G', 'J', '=n = 1'),
    )
  ).start({ n: 0 });
  assert.deepEqual(at.complete('U').complete('A').waiting(), ['B', 'Q', 'unU']);
  assert.deepEqual(at.complete('B').waiting(), ['N', 'Q', 'unU']);
});
