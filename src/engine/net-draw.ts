// From one scope of a model to its net: every choice is free, every event may happen. Data and time are left out.
import { boundariesOf, type Drawing } from './check-drawing.ts';
import type { ModelNode } from './model.ts';
import { along, connect, cut, newNode, redirect, type Gate, type Net, type NetNode } from './net.ts';
import type { Fates } from './net-fates.ts';

export type Part = {
  readonly from: ModelNode;
  /** Non-interrupting boundary events that are explored for themselves. */
  readonly apart: ReadonlySet<string>;
  readonly fates: Fates;
};

type Maker = Part & { readonly drawing: Drawing; readonly net: Net; readonly entries: ReadonlyMap<string, NetNode> };

export function drawNet(drawing: Drawing, part: Part): Net {
  const reached = reachedFrom(drawing, part);
  const entries = new Map<string, NetNode>();
  for (const node of reached)
    if (node.kind !== 'boundary' || node === part.from)
      entries.set(node.id, newNode(joinOf(node), isMerged(node) ? undefined : node.id));
  const source = newNode('xor');
  const sink = newNode('sink');
  const first = { index: 0, from: source, to: sink, steps: [], size: 0, inside: [], work: undefined, tells: undefined };
  const net: Net = { nodes: new Set(), first, sink, clear: newNode('clear'), tells: false, count: 1 };
  const maker: Maker = { ...part, drawing, net, entries };
  const entry = entries.get(part.from.id) ?? sink;
  source.outs.add(first);
  redirect(first, entry);
  net.nodes.add(entry);
  for (const node of reached) if (node.kind !== 'boundary' || node === part.from) drawNode(maker, node);
  for (const node of reached) awaitAll(maker, node);
  drain(net);
  return net;
}

/** A parallel join waits for every flow that leads to it, those too by which nothing can come. */
function awaitAll({ net, entries }: Maker, node: ModelNode): void {
  const join = entries.get(node.id);
  if (join?.gate !== 'and') return;
  for (let missing = node.incoming.length - join.ins.size; missing > 0; missing -= 1) connect(net, newNode('xor'), join);
}

/** Nodes that a token from `from` can come to inside the scope, boundary events with their hosts. */
function reachedFrom(drawing: Drawing, { from, apart }: Part): readonly ModelNode[] {
  const reached = new Set<ModelNode>();
  const open = [from];
  for (let node = open.pop(); node; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    for (const id of node.outgoing) {
      const next = drawing.nodes.get(drawing.flows.get(id)?.to ?? '');
      if (next) open.push(next);
    }
    for (const event of eventsOf(drawing, node)) if (!apart.has(event.id)) open.push(event);
  }
  return [...reached];
}

function eventsOf(drawing: Drawing, node: ModelNode): readonly ModelNode[] {
  return boundariesOf(drawing, node.id).filter((event) => event.trigger.on !== 'compensation');
}

function joinOf({ kind }: ModelNode): Gate {
  if (kind === 'parallel') return 'and';
  return kind === 'inclusive' ? 'or' : 'xor';
}

export function isInterrupting({ interrupting, trigger }: ModelNode): boolean {
  return interrupting || trigger.on === 'error' || trigger.on === 'cancel';
}

/** The ways out of an element: its own, those of the events at its border instead, those of others beside. */
function drawNode(maker: Maker, node: ModelNode): void {
  const entry = beginOf(maker, node);
  if (!entry) return;
  const events = eventsOf(maker.drawing, node).filter((event) => !maker.apart.has(event.id));
  const instead = events.filter(isInterrupting);
  const at = instead.length > 0 ? gateOf(maker, besideOf(maker, entry, events), 'xor') : besideOf(maker, entry, events);
  for (const event of instead) exits(maker, event, beginEvent(maker, at, event));
  const { leaves, clears } = maker.fates(node);
  if (leaves || clears || instead.length === 0) exits(maker, node, instead.length > 0 ? behind(maker, at, 'xor') : at);
}

/** What several flows lead to is done once for each token: that this must not be twice at once shows on an edge behind the merge. */
function beginOf({ entries, net }: Maker, node: ModelNode): NetNode | undefined {
  const entry = entries.get(node.id);
  if (!entry || entry.name !== undefined) return entry;
  const begun = newNode('xor', node.id);
  connect(net, entry, begun, { work: node.id });
  return begun;
}

/** Events that interrupt nothing may happen, each once, or not. */
function besideOf(maker: Maker, entry: NetNode, events: readonly ModelNode[]): NetNode {
  const beside = events.filter((event) => !isInterrupting(event));
  if (beside.length === 0) return entry;
  const around = gateOf(maker, entry, 'and');
  for (const event of beside) {
    const maybe = behind(maker, around, 'xor');
    connect(maker.net, maybe, maker.net.sink);
    exits(maker, event, beginEvent(maker, maybe, event));
  }
  return behind(maker, around, 'xor');
}

/** The gate itself where it splits in this way already, or joins nothing that would be mistaken for it. */
function gateOf(maker: Maker, at: NetNode, gate: Gate): NetNode {
  return at.gate === gate ? at : behind(maker, at, gate);
}

function behind({ net }: Maker, at: NetNode, gate: Gate): NetNode {
  const next = newNode(gate);
  connect(net, at, next);
  return next;
}

function beginEvent({ net }: Maker, at: NetNode, event: ModelNode): NetNode {
  const begun = newNode('xor', event.id);
  connect(net, at, begun);
  return begun;
}

function exits(maker: Maker, node: ModelNode, at: NetNode): void {
  const { net, drawing } = maker;
  const { leaves, clears } = maker.fates(node);
  if (!clears) return leave(maker, node, at);
  if (!leaves) {
    connect(net, at, net.clear);
    return;
  }
  const choice = gateOf(maker, at, 'xor');
  connect(net, choice, net.clear);
  leave(maker, node, node.outgoing.some((id) => drawing.flows.has(id)) ? behind(maker, choice, 'xor') : choice);
}

/** As the engine leaves an element: gateways by their kind, anything else by all flows without a condition and those whose condition holds. */
function leave(maker: Maker, node: ModelNode, at: NetNode): void {
  const { drawing, net } = maker;
  const flows = node.kind === 'end' ? [] : node.outgoing.filter((id) => drawing.flows.has(id));
  const isPlain = flows.length < 2 || node.kind === 'exclusive' || node.kind === 'events';
  const tells = node.scope === drawing.model.main && node.info.outcome !== undefined ? node.id : undefined;
  if (flows.length === 0) connect(net, at, net.sink, { tells });
  else if (isPlain) take(maker, gateOf(maker, at, 'xor'), flows);
  else if (node.kind === 'parallel') take(maker, gateOf(maker, at, 'and'), flows);
  else leaveBySome(maker, at, { flows, node });
}

type Leaving = { readonly flows: readonly string[]; readonly node: ModelNode };

function leaveBySome(maker: Maker, at: NetNode, { flows, node }: Leaving): void {
  const { drawing, net } = maker;
  const fallback = flows.filter((id) => id === node.defaultFlow);
  const conditional = flows.filter((id) => id !== node.defaultFlow && drawing.flows.get(id)?.condition !== undefined);
  const always = flows.filter((id) => id !== node.defaultFlow && drawing.flows.get(id)?.condition === undefined);
  if (conditional.length === 0 && (fallback.length === 0 || node.kind !== 'inclusive'))
    return take(maker, gateOf(maker, at, 'and'), flows);
  if (always.length === 0) {
    chooseSome(maker, at, { conditional, fallback });
    return;
  }
  const all = gateOf(maker, at, 'and');
  take(maker, all, always);
  if (conditional.length === 0) return;
  const none = fallback.length === 0;
  const some = chooseSome(maker, behind(maker, all, conditional.length > 1 ? 'or' : 'xor'), { conditional, fallback });
  if (none) some.fallback = connect(net, some, net.sink);
}

type Choice = { readonly conditional: readonly string[]; readonly fallback: readonly string[] };

/** Some of the conditional flows, or the default alone. */
function chooseSome(maker: Maker, at: NetNode, { conditional, fallback }: Choice): NetNode {
  const some = gateOf(maker, at, conditional.length > 1 ? 'or' : 'xor');
  take(maker, some, conditional);
  const before = new Set(some.outs);
  take(maker, some, fallback);
  if (some.gate === 'or') some.fallback = [...some.outs].find((edge) => !before.has(edge));
  return some;
}

function take({ drawing, entries, net }: Maker, from: NetNode, flows: readonly string[]): void {
  for (const id of flows) {
    const target = drawing.nodes.get(drawing.flows.get(id)?.to ?? '');
    const to = target && entries.get(target.id);
    if (to) connect(net, from, to, { steps: id, size: 1, ...(isWork(target) && !isMerged(target) && { work: target.id }) });
  }
}

function isMerged(node: ModelNode): boolean {
  return node.incoming.length > 1 && isWork(node);
}

/** Everything but gateways and plain ends does something that must not be done twice at once. */
function isWork({ kind, trigger, info }: ModelNode): boolean {
  if (kind === 'end')
    return trigger.on !== 'none' && trigger.on !== 'terminate' ? true : info.outcome !== undefined && trigger.on === 'none';
  return kind !== 'exclusive' && kind !== 'parallel' && kind !== 'inclusive';
}

/** A merge behind which nothing is done but to end: tokens may come to that end one by one. */
function drain(net: Net): void {
  const open = [...net.nodes].filter((node) => endOf(net, node));
  for (let node = open.pop(); node; node = open.pop()) {
    const end = endOf(net, node);
    const [way, ...others] = [...node.outs];
    if (!end || !way) continue;
    for (const other of others) {
      node.inside = [node.inside, other.steps, other.inside];
      cut(other);
    }
    for (const edge of node.ins) {
      const before = edge.from;
      Object.assign(edge, along(edge, node, way));
      redirect(edge, end);
      open.push(before);
    }
    cut(way);
    net.nodes.delete(node);
  }
}

/** The end that all ways out of an exclusive gate lead to, where they do nothing else. */
function endOf(net: Net, node: NetNode): NetNode | undefined {
  if (node.gate !== 'xor' || node.ins.size === 0) return undefined;
  const [end, ...others] = new Set([...node.outs].map((edge) => (edge.work === undefined ? edge.to : node)));
  return others.length === 0 && (end === net.sink || end === net.clear) ? end : undefined;
}
