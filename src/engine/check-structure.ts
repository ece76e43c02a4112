// Is the drawing whole: starts and ends of each scope, ways out, flows where flows belong, nothing that no path reaches.
import type { Finding } from '#base/finding.ts';
import { boundariesOf, flowsOut, insideOf, scopesOf, type Drawing } from './check-drawing.ts';
import type { ModelNode } from './model.ts';
import { finding } from './words.ts';

export function checkStructure(drawing: Drawing): readonly Finding[] {
  return [
    ...scopesOf(drawing).flatMap((scope) => checkScope(drawing, scope)),
    ...drawing.model.nodes.flatMap((node) => [...checkWays(node), ...checkDefault(drawing, node)]),
    ...unreachable(drawing),
  ];
}

type Scope = ReturnType<typeof scopesOf>[number];

function checkScope(drawing: Drawing, scope: Scope): readonly Finding[] {
  const inside = insideOf(drawing, scope.id);
  const starts = inside.filter((node) => node.kind === 'start');
  const called = scope.name || scope.id;
  const plain = starts.filter((node) => node.trigger.on === 'none').length;
  const isAmbiguous = scope.node ? starts.length > 1 : plain > 1;
  return [
    ...(starts.length === 0 ? [finding('no-start', scope.id, called)] : []),
    ...(inside.some((node) => node.kind === 'end') || starts.length === 0 ? [] : [finding('no-end', scope.id, called)]),
    ...(isAmbiguous ? [finding('several-starts', scope.id, called)] : []),
    ...starts.flatMap(({ id, trigger }) =>
      trigger.on === 'unsupported' || mayStart(drawing, scope, trigger.on) ? [] : [finding('start-trigger', id, trigger.on)],
    ),
    ...startsTwice(starts),
  ];
}

const BEGINNING: ReadonlySet<string> = new Set(['none', 'message', 'timer', 'signal']);

/** A process is begun by its case, a message, a timer or a signal; a subprocess by its flow; an event subprocess by its event. */
function mayStart({ processes }: Drawing, { node }: Scope, on: ModelNode['trigger']['on']): boolean {
  if (!node) return BEGINNING.has(on);
  if (node.kind === 'subprocess') return on === 'none';
  return on !== 'none' && !(on === 'compensation' && processes.has(node.scope));
}

function startsTwice(starts: readonly ModelNode[]): readonly Finding[] {
  const seen = new Set<string>();
  return starts.flatMap(({ id, trigger }) => {
    const name = trigger.on === 'message' || trigger.on === 'signal' ? trigger.name : undefined;
    const key = `${trigger.on} ${name}`;
    if (name === undefined || !seen.has(key)) seen.add(key);
    else return [finding('start-twice', id, name)];
    return [];
  });
}

function checkWays(node: ModelNode): readonly Finding[] {
  const { id, kind, incoming, outgoing, trigger } = node;
  if (node.isForCompensation) return [];
  switch (kind) {
    case 'unsupported':
      return [];
    case 'event-subprocess':
      return incoming.length + outgoing.length > 0 ? [finding('event-subprocess-flow', id)] : [];
    case 'end':
      return outgoing.length > 0 ? [finding('end-outgoing', id)] : [];
    case 'start':
      return [...(incoming.length > 0 ? [finding('start-incoming', id)] : []), ...wayOut(node)];
    case 'boundary':
      return [
        ...(incoming.length > 0 ? [finding('boundary-incoming', id)] : []),
        ...(trigger.on === 'compensation' ? [] : wayOut(node)),
      ];
    case 'throw':
      return trigger.on === 'link' ? [] : wayOut(node);
    default:
      return wayOut(node);
  }
}

function wayOut(node: ModelNode): readonly Finding[] {
  return node.outgoing.length === 0 ? [finding('dead-end', node.id)] : [];
}

function checkDefault({ flows }: Drawing, { id, defaultFlow, outgoing }: ModelNode): readonly Finding[] {
  if (defaultFlow === undefined) return [];
  if (!outgoing.includes(defaultFlow)) return [finding('default-flow', id, defaultFlow)];
  return flows.get(defaultFlow)?.condition === undefined ? [] : [finding('condition-ignored', id, defaultFlow)];
}

/** Along the flows from the start of each scope; boundary events are reached with their hosts, and what undoes an activity with them. */
function unreachable(drawing: Drawing): readonly Finding[] {
  const seen = new Set<string>();
  const open = drawing.model.nodes.filter(
    ({ kind, isForCompensation }) =>
      kind === 'start' || kind === 'event-subprocess' || kind === 'unsupported' || isForCompensation,
  );
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    for (const { to } of flowsOut(drawing, node)) open.push(...nodeAt(drawing, to));
    open.push(...boundariesOf(drawing, node.id));
  }
  return drawing.model.nodes.filter((node) => !seen.has(node.id)).map((node) => finding('unreachable', node.id));
}

function nodeAt({ nodes }: Drawing, id: string): readonly ModelNode[] {
  const node = nodes.get(id);
  return node ? [node] : [];
}
