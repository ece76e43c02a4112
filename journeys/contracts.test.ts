// A contract's life in the browser and from a program: an owner drafts, the organisation's person signs and registers a key, the steward signs, the
// program asks (test, then in earnest), its system is told, the owner sees the use and what is unusual, ends it; and then it is refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { instant } from '#base/instant.ts';
import { jwkVerifier } from '#outside/http-keys.ts';
import { webhookFault, webhookKey } from '#outside/webhook.ts';
import { verifyEvidence } from '#proofs/evidence.ts';
import { jwkThumbprint } from '#proofs/http-key.ts';
import { codeOf, partnerClient } from '#testing/partner-client.ts';
import { assertFault, openStage, person } from './support.ts';
import type { Stage } from './support.ts';

let stage: Stage;
let receiver: Server;
const told: { readonly headers: Record<string, string>; readonly body: string }[] = [];
before(async () => {
  stage = await openStage();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      told.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
});
after(async () => {
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  await stage.close();
});

async function fill(page: Page, values: { readonly [name: string]: string }): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value);
}

test('a contract is drafted, signed by both sides, used by a program, watched and ended', async () => {
  const { origin, composed } = stage.portal;
  const zahra = await person(stage, 'owner-zahra');
  await zahra.go('/oversight');
  await zahra.page.getByRole('link', { name: 'قراردادهای استعلام' }).click();
  await zahra.axe();
  await zahra.page.getByRole('link', { name: 'پیش‌نویس قرارداد تازه' }).click();
  await zahra.axe();
  await zahra.page.getByRole('button', { name: 'ثبت پیش‌نویس' }).click();
  await assertFault(zahra.page, 'purpose-fa', /بنویسید/);
  await zahra.axe();
  await fill(zahra.page, {
    id: 'bank-loans',
    'organisation-name-fa': 'بانک نمونه',
    'organisation-name-en': 'Sample Bank',
    'organisation-id': 'sample-bank',
    persons: '۹۹۹۵۰۱۱۱۱۵',
    'purpose-fa': 'وام مسکن',
    'purpose-en': 'Home loans',
    'legal-fa': 'آیین‌نامهٔ وام، مادهٔ ۲ (نمونه)',
    'legal-en': 'Loan rules, article 2 (sample)',
    ratePerMinute: '۶۰۰',
    'from-day': '1',
    'from-month': '7',
    'from-year': '1405',
    'until-day': '29',
    'until-month': '12',
    'until-year': '1404',
  });
  await zahra.page.locator('[name="organisation-kind"]').selectOption('bank');
  await zahra.page.locator('[name="fields-renovation-duty-status"][value="clear"]').check();
  await zahra.page.locator('[name="fields-renovation-duty-status"][value="unpaidYears"]').check();
  await zahra.page.locator('[name="visibility"][value="now"]').check();
  await zahra.page.getByRole('button', { name: 'ثبت پیش‌نویس' }).click();
  await assertFault(zahra.page, 'until-day', /پس از آغاز/).catch(() => undefined);
  assert.match(await zahra.page.locator('[role="alert"]').innerText(), /پایان باید پس از آغاز/);
  assert.equal(await zahra.page.locator('[name="purpose-fa"]').inputValue(), 'وام مسکن');
  await fill(zahra.page, { 'until-year': '1407' });
  await zahra.page.getByRole('button', { name: 'ثبت پیش‌نویس' }).click();
  await zahra.page.waitForURL(/\/oversight\/contracts\/bank-loans\?done=1/);
  await zahra.axe();
  assert.equal(await zahra.page.getByRole('button', { name: 'امضا می‌کنم' }).count(), 0, 'who drafted does not sign');

  const nasrin = await person(stage, 'bank-nasrin', { language: 'en', width: 1280 });
  await nasrin.go('/en/inquiries/contracts');
  await nasrin.axe();
  await nasrin.page.locator('a[href$="/inquiries/contracts/bank-loans"]').click();
  await nasrin.axe();
  await nasrin.page.getByRole('button', { name: 'Open the test environment' }).click();
  await nasrin.page.waitForURL(/done=1/);
  const tester = partnerClient(origin, 'bank-loans-test');
  const program = partnerClient(origin, 'bank-loans');
  const pem = String(program.key.export({ format: 'pem', type: 'pkcs8' }));
  await nasrin.page.locator('[name="key-real"]').fill(pem);
  await nasrin.page.locator('form:has([name="key-real"]) button').click();
  await assertFault(nasrin.page, 'key-real', /private key/);
  await nasrin.axe();
  await nasrin.page.locator('[name="key-real"]').fill(program.pem);
  await nasrin.page.locator('form:has([name="key-real"]) button').click();
  await nasrin.page.waitForURL(/done=1/);
  await nasrin.page.locator('[name="key-test"]').fill(JSON.stringify(tester.jwk));
  await nasrin.page.locator('form:has([name="key-test"]) button').click();
  await nasrin.page.waitForURL(/done=1/);

  // Before anybody signed, the test environment answers.
  const sample = await tester.ask(await tester.token(), 'renovation-duty-status', { renovationCode: '1-2001-5-3' });
  assert.deepEqual(
    [sample.status, sample.body['test'], sample.body['answer']],
    [200, true, { clear: true, unpaidYears: [] }],
    sample.text,
  );
  assert.equal((await program.requestToken()).status, 401, 'nothing is asked in earnest yet');

  await nasrin.page.locator('[name="url-real"]').fill('http://10.0.0.1/hook');
  await nasrin.page.locator('form:has([name="url-real"]) button').click();
  await assertFault(nasrin.page, 'url-real', /https/);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await nasrin.page.locator('[name="url-real"]').fill(url);
  await nasrin.page.locator('form:has([name="url-real"]) button').click();
  const secret =
    /whsec_[A-Za-z0-9+/=]+/.exec(await nasrin.page.locator('main').innerText())?.[0] ?? assert.fail('the secret is shown');
  await nasrin.go('/en/inquiries/contracts/bank-loans');
  assert.doesNotMatch(await nasrin.page.content(), /whsec_/, 'and shown no more');
  await nasrin.page.getByRole('button', { name: 'I sign' }).click();
  await nasrin.page.waitForURL(/done=1/);

  const elham = await person(stage, 'steward-elham', { language: 'en', width: 1280 });
  await elham.go('/en/my');
  await elham.page.getByRole('link', { name: 'Inquiry contracts' }).click();
  await elham.axe();
  await elham.page.locator('a[href$="/oversight/contracts/bank-loans"]').click();
  await elham.page.getByRole('button', { name: 'I sign' }).click();
  await elham.page.waitForURL(/done=1/);
  assert.match(await elham.page.locator('main').innerText(), /In force/);
  await elham.axe();

  const token = await program.token();
  const answer = await program.ask(token, 'renovation-duty-status', { renovationCode: '6-1045-12-7' });
  assert.deepEqual([answer.status, answer.body['answer']], [200, { clear: false, unpaidYears: [1403, 1404, 1405] }], answer.text);
  const waiting = await program.ask(token, 'renovation-duty-status', { renovationCode: '9-9999-9-4' });
  assert.equal(waiting.status, 202);
  const samira = await person(stage, 'officer-samira');
  await samira.go(`/desk/inquiries/${String(waiting.body['id'])}`);
  await samira.page.locator('[name=m-clear][value=false]').check();
  await samira.page.locator('[name=m-unpaidYears]').fill('۱۴۰۵');
  await samira.page.getByRole('button', { name: 'ثبت پاسخ' }).click();
  await samira.page.waitForURL(/done=/);
  await samira.close();
  for (let tries = 0; tries < 100 && told.length === 0; tries += 1) await new Promise((done) => setTimeout(done, 100));
  const [word] = told;
  assert.ok(word, 'the system is told');
  const now = instant(new Date().toISOString());
  assert.equal(webhookFault(word.headers, Buffer.from(word.body), { keys: [webhookKey(secret)], now }), undefined);
  assert.ok(word.body.includes(String(waiting.body['id'])) && !word.body.includes('clear'), 'never the answer');
  const polled = await program.get(token, `/api/inquiries/${String(waiting.body['id'])}`);
  assert.equal(polled.status, 200);
  await nasrin.go('/en/inquiries/contracts/bank-loans');
  assert.match(await nasrin.page.locator('#deliveries + *').innerText(), /Delivered[\s\S]*204/);
  await nasrin.page
    .getByRole('button', { name: /Send again/ })
    .first()
    .click();
  await nasrin.page.waitForURL(/done=1/);
  for (let tries = 0; tries < 100 && told.length < 2; tries += 1) await new Promise((done) => setTimeout(done, 100));
  assert.equal(told[1]?.headers['webhook-id'], word.headers['webhook-id'], 'the same message');
  await nasrin.axe();

  // By hand under the same contract, with evidence of its own.
  await nasrin.go('/en/inquiries/ask/renovation-duty-status?contract=bank-loans');
  await nasrin.page.locator('[name=m-renovationCode]').fill('6-1045-12-7');
  await nasrin.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await nasrin.page.waitForURL(/\/inquiries\/q/);
  const [download] = await Promise.all([
    nasrin.page.waitForEvent('download'),
    nasrin.page.getByRole('link', { name: 'Signed evidence' }).click(),
  ]);
  const evidence = readFileSync(await download.path(), 'utf8');
  const city = composed.road.ports.partners.publicKey;
  const checked = await verifyEvidence(evidence, { verifier: jwkVerifier, city: [{ thumbprint: jwkThumbprint(city) }] });
  assert.deepEqual(checked.findings, []);
  assert.match(checked.facts?.byHand ?? '', /by bank-nasrin of sample-bank.*signed by the portal for them/);

  // Along a street, one by one.
  for (let number = 1; number <= 9; number += 1)
    await program.ask(token, 'renovation-duty-status', { renovationCode: `9-9998-3-${number}` });
  await program.ask(token, 'renovation-duty-status', {});
  await composed.road.pool.query(
    `update inquiry set asked_at = asked_at - interval '20 seconds' where contract = 'bank-loans' and answered_at is null`,
  );
  await zahra.go('/oversight/contracts/bank-loans');
  const seen = await zahra.page.locator('main').innerText();
  assert.match(seen, /پیمایش ملک‌های همسایه/);
  assert.match(seen, /۹ کد نوسازی پی‌درپی/);
  assert.match(seen, /برنامهٔ سازمان/);
  assert.match(seen, /نسرین کاوه/);
  assert.match(seen, /پاسخ برخی پرسش‌ها درست نیست/);
  await zahra.axe();
  await zahra.page.getByRole('button', { name: 'دیدم' }).click();
  await assertFault(zahra.page, 'reason-0', /دلیل/);
  await zahra.page.locator('[name="reason-0"]').fill('آزمون سامانهٔ بانک بود.');
  await zahra.page.getByRole('button', { name: 'دیدم' }).click();
  await zahra.page.waitForURL(/done=1/);
  assert.match(await zahra.page.locator('main').innerText(), /زهرا نوری[\s\S]*آزمون سامانهٔ بانک بود/);
  await zahra.page.locator('textarea[name="reason"]').fill('وام‌ها پایان یافت.');
  await zahra.page.getByRole('button', { name: 'لغو قرارداد' }).click();
  await zahra.page.waitForURL(/done=1/);
  await zahra.axe();
  assert.equal(
    codeOf(await program.ask(token, 'renovation-duty-status', { renovationCode: '6-1045-12-7' })),
    '403 contract-not-in-force',
  );
  assert.equal((await program.requestToken()).status, 401);
  for (const one of [zahra, nasrin, elham]) await one.close();
});
