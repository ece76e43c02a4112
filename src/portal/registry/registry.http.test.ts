// The registry's doors by HTTP: who comes in, what a form sent twice or without a reason does, what guards refuse, and the API of an entity.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPool } from '#store/pool.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { linkAll, linkerOf } from '#work/registry/link.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal({ ticking: false })));
after(() => portal.stop());

type Answer = { readonly status: number; readonly text: string; readonly to: string };
type Caller = (path: string, form?: Readonly<Record<string, string>>) => Promise<Answer>;

async function caller(persona: string): Promise<Caller> {
  const signed = await fetch(`${portal.origin}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona }),
  });
  const { token } = (await signed.json()) as { readonly token: string };
  return async (path, form) => {
    const answer = await fetch(portal.origin + path, {
      headers: { authorization: `Bearer ${token}`, origin: portal.origin },
      redirect: 'manual',
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') ?? '' };
  };
}

async function numbersOf(...records: readonly string[]): Promise<readonly number[]> {
  const pool = openPool(portal.migratorUrl, { max: 1 });
  try {
    const { rows } = await pool.query<{ id: string; number: number }>(
      `select source || '/' || key as id, number from source_record where source || '/' || key = any ($1::text[])`,
      [records],
    );
    return records.map((record) => rows.find(({ id }) => id === record)?.number ?? 0);
  } finally {
    await pool.end();
  }
}

const PAGES = ['/registry', '/registry/queue', '/registry/entities/1', '/registry/quality', '/registry/conflicts'];

test('citizens and officers of other units come in nowhere; the steward everywhere; infrastructure to numbers', async () => {
  const status = async (persona: string): Promise<readonly number[]> => {
    const call = await caller(persona);
    return Promise.all(PAGES.map(async (path) => (await call(path)).status));
  };
  assert.deepEqual(await status('citizen-sara'), [403, 403, 403, 403, 403]);
  assert.deepEqual(await status('officer-farhad'), [403, 403, 403, 403, 403]);
  assert.deepEqual(await status('infrastructure-arash'), [200, 403, 403, 200, 403]);
  assert.deepEqual(await status('officer-samira'), [200, 403, 403, 200, 200]);
  assert.deepEqual(await status('steward-elham'), [200, 200, 200, 200, 200]);
});

test('a decision without a reason keeps nothing and loses nothing; sent twice it is one; undone, the first form does not come back', async () => {
  const [one, other] = await numbersOf('civil-registry/481502', 'civil-registry/482404');
  const elham = await caller('steward-elham');
  const path = `/registry/pairs/${one}/${other}`;
  const empty = await elham(path, { key: 'k1', do: 'merge', reason: '  ' });
  assert.equal(empty.status, 422);
  assert.match(empty.text, /دلیل تصمیم را بنویسید/);
  const form = { key: 'k1', do: 'merge', reason: 'یک نفرند <b>' };
  const merged = await elham(path, form);
  assert.deepEqual([merged.status, merged.to], [303, `/registry/entities/${one}?done=merge`]);
  assert.equal((await elham(path, form)).status, 303, 'sent again it is the same');
  const view = await elham(merged.to);
  assert.match(view.text, /یک نفرند &lt;b>/, 'what was typed is text');
  assert.equal(
    (await elham(`/registry/entities/${other}`)).text.includes('482404'),
    true,
    'either number leads to the one entity',
  );
  const again = await elham(path, { ...form, key: 'k2' });
  assert.equal(again.status, 422, 'another form has nothing to join');
  assert.match(again.text, /هم‌اکنون یکی/);
  const pool = openPool(portal.migratorUrl, { max: 1 });
  const { rows } = await pool.query<{ merge: string }>(
    `select merge from linkage_merge where 'civil-registry/482404' in (one, other) and by = 'steward-elham'`,
  );
  await pool.end();
  const merge = rows[0]?.merge ?? '';
  const parting = { key: 'k3', number: String(one), reason: 'دو نفرند' };
  assert.equal((await elham(`/registry/merges/${merge}`, { ...parting, reason: '' })).status, 422);
  assert.equal((await elham(`/registry/merges/${merge}`, parting)).to, `/registry/entities/${one}?done=part`);
  assert.equal(
    (await elham(`/registry/merges/${merge}`, parting)).to,
    `/registry/entities/${one}?done=part`,
    'sent again it is the same',
  );
  assert.equal((await elham(`/registry/merges/${merge}`)).status, 404, 'it stands no longer');
  assert.equal((await elham(path, form)).status, 303);
  assert.doesNotMatch((await elham(`/registry/entities/${one}`)).text, /482404<\/bdi>/, 'they are still two');
  const samira = await caller('officer-samira');
  assert.equal((await samira(path, { ...form, key: 'k9' })).status, 403);
});

test('what guards forbid is said beside the pair', async () => {
  const [one, other] = await numbersOf('civil-registry/481500', 'civil-registry/481501');
  const elham = await caller('steward-elham');
  const refused = await elham(`/en/registry/pairs/${one}/${other}`, { key: 'g', do: 'merge', reason: 'guess' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /They cannot be one: valid keys/);
  assert.match(refused.text, />guess<\/textarea>/, 'what was typed is kept');
  assert.equal((await elham('/registry/pairs/1/999999')).status, 404);
  assert.equal((await elham('/registry/entities/abc')).status, 404);
  assert.equal((await elham('/registry/queue?after=%27~x~y&kind=planet')).status, 200);
  assert.equal((await elham('/registry/conflicts?after=x&field=%27&source=nobody')).status, 200);
});

test('a program of a steward reads an entity by its kind and any key; a case officer does not', async () => {
  const elham = await caller('steward-elham');
  const by = (kind: string, key: string) => elham(`/api/registry/entities/${kind}/${encodeURIComponent(key)}`);
  const found = await by('property', '3526/1045');
  assert.equal(found.status, 200);
  type Body = {
    readonly kind: string;
    readonly fields: Readonly<Record<string, { readonly value: unknown; readonly source: string; readonly rule: string }>>;
  };
  const { kind, fields } = JSON.parse(found.text) as Body;
  assert.equal(kind, 'property');
  assert.deepEqual(
    [fields['renovationCode']?.value, fields['fileNumber']?.source, fields['renovationCode']?.rule],
    ['6-1045-12-7', 'renovation-office', 'unanimous'],
  );
  assert.equal((await by('person', '9991012346')).status, 200);
  assert.equal((await by('person', '6-1045-12-7')).status, 404);
  assert.equal((await by('planet', '1')).status, 404);
  const leila = await caller('officer-leila');
  assert.equal((await leila('/api/registry/entities/property/6-1045-12-7')).status, 403);
});

test('a parcel leads to the buildings on it and their units, and back', async () => {
  const pool = openPool(portal.migratorUrl, { max: 1 });
  const rows = [
    ['p', 'parcel', '9-700-1-1', '77/1'],
    ['b', 'building', '9-700-1-1-2', '77/1'],
    ['u', 'unit', '9-700-1-1-2-5', '77/9'],
    ['x', 'parcel', '9-700-1-12', '77/2'],
  ];
  try {
    for (const [key, part, renovationCode, registrationPlate] of rows)
      await pool.query(
        `insert into source_record (source, key, kind, as_of, fields, load_id, entity) values ('land', $1, 'property', now(), $2, 'test', 'land/' || $1)`,
        [key, JSON.stringify({ part, renovationCode, registrationPlate })],
      );
    await linkAll(linkerOf(portal.composed.road));
  } finally {
    await pool.end();
  }
  const [parcel, building, unit, neighbour] = await numbersOf('land/p', 'land/b', 'land/u', 'land/x');
  const elham = await caller('steward-elham');
  const tied = async (number: number | undefined): Promise<ReadonlySet<number>> => {
    const { text } = await elham(`/registry/entities/${number}`);
    return new Set([...text.matchAll(/href="\/registry\/entities\/(\d+)"/g)].map(([, to]) => Number(to)));
  };
  assert.deepEqual(await tied(parcel), new Set([building, unit]));
  assert.deepEqual(await tied(unit), new Set([parcel, building]));
  assert.deepEqual(await tied(neighbour), new Set());
});
