// What a program sends wrong, by accident or on purpose: each refused with its exact code and place, and nothing half done: no inquiry, no look, no
// evidence; what is spent is the proof and the nonce it came with. Refusals are counted under the contract.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Contract } from '#inquiries/types.ts';
import { jwkThumbprint } from '#proofs/http-key.ts';
import { publishContract } from '#store/inquiries.ts';
import { openPool } from '#store/pool.ts';
import { codeOf, partnerClient } from '#testing/partner-client.ts';
import type { Answered, PartnerClient, Token } from '#testing/partner-client.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { flushRefusals } from '#work/contracts/refused.ts';

let portal: TestPortal;
let bank: PartnerClient;
let token: Token;
let counted: JsonObject;

const TYPE = 'renovation-duty-status';
const QUESTION = { type: TYPE, question: { renovationCode: '6-1045-12-7' } };
const now = (shiftSeconds = 0): Instant => plusMillis(instant(new Date().toISOString()), shiftSeconds * 1000);

before(async () => {
  portal = await testPortal({ ticking: false });
  bank = await register('test-bank');
  token = await bank.token();
});
after(() => portal.stop());
beforeEach(async () => void (counted = await counts()));

async function register(id: string, change: Partial<Contract> = {}): Promise<PartnerClient> {
  const client = partnerClient(portal.origin, id);
  await publish({
    id,
    version: 1,
    organisation: { id, name: { fa: 'بانک', en: 'Bank' }, kind: 'bank' },
    purpose: { fa: 'وثیقه', en: 'Security' },
    legal: { fa: 'نمونه', en: 'Sample' },
    types: { [TYPE]: { fields: ['clear', 'unpaidYears'] } },
    ratePerMinute: 1000,
    visibility: 'now',
    from: instant('2026-01-01T00:00:00Z'),
    until: instant('2036-01-01T00:00:00Z'),
    keys: [{ ...client.jwk, kid: jwkThumbprint(client.jwk), alg: 'ES256' }],
    persons: [],
    test: false,
    ...change,
  });
  return client;
}

async function publish(contract: Contract): Promise<void> {
  const pool = openPool(portal.migratorUrl, { max: 1 });
  await publishContract(pool, contract, now());
  await pool.end();
  await portal.composed.road.catalogue.refresh();
}

async function counts(): Promise<JsonObject> {
  const { rows } = await portal.composed.road.pool.query<JsonObject>(
    `select (select count(*)::int from inquiry) as inquiries, (select count(*)::int from inquiry_event) as events,
       (select count(*)::int from inquiry_key) as keys, (select count(*)::int from inquiry_evidence) as evidence, (select count(*)::int from look) as looks`,
  );
  return rows[0]!;
}

/** Refused by this code, and nothing is there that was not before. */
async function refused(answer: Answered, code: string): Promise<Answered> {
  assert.equal(codeOf(answer), code, answer.text);
  assert.match(new Headers(answer.fields as [string, string][]).get('content-type') ?? '', /problem\+json/);
  assert.deepEqual(await counts(), counted);
  return answer;
}

test('a question sent again, or a proof used again, is refused; another question under the same nonce too', async () => {
  const nonce = randomBytes(18).toString('base64url');
  const signed = await bank.sign(token, QUESTION, { nonce });
  assert.equal((await bank.send(token, signed)).status, 200);
  counted = await counts();
  await refused(await bank.send(token, signed), '409 question-replayed');
  await refused(await bank.send(token, await bank.sign(token, QUESTION, { nonce })), '409 question-replayed');
  const fresh = await bank.sign(token, QUESTION);
  const proof = await bank.prove('POST', '/api/inquiries', { token: token.token });
  const once = { prover: { ...bank, prove: async () => proof } };
  const wrongBody = { ...fresh, body: fresh.body.replace('12-7', '12-9') };
  await refused(await bank.send(token, wrongBody, once), '400 digest-mismatch');
  await refused(await bank.send(token, fresh, once), '401 dpop-proof-invalid');
});

test('a body that is not the one signed for, a signature that is missing, of another’s key, or under another contract', async () => {
  const signed = await bank.sign(token, QUESTION);
  const body = signed.body.replace('12-7', '12-9');
  await refused(await bank.send(token, { ...signed, body }), '400 digest-mismatch');
  const bare = [['content-type', 'application/json']] as const;
  await refused(await bank.send(token, { fields: bare, body: signed.body }), '400 digest-mismatch');
  const without = (name: string) => signed.fields.filter(([one]) => one !== name);
  await refused(await bank.send(token, { fields: without('content-digest'), body: signed.body }), '400 digest-mismatch');
  for (const name of ['signature', 'signature-input', 'inquiry-contract'])
    await refused(await bank.send(token, { fields: without(name), body: signed.body }), '401 signature-invalid');
  const stranger = partnerClient(portal.origin, 'test-bank');
  await refused(await bank.send(token, await bank.sign(token, QUESTION, { signer: stranger })), '401 signature-invalid');
  const other = { ...token, contract: { ...token.contract, hash: 'A'.repeat(43) + '=' } };
  await refused(await bank.send(token, await bank.sign(other, QUESTION)), '401 signature-invalid');
});

test('a token that is over, nobody’s, another contract’s or another key’s', async () => {
  const over = await bank.token();
  const pool = openPool(portal.migratorUrl, { max: 1 });
  await pool.query(`update partner_token set until = $2 where contract = $1`, ['test-bank', now(-1)]);
  await pool.end();
  await refused(await bank.send(over, await bank.sign(over, QUESTION)), '401 access-token-invalid');
  const nobody = { ...token, token: randomBytes(32).toString('base64url') };
  await refused(await bank.send(nobody, await bank.sign(token, QUESTION)), '401 access-token-invalid');
  token = await bank.token();
  const other = await register('other-bank');
  const foreign = await other.token();
  await refused(await other.send(foreign, await bank.sign(token, QUESTION)), '401 signature-invalid');
  await refused(await other.send(token, await bank.sign(token, QUESTION)), '401 dpop-proof-invalid');
  await refused(await bank.send(token, await bank.sign(token, QUESTION), { prover: other }), '401 dpop-proof-invalid');
});

test('clocks that differ too much: question, proof and assertion, too old and in the future', async () => {
  for (const seconds of [-120, 120]) {
    await refused(await bank.send(token, await bank.sign(token, QUESTION, { at: now(seconds) })), '401 signature-invalid');
    const at = Math.floor(Date.now() / 1000) + seconds * 5;
    await refused(await bank.send(token, await bank.sign(token, QUESTION), { at }), '401 dpop-proof-invalid');
    await refused(await bank.requestToken({ at }), '401 client-assertion-invalid');
  }
  const near = await bank.sign(token, QUESTION, { at: now(-20) });
  assert.equal((await bank.send(token, near)).status, 200, 'a little is borne');
});

test('an assertion for another server, of another name, or of a contract that is not in force', async () => {
  await refused(await bank.requestToken({ audience: 'https://elsewhere.example' }), '401 client-assertion-invalid');
  await refused(await bank.requestToken({ claims: { sub: 'bank-renovation' } }), '401 client-assertion-invalid');
  await refused(
    await bank.requestToken({ claims: { exp: Math.floor(Date.now() / 1000) + 86_400 } }),
    '401 client-assertion-invalid',
  );
  const late = await register('late-bank', { from: instant('2035-01-01T00:00:00Z') });
  await refused(await late.requestToken(), '401 client-assertion-invalid');
});

test('what the type’s schema does not take is named by its place; what the contract does not name is forbidden', async () => {
  const send = async (body: JsonObject) => bank.send(token, await bank.sign(token, body));
  const errors = async (body: JsonObject): Promise<readonly string[]> => {
    const { body: problem } = await refused(await send(body), '422 invalid-answers');
    return (problem['errors'] as readonly JsonObject[]).map((one) => `${String(one['pointer'])} ${String(one['code'])}`);
  };
  assert.deepEqual(await errors({ type: TYPE, question: {} }), ['/renovationCode required']);
  assert.deepEqual(await errors({ type: TYPE, question: { renovationCode: 'six' } }), ['/renovationCode pattern']);
  assert.deepEqual(await errors({ type: TYPE, question: { renovationCode: '6-1045-12-7', fields: ['district'] } }), [
    '/fields additionalProperties',
  ]);
  await refused(await send({ type: 'planning-inquiry', question: {} }), '403 contract-type-forbidden');
  await refused(await send({ type: 'no-such', question: {} }), '403 contract-type-forbidden');
  const more = await send({ ...QUESTION, fields: ['clear', 'district'] });
  assert.ok(more.status >= 400 || !more.text.includes('district'), 'no member beyond the contract, whatever is asked for');
  const { answer } = (await send(QUESTION)).body;
  assert.deepEqual(Object.keys(answer as JsonObject), ['clear', 'unpaidYears']);
});

test('a body too large is refused before it is read as anything, and so is what is no JSON', async () => {
  const large = { type: TYPE, question: { renovationCode: '6-1045-12-7', more: 'x'.repeat(70_000) } };
  await refused(await bank.send(token, await bank.sign(token, large)), '413 upload-too-large');
  const fields = (await bank.sign(token, QUESTION)).fields;
  const broken = await bank.send(token, { fields, body: '{"type":' });
  assert.ok(broken.status === 400, broken.text);
  assert.deepEqual(await counts(), counted);
});

test('a contract revoked between token and question, and between question and poll; its version changed under a signed question', async () => {
  const client = await register('short-bank');
  const held = await client.token();
  const waiting = await client.ask(held, TYPE, { renovationCode: '9-9999-7-1' });
  assert.equal(waiting.status, 202, waiting.text);
  const signed = await client.sign(held, QUESTION);
  const contract = portal.composed.road.catalogue.contract('short-bank');
  await publish({ ...contract, version: 2, ratePerMinute: 9 });
  counted = await counts();
  await refused(await client.send(held, signed), '401 signature-invalid');
  const ready = await client.token();
  await publish({ ...contract, version: 3, until: now(-1) });
  await refused(await client.send(ready, await client.sign(ready, QUESTION)), '403 contract-not-in-force');
  const path = `/api/inquiries/${String(waiting.body['id'])}`;
  await refused(await client.get(ready, path), '403 contract-not-in-force');
  await refused(await client.get(ready, `${path}/evidence`), '403 contract-not-in-force');
  await refused(await bank.get(token, path), '404 inquiry-not-found');
});

test('a rate is held: Retry-After and the RateLimit fields say when and what is left', async () => {
  const client = await register('slow-bank', { ratePerMinute: 2 });
  const held = await client.token();
  const field = (answer: Answered, name: string): string | null => new Headers(answer.fields as [string, string][]).get(name);
  const first = await client.ask(held, TYPE, { renovationCode: '6-1045-12-7' });
  assert.deepEqual([first.status, field(first, 'ratelimit-policy')], [200, '"contract";q=2;w=60']);
  assert.match(field(first, 'ratelimit') ?? '', /^"contract";r=1;t=\d+$/);
  assert.equal((await client.ask(held, TYPE, { renovationCode: '6-1045-12-7' })).status, 200);
  counted = await counts();
  const over = await refused(await client.ask(held, TYPE, { renovationCode: '6-1045-12-7' }), '429 rate-limited');
  const wait = Number(field(over, 'retry-after'));
  assert.ok(wait > 0 && wait <= 30, String(wait));
  assert.match(field(over, 'ratelimit') ?? '', /^"contract";r=0;t=\d+$/);
});

test('refusals are counted under the contract whose token came, by code and day', async () => {
  await flushRefusals(portal.composed.road);
  const { rows } = await portal.composed.road.pool.query<{ code: string; refused: number }>(
    `select code, sum(refused)::int as refused from contract_refusal where contract = 'test-bank' group by code`,
  );
  const byCode = new Map(rows.map((one) => [one.code, one.refused]));
  for (const code of [
    'question-replayed',
    'digest-mismatch',
    'signature-invalid',
    'dpop-proof-invalid',
    'invalid-answers',
    'contract-type-forbidden',
  ])
    assert.ok((byCode.get(code) ?? 0) > 0, `${code} is counted`);
  const slow = await portal.composed.road.pool.query(
    `select 1 from contract_refusal where contract = 'slow-bank' and code = 'rate-limited'`,
  );
  assert.equal(slow.rowCount, 1);
});
