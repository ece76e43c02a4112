// One flow node of the file, read into a ModelNode: its kind, its trigger, its mappings. What the engine cannot execute is noted, never dropped.
import { readInfo } from './read-info.ts';
import type { Loop, Mapping, ModelNode, NodeKind, Repeat, Trigger } from './model.ts';
import { extension, flag, idOf, list, localType, one, text, type Raw } from './raw.ts';

const KINDS: { readonly [type: string]: NodeKind } = {
  startEvent: 'start',
  endEvent: 'end',
  intermediateCatchEvent: 'catch',
  intermediateThrowEvent: 'throw',
  boundaryEvent: 'boundary',
  task: 'pass',
  manualTask: 'pass',
  userTask: 'user',
  serviceTask: 'service',
  sendTask: 'send',
  receiveTask: 'receive',
  scriptTask: 'script',
  businessRuleTask: 'rule',
  exclusiveGateway: 'exclusive',
  parallelGateway: 'parallel',
  inclusiveGateway: 'inclusive',
  eventBasedGateway: 'events',
  subProcess: 'subprocess',
  transaction: 'subprocess',
  callActivity: 'call',
};

/** Which triggers each kind of event may have; anything else is refused by `check`. */
const TRIGGERS: { readonly [kind: string]: readonly Trigger['on'][] } = {
  start: ['none', 'message', 'timer', 'signal', 'condition', 'error', 'escalation', 'compensation'],
  end: ['none', 'message', 'signal', 'error', 'escalation', 'compensation', 'cancel', 'terminate'],
  catch: ['message', 'timer', 'signal', 'condition', 'link'],
  throw: ['none', 'message', 'signal', 'escalation', 'compensation', 'link'],
  boundary: ['message', 'timer', 'signal', 'condition', 'error', 'escalation', 'compensation', 'cancel'],
};

/** What a node's surroundings say of it: its flows, and the activity that an association leads to. */
export type Around = { readonly incoming: readonly string[]; readonly outgoing: readonly string[]; readonly undoes?: string };

export function readNode(raw: Raw, scope: string, { incoming, outgoing, undoes }: Around): ModelNode {
  const type = localType(raw);
  const kind = kindOf(raw, type);
  const trigger = triggerOf(raw);
  const io = extension(raw, 'zeebe:IoMapping');
  const host = one(raw, 'attachedToRef');
  const defaultFlow = one(raw, 'default');
  const loop = loopOf(raw);
  const repeat = repeatOf(raw);
  return {
    id: idOf(raw),
    kind,
    scope,
    info: readInfo(raw),
    incoming,
    outgoing,
    trigger,
    ...(host && { attachedTo: idOf(host) }),
    interrupting: flag(raw, kind === 'start' ? 'isInterrupting' : 'cancelActivity', true),
    ...(defaultFlow && { defaultFlow: idOf(defaultFlow) }),
    inputs: mappings(io, 'inputParameters'),
    outputs: mappings(io, 'outputParameters'),
    ...executed(raw),
    ...(loop && { loop }),
    ...(repeat && { repeat }),
    isForCompensation: flag(raw, 'isForCompensation', false),
    ...(undoes !== undefined && { undoes }),
    isTransaction: type === 'transaction',
    reads: dataOf(raw, 'dataInputAssociations', 'sourceRef'),
    writes: dataOf(raw, 'dataOutputAssociations', 'targetRef'),
    unsupported: unsupportedOf(raw, kind, type, trigger),
  };
}

function kindOf(raw: Raw, type: string): NodeKind {
  if ((type === 'subProcess' || type === 'transaction') && flag(raw, 'triggeredByEvent', false)) return 'event-subprocess';
  return (Object.hasOwn(KINDS, type) ? KINDS[type] : undefined) ?? 'unsupported';
}

function unsupportedOf(raw: Raw, kind: NodeKind, type: string, trigger: Trigger): readonly string[] {
  const found: string[] = [];
  if (kind === 'unsupported') found.push(type);
  const allowed = TRIGGERS[kind];
  if (trigger.on === 'unsupported') found.push(trigger.what);
  else if (allowed && !allowed.includes(trigger.on)) found.push(`${type}, ${trigger.on}`);
  if (list(raw, 'eventDefinitions').length > 1) found.push('multiple event definitions');
  if (kind === 'events' && (flag(raw, 'instantiate', false) || text(raw, 'eventGatewayType') === 'Parallel'))
    found.push('instantiating event gateway');
  if (kind === 'receive' && flag(raw, 'instantiate', false)) found.push('instantiating receive task');
  return found;
}

function mappings(io: Raw | undefined, name: string): readonly Mapping[] {
  return list(io, name).map((raw) => ({ source: text(raw, 'source') ?? '', target: text(raw, 'target') ?? '' }));
}

function executed(raw: Raw): Partial<ModelNode> {
  const script = extension(raw, 'zeebe:Script');
  const decision = extension(raw, 'zeebe:CalledDecision');
  const called = extension(raw, 'zeebe:CalledElement') ?? plainCall(raw);
  return {
    ...(script && { script: { expression: text(script, 'expression') ?? '', result: text(script, 'resultVariable') ?? '' } }),
    ...(decision && { decision: { id: text(decision, 'decisionId') ?? '', result: text(decision, 'resultVariable') ?? '' } }),
    ...(called && {
      calls: {
        process: text(called, 'processId') ?? '',
        allIn: flag(called, 'propagateAllParentVariables', true),
        allOut: flag(called, 'propagateAllChildVariables', true),
      },
    }),
  };
}

/** BPMN's own attribute, where the file has no extensions. */
function plainCall(raw: Raw): Raw | undefined {
  const processId = text(raw, 'calledElement');
  return processId === undefined ? undefined : { $type: 'zeebe:CalledElement', processId };
}

function triggerOf(raw: Raw): Trigger {
  const definition = list(raw, 'eventDefinitions')[0];
  if (!definition) return one(raw, 'messageRef') ? messageTrigger(one(raw, 'messageRef'), raw) : { on: 'none' };
  const what = localType(definition);
  switch (what) {
    case 'messageEventDefinition':
      return messageTrigger(one(definition, 'messageRef'), raw);
    case 'timerEventDefinition':
      return timerTrigger(raw, definition);
    case 'errorEventDefinition':
      return coded('error', text(one(definition, 'errorRef'), 'errorCode'));
    case 'escalationEventDefinition':
      return coded('escalation', text(one(definition, 'escalationRef'), 'escalationCode'));
    case 'terminateEventDefinition':
      return { on: 'terminate' };
    case 'cancelEventDefinition':
      return { on: 'cancel' };
    case 'signalEventDefinition':
      return named('signal', text(one(definition, 'signalRef'), 'name'));
    case 'linkEventDefinition':
      return named('link', text(definition, 'name'));
    case 'conditionalEventDefinition':
      return { on: 'condition', text: (text(one(definition, 'condition'), 'body') ?? '').trim() };
    case 'compensateEventDefinition': {
      const activity = one(definition, 'activityRef');
      return { on: 'compensation', ...(activity && { of: idOf(activity) }), waits: flag(definition, 'waitForCompletion', true) };
    }
    default:
      return { on: 'unsupported', what };
  }
}

function coded(on: 'error' | 'escalation', code: string | undefined): Trigger {
  return { on, ...(code !== undefined && { code }) };
}

function named(on: 'signal' | 'link', name: string | undefined): Trigger {
  return { on, ...(name !== undefined && { name }) };
}

function messageTrigger(message: Raw | undefined, at: Raw): Trigger {
  const name = text(message, 'name');
  const key = text(extension(message, 'zeebe:Subscription') ?? extension(at, 'zeebe:Subscription'), 'correlationKey');
  return { on: 'message', ...(name !== undefined && { name }), ...(key !== undefined && { key }) };
}

function timerTrigger(raw: Raw, definition: Raw): Trigger {
  const own = extension(definition, 'dargah:Timer') ?? extension(raw, 'dargah:Timer');
  const how = { workingTime: flag(own, 'workingTime', false), clock: text(own, 'clock') === 'case' };
  for (const [property, form] of [
    ['timeDuration', 'duration'],
    ['timeDate', 'date'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const value = text(one(definition, property), 'body');
    if (value !== undefined) return { on: 'timer', form, text: value.trim(), ...how };
  }
  return { on: 'timer', text: '', ...how };
}

function loopOf(raw: Raw): Loop | undefined {
  const loop = one(raw, 'loopCharacteristics');
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return undefined;
  const own = extension(loop, 'zeebe:LoopCharacteristics');
  const part = (name: keyof Loop, value: string | undefined): Partial<Loop> => (value === undefined ? {} : { [name]: value });
  return {
    sequential: flag(loop, 'isSequential', false),
    ...part('collection', text(own, 'inputCollection')),
    ...part('element', text(own, 'inputElement')),
    ...part('outputCollection', text(own, 'outputCollection')),
    ...part('outputElement', text(own, 'outputElement')),
    ...part('cardinality', text(one(loop, 'loopCardinality'), 'body')?.trim()),
    ...part('until', text(one(loop, 'completionCondition'), 'body')),
  };
}

function repeatOf(raw: Raw): Repeat | undefined {
  const loop = one(raw, 'loopCharacteristics');
  if (loop?.$type !== 'bpmn:StandardLoopCharacteristics') return undefined;
  const condition = text(one(loop, 'loopCondition'), 'body')?.trim();
  const most = loop['loopMaximum'];
  return {
    before: flag(loop, 'testBefore', false),
    ...(condition !== undefined && { condition }),
    ...((typeof most === 'number' || typeof most === 'string') && { most: String(most) }),
  };
}

/** Names of the data objects and stores that associations join to an element. */
function dataOf(raw: Raw, associations: string, end: 'sourceRef' | 'targetRef'): readonly string[] {
  const joined = list(raw, associations).flatMap((association) => {
    const single = one(association, end);
    return single ? [single] : list(association, end);
  });
  return joined.flatMap((data) => dataName(data) ?? []);
}

export function dataName(data: Raw): string | undefined {
  return text(data, 'name') ?? text(one(data, 'dataObjectRef') ?? one(data, 'dataStoreRef'), 'name');
}
