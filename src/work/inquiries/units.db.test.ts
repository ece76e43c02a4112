// Units asking units on a real database, under a moved clock: who may ask, one answer of two officers, reminders and escalations once each,
// late answers told and new until read, like questions answered together, and letters counted.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import type { Role } from '#cases/types.ts';
import { sha256 } from '#main/sha256.ts';
import { hashPackage } from '#catalog/hash.ts';
import { publishInquiryType } from '#store/inquiries.ts';
import { openPool } from '#store/pool.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { inquiryTypeList, tallyDays, unitLetters } from '#work/views/inquiry-figures.ts';
import { inquiryFor } from '#work/views/inquiries.ts';
import type { InquiryViewer } from '#work/views/inquiries.ts';
import { unitMessages } from '#work/views/lists.ts';
import { askable, askForCase, inbox, inquiriesById, markRead, sent, waitingOf } from '#work/views/unit-inquiries.ts';
import { act } from './act.ts';
import { loadBatch, runBatch, startBatch } from './batch.ts';
import { remindOfInquiries, silenceInquiries } from './silence.ts';

const MORNING = instant('2026-11-25T06:00:00.000Z');
const DAY_MS = 86_400_000;

/** What only people answer: its silence escalates, or raises no objection. */
const yaml = (id: string, silence: string): string => `
id: ${id}
version: 1.0.0
title: { fa: 'پرسش آزمون', en: 'Test question' }
summary: { fa: 'پرسش آزمون', en: 'Test question' }
owner: planning-deputy
asks: [district-*-planning]
question: { type: object, required: [code], additionalProperties: false, properties: { code: { type: string, title: 'کد / Code' } } }
answer:
  type: object
  required: [fine]
  additionalProperties: false
  properties: { fine: { type: boolean, title: 'خوب / Fine' }, note: { type: string, maxLength: 10, title: 'یادداشت / Note' } }
responders: [{ by: unit, unit: fire-service }]
deadline: P5D
silence: ${silence}
legal: { fa: 'آزمون', en: 'test' }
subject: { property: question.code }
sample: true
`;

let portal: TestPortal;
before(async () => {
  portal = await testPortal({ ticking: false });
  portal.setNow(MORNING);
  const pool = openPool(portal.migratorUrl, { max: 1 });
  for (const [type, silence] of [
    ['told', 'escalate'],
    ['quiet', 'no-objection'],
  ] as const) {
    const files = { 'inquiry.yaml': yaml(type, silence), 'examples/one.yaml': 'question: { code: x }' };
    const definition = hashPackage(files, sha256);
    await publishInquiryType(pool, { definition, type, version: '1.0.0', files, author: 'a', approver: 'b', at: MORNING });
  }
  await pool.end();
  await portal.composed.road.catalogue.refresh();
});
after(() => portal.stop());

function viewer(person: string, unit: string, role: Role = 'officer'): InquiryViewer {
  return {
    reader: { person, units: [unit] },
    actor: { person: person as PersonId, kind: 'citizen', assignments: [{ role, unit: unit as UnitId }] },
    nationalId: 'nobody',
  };
}
const leila = viewer('officer-leila', 'district-06-planning');
const farhad = viewer('officer-farhad', 'fire-service');
const nika = viewer('officer-nika', 'planning-deputy');
const FILE = { id: '14050000000001', units: ['district-06-planning'], own: false };
const refused =
  (code: RefusalCode) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code;

const asked = (code: string, type = 'told') =>
  askForCase(portal.composed.road, leila, FILE, { type, question: { code }, key: randomUUID() });
const answered = (id: string, value: JsonObject, by = farhad) =>
  act(portal.composed.road, id as never, {
    officer: {
      hat: { person: by.actor.person as PersonId, role: 'officer', unit: by.reader.units[0] as UnitId },
      nationalId: '',
    },
    act: { do: 'answer', value },
    seen: 'waiting',
  });
const texts = async (who: InquiryViewer, about: string): Promise<readonly string[]> =>
  (await unitMessages(portal.composed.road, who.reader)).filter((one) => one.caseId === about).map((one) => one.id);
/** Sets the clock, and lets what is due happen, twice: the second time nothing is left. */
async function at(now: Instant): Promise<void> {
  const { road } = portal.composed;
  portal.setNow(now);
  await silenceInquiries(road);
  await remindOfInquiries(road);
  assert.deepEqual([await silenceInquiries(road), await remindOfInquiries(road)], [0, 0]);
}

test('an officer may ask what names their unit, and is refused what does not; their own case never', async () => {
  const { road } = portal.composed;
  const ids = new Set(askable(road, leila, FILE).map((one) => one.id));
  assert.ok(ids.has('told') && ids.has('fire-safety') && !ids.has('trade-licence-inquiry'));
  const ask = (type: string, file = FILE, who = leila) =>
    askForCase(road, who, file, { type, question: { code: 'x' }, key: randomUUID() });
  await assert.rejects(ask('trade-licence-inquiry'), refused('inquiry-not-askable'));
  await assert.rejects(ask('told', { ...FILE, own: true }), refused('own-case'));
  await assert.rejects(ask('told', FILE, farhad), refused('not-permitted'));
  assert.deepEqual(askable(road, leila, { ...FILE, own: true }), []);
});

test('of two officers who answer one inquiry the second is told that it is answered; the same answer again is harmless', async () => {
  const id = await asked('two');
  const first = await answered(id, { fine: true });
  assert.equal((await answered(id, { fine: true })).seq, first.seq);
  await assert.rejects(answered(id, { fine: false }, viewer('another', 'fire-service')), refused('inquiry-changed'));
  const { state } = await answered(id, { fine: true });
  assert.deepEqual([state.answer?.value, state.late], [{ fine: true }, []]);
});

test('the inbox is paged by place, overdue first, and narrowed; a unit’s load is counted', async () => {
  const { road } = portal.composed;
  for (let n = 0; n < 120; n += 1) await asked(`page-${n}`);
  const first = await inbox(road, farhad);
  const second = await inbox(road, farhad, { after: first.next });
  assert.equal(first.rows.length, 100);
  const ids = [...first.rows, ...second.rows].map((one) => one.id);
  assert.equal(new Set(ids).size, ids.length, 'none twice');
  assert.equal(second.next, undefined);
  const { load, types, askers } = await waitingOf(road, farhad);
  assert.deepEqual([load[0]?.unit, load[0]?.waiting, load[0]?.overdue], ['fire-service', ids.length, 0]);
  assert.deepEqual([types.map((one) => one.id), askers.map((one) => one.id)], [['told'], ['unit:district-06-planning']]);
  assert.equal((await inbox(road, farhad, { type: 'quiet' })).rows.length, 0);
  assert.equal((await inbox(road, farhad, { asker: 'organisation:sample-bank' })).rows.length, 0);
  assert.equal((await inbox(road, farhad, { forwarded: true })).rows.length, 0);
  assert.equal((await inbox(road, farhad, { after: 'no place' })).rows.length, 100, 'what cannot be read is the beginning');
  assert.deepEqual((await inbox(road, nika)).rows, []);
  for (const id of ids) await answered(id, { fine: true });
});

test('a forwarded inquiry keeps its deadline and its trace; coming back is counted, and who gave it away still sees it', async () => {
  const { road } = portal.composed;
  const id = await asked('loop');
  const move = (from: InquiryViewer, to: string) =>
    act(road, id, {
      officer: {
        hat: { person: from.actor.person as PersonId, role: 'officer', unit: from.reader.units[0] as UnitId },
        nationalId: '',
      },
      act: { do: 'forward', to: to as UnitId, reason: 'theirs' },
    });
  const { due } = await inquiryFor(road, farhad, id);
  await move(farhad, 'planning-deputy');
  assert.equal((await inquiryFor(road, farhad, id)).mine, false);
  await move(nika, 'fire-service');
  const view = await inquiryFor(road, farhad, id);
  assert.deepEqual([view.due, view.returns, view.mine], [due, 1, true]);
  assert.deepEqual(
    view.forwarded.map((one) => [one.from.en, one.to.en, one.by?.en, one.reason]),
    [
      ['Fire and Safety Service', 'Deputy for Planning and Architecture', 'Farhad Moradi', 'theirs'],
      ['Deputy for Planning and Architecture', 'Fire and Safety Service', 'Nika Pourmand', 'theirs'],
    ],
  );
  assert.equal((await inbox(road, farhad, { forwarded: true })).rows.length, 1);
  await answered(id, { fine: true });
});

test('little time left: the unit is reminded once; silence: its manager and the owner are told once, and the owner again after a week', async () => {
  const { road } = portal.composed;
  const id = await asked('silent');
  const { due } = await inquiryFor(road, farhad, id);
  await at(plusMillis(MORNING, DAY_MS));
  assert.deepEqual(await texts(farhad, id), []);
  await at(plusMillis(due, -3_600_000));
  assert.deepEqual(await texts(farhad, id), ['reminder']);
  await at(plusMillis(due, 1));
  assert.deepEqual([...(await texts(farhad, id))].sort(), ['escalated:fire-service', 'reminder']);
  assert.deepEqual(await texts(nika, id), ['escalated:owner']);
  assert.equal((await inquiryFor(road, nika, id)).mine, false, 'the owner sees it by its link');
  const [mine] = (await sent(road, leila, { state: 'overdue' })).rows;
  assert.deepEqual([mine?.id, mine?.escalatedAt], [id, plusMillis(due, 1)]);
  assert.deepEqual(
    (await inbox(road, farhad, { overdue: true })).rows.map((one) => one.id),
    [id],
  );
  await at(plusMillis(due, 7 * DAY_MS));
  assert.equal((await texts(nika, id)).length, 1);
  await at(plusMillis(due, 7 * DAY_MS + 1));
  assert.deepEqual([...(await texts(nika, id))].sort(), ['escalated-again', 'escalated:owner']);
  await at(plusMillis(due, 60 * DAY_MS));
  assert.equal((await texts(nika, id)).length, 2);

  await answered(id, { fine: false });
  assert.deepEqual(await texts(leila, id), ['late:1'], 'the asker is told of the late answer');
  const [row] = (await sent(road, leila, { state: 'late' })).rows;
  assert.deepEqual([row?.id, row?.isLate, row?.lateNew], [id, true, 1]);
  await markRead(road, leila, row!);
  assert.equal((await sent(road, leila, { state: 'late' })).rows[0]?.lateNew, 0);
  portal.setNow(MORNING);
});

test('where silence raises no objection the inquiry is over, and an answer after it is kept and told, never lost', async () => {
  const { road } = portal.composed;
  const id = await asked('quiet', 'quiet');
  const { due } = await inquiryFor(road, farhad, id);
  await at(plusMillis(due, 1));
  assert.equal((await inquiryFor(road, farhad, id)).status, 'silent');
  assert.deepEqual(await texts(nika, id), [], 'nothing to escalate');
  assert.ok((await sent(road, leila, { state: 'silent' })).rows.some((one) => one.id === id));
  await answered(id, { fine: false });
  const view = await inquiryFor(road, leila, id);
  assert.deepEqual([view.status, view.answer, view.late.map((one) => one.value)], ['silent', undefined, [{ fine: false }]]);
  assert.deepEqual(await texts(leila, id), ['late:1']);
  portal.setNow(MORNING);
});

test('like questions are answered together, each for itself; what fails says why and is tried again without harm', async () => {
  const { road } = portal.composed;
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await asked(`batch-${n}`));
  const views = await inquiriesById(road, farhad, ids);
  const rows = views.map((view, at) => ({ view, value: { fine: at !== 4 } }));
  const wrong = rows.map((one, at) => (at === 2 ? { ...one, value: { fine: true, note: 'far too long for it' } } : one));
  await assert.rejects(startBatch(road, farhad, { key: 'w', rows: wrong }), refused('invalid-answers'));
  await assert.rejects(startBatch(road, farhad, { key: 'w', rows: [] }), refused('invalid-answers'));
  const batch = await startBatch(road, farhad, { key: 'k', rows });
  assert.equal(await startBatch(road, farhad, { key: 'k', rows }), batch, 'sent again it is the same batch');
  await answered(views[1]!.id, { fine: false }, viewer('another', 'fire-service'));
  await runBatch(road, farhad, batch);
  const outcomes = async () =>
    (await loadBatch(road, farhad, batch)).rows.map((one) => [one.outcome, one.problem?.['code'], one.value]);
  const done = ['answered', undefined, null];
  assert.deepEqual(await outcomes(), [done, ['refused', 'inquiry-changed', { fine: true }], done, done, done]);
  await runBatch(road, farhad, batch);
  assert.equal((await outcomes()).filter(([outcome]) => outcome === 'refused').length, 1);
  const { rows: facts } = await road.pool.query<{ n: number }>(
    `select count(*)::int as n from inquiry_event where inquiry_id = any ($1) and type = 'InquiryAnswered'`,
    [ids],
  );
  assert.equal(facts[0]?.n, 5, 'each was answered once');
  assert.equal((await inquiryFor(road, farhad, views[4]!.id)).answer?.value['fine'], false);
  await assert.rejects(loadBatch(road, nika, batch), refused('batch-not-found'));
});

test('each answer between two parties saves two letters; days that are over are added up once and give the same figures', async () => {
  const { road } = portal.composed;
  const figures = async () => (await inquiryTypeList(road)).find((one) => one.type.id === 'told')?.figures;
  const live = await figures();
  assert.ok(live && live.answered > 120 && live.letters === live.answered * 2 && live.atOnce === 0, JSON.stringify(live));
  const letters = await unitLetters(road, leila);
  assert.ok(letters.rows.every((one) => one.letters === 2 * (one.asked + one.answered)));
  assert.equal(letters.rows[0]?.unit.en, 'District 6 Planning');
  // The late answer came at another day than the others.
  const now = plusMillis(MORNING, 80 * DAY_MS);
  portal.setNow(now);
  const before = await figures();
  await tallyDays(road.pool, now);
  await tallyDays(road.pool, now);
  assert.deepEqual(await figures(), before);
  const { rows } = await road.pool.query<{ n: number }>(`select sum(answered)::int as n from inquiry_day where type = 'told'`);
  assert.equal(rows[0]?.n, before?.answered, 'all of it is added up, none twice');
  portal.setNow(MORNING);
});
