// Parallel gates that hang together without a circle and are entered by one edge are one split among the edges that leave them: each of them fires
// once for each token that enters, in whatever order (a marked graph). Leaves alone what waits for anything from elsewhere.
import { cut, passed, type Net, type NetEdge, type NetNode, type Trace } from './net.ts';

/** Gives the gates it has changed. `dead` joins never fire. */
export function fuseBranches(net: Net, dead: ReadonlySet<NetNode>): readonly NetNode[] {
  const seen = new Set<NetNode>();
  const changed: NetNode[] = [];
  for (const node of net.nodes) {
    if (node.gate !== 'and' || seen.has(node)) continue;
    const group = groupOf(node);
    for (const one of group) seen.add(one);
    const fused = [...group].some((one) => dead.has(one)) ? undefined : fuse(net, group);
    if (fused) changed.push(fused);
  }
  return changed;
}

function groupOf(node: NetNode): ReadonlySet<NetNode> {
  const group = new Set([node]);
  for (const one of group) {
    for (const edge of one.ins) if (edge.from.gate === 'and') group.add(edge.from);
    for (const edge of one.outs) if (edge.to.gate === 'and') group.add(edge.to);
  }
  return group;
}

function fuse(net: Net, group: ReadonlySet<NetNode>): NetNode | undefined {
  const entries = [...group].flatMap((node) => [...node.ins].filter((edge) => !group.has(edge.from)));
  const root = entries[0]?.to;
  if (!root || entries.length > 1 || group.size < 2 || root.ins.size > 1) return undefined;
  const order = inOrder(root, group);
  const exits = order.flatMap((node) => [...node.outs].filter((edge) => !group.has(edge.to)));
  if (order.length < group.size || exits.length === 0) return undefined;
  const inner = order.flatMap((node) => [...node.outs].filter((edge) => group.has(edge.to)));
  const aside: Trace[] = [root.aside];
  const inside: Trace[] = [];
  for (const node of order) {
    if (node !== root) aside.push(passed(node));
    inside.push(node.inside);
    for (const edge of node.outs) if (group.has(edge.to)) aside.push(edge.steps);
  }
  // Who is at work inside is at work on every way out.
  const work = inner.find((edge) => edge.work !== undefined)?.work;
  root.aside = aside;
  root.inside = [inside, inner.map((edge) => edge.inside)];
  for (const edge of inner) cut(edge);
  for (const edge of exits) leaveFrom(edge, root, work);
  for (const node of group) if (node !== root) net.nodes.delete(node);
  return root;
}

/** Each gate after all that lead to it; those on a circle are left out. */
function inOrder(root: NetNode, group: ReadonlySet<NetNode>): readonly NetNode[] {
  const left = new Map([...group].map((node) => [node, node === root ? 0 : node.ins.size]));
  const order = [root];
  for (const node of order)
    for (const { to } of node.outs) {
      const missing = (left.get(to) ?? 0) - 1;
      left.set(to, missing);
      if (missing === 0 && group.has(to)) order.push(to);
    }
  return order;
}

function leaveFrom(edge: NetEdge, root: NetNode, work: string | undefined): void {
  edge.from.outs.delete(edge);
  edge.from = root;
  root.outs.add(edge);
  edge.work = work ?? edge.work;
}
