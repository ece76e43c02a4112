// The city works a case as its model says: applicant, officer, fire service, engineer, manager; Persian, scripts off; then the document is revoked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { join } from 'node:path';
import sharp from 'sharp';
import { instant } from '#base/instant.ts';
import { openRenderer } from '#outside/render.ts';
import { ROOT } from '#testing/database.ts';
import { assertFault, caseOf, openStage, person, until } from './support.ts';
import type { Person, Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage()));
after(() => stage.close());

/** A real plan and report: one page each, set by the renderer that sets the city's own documents. */
async function makePdf(title: string): Promise<Buffer> {
  const template = '#set page(paper: "a4")\n#set text(font: "Vazirmatn")\n#json(bytes(sys.inputs.data)).title';
  const render = openRenderer(join(ROOT, 'documents', 'dargah.typ'));
  return Buffer.from(await render({ template, data: { title }, at: instant('2026-11-24T09:00:00Z') }));
}
function makePhoto(): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background: '#88aabb' } })
    .jpeg()
    .toBuffer();
}
const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer });

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
}

async function apply(maryam: Person): Promise<string> {
  const { page } = maryam;
  const photo = await makePhoto();
  const plan = await makePdf('نقشهٔ چون‌ساخت');
  await maryam.go('/services/completion-certificate');
  await maryam.axe();
  await page.getByRole('button', { name: 'شروع درخواست' }).click();
  const id = caseOf(page);
  await page.locator('.task-title').first().click();
  await page.locator('[name=renovationCode]').fill('۶-۱۰۴۵-۱۲-۹');
  await next(page);
  // The property is hers: what its register and that of persons know is shown, and not asked.
  assert.match(await page.locator('main').innerText(), /سامانهٔ? املاک/);
  assert.equal(await page.locator('main input:not([type=hidden])').count(), 0);
  await maryam.axe();
  await next(page);
  await maryam.axe();
  await next(page);
  await maryam.axe();
  await page.locator('[name=permitNumber]').fill('06-1402-000123');
  await page.locator('[name=currentUse]').selectOption('residential');
  for (const [name, value] of Object.entries({ builtAreaNow: '۲۹۶', floorsBuilt: '۳', unitsBuilt: '۱', parkingsBuilt: '۲' }))
    await page.locator(`[name=${name}]`).fill(value);
  await next(page);
  await maryam.axe();
  // A text that calls itself a plan is refused beside its field; the good files are kept.
  await page.locator('[name=asBuiltPlan]').setInputFiles(pdf('plan.pdf', Buffer.from('<html>no plan</html>')));
  await page.locator('[name=engineerReport]').setInputFiles(pdf('report.pdf', await makePdf('گزارش پایانی')));
  await page.locator('[name=facadePhoto]').setInputFiles({ name: 'facade.jpg', mimeType: 'image/jpeg', buffer: photo });
  await next(page);
  await assertFault(page, 'asBuiltPlan', /محتوای پرونده/);
  assert.match(await page.locator('main').innerText(), /report\.pdf/);
  await page.locator('[name=asBuiltPlan]').setInputFiles(pdf('plan.pdf', Buffer.concat([plan, Buffer.alloc(11_000_000)])));
  await next(page);
  await assertFault(page, 'asBuiltPlan', /بزرگ‌تر از اندازه/);
  await page.locator('[name=asBuiltPlan]').setInputFiles(pdf('plan.pdf', plan));
  await next(page);
  await page.locator('[name=declared]').check();
  await next(page);
  await maryam.axe();
  await page.getByRole('button', { name: 'ثبت درخواست' }).click();
  await page.waitForURL(/submitted=1/);
  return id;
}

/** Opens the case at the desk, does the task of that step, and fills its form in. */
async function work(who: Person, id: string, step: RegExp, fill: (page: Page) => Promise<void>): Promise<void> {
  const { page } = who;
  await until2(who, id, step);
  await who.axe();
  await page.locator('.notice').filter({ hasText: step }).getByRole('link', { name: 'انجام این کار' }).click();
  await who.axe();
  await fill(page);
  await page.getByRole('button', { name: 'ثبت نتیجه' }).click();
}

async function until2(who: Person, id: string, step: RegExp): Promise<void> {
  await who.go(`/desk/cases/${id}`);
  await until(who.page, step);
}

/** The open task at a step. */
async function taskOf(id: string, element: string): Promise<string> {
  const { road } = stage.portal.composed;
  const { rows } = await road.pool.query(
    `select task_id as id from task where case_id = $1 and element = $2 and status = 'open'`,
    [id, element],
  );
  return String((rows[0] as { id: string } | undefined)?.id);
}

const decide =
  (value: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(`[name=decision][value=${value}]`).check();
  };

test('completion certificate: corrected, inquired, visited, paid, approved by a second person, issued, revoked', async () => {
  const maryam = await person(stage, 'citizen-maryam');
  const leila = await person(stage, 'officer-leila', { width: 1280 });
  const id = await apply(maryam);

  // The officer takes it from the worklist; a correction without a reason is refused, and nothing is lost.
  await until2(leila, id, /بررسی/);
  await leila.go('/desk?whose=free&service=completion-certificate');
  await leila.axe();
  await leila.page
    .locator('tr', { hasText: /۱۴۰۵/ })
    .first()
    .getByRole('button', { name: /برداشتن/ })
    .click();
  await leila.axe();
  await leila.go('/desk?whose=free');
  assert.match(await leila.page.locator('main').innerText(), /کاری در این فهرست نیست/);
  // A colleague sees whose it is, and is not offered it.
  const omid = await person(stage, 'officer-omid', { width: 1280 });
  await omid.go(`/desk/cases/${id}`);
  assert.match(await omid.page.locator('main').innerText(), /در دست لیلا رستمی/);
  assert.equal(await omid.page.getByRole('link', { name: 'انجام این کار' }).count(), 0);
  await omid.axe();

  await leila.go(`/desk/cases/${id}`);
  await leila.page.getByRole('link', { name: 'انجام این کار' }).click();
  await decide('correct')(leila.page);
  await leila.page.getByRole('button', { name: 'ثبت نتیجه' }).click();
  assert.match(await leila.page.locator('[role=alert]').innerText(), /هیچ موردی برای اصلاح مشخص نشده/);
  await leila.page.locator('[name=fix-permitNumber]').check();
  await leila.page.getByRole('button', { name: 'ثبت نتیجه' }).click();
  await assertFault(leila.page, 'why-permitNumber', /دلیل اصلاح «شماره پروانه ساختمانی» نوشته نشده/);
  assert.equal(await leila.page.locator('[name=fix-permitNumber]').isChecked(), true);
  await leila.page.locator('[name=why-permitNumber]').fill('شماره با پروانه یکی نیست');
  await leila.page.getByRole('button', { name: 'ثبت نتیجه' }).click();
  await leila.page.waitForURL(/done=/);
  await leila.axe();
  await leila.page.locator('.notice.success a').click();
  assert.match(await leila.page.locator('main').innerText(), /مهلت متوقف است: اصلاح/);

  // The applicant corrects just that.
  await maryam.go(`/cases/${id}`);
  await until(maryam.page, /متوقف/);
  await maryam.axe();
  await maryam.page.getByRole('link', { name: 'پاسخ به درخواست اصلاح' }).click();
  await maryam.axe();
  assert.match(await maryam.page.locator('main').innerText(), /شماره با پروانه یکی نیست/);
  assert.equal(await maryam.page.locator('[name=builtAreaNow]').count(), 0);
  await maryam.page.locator('[name=permitNumber]').fill('06-1402-000321');
  await maryam.page.getByRole('button', { name: 'فرستادن اصلاحات' }).click();

  // The deputy, officer and manager in one person, finds it complete: and so must not be who approves it.
  const shirin = await person(stage, 'manager-shirin', { width: 1280 });
  await work(shirin, id, /بررسی/, decide('complete'));
  const farhad = await person(stage, 'officer-farhad', { width: 1280 });
  await farhad.go('/desk?list=inquiries');
  await farhad.axe();
  await work(farhad, id, /آتش|ایمنی/, async (page) => page.locator('[name=result][value=approved]').check());
  // The engineer's phone.
  const kaveh = await person(stage, 'engineer-kaveh');
  await work(kaveh, id, /بازدید/, async (page) => {
    const parts = { day: '1', month: '9', year: '1405' };
    for (const [part, value] of Object.entries(parts)) await page.locator(`[name=visitedOn-${part}]`).fill(value);
    await page.locator('[name=photo]').setInputFiles({ name: 'site.jpg', mimeType: 'image/jpeg', buffer: await makePhoto() });
    // Not all is answered: the photo came, and need not be chosen again.
    await page.getByRole('button', { name: 'ثبت نتیجه' }).click();
    await assertFault(page, 'measuredArea', /زیربنای اندازه‌گیری‌شده/);
    assert.match(await page.locator('.uploaded').innerText(), /site\.jpg/);
    await page.locator('[name=measuredArea]').fill('۲۹۶');
    await page.locator('[name=floorsSeen]').fill('۳');
    await page.locator('[name=opinion][value=conforms]').check();
  });
  assert.match(await kaveh.page.title(), /کارتابل/, await kaveh.page.locator('main').innerText());

  await maryam.go(`/cases/${id}`);
  await until(maryam.page, /پرداخت/);
  await maryam.page.getByRole('link', { name: /^پرداخت/ }).click();
  await maryam.page.getByRole('button', { name: 'رفتن به درگاه پرداخت' }).click();
  await maryam.page.getByRole('button', { name: /پرداخت موفق/ }).click();

  // Who checked may not approve; a second person does.
  await until2(shirin, id, /تأیید/);
  assert.match(await shirin.page.locator('main').innerText(), /مرحله پیشین این پرونده را خود شما انجام داده‌اید/);
  assert.equal(await shirin.page.getByRole('link', { name: 'انجام این کار' }).count(), 0);
  await shirin.axe();
  const approval = await taskOf(id, 'Task_approve');
  const refused = await shirin.page.goto(`${stage.portal.origin}/desk/cases/${id}/tasks/${approval}`);
  assert.equal(refused?.status(), 403);
  const nader = await person(stage, 'manager-nader', { width: 1280 });
  await work(nader, id, /تأیید/, decide('approve'));
  await maryam.go(`/cases/${id}`);
  await until(maryam.page, /دریافت سند/);
  await maryam.axe();
  const verify = await maryam.page.getByRole('link', { name: 'صفحهٔ بررسی همگانی' }).getAttribute('href');

  await nader.go(`/desk/cases/${id}`);
  await nader.axe();
  await nader.page.getByRole('link', { name: 'باطل کردن این سند' }).click();
  await nader.axe();
  await nader.page.getByRole('button', { name: 'باطل کن' }).click();
  await assertFault(nader.page, 'reason', /دلیل ابطال را بنویسید/);
  await nader.page.locator('[name=reason]').fill('خطا در متراژ');
  await nader.page.locator('[name=sure]').check();
  await nader.page.getByRole('button', { name: 'باطل کن' }).click();
  assert.match(await nader.page.locator('main').innerText(), /سند باطل شد[\s\S]*باطل‌شده/);
  await nader.axe();
  const anyone = await person(stage);
  await anyone.go(verify ?? '');
  assert.match(await anyone.page.locator('main').innerText(), /باطل شده است/);
  await anyone.axe();
  // English, whole.
  for (const path of [`/en/cases/${id}`, '/en/my']) {
    await maryam.go(path);
    await maryam.axe();
    assert.doesNotMatch((await maryam.page.locator('main .summary, main .actions').allInnerTexts()).join(' '), /پرونده|درخواست/);
  }
  for (const path of [`/en/desk/cases/${id}`, '/en/desk', '/en/desk/messages', '/desk/messages']) {
    await nader.go(path);
    await nader.axe();
  }
  // Who holds nothing in the organisation has no desk.
  const away = await maryam.page.goto(`${stage.portal.origin}/desk`);
  assert.equal(away?.status(), 403);
  await maryam.axe();
  for (const one of [maryam, leila, shirin, omid, farhad, kaveh, nader, anyone]) await one.close();
});
