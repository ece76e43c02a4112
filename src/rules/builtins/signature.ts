// How a built-in function declares its parameters and how arguments are bound to them: kinds, implicit conversions, names.
import type { FeelValue } from '#rules/types.ts';
import { isList, kindOf, type Kind } from '#rules/kinds.ts';
import type { Run } from '#rules/run.ts';
import { midnight } from '#rules/temporal/date-time.ts';
import { FeelDate } from '#rules/temporal/date.ts';

type Parameter = {
  readonly name: string;
  readonly kinds: ReadonlySet<Kind> | undefined;
  readonly optional: boolean;
  readonly variadic: boolean;
};
type Bound = readonly (FeelValue | undefined)[];
export type Form = { readonly parameters: readonly Parameter[]; readonly body: (args: Bound, run: Run) => FeelValue | undefined };
export type Named = { readonly form: Form; readonly order: readonly number[] };
export type Builtin = { readonly name: string; readonly forms: readonly Form[] };

const SHORT: { readonly [name: string]: readonly Kind[] } = {
  dateTime: ['date and time'],
  months: ['years and months duration'],
  duration: ['days and time duration'],
  ordered: ['number', 'string', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration'],
};

/**
 * One form of a function: `string: string, start position: number, length?: number|null`. `any` takes everything, null too; `...` takes
 * all the rest. The body gives undefined where the arguments make no sense.
 */
export function form<A extends readonly unknown[]>(spec: string, body: (args: A, run: Run) => FeelValue | undefined): Form {
  const parameters = spec === '' ? [] : spec.split(', ').map(parameter);
  return { parameters, body: body as unknown as Form['body'] };
}

function parameter(text: string): Parameter {
  const [name = '', kinds = 'any'] = text.split(': ');
  const plain = name.replace('...', '').replace('?', '');
  return {
    name: plain,
    kinds: kinds === 'any' ? undefined : kindSet(kinds),
    optional: name.endsWith('?'),
    variadic: name.startsWith('...'),
  };
}

function kindSet(kinds: string): ReadonlySet<Kind> {
  return new Set(kinds.split('|').flatMap((kind) => SHORT[kind] ?? [kind as Kind]));
}

export function define(name: string, ...forms: readonly Form[]): Builtin {
  return { name, forms };
}

/** The result of the first form that takes the arguments; undefined where none does, or it finds no meaning in them. */
export function callBuiltin(known: Builtin, args: Bound, run: Run): FeelValue | undefined {
  for (const { parameters, body } of known.forms) {
    const bound = bind(parameters, args);
    if (bound) return body(bound, run);
  }
  return undefined;
}

function bind(parameters: readonly Parameter[], args: Bound): Bound | undefined {
  const last = parameters.at(-1);
  if (args.length > parameters.length && !last?.variadic) return undefined;
  let bound: (FeelValue | undefined)[] | undefined;
  const count = Math.max(args.length, parameters.length);
  for (let at = 0; at < count; at += 1) {
    const parameter = parameters[at] ?? last;
    const given = args[at];
    if (!parameter) return undefined;
    if (given === undefined) {
      if (!parameter.optional) return undefined;
      continue;
    }
    const value = fitted(given, parameter.kinds);
    if (value === undefined) return undefined;
    if (value !== given) {
      bound ??= [...args];
      bound[at] = value;
    }
  }
  return bound ?? args;
}

/** The result of the first form that takes the arguments bound by name. */
export function callNamed(bound: readonly Named[], args: readonly FeelValue[], run: Run): FeelValue | undefined {
  for (const { form, order } of bound) {
    const result = callBuiltin(
      { name: '', forms: [form] },
      order.map((index) => (index < 0 ? undefined : args[index])),
      run,
    );
    if (result !== undefined) return result;
  }
  return undefined;
}

/** The value as one of the kinds: list of one ↔ item, date → midnight UTC (§10.3.2.9.4). */
function fitted(value: FeelValue, kinds: ReadonlySet<Kind> | undefined): FeelValue | undefined {
  if (!kinds || kinds.has(kindOf(value))) return value;
  if (isList(value)) {
    const [item] = value;
    return value.length === 1 && item !== undefined && kinds.has(kindOf(item)) ? item : undefined;
  }
  if (value instanceof FeelDate && kinds.has('date and time')) return midnight(value);
  return value !== null && kinds.has('list') ? [value] : undefined;
}

/** For each form that has all the names: where each parameter's argument stands, -1 for none. */
export function bindNamed(known: Builtin, names: readonly string[]): Named[] {
  return known.forms.flatMap((form) => {
    const own = form.parameters.map(({ name }) => name);
    if (new Set(names).size < names.length || names.some((name) => !own.includes(name))) return [];
    return [{ form, order: own.map((name) => names.indexOf(name)) }];
  });
}
