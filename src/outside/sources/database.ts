// A table or query of a database as a source: one query, streamed, in the order of the key (or mark and key), gone on with behind the last one.
// What each database needs of its own is a driver; a source is only ever read.
import type { Json } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { DatabaseReader, SourceConfig } from '#registry/source.ts';
import type { OpenSource, SourceChunk, Wanted } from '#work/registry/source-port.ts';
import { unreachable } from './broken.ts';
import { secretOf } from './secrets.ts';
import type { SourcePlace } from './secrets.ts';
import { columnsStatement, orderOf, rowsStatement } from './sql.ts';
import type { Statement } from './sql.ts';

/** What one database's client does. Cells are texts as the database prints them, or what JSON has. */
export type Driver = {
  columns(statement: Statement): Promise<readonly string[]>;
  /** Some rows at a time, never all. */
  rows(statement: Statement): AsyncIterable<readonly (readonly Json[])[]>;
  close(): Promise<void>;
};
export type Login = {
  readonly host: string;
  readonly port: number | undefined;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly tls: boolean;
};
export type Connect = (login: Login) => Promise<Driver>;

/** So many rows are fetched at a time. */
export const FETCHED = 2000;

export async function openDatabase(
  config: SourceConfig & { readonly reader: DatabaseReader },
  wanted: Wanted,
  { connect, environment }: { readonly connect: Connect } & Pick<SourcePlace, 'environment'>,
): Promise<OpenSource> {
  const { reader } = config;
  const { host, port, database, user, tls } = reader;
  const driver = await reached(() =>
    connect({ host, port, database, user, tls, password: secretOf(reader.passwordFrom, environment) }),
  );
  const found = await reached(() => driver.columns(columnsStatement(reader))).catch(async (error: unknown) => {
    await driver.close();
    throw error;
  });
  const expected = wanted.columns;
  // Only what is configured is read; the rest is told by its name.
  const columns = [...expected.filter((one) => found.includes(one)), ...found.filter((one) => !expected.includes(one))];
  const order = orderOf(config, wanted.since).map((one) => expected.indexOf(one));
  return {
    columns,
    place: (row) => `${'table' in reader.from ? reader.from.table : config.id}#${row}`,
    mayGoOn: () => Promise.resolve(true),
    async *read(from): AsyncGenerator<SourceChunk> {
      const behind = Array.isArray(from?.['behind']) ? from['behind'].map(String) : undefined;
      const unread = Array<null>(columns.length - expected.length).fill(null);
      let row = Number(from?.['row'] ?? 0);
      try {
        for await (const rows of driver.rows(rowsStatement(reader, config, { ...wanted, behind }))) {
          const last = rows.at(-1);
          if (last === undefined) continue;
          const first = row + 1;
          row += rows.length;
          const position = { row, behind: order.map((place) => String(last[place])) };
          yield { rows: rows.map((cells, at) => ({ at: first + at, cells: [...cells, ...unread] })), position };
        }
      } catch (error) {
        throw error instanceof Refusal ? error : unreachable(error);
      }
    },
    close: () => driver.close(),
  };
}

async function reached<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw error instanceof Refusal ? error : unreachable(error);
  }
}
