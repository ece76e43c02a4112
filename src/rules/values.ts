// Between FEEL values and JSON: how case data enter rules and how results leave them.
import { Decimal } from '#base/decimal.ts';
import { isObject, type Json } from '#base/json.ts';
import { ofDouble, toDouble } from './decimals.ts';
import type { FeelContext, FeelValue } from './types.ts';
import { isList, putEntry, Special } from './kinds.ts';
import { textOf } from './text.ts';

/** JSON as FEEL sees it: numbers become decimals, texts stay texts, a missing value is null. */
export function toFeel(json: Json | undefined): FeelValue {
  if (json === undefined || json === null) return null;
  if (typeof json === 'number') return ofDouble(json);
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (!isObject(json)) return json.map(toFeel);
  const made: Record<string, FeelValue> = {};
  for (const name of Object.keys(json)) putEntry(made, name, toFeel(json[name]));
  return made;
}

/** A decimal is a JSON number when that number prints the same digits, else their text; temporal values, ranges and functions are text. */
export function fromFeel(value: FeelValue): Json {
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'string') return value ?? null;
  if (value instanceof Decimal) return fromDecimal(value);
  if (isList(value)) return value.map(fromFeel);
  if (value instanceof Special) return textOf(value);
  const made: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value as FeelContext)) {
    if (name === '__proto__')
      Object.defineProperty(made, name, { value: fromFeel(item), enumerable: true, configurable: true, writable: true });
    else made[name] = fromFeel(item);
  }
  return made;
}

function fromDecimal(value: Decimal): Json {
  const short = toDouble(value);
  if (short !== undefined) return short;
  const double = value.toNumber();
  return Number.isFinite(double) && new Decimal(double).eq(value) ? double + 0 : value.toFixed();
}
