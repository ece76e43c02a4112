// The whole server for tests: a fresh database with the demo city and its services, both doors, on a free port of this machine.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { compose } from '#main/compose.ts';
import type { Composed } from '#main/compose.ts';
import { freePort } from '#main/home.ts';
import { openHttp } from '#main/http.ts';
import { seed } from '#main/seed.ts';
import { testDatabase } from './database.ts';

export type TestPortal = {
  readonly origin: string;
  readonly composed: Composed;
  readonly dataFolder: string;
  readonly migratorUrl: string;
  /** Sets the clock; without a call it is the machine's. */
  setNow(at: Instant): void;
  stop(): Promise<void>;
};

/** `ticking`: the ticker runs, so documents come out by themselves. */
export async function testPortal(options: { readonly ticking?: boolean } = {}): Promise<TestPortal> {
  const database = await testDatabase();
  try {
    await seed(database.migratorUrl, () => undefined);
  } catch (error) {
    await database.drop();
    throw error;
  }
  const dataFolder = await mkdtemp(join(tmpdir(), 'dargah-portal-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let fixed: Instant | undefined;
  const world = { now: () => fixed ?? instant(new Date().toISOString()), random: (bytes: number) => randomBytes(bytes) };
  const composed = await compose({
    appUrl: database.appUrl,
    dataFolder,
    origin,
    production: false,
    world,
    ticking: options.ticking ?? true,
  });
  // Journeys are one visitor in a hurry: the rate limit has its own test.
  const server = await openHttp({ composed, production: false, log: false, ratePerMinute: 100_000 });
  await server.listen({ port, host: 'localhost' });
  return {
    origin,
    composed,
    dataFolder,
    migratorUrl: database.migratorUrl,
    setNow: (at) => void (fixed = at),
    async stop() {
      await server.close();
      await composed.stop();
      await rm(dataFolder, { recursive: true, force: true });
      await database.drop();
    },
  };
}
