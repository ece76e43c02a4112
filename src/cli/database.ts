// `dargah migrate` and `dargah seed`: the database brought up to date, and the demo city loaded; beside a running server or alone.
import { join } from 'node:path';
import { ROOT } from '#main/compose.ts';
import { openDatabase } from '#main/database.ts';
import type { Database } from '#main/database.ts';
import { seed } from '#main/seed.ts';
import { migrate } from '#store/migrate.ts';
import type { Options, Outcome } from './outcome.ts';
import { fromHere } from './paths.ts';

async function withDatabase(
  options: Options,
  use: (database: Database, log: (line: string) => void) => Promise<void>,
): Promise<Outcome> {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const url = process.env['DATABASE_URL'];
  const dataFolder = options.data === undefined ? join(ROOT, 'data') : fromHere(options.data);
  const database = await openDatabase({ dataFolder, log, attach: true, ...(url === undefined ? {} : { url }) });
  try {
    await use(database, log);
  } finally {
    await database.stop();
  }
  return { ok: true, lines: lines.length > 0 ? lines : ['nothing to do'], result: { done: lines } };
}

export function migrateCommand(options: Options): Promise<Outcome> {
  return withDatabase(
    options,
    async (database, log) => void (await migrate(database.migratorUrl, join(ROOT, 'migrations'), log)),
  );
}

export function seedCommand(options: Options): Promise<Outcome> {
  return withDatabase(options, async (database, log) => {
    await migrate(database.migratorUrl, join(ROOT, 'migrations'), log);
    await seed(database.migratorUrl, log);
  });
}
