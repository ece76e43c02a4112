// Data of people on a real database: nobody reads another's; a dispute is one, decided by the unit that answers for the source and by nobody it is
// about; what is put right stands until the source itself says something else.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { plusMillis } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import type { Role } from '#cases/types.ts';
import type { DisputeId } from '#registry/dispute.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { openPool } from '#store/pool.ts';
import { readAs } from '#store/read-as.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { ask } from '#work/inquiries/ask.ts';
import type { Road } from '#work/road.ts';
import { sequenceLeaves } from '#work/sequencer.ts';
import { disputeView, ownData, ownDatumView, ownDisputes, unitDisputes } from '#work/views/own-data.ts';
import type { OwnDataViewer } from '#work/views/own-data.ts';
import { decideDispute, dispute, remindOfDisputes, withdrawDispute } from './dispute.ts';

let portal: TestPortal;
let road: Road;
let migrator: ReturnType<typeof openPool>;
before(async () => {
  portal = await testPortal({ ticking: false });
  ({ road } = portal.composed);
  migrator = openPool(portal.migratorUrl, { max: 1 });
});
after(async () => {
  await migrator.end();
  await portal.stop();
});
/** What the register's own source says of Sara's property; each test begins from the same. */
beforeEach(async () => {
  // The server itself may delete neither.
  await migrator.query(`delete from register_correction`);
  await migrator.query(`update dispute set status = 'withdrawn' where status = 'open'`);
  await says(180);
});

const viewer = (person: string, nationalId: string, ...held: readonly (readonly [Role, string])[]): OwnDataViewer => ({
  actor: {
    person: person as PersonId,
    kind: 'citizen',
    assignments: held.map(([role, unit]) => ({ role, unit: unit as UnitId })),
  },
  nationalId,
  reader: { person, units: held.map(([, unit]) => unit) },
});
const SARA = viewer('citizen-sara', '9991012346');
const REZA = viewer('citizen-reza', '9991023453');
const SAMIRA = viewer('officer-samira', '9992888814', ['officer', 'revenue']);
const LEILA = viewer('officer-leila', '9992011114', ['officer', 'district-06-planning']);
const CODE = '6-1045-12-7';
const AREA = { register: 'property', key: CODE, member: 'landArea' };

const refused =
  (code: RefusalCode) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code;
const claim = (claimed: Json, who = SARA, key: string = randomUUID()): Promise<DisputeId> =>
  dispute(road, who, { datum: AREA, raw: { claimed, reason: 'the deed says so' }, key });
const accept = (id: DisputeId, who = SAMIRA) => decideDispute(road, who, id, { accept: true, reason: '' });

/** The source's own word, as the linker writes it. */
async function says(landArea: number, asOf = new Date().toISOString()): Promise<void> {
  const told = { source: 'demo-property-register', record: `demo-property-register/${CODE}`, asOf };
  const { rowCount } = await road.pool.query(
    `update register_record set body = body || $2, provenance = coalesce(provenance, '{}') || $3 where register = 'property' and key = $1`,
    [CODE, { landArea }, { landArea: told }],
  );
  assert.equal(rowCount, 1);
}
async function held(): Promise<readonly [Json | undefined, string | undefined]> {
  const record = await findRegisterRecord(road.pool, 'property', CODE);
  return [record?.body['landArea'], record?.provenance['landArea']?.source];
}
const later = (millis: number): string => plusMillis(road.ports.world.now(), millis);

test('my data are mine: one’s own records and what one owns, and not a field of anybody else', async () => {
  const mine = await ownData(road, SARA);
  assert.ok(mine.some((one) => one.register === 'person' && one.isSelf && one.data.some((each) => each.value === '09990000011')));
  assert.ok(mine.some((one) => one.key === CODE && !one.isSelf));
  for (const one of mine) assert.ok(one.data.every((each) => each.source.fa !== '' && each.asOf !== ''));
  const theirs = JSON.stringify(await ownData(road, REZA));
  assert.ok(!theirs.includes(SARA.nationalId) && !theirs.includes(CODE));
  for (const name of [AREA, { ...AREA, key: '9-9999-9-9' }, { register: 'person', key: SARA.nationalId, member: 'mobile' }])
    await assert.rejects(ownDatumView(road, REZA, name), refused('record-not-found'));
  for (const name of [
    { ...AREA, member: 'nothing' },
    { ...AREA, register: 'constructor' },
    { ...AREA, key: 'me' },
  ])
    await assert.rejects(ownDatumView(road, SARA, name), refused('record-not-found'));
  assert.equal((await ownDatumView(road, SARA, { register: 'person', key: 'me', member: 'mobile' })).datum.value, '09990000011');
});

test('a claim is read by its type; the key of a record, another’s datum and what is held already are none', async () => {
  const faults = async (raw: JsonObject): Promise<readonly string[]> => {
    try {
      await dispute(road, SARA, { datum: AREA, raw, key: randomUUID() });
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return (error.facts.fields ?? []).map((one) => `${one.pointer} ${one.code}`);
    }
  };
  assert.deepEqual(await faults({ claimed: 'large', reason: 'because' }), ['/claimed not-a-number']);
  assert.deepEqual(await faults({ claimed: '۱۸۰', reason: 'because' }), ['/claimed same-as-held']);
  assert.deepEqual(await faults({ claimed: '', reason: '' }), ['/claimed required', '/reason required']);
  await assert.rejects(claim(1, REZA), refused('record-not-found'));
  const key = { ...AREA, member: 'renovationCode' };
  await assert.rejects(
    dispute(road, SARA, { datum: key, raw: { claimed: '1-2-3', reason: 'because' }, key: randomUUID() }),
    refused('record-not-found'),
  );
});

test('disputed twice, at once or later, it is one; another claim meanwhile is refused; withdrawn, it may be disputed anew', async () => {
  const key = randomUUID();
  const ids = await Promise.all([claim(175, SARA, key), claim(175, SARA, key), claim(175), claim('۱۷۵')]);
  assert.equal(new Set(ids).size, 1);
  await assert.rejects(claim(170), refused('dispute-open'));
  const [id] = ids;
  assert.ok(id);
  assert.equal((await findRegisterRecord(road.pool, 'property', CODE))?.disputes['landArea'], id);
  await assert.rejects(withdrawDispute(road, REZA, id), refused('dispute-not-found'));
  assert.equal((await withdrawDispute(road, SARA, id)).status, 'withdrawn');
  assert.equal((await withdrawDispute(road, SARA, id)).status, 'withdrawn');
  assert.notEqual(await claim(170), id);
});

test('it is seen by who disputes and by the unit that decides; row by row the database shows it to nobody else', async () => {
  const id = await claim(175);
  assert.equal((await disputeView(road, SARA, id)).mayDecide, false);
  const seen = await disputeView(road, SAMIRA, id);
  assert.deepEqual([seen.mayDecide, seen.personName?.en, seen.unitName.en], [true, 'Sara Ahmadi', 'Revenue Office']);
  for (const other of [REZA, LEILA]) {
    await assert.rejects(disputeView(road, other, id), refused('dispute-not-found'));
    const rows = await readAs(road.readers, other.reader, (client) =>
      client.query(`select 1 from dispute union all select 1 from dispute_event union all select 1 from register_correction`),
    );
    assert.equal(rows.rowCount, 0);
  }
  assert.ok((await unitDisputes(road, SAMIRA)).some((one) => one.state.id === id));
  assert.ok((await ownDisputes(road, SARA)).some((one) => one.state.id === id));
  // The officer's look at her data is one she sees.
  const looks = await road.pool.query(
    `select 1 from look where person = 'officer-samira' and basis = 'registry' and what = 'property'`,
  );
  assert.ok((looks.rowCount ?? 0) > 0);
});

test('nobody decides their own: not who disputes, not whose data it is, not another unit; nor in raw SQL', async () => {
  const id = await claim(175);
  await assert.rejects(accept(id, LEILA), refused('dispute-not-with-unit'));
  await assert.rejects(accept(id, REZA), refused('dispute-not-with-unit'));
  await assert.rejects(accept(id, viewer('owner-zahra', '9994022229', ['owner', 'revenue'])), refused('dispute-not-with-unit'));
  await assert.rejects(accept(id, viewer('citizen-sara', SARA.nationalId, ['officer', 'revenue'])), refused('own-dispute'));
  await assert.rejects(accept(id, viewer('other', SARA.nationalId, ['officer', 'revenue'])), refused('own-dispute'));
  await assert.rejects(
    road.pool.query(`update dispute set status = 'accepted', decided_by = person where dispute_id = $1`, [id]),
    /not_their_own/,
  );
  await assert.rejects(decideDispute(road, SAMIRA, id, { accept: false, reason: ' ' }), refused('invalid-answers'));
  assert.equal((await decideDispute(road, SAMIRA, id, { accept: false, reason: 'measured anew' })).status, 'refused');
  assert.deepEqual(await held(), [180, 'demo-property-register'], 'refused, nothing changes');
  await assert.rejects(accept(id), refused('dispute-closed'));
});

test('accepted, the right value is everybody’s: the register, my data, inquiries; and who put it right is told', async () => {
  const id = await claim(175);
  const decided = await Promise.all([accept(id), accept(id)]);
  assert.deepEqual(
    decided.map((one) => one.status),
    ['accepted', 'accepted'],
  );
  assert.deepEqual(await held(), [175, 'correction:demo-property-register']);
  const { datum } = await ownDatumView(road, SARA, AREA);
  assert.deepEqual([datum.value, datum.corrected], [175, true]);
  const answered = await ask(road, {
    asker: { by: 'case', case: '14050000000000', unit: 'revenue' as UnitId, person: 'officer-samira' as PersonId },
    by: { person: 'officer-samira' as PersonId, role: 'officer', unit: 'revenue' as UnitId },
    type: 'building-permit-status',
    question: { renovationCode: CODE },
    key: randomUUID(),
  });
  assert.equal(answered.state.status, 'answered');
  const { rows } = await road.pool.query<{ key: string; who: string }>(
    `select key, coalesce(person, unit) as who from message where case_id = $1 order by at, who`,
    [id],
  );
  assert.deepEqual(
    rows.map((one) => `${one.key} ${one.who}`),
    ['DisputeOpened citizen-sara', 'DisputeOpened revenue', 'DisputeAccepted citizen-sara'],
  );
  await sequenceLeaves(road);
  const leaves = await road.pool.query(`select 1 from ledger_leaf where case_id = $1`, [id]);
  assert.equal(leaves.rowCount, 2, 'both steps are in the ledger');
});

test('a source that repeats what was found wrong undoes nothing; one that says another value later does; one that agrees has its word back', async () => {
  await accept(await claim(175));
  await says(180, later(60_000));
  assert.deepEqual(await held(), [175, 'correction:demo-property-register'], 'a nightly load');
  await says(177, later(-60_000));
  assert.deepEqual(await held(), [175, 'correction:demo-property-register'], 'an older word');
  await says(177, later(60_000));
  assert.deepEqual(await held(), [177, 'demo-property-register'], 'a newer word');
  await says(175, later(120_000));
  assert.deepEqual(await held(), [175, 'demo-property-register'], 'the same word');
  // Disputed again, the later correction stands over the earlier one.
  await says(180, later(180_000));
  await accept(await claim(174));
  assert.deepEqual(await held(), [174, 'correction:demo-property-register']);
});

test('an owner put right is the owner: the record is theirs from then on, and no longer the other’s', async () => {
  const owner = { ...AREA, member: 'ownerNationalId' };
  const raw = { claimed: REZA.nationalId, reason: 'sold to him' };
  await accept(await dispute(road, SARA, { datum: owner, raw, key: randomUUID() }));
  const has = async (who: OwnDataViewer): Promise<boolean> => (await ownData(road, who)).some((one) => one.key === CODE);
  assert.deepEqual([await has(SARA), await has(REZA)], [false, true]);
  await assert.rejects(ownDatumView(road, SARA, AREA), refused('record-not-found'));
  assert.equal((await ownDatumView(road, REZA, AREA)).datum.value, 180);
});

test('when the time is over both sides are told, once, and it can be decided all the same', async () => {
  const id = await claim(175);
  assert.equal(await remindOfDisputes(road), 0);
  const world = { ...road.ports.world, now: () => plusMillis(road.ports.world.now(), 40 * 86_400_000) };
  const after40Days: Road = { ...road, ports: { ...road.ports, world } };
  assert.equal(await remindOfDisputes(after40Days), 1);
  assert.equal(await remindOfDisputes(after40Days), 0);
  const { rowCount } = await road.pool.query(`select 1 from message where case_id = $1 and key = 'DisputeOverdue'`, [id]);
  assert.equal(rowCount, 2);
  assert.equal((await accept(id)).status, 'accepted');
});
