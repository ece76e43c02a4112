// Is each element one that the engine executes, and does it say all that its kind needs. Looks at one element at a time.
import type { Finding } from '#base/finding.ts';
import { feelOf, type Model, type ModelNode } from './model.ts';
import { timerFault } from './timer.ts';
import { finding } from './words.ts';

const OUTCOMES = new Set(['issued', 'refused', 'lapsed', 'completed']);

export function checkElements(model: Model): readonly Finding[] {
  const eventScopes = new Set(model.nodes.filter((node) => node.kind === 'event-subprocess').map((node) => node.id));
  return model.nodes.flatMap((node) => [
    ...node.unsupported.map((what) => finding('unsupported-element', node.id, what)),
    ...checkWork(node),
    ...checkTrigger(node, eventScopes),
    ...checkMappings(node),
  ]);
}

function checkWork(node: ModelNode): readonly Finding[] {
  const { kind, info, script, decision, loop } = node;
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
    ...(loop && loop.collection === undefined ? [finding('loop-incomplete', node.id)] : []),
    ...(outcome !== undefined && feelOf(outcome) === undefined && !OUTCOMES.has(outcome)
      ? [finding('outcome-status', node.id, outcome)]
      : []),
  ];
}

function checkTrigger(node: ModelNode, eventScopes: ReadonlySet<string>): readonly Finding[] {
  const { trigger, kind } = node;
  const throws = kind === 'throw' || kind === 'end';
  switch (trigger.on) {
    case 'message':
      return trigger.name === undefined && !(throws && node.info.service !== undefined)
        ? [finding('message-missing', node.id)]
        : [];
    case 'timer':
      return checkTimer(node, eventScopes);
    case 'error':
    case 'escalation':
      return throws && trigger.code === undefined ? [finding('code-missing', node.id)] : [];
    default:
      return kind === 'receive' ? [finding('message-missing', node.id)] : [];
  }
}

function checkTimer(node: ModelNode, eventScopes: ReadonlySet<string>): readonly Finding[] {
  const { trigger } = node;
  if (trigger.on !== 'timer') return [];
  if (trigger.form === undefined) return [finding('timer-invalid', node.id)];
  const repeats = !node.interrupting && (node.kind === 'boundary' || eventScopes.has(node.scope));
  const misplaced = trigger.form === 'cycle' && !repeats ? [finding('cycle-misplaced', node.id)] : [];
  const fault = feelOf(trigger.text) === undefined ? timerFault(trigger.form, trigger.text, trigger.workingTime) : undefined;
  return fault === undefined ? misplaced : [...misplaced, finding('timer-invalid', node.id, trigger.text)];
}

function checkMappings(node: ModelNode): readonly Finding[] {
  const incomplete = [...node.inputs, ...node.outputs].some(({ source, target }) => source === '' || target === '');
  return incomplete ? [finding('mapping-incomplete', node.id)] : [];
}
