// Units ask units without paper: an officer asks the fire service from a case file; it is forwarded and comes back; like questions are answered
// together; answers land in the case and in the asker's outbox; and what nobody answers is told. Persian phone and English desk, scripts off.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { instant, plusMillis } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { InquiryId } from '#inquiries/types.ts';
import { publishAsking } from '#testing/asking-service.ts';
import { act } from '#work/inquiries/act.ts';
import { startBatch } from '#work/inquiries/batch.ts';
import { open, perform } from '#work/perform.ts';
import { inquiriesById } from '#work/views/unit-inquiries.ts';
import { assertFault, openStage, person, until } from './support.ts';
import type { Stage } from './support.ts';

const UNIT = 'district-06-planning';

let stage: Stage;
let caseId: string;
before(async () => {
  stage = await openStage();
  const { composed, migratorUrl } = stage.portal;
  await publishAsking(migratorUrl, undefined, UNIT);
  await composed.road.catalogue.refresh();
  caseId = await submitted();
});
after(() => stage.close());

/** A case that the planners of district 6 work. */
async function submitted(): Promise<string> {
  const { road } = stage.portal.composed;
  const actor = { person: 'citizen-reza' as PersonId, kind: 'citizen' as const, assignments: [] };
  const applicant = { id: actor.person, kind: 'citizen' as const, nationalId: '9991023453', name: 'رضا کریمی' };
  const { id } = await open(road, { actor, key: randomUUID(), service: 'asking', command: { type: 'OpenCase', applicant } });
  const command = { type: 'SubmitApplication' as const, answers: { subject: '6-1045-12-7', area: 12 }, known: {} };
  await perform(road, id, { actor, key: randomUUID(), command });
  return id;
}

/** On the page of a new question. Gives the inquiry's id. */
async function askFire(page: Page, code: string): Promise<string> {
  await page.locator('[name=m-renovationCode]').fill(code);
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await page.waitForURL(/\/inquiries\/q/);
  return /q[0-9a-f]{24}/.exec(page.url())?.[0] ?? assert.fail(page.url());
}

test('an officer asks the fire service from a case file; it is forwarded, comes back, and the answer lands in the case', async () => {
  const leila = await person(stage, 'officer-leila');
  const { page } = leila;
  await leila.go(`/desk/cases/${caseId}`);
  await page.getByRole('link', { name: 'استعلام‌های این پرونده' }).click();
  await leila.axe();
  const offered = await page.locator('main').innerText();
  assert.match(offered, /ایمنی آتش‌نشانی/);
  assert.doesNotMatch(offered, /پروانهٔ کسب/, 'what their unit may not ask is not offered');
  await page.getByRole('link', { name: 'استعلام ایمنی آتش‌نشانی' }).click();
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await assertFault(page, 'm-renovationCode', /کد نوسازی: این مورد را پر کنید/);
  await leila.axe();
  const id = await askFire(page, '۶-۱۰۴۵-۱۲-۹');
  assert.match(await page.locator('main').innerText(), /آتش‌نشانی/);
  await leila.axe();
  const refused = await page.goto(`${stage.portal.origin}/desk/cases/${caseId}/ask/trade-licence-inquiry`);
  assert.equal(refused?.status(), 200);
  await page.locator('[name=m-renovationCode]').fill('6-1045-12-9');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  assert.match(await page.locator('main').innerText(), /اجازهٔ پرسیدن این استعلام را ندارد|بنویسید/);

  const farhad = await person(stage, 'officer-farhad', { language: 'en', width: 1280 });
  await farhad.go('/en/desk');
  await farhad.page.getByRole('link', { name: 'Inquiries', exact: true }).first().click();
  await farhad.axe();
  assert.match(await farhad.page.locator('main').innerText(), /District 6 Planning[\s\S]*days? left/);
  await farhad.page.getByRole('link', { name: 'Fire safety inquiry' }).first().click();
  await farhad.axe();
  await farhad.page.getByRole('button', { name: 'Forward' }).click();
  await assertFault(farhad.page, 'to', /Choose the unit/);
  await farhad.page.locator('[name=to]').selectOption('planning-deputy');
  await farhad.page.locator('[name=reason]').fill('It is about the plan');
  await farhad.page.getByRole('button', { name: 'Forward' }).click();
  await farhad.page.waitForURL(/done=2/);

  const nika = await person(stage, 'officer-nika');
  await nika.go('/desk/inquiries?state=forwarded');
  assert.match(await nika.page.locator('main').innerText(), /۱ بار ارجاع/);
  await nika.axe();
  await nika.page.getByRole('link', { name: 'استعلام ایمنی آتش‌نشانی' }).click();
  assert.match(await nika.page.locator('main').innerText(), /از سازمان آتش‌نشانی.*به معاونت شهرسازی.*فرهاد مرادی/);
  await nika.axe();
  await nika.page.locator('[name=to]').selectOption('fire-service');
  await nika.page.locator('[name=reason]').fill('ایمنی بنا با شماست');
  await nika.page.getByRole('button', { name: 'ارجاع' }).click();
  await nika.page.waitForURL(/done=2/);
  await nika.close();

  await farhad.go(`/en/desk/inquiries/${id}`);
  assert.match(await farhad.page.locator('main').innerText(), /came back 1 time to a unit that had it before/);
  await farhad.axe();
  await farhad.page.getByRole('button', { name: 'Record the answer' }).click();
  await assertFault(farhad.page, 'm-result', /Fill this in/);
  await farhad.page.locator('[name=m-result]').selectOption('conditional');
  await farhad.page.locator('[name=m-notes]').fill('پلکان دوم لازم است');
  await farhad.page.getByRole('button', { name: 'Record the answer' }).click();
  await farhad.page.waitForURL(/done=1/);
  await farhad.close();

  await leila.go(`/desk/cases/${caseId}/inquiries/${id}`);
  const seen = await page.locator('main').innerText();
  assert.match(seen, /تأیید مشروط[\s\S]*پلکان دوم لازم است/);
  assert.match(seen, /مسیر ارجاع[\s\S]*ایمنی بنا با شماست/);
  await leila.axe();
  await leila.close();
});

test('five like questions are answered together, seen before they are recorded; the asker’s outbox shows them', async () => {
  const leila = await person(stage, 'officer-leila');
  const ids: string[] = [];
  for (const at of [1, 2, 3, 4, 5, 6]) {
    await leila.go(`/desk/cases/${caseId}/ask/fire-safety`);
    ids.push(await askFire(leila.page, `9-9999-9-${at}`));
  }
  const farhad = await person(stage, 'officer-farhad', { language: 'en', width: 1280 });
  const { page } = farhad;
  await farhad.go('/en/desk/inquiries/batch');
  assert.match(await page.locator('main').innerText(), /No inquiry is chosen/);
  await farhad.axe();
  await farhad.go('/en/desk/inquiries?type=fire-safety');
  for (const id of ids.slice(0, 5)) await page.locator(`[name=id][value=${id}]`).check();
  await page.getByRole('button', { name: 'Answer the chosen ones together' }).click();
  await farhad.axe();
  await page.getByRole('button', { name: 'See before recording' }).click();
  await assertFault(page, 'm-result', /Fill this in/);
  await page.locator('[name=m-result]').selectOption('approved');
  const fourth = ids[3] ?? '';
  await page.locator(`details:has([name=r-${fourth}-result]) summary`).click();
  await page.locator(`[name=r-${fourth}-result]`).selectOption('rejected');
  await page.locator(`[name=r-${fourth}-notes]`).fill('راه فرار بسته است');
  await page.getByRole('button', { name: 'See before recording' }).click();
  assert.equal((await page.locator('main').innerText()).match(/Result: Approved/g)?.length, 4);
  assert.match(await page.locator('main').innerText(), /Result: Rejected/);
  await page.getByRole('button', { name: 'Change' }).click();
  assert.equal(await page.locator(`[name=r-${fourth}-result]`).inputValue(), 'rejected');
  await page.getByRole('button', { name: 'See before recording' }).click();
  // A colleague answers one of them before it is recorded.
  const [first = ''] = ids;
  const colleague = { person: 'manager-behrouz' as PersonId, role: 'officer' as const, unit: 'fire-service' as UnitId };
  await act(stage.portal.composed.road, first as InquiryId, {
    officer: { hat: colleague, nationalId: '9992091002' },
    act: { do: 'answer', value: { result: 'conditional' } },
  });
  await page.getByRole('button', { name: 'Record them all' }).click();
  await page.waitForURL(/\/batches\//);
  assert.match(await page.locator('main').innerText(), /4 answers were recorded, 1 were not[\s\S]*A colleague has answered/);
  await farhad.axe();
  await page.getByRole('button', { name: 'Again for those that were not' }).click();
  await page.waitForURL(/\/batches\//);
  assert.match(await page.locator('main').innerText(), /4 answers were recorded, 1 were not/);

  // Two officers at one question: the second sees what stands.
  const sixth = ids[5] ?? '';
  await farhad.go(`/en/desk/inquiries/${sixth}`);
  await page.locator('[name=m-result]').selectOption('approved');
  await act(stage.portal.composed.road, sixth as InquiryId, {
    officer: { hat: colleague, nationalId: '9992091002' },
    act: { do: 'answer', value: { result: 'rejected' } },
  });
  const [sent] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    page.getByRole('button', { name: 'Record the answer' }).click(),
  ]);
  assert.equal(sent.status(), 409);
  assert.match(await page.locator('main').innerText(), /A colleague has answered[\s\S]*Rejected/);
  await farhad.close();

  await leila.go('/desk/inquiries/sent');
  const outbox = await leila.page.locator('main').innerText();
  assert.equal(outbox.match(/پاسخ داده شد/g)?.length, 8, 'seven of the officer, one of the process');
  assert.match(outbox, /۹-۹۹۹۹-۹-۴|9-9999-9-4/);
  await leila.axe();
  await leila.go(`/desk/cases/${caseId}/inquiries/${fourth}`);
  assert.match(await leila.page.locator('main').innerText(), /تأیید نمی‌شود[\s\S]*راه فرار بسته است/);
  await leila.go('/desk/inquiries/letters');
  assert.match(await leila.page.locator('main').innerText(), /۱۴/, 'seven answers, fourteen letters');
  await leila.axe();
  const csv = await leila.page.request.get(`${stage.portal.origin}/desk/inquiries/letters.csv`);
  assert.match(await csv.text(), /شهرسازی منطقه ۶,استعلام ایمنی آتش‌نشانی,\d{4}-\d\d,7,0,14/);
  await leila.close();
});

test('answers that take longer say how far they are; left by a server that ended, they are taken up again', async () => {
  const { road } = stage.portal.composed;
  const leila = await person(stage, 'officer-leila');
  await leila.go(`/desk/cases/${caseId}/ask/fire-safety`);
  const id = await askFire(leila.page, '9-9999-9-7');
  await leila.close();
  const viewer = {
    reader: { person: 'officer-farhad', units: ['fire-service'] },
    actor: {
      person: 'officer-farhad' as PersonId,
      kind: 'citizen' as const,
      assignments: [{ role: 'officer' as const, unit: 'fire-service' as UnitId }],
    },
    nationalId: '9992077778',
  };
  const [view] = await inquiriesById(road, viewer, [id]);
  assert.ok(view);
  const batch = await startBatch(road, viewer, { key: 'left', rows: [{ view, value: { result: 'approved' } }] });
  const farhad = await person(stage, 'officer-farhad');
  const shown = await farhad.page.goto(`${stage.portal.origin}/desk/inquiries/batches/${batch}`);
  assert.equal(shown?.headers()['refresh'], '2');
  assert.match(await farhad.page.locator('main').innerText(), /۰ از ۱ انجام شد/);
  await farhad.axe();
  stage.portal.setNow(plusMillis(instant(new Date().toISOString()), 40_000));
  const still = await farhad.page.goto(`${stage.portal.origin}/desk/inquiries/batches/${batch}`);
  assert.equal(still?.headers()['refresh'], undefined);
  await farhad.axe();
  await farhad.page.getByRole('button', { name: 'دوباره' }).click();
  await until(farhad.page, /هر ۱ پاسخ ثبت شد/);
  await farhad.close();
});

test('anyone sees what is asked in the city, who may ask it and how long it takes', async () => {
  const anyone = await person(stage);
  await anyone.go('/inquiries');
  assert.match(await anyone.page.locator('main').innerText(), /استعلام ایمنی آتش‌نشانی[\s\S]*۱۶/);
  await anyone.axe();
  await anyone.page.getByRole('link', { name: 'پاسخ به استعلام شهرسازی' }).click();
  const about = await anyone.page.locator('main').innerText();
  assert.match(about, /دفتر اسناد رسمی نمونه[\s\S]*ثبت انتقال ملک/);
  assert.match(about, /یکی از: فروش/);
  await anyone.axe();
  const csv = await anyone.page.request.get(`${stage.portal.origin}/en/inquiries/types.csv`);
  assert.match(await csv.text(), /fire-safety,Fire safety inquiry,Deputy for Planning and Architecture,P5D,8,/);
  await anyone.close();
  const reader = await person(stage, undefined, { language: 'en', width: 1280 });
  await reader.go('/en/duties');
  await reader.page.getByRole('link', { name: /Inquiries: who answers/ }).click();
  await reader.axe();
  await reader.page.getByRole('link', { name: 'Fire safety inquiry' }).click();
  assert.match(
    await reader.page.locator('main').innerText(),
    /Officers of Fire and Safety Service[\s\S]*Planning of every district/,
  );
  await reader.axe();
  assert.equal((await reader.page.goto(`${stage.portal.origin}/en/inquiries/types/none`))?.status(), 404);
  await reader.close();
});

test('what nobody answers is told to the manager and to the owner, each by a link that opens it', async () => {
  const leila = await person(stage, 'officer-leila');
  await leila.go(`/desk/cases/${caseId}/ask/fire-safety`);
  const id = await askFire(leila.page, '9-9999-9-8');
  const behrouz = await person(stage, 'manager-behrouz');
  const bahram = await person(stage, 'owner-bahram', { language: 'en', width: 1280 });
  stage.portal.setNow(plusMillis(instant(new Date().toISOString()), 12 * 86_400_000));
  await behrouz.go('/desk/messages');
  await until(behrouz.page, /به مدیر واحد: مهلت «استعلام/);
  await behrouz.axe();
  await behrouz.page.getByRole('link', { name: 'استعلام', exact: true }).first().click();
  assert.match(behrouz.page.url(), new RegExp(id));
  assert.match(await behrouz.page.locator('main').innerText(), /به مدیر واحد و مالک استعلام گفته شد/);
  await behrouz.axe();
  await bahram.go('/en/desk/messages');
  assert.match(await bahram.page.locator('main').innerText(), /To the owner: the deadline of/);
  await bahram.axe();
  await bahram.page.getByRole('link', { name: 'Inquiry', exact: true }).first().click();
  await bahram.axe();
  await leila.go('/desk/inquiries/sent?state=overdue');
  assert.match(await leila.page.locator('main').innerText(), /گزارش‌شده به مدیر/);
  await leila.axe();
  for (const one of [leila, behrouz, bahram]) await one.close();
});
