// Do the flows that leave an element suffice: a condition on each, a default, or conditions of which one always holds. Evaluates nothing.
import type { Finding } from '#base/finding.ts';
import { boundariesOf, flowsOut, isActivity, type Drawing } from './check-drawing.ts';
import { feelOf, type ModelFlow, type ModelNode } from './model.ts';
import { finding } from './words.ts';

export function checkChoices(drawing: Drawing): readonly Finding[] {
  return drawing.model.nodes.flatMap((node) => checkNode(drawing, node));
}

function checkNode(drawing: Drawing, node: ModelNode): readonly Finding[] {
  switch (node.kind) {
    case 'exclusive':
    case 'inclusive':
      return [...bareFlows(drawing, node), ...standsStill(drawing, node)];
    case 'parallel':
      return flowsOut(drawing, node)
        .filter((flow) => flow.condition !== undefined && flow.id !== node.defaultFlow)
        .map((flow) => finding('condition-ignored', node.id, flow.id));
    case 'events':
      return checkEventGateway(drawing, node);
    case 'end':
    case 'event-subprocess':
    case 'unsupported':
      return [];
    default:
      return standsStill(drawing, node);
  }
}

/** Among several flows of a gateway each needs a condition or is the default. */
function bareFlows(drawing: Drawing, node: ModelNode): readonly Finding[] {
  if (node.outgoing.length < 2) return [];
  return flowsOut(drawing, node)
    .filter((flow) => flow.condition === undefined && flow.id !== node.defaultFlow)
    .map((flow) => finding('flow-without-condition', node.id, flow.id));
}

function standsStill(drawing: Drawing, node: ModelNode): readonly Finding[] {
  const flows = flowsOut(drawing, node);
  const hasFallback = node.defaultFlow !== undefined && node.outgoing.includes(node.defaultFlow);
  if (flows.length === 0 || hasFallback || flows.some((flow) => flow.condition === undefined)) return [];
  return isComplete(flows) ? [] : [finding('gateway-without-default', node.id)];
}

/** Whether the text of the conditions shows that one of them holds, as long as what they ask about is there. */
export function isComplete(flows: readonly ModelFlow[]): boolean {
  const conditions = flows.flatMap(({ condition }) => (condition === undefined ? [] : [plain(feelOf(condition) ?? condition)]));
  const asked = new Set(conditions);
  return conditions.some((one) => one === 'true' || opposites(one).some((other) => asked.has(other)));
}

function plain(feel: string): string {
  const text = feel.trim().replace(/\s+/gu, ' ');
  return text.replace(/^not ?\((.*)\)$/u, 'not($1)').replace(/ ?(<=|>=|!=|=|<|>) ?/gu, ' $1 ');
}

const OPPOSITE: { readonly [operator: string]: string } = { '<': '>=', '>=': '<', '>': '<=', '<=': '>', '=': '!=', '!=': '=' };

function opposites(feel: string): readonly string[] {
  const compared = /^([^<>=!]+) (<=|>=|!=|=|<|>) ([^<>=!]+)$/u.exec(feel);
  const [, left = '', operator = '', right = ''] = compared ?? [];
  const isOne = compared && !/ (?:and|or|then|else|satisfies|return|in) |^(?:if|some|every|for) /u.test(feel);
  const turned = isOne ? [`${left} ${OPPOSITE[operator]} ${right}`] : [];
  return [
    ...turned,
    `not(${feel})`,
    ...(/^(.+) = false$/u.test(feel) ? [feel.replace(/ = false$/u, ''), feel.replace(/false$/u, 'true')] : []),
  ];
}

const AWAITED: ReadonlySet<string> = new Set(['message', 'timer', 'signal', 'condition']);

/** Each flow leads to an event of its own that waits for nothing else (BPMN 2.0.2 §10.6.6). */
function checkEventGateway(drawing: Drawing, node: ModelNode): readonly Finding[] {
  return flowsOut(drawing, node).flatMap((flow) => {
    const target = drawing.nodes.get(flow.to);
    if (!target) return [];
    const isEvent = target.kind === 'catch' ? AWAITED.has(target.trigger.on) : target.kind === 'receive';
    const isOwn = target.incoming.length === 1 && boundariesOf(drawing, target.id).length === 0;
    const isSingle = !isActivity(target) || (target.loop === undefined && target.repeat === undefined);
    const ignored = flow.condition === undefined ? [] : [finding('condition-ignored', node.id, flow.id)];
    return isEvent && isOwn && isSingle ? ignored : [...ignored, finding('event-gateway-target', target.id)];
  });
}
