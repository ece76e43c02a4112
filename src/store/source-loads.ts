// The book of loads: begun, where each stands, how it ended, and the rows it rejected.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { LoadCounts, StoredLoad, Trouble } from './sources.ts';

export type Rejection = {
  readonly place: string;
  readonly field: string | null;
  readonly code: string;
  readonly facts: JsonObject;
  readonly raw: JsonObject;
};

export async function insertRejections(
  client: PoolClient,
  load: string,
  { from, rejections }: { readonly from: number; readonly rejections: readonly Rejection[] },
): Promise<void> {
  if (rejections.length === 0) return;
  await client.query(
    `insert into source_rejection (load_id, seq, place, field, code, facts, raw)
     select $1, $2 + r.n, r.body->>'place', r.body->>'field', r.body->>'code', r.body->'facts', r.body->'raw'
     from jsonb_array_elements($3::jsonb) with ordinality as r (body, n)`,
    [load, from, JSON.stringify(rejections)],
  );
}

export async function insertLoad(client: PoolClient, load: StoredLoad): Promise<void> {
  await client.query(
    `insert into source_load (load_id, source, mode, status, config, began_by, began_at, ended_at, extra, trouble, mark, is_first)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      load.load,
      load.source,
      load.mode,
      load.status,
      load.config,
      load.by,
      load.began,
      load.ended,
      load.extra,
      load.trouble,
      load.mark,
      load.isFirst,
    ],
  );
}

/** A load that stands where it was killed, or failed, is at it again. */
export async function resumeLoad(client: PoolClient, load: string): Promise<void> {
  await client.query(`update source_load set status = 'running', ended_at = null, trouble = null where load_id = $1`, [load]);
}

export type Stand = LoadCounts & {
  readonly position: JsonObject;
  readonly mark: string | null;
  readonly done: number | null;
  readonly seen: number;
  readonly batch: number;
};

export async function noteStand(client: PoolClient, load: string, stand: Stand): Promise<void> {
  await client.query(
    `update source_load set rows_read = $2, added = $3, changed = $4, unchanged = $5, rejected = $6, position = $7, mark = $8, done = $9,
       seen = $10, batch = $11 where load_id = $1`,
    [
      load,
      stand.rows,
      stand.added,
      stand.changed,
      stand.unchanged,
      stand.rejected,
      JSON.stringify(stand.position),
      stand.mark,
      stand.done,
      stand.seen,
      stand.batch,
    ],
  );
}

export async function endLoad(
  client: PoolClient,
  load: string,
  end: { readonly at: Instant; readonly status: 'finished' | 'failed'; readonly gone: number; readonly trouble: Trouble | null },
): Promise<void> {
  await client.query(
    `update source_load set status = $2, ended_at = $3, gone = $4, trouble = $5, done = case when $2 = 'finished' then 1 else done end
     where load_id = $1`,
    [load, end.status, end.at, end.gone, end.trouble],
  );
}

/** A load that was killed and will not go on: the file or the configuration is another one. */
export async function abandonLoads(client: PoolClient, source: string, at: Instant): Promise<void> {
  await client.query(`update source_load set status = 'failed', ended_at = $2 where source = $1 and status = 'running'`, [
    source,
    at,
  ]);
}

export type StoredRejection = Rejection & { readonly seq: number };

/** Rejected rows of a load in their order, a page at a time. */
export async function listRejections(
  at: Pick<PoolClient, 'query'>,
  load: string,
  { after, most }: { readonly after: number; readonly most: number },
): Promise<readonly StoredRejection[]> {
  const { rows } = await at.query<StoredRejection>(
    `select seq, place, field, code, facts, raw from source_rejection where load_id = $1 and seq > $2 order by seq limit $3`,
    [load, after, most],
  );
  return rows;
}
