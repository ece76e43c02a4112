// A file of rejected rows: the source's own columns as they came, and before them where each stood and why it was rejected, so that it can be
// mended and loaded again as it is.
import { csvLine, UTF8_MARK } from '#base/csv.ts';
import type { JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import { faultWords } from './source-faults.ts';
import type { Fault, RejectionCode } from './source-row.ts';
import { expectedColumns, REJECT_COLUMNS } from './source.ts';
import type { SourceConfig, SourceReader } from './source.ts';

export type RejectedRow = {
  readonly place: string;
  readonly field: string | null;
  readonly code: string;
  readonly facts: JsonObject;
  readonly raw: JsonObject;
};

/** Every fault of a rejected row: the first, and those that stand in its facts. */
export function faultsOf({ field, code, facts }: Omit<RejectedRow, 'raw' | 'place'>): readonly Fault[] {
  const { more = [], ...own } = facts;
  const first = { field, code: code as RejectionCode, facts: own as Fault['facts'] };
  return [first, ...(more as unknown as readonly Fault[])];
}

/** A byte order mark first, for spreadsheets. */
export function rejectsHead(config: SourceConfig): string {
  return `${UTF8_MARK}${csvLine([...REJECT_COLUMNS, ...expectedColumns(config)], delimiterOf(config))}`;
}

export function rejectsLine(config: SourceConfig, row: RejectedRow, language: Language): string {
  const reason = faultsOf(row)
    .map((one) => faultWords(one)[language])
    .join(' / ');
  const cells = expectedColumns(config).map((column) => String(row.raw[column] ?? ''));
  return csvLine([row.place, reason, ...cells], delimiterOf(config));
}

/** How such a file is read again. */
export function mendedReader(config: SourceConfig, file: string): SourceReader {
  return { by: 'csv', file, delimiter: delimiterOf(config), encoding: 'utf-8' };
}

function delimiterOf({ reader }: SourceConfig): string {
  return reader.by === 'csv' ? reader.delimiter : ',';
}
