// A form made ready to run: hide expressions and patterns compiled once, fields in the order their visibility depends on each other.
import { Decimal } from '#base/decimal.ts';
import { isObject, type Json } from '#base/json.ts';
import { compileExpression } from '#rules/expression.ts';
import type { Compiled, FeelValue } from '#rules/types.ts';
import { patternOf } from './pattern.ts';
import type { Field, Form } from './types.ts';

export type CompiledForm = {
  readonly form: Form;
  /** All fields, as the form shows them. */
  readonly fields: readonly Field[];
  /** Fields with a hide expression, each after those it reads. */
  readonly order: readonly Field[];
  readonly hides: ReadonlyMap<string, Compiled>;
  readonly patterns: ReadonlyMap<string, RegExp>;
  /** Keys of fields whose visibility depends on itself. */
  readonly cycles: readonly string[];
};

const made = new WeakMap<Form, CompiledForm>();

/** The compiled companion of a form: made once per form object. */
export function compileForm(form: Form): CompiledForm {
  const before = made.get(form);
  if (before) return before;
  const fields = form.pages.flatMap((page) => page.fields);
  const hides = new Map(
    fields.flatMap((field) => (field.hide === undefined ? [] : [[field.key, compileExpression(field.hide)] as const])),
  );
  const patterns = new Map(
    fields.flatMap((field) => (field.pattern === undefined ? [] : [[field.key, patternOf(field.pattern)] as const])),
  );
  const compiled = { form, fields, hides, patterns, ...ordered(fields, hides) };
  made.set(form, compiled);
  return compiled;
}

/** Keys of the fields that are hidden under these answers. A hidden field has no answer for those that depend on it. */
export function hiddenKeys(
  compiled: CompiledForm,
  answers: ReadonlyMap<string, Json>,
  known: { readonly [name: string]: Json } = {},
): ReadonlySet<string> {
  const hidden = new Set<string>();
  if (compiled.order.length === 0) return hidden;
  const context = Object.fromEntries([
    ...Object.entries(known).map(([name, value]) => [name, toFeel(value)] as const),
    ...compiled.fields.map((field) => [field.key, fieldFeel(field, answers.get(field.key))] as const),
  ]);
  for (const field of compiled.order) {
    if (compiled.hides.get(field.key)?.evaluate(context).value !== true) continue;
    hidden.add(field.key);
    context[field.key] = null;
  }
  return hidden;
}

/** Long decimals are kept as text, but are numbers to a rule. What was typed and is no number yet is no answer. */
function fieldFeel(field: Field, value: Json | undefined): FeelValue {
  if (value === undefined) return null;
  if (field.kind !== 'number' || typeof value !== 'string') return toFeel(value);
  return /^-?\d{1,60}(?:\.\d{1,60})?$/.test(value) ? new Decimal(value) : null;
}

function toFeel(value: Json): FeelValue {
  if (typeof value === 'number') return new Decimal(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(toFeel);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toFeel(member)]));
  return value as null | boolean | string;
}

/** Depth first along the names that expressions read; what closes a circle is listed and evaluated in the form's order. */
function ordered(fields: readonly Field[], hides: ReadonlyMap<string, Compiled>): Pick<CompiledForm, 'order' | 'cycles'> {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const state = new Map<string, 'open' | 'done'>();
  const order: Field[] = [];
  const cycles: string[] = [];
  const visit = (field: Field): void => {
    const hide = hides.get(field.key);
    if (!hide || state.get(field.key) === 'done') return;
    if (state.get(field.key) === 'open') {
      cycles.push(field.key);
      return;
    }
    state.set(field.key, 'open');
    for (const name of hide.names) {
      const needed = byKey.get(name);
      if (needed) visit(needed);
    }
    state.set(field.key, 'done');
    order.push(field);
  };
  for (const field of fields) visit(field);
  return { order, cycles };
}
