// What is true of every state of every case: nothing hangs on what is gone, nothing stands still without a reason. Holds no test itself.
import assert from 'node:assert/strict';
import { records } from './format.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { IncidentRecord, ScopeRecord, TokenRecord, Undo, WaitRecord } from './run.ts';
import type { EngineState, StepResult } from './types.ts';

type Whole = {
  readonly plan: Plan;
  readonly tokens: ReadonlyMap<number, TokenRecord>;
  readonly scopes: ReadonlyMap<number, ScopeRecord>;
  readonly waits: readonly WaitRecord[];
  readonly failed: ReadonlyMap<number, IncidentRecord>;
};

export function assertWhole(plan: Plan, state: EngineState): void {
  const all = records<TokenRecord>(state, 'tokens');
  const inside = records<ScopeRecord>(state, 'scopes');
  const incidents = records<IncidentRecord>(state, 'incidents');
  const whole: Whole = {
    plan,
    tokens: new Map(all.map((one) => [one.id, one])),
    scopes: new Map(inside.map((one) => [one.id, one])),
    waits: records<WaitRecord>(state, 'waits'),
    failed: new Map(incidents.map((one) => [one.token, one])),
  };
  const ids = [...all, ...inside].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'tokens and scopes are numbered together');
  const given = [
    ...ids,
    ...whole.waits.map(({ wait }) => Number(wait.slice(1))),
    ...incidents.map(({ id }) => Number(id.slice(1))),
  ];
  assert.ok(
    given.every((id) => id < Number(state['next'])),
    'the next number is above all given ones',
  );
  assert.equal(inside.filter((one) => one.token === undefined).length, 1, 'there is one root');
  for (const scope of inside) assertScope(whole, scope);
  for (const token of all) assertToken(whole, token);
  for (const wait of whole.waits) assertWait(whole, wait);
  assert.equal(whole.failed.size, incidents.length, 'a token has failed once at most');
  for (const { token, element } of incidents)
    assert.equal(whole.tokens.get(token)?.at, element, 'an incident is where its token is');
  if (state.ended) assert.deepEqual([all, whole.waits, incidents, inside.length, state['messages']], [[], [], [], 1, undefined]);
  else assert.ok(all.length > 0, 'a case without tokens has ended');
}

function nodeAt({ plan }: Whole, id: string): PlanNode {
  const node = plan.nodes.get(id);
  assert.ok(node, `${id} is an element`);
  return node;
}

function assertScope(whole: Whole, scope: ScopeRecord): void {
  for (const undo of scope.undo ?? []) assertUndo(whole, undo, scope);
  if (scope.token === undefined) return assert.equal(scope.of, whole.plan.main);
  const owner = whole.tokens.get(scope.token);
  assert.ok(owner, `the scope of ${scope.of} belongs to a token`);
  const node = nodeAt(whole, owner.at);
  assert.equal(scope.of, scope.multi ? node.id : (node.calls?.process ?? node.id), 'a scope is inside the element of its token');
  if (scope.multi) assert.ok(node.loop && owner.inner === undefined, 'instances are of a multi-instance activity');
  const instances = [...whole.tokens.values()].filter((token) => token.in === scope.id).flatMap(({ inner }) => inner ?? []);
  assert.equal(new Set(instances).size, instances.length, 'no two instances share a number');
}

function assertUndo(whole: Whole, undo: Undo, scope: ScopeRecord): void {
  const node = nodeAt(whole, undo.of);
  if (undo.of !== scope.of) assert.equal(node.scope, scope.of, 'what is to be undone stood in its scope');
}

/** It stands in a living scope, where its element is, and for a reason: a wait, work inside it, an incident, a join, a compensation. */
function assertToken(whole: Whole, token: TokenRecord): void {
  const scope = whole.scopes.get(token.in);
  assert.ok(scope, `the token at ${token.at} stands in a scope`);
  const node = nodeAt(whole, token.at);
  assert.equal(
    token.inner !== undefined,
    scope.multi !== undefined,
    'instances stand in the body of their activity, and nothing else',
  );
  assert.equal(
    scope.multi || (token.for !== undefined && node.id === scope.of) ? node.id : node.scope,
    scope.of,
    'its element is in that scope',
  );
  if (token.for !== undefined) {
    const asking = whole.tokens.get(token.for);
    assert.equal(asking?.undoing?.in, token.in, 'who compensates is asked for it, in the scope that is undone');
  }
  const work = whole.waits.filter((wait) => wait.token === token.id && !isBorder(whole, wait)).length;
  const inner = [...whole.scopes.values()].filter((one) => one.token === token.id);
  const failed = whole.failed.has(token.id);
  const helpers = [...whole.tokens.values()].filter((one) => one.for === token.id).length;
  const told = `the token ${token.id} at ${token.at}`;
  if (token.undoing) {
    const reopened = token.undoing.after === 'close' ? 1 : 0;
    assert.deepEqual([work, failed, inner.length], [0, false, reopened], `${told} only compensates`);
    const handler = [...whole.tokens.values()].some(
      (one) => reopened === 1 && one.in === token.undoing?.in && one.for === undefined,
    );
    assert.equal(helpers + Number(handler), 1, `${told} has one thing undone at a time`);
    return;
  }
  assert.equal(helpers, 0, `${told} asks for no compensation`);
  const joining = ['parallel', 'inclusive'].includes(node.kind) && node.incoming.length > 1 && token.via !== undefined && !failed;
  if (joining && node.kind === 'parallel') {
    const come = new Set(
      [...whole.tokens.values()].filter((one) => one.at === node.id && one.in === token.in).map(({ via }) => via),
    );
    assert.ok(!node.incoming.every((flow) => come.has(flow)), `${told} waits for another`);
  }
  const choosing = node.kind === 'events' && work > 0;
  assert.equal(Number(joining) + Number(failed) + (choosing ? 1 : work) + inner.length, 1, `${told} stands there for one reason`);
}

function isBorder({ plan }: Whole, wait: WaitRecord): boolean {
  return plan.nodes.get(wait.element)?.kind === 'boundary';
}

function assertWait(whole: Whole, wait: WaitRecord): void {
  const same = whole.waits.filter((one) => one.element === wait.element && one.token === wait.token && one.scope === wait.scope);
  assert.equal(same.length, 1, `${wait.element} waits once for one of its owners`);
  if (wait.scope !== undefined) {
    const scope = whole.scopes.get(wait.scope);
    const handlers = scope && whole.plan.scopes.get(scope.of)?.handlers;
    return assert.ok(
      handlers?.some(({ start }) => start.id === wait.element),
      'an event subprocess listens in its scope',
    );
  }
  const token = whole.tokens.get(wait.token ?? 0);
  assert.ok(token, `the wait at ${wait.element} belongs to a token`);
  const node = nodeAt(whole, token.at);
  const events = node.kind === 'events' ? node.outgoing.map(({ to }) => to) : [node.id, ...node.boundaries.map(({ id }) => id)];
  assert.ok(events.includes(wait.element), `${wait.element} is waited for at ${token.at}`);
}

/** Of each element, how often its visits have begun and not ended, as the trail tells. */
export class Visits {
  readonly open = new Map<string, number>();
  readonly #known = new Set<string>();

  follow(plan: Plan, { trail, state }: StepResult): void {
    const lost = this.#newlyLost(plan, state);
    let last = '';
    for (const { element, did } of trail) {
      const count = this.open.get(element) ?? 0;
      const isOver = did === 'failed' && (last === `completed ${element}` || (lost.get(element) ?? 0) > 0);
      if (isOver) lost.set(element, (lost.get(element) ?? 0) - 1);
      if (did === 'entered') this.open.set(element, count + 1);
      else if (did !== 'taken' && !isOver) {
        assert.ok(count > 0, `${element} is ${did}, and was entered before`);
        this.open.set(element, count - 1);
      } else if (did === 'taken') assert.ok(!plan.nodes.has(element));
      last = `${did} ${element}`;
    }
  }

  /** Work that is done and finds no way on has failed after its visit: how many at each element since the last step. */
  #newlyLost(plan: Plan, state: EngineState): Map<string, number> {
    const lost = new Map<string, number>();
    for (const { id, phase, element } of records<IncidentRecord>(state, 'incidents')) {
      const isGateway = ['exclusive', 'parallel', 'inclusive'].includes(plan.nodes.get(element)?.kind ?? '');
      if (phase === 'leave' && !isGateway && !this.#known.has(id)) lost.set(element, (lost.get(element) ?? 0) + 1);
      this.#known.add(id);
    }
    return lost;
  }

  assertStanding(plan: Plan, state: EngineState): void {
    const failed = new Set(records<IncidentRecord>(state, 'incidents').map(({ token }) => token));
    const standing = new Map<string, number>();
    for (const token of records<TokenRecord>(state, 'tokens')) {
      const node = plan.nodes.get(token.at);
      const joining = (node?.kind === 'parallel' || node?.kind === 'inclusive') && node.incoming.length > 1;
      const beside = token.undoing !== undefined && token.undoing.after !== 'go';
      if (!joining && !failed.has(token.id) && !beside) standing.set(token.at, (standing.get(token.at) ?? 0) + 1);
    }
    for (const [element, count] of this.open) assert.equal(count, standing.get(element) ?? 0, `visits of ${element}`);
    for (const [element, count] of standing) assert.equal(this.open.get(element), count, `visits of ${element}`);
  }
}
