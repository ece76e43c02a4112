// Sources as published, and how their loads went: numbers and places, never a row.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { SourceConfig } from '#registry/source.ts';

type Client = Pick<PoolClient, 'query'>;

export type LoadMode = 'full' | 'incremental' | 'mended';
export type LoadCounts = {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly gone: number;
};
export type Trouble = { readonly code: string; readonly facts: JsonObject };
export type StoredLoad = LoadCounts & {
  readonly load: string;
  readonly source: string;
  readonly mode: LoadMode;
  readonly status: 'running' | 'finished' | 'failed';
  readonly config: string;
  readonly by: string;
  readonly began: Instant;
  readonly ended: Instant | null;
  readonly done: number | null;
  readonly isFirst: boolean;
  readonly seen: number;
  readonly batch: number;
  readonly position: JsonObject | null;
  readonly mark: string | null;
  readonly extra: readonly string[];
  readonly trouble: Trouble | null;
};

const LOAD = `load_id as load, source, mode, status, config, began_by as by, began_at as began, ended_at as ended, done,
  rows_read as rows, added, changed, unchanged, rejected, gone, is_first as "isFirst", seen, batch, position, mark, extra, trouble`;

/** Nothing is written where it says the same. */
export async function publishSource(at: Client, config: SourceConfig, now: Instant): Promise<void> {
  await at.query(
    `insert into source (source, kind, owner, body, published_at) values ($1, $2, $3, $4, $5)
     on conflict (source) do update set kind = excluded.kind, owner = excluded.owner, body = excluded.body, published_at = excluded.published_at
     where source.body <> excluded.body`,
    [config.id, config.kind, config.owner, JSON.stringify(config), now],
  );
}

export async function findSource(at: Client, source: string): Promise<SourceConfig | undefined> {
  const { rows } = await at.query<{ body: SourceConfig }>(`select body from source where source = $1`, [source]);
  return rows[0]?.body;
}

/** The loads of one source, newest first. */
export async function listLoads(at: Client, source: string, most: number): Promise<readonly StoredLoad[]> {
  const { rows } = await at.query<StoredLoad>(
    `select ${LOAD} from source_load where source = $1 order by began_at desc, load_id desc limit $2`,
    [source, most],
  );
  return rows;
}

export async function findLoad(at: Client, load: string): Promise<StoredLoad | undefined> {
  const { rows } = await at.query<StoredLoad>(`select ${LOAD} from source_load where load_id = $1`, [load]);
  return rows[0];
}

/** The newest mark that a finished load saw: an increment begins there. */
export async function lastMark(at: Client, source: string): Promise<string | undefined> {
  const { rows } = await at.query<{ mark: string }>(
    `select mark from source_load where source = $1 and status = 'finished' and mark is not null order by began_at desc, load_id desc limit 1`,
    [source],
  );
  return rows[0]?.mark;
}

export type SourceSummary = {
  readonly config: SourceConfig;
  readonly records: number;
  readonly fresh: number;
  readonly last: StoredLoad | null;
  /** Some process is at it now. */
  readonly isAlive: boolean;
};

/** Each source, or one, with how many records it has, how many are fresh, and its last load. */
export async function listSources(pool: Client, now: Instant, source?: string): Promise<readonly SourceSummary[]> {
  const { rows } = await pool.query<Omit<SourceSummary, 'last'>>(
    `select s.body as config, r.records, r.fresh,
       exists (select from pg_locks where locktype = 'advisory' and classid = $2 and objid::bigint = hashtext(s.source)::bigint & 4294967295
           and objsubid = 2 and granted and database = (select oid from pg_database where datname = current_database())) as "isAlive"
     from source s
     cross join lateral (select count(*)::int as records,
         count(*) filter (where as_of >= $1::timestamptz - (s.body->>'freshDays')::float8 * interval '1 day')::int as fresh
       from source_record where source_record.source = s.source and gone_at is null) r
     where $3::text is null or s.source = $3
     order by s.source`,
    [now, LOCK, source ?? null],
  );
  const { rows: loads } = await pool.query<StoredLoad>(
    `select distinct on (source) ${LOAD} from source_load order by source, began_at desc, load_id desc`,
  );
  const last = new Map(loads.map((one) => [one.source, one]));
  return rows.map((one) => ({ ...one, last: last.get(one.config.id) ?? null }));
}

const LOCK = 7_210_004;

/** One load of a source at a time, for as long as this connection lives: a killed one leaves no lock behind. */
export async function lockSource(client: Client, source: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock($1, hashtext($2)) as locked`, [
    LOCK,
    source,
  ]);
  return rows[0]?.locked === true;
}

export async function unlockSource(client: Client, source: string): Promise<void> {
  await client.query(`select pg_advisory_unlock($1, hashtext($2))`, [LOCK, source]);
}
