// A source of the registry as configuration: where its rows are, which columns it has and what they mean, which unit answers for it.
// Never holds a secret: a password is named by the environment variable that has it.
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import type { Confidence, Kind, SourceId } from './types.ts';
import type { ColumnType, DayType } from './source-values.ts';

export const ENCODINGS = ['utf-8', 'windows-1256'] as const;
export const DATABASES = ['postgres', 'mysql', 'sqlserver'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

export type CsvReader = {
  readonly by: 'csv';
  /** Inside the folder of sources. */
  readonly file: string;
  readonly delimiter: string;
  readonly encoding: (typeof ENCODINGS)[number];
};
export type XlsxReader = {
  readonly by: 'xlsx';
  readonly file: string;
  /** The first one where it is not named. */
  readonly sheet?: string;
  /** The row that names the columns, from 1. */
  readonly headerRow: number;
};
export type GeojsonReader = { readonly by: 'geojson'; readonly file: string };
export type DatabaseReader = {
  readonly by: DatabaseKind;
  readonly host: string;
  readonly port?: number;
  readonly database: string;
  readonly user: string;
  readonly passwordFrom?: string;
  readonly tls: boolean;
  /** `schema.table`, or a whole query. */
  readonly from: { readonly table: string } | { readonly query: string };
};
export type RestReader = {
  readonly by: 'rest';
  readonly url: string;
  /** JSON Pointer to the list of rows in a page, and to the address or cursor of the next one. */
  readonly rows: string;
  readonly next?: string;
  /** The query parameter that takes the cursor; without it, `next` is an address of the same origin. */
  readonly cursor?: string;
  /** The query parameter that takes the mark of an incremental load. */
  readonly since?: string;
  readonly tokenFrom?: string;
};
/** Written with the city by its seed: there is nothing to load. */
export type SeedReader = { readonly by: 'seed' };
export type SourceReader = SeedReader | CsvReader | XlsxReader | GeojsonReader | DatabaseReader | RestReader;

export type ColumnRule = {
  readonly column: string;
  readonly field: string;
  readonly type: ColumnType;
  /** A row without it, or with what cannot be one, is rejected. */
  readonly required: boolean;
  /** Codes of the source and what they stand for; what is not among them is rejected. */
  readonly values?: Readonly<Record<string, Json>>;
};

export type SourceConfig = {
  readonly id: SourceId;
  readonly kind: Kind;
  /** The unit that answers for it. */
  readonly owner: string;
  readonly title: Text;
  readonly sample: boolean;
  readonly reader: SourceReader;
  readonly key: readonly string[];
  readonly asOf: { readonly column: string; readonly type: DayType } | { readonly at: Instant };
  readonly mode: 'full' | 'incremental';
  /** The column that grows with every change: an increment begins from the newest one seen. */
  readonly mark?: string;
  readonly columns: readonly ColumnRule[];
  /** Columns that are there and of no use. */
  readonly ignored: readonly string[];
  /** What holds of every row: `part: parcel`. */
  readonly constants: Readonly<Record<string, Json>>;
  readonly confidence: Confidence;
  /** A record is fresh for so many days. */
  readonly freshDays: number;
  /** The largest part of a source that a full load may find gone before somebody must confirm it. */
  readonly mostGone: number;
};

/** Columns of a rejects file that say where a row stood and why it was rejected: a mended file may keep them. */
export const REJECT_COLUMNS = ['_line', '_reason'] as const;

/** Every column that the source must have, once. */
export function expectedColumns(config: SourceConfig): readonly string[] {
  const { columns, key, asOf, mark, ignored } = config;
  const own = [...key, ...columns.map((one) => one.column), ...('column' in asOf ? [asOf.column] : [])];
  return [...new Set([...own, ...(mark === undefined ? [] : [mark]), ...ignored])];
}

export type ColumnsCompared = { readonly missing: readonly string[]; readonly extra: readonly string[] };

/** What a source lacks of the columns it should have, and what it has beyond them. */
export function compareColumns(config: SourceConfig, found: readonly string[]): ColumnsCompared {
  const expected = expectedColumns(config);
  const known = new Set<string>([...expected, ...REJECT_COLUMNS]);
  return {
    missing: expected.filter((one) => !found.includes(one)),
    extra: found.filter((one) => !known.has(one)),
  };
}
