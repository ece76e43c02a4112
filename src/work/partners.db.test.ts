// What holds of a program's questions whichever server they come to: two servers on one database, and a third that has just begun.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { JsonObject } from '#base/json.ts';
import type { Contract } from '#inquiries/types.ts';
import { compose } from '#main/compose.ts';
import type { Composed } from '#main/compose.ts';
import { jwkThumbprint } from '#proofs/http-key.ts';
import type { HttpFields } from '#proofs/http-message.ts';
import { publishContract } from '#store/inquiries.ts';
import { openPool } from '#store/pool.ts';
import { partnerClient } from '#testing/partner-client.ts';
import type { PartnerClient, Token } from '#testing/partner-client.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import type { Received, Signed } from './inquiries/exchange.ts';
import { askSigned } from './partners.ts';
import { forgetSpent } from './purse.ts';
import type { Road } from './road.ts';

const ID = 'two-servers';
const TYPE = 'renovation-duty-status';
const QUESTION: JsonObject = { renovationCode: '6-1045-12-7' };

let portal: TestPortal;
let second: Composed;
let client: PartnerClient;
let token: Token;
let [first, other]: readonly Road[] = [];

before(async () => {
  portal = await testPortal({ ticking: false });
  client = partnerClient(portal.origin, ID);
  await publish(1);
  first = portal.composed.road;
  await first.catalogue.refresh();
  second = await another();
  other = second.road;
  token = await client.token();
});
after(async () => {
  await second.stop();
  await portal.stop();
});

function another(): Promise<Composed> {
  const appUrl = portal.composed.road.pool.options.connectionString ?? '';
  const { dataFolder, origin } = portal;
  return compose({ appUrl, dataFolder, origin, production: false, ticking: false });
}

async function publish(version: number, change: Partial<Contract> = {}): Promise<void> {
  const pool = openPool(portal.migratorUrl, { max: 1 });
  const since = instant('2026-01-01T00:00:00Z');
  const contract: Contract = {
    id: ID,
    version,
    organisation: { id: ID, name: { fa: 'بانک', en: 'Bank' }, kind: 'bank' },
    purpose: { fa: 'وثیقه', en: 'Security' },
    legal: { fa: 'نمونه', en: 'Sample' },
    types: { [TYPE]: { fields: ['clear'] } },
    ratePerMinute: 1000,
    visibility: 'now',
    from: since,
    until: instant('2036-01-01T00:00:00Z'),
    keys: [{ ...client.jwk, kid: jwkThumbprint(client.jwk), alg: 'ES256' }],
    persons: [],
    test: false,
    ...change,
  };
  await publishContract(pool, contract, since);
  await pool.end();
}

async function received(question = QUESTION, more: HttpFields = []): Promise<Received> {
  const { fields, body } = await client.sign(token, { type: TYPE, question });
  const proof = await client.prove('POST', '/api/inquiries', { token: token.token });
  const bound = [['authorization', `DPoP ${token.token}`] as const, ['dpop', proof] as const];
  const target = `${portal.origin}/api/inquiries`;
  return { method: 'POST', target, fields: [...fields, ...bound, ...more], body: Buffer.from(body) };
}

/** The same question with a fresh proof: its nonce alone stands in the way. */
async function provenAnew(request: Received): Promise<Received> {
  const proof = await client.prove('POST', '/api/inquiries', { token: token.token });
  return { ...request, fields: request.fields.map(([name, value]) => [name, name === 'dpop' ? proof : value] as const) };
}

async function count(): Promise<number> {
  const { rows } = await first!.pool.query<{ n: number }>(`select count(*)::int as n from inquiry where contract = $1`, [ID]);
  return rows[0]?.n ?? 0;
}

const refused =
  (code: string, fault?: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Refusal, String(error));
    assert.deepEqual([error.code, error.facts['fault']], [code, fault]);
    return true;
  };
const idOf = ({ body }: Signed): unknown => (JSON.parse(body) as JsonObject)['id'];

test('a question is good once: not again, not on another server, not after a restart', async () => {
  const request = await received();
  const signed = await askSigned(first!, request);
  assert.equal(signed.status, 200);
  const asked = await count();
  const third = await another();
  for (const road of [first!, other!, third.road]) {
    await assert.rejects(askSigned(road, request), refused('dpop-proof-invalid', 'replayed'));
    await assert.rejects(askSigned(road, await provenAnew(request)), refused('question-replayed'));
  }
  await third.stop();
  assert.equal(await count(), asked);
});

test('of the same question on two servers at once, one is answered and one is refused', async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const [request, before] = [await received(), await count()];
    const both = await Promise.allSettled([askSigned(first!, request), askSigned(other!, request)]);
    assert.deepEqual(both.map((one) => one.status).toSorted(), ['fulfilled', 'rejected']);
    assert.equal(await count(), before + 1);
  }
});

test('a question refused for something else is spent all the same', async () => {
  const wrong = await received({ renovationCode: '6-1045-12-7', more: 1 });
  await assert.rejects(askSigned(first!, wrong), refused('invalid-answers'));
  await assert.rejects(askSigned(other!, wrong), refused('dpop-proof-invalid', 'replayed'));
});

test('the same key, signed anew, is the same inquiry on either server; another question under it is refused', async () => {
  const key: HttpFields = [['idempotency-key', randomUUID()]];
  const two = await Promise.all([
    askSigned(first!, await received(QUESTION, key)),
    askSigned(other!, await received(QUESTION, key)),
  ]);
  assert.equal(idOf(two[0]), idOf(two[1]));
  const differing = received({ renovationCode: '6-1102-4-15' }, key);
  await assert.rejects(askSigned(other!, await differing), refused('key-reused'));
});

test('what was spent is forgotten when it can no longer be replayed, and not before', async () => {
  await askSigned(first!, await received());
  const left = async (): Promise<number> =>
    (await first!.pool.query<{ n: number }>(`select count(*)::int as n from spent`)).rows[0]?.n ?? 0;
  const before = await left();
  const at = (millis: number): Road => {
    const { ports } = first!;
    const world = { ...ports.world, now: () => plusMillis(ports.world.now(), millis) };
    return { ...first!, ports: { ...ports, world } };
  };
  await forgetSpent(at(0));
  assert.equal(await left(), before);
  await forgetSpent(at(180_000));
  assert.equal(await left(), 0);
});

test('a contract that one server ends is ended on the other with its next question, token or not', async () => {
  assert.equal((await askSigned(other!, await received())).status, 200);
  const asked = await count();
  await publish(2, { until: plusMillis(first!.ports.world.now(), -1000) });
  for (const road of [other!, first!, other!])
    await assert.rejects(askSigned(road, await received()), refused('contract-not-in-force'));
  assert.equal(await count(), asked);
});
