// The linker's tables: records it has not seen as they are now, blocks and names to find what may be one, the log of what was merged and parted.
// Each statement takes a whole batch; none reads more than the batch and what it touches.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Counted } from '#registry/quality.ts';
import type { Fields, Kind, RecordId } from '#registry/types.ts';
import { withTransaction } from './transaction.ts';

/** Advisory lock of whoever changes what is one with what: the linker, or a steward. */
const LINKER_LOCK = 7_210_003;

/**
 * One transaction of one linker. A steward waits for the batch at hand and comes before the next; the matcher itself does not wait, and is told
 * undefined where another works.
 */
export function underLinkerLock<T>(
  pool: Pool,
  patience: 'wait' | 'leave',
  work: (client: PoolClient) => Promise<T>,
): Promise<T | undefined> {
  const lock =
    patience === 'wait' ? 'select true as ours from pg_advisory_xact_lock($1)' : 'select pg_try_advisory_xact_lock($1) as ours';
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ ours: boolean }>(lock, [LINKER_LOCK]);
    return rows[0]?.ours === true ? work(client) : undefined;
  });
}

export type TakenRow = {
  readonly id: RecordId;
  readonly source: string;
  readonly key: string;
  readonly asOf: Instant;
  readonly fields: Fields;
  readonly entity: RecordId;
  readonly isNew: boolean;
  readonly number: number;
  /** As it was last linked; null where it never was, or was gone. */
  readonly form: string | null;
  readonly counted: Counted | null;
  readonly isGone: boolean;
};

/** A kind that has records which the matcher has not seen as they are now. */
export async function findUnlinkedKind(client: PoolClient | Pool, kinds: readonly Kind[]): Promise<Kind | undefined> {
  const { rows } = await client.query<{ kind: Kind }>({
    name: 'unlinked-kind',
    text: `select k.kind from unnest($1::text[]) as k (kind) where exists (select 1 from source_record r where r.kind = k.kind and not r.linked) limit 1`,
    values: [kinds],
  });
  return rows[0]?.kind;
}

/** The next of a kind, each with a number; those that a load is writing at this moment are left for the next batch. */
export async function takeUnlinked(client: PoolClient, kind: Kind, most: number): Promise<readonly TakenRow[]> {
  const { rows } = await client.query<TakenRow>({
    name: 'take-unlinked',
    text: `with taken as materialized (
        select source, key from source_record where kind = $1 and not linked order by source, key limit $2 for update skip locked)
      select r.source || '/' || r.key as id, r.source, r.key, as_of as "asOf", fields, entity,
        r.number is null as "isNew", coalesce(r.number, nextval('linkage_number')) as number, form, counted, gone_at is not null as "isGone"
      from taken join source_record r using (source, key) order by number`,
    values: [kind, most],
  });
  return rows;
}

export type BlockRow = { readonly pass: number; readonly block: string; readonly record: number };

export async function changeBlocks(
  client: PoolClient,
  kind: Kind,
  gone: readonly BlockRow[],
  come: readonly BlockRow[],
): Promise<void> {
  if (gone.length > 0)
    await client.query(
      `delete from linkage_block b using jsonb_to_recordset($2::jsonb) as g (pass smallint, block text, record bigint)
       where b.kind = $1 and b.pass = g.pass and b.block = g.block and b.record = g.record`,
      [kind, JSON.stringify(gone)],
    );
  if (come.length > 0)
    await client.query(
      `insert into linkage_block (kind, pass, block, record)
       select $1, pass, block, record from jsonb_to_recordset($2::jsonb) as c (pass smallint, block text, record bigint) on conflict do nothing`,
      [kind, JSON.stringify(come)],
    );
}

/** Blocks with their records, as far as `most` of each: a block of more is told of by its length alone. */
export async function listBlocks(
  client: PoolClient,
  kind: Kind,
  blocks: readonly Omit<BlockRow, 'record'>[],
  most: number,
): Promise<readonly { readonly pass: number; readonly block: string; readonly records: readonly number[] }[]> {
  const { rows } = await client.query<{ pass: number; block: string; records: readonly number[] }>({
    name: 'list-blocks',
    text: `select w.pass, w.block, array(select record from linkage_block b where b.kind = $1 and b.pass = w.pass and b.block = w.block
        order by record limit $3) as records
      from jsonb_to_recordset($2::jsonb) as w (pass smallint, block text)`,
    values: [kind, JSON.stringify(blocks), most],
  });
  return rows;
}

export type FormRow = { readonly id: RecordId; readonly entity: RecordId; readonly number: number; readonly form: string };

export async function listForms(client: PoolClient, numbers: readonly number[]): Promise<readonly FormRow[]> {
  const { rows } = await client.query<FormRow>({
    name: 'list-forms',
    text: `select source || '/' || key as id, entity, number, form from source_record where number = any ($1::bigint[]) and form is not null`,
    values: [numbers],
  });
  return rows;
}

export type NameCount = { readonly field: string; readonly name: string; readonly count: number };

/** Adds to how often names are seen, and to the sums that say how common an average one is. */
export async function addNames(client: PoolClient, kind: Kind, changes: readonly NameCount[]): Promise<void> {
  if (changes.length === 0) return;
  // With the count that it came to be, its square grew by change·(2·count − change).
  await client.query({
    name: 'add-names',
    text: `with change as (select field, name, count from jsonb_to_recordset($2::jsonb) as c (field text, name text, count bigint)),
      counted as (insert into name_count as n (kind, field, name, count) select $1, field, name, count from change order by field, name
        on conflict (kind, field, name) do update set count = n.count + excluded.count returning field, name, count)
      insert into name_total as t (kind, field, total, squares)
      select $1, field, sum(change.count), sum(change.count * (2 * counted.count - change.count)) from change join counted using (field, name) group by field
      on conflict (kind, field) do update set total = t.total + excluded.total, squares = t.squares + excluded.squares`,
    values: [kind, JSON.stringify(changes)],
  });
}

export type NameTotal = { readonly field: string; readonly total: number; readonly squares: number };

/** How common these names are, and all names of the kind. */
export async function listNames(
  client: PoolClient,
  kind: Kind,
  names: readonly Omit<NameCount, 'count'>[],
): Promise<{ readonly counts: readonly NameCount[]; readonly totals: readonly NameTotal[] }> {
  const counts = await client.query<NameCount>({
    name: 'list-names',
    text: `select field, name, count from jsonb_to_recordset($2::jsonb) as w (field text, name text) join name_count n using (field, name) where n.kind = $1`,
    values: [kind, JSON.stringify(names)],
  });
  const totals = await client.query<NameTotal>({
    name: 'list-name-totals',
    text: `select field, total, squares::float8 as squares from name_total where kind = $1`,
    values: [kind],
  });
  return { counts: counts.rows, totals: totals.rows };
}

export type LinkedRow = {
  readonly source: string;
  readonly key: string;
  readonly entity: string;
  readonly number: number;
  readonly form: string | null;
  readonly counted: Counted | null;
};

/** What a batch made of its records. */
export async function writeLinked(client: PoolClient, rows: readonly LinkedRow[]): Promise<void> {
  await client.query({
    name: 'write-linked',
    text: `update source_record r set entity = w.entity, number = w.number, form = w.form, counted = w.counted, linked = true
      from jsonb_to_recordset($1::jsonb) as w (source text, key text, entity text, number bigint, form text, counted jsonb)
      where r.source = w.source and r.key = w.key`,
    values: [JSON.stringify(rows)],
  });
}

/** Records that came into another group. */
export async function moveRecords(
  client: PoolClient,
  moved: readonly { readonly number: number; readonly entity: string }[],
): Promise<void> {
  if (moved.length === 0) return;
  await client.query({
    name: 'move-records',
    text: `update source_record r set entity = m.entity from jsonb_to_recordset($1::jsonb) as m (number bigint, entity text) where r.number = m.number`,
    values: [JSON.stringify(moved)],
  });
}
