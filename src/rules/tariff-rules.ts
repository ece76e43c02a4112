// A rule of a tariff as it hit: its table and number, what it looked at, what it gave, the act it rests on and the days it holds.
import { Decimal } from '#base/decimal.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { fromJalali, isIsoDate } from '#calendar/jalali.ts';
import { Special } from './kinds.ts';
import { pairOf } from './tariff-text.ts';
import type { Labels } from './tariff-labels.ts';
import type { RuleHit } from './types.ts';

/** `label`: what people call it, `words`: what they call its value, where the package says so. */
export type Named = { readonly name: string; readonly label?: Text; readonly value: Json; readonly words?: Text };
export type RuleSeen = {
  readonly table: string;
  /** What people call the table. */
  readonly title?: Text;
  /** Counted from 1, as modelers show it. */
  readonly rule: number;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly citation?: Text;
  /** The first and last day the rule is in force, `yyyy-mm-dd`. */
  readonly from?: string;
  readonly until?: string;
};

export function seenRule(hit: RuleHit, labels: Labels): RuleSeen {
  const { citation, from, until } = hit.annotations;
  const first = from === undefined ? undefined : dayOf(from);
  const last = until === undefined ? undefined : dayOf(until);
  const own = labels.tables[hit.decision];
  const named = (name: string, value: unknown): Named => {
    const label = own?.names[name];
    const words = typeof value === 'string' && Object.hasOwn(labels.values, value) ? labels.values[value] : undefined;
    return { name, ...(label && { label }), value: plainValue(value), ...(words && { words }) };
  };
  return {
    table: hit.decision,
    ...(own?.title && { title: own.title }),
    rule: hit.rule,
    inputs: hit.inputs.map(({ expression, value }) => named(expression, value)),
    outputs: Object.entries(hit.outputs).flatMap(([name, value]) => (value === citation ? [] : [named(name, value)])),
    ...(citation === undefined ? {} : { citation: pairOf(citation) }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { until: last }),
  };
}

/** A day as an author writes it, Jalali `1405-01-01` or Gregorian `2026-03-21`, as an ISO date; undefined for what is no day. */
export function dayOf(text: string): string | undefined {
  const part = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!part) return undefined;
  const [year, month, day] = part.slice(1).map(Number) as [number, number, number];
  if (year >= 1622) return isIsoDate(text.trim()) ? text.trim() : undefined;
  try {
    return fromJalali({ year, month, day });
  } catch {
    return undefined;
  }
}

/** A FEEL value, or what the log keeps of one, as plain JSON: numbers as digits in text, days as ISO dates. */
export function plainValue(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (value instanceof Decimal) return value.toFixed();
  if (value instanceof Special) return String(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'number') return new Decimal(value).toFixed();
  if (typeof value !== 'object') return value as Json;
  const object = value as { readonly [name: string]: unknown };
  if (object['feel'] === 'date' && typeof object['day'] === 'number') return isoOf(object);
  return Object.fromEntries(Object.entries(object).map(([name, one]) => [name, plainValue(one)]));
}

function isoOf({ year, month, day }: { readonly [name: string]: unknown }): string {
  const padded = (part: unknown, width: number): string => String(part).padStart(width, '0');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}
