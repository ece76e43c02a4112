// Is each element one that the engine executes, and does it say all that its kind needs. Looks at one element at a time.
import type { Finding } from '#base/finding.ts';
import type { Drawing } from './check-drawing.ts';
import { feelOf, type Loop, type ModelNode, type Repeat } from './model.ts';
import { finding } from './words.ts';

const OUTCOMES = new Set(['issued', 'refused', 'lapsed', 'completed']);
/** As the engine has it: more instances are an incident. */
const MOST_INSTANCES = 100_000;

export function checkElements({ model }: Drawing): readonly Finding[] {
  return model.nodes.flatMap((node) => [
    ...node.unsupported.map((what) => finding('unsupported-element', node.id, what)),
    ...checkWork(node),
    ...(node.loop ? checkLoop(node, node.loop) : []),
    ...(node.repeat ? checkRepeat(node, node.repeat) : []),
    ...checkMappings(node),
  ]);
}

function checkWork(node: ModelNode): readonly Finding[] {
  const { kind, info, script, decision } = node;
  const outcome = info.outcome?.status;
  return [
    ...(kind === 'service' && info.service === undefined ? [finding('service-type-missing', node.id)] : []),
    ...(kind === 'send' && info.service === undefined && node.trigger.on !== 'message'
      ? [finding('message-missing', node.id)]
      : []),
    ...(kind === 'script' && !(script?.expression && script.result) ? [finding('script-missing', node.id)] : []),
    ...(kind === 'rule' && info.service === undefined && !(decision?.id && decision.result)
      ? [finding('decision-missing', node.id)]
      : []),
    ...(outcome !== undefined && feelOf(outcome) === undefined && !OUTCOMES.has(outcome)
      ? [finding('outcome-status', node.id, outcome)]
      : []),
  ];
}

/** A list is as long as it is; a number from an expression may be of any size, unless its text bounds it. */
function checkLoop({ id }: ModelNode, { collection, cardinality }: Loop): readonly Finding[] {
  if (collection !== undefined) return [];
  if (cardinality === undefined) return [finding('loop-incomplete', id)];
  return checkCount(id, cardinality);
}

function checkRepeat({ id }: ModelNode, { condition, most }: Repeat): readonly Finding[] {
  if (most === undefined) return condition === undefined ? [finding('loop-unbounded', id)] : [];
  return checkCount(id, most).filter((found) => found.severity === 'error' || condition === undefined);
}

function checkCount(place: string, text: string): readonly Finding[] {
  const feel = (feelOf(text) ?? text).trim();
  if (/^-?\d+(?:\.\d+)?$/u.test(feel)) {
    const count = Number(feel);
    return Number.isInteger(count) && count >= 0 && count <= MOST_INSTANCES ? [] : [finding('loop-maximum', place, text)];
  }
  return /\b(?:min|count)\s*\(/u.test(feel) ? [] : [finding('instances-unbounded', place, text)];
}

function checkMappings(node: ModelNode): readonly Finding[] {
  const incomplete = [...node.inputs, ...node.outputs].some(({ source, target }) => source === '' || target === '');
  return incomplete ? [finding('mapping-incomplete', node.id)] : [];
}
