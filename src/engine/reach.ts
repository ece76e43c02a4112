// Reachability over the flows of one scope, as the inclusive join needs it (BPMN 2.0.2 §13.4.3). Looks at the drawing only, never at data.
import type { Model, ModelNode } from './model.ts';

/** For each flow into `join`: the nodes from which a path leads to that flow without passing `join`. Boundary events are reached from their hosts. */
export function reachOf(model: Model, join: ModelNode): { readonly [flow: string]: ReadonlySet<string> } {
  const before = predecessors(model);
  return Object.fromEntries(
    join.incoming.map((id) => {
      const source = model.flows.find((flow) => flow.id === id)?.from;
      return [id, backwards(before, source, join.id)];
    }),
  );
}

/** Node id → the nodes one step before it. */
function predecessors(model: Model): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  const add = (to: string, from: string): void => {
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  };
  for (const flow of model.flows) add(flow.to, flow.from);
  for (const node of model.nodes) if (node.attachedTo !== undefined) add(node.id, node.attachedTo);
  return before;
}

function backwards(
  before: ReadonlyMap<string, readonly string[]>,
  from: string | undefined,
  barrier: string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = from === undefined ? [] : [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === barrier || seen.has(id)) continue;
    seen.add(id);
    open.push(...(before.get(id) ?? []));
  }
  return seen;
}
