// A scope as a net: tokens lie on edges, gates move them. An exclusive gate takes one token and gives one, a parallel gate all, an inclusive
// gate some. Data only, and the small changes that net-reduce.ts makes; what it means is explored by net-explore.ts.

/** Ids in order, nested so that joining costs nothing. */
export type Trace = string | readonly Trace[];

export type Gate = 'xor' | 'and' | 'or' | 'sink' | 'clear';
export type NetNode = {
  gate: Gate;
  /** Element that a path passes here; none where the drawing shows no element. */
  readonly name: string | undefined;
  readonly ins: Set<NetEdge>;
  readonly outs: Set<NetEdge>;
  /** The default of an inclusive gate: taken alone. */
  fallback: NetEdge | undefined;
  /** What else a path passes as the gate fires, and what runs inside it at one time or another. */
  aside: Trace;
  inside: Trace;
};

export type NetEdge = {
  /** Place in a marking. */
  readonly index: number;
  from: NetNode;
  to: NetNode;
  /** Elements and flows that a token has passed when it lies here; the last flow is where it stands. */
  steps: Trace;
  size: number;
  /** What runs on the way at one time or another, beside the steps. */
  inside: Trace;
  /** The first element on the way that does something: it must not be done twice at once. */
  work: string | undefined;
  /** The end on the way that tells the outcome of the case. */
  tells: string | undefined;
};

/** `sink`: tokens end here one by one. `clear`: a token takes all others away, and the scope is over. */
export type Net = {
  readonly nodes: Set<NetNode>;
  readonly first: NetEdge;
  readonly sink: NetNode;
  readonly clear: NetNode;
  /** Whether any edge tells an outcome: then it matters who is at work still when one ends. */
  tells: boolean;
  /** How many edges there ever were. */
  count: number;
};

export function newNode(gate: Gate, name?: string): NetNode {
  return { gate, name, ins: new Set(), outs: new Set(), fallback: undefined, aside: [], inside: [] };
}

export type Way = {
  readonly steps?: Trace;
  readonly size?: number;
  readonly work?: string | undefined;
  readonly tells?: string | undefined;
};

export function connect(net: Net, from: NetNode, to: NetNode, { steps = [], size = 0, work, tells }: Way = {}): NetEdge {
  const edge: NetEdge = { index: net.count++, from, to, steps, size, inside: [], work, tells };
  if (tells !== undefined) net.tells = true;
  from.outs.add(edge);
  to.ins.add(edge);
  net.nodes.add(from);
  net.nodes.add(to);
  return edge;
}

export function cut(edge: NetEdge): void {
  edge.from.outs.delete(edge);
  edge.to.ins.delete(edge);
  if (edge.from.fallback === edge) edge.from.fallback = undefined;
}

/** The edge leads to another gate from now on. */
export function redirect(edge: NetEdge, to: NetNode): void {
  edge.to.ins.delete(edge);
  edge.to = to;
  to.ins.add(edge);
}

/** What a token passes on two edges and the gate between them. */
export function along(
  first: NetEdge,
  node: NetNode,
  second: NetEdge,
): Pick<NetEdge, 'steps' | 'size' | 'work' | 'inside' | 'tells'> {
  return {
    steps: [first.steps, passed(node), second.steps],
    size: first.size + second.size + 1,
    work: first.work ?? second.work,
    tells: first.tells ?? second.tells,
    inside: [first.inside, node.inside, second.inside],
  };
}

export function passed({ name, aside }: NetNode): Trace {
  return name === undefined ? aside : [name, aside];
}

/** The ids of traces, in order. Never recursive: models may be deep. */
export function flat(trace: Trace): readonly string[] {
  const ids: string[] = [];
  const open: Trace[] = [trace];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'string') ids.push(one);
    else for (let index = one.length - 1; index >= 0; index -= 1) open.push(one[index] ?? []);
  }
  return ids;
}
