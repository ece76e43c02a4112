// One row of a source becomes one record, or is rejected with every fault it has. The rules are laid out once for all rows.
// Never changes a source's value into another: it is read into its one form, kept as written, or refused.
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import { latinDigits, normalText } from '#base/persian.ts';
import type { ColumnRule, SourceConfig } from './source.ts';
import { DAY_TYPES, isIdentifier, isStorable, readInstant, readValue } from './source-values.ts';
import type { Fields } from './types.ts';

export const REJECTION_CODES = [
  'columns-count',
  'key-missing',
  'key-malformed',
  'key-repeated',
  'as-of-missing',
  'missing',
  'malformed',
  'not-listed',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** `field` is the source's own column. */
export type Fault = {
  readonly field: string | null;
  readonly code: RejectionCode;
  readonly facts: Readonly<Record<string, string>>;
};
/** `key`: the source has this record, though this load cannot take it: it is not gone. */
export type Rejected = { readonly key?: string; readonly faults: readonly [Fault, ...Fault[]] };
export type Mapped = { readonly key: string; readonly asOf: Instant; readonly fields: Fields; readonly mark: string };
/** In the order of the source's columns: texts, or what JSON has. */
export type Cells = readonly Json[];

/** Text of a cell; '' for none. */
export function cellText(cell: Json | undefined): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** A fault shows no more of a cell than this. */
const SHOWN = 80;

export function rowReader(config: SourceConfig, columns: readonly string[]): (cells: Cells) => Mapped | Rejected {
  const rules = config.columns.map((rule) => ({ rule, at: columns.indexOf(rule.column), read: valueReader(rule) }));
  const keys = config.key.map((column) => ({
    at: columns.indexOf(column),
    column,
    rule: config.columns.find((one) => one.column === column),
  }));
  const markAt = config.mark === undefined ? -1 : columns.indexOf(config.mark);
  const asOf = asOfReader(config, columns);
  return (cells) => {
    if (cells.length !== columns.length) return rejectedCount(columns.length, cells.length);
    const faults: Fault[] = [];
    const key = readKey(keys, cells, faults);
    const at = asOf(cells, faults);
    const fields: { [field: string]: Json } = { ...config.constants };
    for (const { rule, at: place, read } of rules) {
      const value = readCell({ rule, read }, cells[place], faults);
      if (value !== undefined) fields[rule.field] = value;
    }
    const [first, ...rest] = faults;
    if (first !== undefined) return key === '' ? { faults: [first, ...rest] } : { key, faults: [first, ...rest] };
    return { key, asOf: at as Instant, fields, mark: markAt < 0 ? '' : cellText(cells[markAt]) };
  };
}

function rejectedCount(expected: number, found: number): Rejected {
  return { faults: [{ field: null, code: 'columns-count', facts: { expected: String(expected), found: String(found) } }] };
}

const MOST_REMEMBERED = 50_000;

/** Days come again and again; so many of them are a century. */
function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const value = read(text);
    known.set(text, value);
    return value;
  };
}

type AsOfReader = (cells: Cells, faults: Fault[]) => Instant | undefined;

function asOfReader({ asOf }: SourceConfig, columns: readonly string[]): AsOfReader {
  if ('at' in asOf) return () => asOf.at;
  const place = columns.indexOf(asOf.column);
  const read = remembered((text) => readInstant(asOf.type, text));
  return (cells, faults) => {
    const text = cellText(cells[place]);
    const at = read(text);
    if (at === undefined) faults.push({ field: asOf.column, code: 'as-of-missing', facts: { value: text.slice(0, SHOWN) } });
    return at;
  };
}

type KeyPart = { readonly at: number; readonly column: string; readonly rule: ColumnRule | undefined };

/** '' where the row has none. Parts of a key of several columns stay apart whatever they hold. */
function readKey(parts: readonly KeyPart[], cells: Cells, faults: Fault[]): string {
  const texts: string[] = [];
  for (const { at, column, rule } of parts) {
    const text = cellText(cells[at]);
    const read = rule !== undefined && isIdentifier(rule.type) ? readValue(rule.type, text) : latinDigits(normalText(text));
    if (typeof read === 'string' && read !== '' && read.length <= 200 && isStorable(read)) {
      texts.push(parts.length === 1 ? read : read.replaceAll('%', '%25').replaceAll('|', '%7C'));
      continue;
    }
    const isBlank = text.trim() === '';
    faults.push({
      field: column,
      code: isBlank ? 'key-missing' : 'key-malformed',
      facts: isBlank ? {} : { value: text.slice(0, SHOWN) },
    });
    return '';
  }
  return texts.join('|');
}

type ValueReader = (text: string) => Json | undefined;
type CellRule = { readonly rule: ColumnRule; readonly read: ValueReader };

function valueReader({ type }: ColumnRule): ValueReader {
  const read: ValueReader = (text) => (isStorable(text) ? readValue(type, text) : undefined);
  return (DAY_TYPES as readonly string[]).includes(type) ? remembered(read) : read;
}

/** Undefined where the source is silent, or a fault was told. */
function readCell({ rule, read }: CellRule, cell: Json | undefined, faults: Fault[]): Json | undefined {
  const { column, type, required, values } = rule;
  const text = cellText(cell);
  if (text === '' || text.trim() === '') {
    if (required && !faults.some((one) => one.field === column)) faults.push({ field: column, code: 'missing', facts: {} });
    return undefined;
  }
  if (values !== undefined) {
    const value = values[latinDigits(normalText(text))];
    if (value === undefined) faults.push({ field: column, code: 'not-listed', facts: { value: text.slice(0, SHOWN) } });
    return value;
  }
  const value = read(text);
  if (value !== undefined) return value;
  if (isIdentifier(type) && !required && text.length <= 200 && isStorable(text)) return latinDigits(normalText(text));
  // The key's fault says it already.
  if (!faults.some((one) => one.field === column))
    faults.push({ field: column, code: 'malformed', facts: { type, value: text.slice(0, SHOWN) } });
  return undefined;
}
