// The embedded database under kill -9, and what a database of somebody else must be like.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { openDatabase, removeDatabase } from './database.ts';

let folder = '';
let other: TestDatabase;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dargah-database-'));
  await chmod(folder, 0o711);
  other = await testDatabase();
});

after(async () => {
  await Promise.all([...holders].map(killed));
  await other.drop();
  // A server whose owner was killed is on its way down: the next owner stops it in order.
  await (await openDatabase({ dataFolder: folder, log: quiet })).stop();
  await removeDatabase(folder);
  await rm(folder, { recursive: true });
});

const holders = new Set<ChildProcess>();
const quiet = (): void => undefined;
const postmaster = async (): Promise<number> =>
  Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

async function ask(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

/** Another process that holds the database until it is killed. */
async function holder(): Promise<ChildProcess & { url: string }> {
  const program = `import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'database.js'))};
    const { migratorUrl } = await openDatabase({ dataFolder: ${JSON.stringify(folder)}, log: () => undefined });
    process.stdout.write(migratorUrl + '\\n');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  holders.add(child);
  const url = await new Promise<string>((done) => child.stdout.once('data', (said: Buffer) => done(said.toString().trim())));
  return Object.assign(child, { url });
}

async function killed(child: ChildProcess): Promise<void> {
  if (!holders.delete(child)) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

test('it is durable, checks its pages, and trusts nobody without a password', async () => {
  const database = await openDatabase({ dataFolder: folder, log: quiet });
  try {
    const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'server_encoding'];
    const found = await ask(
      database.appUrl,
      `select ${settings.map((name) => `current_setting('${name}')`).join(` || ' ' || `)} as all`,
    );
    assert.deepEqual(found, ['on on on on 127.0.0.1 UTF8']);
    for (const [user, password] of [
      ['dargah', ''],
      ['app', 'wrong'],
      ['postgres', ''],
    ] as const) {
      const address = new URL(database.appUrl);
      address.username = user;
      address.password = password;
      await assert.rejects(ask(address.href, 'select 1'), /password/, user);
    }
    await assert.rejects(ask(database.appUrl, 'create table x (y int)'), /permission denied/);
    assert.equal((await stat(join(database.home ?? '', 'secrets.json'))).mode & 0o777, 0o600);
    assert.equal((await stat(join(database.home ?? '', 'postgres.log'))).mode & 0o777, 0o600);
  } finally {
    await database.stop();
  }
  await assert.rejects(postmaster(), /ENOENT/, 'a clean stop leaves no server');
});

test('it is reached through a socket that no other user can, and through its port', async () => {
  const database = await openDatabase({ dataFolder: folder, log: quiet });
  try {
    const address = new URL(database.appUrl);
    const socket = decodeURIComponent(address.hostname);
    assert.equal(socket, join(database.home ?? '', 'socket'));
    for (const path of [socket, join(socket, `.s.PGSQL.${address.port}`)]) assert.equal((await stat(path)).mode & 0o777, 0o700);
    address.hostname = '127.0.0.1';
    assert.deepEqual(await ask(address.href, 'select 1 as one'), [1], 'tools come by the port');
    // Only root can be somebody else.
    if (process.getuid?.() === 0) {
      const path = join(socket, `.s.PGSQL.${address.port}`);
      // A shell is any user's; this Node may stand in a folder that is not.
      const sees = (what: string): number | null =>
        spawnSync('/bin/sh', ['-c', 'test -e "$1"', 'sh', what], { uid: 54_321, gid: 54_321, cwd: '/' }).status;
      assert.deepEqual([sees(folder), sees(path)], [0, 1]);
    }
  } finally {
    await database.stop();
  }
});

test('a folder whose path is too long for a socket is reached by its port', async () => {
  const deep = await mkdtemp(join(folder, 'x'.repeat(60)));
  await chmod(deep, 0o711);
  const database = await openDatabase({ dataFolder: deep, log: quiet, durable: false });
  try {
    assert.equal(new URL(database.appUrl).hostname, '127.0.0.1');
    assert.deepEqual(await ask(database.migratorUrl, 'select 1 as one'), [1]);
  } finally {
    await database.stop();
    await removeDatabase(deep);
    await rm(deep, { recursive: true });
  }
});

test('one process owns it: a second is refused, the command line attaches', async () => {
  const child = await holder();
  await assert.rejects(openDatabase({ dataFolder: folder, log: quiet }), /already runs/);
  const attached = await openDatabase({ dataFolder: folder, log: quiet, attach: true });
  assert.equal(attached.migratorUrl, child.url);
  await attached.stop();
  assert.deepEqual(await ask(child.url, 'select 1 as one'), [1], 'the owner keeps its server');
  await killed(child);
});

test('kill -9 of its owner loses nothing that was committed, and leaves no server behind', async () => {
  const child = await holder();
  await ask(child.url, 'create table kept as select 42 as answer');
  await killed(child);
  const database = await openDatabase({ dataFolder: folder, log: quiet });
  assert.equal(database.migratorUrl, child.url, 'its port and passwords stay');
  assert.deepEqual(await ask(database.migratorUrl, 'select answer from kept'), [42]);
  await database.stop();
});

test('kill -9 of PostgreSQL itself: it comes back while its owner lives', async () => {
  const lines: string[] = [];
  const database = await openDatabase({ dataFolder: folder, log: (line) => lines.push(line) });
  try {
    await ask(database.migratorUrl, 'create table again as select 7 as answer');
    const pid = await postmaster();
    process.kill(pid, 'SIGKILL');
    for (let tried = 0; tried < 200; tried += 1) {
      if ((await postmaster().catch(() => pid)) !== pid && lines.length > 0) {
        if (
          await ask(database.migratorUrl, 'select 1').then(
            () => true,
            () => false,
          )
        )
          break;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.deepEqual(await ask(database.migratorUrl, 'select answer from again'), [7]);
    assert.deepEqual(lines, ['the database ended by itself: starting it again']);
  } finally {
    await database.stop();
  }
});

test('kill -9 of both at once: the next start finds everything', async () => {
  const child = await holder();
  await ask(child.url, 'create table twice as select 9 as answer');
  const pid = await postmaster();
  process.kill(pid, 'SIGKILL');
  await killed(child);
  const database = await openDatabase({ dataFolder: folder, log: quiet });
  assert.deepEqual(await ask(database.migratorUrl, 'select answer from twice'), [9]);
  await database.stop();
});

test('a database of somebody else is told in one line what it lacks', async () => {
  const open = (url: string, appUrl?: string): Promise<unknown> =>
    openDatabase({ url, dataFolder: folder, log: quiet, ...(appUrl === undefined ? {} : { appUrl }) });
  await assert.rejects(open('postgres://u:secret@127.0.0.1:1/x'), {
    name: 'DatabaseError',
    message: 'The database at postgres://u@127.0.0.1:1/x cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
  });
  await assert.rejects(open('localhost'), /must look like postgres:/);
  await assert.rejects(open(other.migratorUrl), /has a role "app" already/);
  await assert.rejects(open(other.migratorUrl, other.migratorUrl), /must be "app" or a member/);
  await assert.rejects(open(other.appUrl, other.appUrl), /may not create tables/);
  const opened = await openDatabase({ url: other.migratorUrl, appUrl: other.appUrl, dataFolder: folder, log: quiet });
  assert.equal(opened.home, undefined);
  await opened.stop();
});
