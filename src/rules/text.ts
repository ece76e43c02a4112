// The text of a value, as `string()` gives it (DMN 1.5 §10.3.4.1): numbers in plain digits, strings inside lists and contexts in quotes.
import { Decimal } from '#base/decimal.ts';
import type { FeelContext, FeelValue } from './types.ts';
import { Func, isList, Range, Special } from './kinds.ts';

/** Words joined by single spaces and name symbols; all else reads back only in quotes. */
const NAME = /^[\p{L}_?][\p{L}\p{N}_?]*(?:[ .\-'+*/][\p{L}_][\p{L}\p{N}_?]*)*$/u;

export function textOf(value: FeelValue): string {
  return typeof value === 'string' ? value : written(value);
}

/** As it would be written in FEEL. */
function written(value: FeelValue): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Decimal) return value.isZero() ? '0' : value.toFixed();
  if (isList(value)) return `[${value.map(written).join(', ')}]`;
  if (value instanceof Range) return rangeText(value);
  if (value instanceof Func) return `function(${value.parameters.join(', ')})`;
  if (value instanceof Special) return String(value);
  const entries = Object.entries(value as FeelContext).map(
    ([name, item]) => `${NAME.test(name) ? name : quoted(name)}: ${written(item)}`,
  );
  return `{${entries.join(', ')}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function rangeText(range: Range): string {
  if (range.operator) return `(${range.operator} ${written(range.start ?? range.end)})`;
  return `${range.startIncluded ? '[' : '('}${written(range.start)}..${written(range.end)}${range.endIncluded ? ']' : ')'}`;
}
