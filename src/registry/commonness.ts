// How common names are in a city: that two bear the name محمد محمدی says little, that two bear یزدان راستگوفر says much.
// Counts that a store can keep; a name never seen counts as seen once.
import type { Scheme } from './scheme.ts';
import type { Sheet } from './sheet.ts';
import { rowAt } from './sheet.ts';
import type { FieldType } from './keys.ts';

/** For a column, how often each of its values is seen, and the bits that agreeing on an average one is worth. */
type Counts = { readonly total: number; readonly average: number; readonly of: ReadonlyMap<string, number> };
export type Commonness = ReadonlyMap<number, Counts>;

/** A name tells so many bits more or less than the average, at most: rarer ones are slips of the pen. */
export const RAREST = 3;

const NAMES: ReadonlySet<FieldType> = new Set(['given-name', 'family-name', 'firm-name']);

/** The columns of a scheme that hold names, by place. */
export function nameColumns(scheme: Scheme): readonly number[] {
  return scheme.columns.flatMap(({ type }, at) => (NAMES.has(type) ? [at] : []));
}

/** Counts the names of a sheet's columns of names. */
export function commonnessOf(sheet: Sheet): Commonness {
  const columns = nameColumns(sheet.scheme);
  const counts = new Map(columns.map((at) => [at, new Map<string, number>()]));
  for (let row = 0; row < sheet.packed.length; row++) {
    const values = rowAt(sheet, row);
    for (const [at, of] of counts) {
      const value = values[at];
      if (value) of.set(value, (of.get(value) ?? 0) + 1);
    }
  }
  return new Map([...counts].map(([at, of]) => [at, summed(of)]));
}

/** Two drawn from the city agree on a name with the sum of the squares of the names' shares. */
function summed(of: ReadonlyMap<string, number>): Counts {
  let total = 0;
  let squares = 0;
  for (const count of of.values()) {
    total += count;
    squares += count * count;
  }
  return countsOf(of, total, squares);
}

/** From counts kept elsewhere: of all names how many, the sum of the squares of their counts, and those of the names at hand. */
export function countsOf(of: ReadonlyMap<string, number>, total: number, squares: number): Counts {
  return { total, average: Math.log2((total * total) / squares), of };
}

/** Bits that agreeing on this value says more (or less) than agreeing on an average one; 0 in columns without counts. */
export function rarity(commonness: Commonness, column: number, value: string): number {
  const counts = commonness.get(column);
  if (!counts || value === '' || counts.total === 0) return 0;
  const bits = Math.log2(counts.total / (counts.of.get(value) ?? 1));
  return Math.max(-RAREST, Math.min(RAREST, bits - counts.average));
}
