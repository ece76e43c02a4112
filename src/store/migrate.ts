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

/** Brings the database at `url` (as its owner) up to date. Gives the names applied now. Throws MigrationError with one line for people. */
export async function migrate(url: string, folder: string, log: (line: string) => void): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      `create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const applied = new Map(
      (await client.query<{ name: string; checksum: string }>('select name, checksum from migration')).rows.map((row) => [
        row.name,
        row.checksum,
      ]),
    );
    const names = (await readdir(folder)).filter((name) => /^\d{4}_[\w-]+\.sql$/.test(name)).sort();
    const missing = [...applied.keys()].find((name) => !names.includes(name));
    if (missing !== undefined)
      throw new MigrationError(`The database knows migration ${missing}, this program does not: run a newer version of Dargah.`);
    const done: string[] = [];
    for (const name of names) {
      const sql = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      const before = applied.get(name);
      if (before !== undefined && before !== checksum)
        throw new MigrationError(`Migration ${name} was changed after it was applied; write a new one instead.`);
      if (before !== undefined) continue;
      await apply(client, { name, sql, checksum });
      log(`migrated ${name}`);
      done.push(name);
    }
    return done;
  } finally {
    await client.end();
  }
}

async function apply(
  client: pg.Client,
  { name, sql, checksum }: { readonly name: string; readonly sql: string; readonly checksum: string },
): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new MigrationError(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
