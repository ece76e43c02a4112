// A program that says who it is: rightly, twice, too long, for another, with another's key.
import assert from 'node:assert/strict';
import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import { checkClientAssertion } from './client-assertion.ts';
import type { AssertionDoor } from './client-assertion.ts';

const NOW = '2026-11-24T09:00:00.000Z' as Instant;
const SECONDS = Date.parse(NOW) / 1000;
const ISSUER = 'https://city.example';
const CLIENT = 'notary-12';

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const OTHER = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ED = generateKeyPairSync('ed25519');
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = (key: KeyObject, kid: string): JsonObject => ({ ...(key.export({ format: 'jwk' }) as JsonObject), kid });
const KEYS = [jwk(EC.publicKey, 'ec'), jwk(ED.publicKey, 'ed'), jwk(RSA.publicKey, 'rsa'), { kty: 'EC', kid: 'broken' }];

const CLAIMS: JWTPayload = { iss: CLIENT, sub: CLIENT, aud: ISSUER, exp: SECONDS + 30, jti: 'one-use' };

function door(): AssertionDoor {
  const known = new Set<string>();
  return {
    keysOf: (client) => Promise.resolve(client === CLIENT ? KEYS : undefined),
    issuer: ISSUER,
    seen: (id) => known.size === known.add(id).size,
    now: NOW,
  };
}

function assertion(
  claims: JWTPayload = CLAIMS,
  { alg = 'ES256', kid = 'ec', key = EC.privateKey }: { alg?: string; kid?: string; key?: KeyObject } = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
}

const refusedAs = (fault: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.code, 'client-assertion-invalid');
  assert.equal(error.facts['fault'], fault);
  return true;
};

test('a client is known by ES256, EdDSA and PS256', async () => {
  const at = door();
  const three = [
    await assertion(),
    await assertion({ ...CLAIMS, jti: '2' }, { alg: 'EdDSA', kid: 'ed', key: ED.privateKey }),
    await assertion({ ...CLAIMS, jti: '3' }, { alg: 'PS256', kid: 'rsa', key: RSA.privateKey }),
  ];
  const kids: string[] = [];
  for (const one of three) {
    const { clientId, kid } = await checkClientAssertion(one, at);
    assert.equal(clientId, CLIENT);
    kids.push(kid);
  }
  assert.deepEqual(kids, ['ec', 'ed', 'rsa']);
});

test('an assertion is used once, and its id is remembered for as long as it is good', async () => {
  const remembered: [string, Instant][] = [];
  const at: AssertionDoor = {
    ...door(),
    seen: (id, until) => {
      const isKnown = remembered.some(([one]) => one === id);
      remembered.push([id, until]);
      return isKnown;
    },
  };
  const one = await assertion();
  await checkClientAssertion(one, at);
  await assert.rejects(checkClientAssertion(one, at), refusedAs('replayed'));
  assert.ok((remembered[0]?.[1] ?? '') >= plusMillis(NOW, 40_000));
});

test('every claim that is not as agreed is refused, and spends no id', async () => {
  const at = door();
  const { exp: _exp, ...endless } = CLAIMS;
  const { jti: _jti, ...nameless } = CLAIMS;
  const wrong: readonly (readonly [JWTPayload, string])[] = [
    [{ ...CLAIMS, exp: SECONDS + 71 }, 'too-long'],
    [{ ...CLAIMS, exp: SECONDS - 11 }, 'expired'],
    [{ ...CLAIMS, aud: 'https://other.example' }, 'claim-aud'],
    [{ ...CLAIMS, aud: [ISSUER, 'https://other.example'] }, 'claim-aud'],
    [{ ...CLAIMS, aud: [ISSUER] }, 'claim-aud'],
    [{ ...CLAIMS, iss: 'bank-7' }, 'claim-iss'],
    [{ ...CLAIMS, sub: 'bank-7' }, 'client-unknown'],
    [{ ...CLAIMS, nbf: SECONDS + 11 }, 'claim-nbf'],
    [{ ...CLAIMS, iat: SECONDS + 11 }, 'claim-iat'],
    [{ ...CLAIMS, jti: '' }, 'claim-jti'],
    [{ ...CLAIMS, jti: 'x'.repeat(129) }, 'claim-jti'],
    [endless, 'claim-exp'],
    [nameless, 'claim-jti'],
  ];
  for (const [claims, fault] of wrong)
    await assert.rejects(checkClientAssertion(await assertion(claims), at), refusedAs(fault), fault);
  await checkClientAssertion(await assertion(), at);
});

test('another’s key, an unknown key, another algorithm, a secret and none are refused', async () => {
  const check = async (token: string) => checkClientAssertion(token, door());
  await assert.rejects(check(await assertion(CLAIMS, { key: OTHER.privateKey })), refusedAs('signature-wrong'));
  await assert.rejects(check(await assertion(CLAIMS, { kid: 'none' })), refusedAs('key-unknown'));
  await assert.rejects(check(await assertion(CLAIMS, { kid: 'broken' })), refusedAs('key-unknown'));
  await assert.rejects(check(await assertion(CLAIMS, { alg: 'RS256', kid: 'rsa', key: RSA.privateKey })), refusedAs('algorithm'));
  for (const kid of ['rsa', 'ed']) await assert.rejects(check(await assertion(CLAIMS, { kid })), refusedAs('algorithm'));
  const secret = createSecretKey(Buffer.from(EC.publicKey.export({ format: 'pem', type: 'spki' })));
  await assert.rejects(check(await assertion(CLAIMS, { alg: 'HS256', key: secret })), refusedAs('algorithm'));
  const [, payload = ''] = (await assertion()).split('.');
  const header = Buffer.from('{"alg":"none","kid":"ec"}').toString('base64url');
  await assert.rejects(check(`${header}.${payload}.`), refusedAs('algorithm'));
});

test('what is no token is refused', async () => {
  const token = await assertion();
  for (const text of ['', '.', 'a.b.c', token.slice(0, -1).replace(/^./, 'x'), `${token}.${token}`]) {
    await assert.rejects(checkClientAssertion(text, door()), Refusal, text);
  }
  await assert.rejects(
    checkClientAssertion(await assertion({ ...CLAIMS, note: 'x'.repeat(9000) }), door()),
    refusedAs('unreadable'),
  );
});

test('law: a token with anything changed is refused, and never breaks the door', async () => {
  const token = await assertion();
  const payload = fc.anything().map((value) => Buffer.from(JSON.stringify(value) ?? 'x').toString('base64url'));
  const part = fc.oneof(payload, fc.string(), fc.constantFrom(...token.split('.')));
  const tokens = fc.oneof(
    fc.array(part, { maxLength: 4 }).map((parts) => parts.join('.')),
    fc
      .tuple(fc.nat(token.length - 1), fc.string({ maxLength: 2 }))
      .map(([at, text]) => token.slice(0, at) + text + token.slice(at + 1)),
  );
  await fc.assert(
    fc.asyncProperty(tokens, async (changed) => {
      if (changed !== token) await assert.rejects(checkClientAssertion(changed, door()), Refusal);
    }),
    { numRuns: 500 },
  );
});
