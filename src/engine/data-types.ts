// The types of variables, where they are certain: what the case begins with, what forms and services bring, what scripts and mappings make of
// it. A name that two steps make of different kinds is of none. Never evaluates.
import type { Finding } from '#base/finding.ts';
import { inferType } from '#rules/infer.ts';
import { join } from '#rules/infer-operators.ts';
import { ANY, type FeelType } from '#rules/typing.ts';
import type { Known } from './check-references.ts';
import { feelOf, type Model, type ModelNode } from './model.ts';

export type Types = {
  infer(feel: string, node: ModelNode | undefined): { readonly type: FeelType; readonly findings: readonly Finding[] };
};

/** Rounds in which a type may pass from step to step; what is not known then is of any type. */
const ROUNDS = 2;

export function typesOf(model: Model, known: Known, names: readonly string[]): Types {
  let types: ReadonlyMap<string, FeelType> = known.given ?? new Map();
  for (let round = 0; round < ROUNDS; round += 1) types = nextRound(model, known, types);
  const infer: Types['infer'] = (feel, node) => inferType(feel, visibleAt(types, node, known), { names });
  return { infer };
}

function nextRound(model: Model, known: Known, types: ReadonlyMap<string, FeelType>): ReadonlyMap<string, FeelType> {
  const made = new Map<string, FeelType | undefined>(known.given);
  const add = (target: string, type: FeelType): void => {
    const [name = '', ...inner] = target.split('.');
    const given = inner.length > 0 ? ANY : type;
    const before = made.get(name);
    made.set(name, made.has(name) ? before && join(before, given) : given);
  };
  const typeOf = (source: string, node: ModelNode): FeelType => {
    const feel = feelOf(source);
    return feel === undefined ? { is: 'simple', kind: 'string' } : inferType(feel, visibleAt(types, node, known)).type;
  };
  for (const node of model.nodes) {
    const { outputs, inputs, script, decision, loop } = node;
    for (const { source, target } of outputs) add(target, typeOf(source, node));
    // Mapped inputs are names of their own: where a name is both, neither is certain.
    for (const { target } of inputs) add(target, ANY);
    if (loop?.element !== undefined) add(loop.element, ANY);
    if (loop?.outputCollection !== undefined) add(loop.outputCollection, { is: 'list', of: ANY });
    if (outputs.length > 0) continue;
    if (script) add(script.result, typeOf(`=${feelOf(script.expression) ?? script.expression}`, node));
    else if (decision) add(decision.result, known.result?.(decision.id) ?? ANY);
    else for (const [name, type] of known.answers?.(node) ?? []) add(name, type);
  }
  return new Map([...made].map(([name, type]) => [name, type ?? ANY]));
}

/** An element's own answers and mapped inputs are nearer than the variables of the same name. */
function visibleAt(
  types: ReadonlyMap<string, FeelType>,
  node: ModelNode | undefined,
  known: Known,
): ReadonlyMap<string, FeelType> {
  const answers = node && known.answers?.(node);
  const locals = node?.inputs ?? [];
  if (!answers && locals.length === 0) return types;
  const visible = new Map(types);
  for (const [name, type] of answers ?? []) visible.set(name, types.has(name) ? join(types.get(name) ?? ANY, type) : type);
  for (const { target } of locals) visible.set(target.split('.')[0] ?? '', ANY);
  return visible;
}
