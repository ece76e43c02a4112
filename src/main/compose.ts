// The composition root: pools, ports and catalogue put together into one Road. The only place that knows every adapter.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import { openConnectors } from '#outside/connectors/open.ts';
import { openDocuments } from '#outside/documents.ts';
import { openFiles } from '#outside/files.ts';
import { openKeys } from '#outside/keys.ts';
import type { Keys } from '#outside/keys.ts';
import { openPartners } from '#outside/partners.ts';
import { openRenderer } from '#outside/render.ts';
import { sandboxBank } from '#outside/sandbox-bank.ts';
import { openSources } from '#outside/sources/open.ts';
import { openUploads } from '#outside/uploads.ts';
import { openWebhooks } from '#outside/webhook-sender.ts';
import { openPool } from '#store/pool.ts';
import { ensureEventMonths } from '#store/months.ts';
import { bankBook } from '#store/sandbox-bank.ts';
import { dropExpiredSessions } from '#store/sessions.ts';
import type { BankBook } from '#store/sandbox-bank.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import { caseCache } from '#work/case-cache.ts';
import { openCatalogue } from '#work/catalogue.ts';
import { forgetUse } from '#work/contracts/use.ts';
import type { Ports, World } from '#work/ports.ts';
import type { CrashPoint, Road } from '#work/road.ts';
import { tallyDays } from '#work/views/inquiry-figures.ts';
import { outsideSigning } from './outside-signing.ts';
import { startRounds } from './rounds.ts';
import { openSimulators } from './simulators.ts';
import type { Simulators } from './simulators.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
export const LEDGER_NAME = 'dargah.example/ledger';

export type ComposeOptions = {
  readonly appUrl: string;
  readonly dataFolder: string;
  readonly origin: string;
  readonly production: boolean;
  readonly world?: World;
  readonly log?: (line: string) => void;
  /** Tests run the ticker by hand. */
  readonly ticking?: boolean;
  /** Connections for the road; the readers get as many. */
  readonly connections?: number;
};

export type Composed = {
  readonly road: Road;
  readonly keys: Keys;
  readonly bank: BankBook;
  /** The demo's other organisations, by connector. */
  readonly simulators: Simulators;
  stop(): Promise<void>;
};

const WORLD: World = { now: () => instant(new Date().toISOString()), random: (bytes) => randomBytes(bytes) };

export async function compose(options: ComposeOptions): Promise<Composed> {
  const { appUrl, dataFolder, origin, production, connections = 12 } = options;
  const log = options.log ?? (() => undefined);
  const onError = (error: Error): void => log(`database connection: ${error.message}`);
  const pool = openPool(appUrl, {
    max: connections,
    settings: { 'dargah.scope': 'road', plan_cache_mode: 'force_generic_plan' },
    onError,
  });
  const readers = openPool(appUrl, { max: connections, onError });
  const keys = await openKeys(join(dataFolder, 'keys'), LEDGER_NAME);
  const bank = bankBook(pool);
  const world = options.world ?? WORLD;
  const partners = await openPartners(dataFolder, { read: readPublicJwk, thumbprint: jwkThumbprint, algorithm: algorithmOf });
  const ports = portsOf({ keys, bank, world, dataFolder, origin, production, log, partners });
  await ensureEventMonths(pool, world.now());
  let nudge = (): void => undefined;
  const stopping = new AbortController();
  const road: Road = {
    pool,
    readers,
    ports,
    catalogue: await openCatalogue(pool),
    cases: caseCache(),
    origin,
    secret: keys.secret,
    nudge: () => nudge(),
    stopping: stopping.signal,
    crash: crashFrom(process.env['DARGAH_CRASH']),
  };
  const rounds = options.ticking === false ? undefined : startRounds(road, log);
  if (rounds) nudge = () => rounds.nudge();
  const upkeep = setInterval(() => void keepHouse(pool, world, log), HOUR_MS).unref();
  return {
    road,
    keys,
    bank,
    simulators: await openSimulators(join(ROOT, 'city'), production ? [] : road.catalogue.connectors()),
    async stop() {
      clearInterval(upkeep);
      stopping.abort();
      await rounds?.stop();
      await Promise.all([pool.end(), readers.end()]);
    },
  };
}

const HOUR_MS = 3_600_000;

/** What must be done now and then: months of the log made ahead, ended sessions forgotten, days of inquiries added up. */
async function keepHouse(pool: Pool, world: World, log: (line: string) => void): Promise<void> {
  try {
    await ensureEventMonths(pool, world.now());
    await dropExpiredSessions(pool);
    await forgetUse(pool, world.now());
    await tallyDays(pool, world.now());
  } catch (error) {
    log(`upkeep: ${String(error)}`);
  }
}

type Parts = {
  readonly keys: Keys;
  readonly bank: BankBook;
  readonly world: World;
  readonly dataFolder: string;
  readonly origin: string;
  readonly production: boolean;
  readonly log: (line: string) => void;
  readonly partners: Ports['partners'];
};

function portsOf({ keys, bank, world, dataFolder, origin, production, log, partners }: Parts): Ports {
  const files = openFiles(join(dataFolder, 'files'));
  return {
    partners,
    webhooks: openWebhooks({ production }),
    connectors: openConnectors({
      origin,
      production,
      secret: (name) => process.env[name] ?? (production ? undefined : 'sandbox'),
      signing: outsideSigning(partners),
      report: (error) => log(`connector: ${String(error)}`),
    }),
    payment: sandboxBank({ book: bank, now: world.now, production }),
    // The demo sends no text messages: they stand in the person's inbox, and in the log.
    messages: { send: async ({ to, text }) => log(`message to ${to}: ${text.fa}`) },
    documents: openDocuments(openRenderer(join(ROOT, 'documents', 'dargah.typ')), keys.documents),
    files,
    uploads: openUploads(files),
    sources: openSources({ folder: process.env['DARGAH_SOURCES'] ?? join(ROOT, 'city', 'sources'), environment: process.env }),
    ledger: keys.ledger,
    world,
  };
}

/** `DARGAH_CRASH=after-commit:2` kills this process without a word the third time it gets there: fault tests alone set it. */
function crashFrom(wanted: string | undefined): (at: CrashPoint) => void {
  const [point, times = '0'] = (wanted ?? '').split(':');
  let left = Number(times);
  return (at) => {
    if (at !== point) return;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    left -= 1;
  };
}
