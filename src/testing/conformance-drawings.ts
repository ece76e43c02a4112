// The smallest sound process in which an event with one trigger stands at one position, and what a case must walk of it. Draws; runs nothing.

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
export type TriggerName = (typeof TRIGGERS)[number];

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
export type Position = (typeof POSITIONS)[number];

/** `walked` are the elements that must complete, `left` those that must not; `at` is the start event that begins it. */
export type Drawing = {
  readonly xml: string;
  readonly walked: readonly string[];
  readonly left: readonly string[];
  readonly at?: string;
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

/** Flows along a line of ids. */
function path(line: string): string {
  const ids = line.split(' ');
  return ids
    .slice(1)
    .map((to, at) => `<bpmn:sequenceFlow id="${ids[at]}_${to}" sourceRef="${ids[at]}" targetRef="${to}"/>`)
    .join('');
}

function event(type: string, id: string, trigger: TriggerName, more = ''): string {
  const isParallel = trigger === 'parallel multiple' ? ' parallelMultiple="true"' : '';
  return `<bpmn:${type} id="${id}"${more}${isParallel}>${DEFINITIONS[trigger]}</bpmn:${type}>`;
}

const user = (id: string, more = ''): string => `<bpmn:userTask id="${id}"${more}/>`;
const START = '<bpmn:startEvent id="Start"/>';
const END = '<bpmn:endEvent id="End"/>';

function whole(parts: readonly string[], walked: readonly string[], left: readonly string[] = []): Drawing {
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">${ROOTS}<bpmn:process id="P" isExecutable="true">${parts.join('')}</bpmn:process></bpmn:definitions>`;
  return { xml, walked, left };
}

export function drawn(position: Position, trigger: TriggerName): Drawing {
  switch (position) {
    case 'start':
      return {
        ...whole([event('startEvent', 'It', trigger), user('Task'), END, path('It Task End')], ['It', 'Task', 'End']),
        ...(trigger !== 'none' && { at: 'It' }),
      };
    case 'event subprocess start, interrupting':
      return around(trigger, true);
    case 'event subprocess start, not interrupting':
      return around(trigger, false);
    case 'intermediate catch':
    case 'intermediate throw':
      return onTheWay(position === 'intermediate catch' ? 'intermediateCatchEvent' : 'intermediateThrowEvent', trigger);
    case 'boundary, interrupting':
      return boundary(trigger, true);
    case 'boundary, not interrupting':
      return boundary(trigger, false);
    case 'end':
      return ending(trigger);
  }
}

function onTheWay(type: string, trigger: TriggerName): Drawing {
  if (trigger !== 'link') return whole([START, event(type, 'It', trigger), END, path('Start It End')], ['It', 'End']);
  const links = event('intermediateThrowEvent', 'There', 'link') + event('intermediateCatchEvent', 'Here', 'link');
  return whole([START, links, END, path('Start There'), path('Here End')], ['There', 'Here', 'End']);
}

/** A scope with a task, a way that may escalate, and an end `e` that is not reached once the scope is interrupted. */
function inside(trigger: TriggerName): string {
  const raises = '<bpmn:exclusiveGateway id="g" default="g_u"/>' + event('intermediateThrowEvent', 'x', 'escalation');
  const when = '<bpmn:conditionExpression>=not(go)</bpmn:conditionExpression>';
  const ways = path('g x u').replace('targetRef="x"/>', `targetRef="x">${when}</bpmn:sequenceFlow>`) + path('g u');
  const way = trigger === 'escalation' ? raises + path('t g') + ways : path('t u');
  const end = trigger === 'cancel' ? event('endEvent', 'e', 'cancel') : '<bpmn:endEvent id="e"/>';
  return `<bpmn:startEvent id="s"/>${user('t')}${user('u')}${end}${path('s t')}${way}${path('u e')}`;
}

/** What is undone was done: the scope has ended before. What cancels has reached its end. */
const endsFirst = (trigger: TriggerName): boolean => trigger === 'compensation' || trigger === 'cancel';

function around(trigger: TriggerName, isInterrupting: boolean): Drawing {
  const begin = event('startEvent', 'It', trigger, isInterrupting ? '' : ' isInterrupting="false"');
  const handler = `<bpmn:subProcess id="Handler" triggeredByEvent="true">${begin}${user('h')}<bpmn:endEvent id="he"/>${path('It h he')}</bpmn:subProcess>`;
  const scope = `<bpmn:subProcess id="Sub">${inside(trigger)}${handler}</bpmn:subProcess>`;
  const undo = event('intermediateThrowEvent', 'Undoing', 'compensation');
  const isLeft = isInterrupting && !endsFirst(trigger);
  return whole([START, scope, undo, END, path('Start Sub Undoing End')], ['h', 'he', 'End'], isLeft ? ['e'] : []);
}

/** On a subprocess, or on the transaction that a cancel event needs; a compensation leads to its activity by an association. */
function boundary(trigger: TriggerName, isInterrupting: boolean): Drawing {
  const type = trigger === 'cancel' ? 'transaction' : 'subProcess';
  const host = `<bpmn:${type} id="Sub">${inside(trigger)}</bpmn:${type}>`;
  const it = event('boundaryEvent', 'It', trigger, ` attachedToRef="Sub"${isInterrupting ? '' : ' cancelActivity="false"'}`);
  if (trigger === 'compensation') {
    const undo = user('Undo', ' isForCompensation="true"') + '<bpmn:association id="a" sourceRef="It" targetRef="Undo"/>';
    const thrown = event('intermediateThrowEvent', 'Undoing', 'compensation');
    return whole([START, host, it, undo, thrown, END, path('Start Sub Undoing End')], ['Undo', 'End']);
  }
  const isLeft = isInterrupting && !endsFirst(trigger);
  return whole(
    [START, host, it, user('After'), END, path('Start Sub End'), path('It After End')],
    ['It', 'After', 'End'],
    isLeft ? ['e'] : [],
  );
}

/** What rises is caught at the border of its subprocess; what cancels ends a transaction; what terminates leaves the other branch. */
function ending(trigger: TriggerName): Drawing {
  if (trigger === 'cancel') return boundary('cancel', true);
  if (trigger === 'error' || trigger === 'escalation') {
    const host = `<bpmn:subProcess id="Sub"><bpmn:startEvent id="s"/>${event('endEvent', 'e', trigger)}${path('s e')}</bpmn:subProcess>`;
    const caught = event('boundaryEvent', 'It', trigger, ' attachedToRef="Sub"');
    return whole([START, host, caught, user('After'), END, path('Start Sub End'), path('It After End')], ['It', 'After', 'End']);
  }
  const fork = '<bpmn:parallelGateway id="Fork"/><bpmn:endEvent id="Other"/>';
  const parts = [START, fork, user('Task'), event('endEvent', 'It', trigger), user('Beside')];
  const flows = path('Start Fork Task It') + path('Fork Beside Other');
  const isLeft = trigger === 'terminate';
  return whole([...parts, flows], isLeft ? ['It'] : ['It', 'Other'], isLeft ? ['Beside'] : []);
}
