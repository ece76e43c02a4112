// Connections on a real database: how types come back, what a pool carries, and that a lost connection is not the end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { instant } from '#base/instant.ts';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { openPool } from './pool.ts';

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database.drop());

test('types come back exact: instants as our text, big numbers unrounded, documents as values', async () => {
  const pool = openPool(database.appUrl, { max: 1 });
  const { rows } = await pool.query<Record<string, unknown>>(
    `select '2026-11-24 09:00:00.5+03:30'::timestamptz as at, '2026-11-24 09:00:00+03:30'::timestamptz as whole,
            '2026-11-24 05:30:00.123999+00'::timestamptz as micro, 'infinity'::timestamptz as never, array['2026-11-24 05:30+00'::timestamptz] as list,
            array[1.50, null]::numeric[] as amounts, 42::bigint as small, 9007199254740993::bigint as big, count(*) as count, 0.10::numeric as exact, '{"a": [1]}'::jsonb as body`,
  );
  await pool.end();
  assert.deepEqual(rows[0], {
    at: '2026-11-24T05:30:00.500Z',
    whole: '2026-11-24T05:30:00.000Z',
    micro: '2026-11-24T05:30:00.123Z',
    never: 'infinity',
    list: ['2026-11-24T05:30:00.000Z'],
    amounts: ['1.50', null],
    small: 42,
    big: '9007199254740993',
    count: 1,
    exact: '0.10',
    body: { a: [1] },
  });
  assert.equal(instant(String(rows[0]?.['at'])), rows[0]?.['at']);
});

test('every connection carries its settings, runs in UTC, and gives up on a statement that runs away', async () => {
  const pool = openPool(database.appUrl, { max: 1, settings: { 'dargah.scope': 'road', statement_timeout: '50ms' } });
  const { rows } = await pool.query<Record<string, string>>(
    `select current_setting('dargah.scope') as scope, current_setting('TimeZone') as zone, current_setting('application_name') as name`,
  );
  assert.deepEqual(rows[0], { scope: 'road', zone: 'UTC', name: 'dargah' });
  await assert.rejects(pool.query('select pg_sleep(5)'), { code: '57014' });
  await pool.end();
});

test('an idle connection that dies is told, and the next query gets another', async () => {
  const told: string[] = [];
  const pool = openPool(database.appUrl, { max: 1, onError: (error) => told.push(error.message) });
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const killer = openPool(database.appUrl, { max: 1 });
  await killer.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await killer.end();
  for (let waited = 0; told.length === 0 && waited < 2000; waited += 10) await new Promise((done) => setTimeout(done, 10));
  assert.equal(told.length, 1);
  assert.equal((await pool.query('select 1')).rowCount, 1);
  await pool.end();
});
