// Many records at once, packed tight: a million fit in some hundred megabytes. One text for each row, one 32-bit key for each row and pass.
// Holds compared forms alone: whose rows these are is the caller's list.
import { blocker } from './block.ts';
import type { Row } from './row.ts';
import type { Scheme } from './scheme.ts';

export type Sheet = {
  readonly scheme: Scheme;
  readonly packed: readonly string[];
  /** For each pass the hash of each row's key; 0 where it has none. */
  readonly keys: readonly Uint32Array[];
};

/** Between columns; no reader leaves a control character. */
const SEPARATOR = '\u001F';

/** A row as one text, and back. */
export const packRow = (row: Row): string => row.join(SEPARATOR);
export const unpackRow = (text: string): Row => text.split(SEPARATOR);

export function sheetOf(scheme: Scheme, rows: Iterable<Row>): Sheet {
  const packed: string[] = [];
  const keysOf = blocker(scheme);
  let keys: readonly Uint32Array[] = scheme.passes.map(() => new Uint32Array(1024));
  for (const row of rows) {
    if (packed.length === keys[0]?.length) keys = keys.map(doubled);
    for (const [pass, key] of keysOf(row).entries()) {
      const column = keys[pass];
      if (column && key !== undefined) column[packed.length] = hash(key);
    }
    packed.push(packRow(row));
  }
  return { scheme, packed, keys: keys.map((column) => column.subarray(0, packed.length)) };
}

export function rowAt(sheet: Sheet, at: number): Row {
  return unpackRow(sheet.packed[at] ?? '');
}

function doubled(column: Uint32Array): Uint32Array {
  const larger = new Uint32Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** FNV-1a, 32 bits, never 0. Two keys with one hash cost a comparison and nothing else. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0 || 1;
}

/** Rows of one pass in runs of equal keys, sorted as numbers: a million in a tenth of a second. */
export function* runs(keys: Uint32Array): Generator<Uint32Array> {
  // Key and row share the 53 bits of a float: beyond two million rows, what the row needs is taken from the key, and neighbours share a run.
  const width = 2 ** Math.ceil(Math.log2(keys.length + 1));
  const fold = Math.max(1, (2 ** 32 * width) / 2 ** 53);
  const order = new Float64Array(keys.length);
  let count = 0;
  for (const [row, key] of keys.entries()) if (key !== 0) order[count++] = Math.floor(key / fold) * width + row;
  const sorted = order.subarray(0, count).sort();
  for (let from = 0; from < count;) {
    const key = Math.floor((sorted[from] ?? 0) / width);
    let to = from + 1;
    while (to < count && Math.floor((sorted[to] ?? 0) / width) === key) to++;
    if (to - from > 1) yield Uint32Array.from(sorted.subarray(from, to), (one) => one % width);
    from = to;
  }
}
