// A signature over a contract's terms: good for that text, that side and those people alone, by each kind of key; read by other tools too.
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compactVerify } from 'jose';
import { instant } from '#base/instant.ts';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import { jwkVerifier, messageSigner, publicJwk } from '#outside/http-keys.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { MessageSigner, MessageVerifier } from '#proofs/http-signature.ts';
import { judgeTermsSignature, signTerms } from '#proofs/terms-signature.ts';

const AT = instant('2026-11-24T09:00:00Z');
const TERMS: JsonObject = { id: 'bank', purpose: { fa: 'وثیقه', en: 'Security' }, ratePerMinute: 60 };
const CLAIMS = { side: 'organisation', person: 'nasrin', how: 'key' } as const;

type Pair = { readonly signer: MessageSigner; readonly verifier: MessageVerifier; readonly key: KeyObject };
function pair(privateKey: KeyObject): Pair {
  const jwk = readPublicJwk(publicJwk(createPublicKey(privateKey)))!;
  const naming = { keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) };
  return { signer: messageSigner(naming, privateKey), verifier: jwkVerifier(naming, jwk)!, key: createPublicKey(privateKey) };
}
const KEYS: readonly Pair[] = [
  pair(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  pair(generateKeyPairSync('ed25519').privateKey),
  pair(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
];
const findOf =
  ({ verifier }: Pair) =>
  (kid: string) =>
    kid === verifier.keyid ? verifier : undefined;

test('each kind of key signs the terms, and a library that knows nothing of this reads it as a detached JWS', async () => {
  for (const one of KEYS) {
    const jws = await signTerms(TERMS, one.signer, CLAIMS, AT);
    const judged = await judgeTermsSignature(jws, TERMS, findOf(one), CLAIMS);
    assert.ok(typeof judged !== 'string', String(judged));
    assert.deepEqual([judged['person'], judged['iat'], judged['kid']], ['nasrin', 1795510800, one.signer.keyid]);
    const payload = Buffer.from(canonical(TERMS)).toString('base64url');
    const whole = await compactVerify(jws.replace('..', `.${payload}.`), one.key);
    assert.equal(new TextDecoder().decode(whole.payload), canonical(TERMS));
  }
});

test('another text, another side, person or way, another key, another algorithm, a bent header: refused, each by its name', async () => {
  const [one, other] = [KEYS[0]!, KEYS[1]!];
  const jws = await signTerms(TERMS, one.signer, CLAIMS, AT);
  const judge = (text: string, terms = TERMS, claims: object = CLAIMS, find = findOf(one)) =>
    judgeTermsSignature(text, terms, find, claims as typeof CLAIMS);
  assert.equal(await judge(jws, { ...TERMS, ratePerMinute: 61 }), 'signature-wrong');
  assert.equal(await judge(jws, TERMS, { ...CLAIMS, side: 'city' }), 'claims-differ');
  assert.equal(await judge(jws, TERMS, { ...CLAIMS, person: 'karim' }), 'claims-differ');
  assert.equal(await judge(jws, TERMS, { ...CLAIMS, how: 'login' }), 'claims-differ');
  assert.equal(await judge(jws, TERMS, CLAIMS, findOf(other)), 'key-unknown');
  assert.equal(await judge(jws, TERMS, CLAIMS, () => other.verifier), 'key-unknown', 'the header does not choose the algorithm');
  const [head = '', , signature = ''] = jws.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as JsonObject;
  const bent = (change: JsonObject): string =>
    `${Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url')}..${signature}`;
  assert.equal(await judge(bent({ iat: 0 })), 'signature-wrong');
  assert.equal(await judge(bent({ typ: 'JWT' })), 'unreadable');
  assert.equal(await judge(bent({ crit: ['b64'] })), 'unreadable');
  assert.equal(await judge(bent({ alg: 'none' })), 'key-unknown');
});

test('whatever is given for a signature, the answer is a word and never an error', async () => {
  const one = KEYS[0]!;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.tuple(fc.string(), fc.string()).map(([a, b]) => `${a}..${b}`),
      ),
      async (text) => {
        assert.equal(typeof (await judgeTermsSignature(text, TERMS, findOf(one), CLAIMS)), 'string');
      },
    ),
  );
});
