// The embedded PostgreSQL as files and a process: where it lives, initdb, start, stop, and what became of one that was left behind.
// docs/adr/0002-embedded-postgres.md says why we drive its binaries ourselves.
import { spawn, execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** Who the database runs as, and where it can reach its files. */
export type Home = {
  readonly folder: string;
  readonly binaries: string;
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
};
export type Secrets = { readonly port: number; readonly superuser: string; readonly migrator: string; readonly app: string };

/** Root may not run PostgreSQL, and an ordinary user may not look into /root: for root the files live here, linked from the data folder. */
const ROOT_HOME = '/var/lib/dargah';

/** Chooses and prepares the home of the database of `dataFolder`. */
export async function prepareHome(dataFolder: string): Promise<Home> {
  const native = resolve(
    dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)),
    '..',
    'native',
  );
  await hydrateLinks(native);
  await mkdir(dataFolder, { recursive: true });
  if (process.getuid?.() !== 0) return { folder: resolve(dataFolder), binaries: native, user: undefined };
  const user = unprivileged();
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16);
  const folder = join(ROOT_HOME, name);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await chmod(ROOT_HOME, 0o755);
  await chown(folder, user.uid, user.gid);
  const link = join(dataFolder, 'postgres');
  if (!existsSync(link)) await symlink(join(folder, 'postgres'), link).catch(() => undefined);
  return { folder, binaries: await copiedBinaries(native, folder), user };
}

/** npm keeps no symbolic links in packages, and may not run the script that makes them: make them here, once. */
async function hydrateLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8')) as readonly { source: string; target: string }[]) {
    const at = resolve(native, '..', target);
    if (!existsSync(at)) await symlink(source.split('/').at(-1) ?? source, at).catch(() => undefined);
  }
}

async function copiedBinaries(native: string, folder: string): Promise<string> {
  const version = createHash('sha256')
    .update(readFileSync(resolve(native, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const copy = join(folder, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const part = `${copy}.${process.pid}`;
  await cp(native, part, { recursive: true, verbatimSymlinks: true });
  await rename(part, copy).catch(async (error: unknown) => {
    await rm(part, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

function unprivileged(): { readonly uid: number; readonly gid: number } {
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid = '', gid = '']) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  const found = users.get('postgres') ?? users.get('nobody');
  if (!found)
    throw new DatabaseError('PostgreSQL may not run as root, and there is no user "postgres" or "nobody" to run it as.');
  return found;
}

/** Ports and passwords, made once, readable by their owner alone. */
export async function loadSecrets(home: Home): Promise<Secrets> {
  const file = join(home.folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  const password = (): string => randomBytes(24).toString('base64url');
  const secrets: Secrets = { port: await freePort(), superuser: password(), migrator: password(), app: password() };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Makes the cluster where there is none. An initdb that was killed left no `PG_VERSION` at the final name: it starts over. */
export async function initialise(home: Home, secrets: Secrets): Promise<void> {
  const data = join(home.folder, 'postgres');
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const part = `${data}.new`;
  const passwords = join(home.folder, 'initdb.password');
  await rm(part, { recursive: true, force: true });
  await writeFile(passwords, secrets.superuser, { mode: 0o600 });
  if (home.user) await chown(passwords, home.user.uid, home.user.gid);
  const options = [
    '-D',
    part,
    '-U',
    'dargah',
    `--pwfile=${passwords}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
  try {
    await promisify(execFile)(join(home.binaries, 'bin', 'initdb'), options, {
      ...home.user,
      cwd: home.folder,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    });
  } catch (error) {
    throw new DatabaseError(`PostgreSQL could not make its data folder: ${lastLine(error)}`);
  } finally {
    await rm(passwords, { force: true });
  }
  await rename(part, data);
}

function lastLine(error: unknown): string {
  const text =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr !== ''
      ? error.stderr
      : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

/** The pid and port of a server that runs on this data folder, ours or left behind. */
export function runningServer(home: Home): { readonly pid: number; readonly port: number } | undefined {
  const file = join(home.folder, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid = '', , , port = ''] = readFileSync(file, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
    // After a reboot the number may be anybody's: PostgreSQL itself judges the stale file then.
    if (!readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8').includes('postgres')) return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined;
  }
  return { pid: Number(pid), port: Number(port) };
}

const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const COMMON = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
};

/** Starts the server in a session of its own, so that a Ctrl-C of ours does not take it down before we are done with it. */
export function startServer(home: Home, port: number, durable = true): { readonly pid: number } {
  const settings = {
    ...COMMON,
    port: String(port),
    ...(durable ? DURABLE : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const log = openSync(join(home.folder, 'postgres.log'), 'a');
  const child = spawn(
    join(home.binaries, 'bin', 'postgres'),
    ['-D', join(home.folder, 'postgres'), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...home.user,
      cwd: home.folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    },
  );
  child.unref();
  child.on('error', () => undefined);
  if (child.pid === undefined) throw new DatabaseError(`PostgreSQL could not be started from ${home.binaries}.`);
  return { pid: child.pid };
}

/** Fast shutdown (SIGINT): sessions end, everything is written. Waits until it is gone. */
export async function stopServer(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  for (let waited = 0; waited < 30_000; waited += 25) {
    await new Promise((done) => setTimeout(done, 25));
    try {
      process.kill(pid, 0);
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return;
    } catch {
      return;
    }
  }
}

/** The last lines of the server's log that say why it would not start. */
export function startTrouble(home: Home): string {
  const file = join(home.folder, 'postgres.log');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
