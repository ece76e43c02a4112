// Migrations on a real database: what they amount to, what they refuse, and what happens when several processes start at once.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { ROOT, testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { schemaText } from '#testing/schema.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let folder = '';

before(async () => {
  database = await testDatabase();
});
after(() => database.drop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dargah-migrations-'));
  // The files of the project were applied to this database: here they are as they were.
  await ask('delete from migration');
});

afterEach(() => rm(folder, { recursive: true }));

async function ask(text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: database.migratorUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql);
const run = (): Promise<readonly string[]> => migrate(database.migratorUrl, folder, () => undefined);

test('the schema is the one on file (`npm run schema` writes it anew)', async () => {
  assert.equal(await schemaText(database.migratorUrl), await readFile(join(ROOT, 'migrations', 'schema.sql'), 'utf8'));
});

test('files are applied once, in order of their numbers; other files are left alone', async () => {
  await put('0002_second.sql', 'insert into first values (2)');
  await put('0001_first.sql', 'create table first (n int)');
  await put('schema.sql', 'never run');
  assert.deepEqual(await run(), ['0001_first.sql', '0002_second.sql']);
  assert.deepEqual(await run(), []);
  assert.deepEqual(await ask('select n from first'), [2]);
});

test('a file that was applied and changed since is refused', async () => {
  await put('0001_changed.sql', 'create table changed (n int)');
  await run();
  await put('0001_changed.sql', 'create table changed (n bigint)');
  await assert.rejects(run(), { name: 'MigrationError', message: /0001_changed\.sql was changed after it was applied/ });
});

test('a database that knows more than this program is refused', async () => {
  await put('0001_known.sql', 'select 1');
  await run();
  await rm(join(folder, '0001_known.sql'));
  await assert.rejects(run(), { name: 'MigrationError', message: /run a newer version/ });
});

test('a new file before one that was applied is refused: it would come out otherwise elsewhere', async () => {
  await put('0002_late.sql', 'select 1');
  await run();
  await put('0001_early.sql', 'select 1');
  await assert.rejects(run(), { name: 'MigrationError', message: /0001_early\.sql comes before 0002_late\.sql/ });
});

test('two files with one number are refused', async () => {
  await put('0001_one.sql', 'select 1');
  await put('0001_other.sql', 'select 1');
  await assert.rejects(run(), { name: 'MigrationError', message: /have one number/ });
});

test('a file that fails leaves nothing of itself, and says which it is', async () => {
  await put('0001_good.sql', 'create table good (n int)');
  await put('0002_bad.sql', 'create table half (n int); select nonsense');
  await assert.rejects(run(), { name: 'MigrationError', message: /0002_bad\.sql failed: .*nonsense/ });
  assert.deepEqual(await ask(`select to_regclass('good') is not null and to_regclass('half') is null`), [true]);
});

test('processes that start at once apply each file once', async () => {
  await put('0001_once.sql', 'create table once (n int)');
  const all = await Promise.all([run(), run(), run()]);
  assert.deepEqual(all.flat(), ['0001_once.sql']);
});

test('a database that does not answer is told in one line', async () => {
  await assert.rejects(
    migrate('postgres://x@127.0.0.1:1/x', folder, () => undefined),
    { name: 'MigrationError' },
  );
});
