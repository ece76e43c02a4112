// Raw input to normal answers and faults, by one form: hidden fields have no answer, whatever was sent. Keeps nothing the form does not ask.
import type { Json, JsonObject } from '#base/json.ts';
import type { FieldFault } from '#base/refusal.ts';
import { readAnswer, type Reading } from './answer.ts';
import { compileForm, hiddenKeys, type CompiledForm } from './compile.ts';
import type { FaultCode } from './faults.ts';
import type { Field, Form, RawAnswers, Validated } from './types.ts';

export type ValidationContext = {
  /** Only these fields are asked: a correction. */
  readonly only?: readonly string[];
  /** Only this page is asked: a step of a draft. */
  readonly page?: string;
  /** Normal answers and variables known already: hide expressions read them, and read-only fields take them. */
  readonly known?: JsonObject;
  /** Gregorian `yyyy-mm-dd`: what a limit `today` means. Without it such a limit is not judged. */
  readonly today?: string;
};

/** Answers of the asked and visible fields, in the form's order, and one fault at most for each. */
export function validateAnswers(form: Form, raw: RawAnswers, context: ValidationContext = {}): Validated {
  const compiled = compileForm(form);
  const asked = askedKeys(form, context);
  const readings = new Map(
    compiled.fields.map((field) => [field.key, reading(compiled, field, { raw, context, isAsked: asked.has(field.key) })]),
  );
  const hidden = hiddenKeys(compiled, valuesOf(readings), context.known);
  const answers: [string, Json][] = [];
  const faults: FieldFault[] = [];
  for (const field of compiled.fields) {
    if (!asked.has(field.key) || hidden.has(field.key) || field.kind === 'note') continue;
    const fault = faultOf(field, readings.get(field.key) ?? {});
    const value = readings.get(field.key)?.value;
    if (fault) faults.push(fault);
    else if (value !== undefined) answers.push([field.key, value]);
  }
  return { answers: Object.fromEntries(answers), faults };
}

/** RFC 6901 pointer to a top-level member. */
export function fieldPointer(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function askedKeys(form: Form, { only, page }: ValidationContext): ReadonlySet<string> {
  const pages = page === undefined ? form.pages : form.pages.filter((one) => one.id === page);
  const keys = pages.flatMap((one) => one.fields.map((field) => field.key));
  return new Set(only === undefined ? keys : keys.filter((key) => only.includes(key)));
}

/** An asked field reads its input. One not asked, and a read-only one, has what is known; the input of a read-only field never counts. */
function reading(
  compiled: CompiledForm,
  field: Field,
  { raw, context, isAsked }: { readonly raw: RawAnswers; readonly context: ValidationContext; readonly isAsked: boolean },
): Reading {
  const known = context.known !== undefined && Object.hasOwn(context.known, field.key) ? context.known[field.key] : undefined;
  if (field.readonly === true || (!isAsked && known !== undefined)) return known === undefined ? {} : { value: known };
  const pattern = compiled.patterns.get(field.key);
  const rules = { ...(pattern && { pattern }), ...(context.today !== undefined && { today: context.today }) };
  return readAnswer(field, raw, rules);
}

function valuesOf(readings: ReadonlyMap<string, Reading>): ReadonlyMap<string, Json> {
  return new Map([...readings].flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value] as const])));
}

function faultOf(field: Field, { code, facts, value }: Reading): FieldFault | undefined {
  const pointer = fieldPointer(field.key);
  if (code !== undefined) return facts === undefined ? { pointer, code } : { pointer, code, facts };
  if (!field.required || field.readonly === true) return undefined;
  if (field.kind === 'checkbox') return value === true ? undefined : fault(pointer, 'must-accept');
  const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
  return isEmpty ? fault(pointer, 'required') : undefined;
}

function fault(pointer: string, code: FaultCode): FieldFault {
  return { pointer, code };
}
