// Between FEEL values and JSON: how case data enter rules and how results leave them.
import { Decimal } from '#base/decimal.ts';
import { isObject, type Json } from '#base/json.ts';
import { ofDouble, toDouble } from './decimals.ts';
import type { FeelContext, FeelValue } from './types.ts';
import { isList, Special } from './kinds.ts';
import { textOf } from './text.ts';

/** JSON as FEEL sees it: numbers become decimals, texts stay texts, a missing value is null. */
export function toFeel(json: Json | undefined): FeelValue {
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return ofDouble(json);
  if (json === undefined || json === null) return null;
  if (!isObject(json)) return json.map(toFeel);
  const made: Record<string, unknown> = { ...json }; // a copy of one shape at once is quicker than entry by entry
  for (const name in made) {
    const item = made[name] as Json | undefined;
    if (typeof item !== 'string') made[name] = toFeel(item);
  }
  return made as FeelContext;
}

/** A decimal is a JSON number when that number prints the same digits, else their text; temporal values, ranges and functions are text. */
export function fromFeel(value: FeelValue): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  if (value instanceof Decimal) return fromDecimal(value);
  if (isList(value)) return value.map(fromFeel);
  if (value instanceof Special) return textOf(value);
  const made: Record<string, unknown> = { ...(value as FeelContext) };
  for (const name in made) {
    const item = made[name] as FeelValue;
    if (typeof item !== 'string') made[name] = fromFeel(item);
  }
  return made as Json;
}

function fromDecimal(value: Decimal): Json {
  const short = toDouble(value);
  if (short !== undefined) return short;
  const double = value.toNumber();
  return Number.isFinite(double) && new Decimal(double).eq(value) ? double + 0 : value.toFixed();
}
