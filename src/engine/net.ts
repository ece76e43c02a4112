// One scope of a model as a net: tokens lie on flows, elements move them, every choice is free. What soundness.ts explores; data and time are left out.
import type { Model, ModelNode } from './model.ts';
import { reachOf } from './reach.ts';

/** Tokens on each flow of the net. */
export type Marking = readonly number[];
export type Firing = { readonly node: string; readonly made: readonly string[]; readonly marking: Marking };
export type Net = {
  readonly flows: readonly { readonly id: string; readonly to: string }[];
  readonly initial: readonly Firing[];
  fire(marking: Marking): readonly Firing[];
};

type Outcome = { readonly flows: readonly string[]; readonly clears: boolean };
type Maker = {
  readonly model: Model;
  readonly nodes: readonly ModelNode[];
  readonly apart: ReadonlySet<string>;
  readonly index: ReadonlyMap<string, number>;
};

/** From the start of the scope, or from a non-interrupting boundary event whose branch lives apart. */
export function netOf(model: Model, scope: string, from: ModelNode, apart: ReadonlySet<string>): Net {
  const nodes = model.nodes.filter((node) => node.scope === scope);
  const flows = model.flows.filter((flow) => flow.scope === scope).map(({ id, to }) => ({ id, to }));
  const maker: Maker = { model, nodes, apart, index: new Map(flows.map((flow, index) => [flow.id, index])) };
  const empty = flows.map(() => 0);
  const movers = nodes.filter((node) => node.incoming.length > 0).map((node) => moverOf(maker, node, flows));
  return {
    flows,
    initial: outcomesOf(maker, from).map((outcome) => fired(maker, from, empty, outcome)),
    fire: (marking) => movers.flatMap((move) => move(marking)),
  };
}

function fired(maker: Maker, node: ModelNode, taken: Marking, { flows, clears }: Outcome): Firing {
  const marking = clears ? taken.map(() => 0) : [...taken];
  for (const flow of flows) add(marking, maker.index.get(flow), 1);
  return { node: node.id, made: flows, marking };
}

function add(marking: number[], index: number | undefined, change: number): void {
  if (index !== undefined) marking[index] = (marking[index] ?? 0) + change;
}

type Mover = (marking: Marking) => readonly Firing[];

function moverOf(maker: Maker, node: ModelNode, flows: Net['flows']): Mover {
  const outcomes = outcomesOf(maker, node);
  const places = node.incoming.flatMap((flow) => maker.index.get(flow) ?? []);
  const move = (marking: Marking, consumed: readonly number[]): readonly Firing[] => {
    const rest = [...marking];
    for (const place of consumed) add(rest, place, -1);
    return outcomes.map((outcome) => fired(maker, node, rest, outcome));
  };
  const marked = (marking: Marking): readonly number[] => places.filter((place) => (marking[place] ?? 0) > 0);
  if (places.length > 1 && node.kind === 'parallel')
    return (marking) => (marked(marking).length === places.length ? move(marking, places) : []);
  if (places.length > 1 && node.kind === 'inclusive') {
    const isAwaited = awaiting(maker, node, flows);
    return (marking) => {
      const here = marked(marking);
      return here.length === 0 || isAwaited(marking, here) ? [] : move(marking, here);
    };
  }
  return (marking) => marked(marking).flatMap((place) => move(marking, [place]));
}

/** The inclusive join's rule, as the engine has it: a token elsewhere that can still come by an empty flow, and by no marked one. */
function awaiting(maker: Maker, node: ModelNode, flows: Net['flows']): (marking: Marking, here: readonly number[]) => boolean {
  const reach = reachOf(maker.model, node);
  return (marking, here) => {
    const marked = new Set(here.map((place) => flows[place]?.id ?? ''));
    const empty = node.incoming.filter((flow) => !marked.has(flow));
    return flows.some(({ to }, place) => {
      if ((marking[place] ?? 0) === 0 || to === node.id) return false;
      return empty.some((flow) => reach[flow]?.has(to)) && ![...marked].some((flow) => reach[flow]?.has(to));
    });
  };
}

/** Every way an element can leave its tokens behind, boundary events included. */
function outcomesOf(maker: Maker, node: ModelNode): readonly Outcome[] {
  const own = ownOutcomes(maker, node);
  const boundaries = maker.nodes.filter((one) => one.attachedTo === node.id && one.trigger.on !== 'compensation');
  const interrupting = boundaries
    .filter((one) => one.interrupting || one.trigger.on === 'error')
    .flatMap((one) => ownOutcomes(maker, one));
  const beside = boundaries.filter((one) => !one.interrupting && one.trigger.on !== 'error' && !maker.apart.has(one.id));
  const extras: readonly (readonly string[])[] = [
    [],
    ...beside.map((one) => one.outgoing),
    ...(beside.length > 1 ? [beside.flatMap((one) => one.outgoing)] : []),
  ];
  return [...own, ...interrupting].flatMap(({ flows, clears }) =>
    extras.map((extra) => ({ flows: [...flows, ...extra], clears })),
  );
}

function ownOutcomes(maker: Maker, node: ModelNode): readonly Outcome[] {
  const keep = (flows: readonly string[]): Outcome => ({ flows, clears: false });
  if (node.kind === 'end') return [{ flows: [], clears: node.trigger.on === 'terminate' || node.trigger.on === 'error' }];
  if (node.outgoing.length === 0) return [keep([])];
  if (node.kind === 'exclusive' || node.kind === 'events') return node.outgoing.map((flow) => keep([flow]));
  if (node.kind === 'parallel') return [keep(node.outgoing)];
  const conditional = node.outgoing.filter(
    (flow) => flow !== node.defaultFlow && maker.model.flows.find((one) => one.id === flow)?.condition !== undefined,
  );
  const always = node.outgoing.filter((flow) => flow !== node.defaultFlow && !conditional.includes(flow));
  const fallback = node.defaultFlow === undefined ? [] : [node.defaultFlow];
  const chosen = subsets(conditional).map((some) => keep([...always, ...some]));
  return always.length + fallback.length > 0 || conditional.length === 0 ? [keep([...always, ...fallback]), ...chosen] : chosen;
}

/** All subsets but the empty one; of many, only the single ones and the whole. */
function subsets(flows: readonly string[]): readonly (readonly string[])[] {
  if (flows.length > 5) return [...flows.map((flow) => [flow]), flows];
  return Array.from({ length: 2 ** flows.length - 1 }, (_, bits) => flows.filter((_flow, index) => ((bits + 1) >> index) & 1));
}
