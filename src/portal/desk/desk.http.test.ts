// The desk over HTTP, scripts off: who sees what, one task and two officers, a form sent twice, a session that ends, what is typed is never lost.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { JsonObject } from '#base/json.ts';
import { apply, browser, FARHAD, fileFor, issue, JPEG, KAVEH, LEILA, MARYAM, OMID, run, taskAt } from '#testing/certificate.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { worklist } from '#work/views/lists.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal()));
after(() => portal.stop());

const key = (html: string): string => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? assert.fail('the form has no key');

test('people without an assignment have no desk; nobody signed in is sent to sign in', async () => {
  const id = await apply(portal);
  const maryam = await browser(portal, 'citizen-maryam');
  for (const path of ['/desk', '/en/desk', '/desk/messages', `/desk/cases/${id}`])
    assert.equal((await maryam.get(path)).status, 403, path);
  const nobody = await browser(portal);
  const sent = await nobody.get(`/desk/cases/${id}`);
  assert.equal(sent.status, 303);
  assert.match(sent.location ?? '', /^\/sign-in\?next=%2Fdesk/);
});

test('a unit that does not work the case is not shown it', async () => {
  const id = await apply(portal);
  assert.equal((await (await browser(portal, 'officer-hamid')).get(`/desk/cases/${id}`)).status, 404);
});

test('what an applicant typed is text on every page of the desk', async () => {
  const id = await apply(portal, MARYAM, { permitNumber: '06-1402-000777' });
  const leila = await browser(portal, 'officer-leila');
  const task = await taskAt(portal, id, 'Task_check');
  for (const path of [`/desk/cases/${id}`, `/en/desk/cases/${id}`, `/desk/cases/${id}/tasks/${task}`]) {
    const { html, status } = await leila.get(path);
    assert.equal(status, 200);
    assert.doesNotMatch(html, /<b>حسینی/);
    assert.match(html, /06-1402-000777/);
  }
});

test('two officers claim one task: the second reads on the case file who holds it', async () => {
  const id = await apply(portal);
  const task = await taskAt(portal, id, 'Task_check');
  const [leila, omid] = [await browser(portal, 'officer-leila'), await browser(portal, 'officer-omid')];
  const claim = `/desk/cases/${id}/tasks/${task}/claim`;
  const intent = randomUUID();
  for (const _time of [1, 2]) {
    const sent = await leila.post(claim, { key: intent });
    assert.deepEqual([sent.status, sent.location], [303, `/desk/cases/${id}`]);
  }
  const second = await omid.post(`/en${claim}`, { key: randomUUID() });
  assert.equal(second.status, 409);
  assert.match(second.html, /held by Leila Rostami/);
  assert.match(second.html, /role="status"/);
  assert.doesNotMatch(second.html, new RegExp(`${task}/claim`));
  assert.match(second.html, new RegExp(`hreflang="fa" href="/desk/cases/${id}"`));
  assert.equal((await omid.get(claim)).location, `/desk/cases/${id}`);
  const given = await leila.post(`/desk/cases/${id}/tasks/${task}/release`, { key: randomUUID() });
  assert.deepEqual([given.status, given.location], [303, '/desk']);
  assert.equal((await omid.post(claim, { key: randomUUID() })).status, 303);
});

test('a task taken or done while its form was being filled in: refused, and what was typed is on the page', async () => {
  const id = await apply(portal);
  const task = await taskAt(portal, id, 'Task_check');
  const omid = await browser(portal, 'officer-omid');
  const form = await omid.get(`/desk/cases/${id}/tasks/${task}`);
  const typed = { key: key(form.html), form: 'check', decision: 'refuse', reason: 'برابر بند ۷ ضوابط، نقشه ناقص است' };
  await run(portal, id, LEILA, { type: 'ClaimTask', task: task });
  const taken = await omid.post(`/desk/cases/${id}/tasks/${task}`, typed);
  assert.equal(taken.status, 409);
  assert.match(taken.html, /در دست لیلا رستمی/);
  assert.match(taken.html, /برابر بند ۷ ضوابط، نقشه ناقص است/);
  await run(portal, id, LEILA, { type: 'CompleteTask', task: task, answers: { decision: 'complete' } });
  const closed = await omid.post(`/desk/cases/${id}/tasks/${task}`, typed);
  assert.equal(closed.status, 409);
  assert.match(closed.html, /این کار دیگر باز نیست/);
  assert.match(closed.html, /برابر بند ۷ ضوابط، نقشه ناقص است/);
  assert.equal((await fileFor(portal, LEILA, id)).answers.length, 1);
});

test('a form sent twice is done once and lands on the same page', async () => {
  const id = await apply(portal);
  const task = await taskAt(portal, id, 'Task_check');
  const leila = await browser(portal, 'officer-leila');
  const path = `/desk/cases/${id}/tasks/${task}`;
  const body = { key: key((await leila.get(path)).html), form: 'check', decision: 'complete' };
  const [first, atOnce] = await Promise.all([leila.post(path, body), leila.post(path, body)]);
  const again = await leila.post(path, body);
  for (const sent of [first, atOnce, again]) assert.deepEqual([sent.status, sent.location], [303, `/desk?done=${id}`]);
  assert.equal((await fileFor(portal, LEILA, id)).answers.length, 1);
  const list = await leila.get(`/desk?done=${id}`);
  assert.match(list.html, new RegExp(`href="/desk/cases/${id}"`));
});

test('back to a form that was sent, and another decision: told that the task is over, never that the second was recorded', async () => {
  const id = await apply(portal);
  const task = await taskAt(portal, id, 'Task_check');
  const leila = await browser(portal, 'officer-leila');
  const path = `/desk/cases/${id}/tasks/${task}`;
  const sent = { key: key((await leila.get(path)).html), form: 'check', decision: 'complete' };
  assert.equal((await leila.post(path, sent)).status, 303);
  const changed = await leila.post(path, { ...sent, decision: 'refuse', reason: 'نظرم برگشت: نقشه ناقص است' });
  assert.equal(changed.status, 409);
  assert.match(changed.html, /این کار دیگر باز نیست/);
  assert.match(changed.html, /نظرم برگشت: نقشه ناقص است/);
  const [first] = (await fileFor(portal, LEILA, id)).answers;
  assert.equal(first?.answers['decision'], 'complete');
});

test('a visit with a photo: kept through a fault, sent twice, done once', async () => {
  const id = await apply(portal);
  await run(portal, id, LEILA, {
    type: 'CompleteTask',
    task: await taskAt(portal, id, 'Task_check'),
    answers: { decision: 'complete' },
  });
  const task = await taskAt(portal, id, 'Task_visit');
  const kaveh = await browser(portal, 'engineer-kaveh');
  const path = `/desk/cases/${id}/tasks/${task}`;
  const form = (more: Readonly<Record<string, string>>, photo: boolean): FormData => {
    const data = new FormData();
    const texts = { form: 'site-visit', measuredArea: '۲۹۶', floorsSeen: '3', opinion: 'conforms', ...more };
    for (const [name, value] of Object.entries(texts)) data.set(name, value);
    data.set('photo', photo ? new File([JPEG], 'site.jpg', { type: 'image/jpeg' }) : new File([], ''));
    return data;
  };
  const faulty = await kaveh.post(path, form({ key: randomUUID() }, true));
  assert.equal(faulty.status, 422);
  assert.match(faulty.html, /<title>خطا: /);
  assert.match(faulty.html, /value="۲۹۶"/);
  const kept = /name="kept-photo" value="([^"]+)"/.exec(faulty.html)?.[1] ?? assert.fail('the photo was lost');
  assert.match(faulty.html, /site\.jpg/);
  const whole = { key: randomUUID(), 'kept-photo': kept, 'visitedOn-day': '1', 'visitedOn-month': '9', 'visitedOn-year': '1405' };
  for (const _time of [1, 2]) assert.equal((await kaveh.post(path, form(whole, false))).status, 303);
  const visit = (await fileFor(portal, KAVEH, id)).answers.find((one) => one.isVisit) ?? assert.fail('no visit is answered');
  assert.equal((visit.answers['photo'] as JsonObject)['name'], 'site.jpg');
  // The same form with its file once more, after the task is gone.
  assert.equal((await kaveh.post(path, form(whole, true))).status, 303);
});

test('a correction names its items, each with a reason; a refusal its reason', async () => {
  const id = await apply(portal);
  const task = await taskAt(portal, id, 'Task_check');
  const leila = await browser(portal, 'officer-leila');
  const path = `/desk/cases/${id}/tasks/${task}`;
  const none = await leila.post(path, { key: randomUUID(), decision: 'correct', 'why-floorsBuilt': 'سه یا چهار؟' });
  assert.equal(none.status, 422);
  assert.match(none.html, /هیچ موردی برای اصلاح مشخص نشده/);
  assert.match(none.html, /value="سه یا چهار؟"/);
  const noReason = await leila.post(`/en${path}`, { key: randomUUID(), decision: 'correct', 'fix-floorsBuilt': 'true' });
  assert.equal(noReason.status, 422);
  assert.match(noReason.html, /<a href="#f-why-floorsBuilt">The reason to correct “Floors” is missing/);
  const noWhy = await leila.post(path, { key: randomUUID(), decision: 'refuse', reason: '' });
  assert.equal(noWhy.status, 422);
  assert.match(noWhy.html, /<a href="#f-reason">/);
  const sent = await leila.post(path, {
    key: randomUUID(),
    decision: 'correct',
    'fix-floorsBuilt': 'true',
    'why-floorsBuilt': ' نقشه چهار طبقه دارد ',
    // Typed, then thought better of: not ticked, not sent on.
    'why-unitsBuilt': 'شاید',
  });
  assert.equal(sent.status, 303);
  const file = await fileFor(portal, LEILA, id);
  assert.deepEqual(file.answers[0]?.answers['corrections'], [{ field: 'floorsBuilt', reason: 'نقشه چهار طبقه دارد' }]);
  assert.match((await leila.get(`/desk/cases/${id}`)).html, /نقشه چهار طبقه دارد/);
});

test('their own case shows an officer nothing of the desk, and no list offers it', async () => {
  const id = await apply(portal, OMID);
  const omid = await browser(portal, 'officer-omid');
  const { html, status } = await omid.get(`/desk/cases/${id}`);
  assert.equal(status, 200);
  assert.match(html, /این پرونده از آن خود شماست/);
  assert.match(html, new RegExp(`href="/cases/${id}"`));
  assert.doesNotMatch(html, /<form[^>]*desk|درخواست ثبت شد/);
  assert.doesNotMatch((await omid.get('/desk')).html, new RegExp(id));
  const task = await taskAt(portal, id, 'Task_check');
  const sent = await omid.post(`/desk/cases/${id}/tasks/${task}`, { key: randomUUID(), form: 'check', decision: 'complete' });
  assert.equal(sent.status, 403);
  assert.equal((await fileFor(portal, LEILA, id)).answers.length, 0);
});

test('a step of another unit is shown with why it is not theirs', async () => {
  const id = await apply(portal);
  await run(portal, id, LEILA, {
    type: 'CompleteTask',
    task: await taskAt(portal, id, 'Task_check'),
    answers: { decision: 'complete' },
  });
  const fire = await taskAt(portal, id, 'Task_fire');
  const leila = await browser(portal, 'officer-leila');
  const { html } = await leila.get(`/desk/cases/${id}`);
  assert.match(html, /این کار از آنِ واحد دیگری است/);
  assert.equal((await leila.get(`/desk/cases/${id}/tasks/${fire}`)).status, 403);
  assert.equal((await leila.post(`/desk/cases/${id}/tasks/${fire}/claim`, { key: randomUUID() })).status, 403);
});

test('a session that ended in a task’s form: the page keeps every text', async () => {
  const id = await apply(portal);
  const task = await taskAt(portal, id, 'Task_check');
  const nobody = await browser(portal);
  const path = `/desk/cases/${id}/tasks/${task}`;
  const { html, status } = await nobody.post(path, { key: randomUUID(), decision: 'refuse', reason: 'برابر بند ۷ ضوابط' });
  assert.equal(status, 401);
  assert.match(html, /name="reason" value="برابر بند ۷ ضوابط"/);
  const multipart = new FormData();
  multipart.set('notes', 'دیوار شرقی');
  multipart.set('photo', new File([JPEG], 'site.jpg', { type: 'image/jpeg' }));
  const visit = await nobody.post(path, multipart);
  assert.equal(visit.status, 401);
  assert.match(visit.html, /name="notes" value="دیوار شرقی"/);
});

test('the list narrows by its address, pages on without losing a row, and takes any address', async () => {
  const id = await apply(portal);
  await run(portal, id, LEILA, {
    type: 'CompleteTask',
    task: await taskAt(portal, id, 'Task_check'),
    answers: { decision: 'complete' },
  });
  await taskAt(portal, id, 'Task_fire');
  for (let more = 0; more < 4; more += 1) await taskAt(portal, await apply(portal), 'Task_check');
  const viewer = { reader: { person: 'officer-leila', units: ['district-06-planning'] }, actor: LEILA };
  const { road } = portal.composed;
  await road.pool.query(`update task set opened_at = '2026-01-01T08:00:00Z' where status = 'open' and element = 'Task_check'`);
  const all = await worklist(road, viewer, { most: 200 });
  const paged: string[] = [];
  for (let place: string | undefined, rows = all; rows.length > 0; place = rows.at(-1)?.place) {
    rows = await worklist(road, viewer, { most: 2, ...(place === undefined ? {} : { after: place }) });
    paged.push(...rows.map((one) => one.place));
  }
  assert.deepEqual(
    paged,
    all.map((one) => one.place),
  );
  assert.ok(all.length >= 4);
  const farhad = await browser(portal, 'officer-farhad');
  assert.match((await farhad.get('/desk?list=inquiries')).html, new RegExp(id));
  assert.doesNotMatch((await farhad.get('/desk?list=visits')).html, new RegExp(id));
  assert.doesNotMatch((await farhad.get('/desk?service=renovation-duty-clearance')).html, new RegExp(id));
  assert.match((await farhad.get('/desk?whose=free')).html, new RegExp(id));
  for (const query of ['after=%27;--', 'after=9999', 'list=x&whose=y&service=z', 'done=1'])
    assert.equal((await farhad.get(`/desk?${query}`)).status, 200, query);
  assert.equal((await fileFor(portal, FARHAD, id)).tasks.find((one) => one.element === 'Task_fire')?.mine, true);
});

test('messages to a unit are read by the unit alone', async () => {
  const id = await apply(portal);
  await portal.composed.road.pool.query(
    `insert into message (case_id, message_id, person, unit, key, text_fa, text_en, at) values ($1, 'm1', null, 'district-06-planning', 'escalation', 'از ده روز گذشت', 'Ten days have passed', now())`,
    [id],
  );
  assert.match((await (await browser(portal, 'officer-leila')).get('/en/desk/messages')).html, /Ten days have passed/);
  assert.doesNotMatch((await (await browser(portal, 'officer-hamid')).get('/en/desk/messages')).html, /Ten days have passed/);
});

test('an issued case tells its rules, money and proofs; only a manager revokes, with a reason and once sure', async () => {
  const { id, code } = await issue(portal);
  const [leila, nader] = [await browser(portal, 'officer-leila'), await browser(portal, 'manager-nader')];
  const english = (await nader.get(`/en/desk/cases/${id}`)).html;
  for (const words of [
    /Fire safety inquiry[\s\S]{0,80}inquiry/,
    /Complete: go on to inquiry and visit/,
    /area\.share/,
    /Completion rules 1405, item 2/,
    /reference-7/,
    /declared 1, actual 1/,
    /Permitted built area \(m²\)<\/dt><dd><bdi>300/,
    /all \d+ events|of \d+; the rest within seconds/,
    /Receipt of submission/,
  ])
    assert.match(english, words);
  // Persian words in an English page are what people typed, and nothing else: names, reasons, notes and files.
  assert.doesNotMatch(english.replace(/<bdi[\s\S]*?<\/bdi>/g, '').replace(/lang="fa"[^<]*<\/a>/g, ''), /[\u0600-\u06FF]/);
  const path = `/desk/cases/${id}/documents/${code}/revoke`;
  assert.doesNotMatch((await leila.get(`/desk/cases/${id}`)).html, /revoke/);
  assert.equal((await leila.get(path)).location, `/desk/cases/${id}`);
  const whole = { key: randomUUID(), reason: 'خطا در متراژ', sure: 'true' };
  assert.equal((await leila.post(path, whole)).status, 403);
  assert.equal((await nader.get(path)).status, 200);
  const unsure = await nader.post(path, { key: randomUUID(), reason: 'خطا در متراژ' });
  assert.equal(unsure.status, 422);
  assert.match(unsure.html, /<a href="#f-sure">/);
  assert.match(unsure.html, />خطا در متراژ<\/textarea>/);
  assert.match((await nader.post(`/en${path}`, { key: randomUUID(), sure: 'true' })).html, /<a href="#f-reason">/);
  for (const _time of [1, 2]) assert.equal((await nader.post(path, whole)).location, `/desk/cases/${id}?revoked=1`);
  assert.match((await (await browser(portal)).get(`/verify/${code}`)).html, /باطل/);
  assert.equal((await nader.get(`/desk/cases/${id}/documents/NOPE/revoke`)).status, 404);
});
