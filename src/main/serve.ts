// `npm start`: database, migrations, demo city, portal; then addresses and personas. Stops cleanly; says in one line what is wrong.
import { createInterface } from 'node:readline/promises';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MigrationError } from '#store/migrate.ts';
import { migrate } from '#store/migrate.ts';
import { compose, ROOT } from './compose.ts';
import { openDatabase, removeDatabase } from './database.ts';
import { openHttp } from './http.ts';
import { loadCity, seed, SeedError } from './seed.ts';
import { troubleLine } from './trouble.ts';

type Options = {
  readonly port: number;
  readonly fresh: boolean;
  readonly yes: boolean;
  readonly dataFolder: string;
  readonly production: boolean;
};

function readOptions(): Options {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, fresh: { type: 'boolean' }, yes: { type: 'boolean' }, data: { type: 'string' } },
  });
  const port = Number(values.port ?? process.env['PORT'] ?? 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`The port must be a number from 1 to 65535, not "${values.port ?? process.env['PORT']}".`);
  return {
    port,
    fresh: values.fresh === true,
    yes: values.yes === true,
    dataFolder: resolve(values.data ?? process.env['DARGAH_DATA'] ?? join(ROOT, 'data')),
    production: process.env['NODE_ENV'] === 'production',
  };
}

class StartError extends Error {
  override readonly name = 'StartError';
}

/** Asks before anything is lost; without a terminal, only --yes begins anew. */
async function beginAnew({ dataFolder, yes }: Options): Promise<void> {
  if (process.env['DATABASE_URL'] !== undefined)
    throw new StartError('--fresh is for the embedded database alone: empty the one at DATABASE_URL yourself.');
  if (!yes) {
    if (!process.stdin.isTTY)
      throw new StartError('--fresh deletes every case and document: say so with --yes where nobody can be asked.');
    const ask = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await ask.question(`This deletes every case, document and key in ${dataFolder}. Type "fresh" to go on: `);
    ask.close();
    if (answer.trim() !== 'fresh') throw new StartError('Nothing was deleted.');
  }
  await removeDatabase(dataFolder);
  await rm(dataFolder, { recursive: true, force: true });
}

/** Before the database starts: a taken port should cost nothing. */
async function portFree(port: number): Promise<void> {
  await new Promise<void>((done, failed) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        new StartError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken: stop what uses it, or choose another with --port.`
            : `Port ${port} cannot be used (${error.code}): choose another with --port.`,
        ),
      ),
    );
    probe.listen(port, () => probe.close(() => done()));
  });
}

const began = Date.now();
const log = (line: string): void => console.log(`  ${line}`);

async function start(): Promise<void> {
  const options = readOptions();
  await portFree(options.port);
  if (options.fresh) await beginAnew(options);
  console.log('· database …');
  const url = process.env['DATABASE_URL'];
  const appUrl = process.env['APP_DATABASE_URL'];
  const database = await openDatabase({
    dataFolder: options.dataFolder,
    log,
    ...(url === undefined ? {} : { url }),
    ...(appUrl === undefined ? {} : { appUrl }),
  });
  try {
    await serve(options, database);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function serve(options: Options, database: Awaited<ReturnType<typeof openDatabase>>): Promise<void> {
  await migrate(database.migratorUrl, join(ROOT, 'migrations'), log);
  console.log('· demo city …');
  await seed(database.migratorUrl, log);
  const origin = process.env['ORIGIN'] ?? `http://localhost:${options.port}`;
  const composed = await compose({
    appUrl: database.appUrl,
    dataFolder: options.dataFolder,
    origin,
    production: options.production,
    log,
  });
  const [issuer, clientId, clientSecret] = [
    process.env['OIDC_ISSUER'],
    process.env['OIDC_CLIENT_ID'],
    process.env['OIDC_CLIENT_SECRET'],
  ];
  const oidc = issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined;
  const server = await openHttp({
    composed,
    production: options.production,
    log: process.env['LOG'] === 'json',
    ...(oidc ? { oidc } : {}),
  });
  await server
    .listen({ port: options.port, host: process.env['HOST'] ?? '::' })
    .catch(() => server.listen({ port: options.port, host: '0.0.0.0' }));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    console.log('\n· stopping …');
    await server.close();
    await composed.stop();
    await database.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  await welcome(origin);
}

async function welcome(origin: string): Promise<void> {
  const { personas } = await loadCity();
  console.log(`\nDargah is ready in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  console.log(`  portal (Persian)   ${origin}/`);
  console.log(`  portal (English)   ${origin}/en`);
  console.log(`  desk               ${origin}/desk`);
  console.log(`  API                ${origin}/api/openapi.json`);
  console.log('\nSign in as one of the demo personas (no password):');
  for (const one of personas) console.log(`  ${one.id.padEnd(22)} ${one.name.en.padEnd(24)} ${one.about.en}`);
  console.log('\nCtrl-C stops it; the data stays. `npm start -- --fresh` begins anew.');
}

start().catch((error: unknown) => {
  console.error(wordsOf(error) ?? error);
  process.exit(1);
});

/** One line for what a person can mend; anything else keeps its stack. */
function wordsOf(error: unknown): string | undefined {
  const isOurs = error instanceof StartError || error instanceof MigrationError || error instanceof SeedError;
  const isOption = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  const line = isOurs || isOption ? error.message : troubleLine(error);
  return line === undefined ? undefined : `\n✗ ${line}`;
}
