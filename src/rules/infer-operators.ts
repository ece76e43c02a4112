// Static types of operators, paths and joins (DMN 1.5 Tables 50 to 58, 65). Undefined where no value of the types has a result.
import type { Kind } from './kinds.ts';
import { ANY, plain, typeConforms, type FeelType } from './typing.ts';
import { normalName } from './grammar.ts';
import { simple } from './infer-frame.ts';

/** The kind of every value of a type but null; undefined where it is not known. */
export function kindOfType(type: FeelType): Kind | undefined {
  const own = plain(type);
  if (own.is === 'any' || own.is === 'unknown') return undefined;
  return own.is === 'simple' ? own.kind : own.is;
}

const DURATIONS: ReadonlySet<Kind | undefined> = new Set<Kind>(['years and months duration', 'days and time duration']);

/** A sum or difference of two kinds. */
function sum(sign: '+' | '-', a: Kind, b: Kind): Kind | undefined {
  if (a === b && (a === 'number' || DURATIONS.has(a))) return a;
  if (sign === '+') {
    if (a === 'string' && b === 'string') return 'string';
    return moved(a, b) ?? moved(b, a);
  }
  const day = (kind: Kind): boolean => kind === 'date' || kind === 'date and time';
  if ((day(a) && day(b)) || (a === 'time' && b === 'time')) return 'days and time duration';
  return moved(a, b);
}

function moved(point: Kind, by: Kind): Kind | undefined {
  if (by === 'days and time duration') return ['date', 'time', 'date and time'].includes(point) ? point : undefined;
  return by === 'years and months duration' && ['date', 'date and time'].includes(point) ? point : undefined;
}

function product(sign: '*' | '/', a: Kind, b: Kind): Kind | undefined {
  if (b === 'number') return a === 'number' || DURATIONS.has(a) ? a : undefined;
  if (sign === '/') return a === b && DURATIONS.has(a) ? 'number' : undefined;
  return a === 'number' && DURATIONS.has(b) ? b : undefined;
}

/** The type of `a sign b`, or of `sign a`; undefined where it is null for all values. */
export function arithmeticType(sign: string, left: FeelType, right: FeelType | undefined): FeelType | undefined {
  const a = kindOfType(left);
  const b = right && kindOfType(right);
  if (a === 'null' || b === 'null' || a === 'list' || b === 'list') return ANY;
  if (!right) return a === undefined ? ANY : a === 'number' || (sign === '-' && DURATIONS.has(a)) ? simple(a) : undefined;
  if (sign === '**') return (a ?? 'number') === 'number' && (b ?? 'number') === 'number' ? simple('number') : undefined;
  if (a === undefined || b === undefined) return halfKnown(sign, a, b);
  const kind = sign === '+' || sign === '-' ? sum(sign, a, b) : product(sign as '*' | '/', a, b);
  return kind && simple(kind);
}

const NEVER: ReadonlySet<Kind> = new Set<Kind>(['boolean', 'context', 'range', 'function']);

/** One operand alone can make an error certain, or the result. */
function halfKnown(sign: string, a: Kind | undefined, b: Kind | undefined): FeelType | undefined {
  const known = a ?? b;
  if (known === undefined) return ANY;
  if (NEVER.has(known) || (known === 'string' && sign !== '+')) return undefined;
  if (sign === '+' && ['number', 'string', 'date', 'time', 'date and time'].includes(known)) return simple(known);
  return sign === '-' && known === 'number' ? simple('number') : ANY;
}

const UNORDERED: ReadonlySet<Kind> = new Set<Kind>(['boolean', 'context', 'range', 'function']);

/** Whether some values of the two types compare. Lists of one compare as their item; null equals null. */
export function comparable(sign: string, left: FeelType, right: FeelType): boolean {
  const a = kindOfType(left);
  const b = kindOfType(right);
  const equality = sign === '=' || sign === '!=';
  for (const kind of [a, b]) if (!equality && kind !== undefined && UNORDERED.has(kind)) return false;
  if (a === undefined || b === undefined || a === 'null' || b === 'null' || a === 'list' || b === 'list') return true;
  return a === b;
}

export const UNKNOWN_PROPERTY = Symbol('no such property');

const NUMBER = simple('number');
const DAY: { readonly [name: string]: FeelType } = { year: NUMBER, month: NUMBER, day: NUMBER, weekday: NUMBER };
const CLOCK: { readonly [name: string]: FeelType } = {
  hour: NUMBER,
  minute: NUMBER,
  second: NUMBER,
  'time offset': simple('days and time duration'),
  timezone: simple('string'),
};
const PROPERTIES: { readonly [kind in Kind]?: { readonly [name: string]: FeelType } } = {
  date: DAY,
  time: CLOCK,
  'date and time': { ...DAY, ...CLOCK },
  'years and months duration': { years: NUMBER, months: NUMBER },
  'days and time duration': { days: NUMBER, hours: NUMBER, minutes: NUMBER, seconds: NUMBER },
};

/** The type of `value.name`: UNKNOWN_PROPERTY where no value of the type has it. */
export function propertyType(of: FeelType, name: string): FeelType | typeof UNKNOWN_PROPERTY {
  const type = plain(of);
  if (type.is === 'context') {
    const normal = normalName(name);
    const entry = type.entries.find((one) => normalName(one.name) === normal);
    return entry?.type ?? (type.closed ? UNKNOWN_PROPERTY : ANY);
  }
  if (type.is === 'range') return rangeProperty(type.of, name);
  if (type.is === 'function') return UNKNOWN_PROPERTY;
  if (type.is !== 'simple' || type.kind === 'context' || type.kind === 'null') return ANY;
  const properties = PROPERTIES[type.kind] ?? {};
  return Object.hasOwn(properties, name) ? (properties[name] ?? ANY) : UNKNOWN_PROPERTY;
}

function rangeProperty(of: FeelType, name: string): FeelType | typeof UNKNOWN_PROPERTY {
  if (name === 'start' || name === 'end') return of;
  return name === 'start included' || name === 'end included' ? simple('boolean') : UNKNOWN_PROPERTY;
}

/** The type of the items of a list; any other value is a list of itself. */
export function elementOf(type: FeelType): FeelType {
  const own = plain(type);
  if (own.is === 'list') return own.of;
  return own.is === 'any' || own.is === 'unknown' || (own.is === 'simple' && own.kind === 'null') ? ANY : own;
}

/** Whether some value of a type fits another: by its kind, as a list of one or an item, or a date as its midnight. */
export function mayBe(type: FeelType, wanted: FeelType): boolean {
  const [a, b] = [kindOfType(type), kindOfType(wanted)];
  if (a === undefined || b === undefined || a === b || [a, b].some((kind) => kind === 'null' || kind === 'list')) return true;
  return a === 'date' && b === 'date and time';
}

/** A type of all values of both. */
export function join(a: FeelType, b: FeelType): FeelType {
  if (a === b) return a;
  if (a.is === 'simple' && a.kind === 'null') return b;
  if (b.is === 'simple' && b.kind === 'null') return a;
  if (a.is === 'list' && b.is === 'list') return { is: 'list', of: join(a.of, b.of) };
  if (a.is === 'context' && b.is === 'context') return joinContexts(a, b);
  return typeConforms(a, b) && typeConforms(b, a) ? a : ANY;
}

type ContextType = FeelType & { is: 'context' };

/** Closed where both are: an entry that one of them has may be missing, but a name that neither has is certain to be. */
function joinContexts(a: ContextType, b: ContextType): FeelType {
  const names = new Set([...a.entries, ...b.entries].map(({ name }) => name));
  const typeIn = (type: ContextType, name: string): FeelType | undefined => type.entries.find((one) => one.name === name)?.type;
  const entries = [...names].map((name) => {
    const [one, other] = [typeIn(a, name), typeIn(b, name)];
    return { name, type: one && other ? join(one, other) : ANY };
  });
  return a.closed && b.closed ? { is: 'context', entries, closed: true } : { is: 'context', entries };
}
