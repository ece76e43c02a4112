// Laws that hold for every structured process and every history of it, on random ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkModel } from './check.ts';
import { compile } from './compile.ts';
import type { Plan } from './plan.ts';
import { drawn, el, ext, io, NOW, path, script, service, timer, when } from './play.test.ts';
import { readModel } from './read.ts';
import { step } from './step.ts';
import type { EngineEnv, EngineInput, EngineState, WaitId } from './types.ts';
import { incidents, waits } from './waits.ts';

/** A block of a structured process: one way in, one way out. */
type Block =
  | { readonly kind: 'user' | 'service' | 'script' | 'timer' | 'timed' | 'reminded' }
  | { readonly kind: 'line' | 'choice' | 'fork' | 'some'; readonly of: readonly Block[] }
  | { readonly kind: 'sub' | 'loop'; readonly of: Block };

const { block } = fc.letrec<{ block: Block; leaf: Block; several: Block; around: Block }>((tie) => ({
  leaf: fc.record({ kind: fc.constantFrom('user', 'service', 'script', 'timer', 'timed', 'reminded') }),
  several: fc.record({
    kind: fc.constantFrom('line', 'choice', 'fork', 'some'),
    of: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
  }),
  around: fc.record({ kind: fc.constantFrom('sub', 'loop'), of: tie('block') }),
  block: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), tie('several'), tie('around')),
}));

/** Draws a block: its XML, and the ids of its first and last element. */
function draw(block: Block, next: { n: number }): { readonly xml: string; readonly first: string; readonly last: string } {
  const id = `${block.kind}${next.n++}`;
  const single = (xml: string): { xml: string; first: string; last: string } => ({ xml, first: id, last: id });
  switch (block.kind) {
    case 'user':
      return single(el('userTask', id, {}, ext(io({ own: '=n' }))));
    case 'service':
      return single(service(id, 't', io({}, { n: '=n2' })));
    case 'script':
      return single(script(id, id, '=if n = null then 0 else n + 1'));
    case 'timer':
      return single(el('intermediateCatchEvent', id, {}, timer('timeDuration', 'PT1H')));
    case 'timed': {
      const late = el('boundaryEvent', `${id}late`, { attachedToRef: id }, timer('timeDuration', 'P1D'));
      const xml = el('userTask', id) + late + el('exclusiveGateway', `${id}x`) + path(`${id} ${id}x`) + path(`${id}late ${id}x`);
      return { xml, first: id, last: `${id}x` };
    }
    case 'reminded': {
      const remind = el('boundaryEvent', `${id}r`, { attachedToRef: id, cancelActivity: 'false' }, timer('timeCycle', 'R2/PT1H'));
      return single(
        el('userTask', id) + remind + el('userTask', `${id}u`) + el('endEvent', `${id}e`) + path(`${id}r ${id}u ${id}e`),
      );
    }
    case 'sub': {
      const inner = draw(block.of, next);
      return single(
        el(
          'subProcess',
          id,
          {},
          el('startEvent', `${id}s`),
          inner.xml,
          el('endEvent', `${id}e`),
          path(`${id}s ${inner.first}`),
          path(`${inner.last} ${id}e`),
        ),
      );
    }
    case 'loop': {
      const inner = draw(block.of, next);
      const gate =
        el('exclusiveGateway', `${id}x`, { default: `${id}x_${id}end` }) +
        el('exclusiveGateway', id) +
        el('userTask', `${id}again`) +
        el('task', `${id}end`);
      const lines =
        path(`${id} ${inner.first}`) +
        path(`${inner.last} ${id}x ${id}end`) +
        when(`${id}x`, `${id}again`, '=n = 1') +
        path(`${id}again ${id}`);
      return { xml: inner.xml + gate + lines, first: id, last: `${id}end` };
    }
    case 'line': {
      const parts = block.of.map((one) => draw(one, next));
      const joins = parts.slice(1).map((part, index) => path(`${parts[index]!.last} ${part.first}`));
      return { xml: parts.map((part) => part.xml).join('') + joins.join(''), first: parts[0]!.first, last: parts.at(-1)!.last };
    }
    case 'choice':
    case 'fork':
    case 'some':
      return split(
        block.kind,
        id,
        block.of.map((one) => draw(one, next)),
      );
  }
}

function split(
  kind: 'choice' | 'fork' | 'some',
  id: string,
  parts: readonly { readonly xml: string; readonly first: string; readonly last: string }[],
): ReturnType<typeof draw> {
  const type = { choice: 'exclusiveGateway', fork: 'parallelGateway', some: 'inclusiveGateway' }[kind];
  const lines = parts.map(
    (part, index) =>
      (kind === 'fork' || index === 0
        ? path(`${id} ${part.first}`)
        : when(id, part.first, `=n = ${index}${kind === 'some' ? ' or m' : ''}`)) + path(`${part.last} ${id}j`),
  );
  const gate = el(type, id, kind === 'fork' ? {} : { default: `${id}_${parts[0]!.first}` });
  return { xml: gate + el(type, `${id}j`) + parts.map((part) => part.xml).join('') + lines.join(''), first: id, last: `${id}j` };
}

function xmlOf(block: Block): string {
  const { xml, first, last } = draw(block, { n: 1 });
  return drawn(el('startEvent', 'Start'), xml, el('endEvent', 'End'), path(`Start ${first}`), path(`${last} End`));
}

async function planOf(block: Block): Promise<Plan> {
  const { model, findings } = await readModel(xmlOf(block));
  assert.deepEqual(findings, []);
  assert.ok(model);
  assert.deepEqual(
    checkModel(model, { forms: [], decisions: [] }).filter((one) => one.severity === 'error'),
    [],
  );
  return compile(model);
}

const ENV: EngineEnv = { now: NOW, workingDue: (from) => from };

/** What a number makes of the waits that stand open: one is chosen, and something happens to it. */
function inputFor(state: EngineState, pick: number): EngineInput | undefined {
  const open = waits(state);
  const chosen = open[pick % Math.max(open.length, 1)];
  if (!chosen) return undefined;
  const vars = { n: pick % 4, m: pick % 3 === 0, n2: pick % 5 };
  return chosen.kind === 'timer' ? { kind: 'timer', wait: chosen.wait } : { kind: 'complete', wait: chosen.wait, result: vars };
}

function run(
  plan: Plan,
  picks: readonly number[],
  after: (state: EngineState, input: EngineInput) => void = () => undefined,
): { states: EngineState[]; inputs: EngineInput[] } {
  const inputs: EngineInput[] = [{ kind: 'start', vars: { n: 0, m: false } }];
  let state = step(plan, undefined, inputs[0]!, ENV).state;
  const states = [state];
  for (const pick of picks) {
    const input = inputFor(state, pick);
    if (!input) break;
    state = step(plan, state, input, ENV).state;
    states.push(state);
    inputs.push(input);
    after(state, input);
  }
  return { states, inputs };
}

const picks = fc.array(fc.nat({ max: 1000 }), { maxLength: 40 });
const law = (name: string, check: (plan: Plan, picks: readonly number[]) => void): void => {
  test(name, () =>
    fc.assert(
      fc.asyncProperty(block, picks, async (one, chosen) => check(await planOf(one), chosen)),
      { numRuns: 40 },
    ),
  );
};

// Answers that end every loop, whatever earlier ones left in the variables.
law('structured processes never come to an incident or a deadlock, and end', (plan, chosen) => {
  let { state } = { state: run(plan, chosen).states.at(-1)! };
  for (let steps = 0; !state.ended && steps < 500; steps++) {
    assert.ok(waits(state).length > 0, 'a case that has not ended waits for something');
    const work = waits(state).find((one) => one.kind !== 'timer') ?? waits(state)[0]!;
    state = step(
      plan,
      state,
      work.kind === 'timer' ? { kind: 'timer', wait: work.wait } : { kind: 'complete', wait: work.wait, result: { n: 0, n2: 0 } },
      ENV,
    ).state;
    assert.deepEqual(incidents(state), []);
  }
  assert.equal(state.ended?.how, 'completed');
  assert.deepEqual([waits(state), state['tokens'], (state['scopes'] as readonly unknown[]).length], [[], [], 1]);
});

law('the same history gives the same state, through JSON or not', (plan, chosen) => {
  const { states, inputs } = run(plan, chosen);
  let state: EngineState | undefined;
  for (const [index, input] of inputs.entries()) {
    state = JSON.parse(JSON.stringify(step(plan, state, input, ENV).state)) as EngineState;
    assert.deepEqual(state, states[index]);
  }
});

law('a step leaves the state it was given as it was', (plan, chosen) => {
  const { states, inputs } = run(plan, chosen);
  for (const [index, input] of inputs.slice(1).entries()) {
    const before = JSON.stringify(states[index]);
    step(plan, states[index], input, ENV);
    assert.equal(JSON.stringify(states[index]), before);
  }
});

law('inputs repeated at any later time change nothing', (plan, chosen) => {
  const past: EngineInput[] = [{ kind: 'start', vars: {} }];
  run(plan, chosen, (state, input) => {
    past.push(input);
    for (const old of past) {
      const again = step(plan, state, old, ENV);
      assert.equal(again.state, state);
      assert.deepEqual([again.trail, again.wants], [[], []]);
    }
  });
});

law('wants and withdrawals keep the host’s list of waits equal to the state’s', (plan, chosen) => {
  const host = new Set<WaitId>();
  const ever = new Set<WaitId>();
  let state: EngineState | undefined;
  for (const input of run(plan, chosen).inputs) {
    const result = step(plan, state, input, ENV);
    if ('wait' in input) host.delete(input.wait);
    for (const want of result.wants) {
      if (want.kind === 'throw' || want.kind === 'broadcast') continue;
      if (want.kind === 'withdraw') assert.ok(host.delete(want.wait), 'only what was told is withdrawn');
      else {
        assert.ok(!ever.has(want.wait), 'a wait is never used again');
        host.add(want.wait);
        ever.add(want.wait);
      }
    }
    state = result.state;
    assert.deepEqual(
      [...host].toSorted(),
      waits(state)
        .map((one) => one.wait)
        .toSorted(),
    );
  }
});

law('cancelling at any time leaves no wait, no token and no inner scope', (plan, chosen) => {
  const before = run(plan, chosen).states.at(-1)!;
  const after = step(plan, before, { kind: 'cancel' }, ENV).state;
  if (!before.ended) assert.deepEqual(after.ended, { how: 'cancelled' });
  assert.deepEqual([waits(after), after['tokens'], (after['scopes'] as readonly unknown[]).length], [[], [], 1]);
});

law('tokens are conserved: every element entered is completed, cancelled or still stood at', (plan, chosen) => {
  const balance = new Map<string, number>();
  let state: EngineState | undefined;
  for (const input of run(plan, chosen).inputs) {
    const result = step(plan, state, input, ENV);
    for (const { element, did } of result.trail) {
      const change = did === 'entered' ? 1 : did === 'completed' || did === 'cancelled' ? -1 : 0;
      balance.set(element, (balance.get(element) ?? 0) + change);
    }
    state = result.state;
    const standing = new Map<string, number>();
    const atJoin = (at: string, via: unknown): boolean =>
      via !== undefined &&
      (plan.nodes.get(at)?.incoming.length ?? 0) > 1 &&
      ['parallel', 'inclusive'].includes(plan.nodes.get(at)!.kind);
    for (const token of state['tokens'] as readonly { at: string; via?: string }[])
      if (!atJoin(token.at, token.via)) standing.set(token.at, (standing.get(token.at) ?? 0) + 1);
    for (const [element, count] of balance) assert.equal(count, standing.get(element) ?? 0, element);
  }
});

law('the trail tells the wait of every element that is stood at, and of every event that has happened', (plan, chosen) => {
  const told = new Map<WaitId, string>();
  let state: EngineState | undefined;
  for (const input of run(plan, chosen).inputs) {
    const fired = input.kind === 'timer' ? waits(state!).find((one) => one.wait === input.wait) : undefined;
    const result = step(plan, state, input, ENV);
    for (const { element, did, wait } of result.trail)
      if (did === 'entered' && wait !== undefined) {
        assert.ok(!told.has(wait) || fired?.wait === wait, 'a wait is told once, and again only as it fires');
        told.set(wait, element);
      }
    state = result.state;
    if (fired) assert.equal(told.get(fired.wait), fired.element);
    const listening = (element: string): boolean => plan.nodes.get(element)?.kind === 'boundary';
    for (const one of waits(state)) if (!listening(one.element)) assert.equal(told.get(one.wait), one.element);
  }
});
