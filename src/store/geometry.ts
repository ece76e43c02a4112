// Ground plans by their register's key, and the layers of the city. A box finds what may be meant; whether it is, registry/plane.ts says.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Text } from '#base/text.ts';
import type { Box, Geometry } from '#registry/geometry.ts';
import type { Feature } from '#registry/near.ts';

export type Plan = {
  readonly key: string;
  readonly geometry: Geometry;
  /** Square metres. */
  readonly area: number;
  readonly box: Box;
  readonly source: string;
  readonly asOf: Instant;
};

const BOX = `box(point(r.east, r.north), point(r.west, r.south))`;

/** Writes ground plans, each over what stood under its key; what is as it was is not written. */
export async function putGeometry(client: Pool | PoolClient, register: string, plans: readonly Plan[]): Promise<void> {
  const rows = plans.map(({ key, geometry, area, box, source, asOf }) => ({ key, body: geometry, area, source, asOf, ...box }));
  await client.query(
    `insert into geometry (register, key, body, area, extent, source, as_of)
     select $1, r.key, r.body, r.area, ${BOX}, r.source, r."asOf"
     from jsonb_to_recordset($2::jsonb) as r (key text, body jsonb, area float8, source text, "asOf" timestamptz,
       west float8, south float8, east float8, north float8)
     on conflict (register, key) do update
       set body = excluded.body, area = excluded.area, extent = excluded.extent, source = excluded.source, as_of = excluded.as_of
       where geometry.body is distinct from excluded.body`,
    [register, JSON.stringify(rows)],
  );
}

/** Those under keys that no entity holds any more. */
export async function dropGeometry(client: Pool | PoolClient, register: string, keys: readonly string[]): Promise<void> {
  await client.query(`delete from geometry where register = $1 and key = any ($2::text[])`, [register, keys]);
}

export type StoredPlan = { readonly geometry: Geometry; readonly area: number };

export async function findGeometry(pool: Pool, register: string, key: string): Promise<StoredPlan | undefined> {
  const result = await pool.query<StoredPlan>({
    name: 'find-geometry',
    text: `select body as geometry, area from geometry where register = $1 and key = $2`,
    values: [register, key],
  });
  return result.rows[0];
}

/** Ground plans of a register whose boxes meet a box, by their keys. */
export async function listGeometries(
  pool: Pool,
  { register, box, most }: { readonly register: string; readonly box: Box; readonly most: number },
): Promise<readonly { readonly key: string; readonly geometry: Geometry }[]> {
  const result = await pool.query<{ key: string; geometry: Geometry }>({
    name: 'list-geometries',
    text: `select key, body as geometry from geometries_in($1, box(point($2::float8, $3::float8), point($4::float8, $5::float8)), $6)`,
    values: [register, box.east, box.north, box.west, box.south, most],
  });
  return result.rows;
}

/** Features of the layers named whose boxes meet a box. */
export async function listFeatures(pool: Pool, layers: readonly string[], box: Box): Promise<readonly Feature[]> {
  const result = await pool.query<{ layer: string; id: string; body: Omit<Feature, 'layer' | 'id'> }>({
    name: 'list-features',
    text: `select layer, id, body from layer_feature
      where extent && box(point($2::float8, $3::float8), point($4::float8, $5::float8)) and layer = any ($1::text[]) order by layer, id`,
    values: [layers, box.east, box.north, box.west, box.south],
  });
  return result.rows.map(({ layer, id, body }) => ({ ...body, layer, id }));
}

export async function listLayerTitles(pool: Pool): Promise<ReadonlyMap<string, Text>> {
  const result = await pool.query<{ layer: string; fa: string; en: string }>(
    `select layer, title_fa as fa, title_en as en from layer order by layer`,
  );
  return new Map(result.rows.map(({ layer, fa, en }) => [layer, { fa, en }]));
}

export type Layer = {
  readonly id: string;
  readonly title: Text;
  readonly legal: Text;
  readonly features: readonly (Feature & { readonly box: Box })[];
};

/** Runs as the migrator. A layer is published whole: what it no longer has is gone. */
export async function publishLayer(pool: Pool, { id, title, legal, features }: Layer): Promise<void> {
  const rows = features.map(({ id: feature, kind, name, strip, geometry, box }) => ({
    id: feature,
    body: { kind, name, strip, geometry },
    ...box,
  }));
  await pool.query(
    `with named as (
       insert into layer (layer, title_fa, title_en, legal_fa, legal_en) values ($1, $2, $3, $4, $5)
       on conflict (layer) do update set title_fa = excluded.title_fa, title_en = excluded.title_en,
         legal_fa = excluded.legal_fa, legal_en = excluded.legal_en),
     gone as (
       delete from layer_feature where layer = $1 and not (id in (select f->>'id' from jsonb_array_elements($6::jsonb) f)))
     insert into layer_feature (layer, id, body, extent)
     select $1, r.id, r.body, ${BOX}
     from jsonb_to_recordset($6::jsonb) as r (id text, body jsonb, west float8, south float8, east float8, north float8)
     on conflict (layer, id) do update set body = excluded.body, extent = excluded.extent`,
    [id, title.fa, title.en, legal.fa, legal.en, JSON.stringify(rows)],
  );
}
