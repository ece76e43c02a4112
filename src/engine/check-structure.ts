// Is the drawing whole: starts and ends, flows of gateways, boundary events on activities, nothing that no path reaches.
import type { Finding } from '#base/finding.ts';
import type { Model, ModelNode, NodeKind } from './model.ts';
import { finding } from './words.ts';

const HOSTS: ReadonlySet<NodeKind> = new Set([
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

export function checkStructure(model: Model): readonly Finding[] {
  const scopes = [
    ...model.processes.map(({ id, name }) => ({ id, name, event: false })),
    ...model.nodes.filter((node) => node.kind === 'subprocess' || node.kind === 'event-subprocess').map(asScope),
  ];
  return [
    ...scopes.flatMap((scope) => checkScope(model, scope)),
    ...model.nodes.flatMap((node) => checkNode(model, node)),
    ...unreachable(model),
  ];
}

type Scope = { readonly id: string; readonly name: string; readonly event: boolean };

function asScope({ id, info, kind }: ModelNode): Scope {
  return { id, name: info.name, event: kind === 'event-subprocess' };
}

function checkScope(model: Model, scope: Scope): readonly Finding[] {
  const inside = model.nodes.filter((node) => node.scope === scope.id);
  const starts = inside.filter((node) => node.kind === 'start');
  const called = scope.name || scope.id;
  const isProcess = model.processes.some((process) => process.id === scope.id);
  const found: Finding[] = [];
  if (starts.length === 0) found.push(finding('no-start', scope.id, called));
  if (!inside.some((node) => node.kind === 'end')) found.push(finding('no-end', scope.id, called));
  const plain = starts.filter((node) => node.trigger.on === 'none').length;
  if (plain > 1 || (plain === 0 && starts.length > 1) || (scope.event && starts.length > 1))
    found.push(finding('several-starts', scope.id, called));
  for (const { id, trigger } of starts) {
    const fits = scope.event ? trigger.on !== 'none' : trigger.on === 'none' || (isProcess && trigger.on === 'message');
    if (!fits && trigger.on !== 'unsupported') found.push(finding('start-trigger', id, trigger.on));
  }
  return found;
}

function checkNode(model: Model, node: ModelNode): readonly Finding[] {
  switch (node.kind) {
    case 'exclusive':
    case 'inclusive':
      return checkChoice(model, node);
    case 'events':
      return checkEventGateway(model, node);
    case 'boundary':
      return [...checkHost(model, node), ...checkWayOut(node)];
    case 'end':
    case 'event-subprocess':
    case 'unsupported':
      return [];
    default:
      return [...checkWayOut(node), ...checkDefault(node)];
  }
}

function checkWayOut(node: ModelNode): readonly Finding[] {
  return node.outgoing.length === 0 ? [finding('dead-end', node.id)] : [];
}

function checkDefault(node: ModelNode): readonly Finding[] {
  const { defaultFlow } = node;
  return defaultFlow === undefined || node.outgoing.includes(defaultFlow) ? [] : [finding('default-flow', node.id, defaultFlow)];
}

function checkChoice(model: Model, node: ModelNode): readonly Finding[] {
  const found = [...checkWayOut(node), ...checkDefault(node)];
  if (node.outgoing.length < 2) return found;
  const bare = model.flows.filter(
    (flow) => flow.from === node.id && flow.condition === undefined && flow.id !== node.defaultFlow,
  );
  if (bare.length === 0) return node.defaultFlow === undefined ? [...found, finding('gateway-without-default', node.id)] : found;
  return [...found, ...bare.map((flow) => finding('flow-without-condition', node.id, flow.id))];
}

function checkEventGateway(model: Model, node: ModelNode): readonly Finding[] {
  const targets = model.flows
    .filter((flow) => flow.from === node.id)
    .map((flow) => model.nodes.find((one) => one.id === flow.to));
  const wrong = targets.filter((target) => target && target.kind !== 'catch' && target.kind !== 'receive');
  const shared = targets.filter(
    (target) => target && (target.incoming.length > 1 || model.nodes.some((one) => one.attachedTo === target.id)),
  );
  return [...checkWayOut(node), ...[...wrong, ...shared].map((target) => finding('event-gateway-target', target?.id ?? node.id))];
}

function checkHost(model: Model, node: ModelNode): readonly Finding[] {
  const host = model.nodes.find((one) => one.id === node.attachedTo);
  const fits = host !== undefined && host.scope === node.scope && HOSTS.has(host.kind);
  const escalates = node.trigger.on !== 'escalation' || host?.kind === 'subprocess' || host?.kind === 'call';
  return fits && escalates ? [] : [finding('boundary-host', node.id, node.attachedTo ?? '')];
}

/** Along the flows from the start of each scope; boundary events are reached with their hosts. */
function unreachable(model: Model): readonly Finding[] {
  const isStart = (node: ModelNode): boolean =>
    node.kind === 'start' || node.kind === 'event-subprocess' || node.kind === 'unsupported';
  const seen = new Set<string>();
  const open = model.nodes.filter(isStart).map((node) => node.id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const flow of model.flows) if (flow.from === id) open.push(flow.to);
    for (const node of model.nodes) if (node.attachedTo === id) open.push(node.id);
  }
  return model.nodes.filter((node) => !seen.has(node.id)).map((node) => finding('unreachable', node.id));
}
