// A real PostgreSQL for tests: one server for the whole run, a database per test file cloned from a migrated template, gone afterwards.
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDatabase, removeDatabase } from '#main/database.ts';
import type { Database } from '#main/database.ts';
import { migrate } from '#store/migrate.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
const TEMPLATE = 'dargah_template';
const TEMPLATE_LOCK = 7_210_002;
/** A closed connection takes a moment to go on the server's side. */
const GRACE = 2000;

/** Addresses of the run's server, as src/testing/run.ts hands them down. */
export const ENVIRONMENT = 'DARGAH_TEST_DATABASE';

export type TestDatabase = { readonly migratorUrl: string; readonly appUrl: string; drop(): Promise<void> };

/** A fresh migrated database. `drop` also fails the test where connections, and so locks, were left open. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(server.migratorUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await prepareTemplate(admin, server.migratorUrl);
    await admin.query(`create database ${name} template ${TEMPLATE}`);
  });
  return {
    migratorUrl: withDatabase(server.migratorUrl, name),
    appUrl: withDatabase(server.appUrl, name),
    async drop() {
      const left = await withAdmin(server.migratorUrl, async (admin) => {
        const found = await leaks(admin, name);
        // Unforced, the server itself ends an autovacuum worker that is there; forced, it would ask whether we may.
        await admin.query(`drop database ${name}${found.length > 0 ? ' with (force)' : ''}`);
        return found;
      });
      await server.stop();
      if (left.length > 0) throw new Error(`${left.length} connections were left open: ${left.join('; ')}`);
    },
  };
}

/** What still stands on a database after a moment's grace: each connection with its last statement and its advisory locks. */
async function leaks(admin: pg.Client, name: string): Promise<readonly string[]> {
  for (let waited = 0; ; waited += 20) {
    const { rows } = await admin.query<{ state: string; query: string; locks: number }>(
      `select coalesce(state, backend_type) as state, query,
              (select count(*)::int from pg_locks l where l.pid = a.pid and l.locktype = 'advisory') as locks
         from pg_stat_activity a where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0) return [];
    if (waited >= GRACE) return rows.map(({ state, query, locks }) => `${state}, ${locks} advisory locks, last ran ${query}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function prepareTemplate(admin: pg.Client, url: string): Promise<void> {
  const exists = await admin.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
  if (exists.rowCount === 0) await admin.query(`create database ${TEMPLATE}`);
  await migrate(withDatabase(url, TEMPLATE), join(ROOT, 'migrations'), () => undefined);
}

async function withAdmin<T>(url: string, use: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** The run's server; a test file run by hand starts one of its own. */
async function testServer(): Promise<Database> {
  const given = process.env[ENVIRONMENT];
  if (given === undefined) return startTestServer();
  const { migratorUrl, appUrl } = JSON.parse(given) as { readonly migratorUrl: string; readonly appUrl: string };
  return { migratorUrl, appUrl, stop: () => Promise.resolve() };
}

/** A server in a folder of its own that is removed when it stops. Not durable: a test's data may be lost with the power. */
export async function startTestServer(): Promise<Database> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `dargah-test-${process.pid}-`));
  // As root, the server runs as somebody else, who must get through.
  await chmod(folder, 0o711);
  const database = await openDatabase({ dataFolder: folder, log: () => undefined, durable: false });
  return {
    ...database,
    async stop() {
      await database.stop();
      await remove(folder);
    },
  };
}

async function remove(folder: string): Promise<void> {
  await removeDatabase(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Folders of runs that were killed. Their servers ended with them. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^dargah-test-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await remove(join(tmpdir(), name)).catch(() => undefined);
  }
}
