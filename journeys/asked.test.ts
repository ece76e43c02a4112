// A property asked about from three sides: a notary by hand, answered by the register and by a planner; a bank's own system, by the client that the
// guide prints; and its owner, who sees all of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { assertFault, openStage, person } from './support.ts';
import type { Person, Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage()));
after(() => stage.close());

async function begin({ page, go }: Person, type: RegExp): Promise<void> {
  await go('/inquiries');
  await page.getByRole('link', { name: type }).first().click();
}

test('a notary, a bank’s system and a planner; and the owner sees each of them', async () => {
  const karim = await person(stage, 'notary-karim');
  const { page } = karim;
  await begin(karim, /استعلام بدهی عوارض نوسازی/);
  await page.locator('[name=m-renovationCode]').fill('۶-۱۰۴۵-۱۲-۷');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await page.waitForURL(/\/inquiries\/q/);
  assert.match(await page.locator('main').innerText(), /پاسخ داده شد/, 'the register answers at once');
  await karim.axe();

  await begin(karim, /پاسخ به استعلام شهرسازی/);
  await page.locator('[name=m-renovationCode]').fill('6-1045-12-7');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await assertFault(page, 'm-transaction', /نوع معامله/);
  await karim.axe();
  await page.locator('[name=m-transaction]').selectOption('partition');
  await page.getByRole('button', { name: 'پرسیدن' }).click();
  await page.waitForURL(/\/inquiries\/q/);
  assert.match(await page.locator('main').innerText(), /باید پاسخ دهد/, 'a partition needs a person');
  await karim.axe();
  const asked = page.url();

  const planner = await person(stage, 'officer-nika', { language: 'en', width: 1280 });
  await planner.go('/en/desk/inquiries');
  await planner.page.getByRole('link', { name: 'Planning inquiry' }).first().click();
  await planner.axe();
  await planner.page.getByRole('button', { name: 'Record the answer' }).click();
  await planner.page.locator('.errors').waitFor();
  assert.match(await planner.page.locator('.errors').innerText(), /May be transferred: Fill this in/);
  await planner.page.locator('[name=m-transferable][value=true]').check();
  await planner.page.getByRole('button', { name: 'Record the answer' }).click();
  await planner.page.waitForURL(/done=1/);
  await planner.close();
  await page.goto(asked);
  assert.match(await page.locator('main').innerText(), /پاسخ داده شد/);
  await karim.axe();
  await karim.close();

  assert.match(await askAsBank(), /^200 .*"clear":false/);

  const sara = await person(stage, 'citizen-sara');
  await sara.go('/my/looks');
  await sara.axe();
  const rows = await sara.page.locator('tbody tr').allInnerTexts();
  const seen = (words: RegExp): number => rows.filter((row) => words.test(row)).length;
  assert.deepEqual([seen(/دفتر اسناد رسمی نمونه/), seen(/بانک نمونه/)], [2, 1], rows.join('\n'));
  assert.equal((await sara.page.goto(asked))?.status(), 404, 'the answer is the notary’s');
  await sara.close();
});

/** The bank's person registers a key; its system then asks by the client in docs/inquiries.md, in a process of its own. */
async function askAsBank(): Promise<string> {
  const { origin } = stage.portal;
  const folder = await mkdtemp(join(tmpdir(), 'dargah-bank-'));
  try {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const kid = await registered(String(publicKey.export({ format: 'pem', type: 'spki' })));
    const guide = await readFile(join(import.meta.dirname, '../../docs/inquiries.md'), 'utf8');
    await writeFile(join(folder, 'ask.mjs'), /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
    await writeFile(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const args = [join(folder, 'ask.mjs'), origin, 'bank-renovation', join(folder, 'key.pem'), kid, '6-1045-12-7'];
    return (await promisify(execFile)(process.execPath, args)).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function registered(pem: string): Promise<string> {
  const nasrin = await person(stage, 'bank-nasrin', { language: 'en', width: 1280 });
  const { page } = nasrin;
  await nasrin.go('/en/inquiries/contracts/bank-renovation');
  await page.locator('[name="key-real"]').fill(pem);
  await page.locator('form:has([name="key-real"]) button').click();
  await page.waitForURL(/bank-renovation/);
  await nasrin.axe();
  const kid = /[\w-]{43}/.exec(await page.locator('main').innerText())?.[0];
  assert.ok(kid, 'the page shows the thumbprint');
  await nasrin.close();
  return kid;
}
