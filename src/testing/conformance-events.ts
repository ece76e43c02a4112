// Which event may be triggered by what: BPMN 2.0.2 (Table 10.93) beside what the engine says when it is shown a drawing of it. Asks; lists nothing by hand.
import { checkModel } from '#engine/check.ts';
import { readModel } from '#engine/read.ts';

export const TRIGGERS = [
  'none',
  'message',
  'timer',
  'conditional',
  'signal',
  'error',
  'escalation',
  'compensation',
  'cancel',
  'link',
  'terminate',
  'multiple',
  'parallel multiple',
] as const;
type TriggerName = (typeof TRIGGERS)[number];

export const POSITIONS = [
  'start',
  'event subprocess start, interrupting',
  'event subprocess start, not interrupting',
  'intermediate catch',
  'boundary, interrupting',
  'boundary, not interrupting',
  'intermediate throw',
  'end',
] as const;
type Position = (typeof POSITIONS)[number];

const SEVERAL: readonly TriggerName[] = ['multiple', 'parallel multiple'];
const FROM_OUTSIDE: readonly TriggerName[] = ['message', 'timer', 'conditional', 'signal', ...SEVERAL];
const FROM_WITHIN: readonly TriggerName[] = ['escalation', ...FROM_OUTSIDE];

/** BPMN 2.0.2, Table 10.93. */
const ALLOWED: Readonly<Record<Position, readonly TriggerName[]>> = {
  start: ['none', ...FROM_OUTSIDE],
  'event subprocess start, interrupting': ['error', 'compensation', ...FROM_WITHIN],
  'event subprocess start, not interrupting': FROM_WITHIN,
  'intermediate catch': ['link', ...FROM_OUTSIDE],
  'boundary, interrupting': ['error', 'cancel', 'compensation', ...FROM_WITHIN],
  'boundary, not interrupting': FROM_WITHIN,
  'intermediate throw': ['none', 'message', 'escalation', 'compensation', 'link', 'signal', 'multiple'],
  end: ['none', 'message', 'error', 'escalation', 'cancel', 'compensation', 'signal', 'terminate', 'multiple'],
};

const DEFINITIONS: Readonly<Record<TriggerName, string>> = {
  none: '',
  message: '<bpmn:messageEventDefinition messageRef="message"/>',
  timer: '<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>',
  conditional: '<bpmn:conditionalEventDefinition><bpmn:condition>=go</bpmn:condition></bpmn:conditionalEventDefinition>',
  signal: '<bpmn:signalEventDefinition signalRef="signal"/>',
  error: '<bpmn:errorEventDefinition errorRef="error"/>',
  escalation: '<bpmn:escalationEventDefinition escalationRef="escalation"/>',
  compensation: '<bpmn:compensateEventDefinition/>',
  cancel: '<bpmn:cancelEventDefinition/>',
  link: '<bpmn:linkEventDefinition name="over there"/>',
  terminate: '<bpmn:terminateEventDefinition/>',
  multiple: '<bpmn:messageEventDefinition messageRef="message"/><bpmn:signalEventDefinition signalRef="signal"/>',
  'parallel multiple': '<bpmn:messageEventDefinition messageRef="message"/><bpmn:signalEventDefinition signalRef="signal"/>',
};

const ROOTS = `<bpmn:message id="message" name="m"/><bpmn:signal id="signal" name="s"/><bpmn:error id="error" errorCode="e"/><bpmn:escalation id="escalation" escalationCode="c"/>`;

const flow = (from: string, to: string): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"/>`;
const event = (type: string, id: string, trigger: TriggerName, more = ''): string =>
  `<bpmn:${type} id="${id}"${more}${trigger === 'parallel multiple' ? ' parallelMultiple="true"' : ''}>${DEFINITIONS[trigger]}</bpmn:${type}>`;

const START = '<bpmn:startEvent id="Start"/>';
const END = '<bpmn:endEvent id="End"/>';
const TASK = '<bpmn:userTask id="Task"/>';

/** The smallest sound drawing in which an event with this trigger stands at this position. */
function drawing(position: Position, trigger: TriggerName): string {
  switch (position) {
    case 'start':
      return event('startEvent', 'Start', trigger) + TASK + END + flow('Start', 'Task') + flow('Task', 'End');
    case 'event subprocess start, interrupting':
    case 'event subprocess start, not interrupting':
      return around(handler(trigger, position === 'event subprocess start, interrupting'));
    case 'intermediate catch':
      if (trigger === 'link') return linked();
      return START + event('intermediateCatchEvent', 'It', trigger) + END + flow('Start', 'It') + flow('It', 'End');
    case 'intermediate throw':
      if (trigger === 'link') return linked();
      return START + event('intermediateThrowEvent', 'It', trigger) + END + flow('Start', 'It') + flow('It', 'End');
    case 'boundary, interrupting':
    case 'boundary, not interrupting':
      return boundary(trigger, position === 'boundary, interrupting');
    case 'end':
      return ending(trigger);
  }
}

/** A subprocess with a task in it and `inside` beside that. */
function around(inside: string): string {
  const own = `<bpmn:startEvent id="s"/><bpmn:userTask id="t"/><bpmn:endEvent id="e"/>${flow('s', 't')}${flow('t', 'e')}`;
  return `${START}<bpmn:subProcess id="Sub">${own}${inside}</bpmn:subProcess>${END}${flow('Start', 'Sub')}${flow('Sub', 'End')}`;
}

function handler(trigger: TriggerName, isInterrupting: boolean): string {
  const begin = event('startEvent', 'It', trigger, isInterrupting ? '' : ' isInterrupting="false"');
  return `<bpmn:subProcess id="Handler" triggeredByEvent="true">${begin}<bpmn:userTask id="h"/><bpmn:endEvent id="he"/>${flow('It', 'h')}${flow('h', 'he')}</bpmn:subProcess>`;
}

function linked(): string {
  const thrown = event('intermediateThrowEvent', 'There', 'link');
  const caught = event('intermediateCatchEvent', 'Here', 'link');
  return START + thrown + caught + END + flow('Start', 'There') + flow('Here', 'End');
}

/** On a subprocess, or on the transaction that a cancel event needs; a compensation leads to its activity by an association. */
function boundary(trigger: TriggerName, isInterrupting: boolean): string {
  const type = trigger === 'cancel' ? 'transaction' : 'subProcess';
  const inner = trigger === 'cancel' ? event('endEvent', 'e', 'cancel') : '<bpmn:endEvent id="e"/>';
  const host = `<bpmn:${type} id="Sub"><bpmn:startEvent id="s"/><bpmn:userTask id="t"/>${inner}${flow('s', 't')}${flow('t', 'e')}</bpmn:${type}>`;
  const it = event('boundaryEvent', 'It', trigger, ` attachedToRef="Sub"${isInterrupting ? '' : ' cancelActivity="false"'}`);
  const way =
    trigger === 'compensation'
      ? '<bpmn:userTask id="Undo" isForCompensation="true"/><bpmn:association id="a" sourceRef="It" targetRef="Undo"/>'
      : flow('It', 'End');
  return START + host + it + way + END + flow('Start', 'Sub') + flow('Sub', 'End');
}

/** What rises is caught at the border of its subprocess; what cancels ends a transaction. */
function ending(trigger: TriggerName): string {
  if (trigger === 'cancel') return boundary('cancel', true);
  if (trigger !== 'error' && trigger !== 'escalation')
    return START + TASK + event('endEvent', 'End', trigger) + flow('Start', 'Task') + flow('Task', 'End');
  const host = `<bpmn:subProcess id="Sub"><bpmn:startEvent id="s"/>${event('endEvent', 'e', trigger)}${flow('s', 'e')}</bpmn:subProcess>`;
  const caught = event('boundaryEvent', 'Caught', trigger, ' attachedToRef="Sub"');
  return START + host + caught + END + flow('Start', 'Sub') + flow('Sub', 'End') + flow('Caught', 'End');
}

export type EventCell = { readonly isBpmn: boolean; readonly isExecuted: boolean; readonly why: string };
export type EventRow = { readonly position: Position; readonly cells: readonly EventCell[] };

/** What the engine executes and refuses; `why` are the codes of its refusal. */
export async function eventTable(): Promise<readonly EventRow[]> {
  return Promise.all(
    POSITIONS.map(async (position) => ({
      position,
      cells: await Promise.all(TRIGGERS.map(async (trigger) => cell(position, trigger))),
    })),
  );
}

async function cell(position: Position, trigger: TriggerName): Promise<EventCell> {
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">${ROOTS}<bpmn:process id="P" isExecutable="true">${drawing(position, trigger)}</bpmn:process></bpmn:definitions>`;
  const { model, findings } = await readModel(xml);
  const found = [...findings, ...(model ? checkModel(model, { forms: [], decisions: [] }) : [])];
  const errors = found.filter(({ severity }) => severity === 'error').map(({ code, place }) => `${code} ${place}`);
  return { isBpmn: ALLOWED[position].includes(trigger), isExecuted: errors.length === 0, why: errors.join(', ') };
}
