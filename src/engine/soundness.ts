// Soundness of each scope over every order and choice its drawing allows: no token that waits for ever, an end always in reach, nothing done twice
// at once, nothing that never runs. Each fault comes with the path that leads to it, in the elements of the model. Never looks at data.
import type { Finding } from '#base/finding.ts';
import type { Text } from '#base/text.ts';
import { boundariesOf, drawingOf, innerFirst, insideOf, type Drawing } from './check-drawing.ts';
import type { Model, ModelNode } from './model.ts';
import type { Net } from './net.ts';
import { drawNet, isInterrupting, type Part } from './net-draw.ts';
import { walk, type Fault, type Walk } from './net-explore.ts';
import { fatesOf, throwsOf, type Fates } from './net-fates.ts';
import { reduce } from './net-reduce.ts';
import { finding } from './words.ts';

/** Markings of one net before its exploring is given up. */
export const MOST_STATES = 10_000;

export type Exploration = {
  readonly findings: readonly Finding[];
  /** Markings seen, of all scopes together. */
  readonly states: number;
  /** False where a scope was too large to be explored wholly. */
  readonly complete: boolean;
};

export function explore(model: Model): readonly Finding[] {
  return exploration(model).findings;
}

/** `plain` explores every marking of the drawing as it is, without making it small first: slower, and of the same verdict. */
export function exploration(model: Model, { plain = false }: { readonly plain?: boolean } = {}): Exploration {
  const exploring: Exploring = { drawing: drawingOf(model), plain, done: new Map(), fates: (node) => fates(node) };
  const throws = throwsOf(exploring.drawing);
  // A process that calls itself is not explored yet: it is taken to complete.
  const fates = fatesOf(throws, (scope) => exploring.done.get(scope)?.completes ?? true);
  for (const scope of innerFirst(exploring.drawing)) exploring.done.set(scope, exploreScope(exploring, scope));
  const scopes = new Set(model.nodes.filter((node) => node.kind === 'start').map((node) => node.scope));
  const found = [...scopes].flatMap((scope) => exploring.done.get(scope) ?? []);
  return {
    findings: found.flatMap((one) => one.findings),
    states: found.reduce((sum, one) => sum + one.states, 0),
    complete: found.every((one) => one.complete),
  };
}

type Explored = Exploration & { readonly completes: boolean };
type Exploring = {
  readonly drawing: Drawing;
  readonly plain: boolean;
  readonly done: Map<string, Explored>;
  readonly fates: Fates;
};

function exploreScope(exploring: Exploring, scope: string): Explored {
  const { drawing, fates } = exploring;
  const nodes = insideOf(drawing, scope);
  const starts = nodes.filter((node) => node.kind === 'start' && node.trigger.on !== 'unsupported');
  const apart = branchesApart(drawing, nodes, starts);
  const walks = [...starts, ...nodes.filter((node) => apart.has(node.id))].map((from) =>
    walkPart(exploring, { from, apart, fates }),
  );
  const complete = walks.every((one) => one.complete);
  const ran = new Set(walks.flatMap((one) => [...one.ran]));
  const faults = walks.flatMap((one) => one.faults.map((fault) => told(drawing, fault)));
  const unproven = complete || faults.length > 0 ? [] : [tooLarge(scope, walks)];
  const dead =
    faults.length > 0 || !complete || starts.length === 0
      ? []
      : nodes.filter((node) => node.incoming.length > 0 && !ran.has(node.id)).map((node) => finding('never-runs', node.id));
  return {
    findings: [...faults, ...unproven, ...dead],
    states: walks.reduce((sum, one) => sum + one.states, 0),
    complete,
    completes: starts.length === 0 || !complete || faults.length > 0 || mayComplete(exploring, nodes, ran),
  };
}

type Walked = Walk & { readonly left: readonly string[] };

/**
 * Without the ways that end everything at once, at first: they only ever help. Where something goes wrong so, with them. Where an inclusive join
 * is left, as drawn: it looks at where the others stand, and in a small net they stand less exactly.
 */
function walkPart({ drawing, plain }: Exploring, part: Part): Walked {
  if (plain) return walked(drawNet(drawing, part));
  const small = drawNet(drawing, part);
  const hasClears = small.clear.ins.size > 0;
  reduce(small, { withoutClears: hasClears });
  const first = walked(small);
  const isLeft = [...small.nodes].some((node) => node.gate === 'or' && node.ins.size > 1);
  if (first.complete && first.faults.length === 0 && !isLeft) return first;
  if (isLeft) {
    const drawn = walked(drawNet(drawing, part));
    if (drawn.complete) return drawn;
  }
  if (!hasClears) return first;
  const whole = drawNet(drawing, part);
  reduce(whole, { withoutClears: false });
  const second = walked(whole);
  return { ...second, states: first.states + second.states };
}

function walked(net: Net): Walked {
  const found = walk(net, MOST_STATES);
  return { ...found, left: found.complete ? [] : [...net.nodes].flatMap((node) => node.name ?? []) };
}

/** Non-interrupting boundary events whose branch shares only plain ends with the main path: each is a small process of its own, however often it fires. */
function branchesApart(drawing: Drawing, nodes: readonly ModelNode[], starts: readonly ModelNode[]): ReadonlySet<string> {
  const beside = nodes.filter((node) => node.kind === 'boundary' && !isInterrupting(node) && node.trigger.on !== 'compensation');
  if (beside.length === 0) return new Set();
  const main = reachedFrom(drawing, starts, new Set(beside));
  const isShared = (node: ModelNode): boolean =>
    main.has(node) && !(node.kind === 'end' && node.trigger.on !== 'terminate' && node.info.outcome === undefined);
  return new Set(beside.filter((node) => ![...reachedFrom(drawing, [node], new Set())].some(isShared)).map((node) => node.id));
}

function reachedFrom(drawing: Drawing, from: readonly ModelNode[], barred: ReadonlySet<ModelNode>): ReadonlySet<ModelNode> {
  const reached = new Set<ModelNode>();
  const open = [...from];
  for (let node = open.pop(); node; node = open.pop()) {
    if (reached.has(node) || barred.has(node)) continue;
    reached.add(node);
    for (const id of node.outgoing) {
      const next = drawing.nodes.get(drawing.flows.get(id)?.to ?? '');
      if (next) open.push(next);
    }
    open.push(...boundariesOf(drawing, node.id));
  }
  return reached;
}

/** An end that is not thrown out of the scope is reached, or an event subprocess ends it in its stead. */
function mayComplete({ drawing, fates }: Exploring, nodes: readonly ModelNode[], ran: ReadonlySet<string>): boolean {
  return nodes.some((node) => {
    if (node.kind === 'event-subprocess') return true;
    if (!ran.has(node.id)) return false;
    const { on } = node.trigger;
    if (on === 'terminate') return true;
    if (on === 'cancel') return !boundariesOf(drawing, node.scope).some((event) => event.trigger.on === 'cancel');
    return (node.kind === 'end' || node.outgoing.length === 0) && fates(node).leaves;
  });
}

function told(drawing: Drawing, { kind, path, flow, work, end = '', standing = [] }: Fault): Finding {
  const { nodes, flows } = drawing;
  const at =
    work !== undefined && (kind === 'doubled' || kind === 'grows') ? work : (flows.get(flow ?? '')?.to ?? path.at(-1) ?? '');
  const called = nodes.get(at)?.info.name || at;
  switch (kind) {
    case 'doubled':
      return finding('lack-of-synchronisation', at, called, { path });
    case 'grows':
      return finding('unbounded-growth', at, called, { path });
    case 'early':
      return finding('outcome-early', end, nodes.get(work ?? '')?.info.name || (work ?? ''), { path });
    case 'endless':
      return finding('no-completion', path.findLast((id) => nodes.has(id)) ?? at, called, { path });
    case 'stuck': {
      const hasEnded = path.some((id) => nodes.get(id)?.kind === 'end');
      return finding(hasEnded ? 'orphan-token' : 'deadlock', at, waiting(drawing, at, standing), { path });
    }
  }
}

/** A join, with the elements from which nothing comes. */
function waiting({ nodes, flows }: Drawing, id: string, standing: readonly string[]): Text {
  const node = nodes.get(id);
  const called = node?.info.name || id;
  const missing = (node?.incoming ?? []).filter((flow) => !standing.includes(flow)).map((flow) => flows.get(flow)?.from ?? '');
  const names = missing.map((from) => nodes.get(from)?.info.name || from);
  if (names.length === 0) return { fa: `«${called}»`, en: `“${called}”` };
  return {
    fa: `«${called}»، که چشم‌به‌راه ${names.map((name) => `«${name}»`).join('، ')} است،`,
    en: `“${called}”, which waits for ${names.map((name) => `“${name}”`).join(', ')}`,
  };
}

function tooLarge(scope: string, walks: readonly Walked[]): Finding {
  const states = walks.reduce((sum, one) => sum + one.states, 0);
  const left = walks.flatMap((one) => one.left);
  return finding('too-large-to-explore', scope, `${states}: ${left.slice(0, 12).join(', ')}${left.length > 12 ? ' …' : ''}`);
}
