// A real PostgreSQL for tests: one server for the whole run, a database per test file cloned from a migrated template, gone afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '#main/database.ts';
import type { Database } from '#main/database.ts';
import { migrate } from '#store/migrate.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
const TEMPLATE = 'dargah_template';
const TEMPLATE_LOCK = 7_210_002;

/** Addresses of the run's server, as scripts/test.mjs hands them down. */
export const ENVIRONMENT = 'DARGAH_TEST_DATABASE';

export type TestDatabase = { readonly migratorUrl: string; readonly appUrl: string; drop(): Promise<void> };

/** A fresh migrated database. `drop` also fails the test where connections to it were left open. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(server.migratorUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await prepareTemplate(admin, server.migratorUrl);
    await admin.query(`create database ${name} template ${TEMPLATE}`);
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  });
  return {
    migratorUrl: withDatabase(server.migratorUrl, name),
    appUrl: withDatabase(server.appUrl, name),
    async drop() {
      const left = await withAdmin(server.migratorUrl, async (admin) => {
        const { rows } = await admin.query<{ query: string }>(`select query from pg_stat_activity where datname = $1`, [name]);
        await admin.query(`drop database ${name} with (force)`);
        return rows;
      });
      await server.stop();
      if (left.length > 0) throw new Error(`${left.length} connections were left open; the first ran: ${left[0]?.query ?? ''}`);
    },
  };
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
  if (given !== undefined) {
    const { migratorUrl, appUrl } = JSON.parse(given) as { readonly migratorUrl: string; readonly appUrl: string };
    return { migratorUrl, appUrl, stop: () => Promise.resolve() };
  }
  return startTestServer();
}

/** A server in a folder of its own that is removed when it stops. Not durable: a test's data may be lost with the power. */
export async function startTestServer(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-test-'));
  const database = await openDatabase({ dataFolder: folder, log: () => undefined, durable: false });
  return {
    ...database,
    async stop() {
      await database.stop();
      if (database.home !== undefined) await rm(database.home, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
