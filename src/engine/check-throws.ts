// Errors that nobody catches, and processes that call themselves on every path. Looks at the drawing only.
import type { Finding } from '#base/finding.ts';
import { boundariesOf, flowsOut, insideOf, scopesOf, type Drawing } from './check-drawing.ts';
import type { ModelNode } from './model.ts';
import { throwsOf } from './net-fates.ts';
import { finding } from './words.ts';

export function checkThrows(drawing: Drawing): readonly Finding[] {
  const throwing = drawing.model.nodes.filter(
    ({ kind, trigger }) => trigger.on === 'error' && (kind === 'end' || kind === 'throw'),
  );
  const throws = throwing.length > 0 ? throwsOf(drawing) : undefined;
  const uncaught = throwing.filter((node) => throws?.effects(node).has('uncaught'));
  return [
    ...uncaught.map(({ id, trigger }) => finding('error-uncaught', id, 'code' in trigger ? (trigger.code ?? '') : '')),
    ...endlessCalls(drawing),
  ];
}

/** Processes that call themselves, directly or by others, and come to no end without doing so. */
function endlessCalls(drawing: Drawing): readonly Finding[] {
  const calls = drawing.model.nodes.filter((node) => node.kind === 'call' && node.calls);
  if (calls.length === 0) return [];
  const finishing = finishingScopes(drawing);
  return drawing.model.processes
    .filter(({ id }) => !finishing.has(id) && callsItself(drawing, id))
    .map(({ id, name }) => finding('endless-recursion', id, name || id));
}

function finishingScopes(drawing: Drawing): ReadonlySet<string> {
  const finishing = new Set<string>();
  const scopes = scopesOf(drawing).toReversed();
  for (let grown = true; grown;) {
    const before = finishing.size;
    for (const { id } of scopes) if (!finishing.has(id) && mayFinish(drawing, id, finishing)) finishing.add(id);
    grown = finishing.size > before;
  }
  return finishing;
}

function mayFinish(drawing: Drawing, scope: string, finishing: ReadonlySet<string>): boolean {
  const seen = new Set<ModelNode>();
  const open = insideOf(drawing, scope).filter((node) => node.kind === 'start');
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'end' || node.outgoing.length === 0) return true;
    open.push(...boundariesOf(drawing, node.id));
    const inner = node.kind === 'subprocess' ? node.id : node.kind === 'call' ? node.calls?.process : undefined;
    if (inner !== undefined && !finishing.has(inner) && drawing.inside.has(inner)) continue;
    for (const { to } of flowsOut(drawing, node)) {
      const next = drawing.nodes.get(to);
      if (next) open.push(next);
    }
  }
  return false;
}

function callsItself(drawing: Drawing, process: string): boolean {
  const seen = new Set<string>();
  const open = [process];
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    if (seen.has(scope)) continue;
    seen.add(scope);
    for (const node of insideOf(drawing, scope)) {
      const inner = node.kind === 'call' ? node.calls?.process : node.id;
      if (inner === process) return true;
      if (inner !== undefined && drawing.inside.has(inner)) open.push(inner);
    }
  }
  return false;
}
