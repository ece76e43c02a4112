// Soundness: the three classic faults with their paths, the patterns that are none of them, and that making a net small, exploring it as it is,
// and playing the real engine through every choice all judge alike.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile } from './compile.ts';
import type { Model } from './model.ts';
import { drawn, el, NOW, path, timer, when } from './play.test.ts';
import { readModel } from './read.ts';
import { exploration } from './soundness.ts';
import { step } from './step.ts';
import type { EngineInput, EngineState } from './types.ts';
import { incidents, waits } from './waits.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const users = (...ids: readonly string[]): string => ids.map((id) => el('userTask', id)).join('');
const and = (...ids: readonly string[]): string => ids.map((id) => el('parallelGateway', id)).join('');
const xor = (id: string, fallback?: string): string =>
  el('exclusiveGateway', id, fallback ? { default: `${id}_${fallback}` } : {});

async function modelOf(xml: string): Promise<Model> {
  const { model, findings } = await readModel(xml);
  assert.deepEqual(findings, []);
  assert.ok(model);
  return model;
}

async function judged(...parts: readonly string[]): Promise<{ found: string[]; paths: string[]; states: number }> {
  const model = await modelOf(drawn(...parts));
  const { findings, states, complete } = exploration(model);
  assert.ok(complete);
  const plain = exploration(model, { plain: true });
  assert.deepEqual(findings.map((one) => one.code).toSorted(), plain.findings.map((one) => one.code).toSorted());
  for (const one of findings) assert.equal(one.severity, 'error', one.code);
  return {
    found: findings.map((one) => `${one.code} ${one.place}`),
    paths: findings.map((one) => (one.path ?? []).join(' ')),
    states,
  };
}

test('a parallel join after an exclusive split is a deadlock', async () => {
  const { found, paths } = await judged(
    S,
    xor('X', 'B'),
    users('A', 'B'),
    and('J'),
    E,
    path('S X B J E'),
    when('X', 'A', '=a'),
    path('A J'),
  );
  assert.deepEqual(found, ['deadlock J']);
  assert.deepEqual(paths, ['S S_X X X_B B B_J']);
});

test('an exclusive merge after a parallel split does what follows twice', async () => {
  const parts = [S, and('F'), users('A', 'B', 'C'), xor('X'), E, path('S F A X C E'), path('F B X')];
  const { found, paths } = await judged(...parts);
  assert.deepEqual(found, ['lack-of-synchronisation C']);
  assert.match(paths[0]!, /^S S_F F .* C$/);
});

test('a branch that is left behind when an end is reached is an orphan token', async () => {
  const parts = [
    S,
    and('F', 'J'),
    users('A', 'B'),
    xor('X', 'J'),
    el('endEvent', 'E1'),
    E,
    path('S F A J E'),
    path('F B X J'),
    when('X', 'E1', '=x'),
  ];
  const { found, paths } = await judged(...parts);
  assert.deepEqual(found, ['orphan-token J']);
  assert.match(paths[0]!, /X_E1 E1/);
});

test('a terminate end leaves nothing behind', async () => {
  const stop = el('endEvent', 'E1', {}, '<bpmn:terminateEventDefinition/>');
  const parts = [
    S,
    and('F', 'J'),
    users('A', 'B'),
    xor('X', 'J'),
    stop,
    E,
    path('S F A J E'),
    path('F B X J'),
    when('X', 'E1', '=x'),
  ];
  assert.deepEqual((await judged(...parts)).found, []);
});

test('branches may end one by one, at one plain end or several', async () => {
  assert.deepEqual((await judged(S, and('F'), users('A', 'B'), E, path('S F A E'), path('F B E'))).found, []);
  assert.deepEqual((await judged(S, and('F'), users('A', 'B'), xor('X'), E, path('S F A X E'), path('F B X'))).found, []);
  assert.deepEqual((await judged(S, users('A', 'B'), E, path('S A B E'), path('A E'))).found, []);
});

test('an outcome is told once', async () => {
  const outcome = el('endEvent', 'E', {}, '<bpmn:extensionElements><dargah:outcome status="issued"/></bpmn:extensionElements>');
  assert.deepEqual((await judged(S, and('F'), users('A', 'B'), outcome, path('S F A E'), path('F B E'))).found, [
    'lack-of-synchronisation E',
  ]);
});

test('an inclusive gateway with a default and one condition is a choice', async () => {
  const parts = [
    S,
    el('inclusiveGateway', 'O', { default: 'O_A' }),
    users('A', 'B', 'C'),
    xor('X'),
    E,
    path('S O A X C E'),
    when('O', 'B', '=b'),
    path('B X'),
  ];
  assert.deepEqual((await judged(...parts)).found, []);
});

test('a way back that makes branches grows without bound', async () => {
  const { found } = await judged(S, users('A', 'B'), and('F'), E, path('S A F A'), path('F B E'));
  assert.ok(found.includes('unbounded-growth B') || found.includes('unbounded-growth A'), found.join(', '));
});

test('an element that no run reaches is found behind a subprocess that never completes', async () => {
  const inside = [el('startEvent', 'S1'), el('endEvent', 'E1', {}, '<bpmn:errorEventDefinition/>'), path('S1 E1')];
  const late = el('boundaryEvent', 'B', { attachedToRef: 'Sub' }, '<bpmn:errorEventDefinition/>');
  const parts = [S, el('subProcess', 'Sub', {}, ...inside), late, users('A'), E, path('S Sub A E'), path('B E')];
  assert.deepEqual((await judged(...parts)).found, ['never-runs A']);
});

test('many parallel branches with many steps leave next to nothing to explore', async () => {
  const branches = Array.from({ length: 12 }, (_, index) => {
    const ids = Array.from({ length: 10 }, (_, step) => `T${index}x${step}`);
    return users(...ids) + path(`F ${ids.join(' ')} J`);
  });
  const { found, states } = await judgedSmall(S, and('F', 'J'), E, path('S F'), path('J E'), ...branches);
  assert.deepEqual(found, []);
  assert.ok(states < 10, `${states} states`);
});

async function judgedSmall(...parts: readonly string[]): Promise<{ found: string[]; states: number }> {
  const { findings, states, complete } = exploration(await modelOf(drawn(...parts)));
  assert.ok(complete);
  return { found: findings.map((one) => one.code), states };
}

test('where there is too much to explore, that is said, with what is left unproven', async () => {
  const size = 18;
  const branches = Array.from({ length: size }, (_, index) => [
    users(`A${index}`, `B${index}`),
    and(`G${index}`, `H${index}`),
    path(`F G${index} A${index} H${index} J`),
    path(`G${index} B${index} H${(index + 1) % size}`),
  ]);
  const model = await modelOf(drawn(S, and('F', 'J'), E, path('S F'), path('J E'), ...branches.flat()));
  const { findings, states, complete } = exploration(model);
  if (complete) return assert.deepEqual(findings, []);
  assert.deepEqual(
    findings.map((one) => `${one.severity} ${one.code}`),
    ['warning too-large-to-explore'],
  );
  assert.match(findings[0]!.reason.en, new RegExp(`${states}`));
});

/** A small net of gateways; every flow but some into ends has a user task on it, of which some have a timer that leads elsewhere. */
type RandomNet = {
  readonly gates: readonly ('X' | 'A' | 'O')[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly late: number | undefined }[];
};

const END = 100;
const STOP = 101;
const netOf = (most: number): fc.Arbitrary<RandomNet> =>
  fc
    .record({
      gates: fc.array(fc.constantFrom('X' as const, 'X' as const, 'A' as const, 'A' as const, 'O' as const), {
        minLength: 2,
        maxLength: most,
      }),
      more: fc.array(
        fc.record({
          from: fc.nat(most),
          to: fc.oneof(fc.nat(most), fc.constantFrom(END, END, STOP)),
          late: fc.option(fc.nat(most), { freq: 4 }),
        }),
        { minLength: 1, maxLength: most + 2 },
      ),
    })
    .map(({ gates, more }) => {
      const count = gates.length;
      const line = gates.map((_, index) => ({ from: index, to: index + 1 === count ? END : index + 1, late: undefined }));
      const inside = (index: number): number => (index >= END ? index : index % count);
      return {
        gates,
        edges: [
          ...line,
          ...more.map((edge) => ({
            from: inside(edge.from),
            to: inside(edge.to),
            late: edge.late === null ? undefined : inside(edge.late),
          })),
        ],
      };
    });

const TYPES = { X: 'exclusiveGateway', A: 'parallelGateway', O: 'inclusiveGateway' };
const nameOf = (index: number): string => (index === END ? 'E' : index === STOP ? 'Stop' : `G${index}`);

function xmlOf({ gates, edges }: RandomNet): string {
  const isBare = (edge: number): boolean => edges[edge]!.to === END && edge % 2 === 0 && edges[edge]!.late === undefined;
  const parts = gates.map((kind, index) => {
    const outs = edges.flatMap((edge, number) => (edge.from === index ? [number] : []));
    const first = outs[0] ?? 0;
    const target = (edge: number): string => (isBare(edge) ? nameOf(edges[edge]!.to) : `T${edge}`);
    const isChoice = kind !== 'A' && outs.length > 1;
    const flows = outs.map((edge, position) => {
      const id = `f${edge}`;
      const condition =
        kind === 'X' ? `=g${index} = ${position}` : `=list contains([${withBit(position, outs.length)}], g${index})`;
      const body =
        isChoice && !(kind === 'X' && position === 0) ? `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>` : '';
      return `<bpmn:sequenceFlow id="${id}" sourceRef="G${index}" targetRef="${target(edge)}">${body}</bpmn:sequenceFlow>`;
    });
    return el(TYPES[kind], `G${index}`, kind === 'X' && isChoice ? { default: `f${first}` } : {}) + flows.join('');
  });
  const tasks = edges.flatMap((edge, number) => {
    if (isBare(number)) return [];
    const late =
      edge.late === undefined
        ? ''
        : el('boundaryEvent', `L${number}`, { attachedToRef: `T${number}` }, timer('timeDuration', 'P1D')) +
          path(`L${number} ${nameOf(edge.late)}`);
    return [el('userTask', `T${number}`) + late + path(`T${number} ${nameOf(edge.to)}`)];
  });
  const stop = el('endEvent', 'Stop', {}, '<bpmn:terminateEventDefinition/>');
  return drawn(S, E, stop, path('S G0'), ...parts, ...tasks);
}

const withBit = (position: number, count: number): string =>
  Array.from({ length: 2 ** count - 1 }, (_, bits) => bits + 1)
    .filter((bits) => (bits >> position) & 1)
    .join(', ');

/** Every assignment of what the gateways read. */
function choicesOf({ gates, edges }: RandomNet): readonly Record<string, number>[] {
  let all: Record<string, number>[] = [{}];
  for (const [index, kind] of gates.entries()) {
    const outs = edges.filter((edge) => edge.from === index).length;
    if (kind === 'A' || outs < 2) continue;
    const values =
      kind === 'X'
        ? Array.from({ length: outs }, (_, value) => value)
        : Array.from({ length: 2 ** outs - 1 }, (_, bits) => bits + 1);
    all = all.flatMap((one) => values.map((value) => ({ ...one, [`g${index}`]: value })));
  }
  return all;
}

/** What is stuck only after something was done twice already is no verdict of its own: how far a walk goes on from there is its own affair. */
type Verdict = { readonly stuck: boolean; readonly doubled: boolean; readonly endless: boolean };
const ENV = { now: NOW, workingDue: () => NOW };

/** Plays the engine through every order and choice; undefined where that is too much. */
function played(model: Model, choices: readonly Record<string, number>[], most: number): Verdict | undefined {
  const plan = compile(model);
  const tokensOf = (state: EngineState): string[] =>
    (state['tokens'] as readonly { at: string; via?: string }[]).map(({ at, via }) => `${at} ${via}`).toSorted();
  const seen = new Map<string, { state: EngineState; next: string[] }>();
  const open: string[] = [];
  let [stuck, doubled] = [false, false];
  const visit = (state: EngineState, from?: string): void => {
    assert.deepEqual(incidents(state), []);
    const tokens = tokensOf(state);
    const key = state.ended ? 'ended' : tokens.join();
    if (from !== undefined) seen.get(from)!.next.push(key);
    if (seen.has(key)) return;
    seen.set(key, { state, next: [] });
    if (state.ended) return;
    if (tokens.some((one, index) => tokens[index + 1] === one)) doubled = true;
    else if (waits(state).length === 0) stuck = true;
    else open.push(key);
  };
  for (const vars of choices) visit(step(plan, undefined, { kind: 'start', vars }, ENV).state);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.size > most) return undefined;
    const { state } = seen.get(key)!;
    for (const wait of waits(state))
      for (const vars of choices) {
        // What a timer does not bring is written as another task would have.
        const set: EngineInput = { kind: 'set', vars };
        const input: EngineInput =
          wait.kind === 'timer' ? { kind: 'timer', wait: wait.wait } : { kind: 'complete', wait: wait.wait, result: {} };
        visit(step(plan, step(plan, state, set, ENV).state, input, ENV).state, key);
      }
  }
  const ending = new Set(['ended']);
  for (let grown = true; grown;) {
    const before = ending.size;
    for (const [key, { next }] of seen) if (next.some((one) => ending.has(one))) ending.add(key);
    grown = ending.size > before;
  }
  return { stuck: stuck && !doubled, doubled, endless: !stuck && !doubled && [...seen.keys()].some((key) => !ending.has(key)) };
}

function verdictOf(found: readonly { readonly code: string }[]): Verdict {
  const has = (...codes: readonly string[]): boolean => found.some((one) => codes.includes(one.code));
  const [stuck, doubled] = [has('deadlock', 'orphan-token'), has('lack-of-synchronisation')];
  return { stuck: stuck && !doubled, doubled, endless: !stuck && !doubled && has('no-completion') };
}

test('a net made small is judged like the net as it is', async () => {
  await fc.assert(
    fc.asyncProperty(netOf(5), async (net) => {
      const model = await modelOf(xmlOf(net));
      const plain = exploration(model, { plain: true });
      fc.pre(plain.complete);
      const small = exploration(model);
      assert.deepEqual(verdictOf(small.findings), verdictOf(plain.findings));
      const dead = (found: typeof plain): string[] =>
        found.findings.filter((one) => one.code === 'never-runs').map((one) => one.place);
      assert.deepEqual(dead(small), dead(plain));
      assert.ok(small.states <= 2 * plain.states, `${small.states} for ${plain.states}`);
    }),
    { numRuns: 150 },
  );
});

test('a net is judged like the real engine played through every order and choice', async () => {
  await fc.assert(
    fc.asyncProperty(netOf(4), async (net) => {
      const choices = choicesOf(net);
      fc.pre(choices.length <= 12);
      const model = await modelOf(xmlOf(net));
      const verdict = played(model, choices, 80);
      fc.pre(verdict !== undefined);
      assert.deepEqual(verdictOf(exploration(model).findings), verdict);
    }),
    { numRuns: 150 },
  );
});
