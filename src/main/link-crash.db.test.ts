// kill -9 around each commit of the linker: every record is linked once, by another process that goes on where the dead one stood.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPool } from '#store/pool.ts';
import { runChild } from '#testing/crash-run.ts';
import { testDatabase } from '#testing/database.ts';

/** Two records of each of sixteen people. */
const FILL = `insert into source_record (source, key, kind, as_of, fields, load_id, entity)
  select s, n::text, 'person', now(), jsonb_build_object('mobile', '0912000' || (1000 + n), 'givenName', 'سارا', 'familyName', 'احمدی',
    'birthDate', (1950 + n) || '-01-01'), 'test', s || '/' || n
  from generate_series(1, 16) n, unnest(array['civil', 'tax']) s`;
const FOUND = `select (select count(*)::int from source_record where not linked) as waiting,
  (select count(distinct entity)::int from source_record) as entities,
  (select count(*)::int from linkage_event where type = 'RecordReceived') as received,
  (select count(*)::int from linkage_merge) as merges,
  (select count(*)::int from entity_view) as views,
  (select sum((tally ->> 'records')::int)::int from source_quality) as counted,
  (select sum(count)::int from name_count where field = 'familyName') as names`;

for (const [point, times] of [
  ['before-commit', [0, 1, 3]],
  ['after-commit', [0, 2]],
] as const)
  for (const after of times)
    test(`linking, killed ${point}, having passed it ${after} times`, async () => {
      const database = await testDatabase();
      const folder = await mkdtemp(join(tmpdir(), 'dargah-crash-'));
      const owner = openPool(database.migratorUrl, { max: 1 });
      try {
        await owner.query(FILL);
        const place = { child: 'link-crash-child.js', appUrl: database.appUrl, folder };
        const first = await runChild(place, { DARGAH_CRASH: `${point}:${after}` });
        assert.equal(first.signal, 'SIGKILL', `${point} is reached: ${first.errors}`);
        const { rows: half } = await owner.query<{ waiting: number }>(FOUND);
        assert.ok((half[0]?.waiting ?? 0) > 0, 'it was in the middle');
        const second = await runChild(place, {});
        assert.equal(second.code, 0, second.errors);
        const { rows } = await owner.query(FOUND);
        assert.deepEqual(rows[0], { waiting: 0, entities: 16, received: 32, merges: 16, views: 16, counted: 32, names: 32 });
      } finally {
        await owner.end();
        await rm(folder, { recursive: true, force: true });
        await database.drop();
      }
    });
