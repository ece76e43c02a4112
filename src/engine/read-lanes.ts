// Who is responsible, as the drawing says it: lanes and pools, and the messages between pools. Reads only; checks nothing.
import type { MessageFlow, ModelLane, ModelNode, ModelPool } from './model.ts';
import { idOf, list, localType, one, text, type Raw } from './raw.ts';
import { executorOf } from './read-info.ts';
import type { Executor } from './types.ts';

export type Lane = { readonly lane: ModelLane; readonly executor: Executor | undefined };

/** The lanes of a process or subprocess, outer ones before those inside them: the innermost that speaks has the last word. */
export function readLanes(container: Raw): readonly Lane[] {
  return list(container, 'laneSets').flatMap((set) => lanesOf(set, idOf(container)));
}

function lanesOf(set: Raw, scope: string): readonly Lane[] {
  return list(set, 'lanes').flatMap((raw) => {
    const lane = { id: idOf(raw), name: text(raw, 'name') ?? '', scope, nodes: list(raw, 'flowNodeRef').map(idOf) };
    const inner = one(raw, 'childLaneSet');
    return [{ lane, executor: executorOf(raw) }, ...(inner ? lanesOf(inner, scope) : [])];
  });
}

/** A user task that names no executor is worked by its lane's. */
export function inLane(node: ModelNode, lanes: readonly Lane[]): ModelNode {
  const around = lanes.filter(({ lane }) => lane.nodes.includes(node.id));
  const innermost = around.at(-1);
  if (!innermost) return node;
  const executor =
    node.info.executor ?? (node.kind === 'user' ? around.findLast((one) => one.executor !== undefined)?.executor : undefined);
  return { ...node, info: { ...node.info, lane: innermost.lane.name, ...(executor && { executor }) } };
}

export function readPools(root: Raw): { readonly pools: readonly ModelPool[]; readonly messageFlows: readonly MessageFlow[] } {
  const drawings = list(root, 'rootElements').filter((raw) => localType(raw) === 'collaboration');
  const pools = drawings.flatMap((drawing) => list(drawing, 'participants')).map(poolOf);
  const messageFlows = drawings
    .flatMap((drawing) => list(drawing, 'messageFlows'))
    .map((raw) => ({
      id: idOf(raw),
      name: text(raw, 'name') ?? '',
      from: idOf(one(raw, 'sourceRef')),
      to: idOf(one(raw, 'targetRef')),
    }));
  return { pools, messageFlows };
}

function poolOf(raw: Raw): ModelPool {
  const process = one(raw, 'processRef');
  return { id: idOf(raw), name: text(raw, 'name') ?? '', ...(process && { process: idOf(process) }) };
}
