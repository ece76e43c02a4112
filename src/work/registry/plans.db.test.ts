// A ground plan that a source has reaches the map with the source that drew it; the register's record does without; what is no plan goes nowhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { findGeometry } from '#store/geometry.ts';
import { openPool } from '#store/pool.ts';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { linkAll } from './link.ts';

const AT = instant('2026-11-24T08:00:00Z');
let database: TestDatabase;
let pool: Pool;
let owner: Pool;
before(async () => {
  database = await testDatabase();
  pool = openPool(database.appUrl, { max: 4, settings: { 'dargah.scope': 'road' } });
  owner = openPool(database.migratorUrl, { max: 1 });
});
after(async () => {
  await pool.end();
  await owner.end();
  await database.drop();
});

const square = (side: number): Json => ({
  type: 'Polygon',
  coordinates: [
    [
      [51.4, 35.72],
      [51.4, 35.72 + side],
      [51.4 + side, 35.72 + side],
      [51.4 + side, 35.72],
      [51.4, 35.72],
    ],
  ],
});
const RECORD = { renovationCode: '6-1-1-1', registrationPlate: '3526/1', postalCode: '1436913571', landArea: 100 };

async function receive(fields: JsonObject, gone: string | null = null): Promise<void> {
  await owner.query(
    `insert into source_record (source, key, kind, as_of, fields, load_id, entity) values ('cadastre', 'C1', 'property', '2026-03-01T00:00:00Z', $1, 'test', 'cadastre/C1')
     on conflict (source, key) do update set fields = excluded.fields, linked = false, gone_at = $2`,
    [JSON.stringify(fields), gone],
  );
  await linkAll({ pool, now: () => AT, crash: () => undefined });
}

const kept = async () =>
  (await owner.query<{ source: string; year: number }>(`select source, extract(year from as_of)::int as year from geometry`))
    .rows;

test('a plan is put, replaced, and gone with its record; a ring in a knot and a record without a plan change nothing', async () => {
  await receive({ ...RECORD, geometry: square(0.0001) });
  const first = await findGeometry(pool, 'property', '6-1-1-1');
  assert.ok(first && Math.abs(first.area - 100.4) < 1);
  assert.deepEqual(await kept(), [{ source: 'cadastre', year: 2026 }]);
  const { rows } = await owner.query<{ body: JsonObject }>(`select body from register_record where key = '6-1-1-1'`);
  assert.deepEqual(rows[0]?.body, RECORD);
  await receive({ ...RECORD, geometry: square(0.0002) });
  const second = await findGeometry(pool, 'property', '6-1-1-1');
  assert.ok(second && Math.abs(second.area - 4 * first.area) < 0.1);
  const knot = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 3],
        [0, 0],
      ],
    ],
  };
  await receive({ ...RECORD, geometry: knot });
  await receive(RECORD);
  assert.deepEqual(await findGeometry(pool, 'property', '6-1-1-1'), second);
  await receive(RECORD, AT);
  assert.deepEqual(await kept(), []);
});
