// Linking through the store: the made-up city's records as a load leaves them, taken batch by batch until each is of an entity, against the truth.
// The same rows as the matching in memory, so that the two can stand side by side.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import { ROOT } from '#main/compose.ts';
import { openDatabase } from '#main/database.ts';
import { migrate } from '#store/migrate.ts';
import { openPool } from '#store/pool.ts';
import { linkBatch } from '#work/registry/link.ts';
import type { Measure } from '../table.ts';
import { townsfolk } from './townsfolk.ts';
import type { Known } from './townsfolk.ts';
import { seeded } from './writing.ts';

const SEED = 1405;
const AT_ONCE = 5000;

/** The made-up city's records as a load leaves them: in the table, not yet linked. */
async function fill(owner: Pool, known: Iterable<Known>): Promise<void> {
  let rows: object[] = [];
  const flush = async (): Promise<void> => {
    await owner.query(
      `insert into source_record (source, key, kind, as_of, fields, load_id, entity)
       select source, key, 'person', as_of, fields, 'bench', source || '/' || key
       from jsonb_to_recordset($1::jsonb) as r (source text, key text, as_of timestamptz, fields jsonb)`,
      [JSON.stringify(rows)],
    );
    rows = [];
  };
  for (const { entity, record } of known) {
    // The key tells who it is, to nobody but this measurement.
    rows.push({ source: record.source, key: `${record.key}-${entity}`, as_of: record.asOf, fields: record.fields });
    if (rows.length === AT_ONCE) await flush();
  }
  await flush();
}

/** Pairs put together by us, in truth, and by both. */
const PAIRS = `with label as (select entity, split_part(key, '-', 2) as truth from source_record),
  hits as (select count(*) as n from label group by entity, truth),
  ours as (select count(*) as n from label group by entity),
  known as (select count(*) as n from label group by truth)
  select (select sum(n * (n - 1) / 2) from hits)::float8 as "both", (select sum(n * (n - 1) / 2) from ours)::float8 as ours,
    (select sum(n * (n - 1) / 2) from known)::float8 as known,
    (select count(*) from linkage_doubt where is_open)::int as reviews`;

export async function linking(rows: number): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-linking-'));
  const database = await openDatabase({ dataFolder: folder, log: () => undefined });
  try {
    await migrate(database.migratorUrl, join(ROOT, 'migrations'), () => undefined);
    const owner = openPool(database.migratorUrl, { max: 1 });
    const pool = openPool(database.appUrl, {
      max: 2,
      settings: { 'dargah.scope': 'road', plan_cache_mode: 'force_generic_plan' },
    });
    await fill(owner, townsfolk(seeded(SEED), rows));
    const linker = { pool, now: () => instant(new Date().toISOString()), crash: () => undefined };
    const times: number[] = [];
    const from = performance.now();
    const cpu = process.cpuUsage();
    for (;;) {
      const began = performance.now();
      const linked = await linkBatch(linker);
      if (linked === 0) break;
      times.push((performance.now() - began) / linked);
    }
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const { rows: counted } = await owner.query<{ both: number; ours: number; known: number; reviews: number }>(PAIRS);
    const [found] = counted;
    await pool.end();
    await owner.end();
    if (!found) return [];
    const mean = (part: readonly number[]): number => part.reduce((sum, one) => sum + one, 0) / Math.max(1, part.length);
    const tenth = Math.ceil(times.length / 10);
    const measure = (name: string, value: number, unit: string, note = ''): Measure => ({
      name: `${name}_${rows}`,
      value,
      unit,
      note,
    });
    return [
      measure('linked_per_s', rows / seconds, 'records/s', 'normalised, compared, joined, viewed, registered, committed'),
      measure('linking_cpu_us', (user + system) / rows, 'µs CPU', 'a record, of this process alone'),
      measure('linking_ms_first', mean(times.slice(0, tenth)), 'ms', 'a record of the first tenth'),
      measure('linking_ms_last', mean(times.slice(-tenth)), 'ms', 'a record of the last tenth'),
      measure('precision_linked', found.both / found.ours, '', 'aim ≥ 0.99; beside precision, of the same rows'),
      measure('recall_linked', found.both / found.known, '', 'aim ≥ 0.95; beside recall'),
      measure('reviews_linked', found.reviews, 'pairs', 'open for a steward'),
    ];
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
