// Who is drawn as responsible: lanes against the executors of tasks, pools and the messages between them.
import type { Finding } from '#base/finding.ts';
import { isActivity, push, type Drawing } from './check-drawing.ts';
import type { MessageFlow, ModelLane, ModelNode } from './model.ts';
import { finding } from './words.ts';

export function checkParties(drawing: Drawing): readonly Finding[] {
  return [...checkLanes(drawing), ...drawing.model.messageFlows.flatMap((flow) => checkMessageFlow(drawing, flow))];
}

function checkLanes({ model, nodes }: Drawing): readonly Finding[] {
  const lanes = new Map<string, ModelLane[]>();
  for (const lane of model.lanes) for (const id of new Set(lane.nodes)) push(lanes, id, lane);
  return [...lanes].flatMap(([id, around]) => {
    const node = nodes.get(id);
    if (!node) return [];
    const [first, second] = innermost(around);
    const speaking = around.findLast((lane) => lane.executor !== undefined);
    return [
      ...(second ? [finding('lane-twice', id, `${called(first)}, ${called(second)}`)] : []),
      ...(speaking && differs(node, speaking) ? [finding('lane-executor', id, called(speaking))] : []),
    ];
  });
}

/** Lanes that hold no other one of these: more than one only where the drawing contradicts itself. */
function innermost(lanes: readonly ModelLane[]): readonly ModelLane[] {
  const outer = new Set(lanes.map((lane) => lane.in));
  return lanes.filter((lane) => !outer.has(lane.id));
}

function called(lane: ModelLane | undefined): string {
  return lane?.name || (lane?.id ?? '');
}

function differs({ kind, info }: ModelNode, { executor }: ModelLane): boolean {
  if (kind !== 'user' || !info.executor || !executor) return false;
  return info.executor.unit !== executor.unit || info.executor.role !== executor.role;
}

function checkMessageFlow(drawing: Drawing, flow: MessageFlow): readonly Finding[] {
  const pools = new Set(drawing.model.pools.map((pool) => pool.id));
  const faults = [
    ...(pools.has(flow.from) || maySend(drawing.nodes.get(flow.from)) ? [] : [flow.from]),
    ...(pools.has(flow.to) || mayReceive(drawing.nodes.get(flow.to)) ? [] : [flow.to]),
  ].filter((id) => id !== '');
  const [from, to] = [poolOf(drawing, flow.from), poolOf(drawing, flow.to)];
  return [
    ...faults.map((id) => finding('message-flow-end', flow.id, drawing.nodes.get(id)?.info.name || id)),
    ...(from !== undefined && from === to ? [finding('message-flow-same-pool', flow.id)] : []),
  ];
}

function maySend(node: ModelNode | undefined): boolean {
  if (!node) return false;
  return (
    (isActivity(node) && node.kind !== 'receive') ||
    ((node.kind === 'throw' || node.kind === 'end') && node.trigger.on === 'message')
  );
}

function mayReceive(node: ModelNode | undefined): boolean {
  if (!node) return false;
  const isEvent = node.kind === 'start' || node.kind === 'catch' || node.kind === 'boundary';
  return (isActivity(node) && node.kind !== 'send') || (isEvent && node.trigger.on === 'message');
}

/** The pool that is an end of a message flow, or in whose process the end stands; the process, where it is in none. */
function poolOf({ model, nodes, processes }: Drawing, id: string): string | undefined {
  if (model.pools.some((pool) => pool.id === id)) return id;
  const seen = new Set<string>();
  let scope = nodes.get(id)?.scope;
  while (scope !== undefined && !processes.has(scope) && !seen.has(scope)) {
    seen.add(scope);
    scope = nodes.get(scope)?.scope;
  }
  return model.pools.find((pool) => pool.process !== undefined && pool.process === scope)?.id ?? scope;
}
