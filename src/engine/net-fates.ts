// What becomes of a scope at an element that throws or ends: whether it goes on there, whether all of it ends. Errors and escalations are
// followed to who catches them, through callers too (BPMN 2.0.2 §10.5.6). Looks at the drawing only.
import { boundariesOf, innerFirst, insideOf, push, type Drawing } from './check-drawing.ts';
import type { ModelNode } from './model.ts';

/** `leaves`: a token may go on from it; `clears`: it may end everything in its scope. */
export type Fate = { readonly leaves: boolean; readonly clears: boolean };
export type Fates = (node: ModelNode) => Fate;

type Thrown = { readonly on: 'error' | 'escalation'; readonly code: string };
type Effect = 'stops' | 'passes' | 'uncaught';

export type Throws = {
  /** What a scope lets out. */
  readonly outOf: (scope: string) => readonly Thrown[];
  readonly effects: (node: ModelNode) => ReadonlySet<Effect>;
};

export function throwsOf(drawing: Drawing): Throws {
  const callers = new Map<string, ModelNode[]>();
  for (const node of drawing.model.nodes) if (node.kind === 'call' && node.calls) push(callers, node.calls.process, node);
  const known = new Map<string, readonly Thrown[]>();
  const outOf = (scope: string): readonly Thrown[] => known.get(scope) ?? [];
  for (const scope of innerFirst(drawing)) {
    const out = new Map<string, Thrown>();
    for (const node of insideOf(drawing, scope))
      for (const thrown of raisedBy(drawing, node, outOf))
        if (node.kind === 'event-subprocess' || !handlerOf(drawing, scope, thrown))
          out.set(`${thrown.on} ${thrown.code}`, thrown);
    known.set(scope, [...out.values()]);
  }
  const effects = (node: ModelNode): ReadonlySet<Effect> => {
    const found = new Set<Effect>();
    for (const thrown of raisedBy(drawing, node, outOf)) follow({ drawing, callers, thrown, found }, node);
    return found;
  };
  return { outOf, effects };
}

/** What an element throws at its scope: its own, or what comes out of it past its boundary events. */
function raisedBy(drawing: Drawing, node: ModelNode, outOf: (scope: string) => readonly Thrown[]): readonly Thrown[] {
  const { trigger, kind } = node;
  if ((kind === 'end' || kind === 'throw') && (trigger.on === 'error' || trigger.on === 'escalation'))
    return [{ on: trigger.on, code: trigger.code ?? '' }];
  if (kind !== 'subprocess' && kind !== 'event-subprocess' && kind !== 'call') return [];
  const inner = outOf(kind === 'call' ? (node.calls?.process ?? '') : node.id);
  return inner.length === 0 ? inner : inner.filter((thrown) => !matching(boundariesOf(drawing, node.id), thrown));
}

function matching(events: readonly ModelNode[], { on, code }: Thrown): ModelNode | undefined {
  const codeOf = ({ trigger }: ModelNode): string | undefined | null =>
    trigger.on === on && 'code' in trigger ? trigger.code : trigger.on === on ? undefined : null;
  return events.find((event) => codeOf(event) === code) ?? events.find((event) => codeOf(event) === undefined);
}

/** The start event of the scope's event subprocess that catches it. */
function handlerOf(drawing: Drawing, scope: string, thrown: Thrown): ModelNode | undefined {
  const starts = insideOf(drawing, scope).flatMap((node) =>
    node.kind === 'event-subprocess' ? insideOf(drawing, node.id).filter((one) => one.kind === 'start') : [],
  );
  return matching(starts, thrown);
}

type Chase = {
  readonly drawing: Drawing;
  readonly callers: ReadonlyMap<string, readonly ModelNode[]>;
  readonly thrown: Thrown;
  readonly found: Set<Effect>;
};

/** From the scope of an element outwards, by every caller of a process. What leaves an event subprocess is not for those beside it. */
function follow({ drawing, callers, thrown, found }: Chase, from: ModelNode): void {
  const seen = new Set<string>();
  const open = [from];
  for (let node = open.pop(); node; node = open.pop()) {
    const handler = node.kind === 'event-subprocess' ? undefined : handlerOf(drawing, node.scope, thrown);
    if (handler) {
      found.add(handler.interrupting || thrown.on === 'error' ? 'stops' : 'passes');
      continue;
    }
    if (seen.has(node.scope)) continue;
    seen.add(node.scope);
    const around = drawing.nodes.get(node.scope);
    const hosts = around ? [around] : (callers.get(node.scope) ?? []);
    if (node.scope === drawing.model.main || hosts.length === 0) found.add('uncaught');
    for (const host of hosts) {
      const boundary = host.kind === 'event-subprocess' ? undefined : matching(boundariesOf(drawing, host.id), thrown);
      if (boundary) found.add(boundary.interrupting || thrown.on === 'error' ? 'stops' : 'passes');
      else open.push(host);
    }
  }
}

/** `completes`: whether the inside of an activity can come to its end. */
export function fatesOf(throws: Throws, completes: (scope: string) => boolean): Fates {
  return (node) => {
    const { kind, trigger } = node;
    if ((kind === 'end' || kind === 'throw') && (trigger.on === 'terminate' || trigger.on === 'cancel'))
      return { leaves: false, clears: true };
    if (kind === 'boundary' || kind === 'start') return { leaves: true, clears: false };
    const effects = throws.effects(node);
    if (kind === 'end' || kind === 'throw') {
      const isError = trigger.on === 'error';
      const stops = isError || effects.has('stops');
      return { leaves: !isError && (effects.size === 0 || effects.has('passes') || effects.has('uncaught')), clears: stops };
    }
    const inner = kind === 'subprocess' ? node.id : kind === 'call' ? node.calls?.process : undefined;
    const leaves = inner === undefined || completes(inner);
    return { leaves, clears: effects.has('stops') };
  };
}
