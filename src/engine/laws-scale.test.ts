// What grows and what must not: many instances at once, many turns, old states. Only the coarsest of times are held, to catch what grows squared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { records } from './format.ts';
import { placesFor } from './move.ts';
import { el, ext, NOW, path, play, when, type Play } from './play.test.ts';
import { checkRandom } from './random-cases.test.ts';
import { envAt, playRandom } from './random-history.test.ts';
import { assertWhole } from './random-whole.test.ts';
import { step } from './step.ts';
import type { EngineInput, EngineState } from './types.ts';
import { waits } from './waits.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const MANY = 10_000;
const many = (inner = ''): string =>
  `<bpmn:multiInstanceLoopCharacteristics>${ext('<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="outs" outputElement="=item"/>')}${inner}</bpmn:multiInstanceLoopCharacteristics>`;
const items = Array.from({ length: MANY }, (_, index) => index);

async function manyTasks(inner = ''): Promise<Play> {
  return play(S, el('userTask', 'A', {}, many(inner)), E, path('S A E'));
}

/** Steps without the JSON that Play goes through, so that what is measured is the engine. */
function through(at: Play, inputs: readonly EngineInput[]): EngineState {
  let state = at.state;
  for (const input of inputs) ({ state } = step(at.plan, state, input, envAt(NOW)));
  assert.ok(state);
  return state;
}

function within(seconds: number, act: () => void): void {
  const from = performance.now();
  act();
  const took = (performance.now() - from) / 1000;
  assert.ok(took < seconds, `took ${took.toFixed(1)} s`);
}

test('ten thousand tasks begin at once, one is completed, all are cancelled', async () => {
  const at = await manyTasks();
  within(5, () => {
    const begun = through(at, [{ kind: 'start', vars: { items } }]);
    assert.equal(waits(begun).length, MANY);
    const [first] = waits(begun);
    const next = step(at.plan, begun, { kind: 'complete', wait: first!.wait, result: {} }, envAt(NOW));
    assert.equal(waits(next.state).length, MANY - 1);
    const over = step(at.plan, next.state, { kind: 'cancel' }, envAt(NOW));
    assert.equal(over.wants.length, MANY - 1);
    assert.deepEqual([over.state.ended?.how, waits(over.state)], ['cancelled', []]);
  });
});

test('ten thousand tasks end together as soon as one is enough', async () => {
  const at = await manyTasks('<bpmn:completionCondition>=numberOfCompletedInstances = 1</bpmn:completionCondition>');
  within(5, () => {
    const begun = through(at, [{ kind: 'start', vars: { items } }]);
    const last = waits(begun).at(-1)!;
    assert.equal(
      step(at.plan, begun, { kind: 'complete', wait: last.wait, result: {} }, envAt(NOW)).state.ended?.how,
      'completed',
    );
  });
});

test('ten thousand instances without a wait, subprocesses too, begin and end in one step', async () => {
  const inner = [el('startEvent', 'S1'), el('manualTask', 'M'), el('endEvent', 'E1'), path('S1 M E1')];
  const inTurn = many().replace('Characteristics>', 'Characteristics isSequential="true">');
  for (const activity of [
    el('manualTask', 'A', {}, many()),
    el('manualTask', 'A', {}, inTurn),
    el('subProcess', 'A', {}, many(), ...inner),
  ]) {
    const at = await play(S, activity, E, path('S A E'));
    within(8, () => {
      const state = through(at, [{ kind: 'start', vars: { items } }]);
      assert.equal(state.ended?.how, 'completed');
      assert.equal(records<{ vars: { outs: readonly number[] } }>(state, 'scopes')[0]?.vars.outs.at(-1), MANY - 1);
    });
  }
});

test('ten thousand open subprocesses are cancelled in one step', async () => {
  const inner = [el('startEvent', 'S1'), el('userTask', 'U'), el('endEvent', 'E1'), path('S1 U E1')];
  const at = await play(S, el('subProcess', 'A', {}, many(), ...inner), E, path('S A E'));
  within(8, () => {
    const state = through(at, [{ kind: 'start', vars: { items } }, { kind: 'cancel' }]);
    assert.deepEqual([state.ended?.how, state['tokens'], state['waits']], ['cancelled', [], []]);
  });
});

test('ten thousand that have failed are cancelled in one step', async () => {
  const at = await play(
    S,
    el('userTask', 'A', {}, ext('<dargah:executor unit="=none" role="officer"/>'), many()),
    E,
    path('S A E'),
  );
  within(8, () => {
    const failed = through(at, [{ kind: 'start', vars: { items } }]);
    assert.equal(records(failed, 'incidents').length, MANY);
    assert.deepEqual(through(at, [{ kind: 'start', vars: { items } }, { kind: 'cancel' }])['incidents'], []);
  });
});

test('a state does not grow with the turns of a loop, though it takes ten thousand', async () => {
  const gate = el('exclusiveGateway', 'G', { default: 'G_A' });
  const sub = el('subProcess', 'B', {}, el('startEvent', 'S1'), el('userTask', 'U'), el('endEvent', 'E1'), path('S1 U E1'));
  const late = el('boundaryEvent', 'L', { attachedToRef: 'B' }, '<bpmn:errorEventDefinition/>');
  const at = await play(S, el('userTask', 'A'), sub, late, gate, E, path('S A B G A'), path('L G'), when('G', 'E', '=n = 0'));
  let state = through(at, [{ kind: 'start', vars: { n: 1 } }]);
  const answer = (kind: 'complete' | 'error'): void => {
    const { wait } = waits(state)[0]!;
    const input: EngineInput = kind === 'complete' ? { kind, wait, result: { n: 1 } } : { kind, wait, code: 'e' };
    ({ state } = step(at.plan, state, input, envAt(NOW)));
  };
  const turns = (count: number): number => {
    for (let turn = 0; turn < count; turn += 1) {
      answer('complete');
      answer(turn % 2 === 0 ? 'complete' : 'error');
    }
    return JSON.stringify(state).replaceAll(/\d+/g, '0').length;
  };
  within(8, () => {
    const small = turns(200);
    assert.equal(turns(MANY), small);
  });
});

test('a state of the first format goes on as one of the present', () =>
  checkRandom(20, (plan, picks) => {
    for (const { before, input, env, result } of playRandom(plan, picks)) {
      if (before && !usesSecondFormat(before)) {
        const old = step(plan, { ...before, format: 1 }, input, env);
        const isNothing = result.state === before;
        assert.deepEqual({ ...old, state: { ...old.state, format: isNothing ? before.format : old.state.format } }, result);
      }
    }
  }));

test('every place that a token may be moved to takes it, and the case is whole there', () =>
  checkRandom(20, (plan, picks) => {
    const turns = playRandom(plan, picks);
    for (const { result, env } of turns.slice(0, 12)) {
      for (const from of [
        ...waits(result.state).map(({ wait }) => wait),
        ...records<{ id: string }>(result.state, 'incidents').map(({ id }) => id),
      ]) {
        for (const to of placesFor(plan, result.state, from)) {
          const moved = step(plan, result.state, { kind: 'move', from, to }, env);
          assert.notEqual(moved.state, result.state);
          assertWhole(plan, moved.state);
        }
      }
    }
  }));

/** What the second format added: all of it is absent from a state of the first. */
function usesSecondFormat(state: EngineState): boolean {
  return /"(?:messages|undo|undoing|for|held)":|"kind":"(?:signal|condition)"/.test(JSON.stringify(state));
}
