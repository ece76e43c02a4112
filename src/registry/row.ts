// A record made ready to be compared: its scheme's columns, each read into one form.
// Keeps nothing of what the source wrote: a row is never shown.
import { compared, isWellFormed, type FieldType } from './keys.ts';
import type { Scheme } from './scheme.ts';
import type { Fields } from './types.ts';

/** In the order of the scheme's columns; '' where the record is silent. */
export type Row = readonly string[];

/** What the fields of a kind are, for its views (golden.ts) and its quality (quality.ts). */
export function fieldTypes(scheme: Scheme): Readonly<Record<string, FieldType>> {
  return Object.fromEntries(scheme.columns.map(({ field, type }) => [field, type]));
}

/** A record's fields in compared form, once for all its comparisons. */
export function rowOf(scheme: Scheme, fields: Fields): Row {
  return scheme.columns.map(({ field, type }) => compared(type, fields[field]));
}

/** The well-formed values of a row's guarded fields, by field: what a group may hold one of. */
export function guardedKeys(scheme: Scheme, row: Row): Readonly<Record<string, string>> {
  const held = scheme.columns.map(({ field }, at) => [field, row[at] ?? ''] as const);
  return Object.fromEntries(held.filter(([field, value]) => scheme.guards.includes(field) && isWellFormed(value)));
}
