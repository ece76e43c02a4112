// Scopes inside scopes: subprocesses, calls, event subprocesses, multiple instances.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, el, ext, io, path, planned, Play, play, process, script, service, timer } from './play.test.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const catches = (ref = ''): string => `<bpmn:errorEventDefinition${ref === '' ? '' : ` errorRef="${ref}"`}/>`;
const boundary = (id: string, host: string, ...inner: readonly string[]): string =>
  el('boundaryEvent', id, { attachedToRef: host }, ...inner);
const sub = (...inner: readonly string[]): string => el('subProcess', 'Sub', {}, ...inner);
const inside = [
  el('startEvent', 'S1'),
  el('userTask', 'A'),
  el('userTask', 'B'),
  el('endEvent', 'E1'),
  path('S1 A E1'),
  path('S1 B E1'),
];

test('a subprocess ends when every token in it has ended', async () => {
  const at = (await play(S, sub(...inside), E, path('S Sub E'))).start();
  assert.deepEqual(at.waiting(), ['A', 'B']);
  assert.equal(at.complete('A', { a: 1 }).ended(), undefined);
  assert.equal(at.complete('B', { b: 2 }).ended(), 'completed');
  assert.deepEqual(at.vars(), { a: 1, b: 2 });
});

test('a subprocess’s inputs are its own, and only its output mapping brings them out', async () => {
  const io1 = ext(io({ total: '=0' }, { result: '=total + 1' }));
  const at = (
    await play(
      S,
      sub(io1, el('startEvent', 'S1'), script('A', 'total', '=total + 41'), el('endEvent', 'E1'), path('S1 A E1')),
      E,
      path('S Sub E'),
    )
  ).start({ total: 7 });
  assert.deepEqual(at.vars(), { total: 7, result: 42 });
});

test('an interrupted subprocess leaves no wait, timer or scope behind', async () => {
  const timed = boundary('T1', 'A', timer('timeDuration', 'P9D'));
  const at = (
    await play(
      S,
      sub(...inside, timed, el('endEvent', 'E2'), path('T1 E2')),
      boundary('Late', 'Sub', timer('timeDuration', 'P1D')),
      el('userTask', 'L'),
      E,
      path('S Sub E'),
      path('Late L E'),
    )
  ).start();
  assert.deepEqual(at.waiting(), ['A', 'B', 'Late', 'T1']);
  at.fire('Late');
  assert.deepEqual(at.waiting(), ['L']);
  assert.deepEqual(
    at
      .wants('withdraw')
      .map((want) => want.was)
      .toSorted(),
    ['task', 'task', 'timer'],
  );
  assert.deepEqual((at.state!['scopes'] as readonly unknown[]).length, 1);
  assert.deepEqual(
    at.last.trail.filter((entry) => entry.did === 'cancelled').map((entry) => entry.element),
    ['A', 'B', 'Sub'],
  );
});

test('an error end inside is caught at the subprocess’s boundary, and a terminate end ends only the subprocess', async () => {
  const inner = (end: string): string =>
    sub(
      el('startEvent', 'S1'),
      el('userTask', 'A'),
      el('userTask', 'B'),
      el('endEvent', 'E1', {}, end),
      path('S1 A E1'),
      path('S1 B'),
    );
  const parts = (end: string): string =>
    definitions(
      el('error', 'e', { errorCode: 'void' }),
      process(
        'P',
        S,
        inner(end),
        boundary('Void', 'Sub', catches('e')),
        el('userTask', 'H'),
        el('userTask', 'Next'),
        E,
        path('S Sub Next E'),
        path('Void H E'),
      ),
    );
  const thrown = new Play(await planned(parts(catches('e')))).start().complete('A');
  assert.deepEqual(thrown.waiting(), ['H']);
  const stopped = new Play(await planned(parts('<bpmn:terminateEventDefinition/>'))).start().complete('A');
  assert.deepEqual(stopped.waiting(), ['Next']);
});

test('an error of a task deep inside rises through scopes to the one that catches it', async () => {
  const deep = el('subProcess', 'Deep', {}, el('startEvent', 'S2'), service('A', 't'), el('endEvent', 'E2'), path('S2 A E2'));
  const at = (
    await play(
      S,
      sub(el('startEvent', 'S1'), deep, el('endEvent', 'E1'), path('S1 Deep E1')),
      boundary('Any', 'Sub', catches()),
      el('userTask', 'H'),
      E,
      path('S Sub E'),
      path('Any H E'),
    )
  ).start();
  assert.deepEqual(at.fail('A', 'x').waiting(), ['H']);
});

const called = process('Called', el('startEvent', 'S1'), el('userTask', 'A'), el('endEvent', 'E1'), path('S1 A E1'));
const call = (attributes: string, mapping = ''): string =>
  el('callActivity', 'C', {}, ext(`<zeebe:calledElement processId="Called" ${attributes}/>`, mapping));

test('a called process keeps its variables to itself and gives back what is mapped', async () => {
  const mapped = call('propagateAllChildVariables="false"', io({ x: '=n + 1' }, { result: '=answer' }));
  const at = new Play(await planned(definitions(process('P', S, mapped, E, path('S C E')), called))).start({ n: 1 });
  assert.deepEqual(at.waiting(), ['A']);
  at.complete('A', { answer: 'yes', n: 99 });
  assert.deepEqual(at.vars(), { n: 1, result: 'yes' });
});

test('a called process may give all its variables back, and see all or only its inputs', async () => {
  const asks = process('Called', el('startEvent', 'S1'), script('Q', 'seen', '=n'), el('endEvent', 'E1'), path('S1 Q E1'));
  const open = new Play(await planned(definitions(process('P', S, call(''), E, path('S C E')), asks))).start({ n: 5 });
  assert.deepEqual(open.vars(), { n: 5, seen: 5 });
  const shut = new Play(
    await planned(definitions(process('P', S, call('propagateAllParentVariables="false"'), E, path('S C E')), asks)),
  ).start({ n: 5 });
  assert.deepEqual(shut.vars(), { n: 5, seen: null });
});

test('an interrupted call ends the called process', async () => {
  const at = new Play(
    await planned(
      definitions(
        process(
          'P',
          S,
          call(''),
          boundary('Late', 'C', timer('timeDuration', 'P1D')),
          E,
          el('userTask', 'L'),
          path('S C E'),
          path('Late L E'),
        ),
        called,
      ),
    ),
  ).start();
  assert.deepEqual(at.fire('Late').waiting(), ['L']);
});

test('the same process called twice at once runs twice, apart', async () => {
  const twice = [
    el(
      'callActivity',
      'C1',
      {},
      ext('<zeebe:calledElement processId="Called" propagateAllChildVariables="false"/>', io({ x: '=1' }, { one: '=answer' })),
    ),
    el(
      'callActivity',
      'C2',
      {},
      ext('<zeebe:calledElement processId="Called" propagateAllChildVariables="false"/>', io({ x: '=2' }, { two: '=answer' })),
    ),
  ];
  const at = new Play(await planned(definitions(process('P', S, ...twice, path('S C1'), path('S C2')), called))).start();
  assert.deepEqual(at.waiting(), ['A', 'A']);
  at.complete('A', { answer: 'first' });
  at.complete('A', { answer: 'second' });
  assert.deepEqual(at.vars(), { one: 'first', two: 'second' });
  assert.equal(at.ended(), 'completed');
});

const handler = (trigger: string, attributes: Readonly<Record<string, string>> = {}): string =>
  el(
    'subProcess',
    'Handler',
    { triggeredByEvent: 'true' },
    el('startEvent', 'SH', attributes, trigger),
    el('userTask', 'H'),
    el('endEvent', 'EH'),
    path('SH H EH'),
  );

test('an interrupting event subprocess takes over its scope; a non-interrupting one runs beside it', async () => {
  const message = el('message', 'm', { name: 'withdraw' });
  const parts = (attributes: Readonly<Record<string, string>>): string =>
    definitions(
      message,
      process(
        'P',
        S,
        el('userTask', 'A'),
        E,
        handler('<bpmn:messageEventDefinition messageRef="m"/>', attributes),
        path('S A E'),
      ),
    );
  const over = new Play(await planned(parts({}))).start();
  assert.deepEqual(over.waiting(), ['A', 'SH']);
  over.message('withdraw', { why: 'moved' });
  assert.deepEqual(over.waiting(), ['H']);
  assert.equal(over.complete('H').ended(), 'completed');
  const also = new Play(await planned(parts({ isInterrupting: 'false' }))).start().message('withdraw').message('withdraw');
  assert.deepEqual(also.waiting(), ['A', 'H', 'H', 'SH']);
  also.complete('A').complete('H');
  assert.equal(also.ended(), undefined);
  assert.equal(also.complete('H').ended(), 'completed');
  assert.deepEqual(also.waiting(), []);
});

test('an event subprocess catches the errors of its scope', async () => {
  const at = (await play(S, service('A', 't'), E, handler(catches()), path('S A E'))).start().fail('A', 'x');
  assert.deepEqual(at.waiting(), ['H']);
});

const escalation = (interrupting: string): string =>
  definitions(
    el('escalation', 'esc', { escalationCode: 'slow' }),
    process(
      'P',
      S,
      sub(
        el('startEvent', 'S1'),
        el('intermediateThrowEvent', 'Up', {}, '<bpmn:escalationEventDefinition escalationRef="esc"/>'),
        el('userTask', 'A'),
        el('endEvent', 'E1'),
        path('S1 Up A E1'),
      ),
      el(
        'boundaryEvent',
        'B',
        { attachedToRef: 'Sub', cancelActivity: interrupting },
        '<bpmn:escalationEventDefinition escalationRef="esc"/>',
      ),
      el('userTask', 'H'),
      E,
      path('S Sub E'),
      path('B H'),
    ),
  );

test('an escalation is heard without stopping its subprocess, or stops it', async () => {
  assert.deepEqual(new Play(await planned(escalation('false'))).start().waiting(), ['A', 'H']);
  assert.deepEqual(new Play(await planned(escalation('true'))).start().waiting(), ['H']);
  const alone = definitions(
    el('escalation', 'esc', { escalationCode: 'slow' }),
    process('P', S, el('endEvent', 'E', {}, '<bpmn:escalationEventDefinition escalationRef="esc"/>'), path('S E')),
  );
  assert.equal(new Play(await planned(alone)).start().ended(), 'completed');
});

const many = (attributes: string, until = ''): string =>
  el(
    'userTask',
    'A',
    {},
    `<bpmn:multiInstanceLoopCharacteristics${attributes}>${ext('<zeebe:loopCharacteristics inputCollection="=units" inputElement="unit" outputCollection="answers" outputElement="=answer"/>')}${until === '' ? '' : `<bpmn:completionCondition>${until}</bpmn:completionCondition>`}</bpmn:multiInstanceLoopCharacteristics>`,
    ext('<dargah:executor unit="=unit" role="officer"/>'),
  );

test('a parallel multi-instance task opens one for each item and collects the answers in order', async () => {
  const at = (
    await play(S, many(''), boundary('Late', 'A', timer('timeDuration', 'P1D')), E, path('S A E'), path('Late E'))
  ).start({ units: ['u1', 'u2', 'u3'] });
  assert.deepEqual(
    at.wants('task').map((want) => want.executor?.unit),
    ['u1', 'u2', 'u3'],
  );
  const [first, second, third] = at.wants('task').map((want) => want.wait);
  for (const [wait, answer] of [
    [second, 'b'],
    [third, 'c'],
    [first, 'a'],
  ] as const)
    at.input({ kind: 'complete', wait: wait!, result: { answer } });
  assert.deepEqual(at.vars(), { units: ['u1', 'u2', 'u3'], answers: ['a', 'b', 'c'] });
  assert.equal(at.ended(), 'completed');
  assert.deepEqual(at.waiting(), []);
});

test('a sequential one opens them one by one; a completion condition ends it early; its boundary ends all', async () => {
  const parts = [boundary('Late', 'A', timer('timeDuration', 'P1D')), E, path('S A E'), path('Late E')];
  const one = (await play(S, many(' isSequential="true"'), ...parts)).start({ units: [1, 2] });
  assert.deepEqual(one.waiting(), ['A', 'Late']);
  assert.deepEqual(one.complete('A', { answer: 'x' }).waiting(), ['A', 'Late']);
  assert.deepEqual(one.complete('A', { answer: 'y' }).vars()['answers'], ['x', 'y']);
  const early = (await play(S, many('', '=numberOfCompletedInstances &gt;= 2'), ...parts)).start({ units: [1, 2, 3] });
  early.complete('A', { answer: 1 }).complete('A', { answer: 2 });
  assert.equal(early.ended(), 'completed');
  assert.deepEqual(early.vars()['answers'], [1, 2, null]);
  const late = (await play(S, many(''), ...parts)).start({ units: [1, 2, 3] }).fire('Late');
  assert.equal(late.ended(), 'completed');
  assert.equal(late.wants('withdraw').length, 3);
});

test('no items is no instance, and what is no list is an incident', async () => {
  assert.equal((await play(S, many(''), E, path('S A E'))).start({ units: [] }).ended(), 'completed');
  assert.equal((await play(S, many(''), E, path('S A E'))).start().incidents().length, 1);
});

test('a subprocess may be multi-instance', async () => {
  const loop = `<bpmn:multiInstanceLoopCharacteristics>${ext('<zeebe:loopCharacteristics inputCollection="=units" inputElement="unit" outputCollection="all" outputElement="=unit + extra"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
  const at = (
    await play(
      S,
      el(
        'subProcess',
        'Sub',
        {},
        loop,
        el('startEvent', 'S1'),
        el('userTask', 'A', {}, ext(io({}, { extra: '=extra' }))),
        script('B', 'unit', '=unit * 10'),
        el('endEvent', 'E1'),
        path('S1 A B E1'),
      ),
      E,
      path('S Sub E'),
    )
  ).start({ units: [1, 2] });
  at.complete('A', { extra: 5 }).complete('A', { extra: 7 });
  assert.deepEqual(at.vars()['all'], [15, 27]);
});

test('nobody writes into what instances collect but their own output: neither an answer of that name nor instances inside', async () => {
  const over = (items: string): string =>
    `<bpmn:multiInstanceLoopCharacteristics>${ext(`<zeebe:loopCharacteristics inputCollection="${items}" inputElement="one" outputCollection="all" outputElement="=one"/>`)}</bpmn:multiInstanceLoopCharacteristics>`;
  const inner = [el('startEvent', 'S1'), el('userTask', 'A', {}, over('=[7]')), el('endEvent', 'E1'), path('S1 A E1')];
  const at = (await play(S, el('subProcess', 'Sub', {}, over('=[1, 2, 3]'), ...inner), E, path('S Sub E'))).start();
  at.complete('A', { all: [] }).complete('A', { all: 'none' }).complete('A');
  assert.deepEqual([at.ended(), at.vars()], ['completed', { all: [1, 2, 3] }]);
});
