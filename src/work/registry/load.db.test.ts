// Loading against a real PostgreSQL: what is new, changed and gone; killed and gone on with; rehearsed; broken; another source's columns.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import { openSources } from '#outside/sources/open.ts';
import { readSource } from '#registry/source-read.ts';
import type { SourceConfig } from '#registry/source.ts';
import { openPool } from '#store/pool.ts';
import { findLoad, listSources } from '#store/sources.ts';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { withFiles } from '#testing/source-files.ts';
import { loadSource } from './load.ts';
import type { LoadOrder, LoadReport } from './loading.ts';
import type { SourcePort } from './source-port.ts';

let database: TestDatabase;
let pool: Pool;
before(async () => {
  database = await testDatabase();
  pool = openPool(database.appUrl, { max: 3, settings: { 'dargah.scope': 'road', plan_cache_mode: 'force_generic_plan' } });
  // What tests end on purpose is no trouble.
  pool.on('error', () => undefined);
});
after(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  const owner = openPool(database.migratorUrl, { max: 1 });
  await owner.query('truncate source, source_load, source_rejection, source_record, source_record_before, source_seen');
  await owner.end();
});

const CONFIG = configOf(`
id: people
kind: person
owner: office
title: { fa: آدم‌ها, en: People }
reader: { by: csv, file: a.csv }
key: id
asOf: { column: at, type: gregorian-day }
columns:
  id: { field: number, type: number, required: true }
  name: { field: givenName, type: given-name, required: true }
  mobile: { field: mobile, type: mobile }
`);

function configOf(yaml: string): SourceConfig {
  const { config, findings } = readSource(yaml, 'test.yaml');
  assert.deepEqual(findings, []);
  assert.ok(config);
  return config;
}

const HEAD = 'id,name,mobile,at\n';
const line = (id: number, name = `نام ${id}`): string => `${id},${name},0912${String(1_000_000 + id)},2026-10-01`;
const csv = (count: number, change: (id: number) => string = line): string =>
  `${HEAD}${Array.from({ length: count }, (_, at) => change(at + 1)).join('\n')}\n`;

let minute = 0;
/** Every load is a minute later. */
const now = () => instant(new Date(Date.UTC(2026, 10, 1, 0, (minute += 1))).toISOString());

function load(folder: string, order: Partial<LoadOrder> = {}, config = CONFIG, sources?: SourcePort): Promise<LoadReport> {
  const place = { pool, sources: sources ?? openSources({ folder, environment: {} }), now };
  return loadSource(place, config, { by: 'tester', ...order });
}

const counts = ({ rows, added, changed, unchanged, rejected, gone, status }: LoadReport) =>
  [rows, added, changed, unchanged, rejected, gone, status] as const;

async function records(): Promise<readonly { key: string; name: string; gone: boolean; linked: boolean }[]> {
  const { rows } = await pool.query<{ key: string; name: string; gone: boolean; linked: boolean }>(
    `select key, fields->>'givenName' as name, gone_at is not null as gone, linked from source_record order by key::int`,
  );
  return rows;
}

/** Everything there is, to be compared before and after. */
async function everything(): Promise<string> {
  const tables = ['source', 'source_load', 'source_rejection', 'source_record', 'source_record_before', 'source_seen'];
  const all: unknown[] = [];
  for (const table of tables) {
    const { rows } = await pool.query(
      `select md5(string_agg(t::text || ctid::text || xmin::text, ',' order by ctid)) as sum from ${table} t`,
    );
    all.push(table, rows[0]);
  }
  return JSON.stringify(all);
}

test('a full load adds, changes, keeps what a record said before, finds gone, and takes back', () =>
  withFiles({ 'a.csv': csv(5) }, async (folder) => {
    assert.deepEqual(counts(await load(folder)), [5, 5, 0, 0, 0, 0, 'finished']);
    await pool.query('update source_record set linked = true');
    await writeFile(
      join(folder, 'a.csv'),
      csv(4, (id) => line(id, id === 2 ? 'دیگر' : undefined)),
    );
    assert.deepEqual(counts(await load(folder)), [4, 0, 1, 3, 0, 1, 'finished']);
    assert.deepEqual(await records(), [
      { key: '1', name: 'نام 1', gone: false, linked: true },
      { key: '2', name: 'دیگر', gone: false, linked: false },
      { key: '3', name: 'نام 3', gone: false, linked: true },
      { key: '4', name: 'نام 4', gone: false, linked: true },
      { key: '5', name: 'نام 5', gone: true, linked: false },
    ]);
    const { rows } = await pool.query(`select key, fields->>'givenName' as name from source_record_before`);
    assert.deepEqual(rows, [{ key: '2', name: 'نام 2' }]);
    await writeFile(join(folder, 'a.csv'), csv(5));
    assert.deepEqual(counts(await load(folder)), [5, 0, 2, 3, 0, 0, 'finished']);
    const { rows: entities } = await pool.query(`select distinct entity = source || '/' || key as own from source_record`);
    assert.deepEqual(entities, [{ own: true }]);
  }));

test('an unchanged source writes no record again', () =>
  withFiles({ 'a.csv': csv(2500) }, async (folder) => {
    await load(folder);
    const stand = async (): Promise<unknown> =>
      (await pool.query(`select md5(string_agg(ctid::text || xmin::text, ',' order by key)) as sum from source_record`)).rows;
    const beforehand = await stand();
    assert.deepEqual(counts(await load(folder)), [2500, 0, 0, 2500, 0, 0, 'finished']);
    assert.deepEqual(await stand(), beforehand);
    assert.equal((await pool.query('select 1 from source_seen')).rowCount, 0, 'no key is remembered behind a load');
  }));

test('a rehearsal reports what the load would, and writes nothing at all', () =>
  withFiles({ 'a.csv': csv(30) }, async (folder) => {
    await load(folder);
    const changed = csv(28, (id) => (id === 3 ? line(3, 'دیگر') : id === 4 ? line(4, '') : line(id)));
    await writeFile(join(folder, 'a.csv'), `${changed}${line(5)}\n${line(77)}\n`);
    const beforehand = await everything();
    const rejected: string[] = [];
    const rehearsed = await load(folder, {
      isRehearsal: true,
      onRejected: ({ place, code }) => rejected.push(`${place} ${code}`),
    });
    assert.equal(await everything(), beforehand);
    assert.deepEqual(rejected, ['a.csv:5 missing', 'a.csv:30 key-repeated']);
    const real = await load(folder);
    assert.deepEqual(counts(rehearsed), counts(real));
    assert.deepEqual(counts(real), [30, 1, 1, 26, 2, 2, 'finished']);
    // The connection is as it was: the next load writes.
    assert.equal((await load(folder, { isRehearsal: true })).unchanged, 28);
  }));

test('rejected rows are kept with line, column, code and all their cells; the source still has their keys', () =>
  withFiles({ 'a.csv': csv(3) }, async (folder) => {
    await load(folder);
    await writeFile(join(folder, 'a.csv'), `${HEAD}1,,x,دیروز\nabc,ن,,2026-10-01\n3,ن\n2,نام 2,09121000002,2026-10-01\n`);
    const report = await load(folder);
    assert.deepEqual(counts(report), [4, 0, 0, 1, 3, 1, 'finished']);
    const { rows } = await pool.query(`select place, field, code, facts, raw from source_rejection order by seq`);
    assert.deepEqual(rows, [
      {
        place: 'a.csv:2',
        field: 'at',
        code: 'as-of-missing',
        facts: { value: 'دیروز', more: [{ field: 'name', code: 'missing', facts: {} }] },
        raw: { id: '1', name: '', mobile: 'x', at: 'دیروز' },
      },
      {
        place: 'a.csv:3',
        field: 'id',
        code: 'key-malformed',
        facts: { value: 'abc' },
        raw: { id: 'abc', name: 'ن', mobile: '', at: '2026-10-01' },
      },
      { place: 'a.csv:4', field: null, code: 'columns-count', facts: { expected: '4', found: '2' }, raw: { id: '3', name: 'ن' } },
    ]);
    assert.deepEqual(
      (await records()).map((one) => one.gone),
      [false, false, true],
      'a row whose key is known is not gone, one whose key cannot be read is',
    );
  }));

test('a mended file of rejects is loaded for itself: nothing else is gone by it', () =>
  withFiles({ 'a.csv': csv(3), 'mended.csv': `_line,_reason,${HEAD}2,name: empty,2,نام تازه,,2026-10-02\n` }, async (folder) => {
    await load(folder);
    const mended = { ...CONFIG, reader: { ...CONFIG.reader, file: 'mended.csv' } as SourceConfig['reader'] };
    assert.deepEqual(counts(await load(folder, { mode: 'mended' }, mended)), [1, 0, 1, 0, 0, 0, 'finished']);
    assert.equal((await listSources(pool, now(), 'people'))[0]?.records, 3);
  }));

test('a source that changes its columns is refused before any row, with what is missing and what is there', () =>
  withFiles({ 'a.csv': csv(3) }, async (folder) => {
    await load(folder);
    await writeFile(join(folder, 'a.csv'), csv(3).replace('mobile', 'phone').replace('نام 1', 'دیگر'));
    const beforehand = await records();
    const report = await load(folder);
    assert.equal(report.status, 'failed');
    assert.deepEqual(report.trouble, { code: 'source-columns', facts: { missing: 'mobile', found: 'id, name, phone, at' } });
    assert.deepEqual(await records(), beforehand);
    assert.equal((await findLoad(pool, report.load ?? ''))?.trouble?.code, 'source-columns');
    await writeFile(join(folder, 'a.csv'), csv(3).replace('at\n', 'at,note\n').replaceAll('2026-10-01', '2026-10-01,x'));
    const wider = await load(folder);
    assert.deepEqual([wider.status, wider.extra, wider.unchanged], ['finished', ['note'], 3]);
  }));

test('a broken file stops with its line, what was before it stands, and a mended one goes on there', () =>
  withFiles({ 'a.csv': csv(25_000, (id) => (id === 22_500 ? `${id},"نام,,2026-10-01` : line(id))) }, async (folder) => {
    await pool.query(`insert into source_record (source, key, kind, as_of, fields, load_id, entity)
      values ('people', '99999', 'person', '2026-01-01', '{"number": "99999"}', 'x', 'people/99999')`);
    const report = await load(folder);
    assert.deepEqual(report.trouble, { code: 'source-broken', facts: { place: 'a.csv:22501', fault: 'quote-open' } });
    assert.deepEqual(counts(report), [22_499, 22_499, 0, 0, 0, 0, 'failed']);
    assert.equal((await records()).filter((one) => one.gone).length, 0, 'nothing is gone by half a source');
    await writeFile(join(folder, 'a.csv'), csv(25_000));
    let first = Number.POSITIVE_INFINITY;
    const mended = await load(folder, { onProgress: ({ rows }) => (first = Math.min(first, rows)) });
    assert.equal(mended.isResumed, true);
    assert.ok(first > 22_499, 'it did not begin again');
    assert.deepEqual(counts(mended), [25_000, 25_000, 0, 0, 0, 1, 'finished']);
    assert.equal(mended.load, report.load, 'one load, told as one');
  }));

test('killed between batches and within one, a load goes on where it was and nothing is there twice', () =>
  withFiles({ 'a.csv': csv(60_000) }, async (folder) => {
    let batches = 0;
    const killer = new AbortController();
    const stopped = load(folder, {
      signal: killer.signal,
      onProgress: () => {
        batches += 1;
        if (batches === 2) killer.abort(new Error('stopped'));
      },
    });
    await assert.rejects(stopped, /stopped/);
    const [one] = await listSources(pool, now(), 'people');
    assert.deepEqual([one?.last?.status, one?.isAlive], ['running', false], 'killed: it says so itself no more');
    const killers = openPool(database.appUrl, { max: 1 });
    let killing: Promise<unknown> | undefined;
    const within = load(folder, {
      onProgress: () => {
        // The server ends the connection while it merges the next batch.
        killing ??= killers.query(`select pg_terminate_backend(pid) from pg_stat_activity, pg_sleep(0.05)
          where datname = current_database() and pid <> pg_backend_pid() and usename = current_user`);
      },
    });
    const fate = await within.then(
      (report) => report.status,
      (error: Error) => error.message,
    );
    await killing;
    await killers.end();
    const held = await pool.query<{ n: number; stood: number }>(
      `select (select count(*)::int from source_record) as n, (select rows_read::int from source_load) as stood`,
    );
    assert.equal(held.rows[0]?.n, held.rows[0]?.stood, `records and position are of one commit (${fate})`);
    const report = await load(folder);
    assert.equal(report.status, 'finished');
    assert.equal((await pool.query('select 1 from source_record')).rowCount, 60_000);
    assert.equal((await pool.query('select 1 from source_record_before')).rowCount, 0);
    if (fate !== 'finished') assert.deepEqual(counts(report), [60_000, 60_000, 0, 0, 0, 0, 'finished']);
  }));

test('where the keys that were met are lost with the database, a load begins again and nothing is gone by it', () =>
  withFiles({ 'a.csv': csv(25_000) }, async (folder) => {
    await load(folder);
    const killer = new AbortController();
    await assert.rejects(
      load(folder, { signal: killer.signal, onProgress: () => killer.abort(new Error('stopped')) }),
      /stopped/,
    );
    await pool.query('delete from source_seen');
    const report = await load(folder);
    assert.equal(report.isResumed, false);
    assert.deepEqual(counts(report), [25_000, 0, 0, 25_000, 0, 0, 'finished']);
  }));

test('two loads of one source are never at once', () =>
  withFiles({ 'a.csv': csv(20_000) }, async (folder) => {
    const second: Promise<unknown>[] = [];
    const first = load(folder, { onProgress: () => second.push(load(folder).catch((error: unknown) => error)) });
    assert.equal((await first).status, 'finished');
    const [refused] = await Promise.all(second);
    assert.ok(refused instanceof Refusal);
    assert.equal(refused.code, 'source-loading');
  }));

test('a source that shrank is not believed unasked', () =>
  withFiles({ 'a.csv': csv(200) }, async (folder) => {
    await load(folder);
    await writeFile(join(folder, 'a.csv'), csv(100));
    const rehearsed = await load(folder, { isRehearsal: true });
    const report = await load(folder);
    assert.deepEqual(report.trouble, { code: 'source-shrunk', facts: { gone: 100, held: 200 } });
    assert.deepEqual(rehearsed.trouble, report.trouble);
    assert.equal((await records()).filter((one) => one.gone).length, 0);
    const accepted = await load(folder, { acceptGone: true });
    assert.deepEqual([accepted.gone, accepted.isResumed], [100, true]);
  }));

test('an increment takes what changed since the newest mark, the last word of a key counting', () => {
  const yaml = { ...CONFIG, mode: 'incremental', mark: 'at' } as const;
  return withFiles({ 'a.csv': csv(3) }, async (folder) => {
    assert.deepEqual(counts(await load(folder, {}, yaml)), [3, 3, 0, 0, 0, 0, 'finished']);
    await writeFile(
      join(folder, 'a.csv'),
      `${HEAD}1,کهنه,,2026-09-30\n2,یکی,,2026-10-02\n2,دیگر,,2026-10-03\n9,تازه,,2026-10-03\n`,
    );
    const rehearsed = await load(folder, { isRehearsal: true }, yaml);
    const report = await load(folder, {}, yaml);
    assert.deepEqual(counts(report), [4, 1, 1, 2, 0, 0, 'finished']);
    assert.deepEqual(counts(rehearsed), counts(report));
    assert.deepEqual(
      (await records()).map((one) => `${one.key} ${one.name}`),
      ['1 نام 1', '2 دیگر', '3 نام 3', '9 تازه'],
    );
    assert.equal((await findLoad(pool, report.load ?? ''))?.mark, '2026-10-03');
  });
});

test('a table of PostgreSQL is read by its key, from behind the last row, its password by name and never kept', async () => {
  const owner = openPool(database.migratorUrl, { max: 1 });
  const url = new URL(database.migratorUrl);
  try {
    await owner.query(`create schema if not exists ext; drop table if exists ext.people;
      create table ext.people ("شماره" bigint primary key, name text, born date, changed timestamptz, debts int[]);
      insert into ext.people select n, 'نام ' || n, '1983-07-29', timestamptz '2026-10-01 00:00Z' + n * interval '1 second', array[1403, 1404] from generate_series(1, 12500) n`);
    const config = configOf(`
id: people
kind: person
owner: office
title: { fa: آدم‌ها, en: People }
reader: { by: postgres, host: "${decodeURIComponent(url.hostname)}", port: ${url.port}, database: ${url.pathname.slice(1)}, user: ${url.username}, passwordFrom: PEOPLE_PASSWORD, tls: false, table: ext.people }
key: شماره
asOf: { column: changed, type: instant }
mode: full
mark: changed
columns:
  شماره: { field: number, type: number }
  name: { field: givenName, type: given-name }
  born: { field: birthDate, type: gregorian-day }
  debts: { field: unpaidYears, type: numbers }
`);
    const environment = { PEOPLE_PASSWORD: decodeURIComponent(url.password) };
    const sources = openSources({ folder: '/', environment });
    const killer = new AbortController();
    const stopped = load('/', { signal: killer.signal, onProgress: () => killer.abort(new Error('stopped')) }, config, sources);
    await assert.rejects(stopped, /stopped/);
    const report = await load('/', {}, config, sources);
    assert.deepEqual([report.isResumed, ...counts(report)], [true, 12_500, 12_500, 0, 0, 0, 0, 'finished']);
    const { rows } = await pool.query(`select as_of, fields from source_record where key = '7'`);
    assert.deepEqual(rows, [
      {
        as_of: '2026-10-01T00:00:07.000Z',
        fields: { number: '7', givenName: 'نام 7', birthDate: '1983-07-29', unpaidYears: [1403, 1404] },
      },
    ]);
    await owner.query(`update ext.people set name = 'تازه', changed = '2026-11-01' where "شماره" = 3`);
    const increment = await load('/', { mode: 'incremental' }, config, sources);
    assert.deepEqual(counts(increment), [2, 0, 1, 1, 0, 0, 'finished']);
    await owner.query(`alter table ext.people rename name to full_name`);
    const renamed = await load('/', {}, config, sources);
    assert.deepEqual(renamed.trouble?.facts['missing'], 'name');
    const blind = openSources({ folder: '/', environment: { PEOPLE_PASSWORD: 'wrong-secret' } });
    const unreachable = await load('/', {}, config, blind);
    assert.equal(unreachable.trouble?.code, 'source-unreachable');
    assert.equal((await everythingAsText()).includes('wrong-secret'), false);
  } finally {
    await owner.end();
  }
});

async function everythingAsText(): Promise<string> {
  const { rows } = await pool.query(`select s::text, l::text from source s join source_load l using (source)`);
  return JSON.stringify(rows);
}
