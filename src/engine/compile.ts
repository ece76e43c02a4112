// From a Model that `check` found sound to a Plan. Compiles every expression here, once; a step compiles nothing.
import { Refusal } from '#base/refusal.ts';
import { compileExpression } from '#rules/expression.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import {
  feelOf,
  type Loop,
  type Mapping,
  type Model,
  type ModelFlow,
  type ModelNode,
  type Repeat,
  type Trigger,
} from './model.ts';
import type { Expression, Plan, PlanFlow, PlanLoop, PlanMapping, PlanNode, PlanScope, PlanTrigger } from './plan.ts';
import { reachOf } from './reach.ts';

type Maker = {
  readonly model: Model;
  readonly library: DecisionLibrary | undefined;
  readonly flows: ReadonlyMap<string, ModelFlow>;
  value(text: string): Expression;
  /** Conditions and scripts are FEEL with or without the leading `=`. */
  feel(text: string): Expression;
};

/** Throws Refusal `model-unsupported` for a model that `check` refuses because of an element the engine does not execute. */
export function compile(model: Model, library?: DecisionLibrary): Plan {
  const refused = model.nodes.find((node) => node.unsupported.length > 0);
  if (refused) throw new Refusal('model-unsupported', { element: refused.id, what: refused.unsupported.join(', ') });
  const names = variableNames(model);
  const feel = (text: string): Expression => ({
    source: text,
    compiled: compileExpression(feelOf(text) ?? text, { names }),
    words: wordsOf(text),
  });
  const value = (text: string): Expression => (feelOf(text) === undefined ? { source: text, constant: text } : feel(text));
  const maker: Maker = { model, library, flows: new Map(model.flows.map((flow) => [flow.id, flow])), value, feel };
  const nodes = planNodes(maker);
  return {
    main: model.main,
    elements: model.nodes.map((node) => node.info),
    nodes,
    scopes: scopesOf(model, nodes),
    ...(library && { library }),
    hasInclusiveJoin: model.nodes.some((node) => node.kind === 'inclusive' && node.incoming.length > 1),
    hasCondition: model.nodes.some((node) => node.trigger.on === 'condition'),
  };
}

/** Boundary events and compensation handlers first, since what they hang on names them. */
function planNodes(maker: Maker): ReadonlyMap<string, PlanNode> {
  const nodes = new Map<string, PlanNode>();
  const attached = new Map<string, ModelNode[]>();
  for (const node of maker.model.nodes)
    if (node.attachedTo !== undefined) attached.set(node.attachedTo, [...(attached.get(node.attachedTo) ?? []), node]);
  const make = (node: ModelNode): PlanNode => {
    const known = nodes.get(node.id);
    if (known) return known;
    const events = attached.get(node.id) ?? [];
    const boundaries = events.filter((event) => event.trigger.on !== 'compensation').map(make);
    const undoes = events.find((event) => event.trigger.on === 'compensation')?.undoes;
    const undoer = maker.model.nodes.find((one) => one.id === undoes && one.isForCompensation && one.id !== node.id);
    const made = { ...planNode(maker, node, boundaries), ...(undoer && { undoer: make(undoer) }) };
    nodes.set(node.id, made);
    return made;
  };
  for (const node of maker.model.nodes) make(node);
  return nodes;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}\p{N}_]+/gu));
}

/** Names that mappings and results make: the grammar must know those with spaces or signs in them. */
export function variableNames(model: Model): readonly string[] {
  const names = model.nodes.flatMap((node) => [
    ...[...node.inputs, ...node.outputs].map((mapping) => mapping.target.split('.')[0] ?? ''),
    node.script?.result ?? '',
    node.decision?.result ?? '',
    node.loop?.element ?? '',
    node.loop?.outputCollection ?? '',
  ]);
  const data = model.data.map((one) => one.name);
  return [...new Set([...names, ...data].filter((name) => name !== ''))].toSorted();
}

function planNode(maker: Maker, node: ModelNode, boundaries: readonly PlanNode[]): PlanNode {
  const { id, kind, scope, info, interrupting, incoming } = node;
  const outgoing = node.outgoing.flatMap((flow) => planFlow(maker, flow));
  const fallback = outgoing.find((flow) => flow.id === node.defaultFlow);
  return {
    id,
    kind,
    scope,
    info,
    trigger: planTrigger(maker, node.trigger),
    interrupting,
    incoming,
    outgoing: outgoing.filter((flow) => flow !== fallback),
    ...(fallback && { fallback }),
    boundaries,
    inputs: node.inputs.map((mapping) => planMapping(maker, mapping)),
    outputs: node.outputs.map((mapping) => planMapping(maker, mapping)),
    ...planWork(maker, node),
    ...(node.loop && { loop: planLoop(maker, node.loop) }),
    ...(node.repeat && { loop: planRepeat(maker, node.repeat) }),
    ...(kind === 'inclusive' && incoming.length > 1 && { reach: reachOf(maker.model, node) }),
  };
}

function planFlow(maker: Maker, id: string): readonly PlanFlow[] {
  const flow = maker.flows.get(id);
  if (!flow) return [];
  return [{ id, to: flow.to, ...(flow.condition !== undefined && { condition: maker.feel(flow.condition) }) }];
}

function planMapping(maker: Maker, mapping: Mapping): PlanMapping {
  return { target: mapping.target.split('.'), value: maker.value(mapping.source) };
}

function planTrigger(maker: Maker, trigger: Trigger): PlanTrigger {
  switch (trigger.on) {
    case 'none':
    case 'terminate':
    case 'cancel':
    case 'error':
    case 'escalation':
    case 'compensation':
      return trigger;
    case 'link':
      return { on: 'link' };
    case 'signal':
      return { on: 'signal', name: maker.value(trigger.name ?? '') };
    case 'condition':
      return { on: 'condition', value: maker.feel(trigger.text) };
    case 'message':
      return {
        on: 'message',
        name: maker.value(trigger.name ?? ''),
        ...(trigger.key !== undefined && { key: maker.value(trigger.key) }),
      };
    case 'timer': {
      const { form, text, workingTime, clock } = trigger;
      return { on: 'timer', timer: { form: form ?? 'duration', value: maker.value(text), workingTime, clock } };
    }
    case 'unsupported':
      return { on: 'none' };
  }
}

function planWork(maker: Maker, node: ModelNode): Partial<PlanNode> {
  const { info, script, decision, calls } = node;
  const inputs = maker.library?.decisions.find((one) => one.id === decision?.id || one.name === decision?.id)?.inputs ?? [];
  return {
    ...(info.executor && { unit: maker.value(info.executor.unit) }),
    ...(info.deadline && { due: maker.value(info.deadline.duration) }),
    ...(info.outcome && { status: maker.value(info.outcome.status) }),
    ...(info.outcome?.reason !== undefined && { reason: maker.value(info.outcome.reason) }),
    ...(script && { script: { value: maker.feel(script.expression), result: script.result.split('.') } }),
    ...(decision && { decision: { id: decision.id, result: decision.result.split('.'), inputs } }),
    ...(calls && { calls }),
  };
}

function planLoop(maker: Maker, loop: Loop): PlanLoop {
  const { sequential, element, outputCollection, outputElement } = loop;
  return {
    sequential,
    ...(loop.collection !== undefined && { collection: maker.value(loop.collection) }),
    ...(loop.cardinality !== undefined && { cardinality: maker.feel(loop.cardinality) }),
    ...(element !== undefined && { element }),
    ...(outputCollection !== undefined && {
      output: { collection: outputCollection, element: maker.value(outputElement ?? '=null') },
    }),
    ...(loop.until !== undefined && { until: maker.feel(loop.until) }),
  };
}

function planRepeat(maker: Maker, { before, condition, most }: Repeat): PlanLoop {
  return {
    sequential: true,
    again: {
      before,
      ...(condition !== undefined && { condition: maker.feel(condition) }),
      ...(most !== undefined && { most: maker.feel(most) }),
    },
  };
}

function scopesOf(model: Model, nodes: ReadonlyMap<string, PlanNode>): ReadonlyMap<string, PlanScope> {
  const inner = model.nodes.filter((node) => node.kind === 'subprocess' || node.kind === 'event-subprocess');
  const ids = [...model.processes.map((process) => process.id), ...inner.map((node) => node.id)];
  const startOf = (scope: string): PlanNode | undefined => {
    const starts = model.nodes.filter((node) => node.scope === scope && node.kind === 'start');
    const chosen = starts.find((node) => node.trigger.on === 'none') ?? starts[0];
    return chosen && nodes.get(chosen.id);
  };
  return new Map(
    ids.map((id): [string, PlanScope] => {
      const start = startOf(id);
      const handlers = inner.flatMap((one) => {
        const node = nodes.get(one.id);
        const first = startOf(one.id);
        return one.kind === 'event-subprocess' && one.scope === id && node && first ? [{ node, start: first }] : [];
      });
      const starts = model.nodes
        .filter((node) => node.scope === id && node.kind === 'start')
        .flatMap((node) => nodes.get(node.id) ?? []);
      return [id, { id, ...(start && { start }), handlers, starts }];
    }),
  );
}
