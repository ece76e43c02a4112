// A model indexed for the checks, so that each looks things up instead of searching. Checks nothing.
import type { Model, ModelFlow, ModelNode } from './model.ts';

export type Drawing = {
  readonly model: Model;
  readonly nodes: ReadonlyMap<string, ModelNode>;
  readonly flows: ReadonlyMap<string, ModelFlow>;
  /** Nodes by the scope they stand in, boundary events by their host. */
  readonly inside: ReadonlyMap<string, readonly ModelNode[]>;
  readonly boundaries: ReadonlyMap<string, readonly ModelNode[]>;
  readonly processes: ReadonlySet<string>;
};

export function drawingOf(model: Model): Drawing {
  const inside = new Map<string, ModelNode[]>();
  const boundaries = new Map<string, ModelNode[]>();
  for (const node of model.nodes) {
    push(inside, node.scope, node);
    if (node.attachedTo !== undefined) push(boundaries, node.attachedTo, node);
  }
  return {
    model,
    nodes: new Map(model.nodes.map((node) => [node.id, node])),
    flows: new Map(model.flows.map((flow) => [flow.id, flow])),
    inside,
    boundaries,
    processes: new Set(model.processes.map((process) => process.id)),
  };
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

export function insideOf(drawing: Drawing, scope: string): readonly ModelNode[] {
  return drawing.inside.get(scope) ?? [];
}

export function boundariesOf(drawing: Drawing, host: string): readonly ModelNode[] {
  return drawing.boundaries.get(host) ?? [];
}

export function flowsOut(drawing: Drawing, node: ModelNode): readonly ModelFlow[] {
  return node.outgoing.flatMap((id) => drawing.flows.get(id) ?? []);
}

export function isActivity({ kind }: ModelNode): boolean {
  return ACTIVITIES.has(kind);
}

const ACTIVITIES: ReadonlySet<ModelNode['kind']> = new Set([
  'user',
  'service',
  'send',
  'receive',
  'pass',
  'script',
  'rule',
  'subprocess',
  'call',
]);

/** The scopes of a model: its processes, subprocesses and event subprocesses. */
export function scopesOf({
  model,
}: Drawing): readonly { readonly id: string; readonly name: string; readonly node?: ModelNode }[] {
  const inner = model.nodes.filter((node) => node.kind === 'subprocess' || node.kind === 'event-subprocess');
  return [...model.processes, ...inner.map((node) => ({ id: node.id, name: node.info.name, node }))];
}

/** Ids of all scopes, each after those inside it and those it calls, but for circles. Never recursive: files may nest deeply. */
export function innerFirst(drawing: Drawing): readonly string[] {
  const order = new Set<string>();
  const seen = new Set<string>();
  for (const { id } of scopesOf(drawing)) {
    const open = [id];
    for (let scope = open.at(-1); scope !== undefined; scope = open.at(-1)) {
      if (seen.has(scope)) {
        order.add(scope);
        open.pop();
        continue;
      }
      seen.add(scope);
      for (const inner of innerOf(drawing, scope)) if (!seen.has(inner)) open.push(inner);
    }
  }
  return [...order];
}

function innerOf(drawing: Drawing, scope: string): readonly string[] {
  return insideOf(drawing, scope).flatMap((node) => {
    if (node.kind === 'subprocess' || node.kind === 'event-subprocess') return [node.id];
    return node.calls && drawing.processes.has(node.calls.process) ? [node.calls.process] : [];
  });
}
