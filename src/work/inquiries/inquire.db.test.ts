// Inquiries on a real database: answered at once by the register, by people where it knows nothing; once, whatever is repeated; and what is refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { Asker } from '#inquiries/types.ts';
import { readAs } from '#store/read-as.ts';
import { listLooks } from '#store/inquiries.ts';
import { listInbox } from '#store/unit-inquiries.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { load } from '#store/load.ts';
import { publishAsking } from '#testing/asking-service.ts';
import { act } from './act.ts';
import { silenceInquiries } from './silence.ts';
import { subjectKey } from '#work/looks.ts';
import { ask } from './ask.ts';
import { open, perform } from '#work/perform.ts';
import { tick } from '#work/tick.ts';
import { inquiriesOf } from '#work/views/inquiries.ts';
import type { Inquired } from './change.ts';
import { sequenceLeaves } from '#work/sequencer.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal({ ticking: false })));
after(() => portal.stop());

const refused =
  (code: RefusalCode) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code;
const NASRIN = 'bank-nasrin' as PersonId;
const bank: Asker = { by: 'contract', contract: 'bank-renovation', version: 1, organisation: 'sample-bank', person: NASRIN };
const notary: Asker = {
  by: 'contract',
  contract: 'notary-transfer',
  version: 1,
  organisation: 'sample-notary',
  person: 'notary-karim' as PersonId,
};

const court: Asker = {
  by: 'contract',
  contract: 'court-enforcement',
  version: 1,
  organisation: 'sample-court',
  person: 'court-nahid' as PersonId,
};

function asked(
  question: JsonObject,
  { key = randomUUID(), asker = bank, type = 'renovation-duty-status' } = {},
): Promise<Inquired> {
  const person = asker.by === 'contract' && asker.person ? asker.person : NASRIN;
  return ask(portal.composed.road, { asker, by: { person, role: 'citizen' }, type, question, key });
}
const officer = (person: string, unit: string, nationalId = '9992888814') => ({
  hat: { person: person as PersonId, role: 'officer' as const, unit: unit as UnitId },
  nationalId,
});

test('a register answers at once, with where its answer comes from; the same question sent again is the same inquiry', async () => {
  const key = randomUUID();
  const first = await asked({ renovationCode: '6-1045-12-7', ownerNationalId: '9991012346' }, { key });
  assert.deepEqual(first.state.answer?.value, {
    clear: false,
    unpaidYears: [1403, 1404, 1405],
    ownerMatches: true,
    district: '06',
  });
  assert.deepEqual(
    [first.state.status, first.state.answer?.provenance.responder, first.state.answer?.provenance.source],
    ['answered', 'register', 'demo-property-register'],
  );
  const again = await asked({ renovationCode: '6-1045-12-7', ownerNationalId: '9991012346' }, { key });
  assert.deepEqual([again.id, again.seq], [first.id, first.seq]);
  await assert.rejects(asked({ renovationCode: '6-1045-12-9' }, { key }), refused('key-reused'));
});

test('an answer that still stands is given again with its provenance, and not asked anew', async () => {
  const first = await asked({ renovationCode: '6-1102-4-15' });
  const second = await asked({ renovationCode: '6-1102-4-15' }, { asker: notary });
  assert.notEqual(second.id, first.id);
  assert.equal(second.state.answer?.provenance.reused, first.id);
  assert.deepEqual(second.state.answer?.value, first.state.answer?.value);
});

test('what the register does not know goes to people, who answer once; what comes later is kept', async () => {
  const { id, state } = await asked({ renovationCode: '9-9999-9-1' });
  assert.deepEqual([state.status, state.unit], ['waiting', 'revenue']);
  const { road } = portal.composed;
  const inbox = await readAs(road.readers, { person: 'officer-samira', units: ['revenue'] }, (client) =>
    listInbox(client, ['revenue'], { most: 50 }),
  );
  assert.ok(inbox.some((one) => one.id === id));
  const elsewhere = await readAs(road.readers, { person: 'officer-leila', units: ['district-06-planning'] }, (client) =>
    listInbox(client, ['revenue'], { most: 50 }),
  );
  assert.deepEqual(elsewhere, [], 'row by row the database shows a unit its own');
  const answer = { do: 'answer', value: { clear: true, unpaidYears: [] } } as const;
  await assert.rejects(
    act(road, id, { officer: officer('officer-leila', 'district-06-planning'), act: answer }),
    refused('inquiry-not-with-unit'),
  );
  await assert.rejects(
    act(road, id, { officer: officer('officer-samira', 'revenue'), act: { do: 'answer', value: { clear: 'yes' } } }),
    (error) =>
      error instanceof Refusal &&
      error.code === 'invalid-answers' &&
      error.facts.fields?.some((one) => one.pointer === '/clear') === true,
  );
  const done = await act(road, id, { officer: officer('officer-samira', 'revenue'), act: answer });
  assert.deepEqual([done.state.status, done.state.answer?.provenance.person], ['answered', 'officer-samira']);
  assert.equal(
    (await act(road, id, { officer: officer('officer-samira', 'revenue'), act: answer })).seq,
    done.seq,
    'a repeat changes nothing',
  );
  const late = await act(road, id, {
    officer: officer('officer-samira', 'revenue'),
    act: { do: 'answer', value: { clear: false, unpaidYears: [1404] } },
  });
  assert.deepEqual([late.state.answer?.value, late.state.late.length], [{ clear: true, unpaidYears: [] }, 1]);
});

test('an inquiry is forwarded with its trace; its deadline over, silence falls once', async () => {
  const { road } = portal.composed;
  const { id } = await asked({ renovationCode: '9-9999-9-2' });
  const moved = await act(road, id, {
    officer: officer('officer-samira', 'revenue'),
    act: { do: 'forward', to: 'district-06-planning' as UnitId, reason: 'theirs' },
  });
  assert.deepEqual(
    moved.state.forwarded.map((one) => [one.from, one.to, one.reason]),
    [['revenue', 'district-06-planning', 'theirs']],
  );
  assert.equal(await silenceInquiries(road), 0, 'nothing is overdue');
});

test('questions outside the contract, the schema or the time are refused, each by its code and member', async () => {
  await assert.rejects(asked({}), (error) => error instanceof Refusal && error.facts.fields?.[0]?.pointer === '/renovationCode');
  await assert.rejects(
    asked({ renovationCode: '6-1045-12-7', more: 1 }),
    (error) => error instanceof Refusal && error.facts.fields?.[0]?.pointer === '/more',
  );
  await assert.rejects(asked({}, { type: 'no-such' }), refused('service-not-found'));
  await assert.rejects(
    asked({ renovationCode: '6-1045-12-7' }, { asker: { ...bank, contract: 'none' } as Asker }),
    refused('contract-not-in-force'),
  );
});

test('the person asked about sees who asked and under which law, at once or when the contract says; nobody else does', async () => {
  const { road } = portal.composed;
  await asked({ renovationCode: '6-1045-12-9' });
  await asked({ renovationCode: '6-1045-12-9' }, { asker: court });
  const looks = (person: string, nationalId: string) =>
    readAs(road.readers, { person, units: [], subject: subjectKey(road, nationalId) }, (client) => listLooks(client, 50));
  const seen = await looks('citizen-maryam', '9991034560');
  assert.deepEqual(
    seen.map((one) => one.contract),
    ['bank-renovation'],
    'the court’s contract keeps it back',
  );
  assert.deepEqual(await looks('citizen-reza', '9991023453'), []);
  const { rows } = await road.pool.query<{ subject: string }>(`select subject from inquiry where subject is not null`);
  assert.ok(
    rows.every((one) => !one.subject.includes('999')),
    'the table tells nobody’s number',
  );
});

test('every step of an inquiry has its leaf in the ledger', async () => {
  const { road } = portal.composed;
  const { id, seq } = await asked({ renovationCode: '6-1130-2-1' });
  await sequenceLeaves(road);
  const { rows } = await road.pool.query<{ n: number }>(`select count(*)::int as n from ledger_leaf where case_id = $1`, [id]);
  assert.equal(rows[0]?.n, seq);
});

test('a process asks by an element: at once, or when people have answered, and never twice', async () => {
  const { road } = portal.composed;
  await publishAsking(portal.migratorUrl);
  await road.catalogue.refresh();
  const actor = { person: 'citizen-reza' as PersonId, kind: 'citizen' as const, assignments: [] };
  const started = async (code: string) => {
    const applicant = { id: actor.person, kind: 'citizen' as const, nationalId: '9991023453', name: 'رضا' };
    const { id } = await open(road, { actor, key: randomUUID(), service: 'asking', command: { type: 'OpenCase', applicant } });
    await perform(road, id, {
      actor,
      key: randomUUID(),
      command: { type: 'SubmitApplication', answers: { subject: code, area: 1 }, known: {} },
    });
    while ((await tick(road)) > 0);
    return id;
  };
  const known = await started('6-1045-12-7');
  const { state } = await load(road.pool, known);
  assert.deepEqual(
    state.tasks.map((one) => one.element),
    ['Task_check'],
  );
  const unknown = await started('9-9999-9-5');
  assert.deepEqual((await load(road.pool, unknown)).state.tasks, [], 'it waits for people');
  const reader = { person: 'officer-samira', units: ['revenue'] };
  const inbox = await readAs(road.readers, reader, (client) => listInbox(client, ['revenue'], { most: 50 }));
  const mine = inbox.find((one) => one.caseId === unknown);
  assert.ok(mine, 'the unit has it');
  await act(road, mine.id, {
    officer: officer('officer-samira', 'revenue'),
    act: { do: 'answer', value: { clear: true, unpaidYears: [] } },
  });
  while ((await tick(road)) > 0);
  assert.deepEqual(
    (await load(road.pool, unknown)).state.tasks.map((one) => one.element),
    ['Task_check'],
  );
  const { rows } = await road.pool.query<{ n: number }>(`select count(*)::int as n from inquiry where case_id = $1`, [unknown]);
  assert.equal(rows[0]?.n, 1);
  const viewer = {
    actor: { person: 'officer-samira' as PersonId, kind: 'citizen' as const, assignments: [] },
    reader,
    nationalId: '',
  };
  assert.deepEqual(
    (await inquiriesOf(road, viewer, unknown)).map((one) => one.status),
    ['answered'],
    'whoever sees the case sees what it asked',
  );
});
