// A running case under a new version of its process: what goes over by itself, what by a mapping, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrate, type Mapping, type Migration } from './migrate.ts';
import { definitions, drawn, el, ext, path, planned, Play, process, service, timer, when } from './play.test.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const line = drawn(S, el('userTask', 'A'), el('userTask', 'B'), E, path('S A B E'));

async function over(at: Play, xml: string, mapping: Mapping = {}): Promise<{ readonly after: Play; readonly result: Migration }> {
  const plan = await planned(xml);
  const result = migrate(at.plan, plan, at.state!, { mapping, env: at.env });
  const after = new Play(plan);
  after.state = result.state;
  return { after, result };
}
const started = async (xml: string): Promise<Play> => new Play(await planned(xml)).start({ n: 1 });
const codes = ({ refusals }: Migration): readonly string[] => refusals.map((one) => `${one.code} ${one.place}`);

test('elements that keep their ids go over by themselves, and the case ends under the new version', async () => {
  const { after, result } = await over(
    await started(line),
    drawn(S, el('userTask', 'A'), el('userTask', 'New'), E, path('S A New E')),
  );
  assert.deepEqual(result.moves, [{ from: 'A', to: 'A', tokens: 1 }]);
  assert.deepEqual(after.complete('A').waiting(), ['New']);
  assert.equal(after.complete('New').ended(), 'completed');
  assert.deepEqual(after.vars(), { n: 1 });
});

test('a renamed element goes over by its mapping, and without one is refused', async () => {
  const next = drawn(S, el('userTask', 'Review'), E, path('S Review E'));
  const at = await started(line);
  assert.deepEqual(codes((await over(at, next)).result), ['migration-element-gone A']);
  const { after, result } = await over(at, next, { A: 'Review' });
  assert.deepEqual(result.moves, [{ from: 'A', to: 'Review', tokens: 1 }]);
  assert.equal(after.complete('Review').ended(), 'completed');
});

test('a dry run changes nothing, and a refusal gives no state', async () => {
  const at = await started(line);
  const before = JSON.stringify(at.state);
  const { result } = await over(at, drawn(S, service('A', 't'), E, path('S A E')));
  assert.deepEqual(codes(result), ['migration-other-kind A']);
  assert.equal(result.state, undefined);
  assert.equal(JSON.stringify(at.state), before);
});

test('new boundary events begin to listen, gone ones are withdrawn, and a kept timer keeps its due time', async () => {
  const bounded = (id: string, duration: string): string =>
    el('boundaryEvent', id, { attachedToRef: 'A' }, timer('timeDuration', duration));
  const at = await started(
    drawn(S, el('userTask', 'A'), bounded('T1', 'P1D'), bounded('T2', 'P2D'), E, path('S A E'), path('T1 E'), path('T2 E')),
  );
  const due = at.wants('timer').find((want) => want.element === 'T1')?.due;
  const next = drawn(
    S,
    el('userTask', 'A'),
    bounded('T1', 'P9D'),
    bounded('T3', 'P3D'),
    E,
    path('S A E'),
    path('T1 E'),
    path('T3 E'),
  );
  const { after, result } = await over(at.pass(3_600_000), next);
  assert.deepEqual(
    result.wants.map((want) => [want.kind, 'element' in want ? want.element : want.wait]),
    [
      ['withdraw', at.wait('T2')],
      ['timer', 'T3'],
    ],
  );
  assert.deepEqual(after.waiting(), ['A', 'T1', 'T3']);
  assert.equal(
    (after.state!['waits'] as readonly { element: string; due?: string }[]).find((wait) => wait.element === 'T1')?.due,
    due,
  );
  assert.equal(after.fire('T3').ended(), 'completed');
});

test('a branch that waits at a join needs its flow there', async () => {
  const forked = (id: string): string =>
    drawn(
      S,
      el('parallelGateway', 'F'),
      el('userTask', 'A'),
      el('userTask', 'B'),
      el('parallelGateway', id),
      E,
      path(`S F A ${id} E`),
      path(`F B ${id}`),
    );
  const at = (await started(forked('J'))).complete('A');
  assert.deepEqual(codes((await over(at, forked('K'), { J: 'K' })).result), ['migration-flow-gone J']);
  const { after } = await over(at, forked('K'), { J: 'K', A_J: 'A_K' });
  assert.equal(after.complete('B').ended(), 'completed');
});

const inSub = (sub: string, task: string): string =>
  drawn(
    S,
    el('subProcess', sub, {}, el('startEvent', 'S1'), el('userTask', task), el('endEvent', 'E1'), path(`S1 ${task} E1`)),
    E,
    path(`S ${sub} E`),
  );

test('work inside a subprocess goes over with it, and not out of it', async () => {
  const at = await started(inSub('Sub', 'A'));
  assert.deepEqual(codes((await over(at, line)).result), [
    'migration-scope-gone Sub',
    'migration-element-gone Sub',
    'migration-other-scope A',
  ]);
  const { after } = await over(at, inSub('Sub2', 'A2'), { Sub: 'Sub2', A: 'A2' });
  assert.equal(after.complete('A2').ended(), 'completed');
});

test('a mapping that names nothing, a changed service, a changed loop, an ended case are refused', async () => {
  const at = await started(line);
  assert.deepEqual(codes((await over(at, line, { Q: 'A', B: 'R' })).result), [
    'migration-mapping-unknown Q',
    'migration-mapping-unknown R',
  ]);
  const served = await started(drawn(S, service('A', 'one'), E, path('S A E')));
  assert.deepEqual(codes((await over(served, drawn(S, service('A', 'two'), E, path('S A E')))).result), [
    'migration-other-work A',
  ]);
  const many = `<bpmn:multiInstanceLoopCharacteristics>${ext('<zeebe:loopCharacteristics inputCollection="=[1, 2]"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
  const manifold = await started(drawn(S, el('userTask', 'A', {}, many), E, path('S A E')));
  assert.deepEqual(codes((await over(manifold, line)).result).includes('migration-other-loop A'), true);
  assert.deepEqual(codes((await over(at.complete('A').complete('B'), line)).result), ['migration-ended P']);
});

test('a message that is called otherwise is subscribed anew, and what was done must still be undone', async () => {
  const waiting = (name: string): string =>
    definitions(
      el('message', 'm', { name }),
      process('P', S, el('intermediateCatchEvent', 'C', {}, '<bpmn:messageEventDefinition messageRef="m"/>'), E, path('S C E')),
    );
  const at = await started(waiting('paid'));
  const { after, result } = await over(at, waiting('settled'));
  assert.deepEqual(
    result.wants.map((want) => want.kind),
    ['withdraw', 'message'],
  );
  assert.equal(after.message('paid').ended(), undefined);
  assert.equal(after.message('settled').ended(), 'completed');
  const undoable =
    el('userTask', 'A') +
    el('boundaryEvent', 'Ac', { attachedToRef: 'A' }, '<bpmn:compensateEventDefinition/>') +
    el('userTask', 'unA', { isForCompensation: 'true' }) +
    '<bpmn:association id="x" sourceRef="Ac" targetRef="unA"/>';
  const done = (await started(drawn(S, undoable, el('userTask', 'B'), E, path('S A B E')))).complete('A');
  assert.deepEqual(codes((await over(done, line)).result), ['migration-undo-gone A']);
});

test('what has happened does not happen again: an event that fired, one after an interruption, one of work that is done', async () => {
  const timed = (id: string, host: string, cycle = 'PT1H'): string =>
    el('boundaryEvent', id, { attachedToRef: host, cancelActivity: 'false' }, timer('timeDuration', cycle));
  const same = async (at: Play, xml: string): Promise<void> => {
    const { result } = await over(at, xml);
    assert.deepEqual([result.state, result.wants, result.refusals], [at.state, [], []]);
  };
  const reminded = drawn(S, el('userTask', 'A'), timed('R', 'A'), el('userTask', 'B'), E, path('S A E'), path('R B E'));
  await same((await started(reminded)).fire('R'), reminded);
  const handler = el(
    'subProcess',
    'H',
    { triggeredByEvent: 'true' },
    el('startEvent', 'SH', {}, timer('timeDuration', 'PT1H')),
    el('userTask', 'T'),
    el('endEvent', 'EH'),
    path('SH T EH'),
  );
  const interrupted = drawn(S, el('userTask', 'A'), E, handler, path('S A E'));
  await same((await started(interrupted)).fire('SH'), interrupted);
  const choice = drawn(S, el('userTask', 'A'), timed('R', 'A'), E, when('A', 'E', '=ok'), path('S A'), path('R E'));
  await same((await started(choice)).complete('A'), choice);
});

test('a subscription keeps the key it was made with, whatever the variables say now', async () => {
  const keyed = definitions(
    el('message', 'm', { name: 'paid' }, ext('<zeebe:subscription correlationKey="=n"/>')),
    process('P', S, el('intermediateCatchEvent', 'C', {}, '<bpmn:messageEventDefinition messageRef="m"/>'), E, path('S C E')),
  );
  for (const n of [2, null]) {
    const { after, result } = await over((await started(keyed)).input({ kind: 'set', vars: { n } }), keyed);
    assert.deepEqual([result.wants, result.refusals], [[], []]);
    assert.equal(after.message('paid', {}, '1').ended(), 'completed');
  }
});

test('a join whose flows have all arrived under the new version is refused: nothing would make it go on', async () => {
  const forked = (...branches: readonly string[]): string =>
    drawn(
      S,
      el('parallelGateway', 'F'),
      ...branches.map((id) => el('userTask', id) + path(`F ${id} J`)),
      el('parallelGateway', 'J'),
      E,
      path('S F'),
      path('J E'),
    );
  const at = (await started(forked('A', 'B', 'C'))).complete('A').complete('B');
  assert.deepEqual(codes((await over(at, forked('A', 'B'), { C: 'A' })).result), ['migration-join-full J']);
  assert.deepEqual(codes((await over(at, forked('A'), { C: 'A', B: 'A' })).result).includes('migration-flow-gone J'), true);
});

test('what instances have given so far is kept under the name that the new version collects it by', async () => {
  const collecting = (name: string): string =>
    drawn(
      S,
      el(
        'userTask',
        'A',
        {},
        `<bpmn:multiInstanceLoopCharacteristics>${ext(`<zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="one"${name}/>`)}</bpmn:multiInstanceLoopCharacteristics>`,
      ),
      E,
      path('S A E'),
    );
  const by = (name: string): string => collecting(` outputCollection="${name}" outputElement="=one"`);
  for (const [from, to, expected] of [
    [by('old'), by('new'), { n: 1, new: [1, 2] }],
    [collecting(''), by('new'), { n: 1, new: [null, 2] }],
    [by('old'), collecting(''), { n: 1 }],
  ] as const) {
    const { after } = await over((await started(from)).complete('A'), to);
    assert.deepEqual([after.complete('A').ended(), after.vars()], ['completed', expected]);
  }
});
