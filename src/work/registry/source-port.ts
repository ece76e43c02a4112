// How a source is read, whatever it is: its columns, and its rows a bounded number at a time from any place where reading once stood.
// The readers are in outside/sources/; one never writes to a source.
import type { Json, JsonObject } from '#base/json.ts';
import type { SourceConfig } from '#registry/source.ts';

/** Where a reader of a source goes on, in its own words: a byte, a key, a page. */
export type SourcePosition = JsonObject;
/** `at`: the line or number of the row. Cells are in the order of the columns. */
export type SourceRow = { readonly at: number; readonly cells: readonly Json[] };
/** Rows as they came, and the position behind them; `done` from 0 to 1 where the size of the whole is known. */
export type SourceChunk = { readonly rows: readonly SourceRow[]; readonly position: SourcePosition; readonly done?: number };

export type OpenSource = {
  readonly columns: readonly string[];
  /** In words of the source: `persons.csv:900001`. */
  place(at: number): string;
  /** What stands behind a position that `mayGoOn` refused is read from the beginning. */
  mayGoOn(from: SourcePosition): Promise<boolean>;
  /** A bounded number of rows at a time. Throws Refusal `source-broken`, `source-unreachable` behind the last whole row. */
  read(from: SourcePosition | undefined): AsyncIterable<SourceChunk>;
  close(): Promise<void>;
};
/** The columns that are to be there, and for an increment the mark from which rows are wanted; a file gives all. */
export type Wanted = { readonly columns: readonly string[]; readonly since: string | undefined };
export type SourcePort = {
  /** Throws Refusal `source-file`, `source-unreachable`, `source-broken`. */
  open(config: SourceConfig, wanted: Wanted): Promise<OpenSource>;
};
