// The enhancement script in a real browser: what it adds, and what it must never keep.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { ComponentChildren } from 'preact';
import type { Browser, Page } from 'playwright-core';
import { ButtonForm } from '#portal/ui/actions.tsx';
import { findAsset } from '#portal/ui/assets.ts';
import { FormPage } from '#portal/ui/form.tsx';
import { GALLERY_FORM, GALLERY_TEXTS } from '#portal/ui/gallery-forms.tsx';
import { renderPage } from '#portal/ui/page.tsx';
import { openBrowser } from '#testing/browser.ts';

const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'";

let posts = 0;
let signedIn = true;
const FORM = { ...GALLERY_FORM, fields: GALLERY_FORM.fields.filter(({ kind }) => kind !== 'file') };

function pageOf(body: ComponentChildren, errors = false): string {
  const user = signedIn ? { name: 'مریم', role: 'citizen' as const } : undefined;
  return renderPage({ language: 'fa', title: 'آزمون', path: '/', user, body, errors: errors ? [{ message: 'خطا' }] : [] });
}

function form(errors: boolean): string {
  const message = () => ({ fa: 'خطا', en: 'Error' });
  return pageOf(
    <>
      <FormPage
        language="fa"
        page={FORM}
        texts={GALLERY_TEXTS}
        values={{}}
        message={message}
        action="/send"
        keep="case-1"
        inputs={{ page: '1' }}
      />
      <ButtonForm action="/sign-out" leave>
        خروج
      </ButtonForm>
    </>,
    errors,
  );
}

const server = createServer((request, reply) => {
  const asset = findAsset(request.url ?? '');
  if (asset) return void reply.writeHead(200, { 'content-type': asset.type }).end(asset.body);
  if (request.method === 'POST') posts += 1;
  const html = request.url === '/form' ? form(false) : request.url === '/wrong' ? form(true) : pageOf(<h1>{request.url}</h1>);
  // A slow answer: time for an impatient second press.
  setTimeout(
    () => reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP }).end(html),
    request.method === 'POST' ? 400 : 0,
  );
});

let browser: Browser | undefined;
let base = '';

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  base = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server.close();
});

async function open(path: string, scripts = true): Promise<Page> {
  signedIn = true;
  posts = 0;
  const page = await (await browser!.newContext({ javaScriptEnabled: scripts })).newPage();
  await page.goto(base + path);
  return page;
}

async function fill(page: Page): Promise<void> {
  await page.getByLabel('تجاری').check();
  await page.getByLabel('نام صنف').fill('نانوایان');
}

test('two presses send one form', async () => {
  const page = await open('/form');
  await page.locator('form[data-keep] button').dblclick();
  await page.waitForURL('**/send');
  assert.equal(posts, 1);
});

test('a field shows when its answer calls for it, and its hint for pages without scripts is gone', async () => {
  const page = await open('/form');
  assert.equal(await page.locator('#f-guild').isVisible(), false);
  await page.getByLabel('تجاری').check();
  assert.equal(await page.locator('#f-guild').isVisible(), true);
  assert.equal(await page.locator('.only-if').isVisible(), false);
});

test('without scripts every field is there, with the hint when to leave it empty, and the form is sent', async () => {
  const page = await open('/form', false);
  await fill(page);
  assert.equal(await page.locator('.only-if').isVisible(), true);
  await page.locator('form[data-keep] button').click();
  await page.waitForURL('**/send');
});

test('what was typed survives a session that ended while it was sent', async () => {
  const page = await open('/form');
  await fill(page);
  signedIn = false;
  await page.locator('form[data-keep] button').click();
  await page.waitForURL('**/send');
  signedIn = true;
  await page.goto(`${base}/form`);
  assert.equal(await page.getByLabel('نام صنف').inputValue(), 'نانوایان');
  assert.equal(await page.getByLabel('تجاری').isChecked(), true);
});

test('what arrived is forgotten', async () => {
  const page = await open('/form');
  await fill(page);
  await page.locator('form[data-keep] button').click();
  await page.waitForURL('**/send');
  assert.equal(await page.evaluate('sessionStorage.length'), 0);
});

test('signing out, or another person, leaves nothing behind', async () => {
  const page = await open('/form');
  await fill(page);
  assert.equal(await page.evaluate('sessionStorage.length'), 1);
  await page.evaluate(`sessionStorage.setItem('case-1', JSON.stringify({ user: 'other', typed: [['guild', 'secret']] }))`);
  await page.goto(`${base}/form`);
  await page.getByLabel('تجاری').check();
  assert.equal(await page.getByLabel('نام صنف').inputValue(), '');
  await page.locator('main form[data-leave] button').click();
  await page.waitForURL('**/sign-out');
  assert.equal(await page.evaluate('sessionStorage.length'), 0);
});

for (const scripts of [true, false]) {
  test(`the error summary has the focus ${scripts ? 'with' : 'without'} scripts`, async () => {
    const page = await open('/wrong', scripts);
    await page.waitForSelector('.errors:focus', { timeout: 3000 });
  });
}
