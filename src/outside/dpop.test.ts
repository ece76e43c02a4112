// Proofs of possession against the examples of RFC 9449, and as thieves of a token would make them.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { fromEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import { checkAccess, checkDpop, newAccessToken, tokenHash } from './dpop.ts';
import type { AccessGrant, DpopDoor } from './dpop.ts';

const NOW = '2026-11-24T09:00:00.000Z' as Instant;
const SECONDS = Date.parse(NOW) / 1000;
const TARGET = 'https://city.example/api/inquiries';
const CLIENT = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const THIEF = generateKeyPairSync('ed25519');

const CLAIMS: JWTPayload = { jti: 'p-1', htm: 'POST', htu: TARGET, iat: SECONDS };

function door(change: Partial<DpopDoor> = {}): DpopDoor {
  const known = new Set<string>();
  return { method: 'POST', target: TARGET, seen: (id) => known.size === known.add(id).size, now: NOW, ...change };
}

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

function proof(claims: JWTPayload = CLAIMS, pair: Pair = CLIENT, header: object = {}): Promise<string> {
  const alg = pair === THIEF ? 'EdDSA' : 'ES256';
  const jwk = pair.publicKey.export({ format: 'jwk' });
  return new SignJWT(claims).setProtectedHeader({ alg, typ: 'dpop+jwt', jwk, ...header } as never).sign(pair.privateKey);
}

const refusedAs = (code: string, fault?: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.code, code);
  assert.equal(error.facts['fault'], fault);
  return true;
};
const refused = (fault: string) => refusedAs('dpop-proof-invalid', fault);

/** RFC 9449 §4.1, figure 1. */
const EXAMPLE =
  'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg';

test('the proof of RFC 9449 §4.1 is good at its time and place, and names the key of §6.1', async () => {
  const at = door({ target: 'https://server.example.com/token', now: fromEpochMillis(1_562_262_616_000) });
  assert.equal(await checkDpop(EXAMPLE, at), '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  await assert.rejects(checkDpop(EXAMPLE, at), refused('replayed'));
  await assert.rejects(checkDpop(EXAMPLE, door({ target: 'https://server.example.com/token' })), refused('claim-iat'));
});

test('the hash of a token is the `ath` of RFC 9449 §7.1', () => {
  assert.equal(tokenHash('Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'), 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo');
});

test('tokens are of 256 bits, each its own, and kept by their hash', () => {
  const many = Array.from({ length: 100 }, newAccessToken);
  assert.equal(new Set(many.map(({ token }) => token)).size, 100);
  for (const { token, hash } of many) {
    assert.match(token, /^[\w-]{43}$/);
    assert.equal(hash, tokenHash(token));
  }
});

test('query, fragment, case of the host and the default port make no other place', async () => {
  for (const htu of [TARGET, `${TARGET}?a=1#b`, 'https://CITY.example:443/api/inquiries', 'https://city.example/api/./inquiries'])
    await checkDpop(await proof({ ...CLAIMS, htu }), door({ target: `${TARGET}?type=x` }));
});

test('a proof of another request, time, kind or key is refused', async () => {
  const wrong: readonly (readonly [JWTPayload, string])[] = [
    [{ ...CLAIMS, htm: 'GET' }, 'claim-htm'],
    [{ ...CLAIMS, htu: `${TARGET}/1` }, 'claim-htu'],
    [{ ...CLAIMS, htu: 'http://city.example/api/inquiries' }, 'claim-htu'],
    [{ ...CLAIMS, htu: 'nowhere' }, 'claim-htu'],
    [{ ...CLAIMS, iat: SECONDS - 71 }, 'claim-iat'],
    [{ ...CLAIMS, iat: SECONDS + 11 }, 'claim-iat'],
    [{ ...CLAIMS, jti: '' }, 'claim-jti'],
    [{ jti: 'x', htm: 'POST', htu: TARGET }, 'claim-iat'],
    [{ htm: 'POST', htu: TARGET, iat: SECONDS }, 'claim-jti'],
  ];
  for (const [claims, fault] of wrong) await assert.rejects(checkDpop(await proof(claims), door()), refused(fault), fault);
  await assert.rejects(checkDpop(await proof(CLAIMS, CLIENT, { typ: 'JWT' }), door()), refused('type'));
  await assert.rejects(checkDpop(undefined, door()), refused('missing'));
  await assert.rejects(checkDpop('a.b.c', door()), refused('unreadable'));
  const foreign = { jwk: THIEF.publicKey.export({ format: 'jwk' }) };
  await assert.rejects(checkDpop(await proof(CLAIMS, CLIENT, foreign), door()), refused('algorithm'));
  const another = { jwk: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) };
  await assert.rejects(checkDpop(await proof(CLAIMS, CLIENT, another), door()), refused('signature-wrong'));
  const secret = { jwk: CLIENT.privateKey.export({ format: 'jwk' }) };
  await assert.rejects(checkDpop(await proof(CLAIMS, CLIENT, secret), door()), refused('key-unknown'));
  await assert.rejects(checkDpop(await proof(CLAIMS, CLIENT, { jwk: undefined }), door()), refused('key-unknown'));
});

test('where the server gives out nonces, a proof carries one of them', async () => {
  await assert.rejects(checkDpop(await proof(), door({ nonces: ['n-2', 'n-1'] })), refused('use-nonce'));
  await checkDpop(await proof({ ...CLAIMS, nonce: 'n-1' }), door({ nonces: ['n-2', 'n-1'] }));
});

test('a token is good with its own key until its end, and of no use to who stole it', async () => {
  const { token, hash } = newAccessToken();
  const thumbprint = await checkDpop(await proof(), door());
  const grant = { thumbprint, until: '2026-11-24T09:05:00.000Z' as Instant, client: 'notary-12' };
  const find = (one: string): Promise<(AccessGrant & { client: string }) | undefined> =>
    Promise.resolve(one === hash ? grant : undefined);
  const present = async (claims: JWTPayload, pair = CLIENT as Pair) => ({
    authorization: `DPoP ${token}`,
    dpop: await proof(claims, pair),
  });
  const bound = { ...CLAIMS, ath: hash };
  assert.equal((await checkAccess(await present(bound), find, door())).client, 'notary-12');
  await assert.rejects(checkAccess(await present(bound, THIEF), find, door()), refused('key-differs'));
  await assert.rejects(checkAccess(await present(CLAIMS), find, door()), refused('claim-ath'));
  await assert.rejects(checkAccess(await present({ ...CLAIMS, ath: tokenHash('x') }), find, door()), refused('claim-ath'));
  await assert.rejects(checkAccess({ authorization: `DPoP ${token}`, dpop: undefined }, find, door()), refused('missing'));
  const noToken = refusedAs('access-token-invalid');
  for (const authorization of [undefined, '', `Bearer ${token}`, `DPoP ${token}x`, 'DPoP ', `DPoP ${token}, DPoP ${token}`])
    await assert.rejects(checkAccess({ ...(await present(bound)), authorization }, find, door()), noToken);
  await assert.rejects(checkAccess(await present(bound), find, door({ now: grant.until })), noToken);
});
