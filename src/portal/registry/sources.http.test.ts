// The pages of sources on the demo city: infrastructure begins loads and sees numbers, rows go to the steward and the unit that answers for a source.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openSources } from '#outside/sources/open.ts';
import { openPool } from '#store/pool.ts';
import { listLoads } from '#store/sources.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

const [ARASH, ELHAM, SAMIRA, LEILA, SARA] = [
  'infrastructure-arash',
  'steward-elham',
  'officer-samira',
  'officer-leila',
  'citizen-sara',
] as const;

let portal: TestPortal;
let folder = '';
const tokens = new Map<string, string>();
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dargah-sources-'));
  portal = await testPortal({ ticking: false });
  for (const persona of [ARASH, ELHAM, SAMIRA, LEILA, SARA]) {
    const answer = await fetch(`${portal.origin}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ persona }),
    });
    tokens.set(persona, ((await answer.json()) as { token: string }).token);
  }
});
after(async () => {
  await portal.stop();
  await rm(folder, { recursive: true, force: true });
});

function get(path: string, by: string): Promise<Response> {
  return fetch(`${portal.origin}${path}`, { redirect: 'manual', headers: { authorization: `Bearer ${tokens.get(by)}` } });
}
function begin(source: string, by: string, what = 'load'): Promise<Response> {
  return fetch(`${portal.origin}/registry/sources/${source}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${tokens.get(by)}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ do: what }).toString(),
  });
}

/** The newest load of a source, when it has ended. */
async function ended(source: string) {
  for (let tries = 0; tries < 200; tries += 1) {
    const [load] = await listLoads(portal.composed.road.pool, source, 1);
    if (load && load.status !== 'running') return load;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${source} goes on for ever`);
}

test('who may see what of a source', async () => {
  const [arash, elham, samira] = await Promise.all(
    [ARASH, ELHAM, SAMIRA].map(async (by) => (await get('/registry/sources', by)).text()),
  );
  for (const all of [arash, elham]) assert.match(all ?? '', /کاداستر شهر نمونه[\s\S]*ثبت احوال نمونه/);
  assert.match(samira ?? '', /پرونده‌های دفتر نوسازی نمونه/, 'her unit answers for it');
  assert.doesNotMatch(samira ?? '', /ثبت احوال نمونه/);
  assert.equal((await get('/registry/sources/civil-registry', SAMIRA)).status, 404);
  for (const by of [LEILA, SARA]) assert.equal((await get('/registry/sources', by)).status, 403, by);
  assert.equal((await get('/registry/sources/nothing', ARASH)).status, 404);
});

test('rejected rows go to the steward and the unit that answers, who leave a trace; never to infrastructure', async () => {
  const [load] = await listLoads(portal.composed.road.pool, 'renovation-office', 1);
  const path = `/en/registry/sources/renovation-office/rejects/${load?.load}`;
  assert.equal((await get(path, ARASH)).status, 403);
  assert.doesNotMatch(await (await get('/registry/sources/renovation-office', ARASH)).text(), /\/rejects\//);
  for (const by of [ELHAM, SAMIRA]) {
    const answer = await get(path, by);
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer()).split('\r\n');
    assert.match(lines[0] ?? '', /^\uFEFF_line,_reason,شماره پرونده,کد نوسازی/);
    assert.match(lines[1] ?? '', /^renovation-office\.csv:33,کاربری: it is not among the codes: باغ,06-109014/);
    assert.equal(lines.length, 4);
  }
  const { rows } = await portal.composed.road.pool.query(`select distinct person from look where basis = 'registry'`);
  assert.deepEqual(rows.map((one) => (one as { person: string }).person).toSorted(), [SAMIRA, ELHAM].toSorted());
  assert.equal((await get(path.replace('renovation-office/', 'civil-registry/'), ELHAM)).status, 404, 'a load is of its source');
});

test('infrastructure begins a load, which runs on by itself; others do not, nor where the seed wrote', async () => {
  for (const by of [ELHAM, SAMIRA, SARA]) assert.equal((await begin('renovation-office', by)).status, 403, by);
  assert.equal((await begin('demo-property-register', ARASH)).status, 404);
  const answer = await begin('renovation-office', ARASH);
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get('location'), '/registry/sources/renovation-office?begun=1');
  const load = await ended('renovation-office');
  assert.deepEqual([load.status, load.by, load.unchanged, load.rejected], ['finished', ARASH, 31, 2]);
  assert.match(await (await get('/registry/sources/renovation-office', ELHAM)).text(), /آرش بهشتی/);
});

test('what went wrong is told on the page, and nothing of a row', async () => {
  const road = portal.composed.road as { ports: { sources: unknown } } & typeof portal.composed.road;
  const file = join(folder, 'renovation-office.csv');
  Object.assign(road.ports, { sources: openSources({ folder, environment: {} }) });
  await writeFile(file, 'شماره پرونده,کد نوسازی\n1,2\n');
  assert.equal((await begin('renovation-office', ARASH)).status, 303);
  assert.equal((await ended('renovation-office')).status, 'failed');
  const columns = await (await get('/registry/sources/renovation-office', ARASH)).text();
  assert.match(columns, /ستون‌های منبع عوض شده است\. نیست: کد پستی/);
  const head = 'شماره پرونده,کد نوسازی,کد پستی,کد ملی مالک,کاربری,زیربنا,نشانی,تاریخ بازبینی\n';
  await writeFile(file, `${head}06-104500,6-1045-12-7,1436913571,9991012346,مسکونی,140,الف,1405/05/01\n06-1,"6-1045-\n`);
  assert.equal((await begin('renovation-office', ARASH)).status, 303);
  await ended('renovation-office');
  const english = await (await get('/en/registry/sources/renovation-office', ARASH)).text();
  assert.match(english, /broken at renovation-office\.csv:3: a quote that opens here is never closed/);
  assert.match(english, /Go on where it was/);
  await rm(file);
  assert.equal((await begin('renovation-office', ARASH)).status, 303);
  assert.match(
    await (await get('/en/registry/sources/renovation-office', ARASH)).text(),
    /renovation-office\.csv” is not in the folder/,
  );
});

test('while one load of a source runs a second is refused', async () => {
  const pool = openPool(portal.migratorUrl, { max: 1 });
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(7210004, hashtext('renovation-office'))`);
    assert.equal((await begin('renovation-office', ARASH)).status, 409);
  } finally {
    client.release();
    await pool.end();
  }
});
