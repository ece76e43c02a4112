// The pages and doors of connectors and of questions nobody could answer: who sees what, who may do what, on the demo city with its simulated organisations.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { InquiryId } from '#inquiries/types.ts';
import type { Mode } from '#outside/simulators/simulator.ts';
import { loadInquiry } from '#store/inquiries.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { ask } from '#work/inquiries/ask.ts';
import { askConnector } from '#work/inquiries/ask-outside.ts';

const [ARASH, SAMIRA, ZAHRA, FARHAD, SARA] = [
  'infrastructure-arash',
  'officer-samira',
  'owner-zahra',
  'officer-farhad',
  'citizen-sara',
] as const;

let portal: TestPortal;
const tokens = new Map<string, string>();
before(async () => {
  portal = await testPortal({ ticking: false });
  for (const persona of [ARASH, SAMIRA, ZAHRA, FARHAD, SARA]) {
    const answer = await send('POST', '/api/sessions', { body: { persona } });
    tokens.set(persona, ((await answer.json()) as { token: string }).token);
  }
});
after(() => portal.stop());

type Sending = { readonly by?: string; readonly body?: unknown; readonly form?: Record<string, string>; readonly key?: string };

function send(method: string, path: string, { by, body, form, key }: Sending = {}): Promise<Response> {
  const token = by === undefined ? undefined : tokens.get(by);
  return fetch(`${portal.origin}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form && { body: new URLSearchParams(form).toString() }),
  });
}
const text = async (path: string, by: string): Promise<string> => (await send('GET', path, { by })).text();

async function asked(type: string, question: JsonObject): Promise<InquiryId> {
  const { road } = portal.composed;
  const unit = 'revenue' as UnitId;
  const by = { person: SAMIRA as PersonId, role: 'officer' as const, unit };
  const asker = { by: 'case' as const, case: '1405-000000001', unit, person: by.person };
  const { id } = await ask(road, { asker, by, type, question, key: randomUUID() });
  return id;
}
async function round(connector: string, mode: Mode): Promise<void> {
  const { road, simulators } = portal.composed;
  simulators.get(connector)?.behave(mode);
  for (const one of road.catalogue.connectors()) if (one.id === connector) await askConnector(road, one);
}
/** Each about another number: an answer still standing is not asked again. */
let numbers = 9_990_100_000;
async function dead(about = String((numbers += 1))): Promise<{ readonly id: InquiryId; readonly about: string }> {
  const id = await asked('civil-status', { nationalId: about });
  await round('civil-registry', 'refused');
  return { id, about };
}
const statusOf = async (id: InquiryId): Promise<string> => (await loadInquiry(portal.composed.road.pool, id)).state.status;

test('the demo answers the city’s questions to other organisations without a network', async () => {
  const member = await asked('engineering-order-membership', { membershipNumber: '10-1-00234' });
  const alive = await asked('civil-status', { nationalId: '9990000018' });
  await round('engineering-order', 'well');
  await round('civil-registry', 'well');
  const [one, other] = [
    await loadInquiry(portal.composed.road.pool, member),
    await loadInquiry(portal.composed.road.pool, alive),
  ];
  assert.deepEqual(one.state.answer?.value, {
    valid: true,
    suspended: false,
    grade: 1,
    competences: ['design', 'supervision'],
    validUntil: '2028-03-19',
  });
  assert.deepEqual(other.state.answer?.value, { alive: false, deathDate: '2024-11-02' });
});

test('what the demo’s connectors do not know is no answer: nobody is declared dead because a partner said something else', async () => {
  const member = await asked('engineering-order-membership', { membershipNumber: '10-1-00871' });
  const alive = await asked('civil-status', { nationalId: '9990000026' });
  await round('engineering-order', 'unfit');
  await round('civil-registry', 'unfit');
  const { road } = portal.composed;
  const [one, other] = [await loadInquiry(road.pool, member), await loadInquiry(road.pool, alive)];
  assert.deepEqual([one.state.status, one.state.unit], ['waiting', 'engineering-supervisors']);
  assert.deepEqual([other.state.status, other.state.died?.reason], ['dead', 'unfit type']);
});

test('whoever runs the connectors sees a dead question without a word of it; the unit that owns it sees all; nobody else sees it', async () => {
  const { id, about } = await dead();
  assert.equal(await statusOf(id), 'dead');
  const path = `/en/desk/dead-inquiries/${id}`;
  for (const where of ['/en/desk/dead-inquiries', path]) {
    const page = await text(where, ARASH);
    assert.match(page, /Civil status/);
    assert.match(page, /refused the question/);
    assert.ok(!page.includes(about), where);
  }
  assert.match(await text(path, ARASH), /shown to the unit that owns the question alone/);
  assert.ok(!(await text(path, ARASH)).includes('value="give-up"'));
  assert.ok((await text(path, SAMIRA)).includes(about));
  assert.ok((await text(path, ZAHRA)).includes('value="give-up"'));
  assert.ok(!(await text('/en/desk/dead-inquiries', FARHAD)).includes(id));
  assert.equal((await send('GET', path, { by: FARHAD })).status, 404);
  assert.equal((await send('GET', path, { by: SARA })).status, 403);
  assert.equal((await send('GET', '/en/desk/connectors', { by: ZAHRA })).status, 403);
});

test('the desk leads there, with how many there are', async () => {
  await dead();
  assert.match(await text('/en/desk', ARASH), /href="\/en\/desk\/connectors"/);
  assert.match(await text('/en/desk', ARASH), /Questions nobody could answer \(\d+\)/);
  assert.match(await text('/en/desk', SAMIRA), /Questions nobody could answer \(\d+\)/);
  assert.ok(!(await text('/en/desk', FARHAD)).includes('dead-inquiries'));
});

test('asked again with a reason it is answered; without one, or without a choice, the form says so beside the field and keeps what was typed', async () => {
  const { id } = await dead('9991012346');
  const path = `/en/desk/dead-inquiries/${id}`;
  const bare = await send('POST', path, { by: ARASH, form: { key: 'k', mend: 'revive', reason: ' ' } });
  assert.equal(bare.status, 422);
  assert.match(await bare.text(), /Write the reason\./);
  const undecided = await send('POST', path, { by: SAMIRA, form: { key: 'k', reason: 'because' } });
  const page = await undecided.text();
  assert.deepEqual([undecided.status, page.includes('Choose one.'), page.includes('because')], [422, true, true]);
  const form = { key: 'k1', mend: 'revive', reason: 'it is up' };
  const done = await send('POST', path, { by: ARASH, form });
  assert.deepEqual([done.status, done.headers.get('location')], [303, '/en/desk/dead-inquiries?done=revive']);
  const again = await send('POST', path, { by: ARASH, form });
  assert.equal(again.headers.get('location'), '/en/desk/dead-inquiries?done=revive', 'sent twice is once');
  await round('civil-registry', 'well');
  assert.equal(await statusOf(id), 'answered');
});

test('only the unit that owns a question closes it, and nobody mends what is about themselves', async () => {
  const { id } = await dead();
  const path = `/en/desk/dead-inquiries/${id}`;
  const form = { key: 'k2', mend: 'give-up', reason: 'nobody knows' };
  assert.equal((await send('POST', path, { by: ARASH, form })).status, 403);
  assert.equal((await send('POST', path, { by: FARHAD, form })).status, 404);
  assert.equal((await send('POST', path, { by: ZAHRA, form: { ...form, mend: 'hand-over' } })).status, 403);
  assert.equal((await send('POST', path, { by: ZAHRA, form })).status, 303);
  assert.equal(await statusOf(id), 'given-up');
  const { id: own } = await dead('9992888814');
  const seen = await text(`/en/desk/dead-inquiries/${own}`, SAMIRA);
  assert.match(seen, /about you/);
  assert.ok(!seen.includes('9992888814'));
  const refused = await send('POST', `/en/desk/dead-inquiries/${own}`, { by: SAMIRA, form: { ...form, key: 'k3' } });
  assert.equal(refused.status, 403);
  assert.equal(await statusOf(own), 'dead');
});

test('the connectors’ page tells a dead partner from a live one', async () => {
  for (let times = 0; times < 6; times += 1) await asked('civil-status', { nationalId: '9991023453' });
  await round('civil-registry', 'down');
  await round('engineering-order', 'well');
  const page = await text('/en/desk/connectors', ARASH);
  assert.match(page, /Down; tried again/);
  assert.match(page, /cannot be reached/);
  assert.match(page, />Up</);
  const { connectors } = (await (await send('GET', '/api/connectors', { by: ARASH })).json()) as {
    connectors: { connector: { id: string }; circuit: { state: string }; waiting: number }[];
  };
  const registry = connectors.find((one) => one.connector.id === 'civil-registry');
  assert.deepEqual([registry?.circuit.state, registry?.waiting], ['open', 6]);
  assert.equal((await send('GET', '/api/connectors', { by: SAMIRA })).status, 403);
  for (const by of [SAMIRA, SARA])
    assert.equal((await send('POST', '/en/desk/connectors/civil-registry/try', { by, form: {} })).status, 403);
  const { location, status } = await send('POST', '/en/desk/connectors/civil-registry/try', { by: ARASH, form: {} }).then(
    (one) => ({
      location: one.headers.get('location'),
      status: one.status,
    }),
  );
  assert.deepEqual([status, location], [303, '/en/desk/connectors?tried=1']);
  await round('civil-registry', 'well');
  await round('civil-registry', 'well');
  assert.doesNotMatch(await text('/en/desk/connectors', ARASH), /Down; tried again/);
  const answered = await portal.composed.road.pool.query(`select 1 from inquiry_call where next_at < 'infinity'`);
  assert.equal(answered.rowCount, 0, 'all that waited was asked');
});

test('the API says and does the same', async () => {
  await portal.composed.road.pool.query(`update connector_circuit set circuit = '{"state":"closed","failures":0}'`);
  const { id, about } = await dead();
  const one = (by: string) => send('GET', `/api/dead-inquiries/${id}`, { by });
  const [asRunner, asOwner] = [await (await one(ARASH)).text(), await (await one(SAMIRA)).text()];
  assert.deepEqual([asRunner.includes(about), asOwner.includes(about)], [false, true]);
  assert.equal((await one(FARHAD)).status, 404);
  const door = `/api/dead-inquiries/${id}/revive`;
  assert.equal((await send('POST', door, { by: ARASH, body: {} })).status, 400);
  for (const _time of [1, 2])
    assert.equal((await send('POST', door, { by: ARASH, body: { reason: 'up' }, key: 'key-of-the-api' })).status, 200);
  assert.equal(await statusOf(id), 'waiting');
  assert.equal((await send('POST', door, { by: ARASH, body: { reason: 'up' } })).status, 404);
});

test('the database itself shows no more: without being told who reads, or to people of other units, nothing of what waits or was exchanged', async () => {
  const { road } = portal.composed;
  const counts = (reader: Reader) =>
    readAs(road.readers, reader, async (client) => {
      const of = async (table: string) =>
        (await client.query(`select count(*)::int as n from ${table}`)).rows[0] as { n: number };
      return [
        (await of('inquiry_call')).n,
        (await of('inquiry_exchange')).n,
        (await of('dead_inquiries()')).n,
        (await of('inquiry')).n,
      ];
    });
  assert.deepEqual(await counts({ person: FARHAD, units: ['fire-service'] }), [0, 0, 0, 0]);
  const [calls, exchanges, dead, questions] = await counts({ person: ARASH, units: ['it-organisation'], runs: true });
  assert.ok((calls ?? 0) > 0 && (dead ?? 0) > 0);
  assert.deepEqual([exchanges, questions], [0, 0]);
});

test('a tester says how a simulated organisation behaves', async () => {
  assert.match(await (await send('GET', '/sandbox/connectors')).text(), /civil-registry/);
  const told = await send('POST', '/sandbox/behaviour/civil-registry', { form: { mode: 'slow' } });
  assert.deepEqual([told.status, portal.composed.simulators.get('civil-registry')?.mode()], [303, 'slow']);
  assert.equal((await send('POST', '/sandbox/behaviour/nobody', { form: { mode: 'slow' } })).status, 404);
});
