// Laws of the engine over random processes of every element it runs, and random histories with faults, repeats and hostile inputs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { records } from './format.ts';
import type { Plan } from './plan.ts';
import { playRandom, playToEnd, throughJson, type Pick, type Turn } from './random-history.test.ts';
import { checkRandom } from './random-cases.test.ts';
import { assertWhole, Visits } from './random-whole.test.ts';
import type { KeptMessage, TokenRecord, WaitRecord } from './run.ts';
import { step } from './step.ts';
import type { EngineState, WaitId } from './types.ts';
import { waits } from './waits.ts';

const law = (name: string, check: (plan: Plan, picks: readonly Pick[]) => void): void => {
  test(name, () => checkRandom(120, check));
};

law('nothing hangs on what is gone, and nothing stands still without a reason', (plan, picks) => {
  for (const { result } of playRandom(plan, picks)) assertWhole(plan, result.state);
});

law('a fair hand brings every case to its end, whatever it has gone through', (plan, picks) => {
  const last = playRandom(plan, picks, { moves: false }).at(-1)!;
  const { state } = playToEnd(plan, last.result.state, last.env.now);
  assertWhole(plan, state);
  assert.ok(state.ended, JSON.stringify(state));
});

law(
  'the same history gives the same state: in memory, through JSON between any two steps, and from a frozen state',
  (plan, picks) => {
    const turns = playRandom(plan, picks);
    assert.deepEqual(playRandom(plan, picks, { hand: throughJson }), turns);
    assert.deepEqual(playRandom(plan, picks, { hand: frozen }), turns);
  },
);

law('a step that is lost before it is kept is made again, and is the same; one made twice is harmless', (plan, picks) => {
  const turns = playRandom(plan, picks);
  for (const { before, input, env, result } of turns) {
    assert.deepEqual(step(plan, before, input, env), result);
    if (!isRepeatable(input)) continue;
    const again = step(plan, result.state, input, env);
    assert.equal(again.state, result.state);
    assert.deepEqual([again.trail, again.wants, again.decisions], [[], [], []]);
  }
});

law('what is over stays over: inputs for waits and incidents that are gone change nothing', (plan, picks) => {
  const over: Turn['input'][] = [];
  for (const { before, input, env, result } of playRandom(plan, picks)) {
    if ('wait' in input && input.kind !== 'reschedule') over.push(input);
    if (input.kind === 'retry' || input.kind === 'start') over.push(input);
    for (const old of over) assert.equal(step(plan, result.state, old, env).state, result.state, JSON.stringify(old));
    if (before?.ended) assert.equal(result.state, before);
  }
});

law('the host’s list of waits, kept from the wants, is the state’s; no wait is ever used again', (plan, picks) => {
  const host = new Map<WaitId, string>();
  const ever = new Set<WaitId>();
  for (const { before, input, result } of playRandom(plan, picks)) {
    if ('wait' in input && input.kind !== 'reschedule' && result.state !== before) host.delete(input.wait);
    for (const want of result.wants) {
      if (want.kind === 'throw' || want.kind === 'broadcast') continue;
      if (want.kind === 'withdraw') {
        assert.equal(host.get(want.wait), want.was, 'only what was told is withdrawn');
        host.delete(want.wait);
      } else if (input.kind === 'reschedule') assert.equal(host.get(want.wait), 'timer');
      else {
        assert.ok(!ever.has(want.wait), 'a wait is never used again');
        ever.add(want.wait);
        host.set(want.wait, want.kind);
      }
    }
    const standing = waits(result.state).filter((one) => one.kind !== 'condition');
    assert.deepEqual([...host.keys()].toSorted(), standing.map((one) => one.wait).toSorted());
  }
});

law('the trail tells every visit once: entered, then completed, cancelled or failed, or still there', (plan, picks) => {
  const visits = new Visits();
  for (const { result } of playRandom(plan, picks)) {
    visits.follow(plan, result);
    visits.assertStanding(plan, result.state);
  }
});

law('the trail tells the wait that each visit stands at, and that each event happened by', (plan, picks) => {
  const told = new Map<WaitId, string>();
  for (const { before, result } of playRandom(plan, picks)) {
    const standing = [...records<WaitRecord>(before, 'waits'), ...records<WaitRecord>(result.state, 'waits')];
    for (const { element, did, wait } of result.trail) {
      if (wait === undefined) continue;
      const of = standing.find((one) => one.wait === wait)?.element;
      assert.ok(
        of === undefined || of === element || isStartOf(plan, of, element),
        `${wait} is of ${of}, and told at ${element}`,
      );
      if (did === 'entered') told.set(wait, element);
    }
    const at = new Map(records<TokenRecord>(result.state, 'tokens').map((token) => [token.id, token.at]));
    for (const { wait, element, token } of records<WaitRecord>(result.state, 'waits'))
      if (token !== undefined && at.get(token) === element) assert.equal(told.get(wait), element, `${wait} was told`);
  }
});

law('numbers only grow, and times come from the host only', (plan, picks) => {
  const times = new Set<string>();
  let next = 0;
  for (const { before, env, result } of playRandom(plan, picks)) {
    times.add(env.now);
    const now = Number(result.state['next'] ?? 0);
    assert.ok(now >= next);
    if (
      result.state !== before &&
      result.wants.some((want) => 'wait' in want && want.kind !== 'withdraw' && want.kind !== 'timer')
    )
      assert.ok(now > next);
    next = now;
    for (const { at } of records<{ at: string }>(result.state, 'incidents')) assert.ok(times.has(at));
    for (const { due } of records<WaitRecord>(result.state, 'waits'))
      assert.ok(due === undefined || /^\d{4}-\d\d-\d\dT/.test(due));
  }
});

law('messages are kept in the order they came, once, until their time, and none that is awaited', (plan, picks) => {
  for (const { before, env, result } of playRandom(plan, picks)) {
    const kept = records<KeptMessage>(result.state, 'messages');
    const had = records<KeptMessage>(before, 'messages');
    if (result.state === before) continue;
    assert.ok(
      kept.every((one) => one.keep > env.now),
      'none is kept beyond its time',
    );
    const old = kept.filter((one) => had.some((other) => JSON.stringify(other) === JSON.stringify(one)));
    assert.ok(kept.length - old.length <= 1);
    const ids = kept.flatMap((one) => one.id ?? []);
    assert.equal(new Set(ids).size, ids.length, 'one with an id is kept once');
    for (const [index, gone] of had.entries()) {
      const isGone = gone.keep > env.now && !kept.some((one) => JSON.stringify(one) === JSON.stringify(gone));
      const passed = had.slice(0, index).find((one) => one.name === gone.name && one.key === gone.key && kept.includes(one));
      assert.ok(!(isGone && passed), 'the oldest of a key is given first');
    }
    for (const wait of records<WaitRecord>(result.state, 'waits'))
      if (wait.kind === 'message')
        assert.ok(
          !kept.some((one) => one.name === wait.name && (wait.key === undefined || wait.key === one.key)),
          'none is kept from who waits',
        );
  }
});

law('a cancelled case leaves nothing', (plan, picks) => {
  for (const { result, env } of playRandom(plan, picks)) {
    const { state } = step(plan, result.state, { kind: 'cancel' }, env);
    assertWhole(plan, state);
    assert.ok(state.ended);
  }
});

/** An event subprocess is entered as the event of its start happens. */
function isStartOf(plan: Plan, start: string, handler: string): boolean {
  return plan.nodes.get(start)?.scope === handler;
}

/** Messages, signals, kept messages without an id, moves and what is set may well happen twice. */
function isRepeatable({ kind }: Turn['input']): boolean {
  return kind === 'complete' || kind === 'error' || kind === 'timer' || kind === 'retry' || kind === 'start' || kind === 'cancel';
}

function frozen(state: EngineState): EngineState {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  };
  freeze(state);
  return state;
}
