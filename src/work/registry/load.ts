// Loads a source: every row becomes a record or a rejection, in batches that are each whole, going on where a killed load was.
// A full load finds gone what it did not meet, and only when the whole source was read. Two loads of one source never run at once.
import { createHash, randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import { canonical } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import { compareColumns, expectedColumns } from '#registry/source.ts';
import type { SourceConfig } from '#registry/source.ts';
import { rowReader } from '#registry/source-row.ts';
import {
  abandonLoads,
  countHeld,
  countSeen,
  countUnseen,
  endLoad,
  endStaging,
  forgetSeen,
  hasRecords,
  insertLoad,
  insertRejections,
  markGone,
  mergeBatch,
  noteStand,
  prepareStaging,
  resumeLoad,
} from '#store/source-batch.ts';
import type { Rejection } from '#store/source-batch.ts';
import { lastMark, listLoads, lockSource, publishSource, unlockSource } from '#store/sources.ts';
import type { LoadCounts, LoadMode, StoredLoad, Trouble } from '#store/sources.ts';
import { gatherer, newerMark } from './gather.ts';
import type { Gathered } from './gather.ts';
import type { OpenSource, SourcePort } from './source-port.ts';

/** What a load needs of the world. One connection of the pool is its own while it runs. */
export type LoadPlace = { readonly pool: Pool; readonly sources: SourcePort; now(): Instant };
export type LoadOrder = {
  /** Who began it. */
  readonly by: string;
  readonly mode?: LoadMode;
  /** Reports the same and writes nothing: PostgreSQL itself refuses it. */
  readonly isRehearsal?: boolean;
  /** However many records are gone, the source is whole. */
  readonly acceptGone?: boolean;
  /** The source is open and its columns are right. */
  readonly onBegun?: () => void;
  /** Told with each batch. */
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly onRejected?: (rejection: Rejection) => void;
  readonly signal?: AbortSignal;
};
export type LoadProgress = LoadCounts & { readonly done: number | null };
export type LoadReport = LoadCounts & {
  /** Absent for a rehearsal. */
  readonly load?: string;
  readonly source: string;
  readonly mode: LoadMode;
  readonly status: 'finished' | 'failed';
  /** It went on where an earlier one stood. */
  readonly isResumed: boolean;
  readonly extra: readonly string[];
  readonly trouble?: Trouble;
};

/** Throws Refusal `source-loading`; what is wrong with the source is in the report. */
export async function loadSource(place: LoadPlace, config: SourceConfig, order: LoadOrder): Promise<LoadReport> {
  const client = await place.pool.connect();
  // A connection that dies while it waits for rows is met by the statement that needs it next.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let isSound = false;
  try {
    if (!(await lockSource(client, config.id))) throw new Refusal('source-loading', { source: config.id });
    const report = await loadLocked({ ...place, client, config, order });
    await unlockSource(client, config.id);
    isSound = true;
    return report;
  } catch (error) {
    if (error instanceof Refusal) isSound = true;
    else await letGo(client, config.id);
    throw error;
  } finally {
    // With the connection its lock goes, and what was half done in it.
    if (isSound) client.off('error', ignore);
    client.release(!isSound);
  }
}

/** A server takes a moment to see that a connection is gone: where it still answers, the lock is given back at once. */
async function letGo(client: PoolClient, source: string): Promise<void> {
  try {
    await client.query('rollback');
    await unlockSource(client, source);
  } catch {
    // It went with the connection.
  }
}

type Loading = LoadPlace & { readonly client: PoolClient; readonly config: SourceConfig; readonly order: LoadOrder };

async function loadLocked(loading: Loading): Promise<LoadReport> {
  const { client, config, order, sources } = loading;
  const mode = order.mode ?? config.mode;
  if (order.isRehearsal !== true) await publishSource(client, config, loading.now());
  const since = mode === 'incremental' ? await lastMark(client, config.id) : undefined;
  let source: OpenSource;
  try {
    source = await sources.open(config, { columns: expectedColumns(config), since });
  } catch (error) {
    return refused(loading, mode, { extra: [], trouble: troubleOf(error) });
  }
  try {
    const { missing, extra } = compareColumns(config, source.columns);
    if (missing.length > 0) {
      const facts = { missing: missing.join(', '), found: source.columns.join(', ') };
      return await refused(loading, mode, { extra, trouble: { code: 'source-columns', facts } });
    }
    const { load, isResumed } = await begin(loading, { mode, extra, source });
    order.onBegun?.();
    await prepareStaging(client, order.isRehearsal === true);
    const report = await run({ ...loading, mode, source, load, since });
    await endStaging(client);
    return { ...report, isResumed, extra };
  } finally {
    await source.close();
  }
}

/** Only what the source or the world is to blame for; anything else is a bug. */
function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Refusal)) throw error;
  return { code: error.code, facts: error.facts as JsonObject };
}

const NONE: LoadCounts = { rows: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, gone: 0 };

/** A load that never began is kept too: whoever answers for the source must see it. */
async function refused(
  loading: Loading,
  mode: LoadMode,
  { extra, trouble }: { readonly extra: readonly string[]; readonly trouble: Trouble },
): Promise<LoadReport> {
  const { client, config, order } = loading;
  const report = { ...NONE, source: config.id, mode, status: 'failed' as const, isResumed: false, extra, trouble };
  if (order.isRehearsal === true) return report;
  const load = { ...freshLoad(loading, mode, extra), status: 'failed' as const, ended: loading.now(), trouble };
  await client.query('begin');
  await abandonLoads(client, config.id, loading.now());
  await insertLoad(client, load);
  await client.query('commit');
  return { ...report, load: load.load };
}

function freshLoad({ config, order, now }: Loading, mode: LoadMode, extra: readonly string[]): StoredLoad {
  const began = now();
  return {
    ...NONE,
    load: `${began.replace(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`,
    source: config.id,
    mode,
    status: 'running',
    config: configHash(config),
    by: order.by,
    began,
    ended: null,
    done: null,
    isFirst: false,
    seen: 0,
    batch: 0,
    position: null,
    mark: null,
    extra,
    trouble: null,
  };
}

function configHash(config: SourceConfig): string {
  return createHash('sha256')
    .update(canonical(config as unknown as Json))
    .digest('hex');
}

type Beginning = { readonly mode: LoadMode; readonly extra: readonly string[]; readonly source: OpenSource };

/** The last load where it may go on; otherwise a new one, from the beginning. */
async function begin(loading: Loading, { mode, extra, source }: Beginning): Promise<{ load: StoredLoad; isResumed: boolean }> {
  const { client, config, order } = loading;
  const isFirst = mode === 'full' && order.isRehearsal !== true && !(await hasRecords(client, config.id));
  const fresh = { ...freshLoad(loading, mode, extra), isFirst };
  if (order.isRehearsal === true) return { load: fresh, isResumed: false };
  const [last] = await listLoads(client, config.id, 1);
  if (last !== undefined && (await mayResume(loading, { last, mode, source }))) {
    await resumeLoad(client, last.load);
    return { load: last, isResumed: true };
  }
  await client.query('begin');
  await forgetSeen(client, config.id);
  await abandonLoads(client, config.id, loading.now());
  await insertLoad(client, fresh);
  await client.query('commit');
  return { load: fresh, isResumed: false };
}

async function mayResume(
  { client, config }: Loading,
  { last, mode, source }: { readonly last: StoredLoad; readonly mode: LoadMode; readonly source: OpenSource },
): Promise<boolean> {
  if (last.status === 'finished' || last.position === null || last.mode !== mode || last.config !== configHash(config))
    return false;
  // The table of keys does not outlive a crash of the database; without it nobody can say what is gone.
  if (mode === 'full' && !last.isFirst && (await countSeen(client, config.id)) !== last.seen) return false;
  return source.mayGoOn(last.position);
}

type Running = Loading & {
  readonly mode: LoadMode;
  readonly source: OpenSource;
  readonly load: StoredLoad;
  readonly since: string | undefined;
};

type Stood = { -readonly [name in keyof LoadCounts]: number } & {
  seen: number;
  batch: number;
  mark: string | null;
  done: number | null;
};

async function run(running: Running): Promise<Omit<LoadReport, 'isResumed' | 'extra'>> {
  const { load, mode, order, config } = running;
  const { rows, added, changed, unchanged, rejected, seen, batch, mark, done } = load;
  const stood: Stood = { rows, added, changed, unchanged, rejected, gone: 0, seen, batch, mark, done };
  const trouble = (await readAll(running, stood)) ?? (await finish(running, stood));
  if (trouble !== undefined && order.isRehearsal !== true) {
    const end = { at: running.now(), status: 'failed' as const, gone: 0, trouble };
    await endLoad(running.client, load.load, end);
  }
  const counts = { rows: stood.rows, added: stood.added, changed: stood.changed, unchanged: stood.unchanged };
  return {
    ...counts,
    rejected: stood.rejected,
    gone: stood.gone,
    source: config.id,
    mode,
    status: trouble === undefined ? 'finished' : 'failed',
    ...(order.isRehearsal === true ? {} : { load: load.load }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** While PostgreSQL merges one batch the next is read: never more than two are held. Gives what stopped it. */
async function readAll(running: Running, stood: Stood): Promise<Trouble | undefined> {
  const { source, config, load, order, since } = running;
  const gather = gatherer({ map: rowReader(config, source.columns), source, mode: running.mode, since });
  let merging: Promise<void> = Promise.resolve();
  let trouble: Trouble | undefined;
  const hand = async (gathered: Gathered | undefined): Promise<void> => {
    await merging;
    if (gathered === undefined) return;
    merging = commitBatch(running, gathered, stood);
    // Its failure is met when it is waited for.
    merging.catch(() => undefined);
  };
  try {
    for await (const chunk of source.read(load.position ?? undefined)) {
      order.signal?.throwIfAborted();
      gather.add(chunk);
      if (gather.isFull()) await hand(gather.take());
    }
  } catch (error) {
    await merging;
    trouble = troubleOf(error);
  }
  await hand(gather.take());
  await merging;
  return trouble;
}

async function commitBatch(running: Running, gathered: Gathered, stood: Stood): Promise<void> {
  const { client, config, load, mode, order } = running;
  const isRehearsal = order.isRehearsal === true;
  const number = stood.batch + 1;
  const { isFirst } = load;
  const batch = { source: config, load: load.load, mode, isRehearsal, isFirst, number, now: running.now() };
  order.signal?.throwIfAborted();
  await client.query('begin');
  try {
    const merged = await mergeBatch(client, { ...batch, rows: gathered.rows, kept: gathered.kept });
    const rejections = [...gathered.rejections, ...gathered.repeated(merged.repeated)];
    const next: Stood = {
      rows: stood.rows + gathered.count,
      added: stood.added + merged.added,
      changed: stood.changed + merged.changed,
      unchanged: stood.unchanged + merged.unchanged + gathered.skipped,
      rejected: stood.rejected + rejections.length,
      gone: 0,
      seen: stood.seen + merged.marked,
      batch: number,
      mark: newerMark(stood.mark, gathered.mark),
      done: gathered.done ?? null,
    };
    if (!isRehearsal) {
      await insertRejections(client, load.load, { from: stood.rejected, rejections });
      await noteStand(client, load.load, { ...next, position: gathered.position });
    }
    await client.query('commit');
    Object.assign(stood, next);
    for (const one of rejections) order.onRejected?.(one);
    order.onProgress?.(next);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Whole to the end: what a full load did not meet is gone, unless that is more than can be believed. */
async function finish(running: Running, stood: Stood): Promise<Trouble | undefined> {
  const { client, config, load, mode, order } = running;
  const isRehearsal = order.isRehearsal === true;
  order.signal?.throwIfAborted();
  await client.query('begin');
  try {
    if (mode === 'full' && !load.isFirst) {
      const held = await countHeld(client, config.id);
      // As many as were met: none can be gone, and nobody need look for them one by one.
      const isWhole = !isRehearsal && held === stood.added + stood.changed + stood.unchanged;
      const gone = isWhole ? 0 : await countUnseen(client, config.id, isRehearsal);
      if (order.acceptGone !== true && gone > FEW && gone > held * config.mostGone) {
        await client.query('rollback');
        return { code: 'source-shrunk', facts: { gone, held } };
      }
      stood.gone = gone;
      if (!isRehearsal && gone > 0) await markGone(client, config.id, running.now());
    }
    if (!isRehearsal) {
      await endLoad(client, load.load, { at: running.now(), status: 'finished', gone: stood.gone, trouble: null });
      await forgetSeen(client, config.id);
    }
    await client.query('commit');
    return undefined;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** So few may go from any source without a question. */
const FEW = 20;
