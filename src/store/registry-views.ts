// What pages read of the registry: entities by key, one entity with its records and history, what it is tied to, quality and conflicts.
// Runs inside readAs: stewards see entities, those who keep a source its figures and conflicts, infrastructure figures alone.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Figures } from '#registry/quality.ts';
import type { Key } from '#registry/registers.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { Fields, GoldenView, Kind, RecordId } from '#registry/types.ts';
import type { ConflictBody } from './entities.ts';
import type { MergeRow } from './linkage-log.ts';

export type FoundEntity = {
  readonly entity: RecordId;
  readonly number: number;
  readonly kind: Kind;
  readonly field: string;
  readonly value: string;
  /** The key of its own register: a renovation code, a plate; of people none but their number. */
  readonly own: string | null;
  /** Of a property: parcel, building or unit. */
  readonly part: string | null;
  readonly records: number;
};

/** A range of keys: all that begin with `from` and a hyphen. */
export type KeyRange = { readonly field: string; readonly from: string };

/** Entities that these keys find, each once for each key; of one kind where that is said. */
export async function listByKeys(
  client: PoolClient,
  keys: readonly Key[],
  { most, range, kind }: { readonly most: number; readonly range?: KeyRange | undefined; readonly kind?: Kind },
): Promise<readonly FoundEntity[]> {
  // A hyphen is followed by a full stop in the order of bytes.
  const [low, high] = range ? [`${range.from}-`, `${range.from}.`] : [null, null];
  const { rows } = await client.query<FoundEntity>({
    name: 'list-by-keys',
    text: `select k.entity, v.number, k.kind, k.field, k.value, v.view #>> '{fields,part,claim,value}' as part,
        (select value from entity_key o where o.entity = k.entity and o.stands and o.field = any ($5::text[]) order by array_position($5::text[], o.field) limit 1) as own,
        jsonb_array_length(v.view -> 'records') as records
      from (
        (select k.* from jsonb_to_recordset($1::jsonb) as w (field text, value text) join entity_key k using (field, value)
          where $4::text is null or k.kind = $4 order by k.field, k.value, k.entity limit $3)
        union
        (select * from entity_key where field = $2 and value >= $6 and value < $7 order by field, value, entity limit $3)
      ) k join entity_view v using (entity)
      order by k.kind, k.field, k.value, v.number limit $3`,
    values: [JSON.stringify(keys), range?.field ?? null, most, kind ?? null, OWN, low, high],
  });
  return rows;
}

/** Keys that name an entity in its own register, the first that it has. */
const OWN = ['renovationCode', 'plate', 'licence', 'legalId', 'nationalId', 'registrationPlate', 'chassis'];

export type RecordRow = {
  readonly id: RecordId;
  readonly number: number;
  readonly source: string;
  readonly key: string;
  readonly asOf: Instant;
  readonly isGone: boolean;
};

export type EntityRows = {
  readonly entity: RecordId;
  readonly number: number;
  readonly kind: Kind;
  /** Absent where no source has any of its records any more. */
  readonly view: GoldenView | undefined;
  readonly torn: string | null;
  readonly records: readonly RecordRow[];
  readonly merges: readonly MergeRow[];
};

/** Records of an entity that a page shows. */
const MOST_RECORDS = 200;

/** The entity that a record, by its number, is of now. */
export async function findEntity(client: PoolClient, number: number): Promise<EntityRows | undefined> {
  const named = await client.query<{ entity: RecordId; kind: Kind }>(`select entity, kind from source_record where number = $1`, [
    number,
  ]);
  const [head] = named.rows;
  if (!head) return undefined;
  const { entity, kind } = head;
  const views = await client.query<{ view: GoldenView; torn: string | null }>(
    `select view, torn from entity_view where entity = $1`,
    [entity],
  );
  const records = await client.query<RecordRow>(
    `select source || '/' || key as id, number, source, key, as_of as "asOf", gone_at is not null as "isGone" from source_record
     where entity = $1 and number is not null order by number limit $2`,
    [entity, MOST_RECORDS],
  );
  const merges = await client.query<MergeRow>(
    `select merge, one, other, by, score from linkage_merge where one = any ($1::text[]) order by merge limit $2`,
    [records.rows.map(({ id }) => id), MOST_RECORDS],
  );
  return {
    entity,
    kind,
    number: records.rows[0]?.number ?? number,
    view: views.rows[0]?.view,
    torn: views.rows[0]?.torn ?? null,
    records: records.rows,
    merges: merges.rows,
  };
}

export type FullRecord = RecordRow & {
  readonly kind: Kind;
  readonly entity: RecordId;
  readonly fields: Fields;
  readonly form: string | null;
};

export async function listFull(client: PoolClient, numbers: readonly number[]): Promise<readonly FullRecord[]> {
  const { rows } = await client.query<FullRecord>(
    `select source || '/' || key as id, number, source, key, kind, entity, fields, form, as_of as "asOf", gone_at is not null as "isGone"
     from source_record where number = any ($1::bigint[])`,
    [numbers],
  );
  return rows;
}

/** Names of those who acted in the log. */
export async function listPersonNames(
  client: Pool | PoolClient,
  people: readonly string[],
): Promise<ReadonlyMap<string, { readonly fa: string; readonly en: string }>> {
  const { rows } = await client.query<{ id: string; fa: string; en: string }>(
    `select person_id as id, name_fa as fa, name_en as en from person where person_id = any ($1::text[])`,
    [people],
  );
  return new Map(rows.map(({ id, fa, en }) => [id, { fa, en }]));
}

export type DayFigures = { readonly day: string; readonly figures: Figures & { readonly records: number } };
export type SourceQuality = DayFigures & { readonly config: SourceConfig };

/** Each source that the reader may see the figures of, with its latest. */
export async function listQuality(client: PoolClient): Promise<readonly SourceQuality[]> {
  const { rows } = await client.query<SourceQuality>(
    `select s.body as config, d.day::text as day, d.figures from source s
     cross join lateral (select day, figures from quality_day d where d.source = s.source order by day desc limit 1) d order by s.source limit 500`,
  );
  return rows;
}

/** The last days of a source, latest first. */
export async function listDays(client: PoolClient, source: string, most: number): Promise<readonly DayFigures[]> {
  const { rows } = await client.query<DayFigures>(
    `select day::text as day, figures from quality_day where source = $1 order by day desc limit $2`,
    [source, most],
  );
  return rows;
}

export async function listSources(client: Pool | PoolClient): Promise<readonly SourceConfig[]> {
  const { rows } = await client.query<{ body: SourceConfig }>(`select body from source order by source limit 500`);
  return rows.map(({ body }) => body);
}

export type Conflicted = {
  readonly entity: RecordId;
  readonly field: string;
  readonly kind: Kind;
  readonly rule: string;
  readonly body: ConflictBody;
};
export type ConflictPage = {
  readonly kind: Kind;
  readonly field?: string | undefined;
  /** Conflicts that this source is part of; without it, all. */
  readonly source?: string | undefined;
  readonly after?: { readonly field: string; readonly entity: string } | undefined;
  readonly most: number;
};

export async function listConflicts(
  client: PoolClient,
  { kind, field, source, after, most }: ConflictPage,
): Promise<readonly Conflicted[]> {
  const values: unknown[] = [kind, most];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const wheres = ['kind = $1', source === undefined ? 'stands' : `source = ${given(source)}`];
  if (field !== undefined) wheres.push(`field = ${given(field)}`);
  if (after) wheres.push(`(field, entity) > (${given(after.field)}, ${given(after.entity)})`);
  const { rows } = await client.query<Conflicted>(
    `select entity, field, kind, rule, body from entity_conflict where ${wheres.join(' and ')} order by field, entity limit $2`,
    values,
  );
  return rows;
}
