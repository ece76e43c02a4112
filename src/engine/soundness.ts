// Soundness of each scope by exploring every order and choice its drawing allows: no deadlock, an end always reachable, no element that never runs,
// no branch that doubles or grows without bound. Bounded; each fault comes with the path that leads to it. Never looks at data.
import type { Finding } from '#base/finding.ts';
import type { Model, ModelNode } from './model.ts';
import { netOf, type Firing, type Marking, type Net } from './net.ts';
import { finding } from './words.ts';

const MOST_MARKINGS = 10_000;
const MOST_TOKENS = 2;

type Seen = { readonly marking: Marking; readonly firing: Firing; readonly before: Seen | undefined; readonly next: Seen[] };

export function explore(model: Model): readonly Finding[] {
  return model.nodes
    .filter((node) => node.kind === 'start' && node.trigger.on !== 'unsupported')
    .flatMap((start) => exploreScope(model, start));
}

function exploreScope(model: Model, start: ModelNode): readonly Finding[] {
  const inScope = model.nodes.filter((node) => node.scope === start.scope);
  const apart = branchesApart(model, inScope, start);
  const runs = [start, ...inScope.filter((node) => apart.has(node.id))].map((from) =>
    exploreNet(netOf(model, start.scope, from, apart)),
  );
  const findings = runs.flatMap((run) => run.findings);
  if (findings.length > 0) return findings;
  const ran = new Set(runs.flatMap((run) => [...run.ran]));
  return inScope.filter((node) => node.incoming.length > 0 && !ran.has(node.id)).map((node) => finding('never-runs', node.id));
}

/** Non-interrupting boundary events whose branch shares only plain ends with the main path: each is a small process of its own, however often it fires. */
function branchesApart(model: Model, nodes: readonly ModelNode[], start: ModelNode): ReadonlySet<string> {
  const beside = nodes.filter(
    (node) => node.kind === 'boundary' && !node.interrupting && node.trigger.on !== 'error' && node.trigger.on !== 'compensation',
  );
  const barred = new Set(beside.map((node) => node.id));
  const main = reachedFrom(model, start.id, barred);
  const isPlainEnd = (id: string): boolean =>
    nodes.some((node) => node.id === id && node.kind === 'end' && node.trigger.on !== 'terminate');
  return new Set(
    beside
      .filter((node) => ![...reachedFrom(model, node.id, new Set())].some((id) => main.has(id) && !isPlainEnd(id)))
      .map((node) => node.id),
  );
}

function reachedFrom(model: Model, from: string, barred: ReadonlySet<string>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id) || barred.has(id)) continue;
    reached.add(id);
    for (const flow of model.flows) if (flow.from === id) open.push(flow.to);
    for (const node of model.nodes) if (node.attachedTo === id) open.push(node.id);
  }
  return reached;
}

type Exploration = { readonly findings: readonly Finding[]; readonly ran: ReadonlySet<string> };

function exploreNet(net: Net): Exploration {
  const seen = new Map<string, Seen>();
  const ran = new Set<string>();
  const found = new Map<string, Finding>();
  const report = (one: Finding): void => {
    if (!found.has(one.code + one.place)) found.set(one.code + one.place, one);
  };
  const open: Seen[] = [];
  const visit = (firing: Firing, before: Seen | undefined): void => {
    ran.add(firing.node);
    const key = firing.marking.join();
    const known = seen.get(key);
    const at = known ?? { marking: firing.marking, firing, before, next: [] };
    before?.next.push(at);
    if (known) return;
    seen.set(key, at);
    if (!isTooFull(net, at, report)) open.push(at);
  };
  for (const firing of net.initial) visit(firing, undefined);
  for (let at = open.shift(); at && seen.size < MOST_MARKINGS; at = open.shift()) {
    const firings = net.fire(at.marking);
    if (firings.length === 0 && tokens(at.marking) > 0) report(deadlock(net, at));
    for (const firing of firings) visit(firing, at);
  }
  const partial = seen.size >= MOST_MARKINGS;
  if (partial) report(finding('too-large-to-explore', net.initial[0]?.node ?? ''));
  if (found.size === 0) for (const one of neverEnding(seen)) report(one);
  return { findings: [...found.values()], ran };
}

function tokens(marking: Marking): number {
  return marking.reduce((sum, count) => sum + count, 0);
}

/** Reports a doubled flow, and growth without bound (Karp and Miller: a marking that covers an earlier one on its path); true where exploring on is senseless. */
function isTooFull(net: Net, at: Seen, report: (one: Finding) => void): boolean {
  const place = at.marking.findIndex((count) => count >= MOST_TOKENS);
  if (place >= 0) {
    const to = net.flows[place]?.to ?? '';
    report(finding('lack-of-synchronisation', to, to, { path: pathTo(at), severity: 'warning' }));
  }
  for (let earlier = at.before; earlier; earlier = earlier.before) {
    const grown = covered(earlier.marking, at.marking);
    if (grown === undefined) continue;
    const to = net.flows[grown]?.to ?? '';
    report(finding('unbounded-growth', to, to, { path: pathTo(at) }));
    return true;
  }
  return at.marking.some((count) => count > MOST_TOKENS);
}

/** A flow on which `later` has more tokens than `earlier`, where it has fewer on none. */
function covered(earlier: Marking, later: Marking): number | undefined {
  if (tokens(earlier) === 0 || earlier.some((count, place) => count > (later[place] ?? 0))) return undefined;
  const grown = later.findIndex((count, place) => count > (earlier[place] ?? 0));
  return grown < 0 ? undefined : grown;
}

function deadlock(net: Net, at: Seen): Finding {
  const place = at.marking.findIndex((count) => count > 0);
  const join = net.flows[place]?.to ?? '';
  return finding('deadlock', join, join, { path: pathTo(at) });
}

/** Markings from which the scope cannot end; the first of them is enough to see. */
function neverEnding(seen: ReadonlyMap<string, Seen>): readonly Finding[] {
  const back = new Map<Seen, Seen[]>();
  for (const at of seen.values()) for (const next of at.next) back.set(next, [...(back.get(next) ?? []), at]);
  const ending = new Set<Seen>();
  const open = [...seen.values()].filter((at) => tokens(at.marking) === 0);
  for (let at = open.pop(); at; at = open.pop()) {
    if (ending.has(at)) continue;
    ending.add(at);
    open.push(...(back.get(at) ?? []));
  }
  const lost = [...seen.values()].find((at) => !ending.has(at));
  return lost ? [finding('no-completion', lost.firing.node, '', { path: pathTo(lost) })] : [];
}

/** Elements and flows in the order they come on the shortest way there. */
function pathTo(at: Seen): readonly string[] {
  const steps: Firing[] = [];
  for (let step: Seen | undefined = at; step; step = step.before) steps.unshift(step.firing);
  return steps.flatMap((step) => [step.node, ...step.made]);
}
