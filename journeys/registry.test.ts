// The steward finds a doubtful pair, sees it side by side, makes it one with a reason, sees the one view with its sources, and undoes the merge;
// then the quality of sources and where they differ. In Persian on a phone, in English on a desk; axe on each page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertFault, openStage, person } from './support.ts';
import type { Person, Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage()));
after(() => stage.close());

const main = (who: Person): Promise<string> => who.page.locator('main').innerText();

test('a steward decides of a doubtful pair, and undoes it', async () => {
  const elham = await person(stage, 'steward-elham');
  const { page } = elham;
  await page.getByRole('link', { name: 'ثبت یکپارچه' }).first().click();
  await elham.axe();
  await page.getByRole('link', { name: 'صف بازبینی' }).click();
  assert.match(await main(elham), /شاید یکی باشند/);
  await elham.axe();
  await page.locator('main table a').first().click();
  await page.waitForURL(/\/registry\/pairs\//);
  assert.match(await main(elham), /مریم[\s\S]*حسینی[\s\S]*کد ملی/);
  await elham.axe();
  await page.getByRole('button', { name: 'یکی هستند' }).click();
  await assertFault(page, 'reason', /دلیل تصمیم را بنویسید/);
  await elham.axe();
  await page.locator('[name=reason]').fill('شناسنامه را دیدم؛ رقمی لغزیده است.');
  await page.getByRole('button', { name: 'یکی هستند' }).click();
  await page.waitForURL(/\/registry\/entities\/\d+\?done=merge/);
  const view = await main(elham);
  assert.match(view, /دو رکورد یکی شدند/);
  assert.match(view, /ثبت احوال نمونه/, 'each value has its source');
  assert.match(view, /شناسنامه را دیدم/, 'and the merge its reason');
  assert.match(view, /الهام پارسا/, 'with who decided');
  await elham.axe();
  await elham.go('/registry/queue');
  assert.match(await main(elham), /هیچ جفتی از این گونه در انتظار نیست/);
  await page.goBack();
  // The merge by hand, not those of the matcher: the one between these two.
  await page
    .locator('#merges')
    .locator('xpath=..')
    .getByRole('row', { name: /482404/ })
    .getByRole('link', { name: /جدا کردن/ })
    .click();
  await page.waitForURL(/\/registry\/merges\//);
  await elham.axe();
  await page.getByRole('button', { name: 'جدا کن' }).click();
  await assertFault(page, 'reason', /دلیل تصمیم را بنویسید/);
  await page.locator('[name=reason]').fill('دو خواهرند.');
  await page.getByRole('button', { name: 'جدا کن' }).click();
  await page.waitForURL(/done=part/);
  assert.match(await main(elham), /به جای خود بازگشت[\s\S]*دو خواهرند/);
  await elham.axe();
  await elham.close();
});

test('an entity is found by any of its keys, with what is tied to it; whose data it is sees the look', async () => {
  const elham = await person(stage, 'steward-elham', { language: 'en', width: 1280 });
  const { page } = elham;
  await elham.go('/en/registry');
  for (const key of ['6-1045-12-7', '3526/1045', '06-104500', '۰۶-۱۰۴۵۰۰']) {
    await page.locator('[name=q]').fill(key);
    await page.getByRole('button', { name: 'Search' }).click();
    assert.match(await main(elham), /Property/, key);
  }
  await elham.axe();
  await page.locator('main table a').first().click();
  await page.waitForURL(/\/registry\/entities\//);
  const view = await main(elham);
  assert.match(view, /Sample property register/);
  assert.match(view, /Cadastre of Demo City/);
  assert.match(view, /District file number[\s\S]*06-104500/);
  assert.match(view, /Tied to it[\s\S]*Person/);
  await elham.axe();
  await elham.go('/en/registry?q=5555');
  assert.match(await main(elham), /No entity has this key/);
  await elham.axe();
  await elham.close();

  const sara = await person(stage, 'citizen-sara');
  await sara.go('/my/looks');
  assert.match(await main(sara), /متولی درگاه/);
  await sara.close();
});

test('quality with its trend and conflicts with their rule: the steward sees all, a unit its own source, infrastructure numbers alone', async () => {
  const elham = await person(stage, 'steward-elham', { language: 'en', width: 1280 });
  await elham.go('/en/registry/quality');
  assert.match(await main(elham), /Sample civil registry/);
  await elham.axe();
  await elham.page.getByRole('link', { name: 'Sample civil registry' }).click();
  assert.match(await main(elham), /Completeness: \d+/);
  assert.equal(await elham.page.locator('main svg[role=img]').count(), 4);
  await elham.axe();
  await elham.go('/en/registry/conflicts?kind=property');
  assert.match(await main(elham), /Land area[\s\S]*Most trusted[\s\S]*says:/);
  await elham.axe();
  await elham.close();

  const samira = await person(stage, 'officer-samira');
  await samira.go('/registry');
  await samira.axe();
  assert.equal(await samira.page.locator('[name=q]').count(), 0, 'people are not looked up');
  await samira.go('/registry/quality');
  const own = await main(samira);
  assert.match(own, /دفتر نوسازی نمونه/);
  assert.doesNotMatch(own, /ثبت احوال نمونه/);
  await samira.axe();
  await samira.go('/registry/conflicts');
  await samira.axe();
  assert.equal((await samira.page.goto(`${stage.portal.origin}/registry/queue`))?.status(), 403);
  await samira.close();

  const arash = await person(stage, 'infrastructure-arash');
  await arash.go('/registry/quality/civil-registry');
  assert.match(await main(arash), /کامل بودن/);
  await arash.axe();
  for (const path of ['/registry/conflicts', '/registry/queue', '/registry/entities/1'])
    assert.equal((await arash.page.goto(stage.portal.origin + path))?.status(), 403, path);
  await arash.close();
});
