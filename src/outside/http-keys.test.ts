// The keys of HTTP messages against the examples of RFC 9421, appendix B: its keys, its messages, its signatures.
import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestFault } from '#proofs/http-digest.ts';
import { contractName } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { SignatureAlgorithm } from '#proofs/http-key.ts';
import type { HttpMessage, HttpRequest, HttpResponse } from '#proofs/http-message.ts';
import { signMessage, verifyMessage } from '#proofs/http-signature.ts';
import type { MessageVerifier } from '#proofs/http-signature.ts';
import { takeQuestion } from '#proofs/http-taken.ts';
import { jwkVerifier, messageSigner, messageVerifier, openMessageKey, publicJwk } from './http-keys.ts';

const pem = (kind: string, base64: string): string => `-----BEGIN ${kind} KEY-----\n${base64}\n-----END ${kind} KEY-----\n`;

/** B.1. */
const RSA_PSS = createPublicKey(
  pem(
    'PUBLIC',
    `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB`,
  ),
);
const P256 = createPublicKey(
  pem(
    'PUBLIC',
    `MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==`,
  ),
);
const ED25519 = createPrivateKey(pem('PRIVATE', 'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF'));
const SECRET = createSecretKey(
  'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
  'base64',
);

/** B.2. */
const REQUEST: HttpRequest = {
  method: 'POST',
  target: 'https://example.com/foo?param=Value&Pet=dog',
  fields: [
    ['Host', 'example.com'],
    ['Date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['Content-Type', 'application/json'],
    ['Content-Digest', 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:'],
    ['Content-Length', '18'],
  ],
};
const RESPONSE: HttpResponse = {
  status: 200,
  fields: [
    ['Date', 'Tue, 20 Apr 2021 02:07:56 GMT'],
    ['Content-Type', 'application/json'],
    ['Content-Digest', 'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:'],
    ['Content-Length', '23'],
  ],
};
const text = (body: string): Uint8Array => new TextEncoder().encode(body);
const digestOf = (message: HttpMessage): string | undefined => message.fields.find(([name]) => name === 'Content-Digest')?.[1];

type Example = {
  readonly message: HttpMessage;
  readonly input: string;
  readonly signature: string;
  readonly alg: SignatureAlgorithm;
  readonly key: KeyObject;
};

const EXAMPLES: Readonly<Record<string, Example>> = {
  'B.2.1 minimal, rsa-pss-sha512': {
    message: REQUEST,
    input: 'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    signature:
      'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==',
    alg: 'rsa-pss-sha512',
    key: RSA_PSS,
  },
  'B.2.2 selective, rsa-pss-sha512': {
    message: REQUEST,
    input:
      'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"',
    signature:
      'LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==',
    alg: 'rsa-pss-sha512',
    key: RSA_PSS,
  },
  'B.2.3 full, rsa-pss-sha512': {
    message: REQUEST,
    input:
      'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
    signature:
      'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==',
    alg: 'rsa-pss-sha512',
    key: RSA_PSS,
  },
  'B.2.4 a response, ecdsa-p256-sha256': {
    message: RESPONSE,
    input: 'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
    signature: 'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
    alg: 'ecdsa-p256-sha256',
    key: P256,
  },
  'B.2.5 hmac-sha256': {
    message: REQUEST,
    input: 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    signature: 'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=',
    alg: 'hmac-sha256',
    key: SECRET,
  },
  'B.2.6 ed25519': {
    message: REQUEST,
    input:
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    alg: 'ed25519',
    key: ED25519,
  },
};

function keyidOf(input: string): string {
  return /keyid="([^"]+)"/.exec(input)![1]!;
}

function verifierOf({ input, alg, key }: Example): MessageVerifier {
  return messageVerifier({ keyid: keyidOf(input), alg }, key.type === 'private' ? createPublicKey(key) : key);
}

for (const [name, example] of Object.entries(EXAMPLES)) {
  const { message, input, signature } = example;
  const signed = (value: string): HttpMessage => ({
    ...message,
    fields: [...message.fields, ['Signature-Input', input], ['Signature', `${input.split('=')[0]}=:${value}:`]],
  });
  test(`RFC 9421 ${name}: the signature verifies, and one of another message does not`, async () => {
    const verifier = verifierOf(example);
    const check = (one: HttpMessage) =>
      verifyMessage(one, { required: [] }, (keyid) => (keyid === verifier.keyid ? verifier : undefined));
    const checked = await check(signed(signature));
    assert.equal(checked.ok, true, JSON.stringify(checked));
    const wrong = Buffer.from(signature, 'base64');
    wrong[7]! ^= 1;
    assert.deepEqual(await check(signed(wrong.toString('base64'))), { ok: false, fault: 'signature-wrong' });
  });
}

for (const name of ['B.2.5 hmac-sha256', 'B.2.6 ed25519']) {
  test(`RFC 9421 ${name}: signing gives the very bytes of the example`, async () => {
    const { message, input, signature, alg, key } = EXAMPLES[name]!;
    const fields = await signMessage(message, messageSigner({ keyid: keyidOf(input), alg }, key), {
      label: input.split('=')[0]!,
      covered: /\((.*)\)/.exec(input)![1]!.split(' '),
      created: '2021-04-20T02:07:53.000Z' as never,
    });
    assert.deepEqual(fields, [
      ['signature-input', input],
      ['signature', `${input.split('=')[0]}=:${signature}:`],
    ]);
  });
}

test('the digests of the examples are those of their bodies', () => {
  assert.equal(digestFault(digestOf(REQUEST), text('{"hello": "world"}')), undefined);
  assert.equal(digestFault(digestOf(RESPONSE), text('{"message": "good dog"}')), undefined);
  assert.equal(digestFault(digestOf(RESPONSE), text('{"message": "good cat"}')), 'digest-wrong');
});

test('an elliptic signature that node makes, node and only the right key take', async () => {
  const [one, other] = [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ec', { namedCurve: 'P-256' })];
  const naming = { keyid: 'k', alg: 'ecdsa-p256-sha256' } as const;
  const base = text('a base');
  const signature = await messageSigner(naming, one.privateKey).sign(base);
  assert.equal(signature.length, 64);
  assert.equal(await messageVerifier(naming, one.publicKey).verify(base, signature), true);
  assert.equal(await messageVerifier(naming, other.publicKey).verify(base, signature), false);
  assert.equal(await messageVerifier(naming, one.publicKey).verify(base, new Uint8Array(0)), false);
});

test('a key is for the algorithm of its type and for no other', () => {
  const { publicKey: small } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { publicKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const wrong: readonly (readonly [SignatureAlgorithm, KeyObject])[] = [
    ['ed25519', P256],
    ['ecdsa-p256-sha256', RSA_PSS],
    ['ecdsa-p256-sha256', curve],
    ['rsa-pss-sha512', ED25519],
    ['rsa-pss-sha512', small],
    // The public key as the shared secret: the oldest of these attacks.
    ['hmac-sha256', P256],
    ['hmac-sha256', createSecretKey(Buffer.alloc(16))],
  ];
  for (const [alg, key] of wrong) {
    assert.throws(() => messageVerifier({ keyid: 'k', alg }, key), TypeError);
    assert.throws(() => messageSigner({ keyid: 'k', alg }, key), TypeError);
  }
});

test('the thumbprint of RFC 7638 §3.1', () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
  const jwk = readPublicJwk({ kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' });
  assert.ok(jwk);
  assert.equal(jwkThumbprint(jwk), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
});

test('a public key verifies from its JWK; a private one, a foreign one and a point off its curve are refused', () => {
  for (const key of [P256, RSA_PSS, createPublicKey(ED25519)]) {
    const jwk = readPublicJwk(publicJwk(key));
    assert.ok(jwk);
    assert.equal(jwkVerifier({ keyid: 'k', alg: algorithmOf(jwk) }, jwk)?.alg, algorithmOf(jwk));
    assert.equal(jwkVerifier({ keyid: 'k', alg: 'hmac-sha256' }, jwk), undefined);
  }
  assert.equal(readPublicJwk(ED25519.export({ format: 'jwk' }) as never), undefined);
  for (const json of [null, 'key', {}, { kty: 'oct', k: 'AAAA' }, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }]) {
    assert.equal(readPublicJwk(json as never), undefined);
  }
  const off = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const;
  assert.equal(jwkVerifier({ keyid: 'k', alg: 'ecdsa-p256-sha256' }, off), undefined);
});

test('the city’s key is made once, for its owner alone', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dargah-key-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const made = await openMessageKey(join(folder, 'keys'), 'inquiries');
  const again = await openMessageKey(join(folder, 'keys'), 'inquiries');
  assert.ok(made.equals(again));
  assert.equal(statSync(join(folder, 'keys', 'inquiries.pem')).mode & 0o077, 0);
});

test('a client written from the RFC alone, without any code of this house, is understood', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const sha256 = (data: string): Buffer => createHash('sha256').update(data).digest();
  const keyid = sha256(JSON.stringify({ crv, kty, x, y })).toString('base64url');
  const body = JSON.stringify({ type: 'planning-inquiry', question: { renovationCode: '1-22-333-4444' } });
  const digest = `sha-256=:${sha256(body).toString('base64')}:`;
  const contract = `id="bank-7", sha-256=:${sha256('{"id":"bank-7"}').toString('base64')}:`;
  const params = `("@method" "@target-uri" "content-type" "content-digest" "inquiry-contract");created=1795510800;nonce="4Qm1";keyid="${keyid}";tag="dargah-question"`;
  const base = [
    '"@method": POST',
    '"@target-uri": https://city.example/api/inquiries',
    '"content-type": application/json',
    `"content-digest": ${digest}`,
    `"inquiry-contract": ${contract}`,
    `"@signature-params": ${params}`,
  ].join('\n');
  const signature = sign('sha256', Buffer.from(base), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
  const request: HttpRequest = {
    method: 'POST',
    target: 'https://city.example/api/inquiries',
    fields: [
      ['Content-Type', 'application/json'],
      ['Content-Digest', digest],
      ['Inquiry-Contract', contract],
      ['Signature-Input', `q=${params}`],
      ['Signature', `q=:${signature}:`],
    ],
  };
  const jwk = readPublicJwk(publicJwk(publicKey));
  assert.ok(jwk);
  const known = jwkVerifier({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, jwk);
  const door = { find: (one: string) => (one === known?.keyid ? known : undefined), seen: () => false };
  const taken = await takeQuestion(request, text(body), { ...door, now: '2026-11-24T09:00:30.000Z' as never });
  assert.deepEqual(taken.contract, contractName({ id: 'bank-7' }));
  assert.equal(taken.hash, sha256(base).toString('base64'));
  assert.equal(taken.created, '2026-11-24T09:00:00.000Z');
});
