// PostgreSQL as a source: a cursor in a read-only transaction, every value as the text that the server prints.
import pg from 'pg';
import type { CustomTypesConfig } from 'pg';
import { FETCHED } from './database.ts';
import type { Driver, Login } from './database.ts';

const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as CustomTypesConfig;

export async function connectPostgres({ host, port, database, user, password, tls }: Login): Promise<Driver> {
  const client = new pg.Client({
    host,
    port: port ?? 5432,
    database,
    user,
    password: password ?? '',
    ssl: tls,
    types: AS_TEXT,
    application_name: 'dargah source',
    options: '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that dies is met by the query that needs it.
  client.on('error', () => undefined);
  await client.connect();
  return {
    async columns(statement) {
      const { fields } = await client.query({ text: statement.text, rowMode: 'array' });
      return fields.map((one) => one.name);
    },
    async *rows({ text, values }) {
      await client.query('begin read only');
      await client.query(`declare source_rows no scroll cursor for ${text}`, [...values]);
      for (;;) {
        const { rows } = await client.query<(string | null)[]>({ text: `fetch ${FETCHED} from source_rows`, rowMode: 'array' });
        if (rows.length === 0) break;
        yield rows;
      }
      await client.query('commit');
    },
    close: () => client.end(),
  };
}
