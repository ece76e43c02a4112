// The database of this process: the one at DATABASE_URL, or the embedded one started here. Gives addresses for its two roles.
// Durable, only on this machine, with passwords; survives being killed, and tells in one line what is wrong.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import {
  DatabaseError,
  freePort,
  initialise,
  loadSecrets,
  prepareHome,
  runningServer,
  startServer,
  startTrouble,
  stopServer,
} from './embedded.ts';
import type { Home, Secrets } from './embedded.ts';

export type Database = {
  /** Owner of the schema: migrations and seeding. */
  readonly migratorUrl: string;
  /** What the server uses: no DDL, row-level security applies. */
  readonly appUrl: string;
  /** Where the embedded server keeps its files; absent for one that somebody else runs. */
  readonly home?: string;
  stop(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url?: string;
  readonly appUrl?: string;
  readonly dataFolder: string;
  readonly log: (line: string) => void;
  /** Use a server that another Dargah process runs on this data folder, instead of refusing. */
  readonly attach?: boolean;
  /** Tests alone: a database that a power cut may lose. */
  readonly durable?: boolean;
};

const OLDEST = 15;

/** Throws DatabaseError with one line for people. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url !== undefined) return external(options, options.url);
  try {
    return await embedded(options);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
      throw new DatabaseError('The disk is full: PostgreSQL needs about 100 MB.');
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS')
    ) {
      throw new DatabaseError(`No permission to write ${'path' in error ? String(error.path) : options.dataFolder}.`);
    }
    throw error;
  }
}

async function embedded(options: DatabaseOptions): Promise<Database> {
  const home = await prepareHome(options.dataFolder);
  const owner = join(home.folder, 'owner.pid');
  const running = runningServer(home);
  const ownedBy = existsSync(owner) ? Number(await readFile(owner, 'utf8')) : undefined;
  if (running && ownedBy !== undefined && ownedBy !== process.pid && isAlive(ownedBy)) {
    if (options.attach !== true)
      throw new DatabaseError(`Dargah already runs on this data folder (process ${ownedBy}). Stop it first.`);
    const secrets = await loadSecrets(home);
    return { ...addresses(secrets, running.port), stop: () => Promise.resolve() };
  }
  let secrets = await loadSecrets(home);
  await initialise(home, secrets);
  await writeFile(owner, String(process.pid));
  const port = running?.port ?? (await usablePort(secrets.port));
  if (port !== secrets.port) {
    secrets = { ...secrets, port };
    await writeFile(join(home.folder, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
  }
  // A server left behind by a killed process is whole: it is taken over, not started twice.
  const { pid } = running ?? startServer(home, port, options.durable);
  await ready(home, secrets, pid);
  await prepareRoles(superuserUrl(secrets), secrets);
  return {
    ...addresses(secrets, port),
    home: home.folder,
    async stop() {
      await stopServer(pid);
      await rm(owner, { force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function usablePort(wished: number): Promise<number> {
  const { createServer } = await import('node:net');
  const free = await new Promise<boolean>((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(wished, '127.0.0.1', () => probe.close(() => done(true)));
  });
  return free ? wished : freePort();
}

function superuserUrl({ port, superuser }: Secrets): string {
  return `postgres://dargah:${superuser}@127.0.0.1:${port}/postgres`;
}

function addresses(secrets: Secrets, port: number): { readonly migratorUrl: string; readonly appUrl: string } {
  return {
    migratorUrl: `postgres://migrator:${secrets.migrator}@127.0.0.1:${port}/dargah`,
    appUrl: `postgres://app:${secrets.app}@127.0.0.1:${port}/dargah`,
  };
}

async function ready(home: Home, secrets: Secrets, pid: number): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const client = new pg.Client({ connectionString: superuserUrl(secrets), connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (error instanceof Error && 'code' in error && error.code === '28P01')
        throw new DatabaseError(
          'The embedded database does not accept its own password: its data folder was mixed with another.',
        );
      if (!isAlive(pid)) throw new DatabaseError(`PostgreSQL did not start: ${startTrouble(home)}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new DatabaseError(`PostgreSQL did not answer within a minute: ${startTrouble(home)}`);
}

async function prepareRoles(url: string, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname in ('migrator', 'app')`);
    const has = (role: string): boolean => rows.some((row) => row.rolname === role);
    if (!has('migrator')) await client.query(`create role migrator login createdb password '${secrets.migrator}'`);
    if (!has('app')) await client.query(`create role app login password '${secrets.app}'`);
    const database = await client.query(`select 1 from pg_database where datname = 'dargah'`);
    if (database.rowCount === 0) await client.query('create database dargah owner migrator');
  } finally {
    await client.end();
  }
}

/** A database somebody else runs. Its role must own the schema; the role `app` is made where there is none. */
async function external(options: DatabaseOptions, url: string): Promise<Database> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseError(
      `The database at ${withoutPassword(url)} cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num');
    const major = Math.floor(Number(version.rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST) throw new DatabaseError(`PostgreSQL ${major} is too old: Dargah needs ${OLDEST} or newer.`);
    const appUrl = options.appUrl ?? (await appRole(client, url, options.dataFolder));
    return { migratorUrl: url, appUrl, stop: () => Promise.resolve() };
  } finally {
    await client.end();
  }
}

async function appRole(client: pg.Client, url: string, dataFolder: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true });
  const file = join(dataFolder, 'app.password');
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const password = (await readFile(file, 'utf8')).trim();
  try {
    const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'app'`);
    await client.query(`${rowCount === 0 ? 'create' : 'alter'} role app login password '${password.replace(/[^\w-]/g, '')}'`);
  } catch (error) {
    throw new DatabaseError(
      `The role of DATABASE_URL may not make the role "app" (${error instanceof Error ? error.message : String(error)}): make it and set APP_DATABASE_URL.`,
    );
  }
  const address = new URL(url);
  address.username = 'app';
  address.password = password;
  return address.href;
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const address = new URL(url);
  address.password = '';
  return address.href;
}

export { DatabaseError };
