// The kinds of FEEL values (DMN 1.5 §10.3.2.2) and the closed classes of ranges and functions.
// A context made by a user can carry any entry, so values are told apart by class and never by a field.
import { Decimal } from '#base/decimal.ts';
import type { FeelContext, FeelValue } from './types.ts';
import type { Run } from './run.ts';

export type TemporalKind = 'date' | 'time' | 'date and time' | 'years and months duration' | 'days and time duration';
export type Kind = 'null' | 'boolean' | 'string' | 'number' | 'list' | 'context' | 'range' | 'function' | TemporalKind;

/** Parent of every FEEL value that is an object of ours: temporal values, ranges, functions. */
export abstract class Special {
  abstract readonly feel: 'range' | 'function' | TemporalKind;
}

/** `[1..10]`, or with `operator` a comparison against one endpoint: `(< 10)`, which equals no range with two written endpoints. */
export class Range extends Special {
  readonly feel = 'range';
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
  readonly operator: '<' | '<=' | '>' | '>=' | '=' | '!=' | undefined;

  constructor(bounds: {
    start: FeelValue;
    end: FeelValue;
    startIncluded: boolean;
    endIncluded: boolean;
    operator?: Range['operator'];
  }) {
    super();
    this.start = bounds.start;
    this.end = bounds.end;
    this.startIncluded = bounds.startIncluded;
    this.endIncluded = bounds.endIncluded;
    this.operator = bounds.operator;
  }
}

export type Call = (args: readonly FeelValue[], run: Run) => FeelValue;

/** Undefined where no form of the function has parameters of these names. */
export type NamedCall = (names: readonly string[], args: readonly FeelValue[], run: Run) => FeelValue | undefined;

/** A function value. `signature` is what `instance of function<…>` compares, when types were given. */
export class Func extends Special {
  readonly feel = 'function';
  readonly parameters: readonly string[];
  readonly call: Call;
  readonly signature: unknown;
  /** How many arguments it asks for at least. */
  readonly least: number;
  /** How arguments by name are bound, where it is not one for each parameter. */
  readonly callNamed: NamedCall | undefined;

  constructor(
    parameters: readonly string[],
    call: Call,
    of: { signature?: unknown; least?: number; callNamed?: NamedCall } = {},
  ) {
    super();
    this.parameters = parameters;
    this.call = call;
    this.signature = of.signature;
    this.least = of.least ?? parameters.length;
    this.callNamed = of.callNamed;
  }

  invoke(args: readonly FeelValue[]): FeelValue {
    try {
      return this.call(args, { root: {}, now: undefined, problems: [], source: '' });
    } catch (error) {
      if (error instanceof RangeError) return null; // it calls itself without end
      throw error;
    }
  }
}

export function kindOf(value: FeelValue): Kind {
  if (value === null || value === undefined) return 'null';
  const type = typeof value;
  if (type === 'boolean' || type === 'string') return type;
  if (value instanceof Decimal) return 'number';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Special) return value.feel;
  return 'context';
}

export function isList(value: FeelValue | undefined): value is readonly FeelValue[] {
  return Array.isArray(value);
}

export function isContext(value: FeelValue | undefined): value is FeelContext {
  return value !== undefined && kindOf(value) === 'context';
}

/** The own entry of a context, or undefined: never what objects inherit. */
export function entry(context: FeelContext, name: string): FeelValue | undefined {
  return Object.hasOwn(context, name) ? context[name] : undefined;
}

/** Puts an entry into a context under construction; `__proto__` is a name like any other. */
export function putEntry(context: Record<string, FeelValue>, name: string, value: FeelValue): void {
  if (name === '__proto__') Object.defineProperty(context, name, { value, enumerable: true, configurable: true, writable: true });
  else context[name] = value;
}
