// An XLSX sheet as a source: its rows streamed out of the zip, from behind any row.
// A position is the row's number with a hash of all rows before it: a workbook is packed anew whenever it is saved, but its rows stay.
import { createHash } from 'node:crypto';
import type { XlsxReader } from '#registry/source.ts';
import type { OpenSource, SourceChunk } from '#work/registry/source-port.ts';
import { broken } from './broken.ts';
import { openSourceFile } from './file.ts';
import { sheetRows } from './sheet-rows.ts';
import type { SheetRow } from './sheet-rows.ts';
import { openWorkbook } from './workbook.ts';
import type { Workbook } from './workbook.ts';

export async function openXlsx(reader: XlsxReader, folder: string): Promise<OpenSource> {
  const file = await openSourceFile(folder, reader.file);
  const place = (row: number): string => `${file.name}:${row}`;
  const book = await openWorkbook(file.path, file.name);
  const part = reader.sheet === undefined ? [...book.sheets.values()][0] : book.sheets.get(reader.sheet);
  try {
    if (part === undefined) throw broken(file.name, 'no-sheet', { sheet: reader.sheet ?? '' });
    const sheet = { book, part, headerRow: reader.headerRow, place };
    const columns = await readHeader(sheet);
    return {
      columns,
      place,
      mayGoOn: async (from) => (await chainUpTo(sheet, columns.length, Number(from['row']))) === from['sha256'],
      read: (from) => readFrom(sheet, columns.length, from === undefined ? undefined : Number(from['row'])),
      close() {
        book.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    book.close();
    throw error;
  }
}

type Sheet = {
  readonly book: Workbook;
  readonly part: string;
  readonly headerRow: number;
  readonly place: (row: number) => string;
};

/** Rows as they come; what ends in the middle, or is no XML, is told with the last whole row. */
async function* rowsOf({ book, part, place }: Sheet): AsyncGenerator<readonly SheetRow[]> {
  let last = 0;
  try {
    for await (const rows of sheetRows(book, part)) {
      last = rows.at(-1)?.number ?? last;
      yield rows;
    }
  } catch {
    throw broken(place(last + 1), last === 0 ? 'not-xlsx' : 'cut-off');
  }
}

async function readHeader(sheet: Sheet): Promise<readonly string[]> {
  for await (const rows of rowsOf(sheet)) {
    const header = rows.find((one) => one.number >= sheet.headerRow);
    if (header === undefined) continue;
    const names = header.cells.map((one) => (one ?? '').trim());
    if (header.number !== sheet.headerRow || names.includes('')) break;
    const twice = names.find((one, at) => names.indexOf(one) !== at);
    if (twice !== undefined) throw broken(sheet.place(header.number), 'column-twice', { column: twice });
    return names;
  }
  throw broken(sheet.place(sheet.headerRow), 'no-header');
}

/** Rows below the headings, as wide as those. */
async function* bodyOf(sheet: Sheet, width: number): AsyncGenerator<readonly SheetRow[]> {
  for await (const rows of rowsOf(sheet)) {
    const body = rows.filter((one) => one.number > sheet.headerRow);
    if (body.length > 0) yield body.map(({ number, cells }) => ({ number, cells: fitted(cells, width) }));
  }
}

function fitted(cells: SheetRow['cells'], width: number): SheetRow['cells'] {
  const used = cells.findLastIndex((one) => one !== null) + 1;
  return used > width
    ? cells.slice(0, used)
    : [...cells.slice(0, width), ...Array<null>(Math.max(0, width - cells.length)).fill(null)];
}

function chained(before: string, { number, cells }: SheetRow): string {
  return createHash('sha256')
    .update(`${before}${number}${JSON.stringify(cells)}`)
    .digest('hex');
}

async function chainUpTo(sheet: Sheet, width: number, row: number): Promise<string | undefined> {
  let chain = '';
  for await (const rows of bodyOf(sheet, width))
    for (const one of rows) {
      if (one.number > row) return chain;
      chain = chained(chain, one);
      if (one.number === row) return chain;
    }
  return chain;
}

async function* readFrom(sheet: Sheet, width: number, behind = 0): AsyncGenerator<SourceChunk> {
  let chain = '';
  for await (const rows of bodyOf(sheet, width)) {
    for (const one of rows) chain = chained(chain, one);
    const last = rows.at(-1);
    if (last === undefined || last.number <= behind) continue;
    const fresh = rows.filter((one) => one.number > behind);
    yield { rows: fresh.map(({ number, cells }) => ({ at: number, cells })), position: { row: last.number, sha256: chain } };
  }
}
