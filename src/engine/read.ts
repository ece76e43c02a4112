// From BPMN 2.0 XML to a Model. What is broken or missing becomes a finding with its place; never an exception, never silently left out.
import type { Finding } from '#base/finding.ts';
import { BpmnModdle, type ModdleWarning } from 'bpmn-moddle';
import type { Model, ModelData, ModelFlow, ModelLane, ModelNode, ModelProcess } from './model.ts';
import { flag, idOf, list, localType, one, text, type Raw } from './raw.ts';
import { inLane, lanesByNode, readLanes, readPools } from './read-lanes.ts';
import { ignoredIn, unknownAttribute } from './read-ignored.ts';
import { dataName, readNode } from './read-node.ts';
import { readSeven } from './read-seven.ts';
import { DARGAH, ZEEBE } from './vocabulary.ts';
import { finding } from './words.ts';

export type ReadResult = { readonly model?: Model; readonly findings: readonly Finding[] };

/** Without a model where the XML is broken or holds no process; other findings leave a model to be checked further. */
export async function readModel(xml: string): Promise<ReadResult> {
  const moddle = new BpmnModdle({ zeebe: ZEEBE, dargah: DARGAH });
  try {
    const { rootElement, warnings } = await moddle.fromXML(xml);
    const findings = warnings.flatMap(warned);
    readSeven(rootElement as Raw, findings);
    const model = modelOf(rootElement as Raw, findings);
    return { ...(model && { model }), findings };
  } catch (error) {
    return { findings: [finding('xml-unreadable', '', firstLine(error instanceof Error ? error.message : String(error)))] };
  }
}

function firstLine(message: string): string {
  const nested = /nested error: (.*)/.exec(message)?.[1];
  const where = /line: (\d+)/.exec(message)?.[1];
  return nested && where ? `${nested} (${Number(where) + 1})` : (message.split('\n')[0] ?? message);
}

function warned({ message, element, property, value }: ModdleWarning): readonly Finding[] {
  const twice = /duplicate ID <([^>]*)>/.exec(message)?.[1];
  if (twice !== undefined) return [finding('duplicate-id', twice, twice)];
  const attribute = unknownAttribute(message, element);
  if (attribute) return attribute;
  if (value !== undefined) {
    const drawn = property?.startsWith('bpmndi:') ?? false;
    return [finding('missing-reference', idOf(element as Raw) || value, value, drawn ? { severity: 'warning' } : {})];
  }
  const name = /unparsable content <\/?([^>\s/]+)/.exec(message)?.[1];
  // What a later release of Camunda Modeler writes for its own engine does not make the file unreadable.
  if (name?.startsWith('zeebe:'))
    return [finding('extension-ignored', name, `${name} ${firstLine(message).replace(/^.*(?=\()/u, '')}`)];
  return [finding('element-unreadable', name ?? '', firstLine(message))];
}

/** Flow elements that hold or name data; they do nothing when the process runs (BPMN 2.0.2 §10.4.1). */
const DATA = new Set(['dataObject', 'dataObjectReference', 'dataStoreReference']);

type Draft = {
  readonly nodes: ModelNode[];
  readonly flows: ModelFlow[];
  readonly data: ModelData[];
  readonly lanes: ModelLane[];
  readonly findings: Finding[];
  /** Places of what was found in reading the XML: said once is enough. */
  readonly told: ReadonlySet<string>;
};

function modelOf(root: Raw, findings: Finding[]): Model | undefined {
  const raws = list(root, 'rootElements').filter((raw) => raw.$type === 'bpmn:Process');
  const told = new Set(findings.map((found) => found.place));
  const draft: Draft = { nodes: [], flows: [], data: [], lanes: [], findings, told };
  for (const raw of raws) readScope(raw, draft);
  const processes = raws.map((raw): ModelProcess => ({ id: idOf(raw), name: text(raw, 'name') ?? '' }));
  const main = mainOf(raws, draft.nodes);
  if (main === undefined) {
    findings.push(finding('no-process', idOf(root)));
    return undefined;
  }
  const { nodes, flows, data, lanes } = draft;
  return { main, processes, nodes, flows, data, lanes, ...readPools(root) };
}

/** The first executable process that no other one calls; else the first executable; else the first. */
function mainOf(raws: readonly Raw[], nodes: readonly ModelNode[]): string | undefined {
  const called = new Set(nodes.flatMap((node) => (node.calls ? [node.calls.process] : [])));
  const executable = raws.filter((raw) => flag(raw, 'isExecutable', false));
  const first =
    executable.find((raw) => !called.has(idOf(raw))) ?? executable[0] ?? raws.find((raw) => !called.has(idOf(raw))) ?? raws[0];
  return first && idOf(first);
}

function readScope(container: Raw, draft: Draft): void {
  const scope = idOf(container);
  const elements = list(container, 'flowElements');
  const known = new Set(elements.map(idOf));
  const drawn = elements
    .filter((raw) => localType(raw) === 'sequenceFlow')
    .flatMap((raw) => readFlow(raw, scope, { known, draft }));
  const lanes = readLanes(container);
  const around = lanesByNode(lanes);
  const undoing = associationsOf(container);
  const others = elements.filter((raw) => localType(raw) !== 'sequenceFlow');
  const flows = [...drawn, ...linkFlows(others, scope)];
  const incoming = idsBy(flows, 'to');
  const outgoing = idsBy(flows, 'from');
  draft.flows.push(...flows);
  draft.lanes.push(...lanes);
  draft.findings.push(...ignoredIn(container));
  for (const raw of others) {
    const id = idOf(raw);
    if (DATA.has(localType(raw))) {
      const name = dataName(raw);
      if (name !== undefined) draft.data.push({ id, name, scope });
      continue;
    }
    const undoes = localType(raw) === 'boundaryEvent' ? undoing.get(id) : undefined;
    const node = readNode(raw, scope, {
      incoming: incoming.get(id) ?? [],
      outgoing: outgoing.get(id) ?? [],
      ...(undoes !== undefined && { undoes }),
    });
    if (list(raw, 'flowElements').length === 0) draft.findings.push(...ignoredIn(raw));
    draft.nodes.push(inLane(node, around.get(id) ?? []));
    if (list(raw, 'flowElements').length > 0 || node.kind === 'subprocess' || node.kind === 'event-subprocess')
      readScope(raw, draft);
  }
}

function idsBy(flows: readonly ModelFlow[], end: 'from' | 'to'): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const flow of flows) {
    const known = ids.get(flow[end]);
    if (known) known.push(flow.id);
    else ids.set(flow[end], [flow.id]);
  }
  return ids;
}

/** Where the associations of a scope lead, by where they begin: the first of each. */
function associationsOf(container: Raw): ReadonlyMap<string, string> {
  const drawn = list(container, 'artifacts').filter((raw) => localType(raw) === 'association');
  return new Map(drawn.toReversed().map((raw) => [idOf(one(raw, 'sourceRef')), idOf(one(raw, 'targetRef'))]));
}

/** A link is a flow that is not drawn: from each throwing link to the catching one of its name in the same scope (BPMN 2.0.2 §10.5.5). */
function linkFlows(raws: readonly Raw[], scope: string): readonly ModelFlow[] {
  const linksOf = (type: string): readonly { readonly id: string; readonly name: string }[] =>
    raws.flatMap((raw) => {
      const definition = list(raw, 'eventDefinitions')[0];
      const name = definition && localType(definition) === 'linkEventDefinition' ? text(definition, 'name') : undefined;
      return localType(raw) === type && name !== undefined ? [{ id: idOf(raw), name }] : [];
    });
  const targets = new Map(
    linksOf('intermediateCatchEvent')
      .toReversed()
      .map(({ id, name }) => [name, id]),
  );
  return linksOf('intermediateThrowEvent').flatMap(({ id, name }) => {
    const to = targets.get(name);
    return to === undefined ? [] : [{ id: `${id}.${to}`, from: id, to, scope }];
  });
}

type Surroundings = { readonly known: ReadonlySet<string>; readonly draft: Draft };

function readFlow(raw: Raw, scope: string, { known, draft }: Surroundings): readonly ModelFlow[] {
  const id = idOf(raw);
  const from = idOf(one(raw, 'sourceRef'));
  const to = idOf(one(raw, 'targetRef'));
  if (from === '' || to === '') {
    if (!draft.told.has(id)) draft.findings.push(finding('missing-reference', id, from === '' ? 'sourceRef' : 'targetRef'));
    return [];
  }
  if (!known.has(from) || !known.has(to)) {
    draft.findings.push(finding('flow-across-scopes', id));
    return [];
  }
  const condition = text(one(raw, 'conditionExpression'), 'body');
  const name = text(raw, 'name');
  return [
    { id, ...(name !== undefined && { name }), from, to, scope, ...(condition !== undefined && { condition: condition.trim() }) },
  ];
}
