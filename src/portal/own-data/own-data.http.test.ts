// The pages of a person's data over HTTP, scripts off: what is shown to whom, forms sent twice, forged or sent too late, and text that is text.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { browser } from '#testing/certificate.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal()));
after(() => portal.stop());

type Browser = Awaited<ReturnType<typeof browser>>;
const DATUM = '/mine/data/property/15-330-5-17';
const PDF = new Uint8Array(Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'));
const HOSTILE = '<img src=x onerror=alert(1)>';

const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

function form(texts: Readonly<Record<string, string>>, file?: readonly [name: string, bytes: Uint8Array<ArrayBuffer>]): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(texts)) made.set(name, value);
  if (file) made.set('evidence', new Blob([file[1]]), file[0]);
  return made;
}

/** A dispute by the owner, Sara, with its officer's page. */
async function disputed(sara: Browser, member: string, claimed: string): Promise<string> {
  const sent = await sara.post(`${DATUM}/${member}`, { key: randomUUID(), claimed, reason: `دلیل ${HOSTILE}` });
  assert.equal(sent.status, 303, sent.html.slice(0, 2000));
  return /\/mine\/disputes\/(\w+)/.exec(sent.location ?? '')?.[1] ?? assert.fail(sent.location ?? '');
}

test('my data ask to sign in, and have nobody’s number in an address', async () => {
  const nobody = await browser(portal);
  for (const path of ['/mine/data', `${DATUM}/address`, '/mine/disputes/d1', '/desk/disputes'])
    assert.match((await nobody.get(path)).location ?? '', /^\/sign-in\?next=/, path);
  const sara = await browser(portal, 'citizen-sara');
  const { html } = await sara.get('/mine/data');
  assert.match(html, /href="\/mine\/data\/person\/me\/mobile"/);
  assert.doesNotMatch(html, /href="[^"]*9991012346/);
  assert.doesNotMatch((await sara.get('/mine/data/person/me/nationalId')).html, /name="claimed"/, 'a key is not disputed');
});

test('another’s datum, one that nobody has and one that does not exist are the same page', async () => {
  const reza = await browser(portal, 'citizen-reza');
  const pages = await Promise.all(
    [`${DATUM}/address`, '/mine/data/property/9-9-9-9/address', `${DATUM}/nothing`, '/mine/data/constructor/me/name'].map(
      (path) => reza.get(path),
    ),
  );
  const main = (html: string): string => /<main[^]*<\/main>/.exec(html)?.[0] ?? '';
  for (const { status, html } of pages) assert.deepEqual([status, main(html)], [404, main(pages[0]?.html ?? '')]);
  const forged = await reza.post(`${DATUM}/address`, { key: randomUUID(), claimed: 'مال من', reason: 'because it is' });
  assert.equal(forged.status, 404);
});

test('sent twice it is one; an address of elsewhere is no way back; what was typed is text', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const page = await sara.get(`${DATUM}/parkings?back=https://evil.example/`);
  assert.doesNotMatch(page.html, /evil\.example[^"]*"[^>]*class="back"|name="back"/);
  const sent = { key: hidden(page.html, 'key'), claimed: '۳', reason: HOSTILE, back: '//evil.example' };
  const [one, two] = [await sara.post(`${DATUM}/parkings`, sent), await sara.post(`${DATUM}/parkings`, sent)];
  assert.deepEqual([one.status, two.location], [303, one.location]);
  assert.doesNotMatch(one.location ?? '', /evil/);
  const shown = await sara.get(one.location ?? '');
  assert.match(shown.html, /&lt;img src=x/);
  assert.doesNotMatch(shown.html, /<img src=x/);
  const again = await sara.post(`${DATUM}/parkings`, { key: randomUUID(), claimed: '4', reason: 'another claim' });
  assert.equal(again.status, 409);
  assert.match((await sara.get(`${DATUM}/parkings`)).html, /به این داده اعتراض کرده‌اید/);
});

test('a file that lies is refused beside its field; a good one is kept under a seal, and nobody names a file by a seal of their own', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const path = `${DATUM}/floors`;
  const lie = await sara.post(
    path,
    form({ key: randomUUID(), claimed: '9', reason: 'as built' }, ['plan.pdf', new Uint8Array(Buffer.from('<script>'))]),
  );
  assert.equal(lie.status, 422);
  assert.match(lie.html, /id="f-evidence-error"/);
  assert.match(lie.html, /name="claimed"[^>]*value="9"/);
  const kept = await sara.post(path, form({ key: randomUUID(), claimed: 'nine', reason: 'as built' }, ['plan.pdf', PDF]));
  assert.equal(kept.status, 422);
  const sealed = hidden(kept.html, 'sealed');
  assert.match(kept.html, /plan\.pdf/);
  const [body = ''] = sealed.split('.');
  for (const forged of [`${body}.AAAA`, `${Buffer.from('{"sha256":"0"}').toString('base64url')}.${sealed.split('.')[1]}`, 'x']) {
    const answer = await sara.post(path, { key: randomUUID(), claimed: 'nine', reason: 'as built', sealed: forged });
    assert.equal(hidden(answer.html, 'sealed'), '', forged);
  }
  const sent = await sara.post(path, { key: randomUUID(), claimed: '9', reason: 'as built', sealed });
  assert.equal(sent.status, 303);
  assert.match((await sara.get(sent.location ?? '')).html, /plan\.pdf/);
});

test('nobody signed in loses what they typed', async () => {
  const nobody = await browser(portal);
  const lost = await nobody.post(`${DATUM}/units`, form({ key: 'k', claimed: '12', reason: 'twelve of them' }));
  assert.equal(lost.status, 401);
  assert.match(lost.html, /name="reason" value="twelve of them"/);
});

test('the desk of disputes is for the unit that answers; a refusal has a reason; decided twice it is decided once', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const id = await disputed(sara, 'units', '۵');
  assert.equal((await sara.get('/desk/disputes')).status, 403);
  const leila = await browser(portal, 'officer-leila');
  assert.doesNotMatch((await leila.get('/desk/disputes')).html, new RegExp(id));
  assert.equal((await leila.get(`/desk/disputes/${id}`)).status, 404);
  assert.equal((await leila.post(`/desk/disputes/${id}`, { key: randomUUID(), do: 'accept' })).status, 404);
  const samira = await browser(portal, 'officer-samira');
  assert.match((await samira.get('/desk')).html, /href="\/desk\/disputes"/);
  assert.match(
    (await samira.get('/desk/messages')).html,
    new RegExp(`href="/desk/disputes/${id}"[^]*اعتراضی به «شمار واحدها» رسید`),
  );
  assert.match((await samira.get('/desk/disputes')).html, new RegExp(`href="/desk/disputes/${id}"`));
  const bare = await samira.post(`/en/desk/disputes/${id}`, { key: randomUUID(), do: 'refuse', reason: ' ' });
  assert.deepEqual([bare.status, /id="f-reason-error"/.test(bare.html)], [422, true]);
  for (const _time of [1, 2]) {
    const done = await samira.post(`/desk/disputes/${id}`, { key: randomUUID(), do: 'accept', reason: 'سند دیده شد' });
    assert.deepEqual([done.status, done.location], [303, '/desk/disputes?done=1']);
  }
  assert.equal((await samira.post(`/desk/disputes/${id}`, { key: randomUUID(), do: 'refuse', reason: 'no' })).status, 409);
  assert.match((await sara.get(`${DATUM}/units`)).html, /اصلاح‌شده در[^]*۵/);
});

test('the check page submits what it showed; where that changed meanwhile it shows it anew, beside its field', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const start = await sara.post('/services/renovation-duty-clearance/start', { key: randomUUID() });
  const id = /\/cases\/(\d{14})/.exec(start.location ?? '')?.[1] ?? assert.fail();
  await sara.post(`/cases/${id}/apply/property`, { key: randomUUID(), renovationCode: '15-330-5-17' });
  await sara.post(`/cases/${id}/apply/purpose-page`, { key: randomUUID(), purpose: 'loan' });
  await disputed(sara, 'address', 'نشانی درست');
  const page = await sara.get(`/cases/${id}/check`);
  const seen = hidden(page.html, 'seen').replaceAll('&quot;', '"');
  assert.match(page.html, /به آن اعتراض شده است/);
  assert.equal((JSON.parse(seen) as { propertyUse: string }).propertyUse, 'residential');
  const older = await sara.post(`/en/cases/${id}/check`, { key: randomUUID(), seen: seen.replace('residential', 'office') });
  assert.equal(older.status, 422);
  assert.match(older.html, /href="#f-propertyUse"[^>]*>“Use of the property” changed/);
  // Nothing of it is believed: where it is no object there is nothing to compare.
  assert.equal((await sara.post(`/cases/${id}/check`, { key: randomUUID(), seen: '{"propertyUse":' })).status, 303);
  const { html } = await sara.get(`/cases/${id}`);
  assert.match(html, /نشانی ملک[^]*به آن اعتراض شده است[^]*در انتظار پاسخ/);
});
