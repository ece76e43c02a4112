// Inquiries by hand, in Persian on a phone, scripts off: a bank's clerk is answered at once by the register, and by people where it knows nothing;
// an officer answers from the unit's inbox; the person asked about sees who asked, what for, under which law.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertFault, openStage, person } from './support.ts';
import type { Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage()));
after(() => stage.close());

test('a bank asks under its contract, a unit answers what the register does not know, the citizen sees it', async () => {
  const nasrin = await person(stage, 'bank-nasrin');
  const { page } = nasrin;
  await page.getByRole('link', { name: 'استعلام' }).first().click();
  await nasrin.axe();
  await page.getByRole('link', { name: 'استعلام بدهی عوارض نوسازی' }).click();
  await nasrin.axe();
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await assertFault(page, 'm-renovationCode', /کد نوسازی: این مورد را پر کنید/);
  await page.locator('[name=m-renovationCode]').fill('شش');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await assertFault(page, 'm-renovationCode', /درست نیست/);
  assert.equal(await page.locator('[name=m-renovationCode]').inputValue(), 'شش');
  await nasrin.axe();
  await page.locator('[name=m-renovationCode]').fill('۶-۱۰۴۵-۱۲-۷');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await page.waitForURL(/\/inquiries\/q/);
  const answer = await page.locator('main').innerText();
  assert.match(answer, /پاسخ داده شد/);
  assert.match(answer, /۱۴۰۳|۱٬۴۰۳/);
  assert.doesNotMatch(answer, /منطقه/, 'the contract does not name the district');
  await nasrin.axe();

  await page.getByRole('link', { name: 'پرسش تازه' }).click();
  await page.locator('[name=m-renovationCode]').fill('9-9999-9-7');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await page.waitForURL(/\/inquiries\/q/);
  assert.match(await page.locator('main').innerText(), /باید پاسخ دهد/);
  await nasrin.axe();
  const asked = page.url();

  const samira = await person(stage, 'officer-samira', { language: 'en', width: 1280 });
  await samira.go('/en/desk/inquiries');
  await samira.axe();
  await samira.page.getByRole('link', { name: 'Renovation duty status' }).first().click();
  await samira.axe();
  await samira.page.getByRole('button', { name: 'Record the answer' }).click();
  await assertFault(samira.page, 'm-unpaidYears', /Fill this in/);
  await samira.page.locator('[name=m-clear][value=false]').check();
  await samira.page.locator('[name=m-unpaidYears]').fill('1404, ۱۴۰۵');
  await samira.page.getByRole('button', { name: 'Record the answer' }).click();
  await samira.page.waitForURL(/done=1/);
  await samira.axe();
  await samira.close();
  await page.goto(asked);
  assert.match(await page.locator('main').innerText(), /پاسخ داده شد/);
  await nasrin.close();

  const sara = await person(stage, 'citizen-sara');
  await sara.go('/my');
  await sara.page.locator('a[href="/my/looks"]').click();
  await sara.axe();
  assert.match(await sara.page.locator('main').innerText(), /بانک نمونه[\s\S]*ارزیابی وثیقه/);
  assert.equal((await sara.page.goto(asked))?.status(), 404, 'the answer is the bank’s');
  await sara.close();
  const reza = await person(stage, 'citizen-reza');
  await reza.go('/my/looks');
  assert.match(await reza.page.locator('main').innerText(), /کسی نگاه نکرده/);
  await reza.close();
});
