// How good a source is: how complete, well formed, fresh and free of duplicates. Sums that can be added and taken away, so that a change of one
// record costs one record, and figures drawn from them at any time.
import type { Instant } from '#base/instant.ts';
import { plusMillis } from '#base/instant.ts';
import { compared, isWellFormed, type FieldType } from './keys.ts';
import type { SourceRecord } from './types.ts';

export type FieldTally = { readonly filled: number; readonly wellFormed: number };

/** What is summed over the records of one source. */
export type Tally = {
  readonly records: number;
  /** How many persons, firms or properties these are: fewer than records where the source holds one twice. */
  readonly entities: number;
  readonly fields: Readonly<Record<string, FieldTally>>;
  /** Records by the day they hold of. */
  readonly days: Readonly<Record<string, number>>;
};

export const NO_RECORDS: Tally = { records: 0, entities: 0, fields: {}, days: {} };

/** What one record adds, in few words to be kept with it, so that a change takes away exactly what was added. */
export type Counted = { readonly day: string; readonly filled: readonly string[]; readonly malformed: readonly string[] };

/** `types` says what a field is, where it can be malformed. */
export function countedOf(
  { asOf, fields }: Pick<SourceRecord, 'asOf' | 'fields'>,
  types: Readonly<Record<string, FieldType>>,
): Counted {
  const filled = Object.keys(fields).filter((field) => !isSilent(fields[field]));
  const malformed = filled.filter((field) => {
    const type = types[field];
    const form = type === undefined ? '' : compared(type, fields[field]);
    return form !== '' && !isWellFormed(form);
  });
  return { day: asOf.slice(0, 10), filled, malformed };
}

function isSilent(value: SourceRecord['fields'][string] | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

export function tallyOf({ day, filled, malformed }: Counted): Tally {
  const wrong = new Set(malformed);
  const fields = filled.map((field): [string, FieldTally] => [field, { filled: 1, wellFormed: wrong.has(field) ? 0 : 1 }]);
  return { records: 1, entities: 0, fields: Object.fromEntries(fields), days: { [day]: 1 } };
}

/** A group of records that are one, as its source counts it: once. */
export const ONE_ENTITY: Tally = { ...NO_RECORDS, entities: 1 };

export function plus(one: Tally, other: Tally): Tally {
  return combined(one, other, 1);
}

/** What was added before, taken away: `minus(plus(a, b), b)` is `a`. */
export function minus(one: Tally, other: Tally): Tally {
  return combined(one, other, -1);
}

function combined(one: Tally, other: Tally, sign: 1 | -1): Tally {
  const names = [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])];
  const fields = names.flatMap((field): readonly (readonly [string, FieldTally])[] => {
    const [mine, theirs] = [one.fields[field], other.fields[field]];
    const sum = (of: keyof FieldTally): number => (mine?.[of] ?? 0) + sign * (theirs?.[of] ?? 0);
    const both = { filled: sum('filled'), wellFormed: sum('wellFormed') };
    return both.filled === 0 && both.wellFormed === 0 ? [] : [[field, both]];
  });
  const days = { ...one.days };
  for (const [day, count] of Object.entries(other.days)) {
    const sum = (days[day] ?? 0) + sign * count;
    if (sum === 0) delete days[day];
    else days[day] = sum;
  }
  return {
    records: one.records + sign * other.records,
    entities: one.entities + sign * other.entities,
    fields: Object.fromEntries(fields),
    days,
  };
}

/** Parts of one, or undefined where there is nothing to be a part of. */
export type Figures = {
  readonly completeness: number | undefined;
  readonly validity: number | undefined;
  readonly freshness: number | undefined;
  readonly duplicates: number | undefined;
  readonly fields: Readonly<Record<string, { readonly completeness: number | undefined; readonly validity: number | undefined }>>;
};

const MILLIS_OF_DAY = 86_400_000;

/** Fresh is what holds of a day at most `freshDays` ago; `fields` are those that every record should have, else those that any has. */
export type Measure = { readonly freshDays: number; readonly fields?: readonly string[] | undefined };

/** Figures of a source at an instant. */
export function figures(tally: Tally, now: Instant, { freshDays, fields: names = Object.keys(tally.fields) }: Measure): Figures {
  const since = plusMillis(now, -freshDays * MILLIS_OF_DAY).slice(0, 10);
  const fresh = Object.entries(tally.days).reduce((sum, [day, count]) => (day >= since ? sum + count : sum), 0);
  const fields = names.map((name) => [name, tally.fields[name] ?? { filled: 0, wellFormed: 0 }] as const);
  const filled = fields.reduce((sum, [, field]) => sum + field.filled, 0);
  const wellFormed = fields.reduce((sum, [, field]) => sum + field.wellFormed, 0);
  return {
    completeness: part(filled, tally.records * fields.length),
    validity: part(wellFormed, filled),
    freshness: part(fresh, tally.records),
    duplicates: part(tally.records - tally.entities, tally.records),
    fields: Object.fromEntries(
      fields.map(([name, field]) => [
        name,
        { completeness: part(field.filled, tally.records), validity: part(field.wellFormed, field.filled) },
      ]),
    ),
  };
}

const part = (some: number, all: number): number | undefined => (all === 0 ? undefined : some / all);
