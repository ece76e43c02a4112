// A PostgreSQL that somebody else runs, at DATABASE_URL: is it there, new enough, ours to build in, and is there a role `app`?
// Never changes a role it did not make.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DatabaseError } from './trouble.ts';

const OLDEST = 15;

export type Addresses = { readonly migratorUrl: string; readonly appUrl: string };
type Wish = { readonly url: string; readonly appUrl?: string; readonly dataFolder: string };

/** Throws DatabaseError with one line for people. */
export async function externalAddresses({ url, appUrl, dataFolder }: Wish): Promise<Addresses> {
  const client = await connect(url, 'DATABASE_URL');
  try {
    await checkServer(client);
    const app = appUrl ?? (await appRole(client, url, dataFolder));
    await checkApp(app);
    return { migratorUrl: url, appUrl: app };
  } finally {
    await client.end();
  }
}

async function connect(url: string, variable: string): Promise<pg.Client> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new DatabaseError(`${variable} must look like postgres://user:password@host:5432/database.`);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new DatabaseError(`The database at ${withoutPassword(url)} cannot be reached: ${words(error)}`);
  }
}

function words(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(words))].join('; ');
  return error instanceof Error ? error.message || String('code' in error ? error.code : error.name) : String(error);
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string; may_build: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
            has_schema_privilege(current_user, 'public', 'create') as may_build`,
  );
  const [found] = rows;
  if (!found) return;
  const major = Math.floor(found.version / 10_000);
  if (major < OLDEST) throw new DatabaseError(`PostgreSQL ${major} is too old: Dargah needs ${OLDEST} or newer.`);
  if (found.encoding !== 'UTF8') throw new DatabaseError(`The database is encoded in ${found.encoding}: Dargah needs UTF8.`);
  if (!found.may_build)
    throw new DatabaseError('The role of DATABASE_URL may not create tables in the schema "public": let it own the database.');
}

/** Makes the role `app` where there is none, and remembers its password in the data folder. */
async function appRole(client: pg.Client, url: string, dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'app.password');
  const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'app'`);
  if (rowCount !== 0 && !existsSync(file))
    throw new DatabaseError('The database has a role "app" already: set APP_DATABASE_URL to how the server shall log in as it.');
  await mkdir(dataFolder, { recursive: true });
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  const password = (await readFile(file, 'utf8')).trim();
  if (rowCount === 0) {
    try {
      await client.query(`create role app login password ${pg.escapeLiteral(password)}`);
    } catch (error) {
      throw new DatabaseError(
        `The role of DATABASE_URL may not make the role "app" (${words(error)}): make it yourself and set APP_DATABASE_URL.`,
      );
    }
  }
  const address = new URL(url);
  address.username = 'app';
  address.password = password;
  return address.href;
}

/** What the server logs in as must not be able to look past row-level security. */
async function checkApp(url: string): Promise<void> {
  const client = await connect(url, 'APP_DATABASE_URL');
  try {
    const { rows } = await client.query<{ name: string; is_above: boolean; is_app: boolean }>(
      `select rolname as name, rolsuper or rolbypassrls as is_above, pg_has_role(current_user, 'app', 'usage') as is_app
         from pg_roles where rolname = current_user`,
    );
    const [role] = rows;
    if (role?.is_above)
      throw new DatabaseError(`The role "${role.name}" bypasses row-level security: the server needs one that does not.`);
    if (role && !role.is_app)
      throw new DatabaseError(`The role "${role.name}" of APP_DATABASE_URL must be "app" or a member of it.`);
  } finally {
    await client.end();
  }
}

function withoutPassword(url: string): string {
  const address = new URL(url);
  address.password = '';
  return address.href;
}
