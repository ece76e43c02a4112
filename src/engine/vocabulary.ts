// The extension elements the engine reads, as moddle descriptors: the part of Zeebe's that is executed, and Dargah's own (docs/packages.md).
// Never Camunda 7's beside them: the two describe the same names differently.

type Property = { readonly name: string; readonly type: string; readonly isAttr?: true; readonly isMany?: true };
type Type = { readonly name: string; readonly superClass?: readonly string[]; readonly properties: readonly Property[] };
type Descriptor = {
  readonly name: string;
  readonly prefix: string;
  readonly uri: string;
  readonly xml: { readonly tagAlias: 'lowerCase' };
  readonly types: readonly Type[];
};

function attributes(name: string, ...names: readonly string[]): Type {
  return { name, superClass: ['Element'], properties: names.map((one) => ({ name: one, type: 'String', isAttr: true })) };
}

function holder(name: string, ...parts: readonly (readonly [name: string, type: string])[]): Type {
  return { name, superClass: ['Element'], properties: parts.map(([part, type]) => ({ name: part, type, isMany: true })) };
}

export const ZEEBE: Descriptor = {
  name: 'zeebe',
  prefix: 'zeebe',
  uri: 'http://camunda.org/schema/zeebe/1.0',
  xml: { tagAlias: 'lowerCase' },
  types: [
    holder('IoMapping', ['inputParameters', 'Input'], ['outputParameters', 'Output']),
    attributes('Input', 'source', 'target'),
    attributes('Output', 'source', 'target'),
    attributes('Subscription', 'correlationKey'),
    holder('TaskHeaders', ['values', 'Header']),
    attributes('Header', 'key', 'value'),
    attributes('TaskDefinition', 'type', 'retries'),
    attributes('LoopCharacteristics', 'inputCollection', 'inputElement', 'outputCollection', 'outputElement'),
    attributes('CalledElement', 'processId', 'propagateAllChildVariables', 'propagateAllParentVariables'),
    attributes('FormDefinition', 'formId', 'formKey', 'externalReference', 'bindingType'),
    attributes('CalledDecision', 'decisionId', 'resultVariable', 'bindingType'),
    holder('Properties', ['properties', 'Property']),
    attributes('Property', 'name', 'value'),
    attributes('Script', 'expression', 'resultVariable'),
    // Camunda Modeler 8.6 and later writes these beside every user task; who works a task is said by dargah:executor alone.
    attributes('UserTask'),
    attributes('TaskSchedule', 'dueDate', 'followUpDate'),
    attributes('UserTaskForm', 'id'),
    attributes('PublishMessage', 'messageId', 'timeToLive'),
    // Read so that check can say that they do nothing here.
    holder('ExecutionListeners', ['listeners', 'ExecutionListener']),
    attributes('ExecutionListener', 'eventType', 'retries', 'type'),
    holder('TaskListeners', ['listeners', 'TaskListener']),
    attributes('TaskListener', 'eventType', 'retries', 'type'),
    attributes('AdHoc', 'activeElementsCollection', 'outputCollection', 'outputElement'),
    holder('LinkedResources', ['values', 'LinkedResource']),
    attributes('LinkedResource', 'resourceId', 'resourceType', 'linkName', 'bindingType', 'versionTag'),
    attributes('ConditionalFilter', 'variableNames', 'variableEvents'),
    attributes('AssignmentDefinition', 'assignee', 'candidateGroups', 'candidateUsers'),
    attributes('PriorityDefinition', 'priority'),
    attributes('VersionTag', 'value'),
  ],
};

export const DARGAH: Descriptor = {
  name: 'dargah',
  prefix: 'dargah',
  uri: 'https://dargah.city/schema/bpmn/1.0',
  xml: { tagAlias: 'lowerCase' },
  types: [
    attributes('Executor', 'unit', 'role'),
    attributes('Inquiry', 'type'),
    attributes('Visit', 'kind'),
    attributes('Clock', 'pauses'),
    attributes('Separate', 'from'),
    attributes('Deadline', 'duration', 'legal'),
    attributes('Timer', 'workingTime', 'clock'),
    attributes('Outcome', 'status', 'reason'),
  ],
};
