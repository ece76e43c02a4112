// The rows of a sheet out of its XML as it streams by: each cell a text, a number as it would be written, or a day.
// Knows one row at a time.
import { SaxesParser } from 'saxes';
import { localName } from './workbook.ts';
import type { Workbook } from './workbook.ts';

export type SheetRow = { readonly number: number; readonly cells: readonly (string | null)[] };

const LONGEST_CELL = 1024 * 1024;
const DAY_MS = 86_400_000;

/** Rows with something in them, some at a time. Throws an Error where it is no sheet, or a cell is longer than any. */
export async function* sheetRows(book: Workbook, part: string): AsyncGenerator<readonly SheetRow[]> {
  const parser = new SaxesParser({});
  const rows: SheetRow[] = [];
  let [number, column, type, style] = [0, 0, 'n', 0];
  let [text, isText] = ['', false];
  let cells: (string | null)[] = [];
  parser.on('opentag', (tag) => {
    const { attributes } = tag;
    switch (localName(tag)) {
      case 'row':
        number = attributes['r'] === undefined ? number + 1 : Number(attributes['r']);
        cells = [];
        column = -1;
        return;
      case 'c':
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        [type, style, text] = [attributes['t'] ?? 'n', Number(attributes['s'] ?? 0), ''];
        return;
      case 'v':
      case 't':
        isText = true;
        return;
      case 'rPh':
        isText = false;
        return;
    }
  });
  parser.on('text', (piece) => {
    if (isText) text += piece;
  });
  parser.on('closetag', (tag) => {
    const name = localName(tag);
    if (name === 'v' || name === 't') isText = false;
    else if (name === 'c') {
      while (cells.length < column) cells.push(null);
      cells[column] = cellOf(book, { type, text, isDay: book.days[style] === true });
    } else if (name === 'row' && cells.some((cell) => cell !== null)) rows.push({ number, cells });
  });
  try {
    for await (const piece of book.part(part)) {
      parser.write(piece);
      if (text.length > LONGEST_CELL || cells.length > MOST_COLUMNS) throw new Error('longer than any cell');
      if (rows.length > 0) yield rows.splice(0);
    }
    parser.close();
  } catch (error) {
    // The rows before are whole.
    if (rows.length > 0) yield rows.splice(0);
    throw error;
  }
  if (rows.length > 0) yield rows;
}

/** As many as Excel has. */
const MOST_COLUMNS = 16_384;

/** `AB12` is column 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26 || column > MOST_COLUMNS) break;
    column = column * 26 + value;
  }
  return Math.min(column, MOST_COLUMNS) - 1;
}

type Cell = { readonly type: string; readonly text: string; readonly isDay: boolean };

function cellOf(book: Workbook, { type, text, isDay }: Cell): string | null {
  if (text === '' || type === 'e') return null;
  switch (type) {
    case 's':
      return book.texts[Number(text)] ?? null;
    case 'inlineStr':
    case 'str':
    case 'd':
      return text;
    case 'b':
      return text === '1' ? 'true' : 'false';
    default:
      return isDay ? dayOf(Number(text), book.is1904) : writtenNumber(text);
  }
}

/** A whole number without an exponent, as ids are meant; others as they stand. */
function writtenNumber(text: string): string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text;
}

/** Days since 30 December 1899, which makes up for a leap day that 1900 never had. */
function dayOf(serial: number, is1904: boolean): string | null {
  const millis = Math.round((serial + (is1904 ? 1462 : 0) - 25_569) * DAY_MS);
  if (!Number.isFinite(millis) || Math.abs(millis) > 8.64e15) return null;
  return new Date(millis).toISOString().replace('T00:00:00.000Z', '');
}
