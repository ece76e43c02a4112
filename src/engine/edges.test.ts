// What is easily got wrong at the edges: defaults beside conditions, messages that are stale, work undone once, the ends of months.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import { definitions, drawn, el, path, planned, Play, play, process, timer, when } from './play.test.ts';
import { readModel } from './read.ts';
import { exploration } from './soundness.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');

test('the default way out of a task is taken only where no condition holds', async () => {
  const parts = [S, el('userTask', 'A', { default: 'A_C' }), el('userTask', 'B'), el('userTask', 'C'), E];
  const flows = [path('S A C E'), when('A', 'B', '=go'), path('B E')];
  const at = await play(...parts, ...flows);
  assert.deepEqual(at.start({ go: true }).complete('A').waiting(), ['B']);
  const other = await play(...parts, ...flows);
  assert.deepEqual(other.start({ go: false }).complete('A').waiting(), ['C']);
});

test('a message whose time is over is not kept', async () => {
  const caught = el('intermediateCatchEvent', 'C', {}, '<bpmn:messageEventDefinition messageRef="M"/>');
  const drawing = definitions(
    '<bpmn:message id="M" name="paid"/>',
    process('P', S, el('userTask', 'A'), caught, E, path('S A C E')),
  );
  const at = new Play(await planned(drawing));
  const before = at.start().state;
  at.input({ kind: 'message', name: 'paid', vars: {}, keep: at.now });
  assert.equal(at.last.state, before);
});

test('what was undone is not undone again, nor the undoing itself', async () => {
  const compensate = '<bpmn:compensateEventDefinition/>';
  const at = (
    await play(
      S,
      el('userTask', 'A'),
      el('boundaryEvent', 'Ac', { attachedToRef: 'A' }, compensate),
      el('userTask', 'unA', { isForCompensation: 'true' }),
      '<bpmn:association id="a" sourceRef="Ac" targetRef="unA"/>',
      el('intermediateThrowEvent', 'X', {}, compensate),
      el('intermediateThrowEvent', 'Y', {}, compensate),
      E,
      path('S A X Y E'),
    )
  ).start();
  assert.deepEqual(at.complete('A').waiting(), ['unA']);
  at.complete('unA');
  assert.equal(at.ended(), 'completed');
});

test('a month from the thirty-first is the last day of the month, and a year from the leap day the day before March', async () => {
  const due = async (from: string, duration: string): Promise<string | undefined> => {
    const at = await play(S, el('intermediateCatchEvent', 'T', {}, timer('timeDuration', duration)), E, path('S T E'));
    at.now = instant(from);
    return at.start().wants('timer')[0]?.due;
  };
  assert.equal(await due('2027-01-31T10:00:00Z', 'P1M'), instant('2027-02-28T10:00:00Z'));
  assert.equal(await due('2027-01-31T10:00:00Z', 'P2M'), instant('2027-03-31T10:00:00Z'));
  assert.equal(await due('2028-02-29T10:00:00Z', 'P1Y'), instant('2029-02-28T10:00:00Z'));
  assert.equal(await due('2026-10-31T10:00:00Z', 'P1M1D'), instant('2026-12-01T10:00:00Z'));
});

test('a parallel join after an inclusive split waits for ever, however many branches there are', async () => {
  for (const branches of [
    ['A', 'B'],
    ['A', 'B', 'C'],
    ['A', 'B', 'C', 'D'],
  ]) {
    const [first = '', ...others] = branches;
    const xml = drawn(
      S,
      el('inclusiveGateway', 'X', { default: `X_${first}` }),
      ...branches.map((id) => el('userTask', id) + path(`${id} J`)),
      el('parallelGateway', 'J'),
      E,
      path(`S X ${first}`),
      ...others.map((id, at) => when('X', id, `=n > ${at}`)),
      path('J E'),
    );
    const { model } = await readModel(xml);
    const found = exploration(model!).findings.map(({ code, place }) => `${code} ${place}`);
    assert.deepEqual(found, ['deadlock J'], `${branches.length} branches`);
  }
});
