// What BPMN 2.0's notation says of one element: which shape it is drawn as, with which trigger and markers. Places nothing.
import type { ActivityKind, DrawnActivity, DrawnData, DrawnEvent, DrawnGateway, DrawnTrigger } from './drawing.ts';
import { flag, idOf, list, localType, one, text, type Raw } from './raw.ts';

type Bare<Shape> = Omit<Shape, 'id' | 'name' | 'bounds' | 'label'>;
export type Notation =
  | Bare<DrawnEvent>
  | Bare<DrawnActivity>
  | Bare<DrawnGateway>
  | Bare<DrawnData>
  | { readonly shape: 'note' | 'group' | 'pool' | 'lane'; readonly horizontal: boolean };

const EVENTS: { readonly [type: string]: DrawnEvent['at'] } = {
  startEvent: 'start',
  intermediateCatchEvent: 'catch',
  intermediateThrowEvent: 'throw',
  endEvent: 'end',
  boundaryEvent: 'boundary',
};

const TRIGGERS: { readonly [type: string]: DrawnTrigger } = {
  messageEventDefinition: 'message',
  timerEventDefinition: 'timer',
  errorEventDefinition: 'error',
  escalationEventDefinition: 'escalation',
  signalEventDefinition: 'signal',
  conditionalEventDefinition: 'condition',
  linkEventDefinition: 'link',
  compensateEventDefinition: 'compensation',
  cancelEventDefinition: 'cancel',
  terminateEventDefinition: 'terminate',
};

const ACTIVITIES: { readonly [type: string]: ActivityKind } = {
  task: 'task',
  userTask: 'user',
  serviceTask: 'service',
  sendTask: 'send',
  receiveTask: 'receive',
  manualTask: 'manual',
  businessRuleTask: 'rule',
  scriptTask: 'script',
  callActivity: 'call',
  subProcess: 'subprocess',
  transaction: 'transaction',
  adHocSubProcess: 'ad-hoc',
};

const GATEWAYS: { readonly [type: string]: DrawnGateway['gateway'] } = {
  exclusiveGateway: 'exclusive',
  parallelGateway: 'parallel',
  inclusiveGateway: 'inclusive',
  complexGateway: 'complex',
};

const DATA: { readonly [type: string]: DrawnData['data'] } = {
  dataObjectReference: 'object',
  dataStoreReference: 'store',
  dataInput: 'input',
  dataOutput: 'output',
};

const AREAS: { readonly [type: string]: 'note' | 'group' | 'pool' | 'lane' } = {
  textAnnotation: 'note',
  group: 'group',
  participant: 'pool',
  lane: 'lane',
};

/** Undefined for what has no shape of its own. */
export function notationOf(raw: Raw): Notation | undefined {
  const type = localType(raw);
  const at = member(EVENTS, type);
  if (at) return eventOf(raw, at);
  const activity = member(ACTIVITIES, type);
  if (activity) return activityOf(raw, activity);
  const gateway = type === 'eventBasedGateway' ? eventGateway(raw) : member(GATEWAYS, type);
  if (gateway) return { shape: 'gateway', gateway };
  const data = member(DATA, type);
  if (data) return { shape: 'data', data, collection: flag(one(raw, 'dataObjectRef') ?? raw, 'isCollection', false) };
  const area = member(AREAS, type);
  return area && { shape: area, horizontal: true };
}

function member<T>(table: { readonly [type: string]: T }, type: string): T | undefined {
  return Object.hasOwn(table, type) ? table[type] : undefined;
}

function eventOf(raw: Raw, at: DrawnEvent['at']): Notation {
  const interrupting = flag(raw, at === 'start' ? 'isInterrupting' : 'cancelActivity', true);
  const host = at === 'boundary' ? idOf(one(raw, 'attachedToRef')) : '';
  return { shape: 'event', at, trigger: triggerOf(raw), interrupting, ...(host !== '' && { host }) };
}

function triggerOf(raw: Raw): DrawnTrigger {
  const definitions = [...list(raw, 'eventDefinitions'), ...list(raw, 'eventDefinitionRef')];
  const [first, second] = definitions;
  if (second) return flag(raw, 'parallelMultiple', false) ? 'parallel-multiple' : 'multiple';
  return (first && member(TRIGGERS, localType(first))) ?? 'none';
}

function activityOf(raw: Raw, kind: ActivityKind): Notation {
  const activity = kind === 'subprocess' && flag(raw, 'triggeredByEvent', false) ? 'event-subprocess' : kind;
  const loop = one(raw, 'loopCharacteristics');
  const repeats = loop && repeatsOf(loop);
  return {
    shape: 'activity',
    activity,
    expanded: false,
    compensates: flag(raw, 'isForCompensation', false),
    ...(repeats && { repeats }),
  };
}

function repeatsOf(loop: Raw): DrawnActivity['repeats'] {
  if (localType(loop) === 'standardLoopCharacteristics') return 'loop';
  return flag(loop, 'isSequential', false) ? 'sequential' : 'parallel';
}

function eventGateway(raw: Raw): DrawnGateway['gateway'] {
  if (!flag(raw, 'instantiate', false)) return 'event';
  return text(raw, 'eventGatewayType') === 'Parallel' ? 'starting-parallel-event' : 'starting-event';
}

/** Holds elements of its own, which a collapsed one hides. */
export function isContainer(raw: Raw): boolean {
  return ['subProcess', 'transaction', 'adHocSubProcess'].includes(localType(raw));
}

/** A name as written; of an annotation its text, of a group its category. Long ones are cut: a drawing is no place to read them. */
export function nameOf(raw: Raw): string {
  const name = text(raw, localType(raw) === 'textAnnotation' ? 'text' : 'name') ?? text(one(raw, 'categoryValueRef'), 'value');
  const flat = (name ?? text(one(raw, 'dataObjectRef'), 'name') ?? '').replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST_NAME ? `${flat.slice(0, LONGEST_NAME - 1)}…` : flat;
}

const LONGEST_NAME = 400;
