// Linking in a real database: what is one becomes one, what is in doubt waits, what a person says stands; killed or sent twice, nothing is lost or doubled.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Refusal } from '#base/refusal.ts';
import { evolve, groups, NOTHING_LINKED } from '#registry/linkage.ts';
import type { LinkageEvent } from '#registry/linkage.ts';
import type { Fields, Kind } from '#registry/types.ts';
import { openPool } from '#store/pool.ts';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { linkAll, linkBatch } from './link.ts';
import type { Linker } from './link.ts';
import { loadPolicies } from './policy.ts';
import { project } from './project.ts';
import { linkRounds } from './round.ts';
import { decideAsSteward } from './steward.ts';
import type { StewardAct } from './steward.ts';

const AT = instant('2026-11-24T08:00:00Z');
const STEWARD = { person: 'steward-elham' as PersonId, role: 'steward' as const, unit: 'portal-steward' as UnitId };

let database: TestDatabase;
let pool: Pool;
let owner: Pool;
let linker: Linker;
before(async () => {
  database = await testDatabase();
  pool = openPool(database.appUrl, { max: 4, settings: { 'dargah.scope': 'road' } });
  owner = openPool(database.migratorUrl, { max: 1 });
  linker = { pool, now: () => AT, crash: () => undefined };
});
after(async () => {
  await pool.end();
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  await owner.query(`truncate source, source_record, source_record_before, linkage_event, linkage_merge, linkage_apart, linkage_block, name_count,
    name_total, linkage_doubt, entity_view, entity_key, entity_conflict, source_quality, quality_day, register_record, registry_rules`);
});

type Given = {
  readonly source: string;
  readonly key: string;
  readonly kind?: Kind;
  readonly fields: Fields;
  readonly asOf?: string;
};

async function receive(...given: readonly Given[]): Promise<void> {
  for (const { source, key, kind = 'person', fields, asOf = '2026-01-01T00:00:00Z' } of given)
    await owner.query(
      `with before as (insert into source_record_before select source, key, clock_timestamp(), as_of, fields from source_record where source = $1 and key = $2)
       insert into source_record (source, key, kind, as_of, fields, load_id, entity) values ($1, $2, $3, $4, $5, 'test', $1 || '/' || $2)
       on conflict (source, key) do update set fields = excluded.fields, as_of = excluded.as_of, linked = false, gone_at = null`,
      [source, key, kind, asOf, JSON.stringify(fields)],
    );
}

const SARA = { givenName: 'سارا', familyName: 'احمدی', fatherName: 'رضا', birthDate: '1990-05-01', mobile: '09121111111' };
const sara = (source: string, key: string, more: Fields = {}): Given => ({ source, key, fields: { ...SARA, ...more } });

/** The groups, each by its records. */
async function entities(): Promise<readonly (readonly string[])[]> {
  const { rows } = await pool.query<{ records: string[] }>(
    `select array_agg(source || '/' || key order by number) as records from source_record where number is not null group by entity order by min(number)`,
  );
  return rows.map(({ records }) => records);
}

async function numberOf(record: string): Promise<number> {
  const { rows } = await pool.query<{ number: number }>(`select number from source_record where source || '/' || key = $1`, [
    record,
  ]);
  return rows[0]?.number ?? 0;
}

let forms = 0;
const decideOn = async (act: StewardAct, key = `form-${(forms += 1)}`, reason = 'شناسنامه دیده شد'): Promise<void> =>
  decideAsSteward(linker, { act, reason, by: STEWARD, key });
const refused = (why: string) => (error: Refusal) => error.code === 'merge-refused' && error.facts['why'] === why;

/** All that stands of all entities. */
async function standing(): Promise<Readonly<Record<string, unknown>>> {
  const tables = ['entity_view', 'entity_key', 'entity_conflict', 'register_record'];
  const read = async (table: string) =>
    [table, (await pool.query(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)).rows] as const;
  return Object.fromEntries(await Promise.all(tables.map(read)));
}

test('records that say enough of one person become one, whose view has the source of each field', async () => {
  await receive(
    sara('civil', '1', { nationalId: '9991012346' }),
    sara('tax', 'a', { nationalId: '۹۹۹۱۰۱۲۳۴۶', mobile: '09122222222' }),
    { source: 'civil', key: '2', fields: { nationalId: '9991023453', givenName: 'رضا', familyName: 'کریمی' } },
  );
  assert.equal(await linkAll(linker), 3);
  assert.deepEqual(await entities(), [['civil/1', 'tax/a'], ['civil/2']]);
  const { rows } = await pool.query<{
    body: Fields;
    provenance: Record<string, { source: string; rule: string }>;
    source: string;
  }>(`select body, provenance, source from register_record where register = 'person' and key = '9991012346'`);
  assert.equal(rows[0]?.body['nationalId'], '9991012346');
  assert.equal(rows[0]?.provenance['familyName']?.rule, 'unanimous');
  assert.deepEqual(await pool.query(`select field, stands from entity_conflict order by source`).then((one) => one.rows), [
    { field: 'mobile', stands: true },
    { field: 'mobile', stands: false },
  ]);
  assert.equal(await linkBatch(linker), 0, 'again there is nothing to do');
});

test('a doubtful pair waits for a steward; merged by hand it is one, and parted it is what it was', async () => {
  await receive(sara('civil', '1', { nationalId: '9991012346' }), {
    source: 'guilds',
    key: 'g',
    fields: { givenName: 'سارا', familyName: 'احمدی', fatherName: 'رضا' },
  });
  await linkAll(linker);
  const { rows: doubts } = await pool.query(`select one, other, is_open, why from linkage_doubt`);
  assert.deepEqual(doubts, [{ one: 'civil/1', other: 'guilds/g', is_open: true, why: 'doubt' }]);
  const before = await standing();
  const pair = [await numberOf('civil/1'), await numberOf('guilds/g')] as const;
  await decideOn({ do: 'merge', pair }, 'one-form');
  await decideOn({ do: 'merge', pair }, 'one-form');
  assert.deepEqual(await entities(), [['civil/1', 'guilds/g']]);
  assert.equal((await pool.query(`select 1 from linkage_doubt where is_open`)).rowCount, 0);
  await assert.rejects(decideOn({ do: 'merge', pair }), refused('one-already'));
  const { rows: merges } = await pool.query<{ merge: string }>(`select merge from linkage_merge`);
  await decideOn({ do: 'part', merge: merges[0]!.merge });
  assert.deepEqual(await standing(), before, 'all that stood stands again');
  await decideOn({ do: 'merge', pair }, 'one-form');
  assert.deepEqual(await entities(), [['civil/1'], ['guilds/g']], 'the first form sent once more does not undo the parting');
  await receive(sara('guilds', 'g'));
  await linkAll(linker);
  assert.deepEqual(await entities(), [['civil/1'], ['guilds/g']], 'the matcher leaves alone what a person parted');
});

test('a merge that guards forbid is refused with the reason, and so is one without a reason', async () => {
  await receive(sara('civil', '1', { nationalId: '9991012346' }), sara('civil', '2', { nationalId: '9991023453' }));
  await linkAll(linker);
  const pair = [await numberOf('civil/1'), await numberOf('civil/2')] as const;
  await assert.rejects(decideOn({ do: 'merge', pair }), refused('keys-differ'));
  await assert.rejects(decideOn({ do: 'merge', pair }, 'x', ' '), (error: Refusal) => error.code === 'invalid-answers');
  await assert.rejects(
    decideOn({ do: 'merge', pair: [pair[0], 999_999] }),
    (error: Refusal) => error.code === 'entity-not-found',
  );
  await assert.rejects(
    decideAsSteward(linker, { act: { do: 'merge', pair }, reason: 'r', by: { ...STEWARD, role: 'officer' }, key: 'k' }),
    (error: Refusal) => error.code === 'not-permitted',
  );
});

test('a record that may be of either of two whose keys differ joins one, and the other pair waits with the reason why', async () => {
  await receive(
    sara('civil', '1', { nationalId: '9991012346' }),
    sara('civil', '2', { nationalId: '9991023453' }),
    sara('tax', 'a'),
  );
  await linkAll(linker);
  assert.equal((await entities()).length, 2);
  const { rows } = await pool.query(`select other, why, is_open from linkage_doubt`);
  assert.deepEqual(rows, [{ other: 'tax/a', why: 'keys-differ', is_open: true }]);
});

test('a round links a batch and says whether to come again at once', async () => {
  const round = linkRounds(linker);
  await receive(sara('civil', '1'));
  assert.equal(await round(), true);
  assert.equal(await round(), false, 'nothing waits, and no view is stale');
  await receive(sara('civil', '2', { mobile: '09123333333' }));
  assert.equal(await round(), true, 'whatever it found before, what comes is linked');
});

test('a steward does not decide on data of their own', async () => {
  await owner.query(
    `insert into person (person_id, kind, name_fa, name_en, national_id) values ('steward-elham', 'citizen', 'ا', 'e', '9991023453')`,
  );
  await receive(sara('civil', '1', { nationalId: '9991012346' }), sara('civil', '2', { nationalId: '9991023453' }));
  await linkAll(linker);
  const pair = [await numberOf('civil/1'), await numberOf('civil/2')] as const;
  for (const act of ['merge', 'apart'] as const)
    await assert.rejects(decideOn({ do: act, pair }), (error: Refusal) => error.code === 'own-dispute');
  await owner.query(`delete from person where person_id = 'steward-elham'`);
});

test('a source that changes a key tears its group, which a steward sees; a record that is gone leaves the view and keeps its merges', async () => {
  await receive(
    sara('civil', '1', { nationalId: '9991012346' }),
    sara('tax', 'a', { nationalId: '9991012346' }),
    sara('offices', 'o'),
  );
  await linkAll(linker);
  assert.equal((await entities()).length, 1);
  await receive(sara('tax', 'a', { nationalId: '9991023453' }));
  await linkAll(linker);
  assert.deepEqual((await pool.query(`select torn from entity_view`)).rows, [{ torn: 'nationalId' }]);
  const { rows } = await pool.query<{ history: number }>(
    `select jsonb_array_length(view #> '{fields,nationalId,history}') as history from entity_view`,
  );
  assert.equal(rows[0]?.history, 1, 'what it said before is kept');
  await owner.query(`update source_record set gone_at = now(), linked = false where source = 'tax'`);
  await linkAll(linker);
  assert.deepEqual((await pool.query(`select torn, view -> 'records' as records from entity_view`)).rows, [
    { torn: null, records: ['civil/1', 'offices/o'] },
  ]);
  await owner.query(`update source_record set gone_at = now(), linked = false`);
  await linkAll(linker);
  const empty = { entity_view: [], entity_key: [], entity_conflict: [], register_record: [] };
  assert.deepEqual(await standing(), empty, 'nothing stands of what no source has');
});

test('of entities with one key the eldest is in the register; when it goes the next comes into its place', async () => {
  const property = (key: string, part: string): Given => ({
    source: 'land',
    key,
    kind: 'property',
    fields: { renovationCode: '6-1045-12-7', part, landArea: part.length },
  });
  await receive(property('1', 'parcel'));
  await linkAll(linker);
  await receive(property('2', 'building'));
  await linkAll(linker);
  const inRegister = async () => (await pool.query(`select entity, body -> 'part' as part from register_record`)).rows;
  assert.deepEqual(await inRegister(), [{ entity: 'land/1', part: 'parcel' }]);
  await owner.query(`update source_record set gone_at = now(), linked = false where key = '1'`);
  await linkAll(linker);
  assert.deepEqual(await inRegister(), [{ entity: 'land/2', part: 'building' }]);
});

test('sums of quality follow every change, merge and parting', async () => {
  await receive(sara('civil', '1', { nationalId: '9991012346' }), sara('civil', '2'), sara('civil', '3', { nationalId: '123' }));
  await linkAll(linker);
  const tally = async () =>
    (
      await pool.query<{ tally: { records: number; entities: number; fields: Record<string, unknown> } }>(
        `select tally from source_quality`,
      )
    ).rows[0]!.tally;
  const { records, fields } = await tally();
  assert.equal(records, 3);
  assert.deepEqual(fields['nationalId'], { filled: 2, wellFormed: 1 });
  assert.equal((await tally()).entities, (await entities()).length);
  await receive(sara('civil', '3', { nationalId: '9991012346' }));
  await linkAll(linker);
  assert.deepEqual((await tally()).fields['nationalId'], { filled: 2, wellFormed: 2 });
  assert.equal((await tally()).entities, (await entities()).length);
  const { rows } = await pool.query<{ merge: string }>(`select merge from linkage_merge limit 1`);
  await decideOn({ do: 'part', merge: rows[0]!.merge });
  assert.equal((await tally()).entities, (await entities()).length);
  await owner.query(`update source_record set gone_at = now(), linked = false`);
  await linkAll(linker);
  const { records: none, entities: no, days } = (await tally()) as never as { records: number; entities: number; days: object };
  assert.deepEqual([none, no, days], [0, 0, {}]);
});

test('whatever is merged and parted in whatever order, what stands is what the log and the records make of it', async () => {
  const people = Array.from({ length: 7 }, (_, at) =>
    sara(at % 2 === 0 ? 'civil' : 'tax', String(at), { address: `کوچه ${at}` }),
  );
  const change = fc.record({ one: fc.nat(6), other: fc.nat(6), do: fc.constantFrom('merge', 'part', 'apart', 'change') });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 4, maxLength: 14 }), async (changes) => {
      await owner.query(`truncate source_record, source_record_before, linkage_event, linkage_merge, linkage_apart, linkage_block, name_count, name_total,
        linkage_doubt, entity_view, entity_key, entity_conflict, source_quality, quality_day, register_record`);
      await receive(
        ...people.map((one, at) => ({
          ...one,
          fields: { ...one.fields, mobile: `0912000000${at}`, birthDate: `19${at}0-01-01` },
        })),
      );
      await linkAll(linker);
      for (const { one, other, do: act } of changes) {
        const [a, b] = [people[one]!, people[other]!];
        if (act === 'change') {
          await receive({ ...a, fields: { ...a.fields, address: `کوچه ${other}` } });
          await linkAll(linker);
          continue;
        }
        const pair = [await numberOf(`${a.source}/${a.key}`), await numberOf(`${b.source}/${b.key}`)] as const;
        const { rows } = await pool.query<{ merge: string }>(
          `select merge from linkage_merge order by one, other offset $1 limit 1`,
          [one],
        );
        const given: StewardAct =
          act === 'part' ? { do: 'part', merge: rows[0]?.merge ?? '' } : { do: act as 'merge' | 'apart', pair };
        await decideOn(given).catch((error: Refusal) => assert.equal(error.code, 'merge-refused'));
      }
      await assertFromScratch();
    }),
    { numRuns: 12 },
  );
});

/** Folds the log, projects its groups onto empty tables, and finds the same rows. */
async function assertFromScratch(): Promise<void> {
  const { rows } = await pool.query<{ type: string; data: object; by: string; at: string }>(
    `select type, data, by, at from linkage_event order by seq`,
  );
  const linkage = rows
    .map((row) => ({ ...row.data, type: row.type, by: row.by, at: row.at }) as LinkageEvent)
    .reduce(evolve, NOTHING_LINKED);
  const folded = groups(linkage);
  const { rows: named } = await pool.query<{ id: string; number: number; entity: string }>(
    `select source || '/' || key as id, number, entity from source_record`,
  );
  for (const [entity, records] of folded)
    for (const record of records) assert.equal(named.find(({ id }) => id === record)?.entity, entity);
  const stood = await standing();
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query('truncate entity_view, entity_key, entity_conflict, register_record');
    const parts = [...folded.values()].map((group) => {
      const own = new Set<string>(group);
      return {
        records: new Map(group.map((record) => [record, linkage.records.get(record)!] as const)),
        merges: new Map([...linkage.merges].filter(([, { pair }]) => own.has(pair[0]))),
        apart: linkage.apart,
      };
    });
    const numbers = new Map(named.map(({ id, number }) => [id, number]));
    const policies = await loadPolicies(client);
    await project(client, {
      kind: 'person',
      ...policies.of('person'),
      groups: parts,
      numberOf: (record) => numbers.get(record) ?? 0,
      before: [],
    });
    await client.query('commit');
  } finally {
    client.release();
  }
  assert.deepEqual(await standing(), stood);
}

test('two linkers beside each other link every record once', async () => {
  await receive(
    ...Array.from({ length: 24 }, (_, at) =>
      sara('civil', String(at), { nationalId: `999${at}`, mobile: `091200000${at + 10}` }),
    ),
  );
  const waiting = async (): Promise<boolean> =>
    ((await pool.query('select 1 from source_record where not linked')).rowCount ?? 0) > 0;
  const both = await Promise.all(
    [1, 2, 3].map(async () => {
      let linked = 0;
      while (await waiting()) linked += await linkBatch(linker, 5);
      return linked;
    }),
  );
  assert.equal(
    both.reduce((sum, one) => sum + one, 0),
    24,
  );
  assert.equal((await pool.query(`select 1 from linkage_event where type = 'RecordReceived'`)).rowCount, 24);
});
