// A load from where it stands to its end: each batch whole, then what is gone where the whole source was read.
import { rowReader } from '#registry/source-row.ts';
import { countHeld, countUnseen, forgetSeen, markGone, mergeBatch } from '#store/source-batch.ts';
import type { Merged } from '#store/source-batch.ts';
import { endLoad, insertRejections, noteStand } from '#store/source-loads.ts';
import type { LoadCounts, LoadMode, StoredLoad, Trouble } from '#store/sources.ts';
import { inTransaction } from '#store/transaction.ts';
import { gatherer, newerMark } from './gather.ts';
import type { Gathered } from './gather.ts';
import { troubleOf } from './loading.ts';
import type { Loading, LoadReport } from './loading.ts';
import type { OpenSource } from './source-port.ts';

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

export async function run(running: Running): Promise<Omit<LoadReport, 'isResumed' | 'extra'>> {
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
  const { next, rejections } = await inTransaction(client, async () => {
    const merged = await mergeBatch(client, { ...batch, rows: gathered.rows, kept: gathered.kept });
    const rejected = [...gathered.rejections, ...gathered.repeated(merged.repeated)];
    const stands = after(stood, { gathered, merged, rejected: rejected.length, number });
    if (!isRehearsal) {
      await insertRejections(client, load.load, { from: stood.rejected, rejections: rejected });
      await noteStand(client, load.load, { ...stands, position: gathered.position });
    }
    return { next: stands, rejections: rejected };
  });
  Object.assign(stood, next);
  for (const one of rejections) order.onRejected?.(one);
  order.onProgress?.(next);
}

type Done = { readonly gathered: Gathered; readonly merged: Merged; readonly rejected: number; readonly number: number };

function after(stood: Stood, { gathered, merged, rejected, number }: Done): Stood {
  return {
    rows: stood.rows + gathered.count,
    added: stood.added + merged.added,
    changed: stood.changed + merged.changed,
    unchanged: stood.unchanged + merged.unchanged + gathered.skipped,
    rejected: stood.rejected + rejected,
    gone: 0,
    seen: stood.seen + merged.marked,
    batch: number,
    mark: newerMark(stood.mark, gathered.mark),
    done: gathered.done ?? null,
  };
}

/** Whole to the end: what a full load did not meet is gone, unless that is more than can be believed. */
async function finish(running: Running, stood: Stood): Promise<Trouble | undefined> {
  const { client, config, load, mode, order } = running;
  const isRehearsal = order.isRehearsal === true;
  order.signal?.throwIfAborted();
  return inTransaction(client, async () => {
    if (mode === 'full' && !load.isFirst) {
      const held = await countHeld(client, config.id);
      // As many as were met: none can be gone, and nobody need look for them one by one.
      const isWhole = !isRehearsal && held === stood.added + stood.changed + stood.unchanged;
      const gone = isWhole ? 0 : await countUnseen(client, config.id, isRehearsal);
      if (order.acceptGone !== true && gone > FEW && gone > held * config.mostGone)
        return { code: 'source-shrunk', facts: { gone, held } };
      stood.gone = gone;
      if (!isRehearsal && gone > 0) await markGone(client, config.id, running.now());
    }
    if (!isRehearsal) {
      await endLoad(client, load.load, { at: running.now(), status: 'finished', gone: stood.gone, trouble: null });
      await forgetSeen(client, config.id);
    }
    return undefined;
  });
}

/** So few may go from any source without a question. */
const FEW = 20;
