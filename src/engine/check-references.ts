// Does everything that is named exist: forms, decisions, called processes, tasks named for four eyes.
import type { Finding } from '#base/finding.ts';
import type { FeelType } from '#rules/typing.ts';
import { push } from './check-drawing.ts';
import type { Model, ModelNode } from './model.ts';
import { finding } from './words.ts';

/** What a package knows beside its process: ids of its forms and decisions, and, where data is to be followed, what it begins with and what its steps bring. */
export type Known = {
  readonly forms: readonly string[];
  readonly decisions: readonly string[];
  /** Variables that every case has from its start. Without them data is not followed. */
  readonly given?: ReadonlyMap<string, FeelType>;
  /** What the form of a task or the answer of a service brings; undefined where that is not known. */
  readonly answers?: (node: ModelNode) => ReadonlyMap<string, FeelType> | undefined;
  /** The names a decision reads, and the type it declares for what it gives. */
  readonly inputs?: (decision: string) => readonly string[];
  readonly result?: (decision: string) => FeelType | undefined;
};

export function checkReferences(model: Model, known: Known | undefined): readonly Finding[] {
  const processes = new Set(model.processes.map((process) => process.id));
  const tasks = new Set(model.nodes.filter((node) => node.kind === 'user').map((node) => node.id));
  const forms = known && new Set(known.forms);
  const decisions = known && new Set(known.decisions);
  const found = model.nodes.flatMap((node) => [
    ...missing(node, 'unknown-form', [node.info.form, node.info.properties?.['corrections']], forms),
    ...missing(node, 'unknown-decision', [node.decision?.id], decisions),
    ...missing(node, 'unknown-process', node.kind === 'call' ? [node.calls?.process ?? ''] : [], processes),
    ...missing(node, 'unknown-element', node.info.separate ?? [], tasks),
  ]);
  return [...found, ...unusedProcesses(model)];
}

type Code = 'unknown-form' | 'unknown-decision' | 'unknown-process' | 'unknown-element';

function missing(
  node: ModelNode,
  code: Code,
  names: readonly (string | undefined)[],
  known: ReadonlySet<string> | undefined,
): readonly Finding[] {
  if (!known) return [];
  const absent = names.filter(
    (name): name is string => name !== undefined && !known.has(name) && !(code === 'unknown-decision' && name === ''),
  );
  return absent.map((name) => finding(code, node.id, name));
}

function unusedProcesses(model: Model): readonly Finding[] {
  const calls = callsByProcess(model);
  const used = new Set([model.main]);
  for (const process of used) for (const called of calls.get(process) ?? []) used.add(called);
  return model.processes
    .filter((process) => !used.has(process.id))
    .map((process) => finding('unused-process', process.id, process.name || process.id));
}

/** The processes that each process calls, from its subprocesses too: those are listed after what they stand in. */
function callsByProcess(model: Model): ReadonlyMap<string, readonly string[]> {
  const process = new Map(model.processes.map(({ id }) => [id, id]));
  const calls = new Map<string, string[]>();
  for (const node of model.nodes) {
    const own = process.get(node.scope);
    if (own === undefined) continue;
    if (!process.has(node.id)) process.set(node.id, own);
    if (node.calls) push(calls, own, node.calls.process);
  }
  return calls;
}
