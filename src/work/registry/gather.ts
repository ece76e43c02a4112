// Gathers rows into a batch: mapped, each key once, with what is rejected and why. Holds one batch and no more; knows no database.
import { latinDigits } from '#base/persian.ts';
import type { JsonObject } from '#base/json.ts';
import { cellText } from '#registry/source-row.ts';
import { unmarked } from '#base/csv.ts';
import type { Cells, Fault, Mapped, Rejected } from '#registry/source-row.ts';
import type { KeptKey, StagedRow } from '#store/source-batch.ts';
import type { Rejection } from '#store/source-loads.ts';
import type { LoadMode } from '#store/sources.ts';
import type { OpenSource, SourceChunk, SourcePosition, SourceRow } from './source-port.ts';

/** So many rows, or so many characters of them, are one transaction. */
const MOST_ROWS = 10_000;
const MOST_LETTERS = 8_000_000;

export type Gathered = {
  readonly rows: readonly StagedRow[];
  readonly kept: readonly KeptKey[];
  readonly rejections: readonly Rejection[];
  /** Rows read, and of those what an increment had before or a later row of the batch says anew. */
  readonly count: number;
  readonly skipped: number;
  readonly mark: string | null;
  readonly position: SourcePosition;
  readonly done: number | undefined;
  /** Rejections of rows whose key an earlier batch had. */
  repeated(at: readonly number[]): readonly Rejection[];
};

export type Gatherer = { add(chunk: SourceChunk): void; isFull(): boolean; take(): Gathered | undefined };

export type Gathering = {
  readonly map: (cells: Cells) => Mapped | Rejected;
  readonly source: Pick<OpenSource, 'columns' | 'place'>;
  readonly mode: LoadMode;
  readonly since: string | undefined;
};

type Held = {
  rows: Map<string, StagedRow>;
  kept: Map<string, KeptKey>;
  rejections: Rejection[];
  read: SourceRow[];
  letters: number;
  skipped: number;
  mark: string | null;
  last: Omit<SourceChunk, 'rows'> | undefined;
};

const nothing = (): Held => ({
  rows: new Map(),
  kept: new Map(),
  rejections: [],
  read: [],
  letters: 0,
  skipped: 0,
  mark: null,
  last: undefined,
});

export function gatherer(gathering: Gathering): Gatherer {
  const { map, source, mode, since } = gathering;
  let held = nothing();
  const reject = (row: SourceRow, faults: readonly [Fault, ...Fault[]]): void =>
    void held.rejections.push(rejectionOf(source, row, faults));
  const addRow = (row: SourceRow): void => {
    const mapped = map(
      mode === 'mended' ? row.cells.map((cell) => (typeof cell === 'string' ? unmarked(cell) : cell)) : row.cells,
    );
    if ('faults' in mapped) {
      if (mapped.key !== undefined && !held.rows.has(mapped.key)) held.kept.set(mapped.key, { at: row.at, key: mapped.key });
      return reject(row, mapped.faults);
    }
    if (since !== undefined && isOlder(mapped.mark, since)) {
      held.skipped += 1;
      return undefined;
    }
    const { key, asOf } = mapped;
    if (held.rows.has(key)) {
      // In a whole source a key is one row; in changes the last word counts.
      if (mode === 'full') return reject(row, [REPEATED]);
      held.skipped += 1;
    }
    const fields = JSON.stringify(mapped.fields);
    held.letters += fields.length;
    held.rows.set(key, { at: row.at, key, asOf, fields });
    held.kept.delete(key);
    if (mapped.mark !== '') held.mark = newerMark(held.mark, mapped.mark);
  };
  return {
    add({ rows, position, done }) {
      for (const row of rows) {
        held.read.push(row);
        addRow(row);
      }
      held.last = done === undefined ? { position } : { position, done };
    },
    isFull: () => held.read.length >= MOST_ROWS || held.letters >= MOST_LETTERS,
    take() {
      const full = held;
      if (full.last === undefined) return undefined;
      held = nothing();
      return {
        rows: [...full.rows.values()],
        kept: [...full.kept.values()],
        rejections: full.rejections,
        count: full.read.length,
        skipped: full.skipped,
        mark: full.mark,
        position: full.last.position,
        done: full.last.done,
        repeated(places) {
          const again = new Set(places);
          return full.read.filter((row) => again.has(row.at)).map((row) => rejectionOf(source, row, [REPEATED]));
        },
      };
    },
  };
}

const REPEATED: Fault = { field: null, code: 'key-repeated', facts: {} };

/** The first fault leads; the others stand in its facts. What PostgreSQL cannot store as text is replaced. */
function rejectionOf(source: Gathering['source'], row: SourceRow, faults: readonly [Fault, ...Fault[]]): Rejection {
  const [{ field, code, facts }, ...more] = faults;
  const raw: JsonObject = Object.fromEntries(
    row.cells.slice(0, source.columns.length).map((cell, at) => [source.columns[at] ?? '', storable(cellText(cell))]),
  );
  const told = (one: Readonly<Record<string, string>>): JsonObject =>
    Object.fromEntries(Object.entries(one).map(([name, value]) => [name, storable(value)]));
  return {
    place: source.place(row.at),
    field,
    code,
    facts: { ...told(facts), ...(more.length > 0 ? { more: more.map((one) => ({ ...one, facts: told(one.facts) })) } : {}) },
    raw,
  };
}

const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Marks are numbers, or texts that sort as their times do. */
function isOlder(mark: string, than: string): boolean {
  const [a, b] = [latinDigits(mark.trim()), latinDigits(than.trim())];
  return NUMBER.test(a) && NUMBER.test(b) ? Number(a) < Number(b) : a < b;
}

export function newerMark(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return isOlder(one, other) ? other : one;
}
