// The embedded PostgreSQL as a process: initdb, start, stop, and what became of one that was left behind. Knows no SQL.
// docs/adr/0002-embedded-postgres.md says why we drive its binaries ourselves.
import { execFile, spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, readlinkSync, realpathSync, renameSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { handOver } from './home.ts';
import type { Home, Secrets } from './home.ts';
import { DatabaseError, isDiskFull } from './trouble.ts';

const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
const INITDB = [
  '--username=dargah',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
];
/** A new cluster with its first log takes about 40 MB. */
const MEGABYTES = 100;

/** Makes the cluster where there is none. It gets its final name when it is whole: an initdb that was killed leaves nothing there. */
export async function initialise(home: Home, secrets: Secrets, durable: boolean): Promise<void> {
  const data = join(home.folder, 'postgres');
  if (existsSync(join(data, 'PG_VERSION'))) return;
  if (isDiskFull(home.folder, MEGABYTES)) throw new DatabaseError(`The disk is full: a new database needs ${MEGABYTES} MB.`);
  await sweep(home);
  const part = `${data}.new-${process.pid}`;
  const passwords = `${part}.password`;
  await mkdir(part, { mode: 0o700 });
  await writeFile(passwords, secrets.superuser, { mode: 0o600, flag: 'wx' });
  await handOver(home, part);
  await handOver(home, passwords);
  const args = ['-D', part, `--pwfile=${passwords}`, ...INITDB, ...(durable ? [] : ['--no-sync'])];
  try {
    await promisify(execFile)(join(home.binaries, 'bin', 'initdb'), args, { ...home.user, cwd: '/', env: ENVIRONMENT });
    await rename(part, data);
    await syncFolder(home.folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Of two processes that start at once, the first one's cluster stays.
    if (!existsSync(join(data, 'PG_VERSION')))
      throw new DatabaseError(`PostgreSQL could not make its data folder: ${lastLine(error)}`);
  } finally {
    await rm(passwords, { force: true });
  }
}

/** Removes what an initdb that was killed left behind. */
async function sweep(home: Home): Promise<void> {
  for (const name of await readdir(home.folder)) {
    const pid = /^postgres\.new-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !existsSync(`/proc/${pid}`)))
      await rm(join(home.folder, name), { recursive: true, force: true });
  }
}

/** A rename is durable only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const text = (said === '' ? String(error) : said).trim();
  return text.includes('No space left')
    ? 'the disk is full.'
    : (text.split('\n').findLast((line) => !line.includes('removing')) ?? '');
}

export type Running = {
  readonly pid: number;
  readonly port: number;
  /** The folder of its socket, where it has one. */
  readonly socket: string | undefined;
};

/** The server that runs on this data folder, ours or left behind. */
export function runningServer(home: Home): Running | undefined {
  const data = join(home.folder, 'postgres');
  let lines: readonly string[];
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, port, socket] = [Number(lines[0]), Number(lines[3]), lines[4] === '' ? undefined : lines[4]];
  return isServerOf(pid, data) ? { pid, port, socket } : undefined;
}

/** After a reboot the number may be anybody's: only a process that works in this very folder counts. A zombie does not. */
function isServerOf(pid: number, data: string): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '')[0];
    if (state === 'Z' || state === 'X') return false;
    return (
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data) ||
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${data}\0`)
    );
  } catch {
    return false;
  }
}

const COMMON = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements are short and prepared: compiling them costs more than it gives.
  jit: 'off',
};
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const FORGETFUL = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/**
 * Runs PostgreSQL and waits; when our end of the pipe on descriptor 3 closes, which a kill -9 of ours closes too, tells it to stop in order.
 * So the server never outlives its owner for longer than its last checkpoint takes.
 */
const WATCH = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server ) 2>/dev/null &
watch=$!
wait $server
kill $watch 2>/dev/null`;

export type Server = {
  readonly ended: Promise<void>;
  readonly hasEnded: () => boolean;
  /** What it said when it would not start. */
  readonly trouble: () => string;
};

export type Launch = { readonly port: number; readonly durable: boolean; readonly socket: string | undefined };

/** Starts the server in a session of its own, so that a Ctrl-C does not reach it before we are done with it. */
export function startServer(home: Home, { port, durable, socket }: Launch): Server {
  const place = { port: String(port), unix_socket_directories: socket === undefined ? '' : `"${socket}"` };
  const settings = { ...COMMON, ...place, ...(durable ? DURABLE : FORGETFUL) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [join(home.binaries, 'bin', 'postgres'), '-D', join(home.folder, 'postgres'), ...options];
  const file = rotatedLog(home);
  const log = openSync(file, 'a', 0o600);
  const from = statSync(file).size;
  const child = spawn('/bin/sh', ['-c', WATCH, 'sh', ...command], {
    ...home.user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', log, log],
    env: ENVIRONMENT,
  });
  closeSync(log);
  child.unref();
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  let ended = false;
  const end = new Promise<void>((done) => {
    child.on('error', () => done());
    child.on('exit', () => done());
  });
  void end.then(() => (ended = true));
  child.stdin?.on('error', () => undefined);
  return { ended: end, hasEnded: () => ended, trouble: () => troubleSince(file, from) };
}

/** The server's log holds what failed, which may be private: for its owner alone, and not for ever. */
function rotatedLog(home: Home): string {
  const file = join(home.folder, 'postgres.log');
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`);
  return file;
}

function troubleSince(file: string, from: number): string {
  const lines = readFileSync(file).subarray(from).toString().trim().split('\n');
  if (lines.some((line) => line.includes('No space left on device'))) return 'the disk is full.';
  return lines.findLast((line) => /FATAL|PANIC|ERROR|cannot|error/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}

/** Fast shutdown: sessions end, everything is written. Waits until it is gone; after a minute, stops it as a power cut would. */
export async function stopServer(home: Home): Promise<void> {
  const running = runningServer(home);
  if (!running) return;
  signal(running.pid, 'SIGINT');
  for (let waited = 0; runningServer(home)?.pid === running.pid; waited += 20) {
    if (waited === 60_000) signal(running.pid, 'SIGQUIT');
    if (waited > 70_000) throw new DatabaseError(`PostgreSQL (process ${running.pid}) does not stop.`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went by itself in the meantime.
  }
}
