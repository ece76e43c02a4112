// Forward-only migrations: numbered SQL files, each in its own transaction, checksummed, under one advisory lock.
// Never changes a file that was applied: it refuses.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const MIGRATION_LOCK = 7_210_000;

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** Brings the database at `url` (as its owner) up to date. Gives the names applied now. Throws MigrationError with one line for people. */
export async function migrate(url: string, folder: string, log: (line: string) => void): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'dargah migrate' });
  try {
    await client.connect();
  } catch (error) {
    throw new MigrationError(`The database cannot be reached to migrate it: ${wordsOf(error)}`);
  }
  try {
    // Of several processes that start at once, one works and the others wait; the lock goes with the connection.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const known = await readMigrations(folder);
    const due = dueOf(known, await loadApplied(client));
    for (const migration of due) {
      await apply(client, migration);
      log(`migrated ${migration.name}`);
    }
    return due.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[\w-]+\.sql$/.test(name)).sort();
  const twin = names.find((name, at) => name.slice(0, 4) === names[at + 1]?.slice(0, 4));
  if (twin !== undefined) throw new MigrationError(`Migration ${twin} and the next have one number: give each its own.`);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function loadApplied(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  await client.query(
    `create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migration order by name');
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

/** What is still to apply; refuses a history other than the one on file. */
function dueOf(known: readonly Migration[], applied: ReadonlyMap<string, string>): readonly Migration[] {
  const stranger = [...applied.keys()].find((name) => !known.some((one) => one.name === name));
  if (stranger !== undefined)
    throw new MigrationError(`The database knows migration ${stranger}, this program does not: run a newer version of Dargah.`);
  const changed = known.find(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum);
  if (changed) throw new MigrationError(`Migration ${changed.name} was changed after it was applied; write a new one instead.`);
  const due = known.filter(({ name }) => !applied.has(name));
  const last = [...applied.keys()].at(-1) ?? '';
  const early = due.find(({ name }) => name < last);
  if (early)
    throw new MigrationError(`Migration ${early.name} comes before ${last}, which was applied: give it the next number.`);
  return due;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new MigrationError(`Migration ${name} failed: ${wordsOf(error)}`);
  }
}
