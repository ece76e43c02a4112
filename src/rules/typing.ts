// The FEEL types, conformance and implicit conversions (DMN 1.5 §10.3.2.9).
import type { FeelContext, FeelValue } from './types.ts';
import { entry, Func, isContext, isList, kindOf, Range, type Kind } from './kinds.ts';
import { DateTime, midnight } from './temporal/date-time.ts';
import { FeelDate } from './temporal/date.ts';

export type FeelType =
  | { readonly is: 'any' }
  | { readonly is: 'unknown'; readonly name: string }
  | { readonly is: 'simple'; readonly kind: Kind }
  | { readonly is: 'list'; readonly of: FeelType }
  | { readonly is: 'range'; readonly of: FeelType }
  /** `closed`: its values have no other entries. */
  | {
      readonly is: 'context';
      readonly entries: readonly { readonly name: string; readonly type: FeelType }[];
      readonly closed?: true;
    }
  | { readonly is: 'function'; readonly parameters: readonly FeelType[]; readonly result: FeelType }
  /** An item definition: the type, and the values it allows. */
  | { readonly is: 'restricted'; readonly of: FeelType; readonly allows: (value: FeelValue) => boolean };

export const ANY: FeelType = { is: 'any' };

const SIMPLE: { readonly [name: string]: Kind } = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  dateTime: 'date and time',
  'days and time duration': 'days and time duration',
  dayTimeDuration: 'days and time duration',
  'years and months duration': 'years and months duration',
  yearMonthDuration: 'years and months duration',
  context: 'context',
};

/** A built-in type by its FEEL or XML name, or undefined. */
export function builtinType(name: string): FeelType | undefined {
  if (name === 'Any') return ANY;
  if (name === 'Null') return { is: 'simple', kind: 'null' };
  if (name === 'list') return { is: 'list', of: ANY };
  if (name === 'context') return { is: 'context', entries: [] };
  const kind = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  return kind && { is: 'simple', kind };
}

/** `value instance of type`: null is an instance of Null alone. */
export function instanceOf(value: FeelValue, type: FeelType): boolean {
  if (value === null) return type.is === 'simple' && type.kind === 'null';
  return conforms(value, type, false);
}

/** Whether a value conforms; null conforms to every type. With `strict`, allowed values are asked too. */
export function conforms(value: FeelValue, type: FeelType, strict: boolean): boolean {
  if (type.is === 'any') return true;
  if (type.is === 'restricted') return conforms(value, type.of, strict) && (!strict || type.allows(value));
  if (value === null) return type.is !== 'unknown';
  switch (type.is) {
    case 'unknown':
      return false;
    case 'simple':
      return kindOf(value) === type.kind;
    case 'list':
      return isList(value) && value.every((item) => conforms(item, type.of, strict));
    case 'range':
      return value instanceof Range && [value.start, value.end].every((end) => conforms(end, type.of, strict));
    case 'context':
      return isContext(value) && type.entries.every((of) => hasEntry(value, of, strict));
    case 'function':
      return value instanceof Func && functionConforms(value, type, strict);
    default:
      return type satisfies never;
  }
}

function hasEntry(value: FeelContext, of: { readonly name: string; readonly type: FeelType }, strict: boolean): boolean {
  const found = entry(value, of.name);
  return found === undefined ? strict : conforms(found, of.type, strict);
}

/** FEEL cannot write what a function gives: where a function is handed over (`strict`), what is not declared may be anything. */
function functionConforms(value: Func, type: FeelType & { is: 'function' }, strict: boolean): boolean {
  const signature = value.signature as (FeelType & { is: 'function' }) | undefined;
  const count = type.parameters.length;
  if (!signature) return count >= value.least && count <= value.parameters.length;
  const given = strict && signature.result.is === 'any' ? { ...signature, result: type.result } : signature;
  return typeConforms(given, type);
}

/** Whether every value of one type is a value of the other: functions are contravariant in parameters. Types may hold themselves. */
export function typeConforms(a: FeelType, b: FeelType, depth = 0): boolean {
  if (b.is === 'any' || a === b || depth > DEEPEST) return true;
  if (a.is === 'restricted') return typeConforms(a.of, b, depth + 1);
  if (b.is === 'restricted') return typeConforms(a, b.of, depth + 1);
  if (a.is === 'simple' && a.kind === 'null') return true;
  if (a.is === 'simple' && b.is === 'simple') return a.kind === b.kind;
  if (a.is === 'list' && b.is === 'list') return typeConforms(a.of, b.of, depth + 1);
  if (a.is === 'range' && b.is === 'range') return typeConforms(a.of, b.of, depth + 1);
  if (a.is === 'context' && b.is === 'context') {
    return b.entries.every((of) => a.entries.some((own) => own.name === of.name && typeConforms(own.type, of.type, depth + 1)));
  }
  if (a.is === 'function' && b.is === 'function') {
    if (a.parameters.length !== b.parameters.length || !typeConforms(a.result, b.result, depth + 1)) return false;
    return a.parameters.every((own, at) => typeConforms(b.parameters[at] ?? ANY, own, depth + 1));
  }
  return false;
}

const DEEPEST = 30;

/** The value as the type wants it: list of one ↔ its item, date → midnight UTC; undefined where it does not conform. */
export function coerced(value: FeelValue, type: FeelType): FeelValue | undefined {
  const wanted = plain(type);
  if (value === null || wanted.is === 'any') return conforms(value, type, true) ? value : undefined;
  if (conforms(value, type, true)) return value;
  if (wanted.is === 'list') {
    if (isList(value)) return each(value, wanted, type);
    const item = coerced(value, wanted.of);
    return item !== undefined && conforms([item], type, true) ? [item] : undefined;
  }
  if (isList(value)) return value.length === 1 ? coerced(value[0] ?? null, type) : undefined;
  if (value instanceof FeelDate && wanted.is === 'simple' && wanted.kind === 'date and time') return asDateTime(value, type);
  return wanted.is === 'context' && isContext(value) ? coercedContext(value, wanted, type) : undefined;
}

/** The type without its allowed values. */
export function plain(type: FeelType): Exclude<FeelType, { is: 'restricted' }> {
  return type.is === 'restricted' ? plain(type.of) : type;
}

function asDateTime(value: FeelDate, type: FeelType): DateTime | undefined {
  const at = midnight(value);
  return conforms(at, type, true) ? at : undefined;
}

function each(values: readonly FeelValue[], wanted: FeelType & { is: 'list' }, type: FeelType): FeelValue | undefined {
  const items: FeelValue[] = [];
  for (const value of values) {
    const item = coerced(value, wanted.of);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return conforms(items, type, true) ? items : undefined;
}

function coercedContext(value: FeelContext, wanted: FeelType & { is: 'context' }, type: FeelType): FeelValue | undefined {
  const made: Record<string, FeelValue> = { ...value };
  for (const of of wanted.entries) {
    const found = entry(value, of.name);
    if (found === undefined) continue;
    const item = coerced(found, of.type);
    if (item === undefined) return undefined;
    made[of.name] = item;
  }
  return conforms(made, type, true) ? made : undefined;
}
