// Rows of comma-separated text (RFC 4180): whole records out of a piece of a file, and exactly where one is broken.
// Knows text alone; never a file. A quote that is opened, strays or is followed by text is an error, for what follows cannot be trusted.
import type { SourceFault } from '#registry/source-faults.ts';

export type Record = { readonly line: number; readonly cells: readonly string[] };
export type Records = {
  readonly records: readonly Record[];
  /** Characters of the whole records; what is behind belongs to one whose end is not here. */
  readonly length: number;
  /** The line that `length` ends before. */
  readonly line: number;
  readonly fault?: { readonly line: number; readonly fault: SourceFault };
};

const QUOTE = 34;
const FEED = 10;
const RETURN = 13;

/** `text` ends with a line feed, or with the file. Blank lines are skipped. */
export function readRecords(text: string, delimiter: string, firstLine: number): Records {
  return text.includes('"') ? readQuoted(text, delimiter, firstLine) : readPlain(text, delimiter, firstLine);
}

function readPlain(text: string, delimiter: string, firstLine: number): Records {
  const records: Record[] = [];
  let [from, line] = [0, firstLine];
  while (from < text.length) {
    const feed = text.indexOf('\n', from);
    const next = feed < 0 ? text.length : feed;
    const end = text.charCodeAt(next - 1) === RETURN && next > from ? next - 1 : next;
    if (end > from) records.push({ line, cells: text.slice(from, end).split(delimiter) });
    from = next + 1;
    if (feed >= 0) line += 1;
  }
  return { records, length: text.length, line };
}

function readQuoted(text: string, delimiter: string, firstLine: number): Records {
  const records: Record[] = [];
  const reading: Reading = { text, delimiter, at: 0, line: firstLine, cells: [], fault: undefined };
  let [length, line] = [0, firstLine];
  while (reading.at < text.length) {
    reading.cells = [];
    const isWhole = readRecord(reading);
    if (reading.fault !== undefined) return { records, length, line, fault: reading.fault };
    if (!isWhole) break;
    const [first] = reading.cells;
    if (reading.cells.length > 1 || first !== '') records.push({ line, cells: reading.cells });
    length = reading.at;
    line = reading.line;
  }
  return { records, length, line };
}

type Reading = {
  readonly text: string;
  readonly delimiter: string;
  at: number;
  line: number;
  cells: string[];
  fault: Records['fault'] | undefined;
};

/** False where the text ends inside quotes. `at` and `line` stand behind the record. */
function readRecord(reading: Reading): boolean {
  const { text, delimiter } = reading;
  for (;;) {
    if (text.charCodeAt(reading.at) === QUOTE) {
      if (!readQuotedCell(reading)) return false;
    } else readBareCell(reading);
    if (reading.fault !== undefined) return false;
    const code = text.charCodeAt(reading.at);
    if (code === delimiter.charCodeAt(0)) {
      reading.at += 1;
      continue;
    }
    // The end of the line or of the text.
    if (code === RETURN) reading.at += 1;
    if (text.charCodeAt(reading.at) === FEED) reading.line += 1;
    reading.at += 1;
    return true;
  }
}

function readBareCell(reading: Reading): void {
  const { text, delimiter, at } = reading;
  const feed = text.indexOf('\n', at);
  const lineEnd = feed < 0 ? text.length : feed;
  const mark = text.indexOf(delimiter, at);
  const cellEnd = mark >= 0 && mark < lineEnd ? mark : lineEnd;
  const end = cellEnd === lineEnd && cellEnd > at && text.charCodeAt(cellEnd - 1) === RETURN ? cellEnd - 1 : cellEnd;
  const cell = text.slice(at, end);
  if (cell.includes('"')) reading.fault = { line: reading.line, fault: 'quote-stray' };
  reading.cells.push(cell);
  reading.at = end;
}

function readQuotedCell(reading: Reading): boolean {
  const { text, delimiter, line } = reading;
  let from = reading.at + 1;
  let cell = '';
  for (;;) {
    const end = text.indexOf('"', from);
    if (end < 0) return false;
    const isDoubled = text.charCodeAt(end + 1) === QUOTE;
    cell += text.slice(from, isDoubled ? end + 1 : end);
    from = end + (isDoubled ? 2 : 1);
    if (!isDoubled) break;
  }
  const next = text.charCodeAt(from);
  const isEnd = Number.isNaN(next) || next === FEED || (next === RETURN && text.charCodeAt(from + 1) === FEED);
  // What closed it opened another one, more often than not: the line where this one opened is the one to look at.
  if (!isEnd && next !== delimiter.charCodeAt(0))
    reading.fault = { line, fault: cell.includes('\n') ? 'quote-open' : 'quote-text' };
  reading.cells.push(cell);
  if (cell.includes('\n')) reading.line += cell.split('\n').length - 1;
  reading.at = from;
  return true;
}
