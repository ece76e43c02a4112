// A contract over the API from draft to end: two sides, keys, test environment, real questions, webhook, revoked in the middle; and what is refused.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as passed } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { jwkVerifier, messageSigner } from '#outside/http-keys.ts';
import { webhookFault, webhookKey } from '#outside/webhook.ts';
import { verifyEvidence } from '#proofs/evidence.ts';
import { algorithmOf, jwkThumbprint } from '#proofs/http-key.ts';
import { signTerms } from '#proofs/terms-signature.ts';
import { codeOf, partnerClient } from '#testing/partner-client.ts';
import type { Answered, PartnerClient } from '#testing/partner-client.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

let portal: TestPortal;
let receiver: Server;
const received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
/** What the receiver answers, in turn; then 204. */
const answers: number[] = [];
before(async () => {
  portal = await testPortal();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
});
after(async () => {
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  await portal.stop();
});

const tokens = new Map<string, string>();
async function as(person: string, method: string, path: string, body?: JsonObject): Promise<Answered> {
  let token = tokens.get(person);
  if (token === undefined) {
    const login = await fetch(`${portal.origin}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ persona: person }),
    });
    ({ token } = (await login.json()) as { token: string });
    tokens.set(person, token);
  }
  const answer = await fetch(portal.origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text || 'null') as JsonObject, fields: [...answer.headers] };
}

const TERMS: JsonObject = {
  id: 'bank-loans',
  organisation: { id: 'sample-bank', name: { fa: 'بانک نمونه', en: 'Sample Bank' }, kind: 'bank' },
  purpose: { fa: 'وام مسکن', en: 'Home loans' },
  legal: { fa: 'آیین‌نامهٔ وام (نمونه)', en: 'Loan rules (sample)' },
  types: { 'renovation-duty-status': { fields: ['clear', 'unpaidYears'] } },
  ratePerMinute: 600,
  visibility: 'now',
  from: '2026-01-01T00:00:00.000Z',
  until: '2029-01-01T00:00:00.000Z',
  persons: ['9995011115'],
};
const pointers = ({ body }: Answered): readonly string[] =>
  ((body['errors'] ?? []) as readonly JsonObject[]).map((one) => `${String(one['pointer'])} ${String(one['code'])}`);

test('an owner drafts; what the answer does not have is refused beside its member; both sides sign; a key of the organisation signs too', async () => {
  const draft = (terms: JsonObject, by = 'owner-zahra', id = 'bank-loans') =>
    as(by, 'POST', `/api/contracts/${id}/draft`, { terms });
  const types = { 'renovation-duty-status': { fields: ['clear', 'ownerName'] } };
  assert.deepEqual(pointers(await draft({ ...TERMS, types })), ['/types/renovation-duty-status/fields/1 terms-field-unknown']);
  assert.deepEqual(pointers(await draft({ ...TERMS, persons: ['0012345678'] })), ['/persons/0 terms-person-unknown']);
  assert.deepEqual(pointers(await draft({ ...TERMS, keys: [] })), ['/keys terms-member-unknown']);
  assert.equal(codeOf(await draft(TERMS, 'owner-bahram')), '403 not-permitted');
  assert.equal(codeOf(await draft({ ...TERMS, id: 'bank-renovation' }, 'owner-bahram', 'bank-renovation')), '403 not-permitted');
  const drafted = await draft(TERMS);
  assert.equal(drafted.status, 200, drafted.text);
  assert.equal(drafted.body['status'], 'draft');
  assert.equal(codeOf(await as('notary-karim', 'GET', '/api/contracts/bank-loans')), '404 contract-not-found');
  assert.equal(codeOf(await as('citizen-sara', 'POST', '/api/contracts/bank-loans/agree', {})), '404 contract-not-found');

  const hash = String((drafted.body['draft'] as JsonObject)['hash']);
  assert.equal(codeOf(await as('owner-zahra', 'POST', '/api/contracts/bank-loans/sign', { hash })), '403 not-permitted');
  assert.equal(
    codeOf(await as('steward-elham', 'POST', '/api/contracts/bank-loans/sign', { hash: 'other' })),
    '409 contract-changed',
  );
  assert.equal((await as('steward-elham', 'POST', '/api/contracts/bank-loans/sign', { hash })).status, 200);

  const own = partnerClient(portal.origin, 'bank-loans');
  const registered = await as('bank-nasrin', 'POST', '/api/contracts/bank-loans/register-key', { use: 'real', key: own.pem });
  assert.equal(registered.status, 200, registered.text);
  const terms = await as('bank-nasrin', 'GET', '/api/contracts/bank-loans/terms');
  const signer = messageSigner({ keyid: jwkThumbprint(own.jwk), alg: algorithmOf(own.jwk) }, own.key);
  const sign = (text: JsonObject, person = 'bank-nasrin') =>
    signTerms(text, signer, { side: 'organisation', person, how: 'key' }, instant(new Date().toISOString()));
  const give = async (jws: string) => as('bank-nasrin', 'POST', '/api/contracts/bank-loans/sign', { hash, jws });
  assert.deepEqual(pointers(await give(await sign({ ...terms.body, ratePerMinute: 9999 }))), ['/jws signature-wrong']);
  assert.deepEqual(pointers(await give(await sign(terms.body, 'bank-other'))), ['/jws signature-claims-differ']);
  assert.deepEqual(pointers(await give('nothing')), ['/jws signature-unreadable']);
  const inForce = await give(await sign(terms.body));
  assert.equal(inForce.body['status'], 'in-force', inForce.text);
  const signatures = (inForce.body['current'] as JsonObject)['signatures'] as readonly JsonObject[];
  assert.deepEqual(
    signatures.map((one) => [one['side'], one['person'], one['how']]),
    [
      ['city', 'steward-elham', 'login'],
      ['organisation', 'bank-nasrin', 'key'],
    ],
  );
  await askAndVerify(own);
});

/** The program asks in earnest; the evidence names the document with both signatures, whatever comes after it. */
async function askAndVerify(own: PartnerClient): Promise<void> {
  const token = await own.token();
  const answer = await own.ask(token, 'renovation-duty-status', { renovationCode: '6-1045-12-7' });
  assert.equal(answer.status, 200, answer.text);
  assert.match(new Headers(answer.fields as [string, string][]).get('ratelimit') ?? '', /^"contract";r=\d+;t=\d+$/);
  const spare = partnerClient(portal.origin, 'bank-loans');
  await as('bank-nasrin', 'POST', '/api/contracts/bank-loans/register-key', { use: 'real', key: JSON.stringify(spare.jwk) });
  const kid = jwkThumbprint(own.jwk);
  const evidence = await own.get(await own.token(), `/api/inquiries/${String(answer.body['id'])}/evidence`);
  assert.equal(evidence.status, 200, evidence.text);
  const city = portal.composed.road.ports.partners.publicKey;
  const checked = await verifyEvidence(evidence.text, { verifier: jwkVerifier, city: [{ thumbprint: jwkThumbprint(city) }] });
  assert.deepEqual(checked.findings, []);
  assert.equal(checked.facts?.signedBy, 'city by steward-elham (login, checked); organisation by bank-nasrin (key, checked)');
  const swapped = evidence.text.replace('"person":"steward-elham"', '"person":"steward-other"');
  assert.ok((await verifyEvidence(swapped, { verifier: jwkVerifier })).findings.some((one) => one.code === 'evidence-terms'));
  assert.equal((await as('bank-nasrin', 'POST', '/api/contracts/bank-loans/withdraw-key', { use: 'real', kid })).status, 200);
  assert.equal(codeOf(await own.requestToken()), '401 client-assertion-invalid');
  assert.equal((await spare.requestToken()).status, 200);
}

test('a contract with questions of two units waits for both owners before the city signs', async () => {
  const types = { ...(TERMS['types'] as JsonObject), 'planning-inquiry': { fields: ['transferable'] } };
  const path = '/api/contracts/two-units';
  const drafted = await as('owner-zahra', 'POST', `${path}/draft`, { terms: { ...TERMS, id: 'two-units', types } });
  assert.equal(drafted.status, 200, drafted.text);
  const hash = String((drafted.body['draft'] as JsonObject)['hash']);
  assert.equal(codeOf(await as('steward-elham', 'POST', `${path}/sign`, { hash })), '409 contract-owners-missing');
  assert.equal(codeOf(await as('bank-nasrin', 'POST', `${path}/agree`, {})), '403 not-permitted');
  assert.equal((await as('owner-bahram', 'POST', `${path}/agree`, {})).status, 200);
  assert.equal((await as('bank-nasrin', 'POST', `${path}/sign`, { hash })).status, 200);
  const signed = await as('steward-elham', 'POST', `${path}/sign`, { hash });
  assert.equal(signed.body['status'], 'in-force', signed.text);
  assert.equal((await as('owner-bahram', 'GET', `${path}/use`)).status, 200);
  assert.equal(codeOf(await as('bank-nasrin', 'GET', `${path}/use`)), '403 not-permitted');
});

test('a private key is refused with the reason, and so is what is no key, or says another algorithm', async () => {
  const register = (key: string) =>
    as('bank-nasrin', 'POST', '/api/contracts/bank-renovation/register-key', { use: 'real', key });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  assert.deepEqual(pointers(await register(pem)), ['/key key-private']);
  assert.deepEqual(pointers(await register(JSON.stringify(privateKey.export({ format: 'jwk' })))), ['/key key-private']);
  assert.deepEqual(pointers(await register('ssh-ed25519 AAAA')), ['/key key-unreadable']);
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  assert.deepEqual(pointers(await register(String(weak.export({ format: 'pem', type: 'spki' })))), ['/key key-unreadable']);
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ES256' };
  assert.deepEqual(pointers(await register(JSON.stringify(jwk))), ['/key key-algorithm']);
  assert.equal(
    codeOf(await as('owner-zahra', 'POST', '/api/contracts/bank-renovation/register-key', { use: 'real', key: pem })),
    '403 not-permitted',
  );
});

test('the test environment answers examples alone, late ones by webhook, and touches nothing real', async () => {
  const opened = await as('bank-nasrin', 'POST', '/api/contracts/bank-renovation/open-twin', {});
  assert.equal(opened.status, 200, opened.text);
  const program = partnerClient(portal.origin, 'bank-renovation-test');
  await as('bank-nasrin', 'POST', '/api/contracts/bank-renovation/register-key', { use: 'test', key: program.pem });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const set = await as('bank-nasrin', 'POST', '/api/contracts/bank-renovation/set-webhook', { use: 'test', url });
  const secret = String(set.body['secret']);
  assert.match(secret, /^whsec_/);
  assert.doesNotMatch((await as('bank-nasrin', 'GET', '/api/contracts/bank-renovation')).text, /whsec_/);
  const count = async (): Promise<unknown> =>
    (
      await portal.composed.road.pool.query(
        'select (select count(*) from inquiry) as i, (select count(*) from inquiry_evidence) as e',
      )
    ).rows[0];
  const before = await count();
  const token = await program.token();
  const first = await program.ask(token, 'renovation-duty-status', {
    renovationCode: '6-1045-12-7',
    ownerNationalId: '9991012346',
  });
  assert.equal(first.status, 200, first.text);
  assert.deepEqual([first.body['test'], first.body['answer']], [true, { clear: false, unpaidYears: [1403, 1404, 1405] }]);
  assert.equal(
    codeOf(await program.ask(token, 'renovation-duty-status', { renovationCode: '6-1045-12-8' })),
    '404 sample-not-found',
  );
  assert.equal(codeOf(await program.ask(token, 'renovation-duty-status', { code: 1 })), '422 invalid-answers');
  answers.push(500);
  const later = await program.ask(token, 'renovation-duty-status', { renovationCode: '9-9999-9-9' });
  assert.deepEqual([later.status, later.body['test']], [202, true]);
  const path = `/api/inquiries/${String(later.body['id'])}`;
  assert.equal((await program.get(token, path)).status, 202);
  for (let tries = 0; tries < 200 && received.length < 2; tries += 1) await passed(100);
  const [failed, delivered] = received;
  assert.ok(failed && delivered, 'tried again after a failure');
  assert.equal(failed.headers['webhook-id'], delivered.headers['webhook-id'], 'one id for every try');
  const now = instant(new Date().toISOString());
  assert.equal(webhookFault(delivered.headers, Buffer.from(delivered.body), { keys: [webhookKey(secret)], now }), undefined);
  assert.deepEqual((JSON.parse(delivered.body) as JsonObject)['data'], {
    id: later.body['id'],
    inquiryType: 'renovation-duty-status',
    status: 'answered',
    test: true,
  });
  const polled = await program.get(token, path);
  assert.deepEqual([polled.status, polled.body['test'], typeof polled.body['answer']], [200, true, 'object']);
  const evidence = await program.get(token, `${path}/evidence`);
  assert.deepEqual((await verifyEvidence(evidence.text, { verifier: jwkVerifier })).ok, true, evidence.text.slice(0, 200));
  assert.deepEqual(await count(), before);
  assert.equal(
    (await partnerClient(portal.origin, 'bank-renovation').requestToken()).status,
    401,
    'no key of the twin asks in earnest',
  );
});

test('what is asked by hand has evidence too, which says who asked and that the portal signed for them', async () => {
  const asked = await as('bank-nasrin', 'POST', '/api/inquiries', {
    type: 'renovation-duty-status',
    contract: 'bank-renovation',
    question: { renovationCode: '6-1045-12-7' },
  });
  assert.equal(asked.status, 200, asked.text);
  const path = `/api/inquiries/${String(asked.body['id'])}/evidence`;
  const evidence = await as('bank-nasrin', 'GET', path);
  const city = portal.composed.road.ports.partners.publicKey;
  const trust = { verifier: jwkVerifier, city: [{ thumbprint: jwkThumbprint(city) }] };
  const checked = await verifyEvidence(evidence.text, trust);
  assert.deepEqual(checked.findings, []);
  assert.match(
    checked.facts?.byHand ?? '',
    /^asked by hand by bank-nasrin of sample-bank \(login \w{32} of 20\d\d-.*signed by the portal for them$/,
  );
  const other = await verifyEvidence(evidence.text.replaceAll('bank-nasrin', 'bank-hossein'), trust);
  assert.equal(other.ok, false, 'another name was not signed for');
  assert.equal(codeOf(await as('notary-karim', 'GET', path)), '404 inquiry-not-found');
  assert.equal(codeOf(await as('citizen-sara', 'GET', path)), '404 inquiry-not-found');
});

test('either side ends it at once: tokens die, questions and polls are refused, the organisation’s people ask no more', async () => {
  const program = partnerClient(portal.origin, 'utility-connections');
  const key = { use: 'real', key: program.pem };
  assert.equal((await as('utility-javad', 'POST', '/api/contracts/utility-connections/register-key', key)).status, 200);
  const token = await program.token();
  const asked = await program.ask(token, 'building-permit-status', { renovationCode: '9-9999-9-9' });
  assert.equal(asked.status, 202, asked.text);
  const ready = await program.sign(token, { type: 'building-permit-status', question: { renovationCode: '6-1045-12-7' } });
  assert.deepEqual(pointers(await as('owner-bahram', 'POST', '/api/contracts/utility-connections/revoke', { reason: ' ' })), [
    '/reason reason-missing',
  ]);
  const ended = await as('owner-bahram', 'POST', '/api/contracts/utility-connections/revoke', { reason: 'استفادهٔ نامعمول' });
  assert.equal(ended.body['status'], 'revoked', ended.text);
  assert.equal(codeOf(await program.send(token, ready)), '403 contract-not-in-force');
  assert.equal(codeOf(await program.get(token, `/api/inquiries/${String(asked.body['id'])}`)), '403 contract-not-in-force');
  assert.equal((await program.requestToken()).status, 401);
  const byHand = { type: 'building-permit-status', question: { renovationCode: '6-1045-12-7' } };
  assert.equal(codeOf(await as('utility-javad', 'POST', '/api/inquiries', byHand)), '403 contract-type-forbidden');
  const again = await as('utility-javad', 'POST', '/api/contracts/utility-connections/revoke', { reason: 'again' });
  assert.equal((again.body['revoked'] as JsonObject)['side'], 'city', 'the first end stands');
});
