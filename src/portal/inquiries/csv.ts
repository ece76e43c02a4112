// A table as a CSV file, for spreadsheets.
import type { FastifyReply } from 'fastify';
import { csvLine, UTF8_MARK } from '#base/csv.ts';
import type { PageRequest } from '#portal/page-route.ts';

export function sendCsv({ reply }: PageRequest, name: string, rows: readonly (readonly (string | number)[])[]): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(UTF8_MARK + rows.map((row) => csvLine(row)).join(''));
}
