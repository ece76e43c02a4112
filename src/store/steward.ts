// What a steward reads to decide which records are one: the records at hand, the doubts that stand open, groups that a source tore.
// Lists run inside readAs: only stewards see a row.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Kind, RecordId } from '#registry/types.ts';
import type { DoubtRow } from './linkage-log.ts';

export type NumberedRow = { readonly id: RecordId; readonly entity: RecordId; readonly kind: Kind; readonly number: number };

/** The records of these numbers, in no order; those that are none are missing. */
export async function listNumbered(client: Pool | PoolClient, numbers: readonly number[]): Promise<readonly NumberedRow[]> {
  const { rows } = await client.query<NumberedRow>({
    name: 'list-numbered',
    text: `select source || '/' || key as id, entity, kind, number from source_record where number = any ($1::bigint[])`,
    values: [numbers],
  });
  return rows;
}

/** The record of this name. */
export async function findNumbered(client: Pool | PoolClient, record: RecordId): Promise<NumberedRow | undefined> {
  const slash = record.indexOf('/');
  const { rows } = await client.query<NumberedRow>({
    name: 'find-numbered',
    text: `select source || '/' || key as id, entity, kind, number from source_record where source = $1 and key = $2 and number is not null`,
    values: [record.slice(0, slash), record.slice(slash + 1)],
  });
  return rows[0];
}

export async function findMerge(
  client: Pool | PoolClient,
  merge: string,
): Promise<{ readonly one: RecordId; readonly other: RecordId } | undefined> {
  const { rows } = await client.query<{ one: RecordId; other: RecordId }>(
    `select one, other from linkage_merge where merge = $1`,
    [merge],
  );
  return rows[0];
}

/** Whether any of these entities is a person, or what they own or manage. */
export async function areOwn(client: PoolClient, person: string, entities: readonly RecordId[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from entity_key k join person p on p.national_id = k.value where p.person_id = $1 and k.entity = any ($2::text[]) limit 1`,
    [person, entities],
  );
  return rowCount === 1;
}

export type OpenDoubt = Pick<DoubtRow, 'score' | 'why' | 'foundAt' | 'kind' | 'one' | 'other'> & {
  readonly numbers: readonly [number, number];
};

export type DoubtPage = {
  readonly kind: Kind;
  readonly most: number;
  readonly after?: { readonly score: number; readonly one: string; readonly other: string } | undefined;
};

/** Surest first. */
export async function listOpenDoubts(client: PoolClient, { kind, most, after }: DoubtPage): Promise<readonly OpenDoubt[]> {
  const { rows } = await client.query<Omit<OpenDoubt, 'numbers'>>(
    `select one, other, kind, score, why, found_at as "foundAt" from linkage_doubt
     where is_open and kind = $1 ${after ? 'and score <= $3 and (score < $3 or (one, other) > ($4, $5))' : ''}
     order by score desc, one, other limit $2`,
    after ? [kind, most, after.score, after.one, after.other] : [kind, most],
  );
  const numbers = await numbersOf(
    client,
    rows.flatMap(({ one, other }) => [one, other]),
  );
  return rows.map((row) => ({ ...row, numbers: [numbers.get(row.one) ?? 0, numbers.get(row.other) ?? 0] }));
}

/** Parted here, for rights leave an index only what cannot leak a row. */
async function numbersOf(client: PoolClient, records: readonly RecordId[]): Promise<ReadonlyMap<RecordId, number>> {
  const parts = records.map((record) => [record.slice(0, record.indexOf('/')), record.slice(record.indexOf('/') + 1)]);
  const { rows } = await client.query<{ id: RecordId; number: number }>(
    `select source || '/' || key as id, number from unnest($1::text[], $2::text[]) as w (source, key) join source_record using (source, key)`,
    [parts.map(([source]) => source), parts.map(([, key]) => key)],
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** How many doubts stand open of each kind, and how many groups are torn; no more than a thousand are counted. */
export async function countOpen(
  client: PoolClient,
): Promise<readonly { readonly kind: Kind; readonly doubts: number; readonly torn: number }[]> {
  const { rows } = await client.query<{ kind: Kind; doubts: number; torn: number }>(
    `select k.kind, (select count(*)::int from (select 1 from linkage_doubt where is_open and kind = k.kind limit 1000) d) as doubts,
       (select count(*)::int from (select 1 from entity_view where torn is not null and kind = k.kind limit 1000) t) as torn
     from unnest(array['person', 'business', 'property', 'engineer', 'vehicle']) as k (kind)`,
  );
  return rows;
}

export type TornRow = { readonly entity: RecordId; readonly number: number; readonly field: string; readonly kind: Kind };

export async function listTorn(client: PoolClient, kind: Kind, most: number): Promise<readonly TornRow[]> {
  const { rows } = await client.query<TornRow>(
    `select entity, number, torn as field, kind from entity_view where torn is not null and kind = $1 order by entity limit $2`,
    [kind, most],
  );
  return rows;
}

export type LinkageStep = {
  readonly type: string;
  readonly one: RecordId;
  readonly other: RecordId | null;
  readonly by: string;
  readonly at: Instant;
  readonly data: { readonly merge?: string; readonly reason?: string; readonly score?: number };
};

/** What was merged, parted and kept apart of these records, latest first. */
export async function listSteps(client: PoolClient, records: readonly RecordId[], most: number): Promise<readonly LinkageStep[]> {
  const { rows } = await client.query<LinkageStep>({
    name: 'linkage-steps',
    text: `select type, one, other, by, at, data from (
        select seq, type, one, other, by, at, data from linkage_event where one = any ($1::text[]) and other is not null
        union select seq, type, one, other, by, at, data from linkage_event where other = any ($1::text[])) e
      order by seq desc limit $2`,
    values: [records, most],
  });
  return rows;
}
