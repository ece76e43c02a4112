// Which names are made for certain when the case comes to an element, by every path there: a fixed point over the flows, from what the case
// begins with. A parallel join has what each of its branches made. Follows subprocesses and called processes; evaluates nothing.
import { boundariesOf, insideOf, scopesOf, type Drawing } from './check-drawing.ts';
import type { Known } from './check-references.ts';
import { localsOf, makesOf } from './data-reads.ts';
import type { ModelNode } from './model.ts';

/** Names as bits of an integer. */
type Names = bigint;

export type DataFlow = {
  /** Whether a name is made for certain before an element begins, or when it has completed. */
  readonly isMade: (name: string, node: ModelNode) => boolean;
  readonly isMadeAfter: (name: string, node: ModelNode) => boolean;
  /** The elements that make a name, and those that may make any. */
  readonly makers: (name: string) => readonly ModelNode[];
  readonly anyMakers: readonly ModelNode[];
  /** Names that only the scope of an element and what is inside it know. */
  readonly localsAt: (scope: string) => ReadonlySet<string>;
};

type State = {
  readonly drawing: Drawing;
  readonly bits: ReadonlyMap<string, Names>;
  readonly all: Names;
  readonly given: Names;
  readonly makes: ReadonlyMap<ModelNode, Names>;
  /** Of calls: the variables that the called process begins with. */
  readonly inputs: ReadonlyMap<ModelNode, Names>;
  readonly before: Map<ModelNode, Names>;
  readonly after: Map<ModelNode, Names>;
  readonly callers: ReadonlyMap<string, readonly ModelNode[]>;
  readonly undone: ReadonlyMap<string, ModelNode>;
};

export function dataFlowOf(drawing: Drawing, known: Known, names: readonly string[]): DataFlow {
  const bits = new Map(names.map((name, index) => [name, 1n << BigInt(index)]));
  const bitsOf = (some: Iterable<string>): Names => [...some].reduce((sum, name) => sum | (bits.get(name) ?? 0n), 0n);
  const localsAt = localsByScope(drawing);
  const makers = new Map<string, ModelNode[]>();
  const anyMakers: ModelNode[] = [];
  const makes = new Map<ModelNode, Names>();
  for (const node of drawing.model.nodes) {
    const { names: made, anything } = makesOf(node, known);
    const outside = made.filter((name) => !localsAt(node.scope).has(name));
    makes.set(node, bitsOf(outside));
    if (anything) anyMakers.push(node);
    for (const name of new Set(outside)) makers.set(name, [...(makers.get(name) ?? []), node]);
  }
  const state: State = {
    drawing,
    bits,
    all: (1n << BigInt(names.length)) - 1n,
    given: bitsOf(known.given?.keys() ?? []),
    makes,
    inputs: new Map(drawing.model.nodes.flatMap((node) => (node.calls ? [[node, bitsOf(localsOf(node))] as const] : []))),
    before: new Map(),
    after: new Map(),
    callers: callersOf(drawing),
    undone: new Map(drawing.model.nodes.flatMap((node) => (node.undoes === undefined ? [] : [[node.undoes, node] as const]))),
  };
  settle(state);
  const has = (made: Names | undefined, name: string): boolean => ((made ?? 0n) & (bits.get(name) ?? 0n)) !== 0n;
  return {
    isMade: (name, node) => has(state.before.get(node), name),
    isMadeAfter: (name, node) => has(state.after.get(node), name),
    makers: (name) => makers.get(name) ?? [],
    anyMakers,
    localsAt,
  };
}

function callersOf({ model }: Drawing): ReadonlyMap<string, readonly ModelNode[]> {
  const callers = new Map<string, ModelNode[]>();
  for (const node of model.nodes)
    if (node.calls) callers.set(node.calls.process, [...(callers.get(node.calls.process) ?? []), node]);
  return callers;
}

function localsByScope(drawing: Drawing): (scope: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  for (const process of drawing.processes) known.set(process, new Set());
  // A subprocess is listed after what it stands in.
  for (const { id, node } of scopesOf(drawing))
    if (node) known.set(id, new Set([...(known.get(node.scope) ?? []), ...localsOf(node)]));
  return (scope) => known.get(scope) ?? new Set();
}

/** The greatest fixed point: everything is taken for made until a path is found on which it is not. Rounds are as many as loops nest. */
function settle(state: State): void {
  const { drawing, all, before, after } = state;
  for (const node of drawing.model.nodes) {
    before.set(node, all);
    after.set(node, all);
  }
  const order = inOrder(drawing);
  for (let changed = true; changed;) {
    changed = false;
    for (const node of order) {
      const now = beforeOf(state, node);
      const then = afterOf(state, node, now);
      if (now === before.get(node) && then === after.get(node)) continue;
      before.set(node, now);
      after.set(node, then);
      changed = true;
    }
  }
}

/** About as the case comes by them, so that few rounds suffice. */
function inOrder(drawing: Drawing): readonly ModelNode[] {
  const order = new Set<ModelNode>(insideOf(drawing, drawing.model.main).filter((node) => node.kind === 'start'));
  for (const node of order) {
    for (const inner of insideOf(drawing, node.id)) if (inner.kind === 'start') order.add(inner);
    for (const event of boundariesOf(drawing, node.id)) order.add(event);
    for (const id of node.outgoing) {
      const next = drawing.nodes.get(drawing.flows.get(id)?.to ?? '');
      if (next) order.add(next);
    }
  }
  for (const node of drawing.model.nodes) order.add(node);
  return [...order];
}

function beforeOf(state: State, node: ModelNode): Names {
  const { drawing, all, after, before, undone } = state;
  if (node.kind === 'start') return atEntry(state, node.scope);
  if (node.kind === 'event-subprocess') return atEntry(state, node.scope);
  const host = node.attachedTo === undefined ? undefined : drawing.nodes.get(node.attachedTo);
  if (host) return before.get(host) ?? all;
  const event = undone.get(node.id);
  if (event) return after.get(drawing.nodes.get(event.attachedTo ?? '') ?? event) ?? all;
  const coming = node.incoming.map((id) => after.get(drawing.nodes.get(drawing.flows.get(id)?.from ?? '') ?? node) ?? all);
  if (coming.length === 0) return all;
  return node.kind === 'parallel' ? coming.reduce((sum, one) => sum | one) : coming.reduce((sum, one) => sum & one);
}

/** What is made when a scope begins: of a process, what the case has, or what every caller gives. */
function atEntry({ drawing, all, given, before, callers, inputs }: State, scope: string): Names {
  const around = drawing.nodes.get(scope);
  if (around) return before.get(around) ?? all;
  if (scope === drawing.model.main) return given;
  const calls = callers.get(scope) ?? [];
  return calls.reduce(
    (sum, call) => sum & ((call.calls?.allIn === false ? 0n : (before.get(call) ?? all)) | (inputs.get(call) ?? 0n)),
    all,
  );
}

function afterOf(state: State, node: ModelNode, now: Names): Names {
  const made = now | (state.makes.get(node) ?? 0n);
  const inside =
    node.kind === 'subprocess' ? node.id : node.calls?.allOut && node.outputs.length === 0 ? node.calls.process : undefined;
  // No instance may run, or no turn be taken: then nothing inside is made.
  if (inside === undefined || node.loop || node.repeat?.before) return made;
  return made | atExit(state, inside);
}

function atExit({ drawing, all, after }: State, scope: string): Names {
  return insideOf(drawing, scope)
    .filter((node) =>
      node.kind === 'end' ? node.trigger.on !== 'error' : node.outgoing.length === 0 && endsScope(drawing, node),
    )
    .reduce((sum, node) => sum & (after.get(node) ?? all), all);
}

function endsScope(drawing: Drawing, node: ModelNode): boolean {
  if (node.kind === 'event-subprocess')
    return insideOf(drawing, node.id).some(
      (one) => one.kind === 'start' && one.interrupting && one.trigger.on !== 'compensation',
    );
  return !node.isForCompensation && !(node.kind === 'boundary' && node.trigger.on === 'compensation');
}
