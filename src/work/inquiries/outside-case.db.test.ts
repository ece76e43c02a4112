// A case that waits for a system outside: it goes on with its answer, also one that came after the question had been among the dead;
// where the question is closed unanswered it stands still with the owner of its process, who lets it ask again.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CaseId, PersonId, UnitId } from '#base/ids.ts';
import { incidents, variables } from '#engine/waits.ts';
import type { InquiryId } from '#inquiries/types.ts';
import type { Mode } from '#outside/simulators/simulator.ts';
import { load } from '#store/load.ts';
import { publishAsking } from '#testing/asking-service.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { open, perform } from '#work/perform.ts';
import { tick } from '#work/tick.ts';
import { exchangeText } from '#work/views/exchange.ts';
import { inquiryFor } from '#work/views/inquiries.ts';
import { askConnector } from './ask-outside.ts';
import { giveUp, revive } from './dead.ts';

let portal: TestPortal;
before(async () => {
  portal = await testPortal({ ticking: false });
  await publishAsking(portal.migratorUrl, { type: 'civil-status', question: '{ nationalId: application.subject }' });
  await portal.composed.road.catalogue.refresh();
});
after(() => portal.stop());

const OWNER = { person: 'owner-zahra' as PersonId, role: 'owner' as const, unit: 'revenue' as UnitId };

/** A submitted case of Reza's that asks about a number, and its question. */
async function waiting(nationalId: string): Promise<{ readonly id: CaseId; readonly question: InquiryId }> {
  const { road } = portal.composed;
  const reza = 'citizen-reza' as PersonId;
  const actor = { person: reza, kind: 'citizen' as const, assignments: [] };
  const applicant = { id: reza, kind: 'citizen' as const, nationalId: '9991023453', name: 'رضا' };
  const { id } = await open(road, { actor, key: randomUUID(), service: 'asking', command: { type: 'OpenCase', applicant } });
  const command = { type: 'SubmitApplication', answers: { subject: nationalId, area: 1 }, known: {} } as const;
  await perform(road, id, { actor, key: randomUUID(), command });
  await settled();
  return { id, question: await questionOf(id) };
}
async function settled(): Promise<void> {
  while ((await tick(portal.composed.road)) > 0);
}
async function questionOf(id: CaseId): Promise<InquiryId> {
  const { rows } = await portal.composed.road.pool.query<{ id: InquiryId }>(
    `select inquiry_id as id from inquiry where case_id = $1 order by asked_at desc limit 1`,
    [id],
  );
  assert.ok(rows[0]);
  return rows[0].id;
}
async function round(mode: Mode): Promise<void> {
  const { road, simulators } = portal.composed;
  simulators.get('civil-registry')?.behave(mode);
  for (const one of road.catalogue.connectors()) await askConnector(road, one);
  await settled();
}
const stateOf = async (id: CaseId) => (await load(portal.composed.road.pool, id)).state;
const tasksOf = async (id: CaseId) => (await stateOf(id)).tasks.map((one) => one.element);

test('the case waits, and goes on with the answer', async () => {
  const { id } = await waiting('9991012346');
  assert.deepEqual(await tasksOf(id), []);
  await round('well');
  assert.deepEqual(await tasksOf(id), ['Task_check']);
  const { engine } = await stateOf(id);
  assert.ok(engine);
  assert.deepEqual(variables(engine)['duty'], { alive: true });
});

test('the unit that asked sees whom the question is with, and has what passed over the wire; nobody else has, nor whom it is about', async () => {
  const { road } = portal.composed;
  const viewer = (person: string, unit: string, nationalId = '9992888814') => ({
    actor: {
      person: person as PersonId,
      kind: 'citizen' as const,
      assignments: [{ role: 'officer' as const, unit: unit as UnitId }],
    },
    reader: { person, units: [unit] },
    nationalId,
  });
  const { question: other } = await waiting('9990000018');
  await round('well');
  const seen = await inquiryFor(road, viewer('officer-samira', 'revenue'), other);
  assert.deepEqual(
    [seen.outside?.organisation.en, seen.outside?.hasExchange],
    ['Civil Registration Organisation (sample)', true],
  );
  const text = await exchangeText(road, viewer('officer-samira', 'revenue'), other);
  assert.ok(!text.includes('sandbox"'), 'without the ticket');
  const { exchanges } = JSON.parse(text) as { exchanges: { question: { body: string } }[] };
  assert.match(Buffer.from(exchanges[0]?.question.body ?? '', 'base64').toString(), /9990000018/);
  for (const stranger of [viewer('officer-farhad', 'fire-service'), viewer('officer-samira', 'revenue', '9990000018')])
    await assert.rejects(exchangeText(road, stranger, other), /inquiry-not-found/);
});

test('a question that was among the dead and is asked again takes its case on', async () => {
  const { id, question } = await waiting('9991023453');
  await round('refused');
  assert.deepEqual(await tasksOf(id), []);
  await revive(portal.composed.road, question, { hat: OWNER, reason: 'their register was mended' });
  await round('well');
  assert.deepEqual(await tasksOf(id), ['Task_check']);
});

test('closed unanswered, the case stands still with the owner of its process; tried again, it asks anew', async () => {
  const { id, question } = await waiting('9990000026');
  await round('refused');
  await giveUp(portal.composed.road, question, { hat: OWNER, reason: 'nobody knows' });
  await settled();
  const { engine } = await stateOf(id);
  assert.ok(engine);
  const [incident] = incidents(engine);
  assert.match(incident?.reason ?? '', /closed unanswered/);
  const actor = { person: OWNER.person, kind: 'citizen' as const, assignments: [OWNER] };
  await perform(portal.composed.road, id, {
    actor,
    key: randomUUID(),
    command: { type: 'RetryIncident', incident: incident?.id ?? '', reason: 'they know now' },
  });
  await settled();
  assert.notEqual(await questionOf(id), question);
});
