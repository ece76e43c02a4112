// Where a load begins: where the last one stood, or from the beginning; and the record of one that could not.
import { randomBytes } from 'node:crypto';
import type { Json } from '#base/json.ts';
import type { SourceConfig } from '#registry/source.ts';
import { countSeen, forgetSeen, hasRecords } from '#store/source-batch.ts';
import { abandonLoads, insertLoad, resumeLoad } from '#store/source-loads.ts';
import { listLoads } from '#store/sources.ts';
import type { LoadCounts, LoadMode, StoredLoad, Trouble } from '#store/sources.ts';
import { inTransaction } from '#store/transaction.ts';
import { digestOf } from '#work/digest.ts';
import type { Loading, LoadReport } from './loading.ts';
import type { OpenSource } from './source-port.ts';

const NONE: LoadCounts = { rows: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, gone: 0 };

/** A load that never began is kept too: whoever answers for the source must see it. */
export async function refused(
  loading: Loading,
  mode: LoadMode,
  { extra, trouble }: { readonly extra: readonly string[]; readonly trouble: Trouble },
): Promise<LoadReport> {
  const { client, config, order } = loading;
  const report = { ...NONE, source: config.id, mode, status: 'failed' as const, isResumed: false, extra, trouble };
  if (order.isRehearsal === true) return report;
  const load = { ...freshLoad(loading, mode, extra), status: 'failed' as const, ended: loading.now(), trouble };
  await inTransaction(client, async () => {
    await abandonLoads(client, config.id, loading.now());
    await insertLoad(client, load);
  });
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
  return digestOf(config as unknown as Json);
}

type Beginning = { readonly mode: LoadMode; readonly extra: readonly string[]; readonly source: OpenSource };

/** The last load where it may go on; otherwise a new one, from the beginning. */
export async function begin(
  loading: Loading,
  { mode, extra, source }: Beginning,
): Promise<{ load: StoredLoad; isResumed: boolean }> {
  const { client, config, order } = loading;
  const isFirst = mode === 'full' && order.isRehearsal !== true && !(await hasRecords(client, config.id));
  const fresh = { ...freshLoad(loading, mode, extra), isFirst };
  if (order.isRehearsal === true) return { load: fresh, isResumed: false };
  const [last] = await listLoads(client, config.id, 1);
  if (last !== undefined && (await mayResume(loading, { last, mode, source }))) {
    await resumeLoad(client, last.load);
    return { load: last, isResumed: true };
  }
  await inTransaction(client, async () => {
    await forgetSeen(client, config.id);
    await abandonLoads(client, config.id, loading.now());
    await insertLoad(client, fresh);
  });
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
