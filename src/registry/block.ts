// Which records are worth comparing: a record has one key for each pass, and records that share a key form a block.
// A key is text that a store can index; a block too large to compare is left out and said so.
import { bare } from './keys.ts';
import { skeleton } from './normalise.ts';
import type { Row } from './row.ts';
import type { KeyPart, Pass, Scheme } from './scheme.ts';

/** Most records of one block that are compared with each other: beyond, a key tells too little (a hospital's telephone). */
export const BLOCK_CAP = 200;

/** Reads a record's key for each pass, in the scheme's order; undefined where it lacks a part. */
export function blocker(scheme: Scheme): (row: Row) => readonly (string | undefined)[] {
  const places = new Map(scheme.columns.map(({ field }, at) => [field, at]));
  const passes = scheme.passes.map((pass) => keyOf(pass, places));
  return (row) => passes.map((key) => key(row));
}

function keyOf(pass: Pass, places: ReadonlyMap<string, number>): (row: Row) => string | undefined {
  const parts = pass.parts.map((part) => partOf(part, places));
  return (row) => {
    let key = '';
    for (const part of parts) {
      const text = part(row);
      if (text === '') return undefined;
      key += key === '' ? text : `|${text}`;
    }
    return key;
  };
}

function partOf(part: KeyPart, places: ReadonlyMap<string, number>): (row: Row) => string {
  const value = (row: Row, field: string): string => bare(row[places.get(field) ?? -1] ?? '');
  switch (part.by) {
    case 'whole':
      return (row) => value(row, part.field);
    case 'sound':
      return (row) => skeleton(value(row, part.field));
    case 'head':
      return (row) => value(row, part.field).slice(0, part.letters);
    case 'tail':
      return (row) => value(row, part.field).slice(-part.letters);
    case 'either-order':
      return (row) => {
        const [one, other] = part.fields.map((field) => skeleton(value(row, field)));
        if (!one || !other) return '';
        return one < other ? `${one}+${other}` : `${other}+${one}`;
      };
  }
}
