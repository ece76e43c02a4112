// The public pages over HTTP: every address in both languages, a code that is not there, a receipt as a file and as text, good and tampered.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, issue, MARYAM } from '#testing/certificate.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { loadReceipt } from '#work/receipt.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal()));
after(() => portal.stop());

test('every public page answers in both languages, and every link on it leads somewhere', async () => {
  const anyone = await browser(portal);
  const seen = new Set<string>();
  const open = ['/', '/en', '/verify-receipt'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { status, html } = await anyone.get(path);
    assert.ok(status === 200 || (status === 303 && path.includes('/sign-in')), `${path}: ${status}`);
    for (const [, found = ''] of html.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)) open.push(found.replaceAll('&amp;', '&'));
  }
  assert.ok(seen.size > 25, `${seen.size} pages`);
});

test('services are found with Arabic letters and half-spaces, or by audience', async () => {
  const anyone = await browser(portal);
  const find = async (query: string): Promise<string> => (await anyone.get(`/services?${query}`)).html;
  const clearance = /href="\/services\/renovation-duty-clearance"/;
  assert.match(await find(`q=${encodeURIComponent('مفاصا حساب نوسازي')}`), clearance);
  assert.doesNotMatch(await find('for=engineer'), clearance);
  assert.match(await find('for=business'), clearance);
  assert.match(await find('for=nobody'), clearance);
});

test('a document is verified by its code however it is typed; another code is a 404 with the box to correct it', async () => {
  const anyone = await browser(portal);
  const { code } = await issue(portal);
  const typed = `${code.slice(0, 13)} ${code.slice(13)}`.toUpperCase();
  const sent = await anyone.get(`/verify?code=${encodeURIComponent(typed)}`);
  assert.equal(sent.status, 303);
  const found = await anyone.get(sent.location ?? '');
  assert.match(found.html, /این سند معتبر است/);
  assert.doesNotMatch(found.html, /حسینی|9991034560|۹۹۹۱۰۳۴۵۶۰/);
  const missing = await anyone.get(`/en/verify/${encodeURIComponent('<b>x')}`);
  assert.equal(missing.status, 404);
  assert.match(missing.html, /No document was issued with this code/);
  assert.match(missing.html, /name="code"[^>]*value="&lt;b>x"/);
});

test('a receipt is checked as a file or as text; a changed one is refused with the reason, and nothing breaks on what is none', async () => {
  const anyone = await browser(portal);
  const { id } = await issue(portal);
  const receipt = JSON.stringify(await loadReceipt(portal.composed.road, { person: MARYAM.person, units: [] }, id));
  const file = (text: string): FormData => {
    const form = new FormData();
    form.set('file', new Blob([text]), 'case.dargah-receipt.json');
    form.set('receipt', '');
    return form;
  };
  for (const body of [file(receipt), { receipt }])
    assert.match((await anyone.post('/verify-receipt', body)).html, /رسید درست است/);
  const changed = receipt.replaceAll('06-1402-000123', '06-1402-000999');
  assert.notEqual(changed, receipt);
  const bad = await anyone.post('/en/verify-receipt', file(changed));
  assert.match(bad.html, /This receipt is not good[^]*<li>/);
  for (const text of ['', '{', 'null', '[]', '{"event":{}}', '<script>alert(1)</script>']) {
    const { status, html } = await anyone.post('/verify-receipt', { receipt: text });
    assert.equal(status, 200, text);
    assert.match(html, /این رسید درست نیست/);
    assert.doesNotMatch(html, /<script>alert/);
  }
});

test('the ledger tells its size, its key and the command that checks with it', async () => {
  const { html } = await (await browser(portal)).get('/en/ledger');
  const key = Buffer.from(portal.composed.road.ports.ledger.verifier.publicKey).toString('base64');
  assert.ok(html.includes(`npx dargah verify case.dargah-receipt.json --key ${key}`));
});
