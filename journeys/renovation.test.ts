// A citizen's phone, Persian, scripts off: from the front page to a clearance that anybody verifies, with the mistakes people make on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertFault, caseOf, choosePersona, openStage, person, until } from './support.ts';
import type { Page } from 'playwright-core';
import type { Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage()));
after(() => stage.close());

test('renovation clearance: found, applied for, paid at the second try, issued, verified', async () => {
  const sara = await person(stage);
  const { page } = sara;
  await sara.go('/');
  await sara.axe();
  // Arabic letters and a half-space find it too.
  await page.getByRole('searchbox').fill('مفاصا حساب نوسازي');
  await page.locator('form[role=search] button').click();
  await sara.axe();
  await page
    .getByRole('link', { name: /مفاصاحساب/ })
    .first()
    .click();
  await sara.axe();
  await page.getByRole('button', { name: 'شروع درخواست' }).click();
  await choosePersona(page, 'citizen-sara');
  await page.getByRole('button', { name: 'شروع درخواست' }).click();
  const id = caseOf(page);
  await sara.axe();
  await page.locator('.task-title').first().click();

  // A code that cannot be one, in Persian digits, is named beside its field, and nothing typed is lost; one that nobody has is told at the end.
  await page.locator('[name=renovationCode]').fill('۹-۹۹۹۹');
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await assertFault(page, 'renovationCode', /کد نوسازی/);
  assert.equal(await page.locator('[name=renovationCode]').inputValue(), '۹-۹۹۹۹');
  await page.locator('[name=renovationCode]').fill('۹-۹۹۹۹-۹-۹');
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await sara.axe();
  // Whose it is not is asked for the owner's number, in Persian digits too.
  await page.locator('[name=ownerId]').fill('۹۹۹۱۰۱۲۳۴۵');
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await assertFault(page, 'ownerId', /کد ملی/);
  await page.locator('[name=ownerId]').fill('۹۹۹۱۰۱۲۳۴۶');
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await sara.axe();
  // Who she is the city knows.
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await sara.axe();
  await choosePurpose(page);
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await page.waitForURL(/\/check$/);
  await sara.axe();
  await page.getByRole('button', { name: 'ثبت درخواست' }).click();
  assert.match(await page.locator('main, .page').first().innerText(), /یافت نشد/);
  await sara.go(`/cases/${id}/apply`);
  await page.locator('.task-title').first().click();
  await sara.axe();
  await page.locator('[name=renovationCode]').fill('۶-۱۰۴۵‌-۱۲-۷');
  await page.getByRole('button', { name: 'ادامه', exact: true }).click();
  await sara.go(`/cases/${id}/check`);
  await page.getByRole('button', { name: 'ثبت درخواست' }).click();
  await page.waitForURL(/submitted=1/);
  await until(page, /پرداخت/);
  await sara.axe();

  // The first payment fails, plainly; the second is made, and a second press of "back" changes nothing.
  await page.getByRole('link', { name: /^پرداخت/ }).click();
  await sara.axe();
  await page.getByRole('button', { name: 'رفتن به درگاه پرداخت' }).click();
  await page.getByRole('button', { name: /پرداخت ناموفق/ }).click();
  assert.match(await page.locator('main').innerText(), /پرداخت انجام نشد و مبلغی کم نشده است/);
  await page.getByRole('link', { name: /^پرداخت/ }).click();
  await page.getByRole('button', { name: 'رفتن به درگاه پرداخت' }).click();
  await page.getByRole('button', { name: /پرداخت موفق/ }).click();
  assert.match(await page.locator('main').innerText(), /پرداخت شما ثبت شد/);
  await sara.go(`/cases/${id}`);
  await until(page, /صادر شد/);
  await sara.axe();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /دریافت سند/ }).click();
  const pdf = await (await download).path();
  assert.equal((await readFile(pdf)).subarray(0, 5).toString(), '%PDF-');
  if (existsSync('/usr/bin/pdfsig')) {
    const words = execFileSync('/usr/bin/pdfsig', [pdf], { encoding: 'utf8' });
    assert.match(words, /Signature is Valid/);
    assert.match(words, /Total document signed/);
  }
  const receipt = page.waitForEvent('download');
  await page.getByRole('link', { name: 'دریافت رسید ثبت درخواست' }).click();
  const receiptFile = await (await receipt).path();

  // Anyone, without signing in, on a wide screen.
  const anyone = await person(stage, undefined, { width: 1280 });
  const href = await page.getByRole('link', { name: 'صفحهٔ بررسی همگانی' }).getAttribute('href');
  await anyone.go(href ?? '');
  assert.match(await anyone.page.locator('main').innerText(), /این سند معتبر است/);
  assert.doesNotMatch(await anyone.page.content(), /سارا|9991012346|۹۹۹۱۰۱۲۳۴۶/);
  await anyone.axe();
  await anyone.go('/verify-receipt');
  await anyone.page.locator('[name=receipt]').fill(await readFile(receiptFile, 'utf8'));
  await anyone.page.getByRole('button', { name: 'بررسی' }).last().click();
  assert.match(await anyone.page.locator('main').innerText(), /رسید درست است/);
  for (const path of [
    '/verify',
    '/verify-receipt',
    '/duties',
    '/ledger',
    '/accessibility',
    '/services',
    '/en',
    '/en/services/renovation-duty-clearance',
    '/en/duties',
    '/en/ledger',
    '/verify/000',
  ]) {
    await anyone.go(path);
    await anyone.axe();
  }

  // The command line agrees, offline.
  const words = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '..', 'cli', 'dargah.js'), 'verify', pdf, receiptFile, '--data', stage.portal.dataFolder],
    { encoding: 'utf8' },
  );
  assert.match(words, /good \(document\)[\s\S]*good \(receipt\)/);
  await anyone.close();
  await sara.close();
});

/** The form asks what the clearance is for; the first answer will do. */
async function choosePurpose(page: Page): Promise<void> {
  const select = page.locator('select[name=purpose]');
  if ((await select.count()) > 0) await select.selectOption({ index: 1 });
  else await page.locator('[name=purpose]').first().check();
}

test('a session that ends in the middle of a form loses nothing that was typed', async () => {
  const reza = await person(stage, 'citizen-reza');
  const { page, context } = reza;
  await reza.go('/services/renovation-duty-clearance');
  await page.getByRole('button', { name: 'شروع درخواست' }).click();
  const id = caseOf(page);
  await page.locator('.task-title').first().click();
  await page.locator('[name=renovationCode]').fill('1-2-3-4');
  await context.clearCookies();
  await page.getByRole('button', { name: 'ذخیره می‌کنم و بعد برمی‌گردم' }).click();
  assert.match(await page.locator('main').innerText(), /نگه داشته شده است/);
  // Signs in in another tab, comes back, sends again.
  const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: /ورود در برگهٔ تازه/ }).click()]);
  await choosePersona(tab, 'citizen-reza');
  await page.getByRole('button', { name: /دوباره بفرست/ }).click();
  await page.waitForURL(/saved=1/);
  await reza.go(`/cases/${id}/apply`);
  await page.locator('.task-title').first().click();
  assert.equal(await page.locator('[name=renovationCode]').inputValue(), '1-2-3-4');
  await reza.close();
});

test('what is not there, and what is not theirs, is told plainly', async () => {
  const reza = await person(stage, 'citizen-reza');
  for (const [path, words] of [
    ['/nowhere', /این صفحه وجود ندارد/],
    ['/verify/0000000000000000000000000x', /سندی با این کد صادر نشده است/],
    ['/cases/14051234567890', /پرونده‌ای با این شماره یافت نشد/],
    ['/desk', /اجازه این کار را ندارید/],
    ['/services/none', /چنین خدمتی در فهرست نیست/],
  ] as const) {
    await reza.go(path);
    assert.match(await reza.page.locator('main').innerText(), words);
  }
  await reza.close();
});
