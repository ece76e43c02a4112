// Loads a source: every row becomes a record or a rejection, in batches that are each whole, going on where a killed load was.
// A full load finds gone what it did not meet, and only when the whole source was read. Two loads of one source never run at once.
import type { PoolClient } from 'pg';
import { Refusal } from '#base/refusal.ts';
import { compareColumns, expectedColumns } from '#registry/source.ts';
import type { SourceConfig } from '#registry/source.ts';
import { endStaging, prepareStaging } from '#store/source-batch.ts';
import { lastMark, lockSource, publishSource, unlockSource } from '#store/sources.ts';
import { begin, refused } from './begin-load.ts';
import { troubleOf } from './loading.ts';
import type { Loading, LoadOrder, LoadPlace, LoadReport } from './loading.ts';
import { run } from './run-load.ts';
import type { OpenSource } from './source-port.ts';

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
