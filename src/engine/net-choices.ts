// Exclusive gates that hang together and are entered by one edge are one choice among the edges that leave them: loops, merges and jumps inside
// are walked by a single token. Leaves alone what a token could never get out of.
import { cut, passed, type Net, type NetEdge, type NetNode, type Trace } from './net.ts';

/** Gives the gates it has changed. */
export function fuseChoices(net: Net): readonly NetNode[] {
  const seen = new Set<NetNode>();
  const changed: NetNode[] = [];
  for (const node of net.nodes) {
    if (node.gate !== 'xor' || seen.has(node)) continue;
    const group = groupOf(node);
    for (const one of group) seen.add(one);
    const fused = fuse(net, group);
    if (fused) changed.push(fused);
  }
  return changed;
}

function groupOf(node: NetNode): ReadonlySet<NetNode> {
  const group = new Set([node]);
  for (const one of group) {
    for (const edge of one.ins) if (edge.from.gate === 'xor' && edge.from.ins.size > 0) group.add(edge.from);
    for (const edge of one.outs) if (edge.to.gate === 'xor') group.add(edge.to);
  }
  return group;
}

function fuse(net: Net, group: ReadonlySet<NetNode>): NetNode | undefined {
  const entries: NetEdge[] = [];
  const inner: NetEdge[] = [];
  const exits: NetEdge[] = [];
  for (const node of group) {
    for (const edge of node.ins) if (!group.has(edge.from)) entries.push(edge);
    for (const edge of node.outs) (group.has(edge.to) ? inner : exits).push(edge);
  }
  const root = entries[0]?.to;
  if (!root || entries.length > 1 || inner.length === 0 || exits.length === 0 || !allLeave(group, exits)) return undefined;
  const ways = shortestFrom(root, group);
  if (ways.size < group.size) return undefined;
  for (const edge of exits) lengthen(edge, root, ways);
  for (const edge of inner) {
    root.inside = [root.inside, edge.steps, edge.inside];
    cut(edge);
  }
  for (const node of group) {
    if (node === root) continue;
    root.inside = [root.inside, passed(node), node.inside];
    net.nodes.delete(node);
  }
  return root;
}

function allLeave(group: ReadonlySet<NetNode>, exits: readonly NetEdge[]): boolean {
  const leaving = new Set(exits.map((edge) => edge.from));
  for (const node of leaving) for (const edge of node.ins) if (group.has(edge.from)) leaving.add(edge.from);
  return leaving.size === group.size;
}

type Reached = { readonly steps: Trace; readonly size: number; readonly work: string | undefined };

/** In order of the number of edges; close enough to the shortest, and each way a real one. */
function shortestFrom(root: NetNode, group: ReadonlySet<NetNode>): ReadonlyMap<NetNode, Reached> {
  const ways = new Map<NetNode, Reached>([[root, { steps: [], size: 0, work: undefined }]]);
  for (const [node, way] of ways)
    for (const edge of node.outs) {
      if (!group.has(edge.to) || ways.has(edge.to)) continue;
      ways.set(edge.to, {
        steps: [way.steps, edge.steps, passed(edge.to)],
        size: way.size + edge.size + 1,
        work: way.work ?? edge.work,
      });
    }
  return ways;
}

function lengthen(edge: NetEdge, root: NetNode, ways: ReadonlyMap<NetNode, Reached>): void {
  const way = ways.get(edge.from);
  if (!way || edge.from === root) return;
  edge.from.outs.delete(edge);
  edge.from = root;
  root.outs.add(edge);
  edge.steps = [way.steps, edge.steps];
  edge.size += way.size;
  edge.work = way.work ?? edge.work;
}
