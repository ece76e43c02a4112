// The database of this process: the one at DATABASE_URL, or the embedded one started here. Gives addresses for its two roles.
// Durable, on this machine alone, with passwords; outlives neither us nor our data, and tells in one line what is wrong.
import pg from 'pg';
import { initialise, runningServer, startServer, stopServer } from './embedded.ts';
import type { Server } from './embedded.ts';
import { externalAddresses } from './external.ts';
import type { Addresses } from './external.ts';
import { loadSecrets, movePort, prepareHome, removeHome, socketFolder } from './home.ts';
import type { Home, Secrets } from './home.ts';
import { DatabaseError, troubleLine } from './trouble.ts';

export type Database = Addresses & {
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
  /** Tests alone: a database that a power cut may lose, whose migrator may create databases. */
  readonly durable?: boolean;
};

/** Held for as long as a process owns the embedded server: it goes with the connection, however the process ends. */
const OWNER_LOCK = 7_210_001;
const PATIENCE = 60_000;

/** Throws DatabaseError with one line for people. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  try {
    const { url, appUrl, dataFolder } = options;
    if (url === undefined) return await embedded(options);
    const addresses = await externalAddresses({ url, dataFolder, ...(appUrl === undefined ? {} : { appUrl }) });
    return { ...addresses, stop: () => Promise.resolve() };
  } catch (error) {
    const line = troubleLine(error);
    throw line === undefined ? error : new DatabaseError(line);
  }
}

/** Deletes the embedded database of a data folder, unless a Dargah runs on it. */
export async function removeDatabase(dataFolder: string): Promise<void> {
  const home = await prepareHome(dataFolder).catch(() => undefined);
  if (home && runningServer(home)) throw new DatabaseError('Dargah runs on this data folder: stop it first.');
  await removeHome(dataFolder);
}

async function embedded(options: DatabaseOptions): Promise<Database> {
  const home = await prepareHome(options.dataFolder);
  const [secrets, socket] = [await loadSecrets(home), await socketFolder(home)];
  const work: Work = { home, secrets, socket, log: options.log, durable: options.durable ?? true };
  const owner = await takeOver(work);
  if (owner === 'taken') {
    if (options.attach !== true) throw new DatabaseError(`Dargah already runs on ${options.dataFolder}: stop it first.`);
    return { ...addresses(work), home: home.folder, stop: () => Promise.resolve() };
  }
  await prepareRoles(owner, work);
  const keeper = keepUp(work, owner);
  return {
    ...addresses(work),
    home: home.folder,
    async stop() {
      await keeper.release();
      await stopServer(home);
      // A timer, not the unreferenced child's own event: nothing else may be keeping this process awake.
      while (work.server && !work.server.hasEnded()) await pause(20);
    },
  };
}

type Work = {
  readonly home: Home;
  secrets: Secrets;
  /** Where the server's socket is to be; undefined where it has none. */
  socket: string | undefined;
  server?: Server;
  readonly log: (line: string) => void;
  readonly durable: boolean;
};

/** Through its socket where the server that runs has one, else through its port. */
function addresses({ home, secrets: { port, migrator, app } }: Work): Addresses {
  const host = encodeURIComponent(runningServer(home)?.socket ?? '127.0.0.1');
  return {
    migratorUrl: `postgres://migrator:${migrator}@${host}:${port}/dargah`,
    appUrl: `postgres://app:${app}@${host}:${port}/dargah`,
  };
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Becomes the owner of a running server. One that another process owns is `taken`; one that nobody owns was left behind by a process that
 * was killed: it is on its way down, or is sent there, so that the new one runs with our settings and under our watch.
 */
async function takeOver(work: Work): Promise<pg.Client | 'taken'> {
  const { home } = work;
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const running = runningServer(home);
    if (!running) return startOwn(work);
    const answer = await tryOwner({ ...work.secrets, port: running.port });
    if (answer === 'taken') return 'taken';
    if (answer !== 'not yet') {
      await answer.end();
      work.log('stopping a database server that was left behind');
      await stopServer(home);
    } else await pause(30);
  }
  throw new DatabaseError(`A PostgreSQL left behind on ${home.folder} neither answers nor ends: stop it by hand.`);
}

/** Starts a server of ours and waits for it; gives the connection that owns it. */
async function startOwn(work: Work, mayMove = true): Promise<pg.Client | 'taken'> {
  await initialise(work.home, work.secrets, work.durable);
  const began = Date.now();
  let told = began;
  let server = launch(work);
  for (;;) {
    if (server.hasEnded()) {
      const trouble = server.trouble();
      const isBusy = /could not bind|could not create any TCP/.test(trouble);
      // Not every file system holds sockets (a folder of another machine): the port does as well.
      if (/Unix|\.s\.PGSQL/.test(trouble) && work.socket !== undefined && mayMove) work.socket = undefined;
      else if (isBusy && mayMove) work.secrets = await movePort(work.home, work.secrets);
      // Backends of a server that was killed hold its memory for a moment; or its owner was quicker than we.
      else if (!/shared memory|lock file/.test(trouble) || Date.now() - began > PATIENCE)
        throw new DatabaseError(`PostgreSQL did not start: ${trouble}`);
      else if (runningServer(work.home) && mayMove) return takeOver(work);
      else await pause(100);
      server = launch(work);
    }
    const owner = await tryOwner(work.secrets);
    if (owner !== 'not yet') return owner;
    if (Date.now() - told > 5000) {
      told = Date.now();
      work.log(`the database is still starting: it recovers what was written last (${Math.round((told - began) / 1000)} s)`);
    }
    await pause(20);
  }
}

function launch(work: Work): Server {
  const { home, secrets, durable, socket } = work;
  work.server = startServer(home, { port: secrets.port, durable, socket });
  return work.server;
}

/** A connection that holds the owner's lock; `taken` where another holds it; `not yet` where the server does not answer. */
async function tryOwner({ port, superuser }: Secrets): Promise<pg.Client | 'taken' | 'not yet'> {
  const client = new pg.Client({
    connectionString: `postgres://dargah:${superuser}@127.0.0.1:${port}/postgres`,
    connectionTimeoutMillis: 5000,
    application_name: 'dargah owner',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [OWNER_LOCK]);
    if (rows[0]?.mine === true) return client;
    await client.end();
    return 'taken';
  } catch (error) {
    await client.end().catch(() => undefined);
    if (error instanceof Error && 'code' in error && error.code === '28P01')
      throw new DatabaseError(
        'The embedded database does not know its password: its data folder and secrets.json do not belong together.',
      );
    return 'not yet';
  }
}

/** While we live, a server that died (killed, or out of memory) is started again at its old port; pools reconnect by themselves. */
function keepUp(work: Work, first: pg.Client): { release(): Promise<void> } {
  let owner = first;
  let isReleased = false;
  const watch = (client: pg.Client): void => {
    client.on('end', () => void revive());
  };
  async function revive(): Promise<void> {
    if (isReleased) return;
    work.log('the database ended by itself: starting it again');
    try {
      const next = runningServer(work.home) ? await reconnect(work) : await startOwn(work, false);
      if (next === 'taken') throw new DatabaseError('another process took the database over.');
      owner = next;
      if (isReleased) await next.end();
      else watch(next);
    } catch (error) {
      work.log(`the database did not come back: ${error instanceof Error ? error.message : String(error)}`);
      if (!isReleased) setTimeout(() => void revive(), 5000).unref();
    }
  }
  watch(first);
  return {
    async release() {
      isReleased = true;
      await owner.end().catch(() => undefined);
    },
  };
}

/** The server still runs, and only our connection was lost: PostgreSQL restarts its own children. */
async function reconnect(work: Work): Promise<pg.Client | 'taken'> {
  while (runningServer(work.home)) {
    const owner = await tryOwner(work.secrets);
    if (owner !== 'not yet') return owner;
    await pause(50);
  }
  return startOwn(work, false);
}

async function prepareRoles(client: pg.Client, { secrets, durable }: Work): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname in ('migrator', 'app') union all select datname from pg_database where datname = 'dargah'`,
  );
  const has = (name: string): boolean => rows.some((row) => row.name === name);
  if (!has('migrator'))
    await client.query(`create role migrator login ${durable ? '' : 'createdb'} password ${pg.escapeLiteral(secrets.migrator)}`);
  if (!has('app')) await client.query(`create role app login password ${pg.escapeLiteral(secrets.app)}`);
  if (!has('dargah')) await client.query('create database dargah owner migrator');
}

export { DatabaseError };
