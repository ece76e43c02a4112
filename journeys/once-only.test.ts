// Once only: what the city knows is shown with its source and not asked; a citizen says that it is wrong, the source's officer puts it right, and the
// next time it is right. Persian on a phone and English on a desk, scripts off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { caseOf, openStage, person, assertFault } from './support.ts';
import type { Person, Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage()));
after(() => stage.close());

const CODE = '6-1045-12-7';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

const text = ({ page }: Person): Promise<string> => page.locator('main').innerText();
const press = ({ page }: Person, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();
/** What stands in place of a question, by its label. */
const shown = ({ page }: Person, label: string) => page.locator('.known', { has: page.locator('.label', { hasText: label }) });

async function begin(who: Person, prefix: '' | '/en', start: RegExp): Promise<string> {
  await who.go(`${prefix}/services/renovation-duty-clearance`);
  await who.page
    .getByRole('button', { name: start })
    .or(who.page.getByRole('link', { name: /ادامهٔ|Continue/ }))
    .first()
    .click();
  return caseOf(who.page);
}

test('pre-filled with its source, disputed with evidence, put right by the source’s officer, right the next time', async () => {
  const sara = await person(stage, 'citizen-sara');
  const { page } = sara;
  const id = await begin(sara, '', /شروع درخواست/);
  await page.locator('.task-title').first().click();
  await page.locator('[name=renovationCode]').fill(CODE);
  await press(sara, 'ادامه');
  await sara.axe();
  const area = shown(sara, 'مساحت زمین');
  assert.match(await area.innerText(), /۱۸۰[\s\S]*از سامانهٔ املاک[\s\S]*به تاریخ/);
  assert.equal(await page.locator('main input:not([type=hidden])').count(), 0, 'nothing is asked that the register knows');

  // Said to be wrong: an empty claim and a file that lies are refused beside their fields; then it is sent, twice, and is one.
  await area.getByRole('link', { name: /این نادرست است/ }).click();
  await sara.axe();
  await press(sara, 'ثبت اعتراض');
  await assertFault(page, 'claimed', /پاسخ داده نشده/);
  await sara.axe();
  await page.locator('[name=claimed]').fill('۱۸۰');
  await page.locator('[name=reason]').fill('در سند ششدانگ ۱۷۵ متر آمده است');
  await page.locator('[name=evidence]').setInputFiles({ name: 'سند.pdf', mimeType: 'application/pdf', buffer: PDF });
  await press(sara, 'ثبت اعتراض');
  await assertFault(page, 'claimed', /همان است/);
  assert.match(await text(sara), /سند\.pdf/, 'the file need not be chosen again');
  await page.locator('[name=claimed]').fill('۱۷۵');
  await press(sara, 'ثبت اعتراض');
  assert.match(await text(sara), /اعتراض شما ثبت شد[\s\S]*در انتظار پاسخ[\s\S]*سند\.pdf/);
  await sara.axe();
  const dispute = /\/mine\/disputes\/(\w+)/.exec(page.url())?.[1] ?? assert.fail(page.url());
  await page.getByRole('link', { name: 'بازگشت به درخواست' }).click();

  // The application goes on with the register's value, and says so.
  assert.match(await shown(sara, 'مساحت زمین').innerText(), /۱۸۰[\s\S]*به آن اعتراض شده است/);
  await press(sara, 'ادامه');
  await page.locator('[name=mobile]').fill('۰۹۹۹۰۰۰۰۰۹۹');
  await press(sara, 'ادامه');
  await page.locator('[name=purpose]').first().check();
  await press(sara, 'ادامه');
  await page.waitForURL(/\/check$/);
  await sara.axe();
  await press(sara, 'ثبت درخواست');
  await page.waitForURL(/submitted=1/);
  await page.locator('summary', { hasText: 'آنچه ثبت کرده‌اید' }).click();
  assert.match(await text(sara), /09990000099[\s\S]*گفتهٔ خود درخواست‌کننده[\s\S]*۰۹۹۹۰۰۰۰۰۱۱/);
  await sara.axe();

  // Nobody else reads it: not a neighbour, not an officer of another unit.
  for (const stranger of ['citizen-reza', 'officer-leila']) {
    const other = await person(stage, stranger);
    for (const path of [`/mine/disputes/${dispute}`, `/desk/disputes/${dispute}`, `/mine/data/property/${CODE}/landArea`]) {
      await other.go(path);
      assert.doesNotMatch(await text(other), /۱۷۵|۱۸۰|سند ششدانگ/, `${stranger} ${path}`);
    }
    await other.close();
  }

  // The officer of the unit that answers for the source.
  const samira = await person(stage, 'officer-samira', { width: 1280, language: 'en' });
  await samira.go('/en/desk');
  await samira.page.getByRole('link', { name: 'Disputed data' }).click();
  await samira.axe();
  await samira.page.getByRole('link', { name: /Land area/ }).click();
  assert.match(await text(samira), /Sara Ahmadi[\s\S]*180[\s\S]*175[\s\S]*سند\.pdf/);
  await samira.axe();
  const download = samira.page.waitForEvent('download');
  await samira.page.getByRole('link', { name: 'سند.pdf' }).click();
  assert.equal((await download).suggestedFilename(), 'سند.pdf');
  await press(samira, 'Refuse');
  await assertFault(samira.page, 'reason', /A refusal needs a reason/);
  await samira.axe();
  await samira.page.locator('[name=reason]').fill('The deed is right.');
  await press(samira, /Accept/);
  assert.match(await text(samira), /Your answer is recorded[\s\S]*accepted/);
  await samira.axe();

  // The next time it is right, and says who put it right; the case that went before keeps what it was told.
  await sara.go(`/mine/disputes/${dispute}`);
  assert.match(await text(sara), /پذیرفته شد[\s\S]*The deed is right/);
  await sara.axe();
  await sara.go('/services/renovation-duty-clearance');
  await press(sara, /شروع درخواست/);
  assert.notEqual(caseOf(page), id);
  await page.locator('.task-title').first().click();
  await page.locator('[name=renovationCode]').fill(CODE);
  await press(sara, 'ادامه');
  assert.match(await shown(sara, 'مساحت زمین').innerText(), /۱۷۵[\s\S]*اصلاح‌شده در/);
  await sara.axe();
  for (const one of [sara, samira]) await one.close();
});

test('my data: all that the city holds of a person and of what they own, with source and history; and of nobody else', async () => {
  const maryam = await person(stage, 'citizen-maryam', { width: 1280, language: 'en' });
  await maryam.go('/en/my');
  await maryam.page.getByRole('link', { name: /My data/ }).click();
  await maryam.axe();
  const words = await text(maryam);
  assert.match(words, /Register of persons[\s\S]*09990000013[\s\S]*What you own[\s\S]*6-1045-12-9/);
  assert.doesNotMatch(words, /9991012346|09990000011/);
  await maryam.page.locator('summary', { hasText: '6-1045-12-9' }).click();
  await maryam.page.getByRole('link', { name: /History and dispute \(Permitted area/ }).click();
  assert.match(await text(maryam), /300[\s\S]*History/);
  await maryam.axe();
  // Typing another's property gives nothing away: as little as one that nobody has.
  for (const code of [CODE, '9-9999-9-9']) {
    await maryam.go(`/en/mine/data/property/${code}/address`);
    assert.match(await text(maryam), /There are no such data, or they are not yours/);
  }
  const id = await begin(maryam, '/en', /Start/);
  for (const code of [CODE, '9-9999-9-9']) {
    await maryam.go(`/en/cases/${id}/apply/property`);
    await maryam.page.locator('[name=renovationCode]').fill(code);
    await press(maryam, 'Continue');
    assert.match(await text(maryam), /National or legal id of the owner/);
    assert.equal(await maryam.page.locator('.known').count(), 0, code);
  }
  await maryam.close();
});
