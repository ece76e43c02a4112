// The citizen's pages over HTTP, scripts off: forms sent twice, "back" and changed, uploads that are refused, a bank that says no, a session that ends.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { apply, browser, fileFor, JPEG, LEILA, MARYAM, run, taskAt } from '#testing/certificate.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal()));
after(() => portal.stop());

type Browser = Awaited<ReturnType<typeof browser>>;

const PROPERTY = { renovationCode: '6-1045-12-7' };
const CLEARANCE = '/services/renovation-duty-clearance/start';

/** The fields of a form as its page gives them: hidden ones and what is typed. */
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? assert.fail(`the form has no ${name}`);

async function begin(who: Browser, service = CLEARANCE): Promise<string> {
  const { location } = await who.post(service, { key: randomUUID() });
  return /\/cases\/(\d{14})\/apply$/.exec(location ?? '')?.[1] ?? assert.fail(`started at ${location}`);
}

/** A clearance that waits for its payment. */
async function submitted(who: Browser): Promise<{ readonly id: string; readonly pay: string }> {
  const id = await begin(who);
  await who.post(`/cases/${id}/apply/property`, { key: randomUUID(), ...PROPERTY });
  await who.post(`/cases/${id}/apply/purpose-page`, { key: randomUUID(), purpose: 'loan' });
  assert.equal((await who.post(`/cases/${id}/check`, { key: randomUUID() })).status, 303);
  for (let tries = 0; tries < 100; tries += 1) {
    const pay = /href="(\/cases\/\d+\/pay\/[^"]+)"/.exec((await who.get(`/cases/${id}`)).html)?.[1];
    if (pay !== undefined) return { id, pay };
    await new Promise((done) => setTimeout(done, 50));
  }
  return assert.fail('nothing is to be paid');
}

/** To the bank and back with its answer: where the browser lands. */
async function atBank(who: Browser, pay: string, outcome: string, key: string = randomUUID()): Promise<string> {
  const bank = await who.post(pay, { key });
  const back = await who.post(bank.location ?? '', { outcome });
  const landed = await who.get(new URL(back.location ?? '').pathname);
  assert.equal(landed.status, 303);
  return landed.location ?? '';
}

test('a start pressed twice opens one case, and a draft is continued rather than begun anew', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const key = randomUUID();
  const [first, second] = [await sara.post(CLEARANCE, { key }), await sara.post(CLEARANCE, { key })];
  assert.deepEqual([second.status, second.location], [303, first.location]);
  assert.equal((await sara.post(CLEARANCE, { key: randomUUID() })).location, first.location);
  assert.match((await sara.get('/services/renovation-duty-clearance')).html, new RegExp(`href="${first.location}"`));
});

test('a page sent twice is saved once; gone back to and changed, it is saved as changed', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const id = await begin(sara);
  const path = `/cases/${id}/apply/property`;
  const key = randomUUID();
  for (const _time of [1, 2]) {
    const sent = await sara.post(path, { key, ...PROPERTY });
    assert.deepEqual([sent.status, sent.location], [303, `/cases/${id}/apply/owner`]);
  }
  // The browser's "back" gives the page with the key it had.
  assert.equal((await sara.post(path, { key, ...PROPERTY, renovationCode: '۶-۱۰۴۵-۱۲-۹' })).status, 303);
  assert.match((await sara.get(path)).html, /value="6-1045-12-9"/);
});

test('a fault of the whole application is told beside the answer it is about, and changing that leads back to the check', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const id = await begin(sara);
  await sara.post(`/cases/${id}/apply/property`, { key: randomUUID(), ...PROPERTY, renovationCode: '9-9999-9-9' });
  await sara.post(`/cases/${id}/apply/purpose-page`, { key: randomUUID(), purpose: 'loan' });
  const refused = await sara.post(`/en/cases/${id}/check`, { key: randomUUID() });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /<title>Error:/);
  assert.match(refused.html, /href="#f-renovationCode"/);
  assert.match(refused.html, /id="f-renovationCode"[^>]*><p class="error">/);
  const change = `/en/cases/${id}/apply/property?from=check`;
  assert.ok(refused.html.includes(`href="${change}"`));
  const page = await sara.get(change);
  const again = await sara.post(change, { key: hidden(page.html, 'key'), ...PROPERTY });
  assert.equal(again.location, `/en/cases/${id}/check`);
});

test('an application submitted twice is submitted once, and its pages lead to the case from then on', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const id = await begin(sara);
  await sara.post(`/cases/${id}/apply/property`, { key: randomUUID(), ...PROPERTY });
  await sara.post(`/cases/${id}/apply/purpose-page`, { key: randomUUID(), purpose: 'loan' });
  const key = randomUUID();
  const sent = await Promise.all([1, 2, 3].map(() => sara.post(`/cases/${id}/check`, { key })));
  for (const one of [...sent, await sara.post(`/cases/${id}/check`, { key })])
    assert.deepEqual([one.status, one.location], [303, `/cases/${id}?submitted=1`]);
  const { html } = await sara.get(`/cases/${id}`);
  assert.equal(html.split('درخواست ثبت شد').length - 1, 1, 'one event of submission');
  for (const path of ['apply', 'check', 'apply/property'])
    assert.deepEqual(await sara.get(`/cases/${id}/${path}`).then(({ status, location }) => [status, location]), [
      303,
      `/cases/${id}`,
    ]);
});

test('uploads that lie or are too large are refused beside the field, and the good one is kept', async () => {
  const maryam = await browser(portal, 'citizen-maryam');
  const id = await begin(maryam, '/services/completion-certificate/start');
  const list = await maryam.get(`/cases/${id}/apply`);
  const pages = [...list.html.matchAll(/href="(\/cases\/\d+\/apply\/[^"]+)"/g)].map((one) => one[1] ?? '');
  const htmls = await Promise.all(pages.map(async (path) => ({ path, html: (await maryam.get(path)).html })));
  const { path, html } = htmls.find((one) => one.html.includes('name="asBuiltPlan"')) ?? assert.fail('no page takes files');
  const send = async (files: Readonly<Record<string, readonly [name: string, bytes: Uint8Array<ArrayBuffer>]>>) => {
    const form = new FormData();
    form.set('key', hidden(html, 'key'));
    for (const [field, [name, bytes]] of Object.entries(files)) form.set(field, new Blob([bytes]), name);
    return maryam.post(path, form);
  };
  const refused = await send({
    asBuiltPlan: ['plan.pdf', new Uint8Array(Buffer.from('<script>alert(1)</script>'))],
    engineerReport: ['report.pdf', new Uint8Array(17 * 1024 * 1024)],
    facadePhoto: ['نما.jpg', new Uint8Array(JPEG)],
  });
  assert.equal(refused.status, 422);
  for (const field of ['asBuiltPlan', 'engineerReport'])
    assert.match(refused.html, new RegExp(`id="f-${field}-error"`), `${field} carries its error`);
  assert.doesNotMatch(refused.html, /id="f-facadePhoto-error"/);
  assert.match(refused.html, /class="uploaded"[^]*نما\.jpg/);
  assert.doesNotMatch(refused.html, /<script>alert/);
  // Another photo from the same page is another intent, not a misuse of the first one's key.
  assert.equal((await send({ facadePhoto: ['two.jpg', new Uint8Array([...JPEG, 0])] })).status, 422);
  assert.match((await maryam.get(path)).html, /two\.jpg/);
});

test('a payment that failed is never told of one that succeeded, and paying again from an old page is a new attempt', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const { id, pay } = await submitted(sara);
  const key = randomUUID();
  const [one, two] = [await sara.post(pay, { key }), await sara.post(pay, { key })];
  assert.equal(one.location, two.location, 'pressed twice, one attempt');
  const failed = await atBank(sara, pay, 'failed', key);
  assert.match((await sara.get(failed)).html, /پرداخت انجام نشد و مبلغی کم نشده است/);
  const anew = await sara.post(pay, { key });
  assert.notEqual(anew.location, one.location, 'a failed attempt is not paid again');
  const paid = await atBank(sara, `/en${pay}`, 'paid');
  assert.match(paid, /^\/en\/cases\//, 'back in the language one left in');
  assert.match((await sara.get(paid)).html, /Your payment is recorded/);
  for (const old of [failed, paid, `/cases/${id}`]) {
    const { html } = await sara.get(old);
    assert.doesNotMatch(html, /مبلغی کم نشده است|nothing was taken/, old);
  }
  assert.deepEqual(await sara.post(pay, { key: randomUUID() }).then(({ status, location }) => [status, location]), [
    303,
    `/cases/${id}`,
  ]);
});

test('coming back from the bank works without a session, any number of times', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const { pay } = await submitted(sara);
  const bank = await sara.post(pay, { key: randomUUID() });
  const nobody = await browser(portal);
  const back = new URL((await nobody.post(bank.location ?? '', { outcome: 'paid' })).location ?? '').pathname;
  const landings = [await nobody.get(back), await nobody.get(back), await sara.get(back)];
  for (const one of landings) assert.equal(one.location, landings[0]?.location);
  const asked = await nobody.get(landings[0]?.location ?? '');
  assert.match(asked.location ?? '', /^\/sign-in\?next=%2Fcases%2F/);
  assert.match((await sara.get(landings[0]?.location ?? '')).html, /پرداخت شما ثبت شد/);
  assert.match((await nobody.get('/pay/14051234567890/0')).html, /این پرداخت با پرونده نمی‌خواند/);
});

test('a correction sent twice is answered once', async () => {
  const id = await apply(portal);
  const corrections = [{ field: 'permitNumber', reason: 'با پروانه <یکی> نیست' }];
  await run(portal, id, LEILA, {
    type: 'CompleteTask',
    task: await taskAt(portal, id, 'Task_check'),
    answers: { decision: 'correct', corrections },
  });
  const maryam = await browser(portal, 'citizen-maryam');
  const mine = await maryam.get('/my');
  const path = new RegExp(`href="(/cases/${id}/correct/[^"]+)"`).exec(mine.html)?.[1] ?? assert.fail('nothing waits in /my');
  const page = await maryam.get(path);
  assert.match(page.html, /با پروانه &lt;یکی> نیست/);
  assert.doesNotMatch(page.html, /name="builtAreaNow"/);
  const typed = { key: hidden(page.html, 'key'), permitNumber: '06-1402-000321' };
  for (const _time of [1, 2]) {
    const sent = await maryam.post(path, typed);
    assert.deepEqual([sent.status, sent.location], [303, `/cases/${id}`]);
  }
  const { timeline } = await fileFor(portal, MARYAM, id);
  assert.equal(timeline.filter((one) => one.what === 'CorrectionAnswered').length, 1);
});

test('a session that ended in a form: the page keeps every text, and sent again signed in it is saved', async () => {
  const sara = await browser(portal, 'citizen-sara');
  const id = await begin(sara);
  const path = `/cases/${id}/apply/purpose-page`;
  const typed = { key: randomUUID(), purpose: 'other', purposeNote: '"><b>6' };
  const lost = await (await browser(portal)).post(path, typed);
  assert.equal(lost.status, 401);
  assert.match(lost.html, new RegExp(`<form method="post" action="${path}"`));
  assert.match(lost.html, /name="purposeNote" value="&quot;>&lt;b>6"/);
  assert.match(lost.html, /name="purpose" value="other"/);
  assert.equal((await sara.post(path, typed)).status, 303);
});

test('a draft is discarded and a case withdrawn, each asked first and done once', async () => {
  const daryoush = await browser(portal, 'citizen-daryoush');
  const id = await begin(daryoush);
  const asked = await daryoush.get(`/cases/${id}/withdraw`);
  assert.match(asked.html, /کنار می‌گذارم/);
  const sent = { key: hidden(asked.html, 'key') };
  for (const _time of [1, 2]) assert.equal((await daryoush.post(`/cases/${id}/withdraw`, sent)).status, 303);
  assert.equal((await daryoush.get(`/cases/${id}/withdraw`)).status, 409);
  assert.notEqual(await begin(daryoush), id);
});

test('another person’s case is no case: every page and verb of it is a 404', async () => {
  const id = await begin(await browser(portal, 'citizen-sara'));
  const reza = await browser(portal, 'citizen-reza');
  for (const path of ['', '/apply', '/apply/property', '/check', '/withdraw', '/receipt', '/files/x', '/documents/x', '/pay/w1'])
    assert.equal((await reza.get(`/cases/${id}${path}`)).status, 404, path);
  for (const path of ['/apply/property', '/check', '/withdraw', '/pay/w1', '/correct/w1'])
    assert.equal((await reza.post(`/cases/${id}${path}`, { key: randomUUID() })).status, 404, path);
});
