// A bank's program against the API, with keys of its own: token, signed question, signed answer, evidence checked offline; and everything that is refused.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { SignJWT } from 'jose';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Contract } from '#inquiries/types.ts';
import { jwkVerifier, messageSigner, publicJwk } from '#outside/http-keys.ts';
import { verifyEvidence } from '#proofs/evidence.ts';
import { contractName, judgeAnswer, readQuestion, signQuestion } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { HttpFields } from '#proofs/http-message.ts';
import { openPool } from '#store/pool.ts';
import { publishContract } from '#store/inquiries.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

let portal: TestPortal;
let bank: Client;
before(async () => {
  portal = await testPortal({ ticking: false });
  bank = await register('test-bank');
});
after(() => portal.stop());

type Client = { readonly contract: Contract; readonly key: KeyObject; readonly jwk: JsonObject };
const now = (): Instant => instant(new Date().toISOString());

/** A contract with a key of the organisation's own, as the steward would publish it. */
async function register(id: string, change: Partial<Contract> = {}): Promise<Client> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...(publicJwk(publicKey) as JsonObject), kid: `${id}-1`, alg: 'ES256' };
  const contract: Contract = {
    id,
    version: 1,
    organisation: { id, name: { fa: 'بانک', en: 'Bank' }, kind: 'bank' },
    purpose: { fa: 'وثیقه', en: 'Security' },
    legal: { fa: 'نمونه', en: 'Sample' },
    types: { 'renovation-duty-status': { fields: ['clear', 'unpaidYears'] } },
    ratePerMinute: 1000,
    visibility: 'now',
    from: instant('2026-01-01T00:00:00Z'),
    until: instant('2036-01-01T00:00:00Z'),
    keys: [jwk],
    persons: [],
    test: false,
    ...change,
  };
  await publish(contract);
  return { contract, key: privateKey, jwk };
}

async function publish(contract: Contract): Promise<void> {
  const pool = openPool(portal.migratorUrl, { max: 1 });
  await publishContract(pool, contract, now());
  await pool.end();
  await portal.composed.road.catalogue.refresh();
}

async function proof(client: Client, method: string, path: string, token?: string): Promise<string> {
  const { kid: _kid, alg: _alg, ...jwk } = client.jwk;
  const ath =
    token === undefined
      ? {}
      : { ath: Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(token))).toString('base64url') };
  return new SignJWT({ htm: method, htu: `${portal.origin}${path}`, jti: randomUUID(), ...ath })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: jwk as never })
    .setIssuedAt()
    .sign(client.key);
}

type Answered = { readonly status: number; readonly body: JsonObject; readonly text: string; readonly fields: HttpFields };

async function send(method: string, path: string, fields: HttpFields, body?: string): Promise<Answered> {
  const answer = await fetch(portal.origin + path, {
    method,
    headers: fields as [string, string][],
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as JsonObject, fields: [...answer.headers] };
}

async function tokenFor(client: Client, audience = portal.origin): Promise<Answered> {
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: String(client.jwk['kid']) })
    .setIssuer(client.contract.id)
    .setSubject(client.contract.id)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('50s')
    .sign(client.key);
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_assertion: assertion });
  return send(
    'POST',
    '/api/token',
    [
      ['content-type', 'application/x-www-form-urlencoded'],
      ['dpop', await proof(client, 'POST', '/api/token')],
    ],
    form.toString(),
  );
}

async function question(client: Client, code: string, more: { readonly type?: string; readonly question?: JsonObject } = {}) {
  const body = JSON.stringify({
    type: more.type ?? 'renovation-duty-status',
    question: more.question ?? { renovationCode: code },
  });
  const keyid = jwkThumbprint(readPublicJwk(client.jwk)!);
  const signed = await signQuestion(
    {
      method: 'POST',
      target: `${portal.origin}/api/inquiries`,
      fields: [['content-type', 'application/json']],
      body: Buffer.from(body),
    },
    contractName(client.contract as unknown as JsonObject & { id: string }),
    messageSigner({ keyid, alg: algorithmOf(readPublicJwk(client.jwk)!) }, client.key),
    { at: now(), nonce: randomUUID() },
  );
  return { fields: signed, body };
}

async function ask(
  client: Client,
  token: string,
  { fields, body }: { readonly fields: HttpFields; readonly body: string },
): Promise<Answered> {
  const bound: HttpFields = [
    ['authorization', `DPoP ${token}`],
    ['dpop', await proof(client, 'POST', '/api/inquiries', token)],
  ];
  return send('POST', '/api/inquiries', [...fields, ...bound], body);
}

const granted = async (client: Client): Promise<string> => String((await tokenFor(client)).body['access_token']);

test('a signed question is answered at once, signed and bound to it; the evidence holds offline, and a changed byte does not', async () => {
  const token = await granted(bank);
  const asked = await question(bank, '6-1045-12-7');
  const answer = await ask(bank, token, asked);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body['answer'], { clear: false, unpaidYears: [1403, 1404, 1405] }, 'the contract names no more');
  const city = portal.composed.road.ports.partners.publicKey;
  const request = readQuestion({ method: 'POST', target: `${portal.origin}/api/inquiries`, fields: asked.fields });
  const judged = await judgeAnswer({ status: 200, fields: answer.fields, body: Buffer.from(answer.text) }, request!, () =>
    jwkVerifier({ keyid: jwkThumbprint(city), alg: algorithmOf(city) }, city),
  );
  assert.ok(judged.ok, JSON.stringify(judged));
  const path = `/api/inquiries/${String(answer.body['id'])}/evidence`;
  const evidence = await send('GET', path, [
    ['authorization', `DPoP ${token}`],
    ['dpop', await proof(bank, 'GET', path, token)],
  ]);
  assert.equal(evidence.status, 200, evidence.text);
  const trust = { verifier: jwkVerifier, city: [{ thumbprint: jwkThumbprint(city) }] };
  assert.deepEqual((await verifyEvidence(evidence.text, trust)).findings, []);
  const changed = evidence.text.replace('"until":"2036', '"until":"2037');
  assert.equal((await verifyEvidence(changed, trust)).ok, false);
});

test('what people must answer is 202; read again it is signed anew', async () => {
  const token = await granted(bank);
  const answer = await ask(bank, token, await question(bank, '9-9999-9-8'));
  assert.deepEqual([answer.status, answer.body['status']], [202, 'waiting']);
  const path = `/api/inquiries/${String(answer.body['id'])}`;
  const polled = await send('GET', path, [
    ['authorization', `DPoP ${token}`],
    ['dpop', await proof(bank, 'GET', path, token)],
  ]);
  assert.deepEqual([polled.status, polled.body['status']], [202, 'waiting']);
  assert.ok(polled.fields.some(([name]) => name === 'signature'));
});

const codeOf = ({ status, body }: Answered): string => `${status} ${String(body['code'])}`;

test('each thing wrong is refused by its code, and nothing is asked', async () => {
  const token = await granted(bank);
  const { rows } = await portal.composed.road.pool.query<{ n: number }>(`select count(*)::int as n from inquiry`);
  const asked = await question(bank, '6-1045-12-9');
  const first = await ask(bank, token, asked);
  assert.equal(first.status, 200);
  assert.equal(codeOf(await ask(bank, token, asked)), '409 question-replayed');
  const other = await question(bank, '6-1045-12-9');
  assert.equal(codeOf(await ask(bank, token, { ...other, body: other.body.replace('12-9', '12-7') })), '400 digest-mismatch');
  const unsigned = { fields: [['content-type', 'application/json']] as const, body: other.body };
  assert.equal(codeOf(await ask(bank, token, unsigned)).startsWith('4'), true);
  const stranger = await register('other-bank');
  assert.equal(
    codeOf(await ask(stranger, token, await question(stranger, '6-1045-12-9'))),
    '401 dpop-proof-invalid',
    'a token is bound to its key',
  );
  assert.equal(codeOf(await ask(bank, 'x'.repeat(43), await question(bank, '6-1045-12-9'))), '401 access-token-invalid');
  assert.equal(
    codeOf(await ask(bank, token, await question(stranger, '6-1045-12-9'))),
    '401 signature-invalid',
    'signed by another’s key',
  );
  assert.equal(codeOf(await ask(bank, token, await question(bank, '', { question: {} }))), '422 invalid-answers');
  assert.equal(codeOf(await ask(bank, token, await question(bank, '', { type: 'no-such' }))), '403 contract-type-forbidden');
  assert.equal((await tokenFor(bank, 'https://elsewhere.example')).status, 401);
  const after = await portal.composed.road.pool.query<{ n: number }>(`select count(*)::int as n from inquiry`);
  assert.equal(after.rows[0]!.n, rows[0]!.n + 1, 'one question was asked');
});

test('a contract revoked in the middle stops its token; a rate is held', async () => {
  const client = await register('short-bank', { ratePerMinute: 2 });
  const token = await granted(client);
  const codes = [];
  for (let times = 0; times < 3; times += 1) codes.push((await ask(client, token, await question(client, '6-1045-12-7'))).status);
  assert.ok(codes.includes(429) || new Date().getSeconds() < 3, String(codes));
  await publish({ ...client.contract, version: 2, until: instant('2026-01-02T00:00:00Z') });
  assert.equal(codeOf(await ask(client, token, await question(client, '6-1045-12-7'))), '403 contract-not-in-force');
});

test('the client that the guide prints asks and is answered, in forty-odd lines', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../docs/inquiries.md'), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? assert.fail('the guide prints a client');
  const folder = await mkdtemp(join(tmpdir(), 'dargah-client-'));
  try {
    await writeFile(join(folder, 'ask.mjs'), code);
    await writeFile(join(folder, 'key.pem'), bank.key.export({ type: 'pkcs8', format: 'pem' }));
    const args = [join(folder, 'ask.mjs'), portal.origin, 'test-bank', join(folder, 'key.pem'), 'test-bank-1', '6-1045-12-7'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    assert.match(stdout, /^200 .*"answer":\{"clear":false,"unpaidYears":\[1403,1404,1405\]\}/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
