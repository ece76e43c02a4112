// A process's owner, in Persian on a phone and in English at a desk, scripts off: a case that stands still is seen in its diagram, tried again,
// mended and moved; running cases are rehearsed and taken to a new version. Who executes sees none of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseId } from '#base/ids.ts';
import { hashPackage } from '#catalog/hash.ts';
import { waits } from '#engine/waits.ts';
import { ROOT } from '#main/compose.ts';
import { readFolder } from '#main/seed.ts';
import { sha256 } from '#main/sha256.ts';
import { publishService } from '#store/catalogue.ts';
import { openPool } from '#store/pool.ts';
import { instant } from '#base/instant.ts';
import { load } from '#store/load.ts';
import { apply, run } from '#testing/certificate.ts';
import { assertFault, openStage, person } from './support.ts';
import type { Stage } from './support.ts';

let stage: Stage;
before(async () => void (stage = await openStage({ ticking: false })));
after(() => stage.close());

/** The register that the case asks does not answer. */
async function failService(id: CaseId): Promise<void> {
  const { state } = await load(stage.portal.composed.road.pool, id);
  const service = state.engine && waits(state.engine).find((one) => one.kind === 'service');
  assert.ok(service, 'a system is asked');
  const system = { person: 'system', kind: 'system', assignments: [] } as const;
  await run(stage.portal, id, system, { type: 'RecordFailure', wait: service.wait, reason: 'register: no answer' });
}

test('a case that stands still is seen, tried again, mended and moved by its process’s owner', async () => {
  const id = await apply(stage.portal);
  await failService(id);
  const bahram = await person(stage, 'owner-bahram');
  const { page } = bahram;
  await page.getByRole('link', { name: 'نظارت' }).click();
  await bahram.axe();
  assert.match(await page.locator('main').innerText(), /register: no answer/);
  await page.locator(`a[href="/oversight/cases/${id}"]`).click();
  await bahram.axe();
  assert.ok((await page.locator('.diagram svg').count()) > 0, 'the process is drawn');
  await page.getByRole('link', { name: 'برطرف کردن' }).click();
  await bahram.axe();

  await page.locator('[name=do][value=data]').check();
  await page.locator('[name=value]').fill('مسکونی');
  await page.getByRole('button', { name: 'ثبت' }).click();
  await assertFault(page, 'value', /JSON/);
  await assertFault(page, 'reason', /دلیل/);
  assert.equal(await page.locator('[name=value]').inputValue(), 'مسکونی');
  await bahram.axe();
  await page.locator('[name=do][value=retry]').check();
  await page.locator('[name=reason]').fill('سامانه دوباره پاسخ می‌دهد');
  await page.getByRole('button', { name: 'ثبت' }).click();
  assert.match(page.url(), /mended=/);
  assert.match(await page.locator('[role=status]').first().innerText(), /ثبت شد/);
  await bahram.axe();

  await failService(id);
  await bahram.go(`/oversight/cases/${id}`);
  assert.match(await page.locator('main').innerText(), /سامانه دوباره پاسخ می‌دهد/, 'the log says why');
  await page.getByRole('link', { name: 'برطرف کردن' }).click();
  await page.locator('[name=do][value=data]').check();
  await page.locator('[name=name]').fill('property');
  await page.locator('[name=value]').fill('{ "district": "06", "use": "residential" }');
  await page.locator('[name=reason]').fill('از پروندهٔ کاغذی');
  await page.getByRole('button', { name: 'ثبت' }).click();
  await failService(id);
  await bahram.go(`/oversight/cases/${id}`);
  await page.getByRole('link', { name: 'برطرف کردن' }).click();
  await page.locator('[name=do][value=move]').check();
  await page.locator('[name=to]').selectOption('Sub_review');
  await page.locator('[name=reason]').fill('بررسی با دادهٔ کاغذی');
  await page.getByRole('button', { name: 'ثبت' }).click();
  const { state } = await load(stage.portal.composed.road.pool, id);
  assert.deepEqual(
    state.tasks.map((one) => one.element),
    ['Task_check'],
  );
  await bahram.go(`/oversight/cases/${id}`);
  assert.equal((await page.goto(page.url()))?.status(), 404, 'it goes on, and is no longer the owner’s to see');
  await bahram.close();
  const leila = await person(stage, 'officer-leila');
  assert.equal((await leila.page.goto(`${stage.portal.origin}/oversight`))?.status(), 403);
  await leila.close();
});

test('running cases are rehearsed, then taken to the version in force', async () => {
  const { road } = stage.portal.composed;
  const id = await apply(stage.portal);
  const { state } = await load(road.pool, id);
  const files = await readFolder(`${ROOT}/services/completion-certificate`);
  const next = { ...files, 'service.yaml': files['service.yaml']!.replace(/^version: .*$/m, 'version: 9.9.0') };
  await publish(next);
  const owner = await person(stage, 'owner-bahram', { language: 'en', width: 1280 });
  const { page } = owner;
  await owner.go(`/en/oversight`);
  await owner.axe();
  await page.getByRole('link', { name: 'Take them to the version in force' }).click();
  await owner.axe();
  await page.getByRole('button', { name: 'Try it, changing nothing' }).click();
  assert.match(await page.locator('[role=status]').innerText(), /cases would go, 0 would not/);
  await owner.axe();
  await page.locator('[name=mapping]').fill('Task_check');
  await page.getByRole('button', { name: 'Try it, changing nothing' }).click();
  await assertFault(page, 'mapping', /two ids/);
  await page.locator('[name=mapping]').fill('');
  await page.getByRole('button', { name: 'Try it, changing nothing' }).click();
  await page.locator('[name=reason]').fill('new version of the form');
  await page.getByRole('button', { name: 'Move the cases' }).click();
  assert.match(await page.locator('[role=status]').innerText(), /cases went, 0 stayed/);
  await owner.axe();
  const after = await load(road.pool, id);
  assert.deepEqual([after.state.version, after.state.definition === state.definition], ['9.9.0', false]);
  await owner.close();
});

async function publish(files: Readonly<Record<string, string>>): Promise<void> {
  const pool = openPool(stage.portal.migratorUrl, { max: 1 });
  await publishService(pool, {
    definition: hashPackage(files, sha256),
    service: 'completion-certificate',
    version: '9.9.0',
    files,
    author: 'author',
    approver: 'approver',
    at: instant('2030-01-01T00:00:00Z'),
  });
  await pool.end();
  await stage.portal.composed.road.catalogue.refresh();
}
