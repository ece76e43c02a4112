// Which element can come before another, and by which path a case comes to an element without passing what makes a name. Looks at the drawing only.
import { boundariesOf, insideOf, type Drawing } from './check-drawing.ts';
import type { ModelNode } from './model.ts';

export type Preceding = (before: ModelNode, after: ModelNode) => boolean;

/** Elements of which neither leads to the other may be at work at once where anything is; those of different processes may call each other. */
export function precedingOf(drawing: Drawing): Preceding {
  const reached = new Map<ModelNode, ReadonlySet<ModelNode>>();
  const reach = (node: ModelNode): ReadonlySet<ModelNode> => {
    const known = reached.get(node) ?? reachFrom(drawing, node);
    reached.set(node, known);
    return known;
  };
  const parallel = new Map<string, boolean>();
  const hasBranches = (scope: string): boolean => {
    const known = parallel.get(scope) ?? insideOf(drawing, scope).some(isBranching);
    parallel.set(scope, known);
    return known;
  };
  return (before, after) => {
    const [one, other] = inOneScope(drawing, before, after);
    if (!one || !other) return true;
    if (one === other) return reach(one).has(one) || (one !== before && other !== after);
    // An event at the border of an element finds it incomplete, though what is inside may have completed.
    if (other.attachedTo === one.id) return one !== before || reach(one).has(other);
    return reach(one).has(other) || (!reach(other).has(one) && hasBranches(one.scope));
  };
}

function isBranching({ kind, outgoing, interrupting, trigger }: ModelNode): boolean {
  if (kind === 'event-subprocess') return true;
  if (kind === 'boundary') return !interrupting && trigger.on !== 'error';
  return outgoing.length > 1 && kind !== 'exclusive' && kind !== 'events';
}

/** Once it has completed, by one flow at least. */
function reachFrom(drawing: Drawing, node: ModelNode): ReadonlySet<ModelNode> {
  const seen = new Set<ModelNode>();
  const undoers = boundariesOf(drawing, node.id).filter((event) => event.trigger.on === 'compensation');
  const open = [...flowsFrom(drawing, node), ...undoers];
  for (let at = open.pop(); at; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...nextOf(drawing, at));
  }
  return seen;
}

function flowsFrom({ nodes, flows }: Drawing, node: ModelNode): readonly ModelNode[] {
  return node.outgoing.flatMap((id) => nodes.get(flows.get(id)?.to ?? '') ?? []);
}

function nextOf(drawing: Drawing, node: ModelNode): readonly ModelNode[] {
  const undoer = node.undoes === undefined ? undefined : drawing.nodes.get(node.undoes);
  return [...flowsFrom(drawing, node), ...boundariesOf(drawing, node.id), ...(undoer ? [undoer] : [])];
}

/** The elements around them that stand in the same scope, innermost. */
function inOneScope(drawing: Drawing, one: ModelNode, other: ModelNode): readonly (ModelNode | undefined)[] {
  const around = new Map(chainOf(drawing, one).map((node) => [node.scope, node]));
  const found = chainOf(drawing, other).find((node) => around.has(node.scope));
  return found ? [around.get(found.scope), found] : [];
}

function chainOf({ nodes }: Drawing, node: ModelNode): readonly ModelNode[] {
  const chain = new Set<ModelNode>();
  for (let at: ModelNode | undefined = node; at && !chain.has(at); at = nodes.get(at.scope)) chain.add(at);
  return [...chain];
}

/** The shortest way from the start of the process on which no element has it made, in elements and flows. */
export function pathWithout(drawing: Drawing, node: ModelNode, isMade: (node: ModelNode) => boolean): readonly string[] {
  const path: string[] = [];
  const chain = chainOf(drawing, node);
  for (const at of chain) path.unshift(...wayTo(drawing, at, isMade));
  return path;
}

type Step = { readonly node: ModelNode; readonly flow?: string; readonly next?: Step };

function wayTo(drawing: Drawing, node: ModelNode, isMade: (node: ModelNode) => boolean): readonly string[] {
  const seen = new Set([node]);
  let last: Step = { node };
  const open: Step[] = [last];
  for (let index = 0; index < open.length; index += 1) {
    const step = open[index];
    if (!step) break;
    last = step;
    if (step.node.kind === 'start' || step.node.kind === 'event-subprocess') break;
    for (const before of beforeOf(drawing, step.node)) {
      if (seen.has(before.node) || (before.flow !== undefined && isMade(before.node))) continue;
      seen.add(before.node);
      open.push({ ...before, next: step });
    }
  }
  const ids: string[] = [];
  for (let step: Step | undefined = last; step; step = step.next) {
    ids.push(step.node.id);
    if (step.flow !== undefined) ids.push(step.flow);
  }
  return ids;
}

function beforeOf(drawing: Drawing, node: ModelNode): readonly { readonly node: ModelNode; readonly flow?: string }[] {
  const host = node.attachedTo === undefined ? undefined : drawing.nodes.get(node.attachedTo);
  if (host) return [{ node: host }];
  return node.incoming.flatMap((flow) => {
    const from = drawing.nodes.get(drawing.flows.get(flow)?.from ?? '');
    return from ? [{ node: from, flow }] : [];
  });
}
