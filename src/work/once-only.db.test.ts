// Once only on a real database: at submission registers are asked anew and the log says what each said; what a browser sent in their place is
// nothing; what changed meanwhile is shown again; and a form is no way to look around in other people's records.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CaseId, PersonId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Actor } from '#cases/types.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { load } from '#store/load.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { knownNow } from './known.ts';
import { open, perform } from './perform.ts';
import type { Request } from './perform.ts';
import type { Road } from './road.ts';
import { saveDraft, submit } from './submit.ts';

let portal: TestPortal;
let road: Road;
before(async () => {
  portal = await testPortal({ ticking: false });
  ({ road } = portal.composed);
});
after(() => portal.stop());

const actor = (person: string): Actor => ({ person: person as PersonId, kind: 'citizen', assignments: [] });
const SARA = actor('citizen-sara');
const REZA = actor('citizen-reza');
const NUMBERS: Readonly<Record<string, string>> = { 'citizen-sara': '9991012346', 'citizen-reza': '9991023453' };
const CODE = '6-1045-12-7';
const TYPED = { renovationCode: CODE, purpose: 'loan' };

async function draft(who = SARA): Promise<CaseId> {
  const applicant = { id: who.person as PersonId, kind: 'citizen' as const, nationalId: NUMBERS[who.person] ?? '', name: 'x' };
  const command = { type: 'OpenCase', applicant } as const;
  return (await open(road, { actor: who, key: randomUUID(), service: 'renovation-duty-clearance', command })).id;
}
const send = (id: CaseId, answers: JsonObject, more: { readonly seen?: JsonObject } = {}, who = SARA) =>
  submit(road, id, { actor: who, key: randomUUID(), answers, ...more });
const faultsOf = async (act: Promise<unknown>): Promise<readonly string[]> => {
  try {
    await act;
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return (error.facts.fields ?? [{ pointer: '', code: error.code }]).map((one) => `${one.pointer} ${one.code}`);
  }
};
/** The source says something else. */
const says = (area: number) =>
  road.pool.query(`update register_record set body = body || $2 where register = 'property' and key = $1`, [
    CODE,
    { landArea: area },
  ]);

test('the register’s values are the answers, whatever was sent in their place, and the log says where each comes from', async () => {
  const id = await draft();
  const forged = { propertyLandArea: 9999, propertyAddress: 'elsewhere', applicantFamilyName: 'دیگری', ownerId: '9991023453' };
  await saveDraft(road, id, { actor: SARA, key: randomUUID(), answers: { ...TYPED, ...forged }, unchecked: true });
  assert.deepEqual((await load(road.pool, id)).state.draft, TYPED, 'they are not even kept');
  await send(id, { ...forged, mobile: '09123456789' });
  const { rows } = await road.pool.query<{ data: { answers: JsonObject; sources: Record<string, JsonObject> } }>(
    `select data from case_event where case_id = $1 and type = 'ApplicationSubmitted'`,
    [id],
  );
  const { answers, sources } = rows[0]?.data ?? assert.fail();
  assert.deepEqual(
    ['propertyLandArea', 'propertyAddress', 'applicantFamilyName', 'ownerId', 'mobile'].map((key) => answers[key]),
    [180, { fa: 'یوسف‌آباد، خیابان نمونه یکم، پلاک ۷', en: '7 Sample 1st St, Yousefabad' }, 'احمدی', '9991012346', '09123456789'],
  );
  const area = sources['propertyLandArea'] ?? assert.fail();
  assert.deepEqual([area['from'], area['register'], area['member'], area['key']], ['register', 'property', 'landArea', CODE]);
  for (const told of ['source', 'asOf', 'record']) assert.ok(String(area[told] ?? '') !== '', told);
  assert.equal(sources['mobile']?.['from'], 'applicant');
});

test('what changed between showing and submitting is refused beside its field, shown anew, and then submitted', async () => {
  const id = await draft();
  await saveDraft(road, id, { actor: SARA, key: randomUUID(), answers: TYPED, unchecked: true });
  const { state } = await load(road.pool, id);
  const pkg = await road.catalogue.byDefinition(state.definition);
  const area = async (): Promise<unknown> => {
    const one = (await knownNow(road, { state, package: pkg })).get('propertyLandArea');
    return one?.is === 'known' ? one.value : one?.is;
  };
  assert.equal(await area(), 180);
  await says(182);
  assert.deepEqual(await faultsOf(send(id, {}, { seen: { propertyLandArea: 180 } })), ['/propertyLandArea register-changed']);
  assert.equal(await area(), 182);
  assert.deepEqual(await faultsOf(send(id, {}, { seen: { propertyLandArea: 182 } })), []);
  await says(180);
});

test('a number that may differ and was left as the register has it is the register’s still, also when that changes', async () => {
  const id = await draft();
  const saved = async (mobile: string) => {
    await saveDraft(road, id, { actor: SARA, key: randomUUID(), page: 'applicant', answers: { mobile } });
    return (await load(road.pool, id)).state.draft['mobile'];
  };
  const saysMobile = (mobile: string) =>
    road.pool.query(`update register_record set body = body || $2 where register = 'person' and key = $1`, [
      '9991012346',
      { mobile },
    ]);
  assert.equal(await saved('۰۹۹۹۰۰۰۰۰۱۱'), undefined);
  await saysMobile('09990000088');
  assert.deepEqual(await faultsOf(send(id, TYPED, { seen: { mobile: '09990000011' } })), ['/mobile register-changed']);
  const { state } = await send(id, TYPED, { seen: { mobile: '09990000088' } });
  assert.equal(state.sources?.['mobile']?.from, 'register');
  await saysMobile('09990000011');
});

test('sent again it is the same submission, whatever the registers say by then', async () => {
  const id = await draft();
  const again = () => submit(road, id, { actor: SARA, key: 'once', answers: TYPED });
  const first = await again();
  await says(190);
  assert.equal((await again()).seq, first.seq);
  await says(180);
});

test('what changes while it is being written is not written: the registers are asked again', async () => {
  const id = await draft();
  await saveDraft(road, id, { actor: SARA, key: randomUUID(), answers: TYPED, unchecked: true });
  let asked = 0;
  const request = async (): Promise<Request> => {
    asked += 1;
    const version = asked === 1 ? 'as it was' : ((await findRegisterRecord(road.pool, 'property', CODE))?.version ?? null);
    const command = { type: 'SaveDraft', answers: { purpose: asked === 1 ? 'permit' : 'transfer' }, unchecked: true } as const;
    return { actor: SARA, key: 'one', command, said: 'x', held: [{ register: 'property', key: CODE, version }] };
  };
  const { state } = await perform(road, id, await request(), request);
  assert.deepEqual([asked, state.draft['purpose']], [2, 'transfer']);
  // A record that came meanwhile counts as a change too; one that is not there still is not.
  const gone = async (): Promise<Request> => ({
    ...(await request()),
    key: 'two',
    held: [{ register: 'property', key: '9-9-9-9', version: null }],
  });
  await perform(road, id, await gone(), () => assert.fail('nothing changed'));
});

test('of another’s property nothing is shown nor kept; its owner’s number must be known to apply for it', async () => {
  const id = await draft(REZA);
  await saveDraft(road, id, { actor: REZA, key: randomUUID(), answers: TYPED, unchecked: true });
  const { state } = await load(road.pool, id);
  const pkg = await road.catalogue.byDefinition(state.definition);
  const stand = await knownNow(road, { state, package: pkg });
  assert.deepEqual(
    ['ownerId', 'propertyAddress', 'propertyUse', 'applicantFamilyName'].map((key) => stand.get(key)?.is),
    ['asked', 'withheld', 'withheld', 'known'],
  );
  assert.deepEqual(await faultsOf(send(id, {}, {}, REZA)), ['/ownerId required']);
  assert.deepEqual(await faultsOf(send(id, { ownerId: '9991034560' }, {}, REZA)), ['/ownerId register-mismatch']);
  const { state: done } = await send(id, { ownerId: '9991012346' }, {}, REZA);
  assert.ok(!JSON.stringify([done.sources, done.draft]).includes('landArea'));
});

test('a form is no way to look around: in a day a person names so many records that are not theirs, and no more; their own are free', async () => {
  const id = await draft(REZA);
  const codes = Array.from({ length: 25 }, (_one, at) => `9-9999-${at}-1`);
  const told: (readonly string[])[] = [];
  for (const renovationCode of codes) told.push(await faultsOf(send(id, { ...TYPED, renovationCode }, {}, REZA)));
  assert.deepEqual(told[0], ['/renovationCode unknown-register-key']);
  assert.deepEqual(told.at(-1), [' too-many-lookups']);
  // Guessing at an owner's number is another question each time.
  assert.deepEqual(await faultsOf(send(id, { ...TYPED, ownerId: '9992011114' }, {}, REZA)), [' too-many-lookups']);
  const { rows } = await road.pool.query<{ probe: string }>(`select probe from register_probe where person = 'citizen-reza'`);
  assert.ok(rows.length > 20 && rows.every((one) => !one.probe.includes('9999')), 'the table tells nobody’s property');
  assert.deepEqual(await faultsOf(send(id, { ...TYPED, renovationCode: '1-305-8-22' }, {}, REZA)), []);
});

test('who may not submit learns nothing and is counted for nothing', async () => {
  const id = await draft();
  assert.deepEqual(await faultsOf(send(id, { ...TYPED, renovationCode: '9-1-1-1' }, {}, REZA)), [' not-permitted']);
});
