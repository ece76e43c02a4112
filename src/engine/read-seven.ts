// Camunda 7's attributes and extension elements, told in those the engine reads where their meaning is plain; a finding where it is not, or
// where what is left out would have changed the running. Its descriptor is never loaded: it names the same things as Zeebe's, differently.
import type { Finding } from '#base/finding.ts';
import { fromJuel } from './juel.ts';
import { idOf, list, localType, one, text, type Raw } from './raw.ts';
import { finding } from './words.ts';

const NAMESPACE = 'http://camunda.org/schema/1.0/bpmn';

type Generic = Raw & { readonly $children?: readonly Generic[]; readonly $body?: string };
type Seven = { readonly prefix: string; readonly findings: Finding[] };

/** Adds to each element of a file that declares Camunda 7's namespace what its own attributes say. */
export function readSeven(root: Raw, findings: Finding[]): void {
  const prefix = prefixOf(root);
  if (prefix === undefined) return;
  const seven: Seven = { prefix, findings };
  const open = list(root, 'rootElements').filter((raw) => localType(raw) === 'process');
  const seen = new Set<Raw>();
  for (let raw = open.pop(); raw; raw = open.pop()) {
    if (seen.has(raw)) continue;
    seen.add(raw);
    readElement(seven, raw);
    open.push(...list(raw, 'flowElements'));
  }
}

function attributes(raw: Raw): { readonly [name: string]: unknown } {
  const given = raw['$attrs'];
  return given !== null && typeof given === 'object' ? (given as { readonly [name: string]: unknown }) : {};
}

function prefixOf(root: Raw): string | undefined {
  const found = Object.entries(attributes(root)).find(([name, value]) => value === NAMESPACE && name.startsWith('xmlns:'));
  return found?.[0].slice('xmlns:'.length);
}

function attribute({ prefix }: Seven, raw: Raw, name: string): string | undefined {
  const value = attributes(raw)[`${prefix}:${name}`];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function extensions({ prefix }: Seven, raw: Raw | undefined): readonly Generic[] {
  return list(one(raw, 'extensionElements'), 'values').filter((value): value is Generic => value.$type.startsWith(`${prefix}:`));
}

function nameOf(generic: Generic): string {
  return generic.$type.slice(generic.$type.indexOf(':') + 1);
}

/** Moddle's elements are open to what is added; nothing is added that the file says itself. */
function add(raw: Raw, type: string, values: { readonly [name: string]: unknown }): void {
  const holder = one(raw, 'extensionElements') as { values?: unknown[] } | undefined;
  const element = { $type: type, ...values };
  if (!holder) Object.assign(raw, { extensionElements: { $type: 'bpmn:ExtensionElements', values: [element] } });
  else if (!list(one(raw, 'extensionElements'), 'values').some((value) => value.$type === type))
    holder.values = [...(holder.values ?? []), element];
}

/** As FEEL or a constant; where that cannot be, a finding, and nothing that could be mistaken for a value. */
function feel({ findings }: Seven, place: string, source: string): string {
  const read = fromJuel(source);
  if (read === undefined) findings.push(finding('expression-not-understood', place, source));
  return read ?? '=null';
}

function readElement(seven: Seven, raw: Raw): void {
  const type = localType(raw);
  if (type === 'sequenceFlow') readBody(seven, one(raw, 'conditionExpression'), idOf(raw));
  if (type === 'userTask') readUserTask(seven, raw);
  if (WORKING.has(type)) readService(seven, raw, raw);
  for (const definition of list(raw, 'eventDefinitions')) {
    if (localType(definition) === 'messageEventDefinition') readService(seven, definition, raw);
    for (const name of ['timeDuration', 'timeDate', 'timeCycle', 'condition']) readBody(seven, one(definition, name), idOf(raw));
  }
  if (type === 'scriptTask') readScript(seven, raw);
  if (type === 'callActivity') readCall(seven, raw);
  readLoop(seven, raw);
  readMappings(seven, raw);
  for (const generic of extensions(seven, raw)) tellIgnored(seven, raw, generic);
}

const WORKING: ReadonlySet<string> = new Set(['serviceTask', 'sendTask', 'businessRuleTask']);

function readBody(seven: Seven, raw: Raw | undefined, place: string): void {
  const body = text(raw, 'body');
  if (raw && body !== undefined && /[$#]\{/u.test(body)) Object.assign(raw, { body: feel(seven, place, body) });
}

function readUserTask(seven: Seven, raw: Raw): void {
  const form = attribute(seven, raw, 'formRef') ?? attribute(seven, raw, 'formKey');
  const groups = attribute(seven, raw, 'candidateGroups');
  const due = attribute(seven, raw, 'dueDate');
  // `camunda-forms:deployment:review.form` and `embedded:app:forms/review.html` are forms of the name `review`.
  if (form !== undefined)
    add(raw, 'zeebe:FormDefinition', { formId: form.replace(/^.*[:/]/u, '').replace(/\.(?:form|html)$/u, '') });
  if (groups !== undefined) {
    const [unit = '', ...others] = groups.includes('{') ? [groups] : groups.split(',').map((each) => each.trim());
    add(raw, 'dargah:Executor', { unit: feel(seven, idOf(raw), unit), role: 'officer' });
    if (others.length > 0) ignored(seven, raw, `candidateGroups: ${others.join(', ')}`);
  }
  if (due !== undefined && due.startsWith('P')) add(raw, 'dargah:Deadline', { duration: due });
  else if (due !== undefined) ignored(seven, raw, `dueDate: ${due}`);
  for (const name of ['assignee', 'candidateUsers', 'followUpDate']) {
    const value = attribute(seven, raw, name);
    if (value !== undefined) ignored(seven, raw, `${name}: ${value}`);
  }
}

/** What is called is the type of the service: an external topic, a class, a bean. */
function readService(seven: Seven, raw: Raw, at: Raw): void {
  const decision = attribute(seven, raw, 'decisionRef');
  const result = attribute(seven, raw, 'resultVariable');
  if (decision !== undefined) {
    add(at, 'zeebe:CalledDecision', { decisionId: decision, resultVariable: result ?? decision });
    return;
  }
  const type = ['topic', 'class', 'delegateExpression', 'expression'].flatMap((name) => attribute(seven, raw, name) ?? [])[0];
  if (type !== undefined) add(at, 'zeebe:TaskDefinition', { type: type.replace(/^[$#]\{(.*)\}$/u, '$1') });
  if (type !== undefined && result !== undefined) ignored(seven, at, `resultVariable: ${result}`);
}

function readScript(seven: Seven, raw: Raw): void {
  const source = text(raw, 'script');
  if (source === undefined) return;
  const format = (text(raw, 'scriptFormat') ?? '').toLowerCase();
  const resultVariable = attribute(seven, raw, 'resultVariable');
  if (format === 'feel') add(raw, 'zeebe:Script', { expression: `=${source}`, ...(resultVariable && { resultVariable }) });
  else if (format === 'juel')
    add(raw, 'zeebe:Script', { expression: feel(seven, idOf(raw), source), ...(resultVariable && { resultVariable }) });
  else seven.findings.push(finding('expression-not-understood', idOf(raw), `${format}: ${source.trim().slice(0, 60)}`));
}

function readCall(seven: Seven, raw: Raw): void {
  const process = text(raw, 'calledElement');
  if (process === undefined) return;
  const given = extensions(seven, raw);
  const isAll = (name: string): boolean => given.some((each) => nameOf(each) === name && said(each, 'variables') === 'all');
  const mapped = (name: string): readonly Raw[] =>
    given
      .filter((each) => nameOf(each) === name && said(each, 'target') !== undefined)
      .map((each) => {
        const source = said(each, 'source');
        const expression = said(each, 'sourceExpression');
        return {
          $type: `zeebe:${name === 'in' ? 'Input' : 'Output'}`,
          source: source === undefined ? feel(seven, idOf(raw), expression ?? '') : `=${source}`,
          target: said(each, 'target') ?? '',
        };
      });
  add(raw, 'zeebe:CalledElement', {
    processId: process,
    propagateAllParentVariables: String(isAll('in')),
    propagateAllChildVariables: String(isAll('out')),
  });
  const [inputParameters, outputParameters] = [mapped('in'), mapped('out')];
  if (inputParameters.length + outputParameters.length > 0) add(raw, 'zeebe:IoMapping', { inputParameters, outputParameters });
}

/** An attribute of an element whose namespace has no descriptor. */
function said(generic: Generic, name: string): string | undefined {
  const value = generic[name] ?? attributes(generic)[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Camunda 7's own names of what a multi-instance activity counts. */
const COUNTS: readonly (readonly [seven: string, ours: string])[] = [
  ['nrOfInstances', 'numberOfInstances'],
  ['nrOfActiveInstances', 'numberOfActiveInstances'],
  ['nrOfCompletedInstances', 'numberOfCompletedInstances'],
];

function readLoop(seven: Seven, raw: Raw): void {
  const loop = one(raw, 'loopCharacteristics');
  if (!loop) return;
  const collection = attribute(seven, loop, 'collection');
  const inputElement = attribute(seven, loop, 'elementVariable');
  if (collection !== undefined)
    add(loop, 'zeebe:LoopCharacteristics', {
      inputCollection: collection.includes('{') ? feel(seven, idOf(raw), collection) : `=${collection}`,
      ...(inputElement !== undefined && { inputElement }),
    });
  for (const name of ['loopCardinality', 'completionCondition', 'loopCondition']) {
    const expression = one(loop, name);
    readBody(seven, expression, idOf(raw));
    const body = text(expression, 'body');
    if (expression && body !== undefined)
      Object.assign(expression, { body: COUNTS.reduce((told, [from, to]) => told.replaceAll(from, to), body) });
  }
}

function readMappings(seven: Seven, raw: Raw): void {
  const holder = extensions(seven, raw).find((each) => nameOf(each) === 'inputOutput');
  if (!holder) return;
  const mapped = (name: string, type: string): readonly Raw[] =>
    (holder.$children ?? [])
      .filter((each) => nameOf(each) === name)
      .map((each) => ({ $type: type, source: valueOf(seven, raw, each), target: said(each, 'name') ?? '' }));
  add(raw, 'zeebe:IoMapping', {
    inputParameters: mapped('inputParameter', 'zeebe:Input'),
    outputParameters: mapped('outputParameter', 'zeebe:Output'),
  });
}

/** A text, an expression, or a list of either; maps and scripts are not plain. */
function valueOf(seven: Seven, raw: Raw, generic: Generic): string {
  const [inner] = generic.$children ?? [];
  if (!inner) return feel(seven, idOf(raw), generic.$body ?? '') || '=null';
  if (nameOf(inner) === 'list') {
    const items = (inner.$children ?? []).map((item) => feel(seven, idOf(raw), item.$body ?? ''));
    return `=[${items.map((item) => (item.startsWith('=') ? item.slice(1) : JSON.stringify(item))).join(', ')}]`;
  }
  seven.findings.push(finding('expression-not-understood', idOf(raw), nameOf(inner)));
  return '=null';
}

/** Read above, or without a meaning for the running. */
const READ: ReadonlySet<string> = new Set([
  'inputOutput',
  'in',
  'out',
  'properties',
  'failedJobRetryTimeCycle',
  'potentialStarter',
]);

function tellIgnored(seven: Seven, raw: Raw, generic: Generic): void {
  const name = nameOf(generic);
  if (name === 'properties') {
    const properties = (generic.$children ?? []).map((each) => ({
      $type: 'zeebe:Property',
      name: said(each, 'name') ?? '',
      value: said(each, 'value') ?? '',
    }));
    add(raw, 'zeebe:Properties', { properties });
  }
  if (!READ.has(name)) ignored(seven, raw, name);
}

function ignored({ findings, prefix }: Seven, raw: Raw, what: string): void {
  findings.push(finding('extension-ignored', idOf(raw), `${prefix}:${what}`));
}
