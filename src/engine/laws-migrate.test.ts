// Laws of migration over random processes and histories: the same version, a renamed one and back, and one with other events.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { records } from './format.ts';
import { migrate, type Mapping, type Migration } from './migrate.ts';
import type { Plan } from './plan.ts';
import { checkRandom, randomPlan } from './random-cases.test.ts';
import { playRandom, playToEnd, type Pick, type Turn } from './random-history.test.ts';
import type { Activity, Block, Handler, Inside, Listening, RandomModel } from './random-model.test.ts';
import { assertWhole } from './random-whole.test.ts';
import type { IncidentRecord } from './run.ts';
import { step } from './step.ts';
import type { EngineState } from './types.ts';
import { waits } from './waits.ts';

const running = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ before, result }) => !result.state.ended && result.state !== before);

test('a case that goes over to the same version is as it was', () =>
  checkRandom(50, (plan, picks) => {
    for (const { result, env } of running(playRandom(plan, picks)))
      assert.deepEqual(unmoved(migrate(plan, plan, result.state, { env })), { state: result.state, wants: [], refusals: [] });
  }));

test('a case that goes over to a renamed version goes on as if it had begun there, and comes back as it was', () =>
  checkRandom(50, async (plan, picks, model) => {
    const renamed = await randomPlan(model, 'x');
    const [there, back] = [namesFrom(plan, renamed), namesFrom(renamed, plan)];
    let twin: EngineState | undefined;
    for (const { before, input, env, result } of playRandom(plan, picks)) {
      const moved = input.kind === 'move' ? { ...input, to: there[input.to] ?? input.to } : input;
      twin = step(renamed, twin, moved, env).state;
      if (result.state.ended || result.state === before) continue;
      const over = migrate(plan, renamed, result.state, { mapping: there, env });
      assert.deepEqual([over.wants, over.refusals, over.state && unworded(over.state)], [[], [], unworded(twin)]);
      const again = migrate(renamed, plan, twin, { mapping: back, env });
      assert.deepEqual([again.wants, again.refusals, again.state && unworded(again.state)], [[], [], unworded(result.state)]);
    }
  }));

test('a case that may go over to a version with other events is whole there, and its host is told what that changes', async () => {
  let accepted = 0;
  await checkRandom(50, async (plan, picks, model) => {
    const next = await randomPlan(otherEvents(model, picks.length));
    for (const { result, env } of running(playRandom(plan, picks, { moves: false }))) {
      const over = migrate(plan, next, result.state, { env });
      assert.equal(over.state === undefined, over.refusals.length > 0);
      if (!over.state) continue;
      accepted += 1;
      assertWhole(next, over.state);
      assertTold(result.state, over, over.state);
      assert.deepEqual(unmoved(migrate(next, next, over.state, { env })), { state: over.state, wants: [], refusals: [] });
    }
    const { result, env } = playRandom(plan, picks, { moves: false }).at(-1)!;
    const last = result.state.ended ? undefined : migrate(plan, next, result.state, { env });
    if (last?.state) assert.ok(playToEnd(next, last.state, env.now).state.ended, 'and comes to its end');
  });
  assert.ok(accepted > 50);
});

test('a case is whole under whatever mapping it may go over by', () =>
  checkRandom(30, (plan, picks) => {
    for (const { result, env } of running(playRandom(plan, picks))) {
      const over = migrate(plan, plan, result.state, { mapping: someNames(plan, picks), env });
      if (!over.state) continue;
      assertWhole(plan, over.state);
      assertTold(result.state, over, over.state);
    }
  }));

function unmoved({ moves: _moves, ...rest }: Migration): Omit<Migration, 'moves'> {
  return rest;
}

/** What has gone wrong is said in words, which name the elements of then. */
function unworded(state: EngineState): EngineState {
  return { ...state, incidents: records<IncidentRecord>(state, 'incidents').map((one) => ({ ...one, reason: '' })) };
}

/** The two versions are the same drawing: its elements, flows and scopes come in the same order. */
function namesFrom(from: Plan, to: Plan): Mapping {
  const names = (plan: Plan): readonly string[] => [
    ...[...plan.nodes.values()].flatMap(({ id, incoming, outgoing, fallback }) => [
      id,
      ...incoming,
      ...outgoing.map((flow) => flow.id),
      ...(fallback ? [fallback.id] : []),
    ]),
    ...plan.scopes.keys(),
  ];
  const others = names(to);
  return Object.fromEntries(names(from).map((name, index) => [name, others[index] ?? name]));
}

/** One element taken for another of its kind. */
function someNames(plan: Plan, picks: readonly Pick[]): Mapping {
  const nodes = [...plan.nodes.values()];
  return Object.fromEntries(
    picks.slice(0, 3).flatMap(([which, what]) => {
      const from = nodes[which % nodes.length]!;
      const same = nodes.filter((node) => node.kind === from.kind && node.trigger.on === from.trigger.on);
      return [[from.id, same[what % same.length]!.id]];
    }),
  );
}

/** The host's list of waits with the migration's wants is the new state's. */
function assertTold(before: EngineState, { wants }: Migration, after: EngineState): void {
  const listed = (state: EngineState): readonly string[] =>
    waits(state)
      .filter((one) => one.kind !== 'condition')
      .map((one) => one.wait);
  const host = new Set(listed(before));
  for (const want of wants) {
    if (want.kind === 'withdraw') assert.ok(host.delete(want.wait as string));
    else if ('wait' in want) host.add(want.wait);
  }
  assert.deepEqual([...host].toSorted(), listed(after).toSorted());
}

/** The same process but for its boundary events: some are gone, some new, some wait for something else or interrupt where they did not. */
function otherEvents(model: RandomModel, seed: number): RandomModel {
  let turn = seed;
  const events = (all: readonly Listening[]): readonly Listening[] => {
    turn += 1;
    const [first, ...rest] = all;
    if (turn % 4 === 0) return rest;
    if (turn % 4 === 1) return [...all, { on: 'PT1H', stops: turn % 3 === 0 }, { on: 'mk', stops: false }];
    if (turn % 4 === 2 && first) return [{ on: 'sb', stops: first.stops }, ...rest];
    return all;
  };
  const handlers = (all: readonly Handler[]): readonly Handler[] => {
    const plain = all.filter((one) => !one.inside);
    return [...all.filter((one) => one.inside), ...events(plain)];
  };
  const inside = <T extends Inside>(one: T): T => ({ ...one, of: other(one.of), handlers: handlers(one.handlers) });
  const activity = (one: Activity): Activity =>
    one.kind === 'sub' ? inside(one) : one.kind === 'call' ? { ...one, of: other(one.of) } : one;
  const other = (one: Block): Block => {
    if (one.kind === 'held') return { ...one, work: activity(one.work), border: events(one.border) };
    if ('of' in one && Array.isArray(one.of)) return { ...one, of: (one.of as readonly Block[]).map(other) } as Block;
    if (one.kind === 'loop') return { ...one, of: other(one.of) };
    return one.kind === 'sub' || one.kind === 'call' ? activity(one) : one;
  };
  return inside(model);
}
