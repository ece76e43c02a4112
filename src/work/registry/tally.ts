// What one record adds to the quality of its source, kept with the record in few words, so that a change takes away exactly what was added.
import type { Instant } from '#base/instant.ts';
import { compared, isWellFormed } from '#registry/keys.ts';
import type { FieldType } from '#registry/keys.ts';
import { minus, NO_RECORDS, plus } from '#registry/quality.ts';
import type { Tally } from '#registry/quality.ts';
import type { Fields } from '#registry/types.ts';
import type { Counted } from '#store/linkage.ts';

/** `types`: of the fields that can be malformed. */
export function countedOf(asOf: Instant, fields: Fields, types: Readonly<Record<string, FieldType>>): Counted {
  const filled = Object.keys(fields).filter((field) => !isSilent(fields[field]));
  const isMalformed = (field: string): boolean => {
    const type = types[field];
    const form = type === undefined ? '' : compared(type, fields[field]);
    return form !== '' && !isWellFormed(form);
  };
  return { day: asOf.slice(0, 10), filled, malformed: filled.filter(isMalformed) };
}

function isSilent(value: Fields[string] | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function tallyOf({ day, filled, malformed }: Counted): Tally {
  const wrong = new Set(malformed);
  const fields = filled.map((field) => [field, { filled: 1, wellFormed: wrong.has(field) ? 0 : 1 }] as const);
  return { records: 1, entities: 0, fields: Object.fromEntries(fields), days: { [day]: 1 } };
}

/** Changes of sums, by source. */
export type Tallies = {
  readonly add: (source: string, counted: Counted) => void;
  readonly drop: (source: string, counted: Counted) => void;
  readonly countEntities: (source: string, by: number) => void;
  readonly changes: ReadonlyMap<string, Tally>;
};

export function tallies(): Tallies {
  const changes = new Map<string, Tally>();
  const of = (source: string): Tally => changes.get(source) ?? NO_RECORDS;
  return {
    add: (source, counted) => void changes.set(source, plus(of(source), tallyOf(counted))),
    drop: (source, counted) => void changes.set(source, minus(of(source), tallyOf(counted))),
    countEntities: (source, by) => void changes.set(source, plus(of(source), { ...NO_RECORDS, entities: by })),
    changes,
  };
}
