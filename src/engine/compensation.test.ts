// Compensation and transactions: what is undone, in which order, by whom, and what follows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, el, ext, io, path, planned, Play, play, process, script, timer } from './play.test.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const compensates = (of = '', waits = ''): string =>
  `<bpmn:compensateEventDefinition${of === '' ? '' : ` activityRef="${of}"`}${waits === '' ? '' : ` waitForCompletion="${waits}"`}/>`;
/** An activity with the task that undoes it. */
const undoable = (id: string, drawn = el('userTask', id)): string =>
  drawn +
  el('boundaryEvent', `${id}c`, { attachedToRef: id }, compensates()) +
  el('userTask', `un${id}`, { isForCompensation: 'true' }) +
  `<bpmn:association id="${id}a" sourceRef="${id}c" targetRef="un${id}"/>`;
const undo = (id: string, of = '', waits = ''): string => el('intermediateThrowEvent', id, {}, compensates(of, waits));

test('what has completed is undone in reverse order, one after another, before the process goes on', async () => {
  const at = (
    await play(
      S,
      undoable('A'),
      undoable('B'),
      undoable('C'),
      undo('X'),
      el('userTask', 'N'),
      E,
      path('S A B X N E'),
      path('N C E'),
    )
  ).start();
  assert.deepEqual(at.complete('A').waiting(), ['B']);
  assert.deepEqual(at.complete('B').waiting(), ['unB']);
  assert.deepEqual(at.complete('unB').waiting(), ['unA']);
  assert.deepEqual(at.complete('unA').waiting(), ['N']);
  assert.deepEqual(
    at.history.filter((line) => line.endsWith(' X')),
    ['entered X', 'completed X'],
  );
  assert.deepEqual(Object.keys((at.state!['scopes'] as readonly object[])[0]!), ['id', 'of', 'vars'], 'nothing is left to undo');
});

test('a compensation may name one activity, and what was never done is not undone', async () => {
  const parts = [S, undoable('A'), undoable('B'), E];
  const one = (await play(...parts, undo('X', 'A'), path('S A B X E'))).start().complete('A').complete('B');
  assert.deepEqual(one.waiting(), ['unA']);
  assert.equal(one.complete('unA').ended(), 'completed');
  const none = (await play(...parts, undo('X', 'B'), path('S A X B E'))).start().complete('A');
  assert.deepEqual(none.waiting(), ['B']);
});

test('an activity done twice is undone twice', async () => {
  const again = el('exclusiveGateway', 'G', { default: 'G_X' });
  const more = `<bpmn:sequenceFlow id="G_A" sourceRef="G" targetRef="A"><bpmn:conditionExpression>=more</bpmn:conditionExpression></bpmn:sequenceFlow>`;
  const at = (await play(S, undoable('A'), again, more, undo('X'), E, path('S A G X E'))).start();
  at.complete('A', { more: true }).complete('A', { more: false });
  assert.deepEqual(at.complete('unA').waiting(), ['unA']);
  assert.equal(at.complete('unA').ended(), 'completed');
});

test('one that does not wait goes on while the other work is undone beside it', async () => {
  const at = (await play(S, undoable('A'), undo('X', '', 'false'), el('userTask', 'N'), E, path('S A X N E')))
    .start()
    .complete('A');
  assert.deepEqual(at.waiting(), ['N', 'unA']);
  assert.equal(at.complete('N').ended(), undefined);
  assert.equal(at.complete('unA').ended(), 'completed');
});

test('a completed subprocess is undone from within, with the variables it had', async () => {
  const inner = el(
    'subProcess',
    'Sub',
    {},
    ext(io({ what: '="inside"' })),
    el('startEvent', 'S1'),
    undoable('A'),
    el('scriptTask', 'M', {}, ext('<zeebe:script expression="=what + &quot;!&quot;" resultVariable="what"/>')),
    undoable('B'),
    el('endEvent', 'E1'),
    path('S1 A M B E1'),
  );
  const told = inner.replace(
    '<bpmn:userTask id="unB" isForCompensation="true">',
    `<bpmn:userTask id="unB" isForCompensation="true">${ext(io({ seen: '=what' }))}`,
  );
  const at = (await play(S, told, undo('X'), E, path('S Sub X E'))).start({ what: 'outside' });
  at.complete('A').complete('B');
  assert.deepEqual(at.waiting(), ['unB']);
  assert.deepEqual(at.wants('task')[0]?.input, { seen: 'inside!' });
  at.complete('unB');
  assert.deepEqual(at.waiting(), ['unA']);
  assert.equal(at.complete('unA').ended(), 'completed');
  assert.equal((at.state!['scopes'] as readonly unknown[]).length, 1);
});

test('a compensation event subprocess undoes its subprocess, and may ask for the rest', async () => {
  const handler = el(
    'subProcess',
    'H',
    { triggeredByEvent: 'true' },
    el('startEvent', 'SH', {}, compensates()),
    el('userTask', 'Own'),
    undo('Rest'),
    el('endEvent', 'EH'),
    path('SH Own Rest EH'),
  );
  const sub = el('subProcess', 'Sub', {}, el('startEvent', 'S1'), undoable('A'), el('endEvent', 'E1'), handler, path('S1 A E1'));
  const at = (await play(S, sub, undo('X'), E, path('S Sub X E'))).start().complete('A');
  assert.deepEqual(at.waiting(), ['Own']);
  assert.deepEqual(at.complete('Own').waiting(), ['unA']);
  assert.equal(at.complete('unA').ended(), 'completed');
  assert.deepEqual([at.state!['tokens'], (at.state!['scopes'] as readonly unknown[]).length], [[], 1]);
});

test('each instance of a multi-instance subprocess is undone with its own variables, the last first', async () => {
  const many = `<bpmn:multiInstanceLoopCharacteristics isSequential="true">${ext('<zeebe:loopCharacteristics inputCollection="=units" inputElement="unit"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
  const sub = el(
    'subProcess',
    'Sub',
    {},
    many,
    el('startEvent', 'S1'),
    undoable('A'),
    el('endEvent', 'E1'),
    path('S1 A E1'),
  ).replace('id="unA" isForCompensation="true">', `id="unA" isForCompensation="true">${ext(io({ which: '=unit' }))}`);
  const at = (await play(S, sub, undo('X'), E, path('S Sub X E'))).start({ units: ['u1', 'u2'] });
  at.complete('A').complete('A');
  assert.deepEqual(at.wants('task')[0]?.input, { which: 'u2' });
  at.complete('unA');
  assert.deepEqual(at.wants('task')[0]?.input, { which: 'u1' });
  assert.equal(at.complete('unA').ended(), 'completed');
});

test('a task done many times is undone by one activity, and an interrupted one by none', async () => {
  const many = `<bpmn:multiInstanceLoopCharacteristics>${ext('<zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="n"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
  const late = el('boundaryEvent', 'Late', { attachedToRef: 'A' }, timer('timeDuration', 'P1D'));
  const at = (
    await play(S, undoable('A', el('userTask', 'A', {}, many)), late, undo('X'), E, path('S A X E'), path('Late X'))
  ).start();
  const both = new Play(at.plan).start();
  both.complete('A').complete('A');
  assert.deepEqual(both.waiting(), ['unA']);
  assert.equal(both.complete('unA').ended(), 'completed');
  assert.equal(at.fire('Late').ended(), 'completed');
});

test('a compensating end undoes its scope before that ends; an error of the undoing work is caught as any other', async () => {
  const at = (await play(S, undoable('A'), el('endEvent', 'X', {}, compensates()), path('S A X'))).start().complete('A');
  assert.deepEqual(at.waiting(), ['unA']);
  assert.equal(at.complete('unA').ended(), 'completed');
  const failing = (
    await play(
      S,
      el('subProcess', 'Sub', {}, el('startEvent', 'S1'), undoable('A'), undo('X'), el('endEvent', 'E1'), path('S1 A X E1')),
      el('boundaryEvent', 'Err', { attachedToRef: 'Sub' }, '<bpmn:errorEventDefinition/>'),
      el('userTask', 'H'),
      E,
      path('S Sub E'),
      path('Err H E'),
    )
  ).start();
  failing.complete('A').fail('unA', 'void');
  assert.deepEqual(failing.waiting(), ['H']);
  assert.deepEqual(
    [(failing.state!['tokens'] as readonly unknown[]).length, (failing.state!['scopes'] as readonly unknown[]).length],
    [1, 1],
  );
});

const transaction = el(
  'transaction',
  'T',
  {},
  el('startEvent', 'S1'),
  undoable('A'),
  el('parallelGateway', 'F'),
  el('userTask', 'B'),
  el('userTask', 'C'),
  el('endEvent', 'No', {}, '<bpmn:cancelEventDefinition/>'),
  el('endEvent', 'E1'),
  path('S1 A F B No'),
  path('F C E1'),
);

test('a cancelled transaction stops what is at work, undoes what is done, and leaves by its cancel event', async () => {
  const cancelled = el('boundaryEvent', 'Cancelled', { attachedToRef: 'T' }, '<bpmn:cancelEventDefinition/>');
  const at = (await play(S, transaction, cancelled, el('userTask', 'H'), E, path('S T E'), path('Cancelled H E'))).start();
  at.complete('A');
  assert.deepEqual(at.waiting(), ['B', 'C']);
  assert.deepEqual(at.complete('B').waiting(), ['unA']);
  assert.deepEqual(at.complete('unA').waiting(), ['H']);
  assert.equal(at.complete('H').ended(), 'completed');
  const whole = new Play(at.plan).start().complete('A').complete('C');
  assert.deepEqual(whole.waiting(), ['B']);
});

test('a cancelled process leaves nothing of a compensation behind', async () => {
  const parts = definitions(process('P', S, undoable('A'), undo('X'), E, path('S A X E')));
  const at = new Play(await planned(parts)).start().complete('A').input({ kind: 'cancel' });
  assert.deepEqual([at.waiting(), at.state!['tokens']], [[], []]);
});

test('undoing work reads and writes the variables of the process as they are now', async () => {
  const un = script('unA', 'total', '=total - 1').replace(
    '<bpmn:scriptTask id="unA"',
    '<bpmn:scriptTask id="unA" isForCompensation="true"',
  );
  const drawn = undoable('A', script('A', 'total', '=total + 10')).replace(/<bpmn:userTask id="unA"[^>]*><\/bpmn:userTask>/, un);
  const at = (await play(S, drawn, undo('X'), E, path('S A X E'))).start({ total: 1 });
  assert.equal(at.ended(), 'completed');
  assert.deepEqual(at.vars(), { total: 10 });
});

test('an error of undoing work is not caught by the activity that it undoes, which has completed, but by what is around it', async () => {
  const errs = (id: string, at: string): string => el('boundaryEvent', id, { attachedToRef: at }, '<bpmn:errorEventDefinition/>');
  const sub = el('subProcess', 'Sub', {}, el('startEvent', 'S1'), undoable('A'), el('endEvent', 'E1'), path('S1 A E1'));
  const around = el(
    'subProcess',
    'Out',
    {},
    el('startEvent', 'S2'),
    sub,
    errs('Own', 'Sub'),
    undo('X'),
    el('endEvent', 'E2'),
    path('S2 Sub X E2'),
    path('Own E2'),
  );
  const at = (await play(S, around, errs('Err', 'Out'), el('userTask', 'H'), E, path('S Out E'), path('Err H E'))).start();
  assert.deepEqual(at.complete('A').fail('unA', 'void').waiting(), ['H']);
  assert.equal(at.complete('H').ended(), 'completed');
});

test('what compensates is told in the trail as it happens, not the visits that are over', async () => {
  const cancelled = el('boundaryEvent', 'Cancelled', { attachedToRef: 'T' }, '<bpmn:cancelEventDefinition/>');
  const left = (await play(S, transaction, cancelled, E, path('S T E'), path('Cancelled E'))).start();
  left.complete('A').complete('B').complete('unA');
  assert.deepEqual(
    left.history.filter((line) => line.endsWith(' No')),
    ['entered No', 'completed No'],
  );
  const sub = el('subProcess', 'Sub', {}, el('startEvent', 'S1'), undoable('A'), el('endEvent', 'E1'), path('S1 A E1'));
  const at = (await play(S, sub, undo('X', '', 'false'), el('userTask', 'N'), E, path('S Sub X N E'))).start().complete('A');
  at.input({ kind: 'cancel' });
  assert.deepEqual(at.history.filter((line) => line.startsWith('cancelled')).toSorted(), ['cancelled N', 'cancelled unA']);
});
