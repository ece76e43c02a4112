// Who is responsible, as the drawing says it: lanes and pools, and the messages between pools. Reads only; checks nothing.
import type { MessageFlow, ModelLane, ModelNode, ModelPool } from './model.ts';
import { idOf, list, localType, one, text, type Raw } from './raw.ts';
import { executorOf } from './read-info.ts';

/** The lanes of a process or subprocess, outer ones before those inside them: the innermost that speaks has the last word. */
export function readLanes(container: Raw): readonly ModelLane[] {
  return list(container, 'laneSets').flatMap((set) => lanesOf(set, idOf(container), undefined));
}

function lanesOf(set: Raw, scope: string, around: string | undefined): readonly ModelLane[] {
  return list(set, 'lanes').flatMap((raw) => {
    const executor = executorOf(raw);
    const lane: ModelLane = {
      id: idOf(raw),
      name: text(raw, 'name') ?? '',
      scope,
      ...(around !== undefined && { in: around }),
      ...(executor && { executor }),
      nodes: list(raw, 'flowNodeRef').map(idOf),
    };
    const inner = one(raw, 'childLaneSet');
    return [lane, ...(inner ? lanesOf(inner, scope, lane.id) : [])];
  });
}

/** For each node of some lanes, those that hold it, outer ones first. */
export function lanesByNode(lanes: readonly ModelLane[]): ReadonlyMap<string, readonly ModelLane[]> {
  const around = new Map<string, ModelLane[]>();
  for (const lane of lanes)
    for (const id of lane.nodes) {
      const known = around.get(id);
      if (known) known.push(lane);
      else around.set(id, [lane]);
    }
  return around;
}

/** A user task that names no executor is worked by its lane's. */
export function inLane(node: ModelNode, around: readonly ModelLane[]): ModelNode {
  const innermost = around.at(-1);
  if (!innermost) return node;
  const executor =
    node.info.executor ?? (node.kind === 'user' ? around.findLast((one) => one.executor !== undefined)?.executor : undefined);
  return { ...node, info: { ...node.info, lane: innermost.name, ...(executor && { executor }) } };
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
