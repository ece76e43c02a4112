// Both services through the API alone, and what bad input gets: problem+json that names the field, in the caller's language.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal()));
after(() => portal.stop());

/** Bodies are read as a program reads them: by name, trusting nothing but what is asserted. */
type Answer = { readonly status: number; readonly headers: Headers; readonly body: any };

/** A program that acts for one persona. */
async function client(persona: string) {
  const { token } = (await call('POST', '/api/sessions', { body: { persona } })).body;
  return {
    get: (path: string) => call('GET', path, { token }),
    send: (method: string, path: string, body?: unknown, key: string = randomUUID()) =>
      call(method, path, { token, body: body ?? {}, key }),
    upload: (path: string, bytes: Buffer) => call('POST', path, { token, bytes }),
  };
}

async function call(
  method: string,
  path: string,
  {
    token,
    body,
    key,
    bytes,
    headers = {},
  }: { token?: string; body?: unknown; key?: string; bytes?: Buffer; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const sent: Record<string, string> = { ...headers };
  if (token !== undefined) sent['authorization'] = `Bearer ${token}`;
  if (key !== undefined) sent['idempotency-key'] = key;
  if (body !== undefined) sent['content-type'] = 'application/json';
  if (bytes) sent['content-type'] = 'application/octet-stream';
  const payload = bytes ? new Uint8Array(bytes) : body === undefined ? null : JSON.stringify(body);
  const response = await fetch(portal.origin + path, { method, headers: sent, body: payload });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } };
}

type Client = Awaited<ReturnType<typeof client>>;

async function until(who: Client, id: string, holds: (body: Answer['body']) => boolean): Promise<Answer['body']> {
  for (let tries = 0; tries < 100; tries += 1) {
    // A unit sees a case once its first task is theirs: until then it is not found.
    const { status, body } = await who.get(`/api/cases/${id}`);
    if (status === 200 && holds(body)) return body;
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail('the case did not get there');
}

async function pay(who: Client, id: string): Promise<void> {
  const { payments } = await until(who, id, (body) => body['payments'].some((one: { status: string }) => one.status === 'due'));
  const payment = payments.find((one: { status: string }) => one.status === 'due');
  const { body, status } = await who.send('POST', `/api/cases/${id}/payments/${payment.id}/attempts`);
  assert.equal(status, 201);
  await portal.composed.bank.settle(body['attempt'], 'paid', 'reference-1');
  const settled = await who.send('POST', `/api/cases/${id}/payments/${payment.id}/attempts/${body['attempt']}/settlement`);
  assert.equal(settled.status, 200);
}

async function complete(who: Client, id: string, element: string, answers: unknown): Promise<Answer> {
  const body = await until(who, id, (one) => one['tasks'].some((task: { element: string }) => task.element === element));
  const task = body['tasks'].find((one: { element: string }) => one.element === element);
  return who.send('POST', `/api/cases/${id}/tasks/${task.id}/completion`, { answers });
}

const SARA = { renovationCode: '6-1045-12-7', purpose: 'transfer' };
/** Of her neighbour's property the owner's number is asked. */
const NEIGHBOUR = { renovationCode: '1-305-8-22', purpose: 'transfer' };

test('the clearance: opened, submitted, paid, issued in seconds, verified', async () => {
  const sara = await client('citizen-sara');
  const opened = await sara.send('POST', '/api/cases', { service: 'renovation-duty-clearance' });
  assert.equal(opened.status, 201);
  const { id } = opened.body;
  // What the city knows is told with its source; submitted as it was seen.
  await sara.send('PATCH', `/api/cases/${id}/draft`, { answers: { renovationCode: SARA.renovationCode }, unchecked: true });
  const { known } = (await sara.get(`/api/cases/${id}`)).body;
  assert.deepEqual(
    [known.propertyLandArea.value, known.propertyLandArea.register, known.mobile.value],
    [180, 'property', '09990000011'],
  );
  const began = Date.now();
  const changed = await sara.send('POST', `/api/cases/${id}/submission`, { answers: SARA, seen: { propertyLandArea: 1 } });
  assert.equal(changed.body['errors'][0].code, 'register-changed');
  const seen = { propertyLandArea: known.propertyLandArea.value };
  assert.equal((await sara.send('POST', `/api/cases/${id}/submission`, { answers: SARA, seen })).status, 200);
  assert.equal((await sara.get(`/api/cases/${id}`)).body.sources.propertyLandArea.from, 'register');
  await pay(sara, id);
  const issued = await until(sara, id, (body) => body['status'] === 'issued');
  assert.ok(Date.now() - began < 20_000, 'in seconds');
  assert.equal(issued['fee'].total, '120621000');
  const { explained } = issued['fee'];
  assert.equal(
    explained.lines.reduce((sum: bigint, line: { amount: string }) => sum + BigInt(line.amount), 0n),
    120_621_000n,
  );
  for (const line of explained.lines) {
    assert.equal(line.rules.length, 1, line.code);
    assert.ok(line.rules[0].citation.fa !== '' && line.rules[0].inputs.length > 0 && line.rules[0].from !== undefined);
  }
  const { code } = issued['documents'][0];
  assert.equal((await call('GET', `/api/verify/${code}`)).body['status'], 'valid');
  const document = await sara.get(`/api/cases/${id}/documents/${code}`);
  assert.equal(document.headers.get('content-type'), 'application/pdf');
  const receipt = await sara.get(`/api/cases/${id}/receipt`);
  assert.equal(receipt.body['dargah'], 'receipt/1');
});

test('the certificate: files, correction, inquiry, visit, payment, second person', async () => {
  const maryam = await client('citizen-maryam');
  const { id } = (await maryam.send('POST', '/api/cases', { service: 'completion-certificate' })).body;
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  for (const field of ['asBuiltPlan', 'engineerReport'])
    assert.equal((await maryam.upload(`/api/cases/${id}/files?field=${field}&name=${field}.pdf`, pdf)).status, 201);
  const { default: sharp } = await import('sharp');
  const photo = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#445566' } })
    .png()
    .toBuffer();
  const sent = await maryam.upload(`/api/cases/${id}/files?field=facadePhoto&name=facade.png`, photo);
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const answers = {
    renovationCode: '6-1045-12-9',
    permitNumber: '06-1402-000123',
    currentUse: 'residential',
    builtAreaNow: 296,
    floorsBuilt: 3,
    unitsBuilt: 1,
    parkingsBuilt: 2,
    declared: true,
  };
  const submitted = await maryam.send('POST', `/api/cases/${id}/submission`, { answers });
  assert.equal(submitted.status, 200, JSON.stringify(submitted.body));
  const leila = await client('officer-leila');
  await complete(leila, id, 'Task_check', {
    decision: 'correct',
    corrections: [{ field: 'permitNumber', reason: 'شماره خوانا نیست' }],
  });
  const outside = await complete(maryam, id, 'Task_correct', { builtAreaNow: 100 });
  assert.equal(outside.body['code'], 'correction-out-of-scope');
  assert.equal((await complete(maryam, id, 'Task_correct', { permitNumber: '06-1402-000321' })).status, 200);
  assert.equal((await complete(leila, id, 'Task_check', { decision: 'complete' })).status, 200);
  const worklist = await (await client('officer-farhad')).get('/api/worklist');
  assert.ok(
    worklist.body['tasks'].some((one: { caseId: string; inquiry: string }) => one.caseId === id && one.inquiry === 'fire-safety'),
  );
  await complete(await client('officer-farhad'), id, 'Task_fire', { result: 'approved' });
  const visit = await complete(await client('engineer-kaveh'), id, 'Task_visit', {
    visitedOn: '2026-11-20',
    measuredArea: 296,
    floorsSeen: 3,
    deviations: [],
    opinion: 'conforms',
  });
  assert.equal(visit.status, 200, JSON.stringify(visit.body));
  await pay(maryam, id);
  await until(leila, id, (body) => body['tasks'].some((task: { element: string }) => task.element === 'Task_approve'));
  const denied = await complete(await client('manager-nader'), id, 'Task_approve', { decision: 'approve' });
  assert.equal(denied.status, 200);
  const issued = await until(maryam, id, (body) => body['status'] === 'issued');
  assert.deepEqual(issued['visits'], { applicant: 0, city: 1 });
});

test('a second submit with the same key gives the first answer; another with the same key is refused', async () => {
  const sara = await client('citizen-sara');
  const key = randomUUID();
  const first = await sara.send('POST', '/api/cases', { service: 'renovation-duty-clearance' }, key);
  const again = await sara.send('POST', '/api/cases', { service: 'renovation-duty-clearance' }, key);
  assert.deepEqual(again.body, first.body);
  const { id } = first.body;
  const submit = randomUUID();
  const one = await sara.send('POST', `/api/cases/${id}/submission`, { answers: SARA }, submit);
  const two = await sara.send('POST', `/api/cases/${id}/submission`, { answers: SARA }, submit);
  assert.equal(two.body['id'], one.body['id']);
  assert.ok(two.body['seq'] >= one.body['seq']);
  const changed = await sara.send('POST', `/api/cases/${id}/submission`, { answers: { ...SARA, purpose: 'loan' } }, submit);
  assert.equal(changed.body['code'], 'key-reused', JSON.stringify(changed.body));
  const other = await sara.send('POST', `/api/cases/${id}/withdrawal`, {}, submit);
  assert.equal(other.body['code'], 'key-reused');
});

test('bad input names the field and the mend, in Persian and in English', async () => {
  const sara = await client('citizen-sara');
  const { id } = (await sara.send('POST', '/api/cases', { service: 'renovation-duty-clearance' })).body;
  const cases = [
    [{ ...NEIGHBOUR, ownerId: '9991012345' }, '/ownerId', 'malformed-owner-id'],
    [{ ...NEIGHBOUR, ownerId: '9991012346' }, '/ownerId', 'register-mismatch'],
    [NEIGHBOUR, '/ownerId', 'required'],
    [{ ...SARA, renovationCode: '9-9999-9-9' }, '/renovationCode', 'unknown-register-key'],
    [{ ...SARA, renovationCode: 'الف' }, '/renovationCode', 'malformed-renovation-code'],
    [{ ...SARA, purpose: 'joke' }, '/purpose', 'not-an-option'],
    [{ ...SARA, purpose: '' }, '/purpose', 'required'],
  ] as const;
  for (const [answers, pointer, code] of cases) {
    const { status, headers, body } = await sara.send('POST', `/api/cases/${id}/submission`, { answers });
    assert.equal(status, 422);
    assert.match(headers.get('content-type') ?? '', /application\/problem\+json/);
    const fault = body['errors'].find((one: { pointer: string }) => one.pointer === pointer);
    assert.equal(fault?.code, code, JSON.stringify(body));
    assert.match(fault.detail, /[\u0600-\u06ff]/);
  }
  const { token } = (await call('POST', '/api/sessions', { body: { persona: 'citizen-sara' } })).body;
  const english = await call('POST', `/api/cases/${id}/submission`, {
    token,
    body: { answers: { ...SARA, renovationCode: '9-9999-9-9' } },
    headers: { 'accept-language': 'en' },
  });
  assert.match(english.body['errors'][0].detail, /register/);
  // Persian digits and a half-space are what people type: they are taken.
  assert.equal(
    (
      await sara.send('POST', `/api/cases/${id}/submission`, {
        answers: { ...SARA, renovationCode: '۶-۱۰۴۵\u200c-۱۲-۷' },
      })
    ).status,
    200,
  );
});

test('an upload that lies, is too large, or is nothing we take: refused, and not kept', async () => {
  const maryam = await client('citizen-maryam');
  const { id } = (await maryam.send('POST', '/api/cases', { service: 'completion-certificate' })).body;
  const send = (name: string, bytes: Buffer) =>
    maryam.upload(`/api/cases/${id}/files?field=asBuiltPlan&name=${encodeURIComponent(name)}`, bytes);
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  assert.equal((await send('plan.pdf', png)).body['code'], 'upload-type-mismatch');
  assert.equal(
    (await send('plan.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'))).body['code'],
    'upload-type-refused',
  );
  assert.equal((await send('plan.html', Buffer.from('<!doctype html><script>1</script>'))).body['code'], 'upload-type-refused');
  const large = await send('plan.pdf', Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(11_000_000)]));
  assert.equal(large.body['code'], 'upload-too-large');
  assert.equal(large.status, 413);
  assert.deepEqual((await maryam.get(`/api/cases/${id}`)).body['files'], []);
});

test('doors stay shut: no session, another’s case, another site, a shape that is not ours', async () => {
  const sara = await client('citizen-sara');
  const reza = await client('citizen-reza');
  const { id } = (await sara.send('POST', '/api/cases', { service: 'renovation-duty-clearance' })).body;
  assert.equal((await call('GET', `/api/cases/${id}`)).status, 401);
  for (const path of ['', '/receipt', '/files/x', '/documents/x'])
    assert.equal((await reza.get(`/api/cases/${id}${path}`)).status, 404, path);
  assert.equal((await reza.send('POST', `/api/cases/${id}/submission`, { answers: SARA })).status, 403);
  assert.equal((await reza.upload(`/api/cases/${id}/files?field=x&name=x.pdf`, Buffer.from('%PDF-'))).status, 404);
  const crossed = await call('POST', '/api/cases', {
    body: { service: 'x' },
    headers: { origin: 'https://evil.example', cookie: 'dargah=x' },
  });
  assert.equal(crossed.body['code'], 'cross-origin');
  const shape = await sara.send('POST', '/api/cases', { service: 5, more: true });
  assert.equal(shape.status, 400);
  assert.equal((await sara.send('POST', '/api/cases', { service: 'nothing' })).body['code'], 'service-not-found');
  assert.equal((await sara.get('/api/nowhere')).body['code'], 'page-not-found');
});

test('the description is OpenAPI 3.1 and names every route', async () => {
  const { body } = await call('GET', '/api/openapi.json');
  assert.match(body['openapi'], /^3\.1/);
  for (const path of [
    '/api/cases',
    '/api/cases/{id}/submission',
    '/api/cases/{id}/tasks/{task}/completion',
    '/api/worklist',
    '/api/verify/{code}',
  ]) {
    assert.ok(body['paths'][path], path);
  }
});

test('security headers are on pages and on the API alike', async () => {
  for (const path of ['/', '/api/services']) {
    const { headers } = await call('GET', path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
});
