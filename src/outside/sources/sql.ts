// The one query a database source is read by: its columns in an order that can be gone on with, from behind the last row that was taken.
// Names are quoted as each database does; values are parameters, never text of the query.
import type { DatabaseKind, DatabaseReader, SourceConfig } from '#registry/source.ts';
import type { Wanted } from '#work/registry/source-port.ts';

export type Statement = { readonly text: string; readonly values: readonly string[] };

const QUOTES: Readonly<Record<DatabaseKind, readonly [string, string]>> = {
  postgres: ['"', '"'],
  mysql: ['`', '`'],
  sqlserver: ['[', ']'],
};

export function quoted(by: DatabaseKind, name: string): string {
  const [open, close] = QUOTES[by];
  return `${open}${name.replaceAll(close, close + close)}${close}`;
}

function parameter(by: DatabaseKind, number: number): string {
  return by === 'postgres' ? `$${number}` : by === 'mysql' ? '?' : `@p${number}`;
}

/** The table or query as something to select from. */
function relation({ by, from }: DatabaseReader): string {
  if ('query' in from) return `(${from.query}) ${quoted(by, 'source')}`;
  return from.table
    .split('.')
    .map((name) => quoted(by, name))
    .join('.');
}

/** No row, but every column. */
export function columnsStatement(reader: DatabaseReader): Statement {
  return { text: `select * from ${relation(reader)} where 1 = 0`, values: [] };
}

/** Rows are in this order: of the mark where there is one, then of the key. */
export function orderOf({ key, mark }: SourceConfig, since: string | undefined): readonly string[] {
  return since === undefined || mark === undefined ? key : [mark, ...key.filter((one) => one !== mark)];
}

/**
 * `behind`: values of the order's columns in the last row that was taken. Rows of the newest mark are asked for again: some with the same mark may
 * have been written since.
 */
export function rowsStatement(
  reader: DatabaseReader,
  config: SourceConfig,
  from: Wanted & { readonly behind: readonly string[] | undefined },
): Statement {
  const { by } = reader;
  const order = orderOf(config, from.since).map((one) => quoted(by, one));
  const values: string[] = [];
  const given = (value: string): string => parameter(by, values.push(value));
  const where =
    from.behind !== undefined
      ? after(order, from.behind, given)
      : from.since !== undefined && config.mark !== undefined
        ? `${quoted(by, config.mark)} >= ${given(from.since)}`
        : undefined;
  const columns = from.columns.map((one) => quoted(by, one));
  const text = [
    `select ${columns.join(', ')} from ${relation(reader)}`,
    ...(where === undefined ? [] : [`where ${where}`]),
    `order by ${order.join(', ')}`,
  ].join(' ');
  return { text, values };
}

/** `a > 1 or (a = 1 and b > 2)`: a comparison of rows that every database has. */
function after(order: readonly string[], behind: readonly string[], given: (value: string) => string): string {
  return order
    .map((column, at) => {
      const equal = order.slice(0, at).map((one, place) => `${one} = ${given(behind[place] ?? '')}`);
      return `(${[...equal, `${column} > ${given(behind[at] ?? '')}`].join(' and ')})`;
    })
    .join(' or ');
}
