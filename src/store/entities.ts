// What stands of each entity: its one view, the keys that find it, the fields on which sources differ, and the registers that services read.
// Written for the entities of a batch, which are replaced whole; never holds what no record says.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Claim, Fields, GoldenView, Kind, RecordId } from '#registry/types.ts';

export type HeldRow = {
  readonly id: RecordId;
  readonly source: string;
  readonly key: string;
  readonly kind: Kind;
  readonly asOf: Instant;
  readonly fields: Fields;
  /** What it said before, newest first. */
  readonly before: readonly { readonly asOf: Instant; readonly fields: Fields }[];
};

const BEFORE = `array(select jsonb_build_object('asOf', b.as_of, 'fields', b.fields) from source_record_before b
  where b.source = r.source and b.key = r.key order by b.replaced_at desc limit 50)`;

/** What records say and said: those that their source still has. */
export async function listHeld(client: PoolClient, numbers: readonly number[]): Promise<readonly HeldRow[]> {
  const { rows } = await client.query<HeldRow>({
    name: 'list-held',
    text: `select source || '/' || key as id, source, key, kind, as_of as "asOf", fields, ${BEFORE} as before
      from source_record r where number = any ($1::bigint[]) and gone_at is null`,
    values: [numbers],
  });
  return rows.map((row) => ({ ...row, before: row.before.map(({ asOf, fields }) => ({ asOf: utc(asOf), fields })) }));
}

/** JSON has PostgreSQL's own spelling of an instant. */
function utc(text: string): Instant {
  return new Date(text).toISOString() as Instant;
}

export type ViewRow = {
  readonly entity: RecordId;
  readonly kind: Kind;
  readonly number: number;
  readonly policy: string;
  readonly torn: string | null;
  readonly view: GoldenView;
};
export type KeyRow = {
  readonly field: string;
  readonly value: string;
  readonly entity: RecordId;
  readonly kind: Kind;
  readonly stands: boolean;
};
export type ConflictRow = {
  readonly entity: RecordId;
  readonly field: string;
  readonly source: string;
  readonly kind: Kind;
  readonly rule: string;
  readonly stands: boolean;
  readonly body: ConflictBody;
};
export type ConflictBody = {
  readonly number: number;
  /** Whose data these are: national and legal ids. */
  readonly subjects: readonly string[];
  readonly stands: Claim;
  readonly against: readonly Claim[];
};

export type Replaced = {
  readonly entities: readonly RecordId[];
  readonly views: readonly ViewRow[];
  readonly keys: readonly KeyRow[];
  readonly conflicts: readonly ConflictRow[];
};

/** Replaces all that stands of the entities. Gives the keys that stood before, for the registers they may have been in. */
export async function replaceEntities(
  client: PoolClient,
  { entities, views, keys, conflicts }: Replaced,
): Promise<readonly KeyRow[]> {
  const of = [entities];
  const kept = new Set(views.map(({ entity }) => entity));
  await client.query({
    name: 'drop-views',
    text: `delete from entity_view where entity = any ($1::text[])`,
    values: [entities.filter((entity) => !kept.has(entity))],
  });
  const { rows } = await client.query<KeyRow>({
    name: 'drop-keys',
    text: `delete from entity_key where entity = any ($1::text[]) returning field, value, entity, kind, stands`,
    values: of,
  });
  await client.query({ name: 'drop-conflicts', text: `delete from entity_conflict where entity = any ($1::text[])`, values: of });
  await client.query({
    name: 'write-views',
    text: `insert into entity_view (entity, kind, number, policy, torn, view)
      select entity, kind, number, policy, torn, view
      from jsonb_to_recordset($1::jsonb) as v (entity text, kind text, number bigint, policy text, torn text, view jsonb)
      on conflict (entity) do update set number = excluded.number, policy = excluded.policy, torn = excluded.torn, view = excluded.view`,
    values: [JSON.stringify(views)],
  });
  await client.query({
    name: 'write-keys',
    text: `insert into entity_key (field, value, entity, kind, stands)
      select field, value, entity, kind, stands
      from jsonb_to_recordset($1::jsonb) as k (field text, value text, entity text, kind text, stands boolean)`,
    values: [JSON.stringify(keys)],
  });
  if (conflicts.length > 0)
    await client.query({
      name: 'write-conflicts',
      text: `insert into entity_conflict (entity, field, source, kind, rule, stands, body)
        select entity, field, source, kind, rule, stands, body
        from jsonb_to_recordset($1::jsonb) as c (entity text, field text, source text, kind text, rule text, stands boolean, body jsonb)`,
      values: [JSON.stringify(conflicts)],
    });
  return rows;
}

/** Of those that a key finds, the eldest holds it in the register: one key, one record. */
export async function listKeyHolders(
  client: PoolClient,
  kind: Kind,
  keys: readonly { readonly field: string; readonly value: string }[],
): Promise<readonly { readonly field: string; readonly value: string; readonly entity: RecordId }[]> {
  const { rows } = await client.query<{ field: string; value: string; entity: RecordId }>({
    name: 'list-key-holders',
    text: `select w.field, w.value, h.entity from jsonb_to_recordset($2::jsonb) as w (field text, value text)
      cross join lateral (select k.entity from entity_key k join entity_view v using (entity)
        where k.field = w.field and k.value = w.value and k.kind = $1 and k.stands order by v.number limit 1) h`,
    values: [kind, JSON.stringify(keys)],
  });
  return rows;
}

export async function listViews(client: PoolClient, entities: readonly RecordId[]): Promise<readonly ViewRow[]> {
  if (entities.length === 0) return [];
  const { rows } = await client.query<ViewRow>({
    name: 'list-views',
    text: `select entity, kind, number, policy, torn, view from entity_view where entity = any ($1::text[])`,
    values: [entities],
  });
  return rows;
}

export type RegisterRow = {
  readonly key: string;
  readonly entity: RecordId;
  readonly body: JsonObject;
  readonly source: string;
  readonly asOf: Instant;
  readonly provenance: JsonObject;
};

/** The register of a kind, as services read it: `gone` are keys that no entity holds any more. */
export async function changeRegister(
  client: PoolClient,
  register: Kind,
  rows: readonly RegisterRow[],
  gone: readonly string[],
): Promise<void> {
  if (gone.length > 0)
    await client.query({
      name: 'drop-register-records',
      text: `delete from register_record where register = $1 and key = any ($2::text[]) and entity is not null`,
      values: [register, gone],
    });
  await client.query({
    name: 'write-register-records',
    text: `insert into register_record as r (register, key, entity, body, source, as_of, provenance)
      select $1, key, entity, body, source, "asOf", provenance
      from jsonb_to_recordset($2::jsonb) as w (key text, entity text, body jsonb, source text, "asOf" timestamptz, provenance jsonb)
      on conflict (register, key) do update set entity = excluded.entity, body = excluded.body, source = excluded.source,
        as_of = excluded.as_of, provenance = excluded.provenance
      where (r.entity, r.body, r.source, r.as_of, r.provenance) is distinct from
        (excluded.entity, excluded.body, excluded.source, excluded.as_of, excluded.provenance)`,
    values: [register, JSON.stringify(rows)],
  });
}

/** Entities whose fields were decided under other rules, a few at a time. */
export async function listStaleEntities(
  client: Pool | PoolClient,
  kind: Kind,
  policy: string,
  most: number,
): Promise<readonly RecordId[]> {
  const { rows } = await client.query<{ entity: RecordId }>({
    name: 'list-stale',
    text: `(select entity from entity_view where kind = $1 and policy < $2 order by policy, entity limit $3)
      union all (select entity from entity_view where kind = $1 and policy > $2 order by policy, entity limit $3) limit $3`,
    values: [kind, policy, most],
  });
  return rows.map(({ entity }) => entity);
}
