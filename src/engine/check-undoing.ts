// Compensation and transactions: handlers that hang where they can be called, throws that reach something, cancels in transactions (BPMN 2.0.2 §10.7).
import type { Finding } from '#base/finding.ts';
import { boundariesOf, insideOf, type Drawing } from './check-drawing.ts';
import type { ModelNode } from './model.ts';
import { finding } from './words.ts';

export function checkUndoing(drawing: Drawing): readonly Finding[] {
  const undoers = new Set(drawing.model.nodes.flatMap((node) => undoerOf(drawing, node)?.id ?? []));
  return drawing.model.nodes.flatMap((node) => [
    ...(node.isForCompensation ? checkHandler(drawing, node, undoers) : []),
    ...(node.trigger.on === 'compensation' ? checkCompensation(drawing, node, node.trigger.of) : []),
    ...(node.trigger.on === 'cancel' && node.kind === 'end' ? checkCancel(drawing, node) : []),
  ]);
}

/** The activity to which a compensation boundary event leads. */
function undoerOf({ nodes }: Drawing, { kind, trigger, undoes, scope }: ModelNode): ModelNode | undefined {
  const handler = kind === 'boundary' && trigger.on === 'compensation' && undoes !== undefined ? nodes.get(undoes) : undefined;
  return handler?.isForCompensation && handler.scope === scope ? handler : undefined;
}

function checkHandler(drawing: Drawing, { id, incoming, outgoing }: ModelNode, undoers: ReadonlySet<string>): readonly Finding[] {
  const stands = incoming.length + outgoing.length + boundariesOf(drawing, id).length > 0;
  return [
    ...(stands ? [finding('compensation-handler-flow', id)] : []),
    ...(undoers.has(id) ? [] : [finding('compensation-handler-unused', id)]),
  ];
}

function checkCompensation(drawing: Drawing, node: ModelNode, of: string | undefined): readonly Finding[] {
  if (node.kind === 'boundary') {
    return [
      ...(undoerOf(drawing, node) ? [] : [finding('compensation-handler-missing', node.id)]),
      ...(node.outgoing.length > 0 ? [finding('compensation-boundary-flow', node.id)] : []),
    ];
  }
  if (node.kind !== 'throw' && node.kind !== 'end') return [];
  const around = insideOf(drawing, undoneScope(drawing, node.scope));
  if (of === undefined) return around.some((one) => mayBeUndone(drawing, one)) ? [] : [finding('compensation-nothing', node.id)];
  return around.some((one) => one.id === of && mayBeUndone(drawing, one)) ? [] : [finding('compensation-target', node.id, of)];
}

/** An event subprocess compensates what the scope around it has completed. */
function undoneScope({ nodes }: Drawing, scope: string): string {
  const seen = new Set<string>();
  let at = nodes.get(scope);
  let id = scope;
  while (at?.kind === 'event-subprocess' && !seen.has(at.id)) {
    seen.add(at.id);
    id = at.scope;
    at = nodes.get(id);
  }
  return id;
}

/** By an activity of its own, by its compensation event subprocess, or by what inside it can be undone. */
export function mayBeUndone(drawing: Drawing, node: ModelNode): boolean {
  const seen = new Set<string>();
  const open = [node];
  for (let one = open.pop(); one; one = open.pop()) {
    if (seen.has(one.id)) continue;
    seen.add(one.id);
    if (boundariesOf(drawing, one.id).some((event) => undoerOf(drawing, event))) return true;
    if (one.kind === 'event-subprocess') {
      if (insideOf(drawing, one.id).some(({ kind, trigger }) => kind === 'start' && trigger.on === 'compensation')) return true;
    } else if (one.kind === 'subprocess') open.push(...insideOf(drawing, one.id));
  }
  return false;
}

function checkCancel(drawing: Drawing, { id, scope }: ModelNode): readonly Finding[] {
  const around = drawing.nodes.get(scope);
  if (!around?.isTransaction || around.kind !== 'subprocess') return [finding('cancel-outside', id)];
  const isCaught = boundariesOf(drawing, scope).some((event) => event.trigger.on === 'cancel');
  return isCaught ? [] : [finding('cancel-uncaught', id)];
}
