// The query a database source is read by, for each database; and the SQL Server driver against a connection that a test plays.
// No SQL Server runs here: what is tested is the query, the texts of its values, and that rows are held back when nobody reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Request } from 'tedious';
import type { DatabaseReader, SourceConfig } from '#registry/source.ts';
import { rowsStatement } from './sql.ts';
import { sqlserverDriver, sqlserverOptions } from './sqlserver.ts';
import type { SqlserverConnection } from './sqlserver.ts';

const READER: DatabaseReader = {
  by: 'postgres',
  host: 'h',
  database: 'd',
  user: 'u',
  tls: true,
  from: { table: 'dbo.people' },
};
const CONFIG = { key: ['district', 'id'], mark: 'changed' } as unknown as SourceConfig;
const COLUMNS = ['district', 'id', 'نام "کامل"', 'changed'];

test('each database is asked in its own words, behind the last row by mark and key', () => {
  const behind = ['2026-01-01', '6', '77'];
  const from = { columns: COLUMNS, since: '2025', behind };
  assert.deepEqual(rowsStatement(READER, CONFIG, { ...from, since: undefined, behind: undefined }), {
    text: `select "district", "id", "نام ""کامل""", "changed" from "dbo"."people" order by "district", "id"`,
    values: [],
  });
  assert.deepEqual(rowsStatement({ ...READER, by: 'mysql' }, CONFIG, { ...from, behind: undefined }), {
    text: 'select `district`, `id`, `نام "کامل"`, `changed` from `dbo`.`people` where `changed` >= ? order by `changed`, `district`, `id`',
    values: ['2025'],
  });
  assert.deepEqual(rowsStatement({ ...READER, by: 'sqlserver', from: { query: 'select * from x' } }, CONFIG, from), {
    text:
      'select [district], [id], [نام "کامل"], [changed] from (select * from x) [source] where ([changed] > @p1) or ' +
      '([changed] = @p2 and [district] > @p3) or ([changed] = @p4 and [district] = @p5 and [id] > @p6) order by [changed], [district], [id]',
    values: ['2026-01-01', '2026-01-01', '6', '2026-01-01', '6', '77'],
  });
});

test('rows of SQL Server come as texts, some at a time, and are held back when nobody reads', async () => {
  const total = 5000;
  let paused = false;
  let mostAhead = 0;
  let taken = 0;
  let parameters: readonly { readonly name: string; readonly value?: unknown }[] = [];
  const connection: SqlserverConnection = {
    close: () => undefined,
    execSql(request: Request) {
      request.pause = () => void (paused = true);
      request.resume = () => {
        paused = false;
        setImmediate(send);
      };
      parameters = request.parameters;
      let sent = 0;
      const send = (): void => {
        while (sent < total && !paused) {
          sent += 1;
          mostAhead = Math.max(mostAhead, sent - taken);
          const values = [sent, 12n, new Date('2026-10-01T00:00:00Z'), new Date('2026-10-01T08:30:00Z'), true, null];
          request.emit('row', values.map((value) => ({ value })) as never);
        }
        if (sent === total && !paused) request.userCallback(null as never, total);
      };
      setImmediate(send);
    },
  };
  const seen: (readonly unknown[])[] = [];
  for await (const rows of sqlserverDriver(connection).rows({ text: 'select', values: ['7'] })) {
    seen.push(...rows);
    taken = seen.length;
    await new Promise((done) => setTimeout(done, 2));
  }
  assert.equal(seen.length, total);
  assert.deepEqual(seen[0], [1, '12', '2026-10-01', '2026-10-01T08:30:00.000Z', true, null]);
  assert.ok(mostAhead <= 4000, `${mostAhead} rows waited at once`);
  assert.deepEqual(
    parameters.map(({ name, value }) => [name, value]),
    [['p1', '7']],
  );
});

test('a login of SQL Server is encrypted, reads alone, and its certificate is checked', () => {
  const { options, authentication } = sqlserverOptions({
    host: 'h',
    port: undefined,
    database: 'd',
    user: 'u',
    password: 'p',
    tls: true,
  });
  assert.equal(options?.encrypt, true);
  assert.equal(options?.trustServerCertificate, undefined);
  assert.equal(options?.port, 1433);
  assert.equal(authentication?.options.userName, 'u');
});
