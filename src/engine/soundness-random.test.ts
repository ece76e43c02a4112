// Soundness of random nets: made small, explored as drawn, and played on the real engine through every order and choice, they are judged alike.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile } from './compile.ts';
import type { Model } from './model.ts';
import { drawn, el, NOW, path, timer } from './play.test.ts';
import { xmlOf as randomXml } from './random-draw.test.ts';
import { randomModel } from './random-model.test.ts';
import { readModel } from './read.ts';
import { exploration } from './soundness.ts';
import { step } from './step.ts';
import type { EngineInput, EngineState } from './types.ts';
import { incidents, waits } from './waits.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');

async function modelOf(xml: string): Promise<Model> {
  const { model, findings } = await readModel(xml);
  assert.deepEqual(findings, []);
  assert.ok(model);
  return model;
}

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

/** Grown by putting a block of two branches, or a loop, in place of an edge: sound by construction. */
function structured(picks: readonly number[]): RandomNet {
  const gates: ('X' | 'A' | 'O')[] = ['X', 'X'];
  let edges: { from: number; to: number; late: number | undefined }[] = [
    { from: 0, to: 1, late: undefined },
    { from: 1, to: END, late: undefined },
  ];
  for (const pick of picks) {
    const kind = (['X', 'A', 'O', 'loop'] as const)[pick % 4]!;
    const at = (pick >> 2) % edges.length;
    const { from, to, late } = edges[at]!;
    const [first, second] = [gates.length, gates.length + 1];
    gates.push(kind === 'loop' ? 'X' : kind, kind === 'loop' ? 'X' : kind);
    const back = kind === 'loop' ? { from: second, to: first } : { from: first, to: second };
    edges = [
      ...edges.filter((_, index) => index !== at),
      { from, to: first, late: undefined },
      { from: first, to: second, late: undefined },
      { ...back, late: undefined },
      { from: second, to, late },
    ];
  }
  return { gates, edges };
}

/** A gateway of another kind, a flow that leads elsewhere, or one more way back. */
function mutated({ gates, edges }: RandomNet, how: number, pick: number): RandomNet {
  const at = pick % edges.length;
  const gate = pick % gates.length;
  switch (how % 3) {
    case 0:
      return { gates: gates.map((kind, index) => (index === gate ? (['X', 'A', 'O'] as const)[(pick >> 3) % 3]! : kind)), edges };
    case 1:
      return { gates, edges: edges.map((edge, index) => (index === at ? { ...edge, to: gate } : edge)) };
    default:
      return { gates, edges: [...edges, { from: gate, to: (pick >> 3) % gates.length, late: undefined }] };
  }
}

test('structured nets are sound, and with one fault put in are judged like the real engine', async () => {
  const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(picks, fc.nat(2), fc.nat(1000), async (grown, how, pick) => {
      const net = structured(grown);
      assert.deepEqual(exploration(await modelOf(xmlOf(net))).findings, []);
      const worse = mutated(net, how, pick);
      const choices = choicesOf(worse);
      fc.pre(choices.length <= 16);
      const model = await modelOf(xmlOf(worse));
      const verdict = played(model, choices, 100);
      fc.pre(verdict !== undefined);
      assert.deepEqual(verdictOf(exploration(model).findings), verdict);
    }),
    { numRuns: 150 },
  );
});

test('processes of every element, with one way in and one way out of each block, have no deadlock and do nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(randomModel, async (random) => {
      const { findings, complete } = exploration(await modelOf(randomXml(random)));
      assert.ok(complete);
      assert.deepEqual(
        findings.filter((one) => one.code !== 'never-runs'),
        [],
      );
    }),
    { numRuns: 100 },
  );
});
