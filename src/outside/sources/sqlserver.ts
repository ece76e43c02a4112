// SQL Server as a source, by TDS: rows as they come, held back when nobody reads. Its values become the texts that the others give.
import { Connection, Request, TYPES } from 'tedious';
import type { Json } from '#base/json.ts';
import { FETCHED } from './database.ts';
import type { Driver, Login } from './database.ts';

export async function connectSqlserver(login: Login): Promise<Driver> {
  const connection = new Connection(sqlserverOptions(login));
  await new Promise<void>((done, fail) => connection.connect((error) => (error === undefined ? done() : fail(error))));
  connection.on('error', () => undefined);
  return sqlserverDriver(connection);
}

export function sqlserverOptions({
  host,
  port,
  database,
  user,
  password,
  tls,
}: Login): ConstructorParameters<typeof Connection>[0] {
  return {
    server: host,
    authentication: { type: 'default', options: { userName: user, password: password ?? '' } },
    options: {
      port: port ?? 1433,
      database,
      encrypt: tls,
      connectTimeout: 10_000,
      requestTimeout: 0,
      readOnlyIntent: true,
      useUTC: true,
      appName: 'dargah source',
    },
  };
}

/** What of a connection is used, so that a test can stand in its place. */
export type SqlserverConnection = Pick<Connection, 'execSql' | 'close'>;

export function sqlserverDriver(connection: SqlserverConnection): Driver {
  return {
    columns: ({ text }) =>
      new Promise((done, fail) => {
        let names: readonly string[] = [];
        const request = new Request(text, (error) => (error === null || error === undefined ? done(names) : fail(error)));
        request.on('columnMetadata', (columns) => {
          names = (columns as readonly { colName: string }[]).map((one) => one.colName);
        });
        connection.execSql(request);
      }),
    rows: ({ text, values }) => rowsOf(connection, text, values),
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
}

async function* rowsOf(
  connection: SqlserverConnection,
  text: string,
  values: readonly string[],
): AsyncGenerator<readonly (readonly Json[])[]> {
  let rows: Json[][] = [];
  let end: { readonly error: Error | null | undefined } | undefined;
  let wake = (): void => undefined;
  const request = new Request(text, (error) => {
    end = { error };
    wake();
  });
  values.forEach((value, at) => request.addParameter(`p${at + 1}`, TYPES.NVarChar, value));
  request.on('row', (columns: readonly { readonly value: unknown }[]) => {
    rows.push(columns.map((one) => cellOf(one.value)));
    if (rows.length < FETCHED) return;
    request.pause();
    wake();
  });
  connection.execSql(request);
  for (;;) {
    if (rows.length < FETCHED && end === undefined) await new Promise<void>((done) => void (wake = done));
    const taken = rows;
    rows = [];
    if (taken.length > 0) yield taken;
    if (end !== undefined && rows.length === 0) break;
    if (end === undefined) request.resume();
  }
  if (end.error !== null && end.error !== undefined) throw end.error;
}

/** A day at midnight is a day; other times are instants. */
function cellOf(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '');
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'boolean' || typeof value === 'number' ? value : String(value);
}
