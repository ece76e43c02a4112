// From BPMN 2.0 XML to a Model. What is broken or missing becomes a finding with its place; never an exception, never silently left out.
import type { Finding } from '#base/finding.ts';
import { BpmnModdle, type ModdleWarning } from 'bpmn-moddle';
import type { Model, ModelFlow, ModelNode, ModelProcess } from './model.ts';
import { flag, idOf, list, localType, one, text, type Raw } from './raw.ts';
import { readNode } from './read-node.ts';
import { DARGAH, ZEEBE } from './vocabulary.ts';
import { finding } from './words.ts';

export type ReadResult = { readonly model?: Model; readonly findings: readonly Finding[] };

/** Without a model where the XML is broken or holds no process; other findings leave a model to be checked further. */
export async function readModel(xml: string): Promise<ReadResult> {
  const moddle = new BpmnModdle({ zeebe: ZEEBE, dargah: DARGAH });
  try {
    const { rootElement, warnings } = await moddle.fromXML(xml);
    const findings = warnings.map(warned);
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

function warned({ message, element, property, value }: ModdleWarning): Finding {
  const twice = /duplicate ID <([^>]*)>/.exec(message)?.[1];
  if (twice !== undefined) return finding('duplicate-id', twice, twice);
  if (value !== undefined) {
    const drawn = property?.startsWith('bpmndi:') ?? false;
    return finding('missing-reference', idOf(element as Raw) || value, value, drawn ? { severity: 'warning' } : {});
  }
  const name = /unparsable content <\/?([^>\s/]+)/.exec(message)?.[1];
  return finding('element-unreadable', name ?? '', firstLine(message));
}

/** Flow elements that are drawing or documentation: they do nothing when the process runs (BPMN 2.0.2 §10.4.1). */
const DOCUMENTATION = new Set(['dataObject', 'dataObjectReference', 'dataStoreReference']);

type Draft = { readonly nodes: ModelNode[]; readonly flows: ModelFlow[]; readonly findings: Finding[] };

function modelOf(root: Raw, findings: Finding[]): Model | undefined {
  const raws = list(root, 'rootElements').filter((raw) => raw.$type === 'bpmn:Process');
  const draft: Draft = { nodes: [], flows: [], findings };
  for (const raw of raws) readScope(raw, draft);
  const processes = raws.map((raw): ModelProcess => ({ id: idOf(raw), name: text(raw, 'name') ?? '' }));
  const main = mainOf(raws, draft.nodes);
  if (main === undefined) {
    findings.push(finding('no-process', idOf(root)));
    return undefined;
  }
  return { main, processes, nodes: draft.nodes, flows: draft.flows };
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
  const flows = elements
    .filter((raw) => localType(raw) === 'sequenceFlow')
    .flatMap((raw) => readFlow(raw, scope, { known, draft }));
  draft.flows.push(...flows);
  for (const raw of elements) {
    const type = localType(raw);
    if (type === 'sequenceFlow' || DOCUMENTATION.has(type)) continue;
    const id = idOf(raw);
    const incoming = flows.filter((flow) => flow.to === id).map((flow) => flow.id);
    const outgoing = flows.filter((flow) => flow.from === id).map((flow) => flow.id);
    draft.nodes.push(readNode(raw, scope, { incoming, outgoing }));
    if (list(raw, 'flowElements').length > 0 || type === 'subProcess') readScope(raw, draft);
  }
}

type Surroundings = { readonly known: ReadonlySet<string>; readonly draft: Draft };

function readFlow(raw: Raw, scope: string, { known, draft }: Surroundings): readonly ModelFlow[] {
  const id = idOf(raw);
  const from = idOf(one(raw, 'sourceRef'));
  const to = idOf(one(raw, 'targetRef'));
  if (from === '' || to === '') {
    if (!draft.findings.some((found) => found.place === id))
      draft.findings.push(finding('missing-reference', id, from === '' ? 'sourceRef' : 'targetRef'));
    return [];
  }
  if (!known.has(from) || !known.has(to)) {
    draft.findings.push(finding('flow-across-scopes', id));
    return [];
  }
  const condition = text(one(raw, 'conditionExpression'), 'body');
  return [{ id, from, to, scope, ...(condition !== undefined && { condition: condition.trim() }) }];
}
