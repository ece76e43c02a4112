// The demo city's registers come from sources through the one view: with provenance, the same again when the city is seeded again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import { openPool } from '#store/pool.ts';
import { publishRules } from '#store/quality.ts';
import { testDatabase } from '#testing/database.ts';
import { keepViews } from '#work/registry/round.ts';
import { seed } from './seed.ts';

test('a seeded property is in its register with the source of each field; seeding again changes nothing, other rules decide anew', async () => {
  const database = await testDatabase();
  const owner = openPool(database.migratorUrl, { max: 2 });
  const registers = async () =>
    (
      await owner.query<{
        key: string;
        body: { unpaidYears?: readonly number[] };
        provenance: Record<string, unknown>;
        written: string;
      }>(
        `select register, key, body, provenance, xmin::text as written from register_record where entity is not null order by register, key`,
      )
    ).rows;
  try {
    await seed(database.migratorUrl, () => undefined);
    const first = await registers();
    const home = first.find(({ key }) => key === '6-1045-12-7');
    assert.deepEqual(home?.body.unpaidYears, [1403, 1404, 1405]);
    const { asOf, ...provenance } = home.provenance['unpaidYears'] as { readonly asOf: string };
    assert.deepEqual(provenance, {
      source: 'demo-property-register',
      record: 'demo-property-register/6-1045-12-7',
      confidence: 0.8,
      rule: 'only',
    });
    assert.match(asOf, /Z$/);
    assert.equal((await owner.query(`select 1 from source_record where not linked`)).rowCount, 0);
    await seed(database.migratorUrl, () => undefined);
    assert.deepEqual(await registers(), first);
    const at = instant('2030-01-01T00:00:00Z');
    await publishRules(owner, 'other', { property: { '*': [{ by: 'newest' }] } }, at);
    const stale = async () =>
      (await owner.query(`select count(distinct policy)::int as n from entity_view where kind = 'property'`)).rows[0];
    const before = (await owner.query(`select policy from entity_view where kind = 'property' limit 1`)).rows[0];
    const linker = { pool: owner, now: () => at, crash: () => undefined };
    while (await keepViews(linker));
    assert.deepEqual(await stale(), { n: 1 });
    assert.notDeepEqual((await owner.query(`select policy from entity_view where kind = 'property' limit 1`)).rows[0], before);
    assert.ok(
      (await owner.query(`select 1 from quality_day where day = '2030-01-01'`)).rowCount,
      'each source has figures of each day',
    );
  } finally {
    await owner.end();
    await database.drop();
  }
});
