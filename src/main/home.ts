// Where the embedded PostgreSQL lives: which user it runs as, which folder and binaries that user can reach, and its port and passwords.
// Starts nothing; docs/adr/0002-embedded-postgres.md says why.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseError } from './trouble.ts';

type User = { readonly uid: number; readonly gid: number };

export type Home = {
  /** Holds `postgres/`, `socket/`, `secrets.json` and `postgres.log`. */
  readonly folder: string;
  readonly binaries: string;
  /** Whom the server runs as; absent when we are an ordinary user ourselves. */
  readonly user: User | undefined;
};
export type Secrets = { readonly port: number; readonly superuser: string; readonly migrator: string; readonly app: string };

/** Root may not run PostgreSQL, and another user may not look into /root: what lies out of its reach is kept here instead. */
const ROOT_HOME = '/var/lib/dargah';

/** Chooses and prepares the home of the database of `dataFolder`. As root, `data/postgres` may become a link to it. */
export async function prepareHome(dataFolder: string): Promise<Home> {
  const native = nativeFolder();
  await hydrateLinks(native);
  const data = resolve(dataFolder);
  await mkdir(data, { recursive: true });
  const place = join(data, 'postgres');
  if (process.getuid?.() !== 0) return { folder: data, binaries: native, user: undefined };
  const user = unprivileged(place);
  const binaries = reaches(user, native) ? native : await copiedBinaries(native);
  if (isLink(place)) return { folder: await linkedHome(data, place), binaries, user };
  if (reaches(user, data)) return { folder: data, binaries, user };
  if (existsSync(place))
    throw new DatabaseError(`${data} was moved to where the database's user cannot reach it: move it back, or open the way.`);
  const folder = join(ROOT_HOME, `${basename(dirname(data)).replaceAll(/[^\w-]/g, '_')}-${randomBytes(4).toString('hex')}`);
  await makeFolder(folder);
  await writeFile(join(folder, 'of'), data);
  await symlink(join(folder, 'postgres'), place).catch(ignoreExisting);
  // Another process may have been quicker: what the link says counts.
  const kept = await linkedHome(data, place);
  if (kept !== folder) await rm(folder, { recursive: true });
  return { folder: kept, binaries, user };
}

/** Deletes the database of `dataFolder`, wherever it lives. It must not be running. */
export async function removeHome(dataFolder: string): Promise<void> {
  const place = join(resolve(dataFolder), 'postgres');
  if (isLink(place)) {
    const folder = dirname(readlinkSync(place));
    if (dirname(folder) === ROOT_HOME && ownerOf(folder) === resolve(dataFolder))
      await rm(folder, { recursive: true, force: true });
  }
  for (const part of await readdir(resolve(dataFolder)).catch(() => [])) {
    if (/^(postgres|socket$|secrets\.json)/.test(part))
      await rm(join(resolve(dataFolder), part), { recursive: true, force: true });
  }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new DatabaseError(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL.`);
  }
}

/** npm keeps no symbolic links in packages, and may not run the script that makes them: make them here, once. */
async function hydrateLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const at = resolve(native, '..', target);
    if (!existsSync(at)) await symlink(basename(source), at).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function makeFolder(folder: string): Promise<void> {
  // Passed through by the database's user, listed and written by root alone.
  for (const one of [ROOT_HOME, folder]) {
    await mkdir(one, { recursive: true });
    await chmod(one, 0o711);
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function ownerOf(folder: string): string | undefined {
  const file = join(folder, 'of');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Follows the link of a folder that has its home elsewhere. A moved clone takes it along; a copied clone must not share it. */
async function linkedHome(data: string, place: string): Promise<string> {
  const folder = dirname(readlinkSync(place));
  if (!existsSync(folder))
    throw new DatabaseError(`The database of ${data} is gone (${folder}): \`npm start -- --fresh\` begins anew.`);
  const owner = ownerOf(folder);
  if (owner !== data) {
    const original = join(owner ?? folder, 'postgres');
    if (isLink(original) && dirname(readlinkSync(original)) === folder)
      throw new DatabaseError(
        `${data} is a copy of ${owner}, whose database it must not share: delete ${data} to begin its own.`,
      );
    await writeFile(join(folder, 'of'), data);
  }
  return folder;
}

/** One read-only copy for every clone of this machine. */
async function copiedBinaries(native: string): Promise<string> {
  const version = createHash('sha256')
    .update(readFileSync(resolve(native, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const copy = join(ROOT_HOME, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  await makeFolder(ROOT_HOME);
  const part = `${copy}.${process.pid}`;
  await cp(native, part, { recursive: true, verbatimSymlinks: true });
  await rename(part, copy).catch(async (error: unknown) => {
    await rm(part, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

/** Who owns the cluster already; else `postgres` where there is such a user; else `nobody`. */
function unprivileged(place: string): User {
  const made = statSync(place, { throwIfNoEntry: false });
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid };
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

function reaches(user: User, folder: string): boolean {
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' });
  if (tried.error) throw new DatabaseError(`Root cannot start the database as another user here: ${tried.error.message}`);
  return tried.status === 0;
}

/** Gives a path to the user of the database. */
export async function handOver({ user }: Home, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

/** The address of a socket is a path of at most this many bytes (`sun_path` of unix(7), less its end). */
const LONGEST_ADDRESS = 107;

/**
 * The folder of the server's socket, which nobody but its user and root can enter. Over it a server answers a quarter more questions a second than
 * over the loopback port (`npm run bench -- inquiries`). Undefined where its path is too long for an address, or cannot stand in PostgreSQL's list of folders: then the port does all.
 */
export async function socketFolder(home: Home): Promise<string | undefined> {
  const folder = join(home.folder, 'socket');
  if (Buffer.byteLength(join(folder, '.s.PGSQL.65535')) > LONGEST_ADDRESS || folder.includes('"')) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await handOver(home, folder);
  return folder;
}

/** Port and passwords: made once, readable by their owner alone. */
export async function loadSecrets(home: Home): Promise<Secrets> {
  const file = join(home.folder, 'secrets.json');
  if (!existsSync(file)) {
    const password = (): string => randomBytes(24).toString('base64url');
    const made: Secrets = { port: await freePort(), superuser: password(), migrator: password(), app: password() };
    // Of two processes that start at once, one writes and both read.
    await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' }).catch(ignoreExisting);
  }
  return JSON.parse(await readFile(file, 'utf8')) as Secrets;
}

/** The same secrets with another port, kept. */
export async function movePort(home: Home, secrets: Secrets): Promise<Secrets> {
  const moved = { ...secrets, port: await freePort() };
  const file = join(home.folder, 'secrets.json');
  await writeFile(`${file}.new`, JSON.stringify(moved), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return moved;
}

/** A port of this machine that nobody listens on now. */
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
