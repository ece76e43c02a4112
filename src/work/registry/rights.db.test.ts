// Who reads what is linked: the database says, whatever a reader says of themselves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import { openPool } from '#store/pool.ts';
import { readAs } from '#store/read-as.ts';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { linkAll } from './link.ts';

let database: TestDatabase;
let owner: Pool;
before(async () => {
  database = await testDatabase();
  owner = openPool(database.migratorUrl, { max: 2 });
});
after(async () => {
  await owner.end();
  await database.drop();
});

test('stewards read what is linked, owners and officers of a source its conflicts, and nobody else anything', async () => {
  await owner.query(
    `insert into unit (unit_id, kind, name_fa, name_en) values ('tax-office', 'office', 'م', 't'), ('portal-steward', 'office', 'د', 's') on conflict do nothing`,
  );
  for (const [id, role, unit] of [
    ['s', 'steward', 'portal-steward'],
    ['o', 'officer', 'tax-office'],
    ['i', 'infrastructure', 'portal-steward'],
    ['c', '', ''],
  ] as const) {
    await owner.query(
      `insert into person (person_id, kind, name_fa, name_en, national_id) values ($1, 'citizen', $1, $1, $1) on conflict do nothing`,
      [id],
    );
    if (role)
      await owner.query(`insert into assignment (person_id, role, unit_id) values ($1, $2, $3) on conflict do nothing`, [
        id,
        role,
        unit,
      ]);
  }
  await owner.query(`insert into source (source, kind, owner, body, published_at)
    values ('tax', 'person', 'tax-office', '{"id":"tax","kind":"person","columns":[],"confidence":{},"freshDays":30}', now())`);
  for (const [source, mobile] of [
    ['civil', '09121111111'],
    ['tax', '09122222222'],
  ] as const)
    await owner.query(
      `insert into source_record (source, key, kind, as_of, fields, load_id, entity) values ($1, '1', 'person', now(), $2, 'test', $1 || '/1')`,
      [
        source,
        JSON.stringify({ nationalId: '9991012346', givenName: 'سارا', familyName: 'احمدی', birthDate: '1990-05-01', mobile }),
      ],
    );
  await linkAll({ pool: owner, now: () => instant('2026-11-24T08:00:00Z'), crash: () => undefined });
  const readers = openPool(database.appUrl, { max: 1 });
  const TABLES = [
    'source_record',
    'register_record',
    'linkage_event',
    'linkage_merge',
    'linkage_apart',
    'linkage_block',
    'name_count',
    'linkage_doubt',
    'entity_view',
    'entity_key',
    'entity_conflict',
    'source_quality',
    'quality_day',
  ];
  const seen = (person: string, units: readonly string[]) =>
    readAs(readers, { person, units }, async (client) => {
      const counts: string[] = [];
      for (const table of TABLES) if (((await client.query(`select 1 from ${table}`)).rowCount ?? 0) > 0) counts.push(table);
      return counts;
    });
  try {
    assert.deepEqual(await seen('s', ['portal-steward']), [
      'source_record',
      'linkage_event',
      'linkage_merge',
      'entity_view',
      'entity_key',
      'entity_conflict',
      'quality_day',
    ]);
    assert.deepEqual(await seen('o', ['tax-office']), ['entity_conflict', 'quality_day']);
    assert.deepEqual(await seen('i', ['portal-steward']), ['quality_day']);
    assert.deepEqual(await seen('c', ['tax-office']), [], 'a unit that one says is one’s own is not believed');
  } finally {
    await readers.end();
  }
});
