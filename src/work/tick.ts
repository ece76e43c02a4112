// The ticker: reads what is due, claims it by key, carries it out outside any transaction, and performs what came of it.
// At least once, with commands that a repeat cannot harm; a want that keeps failing is put aside where a person sees it.
import { plusMillis } from '#base/instant.ts';
import { claimWant, dropWant, listDueWants, postponeWant } from '#store/wants.ts';
import type { DueWant } from '#store/wants.ts';
import { carryOut } from './effects.ts';
import type { Road } from './road.ts';

const LEASE_MS = 60_000;
const BATCH = 64;
const AT_ONCE = 8;
/** Backoff doubles from a second to an hour; after these many attempts a want waits for a person. */
const MOST_ATTEMPTS = 12;

/** One round. Gives how many wants were carried out, so that the caller knows whether to look again at once. */
export async function tick(road: Road): Promise<number> {
  const due = await listDueWants(road.pool, road.ports.world.now(), BATCH);
  let done = 0;
  const queue = [...due];
  async function lane(): Promise<void> {
    for (let want = queue.shift(); want; want = queue.shift()) if (await attemptWant(road, want)) done += 1;
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, lane));
  return done;
}

async function attemptWant(road: Road, want: DueWant): Promise<boolean> {
  const now = road.ports.world.now();
  if (!(await claimWant(road.pool, want, now, plusMillis(now, LEASE_MS)))) return false;
  try {
    road.crash('before-effect');
    const finished = await carryOut(road, want);
    road.crash('after-effect');
    if (finished) await dropWant(road.pool, want);
    return true;
  } catch (error) {
    const attempts = want.attempts + 1;
    const trouble = error instanceof Error ? error.message : String(error);
    const wait = Math.min(3_600_000, 1000 * 2 ** attempts);
    await postponeWant(road.pool, want, trouble, attempts >= MOST_ATTEMPTS ? undefined : plusMillis(now, wait));
    return false;
  }
}

export type Ticker = { nudge(): void; stop(): Promise<void> };

/** Runs rounds until stopped: at once when nudged, else every `idleMs`. `also` runs beside each round (the sequencer). */
export function startTicker(
  road: () => Road,
  also: (road: Road) => Promise<unknown>,
  report: (error: unknown) => void,
  idleMs = 500,
): Ticker {
  let stopped = false;
  let nudged = false;
  let wake: () => void = () => undefined;
  async function run(): Promise<void> {
    while (!stopped) {
      nudged = false;
      let busy = 0;
      try {
        busy = await tick(road());
        await also(road());
      } catch (error) {
        report(error);
      }
      if (busy > 0 || nudged || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, idleMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  const running = run();
  return {
    nudge() {
      nudged = true;
      wake();
    },
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
