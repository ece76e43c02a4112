// Questions to systems outside on a real database and a real connection, under a clock that the test holds: dead partners, late ones, wrong ones.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { CLOSED } from '#inquiries/breaker.ts';
import type { Connector } from '#inquiries/connector.ts';
import type { InquiryId, InquiryState } from '#inquiries/types.ts';
import { loadInquiry } from '#store/inquiries.ts';
import { outsideWorld } from '#testing/outside-world.ts';
import type { OutsideWorld } from '#testing/outside-world.ts';
import { testRoad } from '#testing/road.ts';
import type { TestRoad } from '#testing/road.ts';
import { publishStanding } from '#testing/standing-inquiry.ts';
import type { StandingType } from '#testing/standing-inquiry.ts';
import type { Road } from '#work/road.ts';
import { silenceInquiries } from './silence.ts';
import { ask } from './ask.ts';
import { askConnector } from './ask-outside.ts';
import { giveUp, handOver, revive } from './dead.ts';

let [test1, world]: [TestRoad | undefined, OutsideWorld | undefined] = [undefined, undefined];
let road: Road;
let now: Instant = instant('2026-11-24T05:00:00Z');

before(async () => {
  world = await outsideWorld('signed-rest', { timeoutMs: 2000 });
  test1 = await testRoad();
  await publishStanding(test1.migratorUrl, world.connector);
  await test1.road.catalogue.refresh();
  road = { ...test1.road, ports: { ...test1.road.ports, connectors: world.port } };
  pass(0);
});
after(async () => {
  await test1?.stop();
  await world?.close();
});

function simulator() {
  assert.ok(world);
  return world.simulator;
}
function connector(): Connector {
  const [one] = road.catalogue.connectors();
  assert.ok(one);
  return one;
}
function pass(ms: number): void {
  now = plusMillis(now, ms);
  test1?.setNow(now);
}
const OFFICER = { person: 'checker' as PersonId, role: 'officer' as const, unit: 'office' as UnitId };

async function asked(type: StandingType, number: string = randomUUID()): Promise<InquiryId> {
  const asker = { by: 'case' as const, case: '1405-000000001', unit: OFFICER.unit, person: OFFICER.person };
  const { id } = await ask(road, { asker, by: OFFICER, type, question: { number }, key: randomUUID() });
  return id;
}
const stateOf = async (id: InquiryId): Promise<InquiryState> => (await loadInquiry(road.pool, id)).state;

/** Rounds of half a minute of the clock, until nothing waits or the time is over. */
async function live(ms: number, stepMs = 30_000): Promise<void> {
  for (let lived = 0; lived < ms; lived += stepMs) {
    await askConnector(road, connector());
    await silenceInquiries(road);
    pass(stepMs);
  }
}
/** A partner that is well again, and a circuit that knows it. */
async function recovered(): Promise<void> {
  simulator().behave('well');
  await reset();
  await road.pool.query('delete from inquiry_call');
}
const reset = () => road.pool.query('update connector_circuit set circuit = $1', [JSON.stringify(CLOSED)]);
const calls = (): number => simulator().counts().calls;

test('a question is asked, its answer recorded with its source, and what passed over the wire is kept', async () => {
  await recovered();
  const id = await asked('standing', '7');
  assert.deepEqual([(await stateOf(id)).status, (await stateOf(id)).connector], ['waiting', connector().id]);
  assert.equal(await askConnector(road, connector()), 1);
  const { status, answer } = await stateOf(id);
  assert.deepEqual([status, answer?.value, answer?.provenance.responder], ['answered', { standing: 'of 7' }, 'connector']);
  const { rows } = await road.pool.query<{ kept: number; waiting: number }>(
    `select (select count(*) from inquiry_exchange where inquiry_id = $1)::int as kept, (select count(*) from inquiry_call where inquiry_id = $1)::int as waiting`,
    [id],
  );
  assert.deepEqual(rows, [{ kept: 1, waiting: 0 }]);
});

test('two servers at once ask each question once', async () => {
  await recovered();
  const ids = await Promise.all(Array.from({ length: 12 }, () => asked('standing-only')));
  const before = calls();
  await Promise.all([askConnector(road, connector()), askConnector(road, connector()), askConnector(road, connector())]);
  assert.equal(calls() - before, ids.length);
  for (const id of ids) assert.equal((await stateOf(id)).status, 'answered');
});

test('a partner that is down for an hour costs a probe at a time, and every question is answered once or among the dead', async () => {
  await recovered();
  const ids = await Promise.all(Array.from({ length: 36 }, (_none, at) => asked(at % 3 === 0 ? 'standing' : 'standing-only')));
  simulator().behave('down');
  const before = calls();
  await live(3_600_000);
  const during = calls() - before;
  const { circuit } = connector();
  // To open it, at most four at once; then rests of 30 s, 60, 120, 240, 300, 300 …
  assert.ok(during <= circuit.failures + 3 + 4 + Math.ceil(3_600_000 / circuit.capMs), `${during} calls in the hour`);
  simulator().behave('well');
  await live(1_800_000);
  const states = await Promise.all(ids.map(stateOf));
  for (const { status, unit } of states) assert.ok(status === 'answered' || status === 'dead' || unit === 'office', status);
  assert.ok(states.filter((one) => one.status === 'answered').length >= 34, 'a probe now and then uses up nobody’s tries');
  const { rows } = await road.pool.query<{ answers: number; calls: number }>(
    `select max(n)::int as answers, (select count(*)::int from inquiry_call where next_at < 'infinity') as calls from
       (select count(*) as n from inquiry_event where type = 'InquiryAnswered' and inquiry_id = any ($1) group by inquiry_id) as per`,
    [ids],
  );
  assert.deepEqual(rows, [{ answers: 1, calls: 0 }]);
});

test('after its tries the next responder has its turn; where there is none it is among the dead, and asked again it is answered', async () => {
  await recovered();
  const [toUnit, toNobody] = [await asked('standing'), await asked('standing-only')];
  simulator().behave('error');
  await live(7_200_000, 300_000);
  assert.deepEqual([(await stateOf(toUnit)).unit, (await stateOf(toUnit)).connector], ['office', undefined]);
  const dead = await stateOf(toNobody);
  assert.deepEqual([dead.status, dead.died?.reason], ['dead', 'unavailable 500']);
  simulator().behave('well');
  pass(600_000);
  await revive(road, toNobody, { hat: OFFICER, reason: 'it is up' });
  await live(60_000);
  assert.equal((await stateOf(toNobody)).status, 'answered');
  await assert.rejects(revive(road, toNobody, { hat: OFFICER, reason: 'x' }), /inquiry-closed/);
});

test('a question that outwaited its connector goes on without another call', async () => {
  await recovered();
  simulator().behave('down');
  const id = await asked('standing');
  await live(120_000);
  await road.pool.query(`update connector_circuit set circuit = $1`, [
    JSON.stringify({ state: 'open', until: plusMillis(now, 86_400_000), opened: 9 }),
  ]);
  pass(connector().retry.patienceMs);
  const before = calls();
  await askConnector(road, connector());
  assert.deepEqual([(await stateOf(id)).unit, calls() - before], ['office', 0]);
});

test('an answer that does not fit its schema is no answer: the next responder has its turn at once', async () => {
  await recovered();
  simulator().behave('unfit');
  const [id, only] = [await asked('standing'), await asked('standing-only')];
  await askConnector(road, connector());
  assert.equal((await stateOf(id)).unit, 'office');
  assert.match((await stateOf(only)).died?.reason ?? '', /^unfit/);
  const { rows } = await road.pool.query(`select circuit ->> 'state' as state from connector_circuit`);
  assert.deepEqual(rows, [{ state: 'closed' }], 'a wrong answer is still a sign of life');
});

test('a wrong signature is never an answer, however often it comes', async () => {
  await recovered();
  simulator().behave('forged');
  const id = await asked('standing-only');
  await live(7_200_000, 300_000);
  assert.deepEqual([(await stateOf(id)).status, (await stateOf(id)).died?.reason], ['dead', 'unsigned']);
});

test('one that has the question may keep silent, and its answer after the deadline is kept beside', async () => {
  await recovered();
  simulator().behave('later');
  const id = await asked('standing-consent');
  await askConnector(road, connector());
  assert.notEqual((await stateOf(id)).deliveredAt, undefined);
  simulator().behave('down');
  pass(20 * 86_400_000);
  await silenceInquiries(road);
  assert.equal((await stateOf(id)).status, 'silent');
  simulator().behave('well');
  await reset();
  await live(600_000);
  const { status, late } = await stateOf(id);
  assert.deepEqual([status, late.length], ['silent', 1]);
});

test('one that has the question is asked again at its own time, however long it takes', async () => {
  await recovered();
  simulator().behave('later');
  const id = await asked('standing');
  const before = calls();
  await askConnector(road, connector());
  pass(connector().retry.patienceMs * 2);
  await askConnector(road, connector());
  await live(20_000, 1000);
  assert.equal(calls() - before, 2, 'thirty seconds are not over');
  await live(60_000);
  assert.deepEqual([(await stateOf(id)).status, calls() - before], ['answered', 3]);
});

test('silence is not held against one who was never reached', async () => {
  await recovered();
  simulator().behave('down');
  const id = await asked('standing-consent');
  await askConnector(road, connector());
  pass(20 * 86_400_000);
  await silenceInquiries(road);
  const { status, silentAt } = await stateOf(id);
  assert.deepEqual([status, silentAt], ['waiting', now]);
  await live(60_000);
  assert.equal((await stateOf(id)).status, 'dead');
});

test('a dead question is given to the people its type names, or closed for good', async () => {
  await recovered();
  simulator().behave('refused');
  const [one, other] = [await asked('standing-only'), await asked('standing-only')];
  await askConnector(road, connector());
  await assert.rejects(handOver(road, one, { hat: OFFICER }), /inquiry-no-unit/);
  await giveUp(road, other, { hat: OFFICER, reason: 'nobody knows' });
  assert.deepEqual([(await stateOf(one)).status, (await stateOf(other)).status], ['dead', 'given-up']);
  const { rows } = await road.pool.query('select inquiry_id as id from inquiry_call');
  assert.deepEqual(rows, [{ id: one }]);
});
