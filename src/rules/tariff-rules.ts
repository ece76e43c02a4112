// A rule of a tariff as it hit: its table and number, what it looked at, what it gave, the act it rests on and the days it holds.
import { Decimal } from '#base/decimal.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { fromJalali, isIsoDate } from '#calendar/jalali.ts';
import { Special } from './kinds.ts';
import type { RuleHit } from './types.ts';

/** `label`: what people call it, where the model says so. */
export type Named = { readonly name: string; readonly label?: Text; readonly value: Json };
export type RuleSeen = {
  readonly table: string;
  /** Counted from 1, as modelers show it. */
  readonly rule: number;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly citation?: Text;
  /** The citation as the model writes it. */
  readonly source?: string;
  /** The first and last day the rule is in force, `yyyy-mm-dd`. */
  readonly from?: string;
  readonly until?: string;
};

export function seenRule(hit: RuleHit): RuleSeen {
  const { citation, from, until } = hit.annotations;
  const first = from === undefined ? undefined : dayOf(from);
  const last = until === undefined ? undefined : dayOf(until);
  return {
    table: hit.decision,
    rule: hit.rule,
    inputs: hit.inputs.map(({ expression, label, value }) => ({
      name: expression,
      ...(label === undefined ? {} : { label: labelOf(label, expression) }),
      value: plainValue(value),
    })),
    outputs: Object.entries(hit.outputs)
      .filter(([, value]) => value !== citation)
      .map(([name, value]) => ({ name, value: plainValue(value) })),
    ...(citation === undefined ? {} : { citation: pairOf(citation), source: citation }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { until: last }),
  };
}

/** A label in one language goes with the expression in the other: `سال` beside `year`. */
function labelOf(label: string, expression: string): Text {
  const { fa, en } = pairOf(label);
  if (fa !== en) return { fa, en };
  return /[\u0600-\u06ff]/.test(label) ? { fa, en: expression } : { fa: expression, en };
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

/** A model's text: in both languages, as one text «Persian / English», or the same in both. */
export function pairOf(value: Json | undefined): Text {
  if (isObject(value)) {
    const fa = String(value['fa'] ?? value['en'] ?? '');
    return { fa, en: String(value['en'] ?? fa) };
  }
  const text = value === undefined || value === null ? '' : String(value);
  const [fa = '', en, more] = text.split(' / ');
  const isPair = en !== undefined && more === undefined && /[\u0600-\u06ff]/.test(fa) && !/[\u0600-\u06ff]/.test(en);
  return isPair ? { fa, en } : { fa: text, en: text };
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
