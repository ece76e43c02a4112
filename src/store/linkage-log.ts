// The log of linkage and what stands of it: groups with their merges, pairs that people keep apart, doubts for the steward.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { LinkageEvent, MergeId } from '#registry/linkage.ts';
import type { Kind, RecordId } from '#registry/types.ts';

type Recorded = LinkageEvent & { readonly kind: Kind };

/** Appends to the log and keeps the tables of standing merges and pairs kept apart in step with it. */
export async function appendLinkage(client: PoolClient, events: readonly Recorded[], key?: string): Promise<void> {
  if (events.length === 0) return;
  await client.query({
    name: 'append-linkage',
    text: `insert into linkage_event (kind, type, one, other, by, at, data, key)
      select kind, type, one, other, by, at, data, key
      from jsonb_to_recordset($1::jsonb) as e (kind text, type text, one text, other text, by text, at timestamptz, data jsonb, key text)`,
    values: [JSON.stringify(events.map((event, at) => eventRow(event, at === 0 ? key : undefined)))],
  });
  const merged = events.flatMap((one) => (one.type === 'RecordsMerged' ? [one] : []));
  if (merged.length > 0)
    await client.query({
      name: 'add-merges',
      text: `insert into linkage_merge (merge, one, other, by, score)
        select merge, one, other, by, score from jsonb_to_recordset($1::jsonb) as m (merge text, one text, other text, by text, score float8)`,
      values: [JSON.stringify(merged.map(({ merge, pair, by, score }) => ({ merge, one: pair[0], other: pair[1], by, score })))],
    });
  const parted = events.flatMap((one) => (one.type === 'RecordsParted' ? [one] : []));
  if (parted.length > 0)
    await client.query(`delete from linkage_merge where merge = any ($1::text[])`, [parted.map(({ merge }) => merge)]);
  const apart = events.flatMap((one) => (one.type === 'RecordsParted' || one.type === 'PairKeptApart' ? [one.pair] : []));
  if (apart.length > 0)
    await client.query(
      `insert into linkage_apart (one, other) select one, other from jsonb_to_recordset($1::jsonb) as a (one text, other text) on conflict do nothing`,
      [JSON.stringify(apart.map(inOrder))],
    );
}

function eventRow(event: Recorded, key: string | undefined): object {
  const { type, kind, by, at, ...data } = event;
  const [one, other = null] = 'pair' in data ? data.pair : [data.record];
  return { kind, type, one, other, by, at, data, key: key ?? null };
}

/** The lesser name first. */
export function inOrder([one, other]: readonly [RecordId, RecordId]): { readonly one: RecordId; readonly other: RecordId } {
  return one < other ? { one, other } : { one: other, other: one };
}

/** Whether a form was taken before. */
export async function isKeyTaken(client: PoolClient, key: string): Promise<boolean> {
  const { rowCount } = await client.query(`select 1 from linkage_event where key = $1`, [key]);
  return rowCount === 1;
}

export type MemberRow = {
  readonly id: RecordId;
  readonly entity: RecordId;
  readonly kind: Kind;
  readonly number: number;
  readonly form: string | null;
};
export type MergeRow = {
  readonly merge: MergeId;
  readonly one: RecordId;
  readonly other: RecordId;
  readonly by: string;
  readonly score: number;
};
export type PairRow = { readonly one: RecordId; readonly other: RecordId };

/** The whole groups of these entities. A record that was never linked is in none. */
export async function listGroups(
  client: PoolClient,
  entities: readonly RecordId[],
): Promise<{ readonly members: readonly MemberRow[]; readonly merges: readonly MergeRow[]; readonly apart: readonly PairRow[] }> {
  if (entities.length === 0) return { members: [], merges: [], apart: [] };
  const members = await client.query<MemberRow>({
    name: 'list-members',
    text: `select source || '/' || key as id, entity, kind, number, form from source_record where entity = any ($1::text[]) and number is not null`,
    values: [entities],
  });
  const ids = members.rows.map(({ id }) => id);
  const merges = await client.query<MergeRow>({
    name: 'list-merges',
    text: `select merge, one, other, by, score from linkage_merge where one = any ($1::text[])`,
    values: [ids],
  });
  const apart = await client.query<PairRow>({
    name: 'list-apart',
    text: `select one, other from linkage_apart where one = any ($1::text[]) union select one, other from linkage_apart where other = any ($1::text[])`,
    values: [ids],
  });
  return { members: members.rows, merges: merges.rows, apart: apart.rows };
}

/** Which entity each record is of. */
export async function listEntities(
  client: Pool | PoolClient,
  records: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, RecordId>> {
  const { rows } = await client.query<{ id: RecordId; entity: RecordId }>({
    name: 'list-entities',
    text: `select source || '/' || key as id, entity from unnest($1::text[], $2::text[]) as w (source, key) join source_record using (source, key)`,
    values: [records.map((one) => one.slice(0, one.indexOf('/'))), records.map((one) => one.slice(one.indexOf('/') + 1))],
  });
  return new Map(rows.map(({ id, entity }) => [id, entity]));
}

export type DoubtRow = PairRow & {
  readonly kind: Kind;
  readonly score: number;
  readonly why: 'doubt' | 'keys-differ';
  readonly isOpen: boolean;
  readonly foundAt: Instant;
};

/** All doubts about any of these records. */
export async function listDoubts(client: PoolClient, records: readonly RecordId[]): Promise<readonly DoubtRow[]> {
  const columns = `one, other, kind, score, why, is_open as "isOpen", found_at as "foundAt"`;
  const { rows } = await client.query<DoubtRow>({
    name: 'list-doubts',
    text: `select ${columns} from linkage_doubt where one = any ($1::text[]) union select ${columns} from linkage_doubt where other = any ($1::text[])`,
    values: [records],
  });
  return rows;
}

export async function changeDoubts(client: PoolClient, gone: readonly PairRow[], written: readonly DoubtRow[]): Promise<void> {
  if (gone.length > 0)
    await client.query({
      name: 'drop-doubts',
      text: `delete from linkage_doubt d using jsonb_to_recordset($1::jsonb) as g (one text, other text) where d.one = g.one and d.other = g.other`,
      values: [JSON.stringify(gone)],
    });
  if (written.length > 0)
    await client.query({
      name: 'write-doubts',
      text: `insert into linkage_doubt (one, other, kind, score, why, is_open, found_at)
        select one, other, kind, score, why, "isOpen", "foundAt" from jsonb_to_recordset($1::jsonb)
          as d (one text, other text, kind text, score float8, why text, "isOpen" boolean, "foundAt" timestamptz)
        on conflict (one, other) do update set score = excluded.score, why = excluded.why, is_open = excluded.is_open`,
      values: [JSON.stringify(written)],
    });
}
