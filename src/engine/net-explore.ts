// Walks every marking of a net, breadth first, and tells what goes wrong on the way by the shortest path there. A marking has one token on an
// edge at most: a second one is a fault already. Bounded; says when it has not seen all.
import { flat, passed, type Net, type NetEdge, type NetNode, type Trace } from './net.ts';

export type FaultKind = 'stuck' | 'doubled' | 'grows' | 'endless' | 'early';
export type Fault = {
  readonly kind: FaultKind;
  /** Elements and flows in the order they come on the way there. */
  readonly path: readonly string[];
  /** The last flow of the edge it is about; of `doubled`, the element that is done twice, where the edge leads through one. */
  readonly flow: string | undefined;
  readonly work: string | undefined;
  /** Of `early`: the end that tells the outcome. */
  readonly end?: string | undefined;
  /** Of `stuck`: all flows on which tokens stand. */
  readonly standing?: readonly string[];
};

export type Walk = {
  readonly faults: readonly Fault[];
  readonly states: number;
  /** Everything was seen: what is not among the faults does not happen. */
  readonly complete: boolean;
  /** Elements and flows that some run comes by. */
  readonly ran: ReadonlySet<string>;
};

/** Edges with a token, by index, in order. */
type Marking = readonly NetEdge[];
type Firing = { readonly node: NetNode | undefined; readonly outs: readonly NetEdge[] };
type Seen = { readonly marking: Marking; readonly firing: Firing; readonly before: Seen | undefined; readonly next: Seen[] };

type Walking = {
  readonly net: Net;
  readonly seen: Map<string, Seen>;
  readonly open: Seen[];
  readonly faults: Map<string, Fault>;
  readonly ranNodes: Set<NetNode>;
  readonly ranEdges: Set<NetEdge>;
  readonly reach: Map<NetNode, ReadonlyMap<NetEdge, ReadonlySet<NetNode>>>;
};

/** Once something is wrong, this much more is looked at for what else is. */
const ENOUGH = 1000;

export function walk(net: Net, most: number): Walk {
  const walking: Walking = {
    net,
    seen: new Map(),
    open: [],
    faults: new Map(),
    ranNodes: new Set(),
    ranEdges: new Set(),
    reach: new Map(),
  };
  visit(walking, undefined, { node: undefined, outs: [net.first] }, []);
  let next = 0;
  for (; next < walking.open.length && walking.seen.size < (walking.faults.size > 0 ? Math.min(most, ENOUGH) : most); next += 1) {
    const at = walking.open[next];
    if (!at) break;
    const moved = fireAll(walking, at);
    if (!moved && at.marking.length > 0) stuck(walking, at);
  }
  const complete = next >= walking.open.length;
  if (complete && walking.faults.size === 0) endless(walking);
  // What is done twice is told twice: that is the same fault.
  if ([...walking.faults.values()].some((fault) => fault.kind === 'doubled')) walking.faults.delete('early ');
  return { faults: [...walking.faults.values()], states: walking.seen.size, complete, ran: ranOf(walking) };
}

function ranOf({ ranNodes, ranEdges }: Walking): ReadonlySet<string> {
  const traces: Trace[] = [];
  for (const node of ranNodes) traces.push(passed(node), node.inside);
  for (const edge of ranEdges) traces.push(edge.steps, edge.inside);
  return new Set(flat(traces));
}

/**
 * As the engine moves: first what waits for no one, one by one, since nothing else happens meanwhile; then inclusive joins; then, in every order,
 * what takes time. False where nothing moves.
 */
function fireAll(walking: Walking, at: Seen): boolean {
  const quick = at.marking.find((edge) => isQuick(at.marking, edge));
  if (quick) {
    fire(walking, at, quick.to, quick.to.gate === 'and' ? [...quick.to.ins] : [quick]);
    return true;
  }
  const targets = new Set(at.marking.map((edge) => edge.to));
  for (const node of targets) {
    const here = at.marking.filter((edge) => edge.to === node);
    if (node.gate !== 'or' || here.some((edge) => edge.work !== undefined) || isAwaited(walking, at.marking, node)) continue;
    fire(walking, at, node, here);
    return true;
  }
  let moved = false;
  for (const node of targets) moved = fireSlowly(walking, at, node) || moved;
  return moved;
}

function isQuick(marking: Marking, { work, to }: NetEdge): boolean {
  if (work !== undefined || to.gate === 'or') return false;
  if (to.gate !== 'and') return to.gate !== 'xor' || to.outs.size > 0;
  for (const edge of to.ins) if (edge.work !== undefined || !marking.includes(edge)) return false;
  return true;
}

function fireSlowly(walking: Walking, at: Seen, node: NetNode): boolean {
  const here = at.marking.filter((edge) => edge.to === node);
  switch (node.gate) {
    case 'xor':
      if (node.outs.size === 0) return false;
      for (const edge of here) fire(walking, at, node, [edge]);
      return true;
    case 'and':
    case 'or':
      if (node.gate === 'and' ? here.length < node.ins.size : isAwaited(walking, at.marking, node)) return false;
      fire(walking, at, node, here);
      return true;
    default:
      for (const edge of here) fire(walking, at, node, [edge]);
      return true;
  }
}

function fire(walking: Walking, at: Seen, node: NetNode, taken: Marking): void {
  switch (node.gate) {
    case 'xor':
      for (const out of node.outs) move(walking, at, { node, taken, outs: [out] });
      return;
    case 'and':
      return move(walking, at, { node, taken, outs: [...node.outs] });
    case 'or':
      for (const outs of someOf(node)) move(walking, at, { node, taken, outs });
      return;
    case 'sink':
      return move(walking, at, { node, taken, outs: [] });
    case 'clear':
      return move(walking, at, { node, taken: at.marking, outs: [] });
  }
}

type Move = Firing & { readonly taken: Marking };

function move(walking: Walking, at: Seen, { node, taken, outs }: Move): void {
  const rest = taken.length === at.marking.length ? [] : at.marking.filter((edge) => !taken.includes(edge));
  if (walking.net.tells) early(walking, at, { node, taken, outs }, rest);
  visit(walking, at, { node, outs }, rest);
}

/** Tokens that only end are gone at once. */
function visit(walking: Walking, before: Seen | undefined, firing: Firing, rest: Marking): void {
  if (firing.node) walking.ranNodes.add(firing.node);
  const marking = put(walking, firing, rest);
  let key = '';
  for (const [index, edge] of marking.entries()) {
    if (marking[index + 1] === edge) return doubled(walking, { before, firing, marking }, edge);
    key += edge.index > 0xffff ? `${edge.index},` : String.fromCharCode(edge.index);
  }
  const known = walking.seen.get(key);
  const at = known ?? { marking, firing, before, next: [] };
  before?.next.push(at);
  if (known) return;
  walking.seen.set(key, at);
  walking.open.push(at);
}

/** In the order of their indexes, so that a marking looks alike however it came about. */
function put({ net, ranEdges }: Walking, { outs }: Firing, rest: Marking): Marking {
  const marking = [...rest];
  for (const edge of outs) {
    ranEdges.add(edge);
    if (edge.work === undefined && edge.to === net.clear) return [];
    if (edge.work === undefined && edge.to === net.sink) continue;
    let at = marking.length;
    while (at > 0 && (marking[at - 1]?.index ?? 0) > edge.index) at -= 1;
    marking.splice(at, 0, edge);
  }
  return marking;
}

function report({ faults }: Walking, fault: Fault, at = ''): void {
  const key = `${fault.kind} ${at}`;
  if (!faults.has(key)) faults.set(key, fault);
}

function stuck(walking: Walking, at: Seen): void {
  const [edge] = at.marking;
  const flows = at.marking.flatMap((one) => standing(one) ?? []);
  const fault: Fault = { kind: 'stuck', path: pathTo(at), flow: edge && standing(edge), work: edge?.work, standing: flows };
  report(walking, fault, edge?.to.name);
}

/** The outcome of the case is told while someone is at work still: it would not be the last word. */
function early(walking: Walking, at: Seen, { node, taken, outs }: Move, rest: Marking): void {
  const { sink } = walking.net;
  const ending = [
    ...taken.filter((edge) => edge.to === sink),
    ...outs.filter((edge) => edge.to === sink && edge.work === undefined),
  ];
  const telling = ending.find((edge) => edge.tells !== undefined);
  const working = [...rest, ...outs.filter((edge) => edge !== telling)].find((edge) => edge.work !== undefined);
  if (!telling || !working) return;
  const path = [...pathTo(at, new Set(rest)), ...stepsOf({ node, outs: outs.filter((edge) => edge === telling) }, new Set())];
  report(walking, { kind: 'early', path, flow: standing(working), work: working.work, end: telling.tells });
}

/** Growth without bound: the marking covers one on its way here (Karp and Miller). */
function doubled(walking: Walking, { before, firing, marking }: Omit<Seen, 'next'>, edge: NetEdge): void {
  const others = firing.outs.filter((one) => one !== edge);
  const resting = new Set(marking);
  const path = [...pathTo(before, resting), ...stepsOf({ node: firing.node, outs: others }, resting), ...upToWork(edge, true)];
  const fault = { path, flow: standing(edge), work: edge.work };
  report(walking, { kind: 'doubled', ...fault });
  const marked = new Set(marking);
  for (let earlier = before; earlier; earlier = earlier.before) {
    if (!earlier.marking.every((one) => marked.has(one))) continue;
    report(walking, { kind: 'grows', ...fault });
    return;
  }
}

/** Markings from which the scope cannot end; the first of them is enough to see. */
function endless(walking: Walking): void {
  const back = new Map<Seen, Seen[]>();
  for (const at of walking.seen.values())
    for (const next of at.next) {
      const known = back.get(next);
      if (known) known.push(at);
      else back.set(next, [at]);
    }
  const end = walking.seen.get('');
  const ending = new Set<Seen>(end ? [end] : []);
  for (const at of ending) for (const before of back.get(at) ?? []) ending.add(before);
  const lost = walking.open.find((at) => !ending.has(at));
  const edge = lost?.marking[0];
  if (lost && edge) report(walking, { kind: 'endless', path: pathTo(lost), flow: standing(edge), work: undefined });
}

/** The steps of an edge up to the first that does something; that one too, where it stands before the edge and is to be told. */
function upToWork({ steps, work }: NetEdge, isTold = false): readonly string[] {
  const ids = flat(steps);
  if (work === undefined) return ids;
  const end = ids.indexOf(work);
  if (end < 0) return isTold || ids.length === 0 ? [...ids, work] : ids;
  return ids.slice(0, end + 1);
}

function standing(edge: NetEdge): string | undefined {
  return flat(edge.steps).at(-1);
}

/** Tokens that rest on an edge have only come to what is done there. */
function stepsOf({ node, outs }: Firing, resting: ReadonlySet<NetEdge>): readonly string[] {
  return [...flat(node ? passed(node) : []), ...outs.flatMap((edge) => (resting.has(edge) ? upToWork(edge) : flat(edge.steps)))];
}

/** The steps of the firings that led to a marking, but for what the last ones on `resting` edges have not come by yet. */
function pathTo(at: Seen | undefined, resting: ReadonlySet<NetEdge> = new Set()): readonly string[] {
  const firings: { readonly firing: Firing; readonly resting: ReadonlySet<NetEdge> }[] = [];
  const left = new Set(resting);
  for (let step = at; step; step = step.before) {
    const here = new Set(step.firing.outs.filter((edge) => left.delete(edge)));
    firings.push({ firing: step.firing, resting: here });
  }
  return firings.toReversed().flatMap((one) => stepsOf(one.firing, one.resting));
}

/** The inclusive join's rule, as the engine has it: a token elsewhere that can still come by an empty edge, and by no marked one (BPMN 2.0.2 §13.4.3). */
function isAwaited(walking: Walking, marking: Marking, node: NetNode): boolean {
  if (node.ins.size < 2) return false;
  const reach = walking.reach.get(node) ?? reachOf(node);
  walking.reach.set(node, reach);
  const empty: ReadonlySet<NetNode>[] = [];
  const marked: ReadonlySet<NetNode>[] = [];
  for (const [edge, from] of reach) (marking.includes(edge) ? marked : empty).push(from);
  return marking.some(({ to }) => to !== node && empty.some((from) => from.has(to)) && !marked.some((from) => from.has(to)));
}

/** For each edge into a join: the gates from which a path leads to that edge without passing the join. */
function reachOf(join: NetNode): ReadonlyMap<NetEdge, ReadonlySet<NetNode>> {
  return new Map(
    [...join.ins].map((edge) => {
      const from = new Set<NetNode>(edge.from === join ? [] : [edge.from]);
      for (const node of from) for (const before of node.ins) if (before.from !== join) from.add(before.from);
      return [edge, from];
    }),
  );
}

/** The default alone, or any of the others; of many only the single ones and all together. */
function someOf({ outs, fallback }: NetNode): readonly (readonly NetEdge[])[] {
  const free = [...outs].filter((edge) => edge !== fallback);
  const alone = fallback ? [[fallback]] : [];
  if (free.length > 5) return [...alone, ...free.map((edge) => [edge]), free];
  const subsets = Array.from({ length: 2 ** free.length - 1 }, (_, bits) =>
    free.filter((_edge, index) => ((bits + 1) >> index) & 1),
  );
  return [...alone, ...subsets];
}
