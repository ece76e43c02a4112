// MySQL and MariaDB as a source: an unbuffered query, every value as the text that the server prints.
import type { Readable } from 'node:stream';
import { createConnection } from 'mysql2';
import type { Connection } from 'mysql2';
import { FETCHED } from './database.ts';
import type { Driver, Login } from './database.ts';

export async function connectMysql({ host, port, database, user, password, tls }: Login): Promise<Driver> {
  const connection = createConnection({
    host,
    port: port ?? 3306,
    database,
    user,
    password: password ?? '',
    ...(tls ? { ssl: {} } : {}),
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: 10_000,
    rowsAsArray: true,
    // Numbers beyond 2^53, days and decimals stay as they are written.
    typeCast: (field) => field.string('utf8'),
  });
  connection.on('error', () => undefined);
  await new Promise<void>((done, fail) => connection.connect((error) => (error === null ? done() : fail(error))));
  await new Promise<void>((done, fail) =>
    connection.query('set session transaction read only', (error) => (error === null ? done() : fail(error))),
  );
  return {
    columns: ({ text }) =>
      new Promise((done, fail) =>
        connection.query(text, (error, _rows, fields) =>
          error === null ? done((fields as readonly { name: string }[]).map((one) => one.name)) : fail(error),
        ),
      ),
    rows: ({ text, values }) => rowsOf(connection, text, values),
    close: () => new Promise((done) => connection.end(() => done())),
  };
}

/** The stream holds back the server when nobody reads. */
async function* rowsOf(
  connection: Connection,
  text: string,
  values: readonly string[],
): AsyncGenerator<readonly (readonly (string | null)[])[]> {
  const stream: Readable = connection.query(text, [...values]).stream({ highWaterMark: FETCHED });
  let rows: (string | null)[][] = [];
  for await (const row of stream) {
    rows.push(row as (string | null)[]);
    if (rows.length < FETCHED) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
