// Our reader of signed tokens held against jose's: what the one takes the other takes, token by token, however it was bent.
import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { calculateJwkThumbprint, jwtVerify } from 'jose';
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { assertionKey, readSignedJwt } from './signed-jwt.ts';

const NOW = '2026-11-24T09:00:00.000Z' as Instant;
const SECONDS = Date.parse(NOW) / 1000;
const ALGORITHMS = ['ES256', 'PS256', 'EdDSA', 'Ed25519'];
const PAIRS = {
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed: generateKeyPairSync('ed25519'),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
type Kind = keyof typeof PAIRS;
const REQUIRED = { iss: 'notary', jti: undefined, exp: undefined };

function signature(kind: Kind, key: KeyObject, data: Buffer): Buffer {
  switch (kind) {
    case 'ec':
      return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    case 'ed':
      return sign(null, data, key);
    case 'rsa':
      return sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  }
}

function token(kind: Kind, header: Json, claims: Json): string {
  const text = [header, claims].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');
  return `${text}.${signature(kind, PAIRS[kind].privateKey, Buffer.from(text)).toString('base64url')}`;
}

async function joseTakes(jwt: string, key: KeyObject): Promise<boolean> {
  try {
    const { protectedHeader } = await jwtVerify(jwt, key, {
      algorithms: ALGORITHMS,
      typ: 'dpop+jwt',
      issuer: 'notary',
      requiredClaims: ['jti', 'exp'],
      clockTolerance: 10,
      currentDate: new Date(NOW),
    });
    // The one thing we are stricter in: an extension that must be understood is none that we understand.
    return protectedHeader.crit === undefined;
  } catch {
    return false;
  }
}

function weTake(jwt: string, key: KeyObject): boolean {
  return typeof readSignedJwt(jwt, { now: NOW, key: () => key, typ: 'dpop+jwt', required: REQUIRED }) === 'object';
}

const time = fc.oneof(
  fc.integer({ min: SECONDS - 15, max: SECONDS + 15 }),
  fc.constantFrom<Json>(SECONDS + 0.5, 'soon', null, 1e300, -1),
);
const header = fc.record(
  {
    alg: fc.constantFrom<Json>(...ALGORITHMS, 'RS256', 'none', 'HS256', 1),
    typ: fc.constantFrom<Json>('dpop+jwt', 'DPoP+JWT', 'application/dpop+jwt', 'JWT', 7),
    crit: fc.constantFrom<Json>(['b64'], ['exp'], [], 'b64'),
    b64: fc.constantFrom<Json>(true, false),
  },
  { requiredKeys: [] },
);
const claims = fc.record(
  {
    iss: fc.constantFrom<Json>('notary', 'bank', ['notary']),
    jti: fc.constantFrom<Json>('1', ''),
    iat: time,
    nbf: time,
    exp: time,
  },
  { requiredKeys: [] },
);
const RIGHT: Readonly<Record<Kind, string>> = { ec: 'ES256', ed: 'EdDSA', rsa: 'PS256' };

test('law: our reader takes what jose takes and nothing else', async () => {
  let taken = 0;
  const bent = fc.record({ kind: fc.constantFrom<Kind>('ec', 'ed', 'rsa'), header, claims, isRight: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(bent, async ({ kind, header: top, claims: inner, isRight }) => {
      const shown = isRight ? { alg: RIGHT[kind], typ: 'dpop+jwt' } : (top as JsonObject);
      const jwt = token(kind, shown, { iss: 'notary', jti: 'x', exp: SECONDS + 30, ...(inner as JsonObject) });
      const key = PAIRS[kind].publicKey;
      const verdict = await joseTakes(jwt, key);
      taken += Number(verdict);
      assert.equal(weTake(jwt, key), verdict, jwt);
    }),
    { numRuns: 600 },
  );
  assert.ok(taken > 20, `${taken} of them were good`);
});

test('law: with any byte changed, neither takes it', async () => {
  for (const kind of ['ec', 'ed', 'rsa'] as const) {
    const key = PAIRS[kind].publicKey;
    const good = token(kind, { alg: RIGHT[kind], typ: 'dpop+jwt' }, { iss: 'notary', jti: 'x', exp: SECONDS + 30 });
    assert.ok(weTake(good, key) && (await joseTakes(good, key)));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.string({ maxLength: 2 }), (at, text) => {
        const changed = good.slice(0, at) + text + good.slice(at + 1);
        if (changed !== good) assert.equal(weTake(changed, key), false, changed);
      }),
      { numRuns: 300 },
    );
  }
});

test('a key of another kind than the algorithm, or of another curve, takes nothing', () => {
  const jwt = token('ec', { alg: 'ES256', typ: 'dpop+jwt' }, { iss: 'notary', jti: 'x', exp: SECONDS + 30 });
  for (const kind of ['ed', 'rsa'] as const)
    assert.equal(readSignedJwt(jwt, { now: NOW, key: () => PAIRS[kind].publicKey, required: {} }), 'algorithm');
  const wide = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  assert.equal(assertionKey(wide.publicKey.export({ format: 'jwk' })), undefined);
  assert.equal(assertionKey(PAIRS.ec.privateKey.export({ format: 'jwk' })), undefined);
});

test('the thumbprint of each kind of key is jose’s', async () => {
  for (const { publicKey } of Object.values(PAIRS)) {
    const jwk = publicKey.export({ format: 'jwk' });
    assert.equal(assertionKey({ ...jwk, kid: 'x', use: 'sig' })?.thumbprint, await calculateJwkThumbprint(jwk as never));
  }
});
