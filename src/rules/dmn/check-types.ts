// What kind of value a name of a model has: an input column's, an output's; and the values its type allows. Evaluates nothing.
import type { Kind } from '#rules/kinds.ts';
import { builtinType } from '#rules/typing.ts';
import type { Boxed, DmnModel, ItemDefinition, Variable } from './model.ts';

/** `kind` undefined: any, or nothing that one kind tells. `allowed`: unary tests. */
export type Typed = { readonly kind: Kind | undefined; readonly allowed: string | undefined };
const UNTYPED: Typed = { kind: undefined, allowed: undefined };
const MOST_DEPTH = 20;

export function typedBy(model: DmnModel, ref: string | undefined): Typed {
  return ofRef(model, ref, 0);
}

function ofRef(model: DmnModel, ref: string | undefined, depth: number): Typed {
  if (ref === undefined || ref === '' || depth > MOST_DEPTH) return UNTYPED;
  const item = itemNamed(model, ref);
  if (item) return ofItem(model, item, depth);
  const type = builtinType(local(ref));
  return type?.is === 'simple' ? { kind: type.kind, allowed: undefined } : UNTYPED;
}

function ofItem(model: DmnModel, item: ItemDefinition, depth: number): Typed {
  if (item.isCollection || item.components.length > 0 || item.function) return UNTYPED;
  const base = ofRef(model, item.typeRef, depth + 1);
  return { kind: base.kind, allowed: item.constraint ?? item.allowed ?? base.allowed };
}

function itemNamed(model: DmnModel, ref: string): ItemDefinition | undefined {
  return model.items.find((one) => one.name === ref) ?? model.items.find((one) => one.name === local(ref));
}

function local(ref: string): string {
  return ref.replace(/^[^:{}\s]+:/, '').replace(/^\{[^}]*\}/, '');
}

/** The names an element's logic may read, with their types: input data, decisions, and the parameters of a function. */
export function scopeOf(model: DmnModel, logic: Boxed | undefined): readonly Variable[] {
  const parameters = logic?.is === 'function' ? logic.parameters : [];
  return [...parameters, ...[...model.inputs, ...model.decisions].map((one) => one.variable)];
}

/** The type of an expression that is a name or a path of names; untyped otherwise. */
export function typedAt(model: DmnModel, scope: readonly Variable[], expression: string): Typed {
  const [first = '', ...path] = expression.split('.').map((one) => one.trim());
  let ref = scope.find((one) => one.name === first)?.typeRef;
  let item: ItemDefinition | undefined;
  for (const name of path) {
    const of: ItemDefinition | undefined = item && item.components.length > 0 ? item : followed(model, ref);
    item = of?.isCollection === true ? undefined : of?.components.find((one) => one.name === name);
    if (!item) return UNTYPED;
    ref = item.typeRef;
  }
  return item ? ofItem(model, item, 0) : ofRef(model, ref, 0);
}

function followed(model: DmnModel, ref: string | undefined): ItemDefinition | undefined {
  let item = ref === undefined ? undefined : itemNamed(model, ref);
  for (let depth = 0; item && item.components.length === 0 && item.typeRef !== undefined && depth < MOST_DEPTH; depth += 1)
    item = itemNamed(model, item.typeRef);
  return item;
}

export const KIND_WORDS: { readonly [kind in Kind]: readonly [fa: string, en: string] } = {
  null: ['هیچ', 'null'],
  boolean: ['درست یا نادرست', 'boolean'],
  string: ['متن', 'string'],
  number: ['عدد', 'number'],
  list: ['فهرست', 'list'],
  context: ['شیء', 'context'],
  range: ['بازه', 'range'],
  function: ['تابع', 'function'],
  date: ['تاریخ', 'date'],
  time: ['ساعت', 'time'],
  'date and time': ['تاریخ و ساعت', 'date and time'],
  'years and months duration': ['مدت سال و ماه', 'years and months duration'],
  'days and time duration': ['مدت روز و ساعت', 'days and time duration'],
};
