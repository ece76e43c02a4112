// Lines of a CSV file (RFC 4180) that people open in a spreadsheet: none of its cells is taken for a formula. Reads none.

/** By it spreadsheets know UTF-8; at the head of a file. */
export const UTF8_MARK = '\u{FEFF}';

const FORMULA = /^[=+\-@\t\r]/;

/** A text that a spreadsheet would take for a formula is marked as text; a number is none. */
export function csvLine(cells: readonly (string | number)[], delimiter = ','): string {
  return `${cells.map((cell) => cellOf(cell, delimiter)).join(delimiter)}\r\n`;
}

function cellOf(cell: string | number, delimiter: string): string {
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell as it was before `csvLine` marked it. */
export function unmarked(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
