// What the linker does in one round of the ticker, bounded: a batch of records; where none waits, views made under other rules and figures of a new day.
// Gives whether there may be more to do at once.
import type { PoolClient } from 'pg';
import { toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { KINDS } from '#registry/types.ts';
import type { Kind, RecordId } from '#registry/types.ts';
import { listStaleEntities } from '#store/entities.ts';
import { underLinkerLock } from '#store/linkage.ts';
import { listGroups } from '#store/linkage-log.ts';
import { listUncountedDay, writeQuality } from '#store/quality.ts';
import { groundOf } from './ground.ts';
import { linkBatch } from './link.ts';
import type { Linker } from './link.ts';
import { loadPolicies } from './policy.ts';
import type { Policies } from './policy.ts';
import { project } from './project.ts';
import { figuresOf } from './settle.ts';

/** Views of one round. */
const VIEWS = 200;

/** Views and days are looked after once a minute, where nothing waits to be linked. */
const EVERY_MS = 60_000;

/** A round to be run again and again, by one caller at a time. */
export function linkRounds(linker: Linker): () => Promise<boolean> {
  let next = 0;
  return async () => {
    if ((await linkBatch(linker)) > 0) return true;
    const now = toEpochMillis(linker.now());
    if (now < next) return false;
    const isMore = await keepViews(linker);
    if (!isMore) next = now + EVERY_MS;
    return isMore;
  };
}

/** Gives whether some views were made anew: others may be left. */
export async function keepViews(linker: Linker): Promise<boolean> {
  const policies = await loadPolicies(linker.pool);
  await countDay(linker, policies);
  for (const kind of KINDS) {
    const stale = await listStaleEntities(linker.pool, kind, policies.of(kind).version, VIEWS);
    if (stale.length > 0) return (await refresh(linker, kind, stale)) > 0;
  }
  return false;
}

/** The views of these entities once more, under the rules in force. */
async function refresh(linker: Linker, kind: Kind, stale: readonly RecordId[]): Promise<number> {
  const refreshed = await underLinkerLock(linker.pool, 'leave', async (client) => {
    await projectAnew(client, { kind, entities: stale, at: linker.now() });
    return stale.length;
  });
  return refreshed ?? 0;
}

type Anew = { readonly kind: Kind; readonly entities: readonly RecordId[]; readonly at: Instant };

async function projectAnew(client: PoolClient, { kind, entities, at }: Anew): Promise<void> {
  const ground = groundOf('matcher', at);
  ground.load(await listGroups(client, entities));
  const policies = await loadPolicies(client);
  await project(client, { kind, ...policies.of(kind), groups: ground.all(), numberOf: ground.numberOf, before: entities });
}

/** Freshness fades though nothing is loaded: each source has its figures of each day. */
async function countDay(linker: Linker, policies: Policies): Promise<void> {
  const at = linker.now();
  const day = at.slice(0, 10);
  const uncounted = await listUncountedDay(linker.pool, day);
  if (uncounted.length === 0) return;
  await underLinkerLock(linker.pool, 'leave', async (client) => {
    const rows = (await listUncountedDay(client, day)).map(({ source, tally }) => ({
      source,
      tally,
      figures: figuresOf(tally, policies.sources.get(source), at),
    }));
    await writeQuality(client, day, rows);
  });
}
