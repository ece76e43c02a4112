// A table as a CSV file (RFC 4180), for spreadsheets: with the mark by which they know UTF-8, and no cell that they would take for a formula.
import type { FastifyReply } from 'fastify';
import type { PageRequest } from '#portal/page-route.ts';

const UTF8_MARK = '\u{FEFF}';

export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function sendCsv({ reply }: PageRequest, name: string, text: string): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(UTF8_MARK + text);
}
