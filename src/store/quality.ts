// How good each source is: sums over its records as matched, its figures day by day; and the rules that decide between sources.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Figures, Tally } from '#registry/quality.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { RulesByKind } from '#registry/rules.ts';

export async function loadTallies(client: PoolClient, sources: readonly string[]): Promise<ReadonlyMap<string, Tally>> {
  const { rows } = await client.query<{ source: string; tally: Tally }>(
    `select source, tally from source_quality where source = any ($1::text[])`,
    [sources],
  );
  return new Map(rows.map(({ source, tally }) => [source, tally]));
}

export type Day = { readonly source: string; readonly tally: Tally; readonly figures: Figures };

/** The sums, and the figures of the day they were made on. */
export async function writeQuality(client: PoolClient, day: string, rows: readonly Day[]): Promise<void> {
  await client.query({
    name: 'write-tally',
    text: `insert into source_quality (source, tally) select source, tally from jsonb_to_recordset($1::jsonb) as q (source text, tally jsonb)
      on conflict (source) do update set tally = excluded.tally`,
    values: [JSON.stringify(rows)],
  });
  await client.query({
    name: 'write-quality-day',
    text: `insert into quality_day (source, day, figures) select source, $2::date, figures from jsonb_to_recordset($1::jsonb) as q (source text, figures jsonb)
      on conflict (source, day) do update set figures = excluded.figures`,
    values: [JSON.stringify(rows), day],
  });
}

/** Sources without figures of this day: freshness fades though nothing is loaded. */
export async function listUncountedDay(
  client: Pool | PoolClient,
  day: string,
): Promise<readonly { readonly source: string; readonly tally: Tally }[]> {
  const { rows } = await client.query<{ source: string; tally: Tally }>({
    name: 'uncounted-day',
    text: `select source, tally from source_quality q where not exists (select 1 from quality_day d where d.source = q.source and d.day = $1::date)`,
    values: [day],
  });
  return rows;
}

/** The rules in force, and the sources with what is believed of them. */
export async function loadRegistry(
  client: Pool | PoolClient,
): Promise<{ readonly rules: RulesByKind; readonly sources: readonly SourceConfig[] }> {
  const rules = await client.query<{ body: RulesByKind }>(
    `select body from registry_rules order by published_at desc, version limit 1`,
  );
  const sources = await client.query<{ body: SourceConfig }>(`select body from source order by source`);
  return { rules: rules.rows[0]?.body ?? {}, sources: sources.rows.map(({ body }) => body) };
}

export async function publishRules(pool: Pool, version: string, body: JsonObject, at: Instant): Promise<void> {
  await pool.query(
    `insert into registry_rules (version, body, published_at) values ($1, $2, $3) on conflict (version) do update set published_at = excluded.published_at
     where registry_rules.version <> (select version from registry_rules order by published_at desc, version limit 1)`,
    [version, JSON.stringify(body), at],
  );
}
