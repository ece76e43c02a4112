// Makes a net small without changing what can go wrong in it: sequences become one edge, blocks with one way in and one way out become an
// edge, gates of a kind that follow each other become one (Murata's fusions; Sadiq and Orlowska's reduction). A structured process is left with
// nothing to explore. Every edge keeps the elements it stands for, so that what is found is told in those of the model.
import { along, cut, passed, redirect, type Net, type NetEdge, type NetNode } from './net.ts';
import { fuseBranches } from './net-branches.ts';
import { fuseChoices } from './net-choices.ts';

export type Reducing = {
  /** Leaves out the ways that end everything at once, beside others: where nothing goes wrong without them, nothing does with them. */
  readonly withoutClears: boolean;
};

type How = Reducing & { readonly dead: ReadonlySet<NetNode> };

/** Joins that wait for what nothing comes from, and those that wait for them: what comes before them runs all the same. */
function deadJoins(net: Net): ReadonlySet<NetNode> {
  const dead = new Set<NetNode>();
  const open: NetNode[] = [];
  for (const node of net.nodes) if (node.ins.size === 0) open.push(node);
  for (let node = open.pop(); node; node = open.pop()) {
    if (dead.has(node)) continue;
    dead.add(node);
    for (const { to } of node.outs) if (to.gate === 'and' || [...to.ins].every((edge) => dead.has(edge.from))) open.push(to);
  }
  return dead;
}

export function reduce(net: Net, { withoutClears }: Reducing): void {
  const how: How = { withoutClears, dead: deadJoins(net) };
  const open = new Set(net.nodes);
  const touch = (...nodes: readonly NetNode[]): void => {
    for (const node of nodes) if (net.nodes.has(node)) open.add(node);
  };
  for (let rounds = 0; open.size > 0 && rounds < MOST_ROUNDS; rounds += 1) {
    for (const node of open) {
      open.delete(node);
      if (net.nodes.has(node)) reduceAt(net, node, how, touch);
    }
    for (const node of [...fuseChoices(net), ...fuseBranches(net, how.dead)]) touch(node, ...neighbours(node));
  }
}

/** As deep as blocks of choices and of parallel branches can nest in turn; what is left then is explored. */
const MOST_ROUNDS = 1000;

function neighbours(node: NetNode): readonly NetNode[] {
  return [...[...node.ins].map((edge) => edge.from), ...[...node.outs].map((edge) => edge.to)];
}

type Touch = (...nodes: readonly NetNode[]) => void;

function reduceAt(net: Net, node: NetNode, { withoutClears, dead }: How, touch: Touch): void {
  if (node === net.sink || node === net.clear) return;
  if (withoutClears) dropClears(net, node);
  dropEnds(net, node, touch);
  mergeTwins(node, touch);
  simplify(node, touch);
  mergeFollowing(net, node, dead, touch);
  fuseSequence(net, node, touch);
}

/** One of the default and a single other flow is taken, never both. */
function simplify(node: NetNode, touch: Touch): void {
  if (node.gate !== 'or' || node.ins.size > 1 || node.outs.size > 2 || !node.fallback) return;
  node.gate = 'xor';
  node.fallback = undefined;
  touch(node, ...neighbours(node));
}

/** Whether a gate may be passed again while what is behind it is at work still, without that showing on its way in. */
function mayRepeat(node: NetNode): boolean {
  const [edge] = node.ins;
  return node.ins.size > 1 || edge?.work === undefined || comesBack(node);
}

/** A way that ends everything, among other ways of a choice. What is done on it must not be done twice. */
function dropClears(net: Net, node: NetNode): void {
  if (node.gate !== 'xor') return;
  for (const edge of node.outs) {
    if (edge.to !== net.clear || node.outs.size < 2 || (edge.work !== undefined && mayRepeat(node))) continue;
    node.inside = [node.inside, edge.steps, edge.inside];
    cut(edge);
  }
}

/** One way in and one way out: the two edges are one. */
function fuseSequence(net: Net, node: NetNode, touch: Touch): void {
  const [first] = node.ins;
  const [second] = node.outs;
  if (!first || !second || node.ins.size > 1 || node.outs.size > 1 || first === second) return;
  Object.assign(first, along(first, node, second));
  cut(second);
  redirect(first, second.to);
  net.nodes.delete(node);
  touch(first.from, first.to);
}

/** Splits and joins between which several edges are as one. A parallel split before an exclusive merge is none, and doubles. */
const TWINS: ReadonlySet<string> = new Set([
  'xor xor',
  'xor or',
  'xor sink',
  'xor clear',
  'and and',
  'and or',
  'and clear',
  'or or',
  'or sink',
]);

function mergeTwins(node: NetNode, touch: Touch): void {
  if (node.outs.size < 2) return;
  const first = new Map<NetNode, NetEdge>();
  for (const edge of node.outs) {
    const kept = first.get(edge.to);
    if (!kept) first.set(edge.to, edge);
    else if (TWINS.has(`${node.gate} ${edge.to.gate}`)) {
      mergeTwin(node, kept, edge);
      touch(node, edge.to);
    }
  }
}

/** Of a choice the shorter way is told; of parallel ones both. */
function mergeTwin(node: NetNode, kept: NetEdge, edge: NetEdge): void {
  const isFallback = node.fallback === kept && node.gate === 'or';
  if (node.gate === 'and') {
    kept.steps = [kept.steps, edge.steps];
    kept.size += edge.size;
    kept.inside = [kept.inside, edge.inside];
  } else {
    const [told, untold] = edge.size < kept.size ? [edge.steps, kept.steps] : [kept.steps, edge.steps];
    kept.size = Math.min(kept.size, edge.size);
    kept.steps = told;
    kept.inside = [kept.inside, edge.inside, untold];
  }
  kept.work ??= edge.work;
  kept.tells ??= edge.tells;
  cut(edge);
  if (isFallback) node.fallback = undefined;
}

/** A parallel join straight into another, or a parallel split straight after another. */
function mergeFollowing(net: Net, node: NetNode, dead: ReadonlySet<NetNode>, touch: Touch): void {
  if (node.gate !== 'and') return;
  for (const edge of node.outs) {
    const { to } = edge;
    if (to.gate !== 'and' || to === node || edge.work !== undefined || dead.has(to)) continue;
    if (node.outs.size === 1 && node.ins.size > 0) {
      to.aside = [passed(node), edge.steps, to.aside];
      to.inside = [node.inside, edge.inside, to.inside];
      cut(edge);
      for (const before of node.ins) redirect(before, to);
      net.nodes.delete(node);
      touch(to, ...neighbours(to));
      return;
    }
    if (to.ins.size > 1 || to.outs.size === 0) continue;
    node.aside = [node.aside, edge.steps, passed(to)];
    node.inside = [node.inside, edge.inside, to.inside];
    cut(edge);
    for (const after of to.outs) {
      to.outs.delete(after);
      after.from = node;
      node.outs.add(after);
    }
    net.nodes.delete(to);
    touch(node, ...neighbours(node));
  }
}

/** A branch that only ends, beside others: nothing waits for it. Where it does something on the way, only if it cannot be begun anew meanwhile, and no outcome is told. */
function dropEnds(net: Net, node: NetNode, touch: Touch): void {
  if (node.gate !== 'and' || node.outs.size < 2) return;
  for (const edge of node.outs) {
    if (edge.to !== net.sink || node.outs.size < 2) continue;
    if (edge.work !== undefined && (net.tells || comesBack(node))) continue;
    node.aside = [node.aside, edge.steps];
    node.inside = [node.inside, edge.inside];
    cut(edge);
    touch(node, ...neighbours(node));
  }
}

function comesBack(node: NetNode): boolean {
  const seen = new Set<NetNode>();
  const open = [...node.outs].map((edge) => edge.to);
  for (let at = open.pop(); at; at = open.pop()) {
    if (at === node) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const edge of at.outs) open.push(edge.to);
  }
  return false;
}
