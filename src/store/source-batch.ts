// A batch of a load: rows through COPY into a staging table of this connection, then one set-based merge; position and counts in the same
// transaction. A rehearsal does the same against temporary tables on a connection that PostgreSQL itself lets write nothing.
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Instant } from '#base/instant.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { LoadMode } from './sources.ts';

export type StagedRow = { readonly at: number; readonly key: string; readonly asOf: Instant; readonly fields: string };
/** A row that was rejected but whose key is known: the source still has it. */
export type KeptKey = { readonly at: number; readonly key: string };
export type Batch = {
  readonly source: Pick<SourceConfig, 'id' | 'kind'>;
  readonly load: string;
  readonly mode: LoadMode;
  readonly isRehearsal: boolean;
  /** The source had no record before this load. */
  readonly isFirst: boolean;
  readonly number: number;
  readonly now: Instant;
  /** Each key once. */
  readonly rows: readonly StagedRow[];
  readonly kept: readonly KeptKey[];
};
export type Merged = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows whose key an earlier batch of this full load had. */
  readonly repeated: readonly number[];
  /** Keys that this full load met for the first time. */
  readonly marked: number;
};

/** The staging tables of a connection. A rehearsal's connection is read-only from here on. */
export async function prepareStaging(client: PoolClient, isRehearsal: boolean): Promise<void> {
  await client.query(
    `create temp table if not exists staged (at bigint not null, key text not null, as_of timestamptz, fields jsonb) on commit delete rows`,
  );
  if (!isRehearsal) {
    await client.query(
      `create temp table if not exists changing (key text primary key, as_of timestamptz, fields jsonb, held jsonb, held_as_of timestamptz)
       on commit delete rows`,
    );
    return;
  }
  await client.query(`create temp table rehearsed (key text primary key, batch int not null, as_of timestamptz, fields jsonb)`);
  await client.query(`set session characteristics as transaction read only`);
}

/** The connection as it was. */
export async function endStaging(client: PoolClient): Promise<void> {
  await client.query(`set session characteristics as transaction read write`);
  await client.query(`drop table if exists staged, changing, rehearsed`);
}

/**
 * Inside a transaction of the caller's. Every row is looked up by its key, in subqueries that the planner cannot turn round: it has never counted
 * a staging table, and once chose to walk ten thousand rows for each of ten thousand.
 */
export async function mergeBatch(client: PoolClient, batch: Batch): Promise<Merged> {
  const { source, load, now, number, isRehearsal, isFirst } = batch;
  await stage(client, batch);
  const seen = batch.mode === 'full' && !isFirst ? await markSeen(client, batch) : { repeated: [], marked: 0 };
  const { rows } = await client.query<Counted>(
    isRehearsal ? REHEARSE : JUDGE,
    isRehearsal ? [source.id, number] : [source.id, source.kind, load, isFirst],
  );
  const { added = 0, changed = 0, unchanged = 0, moved = 0, again } = rows[0] ?? {};
  if (moved > 0) {
    await client.query(KEEP_BEFORE, [source.id, now]);
    await client.query(CHANGE, [source.id, load]);
  }
  return { added, changed, unchanged, repeated: again?.map(Number) ?? seen.repeated, marked: seen.marked };
}

type Counted = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly moved: number;
  /** Rows of a first load whose key it has written before. */
  readonly again?: readonly (number | string)[] | null;
};

/** Text of COPY: a backslash, tab or line end inside a value is escaped. */
function copyText(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (one) => (one === '\\' ? '\\\\' : one === '\t' ? '\\t' : one === '\n' ? '\\n' : '\\r'))
    : text;
}

/** In one piece: while the next batch is read, every piece would wait for its turn. */
async function stage(client: PoolClient, { rows, kept }: Batch): Promise<void> {
  const stream = client.query(copyFrom(`copy staged (at, key, as_of, fields) from stdin`));
  const done = new Promise<void>((finish, fail) => stream.on('finish', finish).on('error', fail));
  let lines = '';
  for (const { at, key, asOf, fields } of rows) lines += `${at}\t${copyText(key)}\t${asOf}\t${copyText(fields)}\n`;
  for (const { at, key } of kept) lines += `${at}\t${copyText(key)}\t\\N\t\\N\n`;
  stream.end(lines);
  await done;
}

/** Remembers the keys of a batch; what an earlier one had is taken out of the staging table again and told. */
async function markSeen(
  client: PoolClient,
  { source, isRehearsal, number, rows, kept }: Batch,
): Promise<Pick<Merged, 'repeated' | 'marked'>> {
  const marked = isRehearsal
    ? await client.query(`insert into rehearsed (key, batch) select key, $1 from staged on conflict do nothing`, [number])
    : await client.query(`insert into source_seen (source, key, batch) select $1, key, $2 from staged on conflict do nothing`, [
        source.id,
        number,
      ]);
  const count = marked.rowCount ?? 0;
  if (count === rows.length + kept.length) return { repeated: [], marked: count };
  const repeated = isRehearsal
    ? await client.query<{ at: number; real: boolean }>(
        `delete from staged s where (select e.batch from rehearsed e where e.key = s.key) <> $1 returning at, fields is not null as real`,
        [number],
      )
    : await client.query<{ at: number; real: boolean }>(
        `delete from staged s where (select e.batch from source_seen e where e.source = $1 and e.key = s.key) <> $2
         returning at, fields is not null as real`,
        [source.id, number],
      );
  return { repeated: repeated.rows.filter((one) => one.real).map((one) => Number(one.at)), marked: count };
}

/** What is new is written at once; what differs, or holds of another day, is laid out for the next two statements. */
const JUDGE = `with judged as materialized (
    select s.at, s.key, s.as_of, s.fields, r.fields is null as is_new, r.fields is distinct from s.fields or r.gone_at is not null as differs,
      r.fields as held, r.as_of as held_as_of
    from staged s left join lateral (
      select fields, as_of, gone_at from source_record where source = $1 and key = s.key offset 0) r on true
    where s.fields is not null
  ), added as (
    insert into source_record (source, key, kind, as_of, fields, load_id, entity)
    select $1, key, $2, as_of, fields, $3, $1 || '/' || key from judged where is_new
  ), moved as (
    insert into changing select key, as_of, fields, held, held_as_of from judged
    where not $4 and not is_new and (differs or as_of <> held_as_of)
  ) select count(*) filter (where is_new)::int as added, count(*) filter (where not $4 and not is_new and differs)::int as changed,
    count(*) filter (where not $4 and not is_new and not differs)::int as unchanged,
    count(*) filter (where not $4 and not is_new and (differs or as_of <> held_as_of))::int as moved,
    array_agg(at) filter (where $4 and not is_new) as again from judged`;

const KEEP_BEFORE = `insert into source_record_before (source, key, replaced_at, as_of, fields)
  select $1, key, $2, held_as_of, held from changing where held <> fields on conflict do nothing`;

/** Whatever is written is new to the matcher. One that a newer day confirms says what it said, and has no history of it. */
const CHANGE = `update source_record r set (as_of, fields) = (select c.as_of, c.fields from changing c where c.key = r.key),
    load_id = $2, linked = false, gone_at = null
  where source = $1 and key = any (array(select key from changing))`;

/** What the batches before would have written is looked at first. */
const REHEARSE = `with judged as materialized (
    select s.key, s.as_of, s.fields, r.fields is null and e.fields is null as is_new,
      case when e.fields is null then r.fields is distinct from s.fields or r.gone_at is not null else e.fields <> s.fields end as differs
    from staged s
      left join lateral (select fields from rehearsed where key = s.key offset 0) e on true
      left join lateral (select fields, gone_at from source_record where source = $1 and key = s.key offset 0) r on true
    where s.fields is not null
  ), kept as (
    insert into rehearsed (key, batch, as_of, fields) select key, $2, as_of, fields from judged
    on conflict (key) do update set batch = excluded.batch, as_of = excluded.as_of, fields = excluded.fields
  ) select count(*) filter (where is_new)::int as added, count(*) filter (where not is_new and differs)::int as changed,
    count(*) filter (where not is_new and not differs)::int as unchanged, 0 as moved from judged`;

export async function hasRecords(client: PoolClient, source: string): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(`select exists (select from source_record where source = $1) as has`, [
    source,
  ]);
  return rows[0]?.has === true;
}

export async function countSeen(client: PoolClient, source: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from source_seen where source = $1`, [source]);
  return rows[0]?.n ?? 0;
}

export async function forgetSeen(client: PoolClient, source: string): Promise<void> {
  await client.query(`set local statement_timeout = 0`);
  await client.query(`delete from source_seen where source = $1`, [source]);
}

const UNSEEN = (isRehearsal: boolean): string =>
  isRehearsal
    ? `r.source = $1 and r.gone_at is null and not exists (select from rehearsed s where s.key = r.key)`
    : `r.source = $1 and r.gone_at is null and not exists (select from source_seen s where s.source = $1 and s.key = r.key)`;

/** Records that a source has. */
export async function countHeld(client: PoolClient, source: string): Promise<number> {
  await client.query(`set local statement_timeout = 0`);
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from source_record where source = $1 and gone_at is null`,
    [source],
  );
  return rows[0]?.n ?? 0;
}

/** How many records a full load did not meet. */
export async function countUnseen(client: PoolClient, source: string, isRehearsal: boolean): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from source_record r where ${UNSEEN(isRehearsal)}`,
    [source],
  );
  return rows[0]?.n ?? 0;
}

export async function markGone(client: PoolClient, source: string, at: Instant): Promise<void> {
  await client.query(`update source_record r set gone_at = $2, linked = false where ${UNSEEN(false)}`, [source, at]);
}
