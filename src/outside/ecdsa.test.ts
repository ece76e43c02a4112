// Signatures as r and s, held against Node's own turning of them, and against OpenSSL's judgement of broken ones.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ecdsaSign, ecdsaVerify } from './ecdsa.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const RAW = { dsaEncoding: 'ieee-p1363' } as const;
const nodes = (data: Uint8Array, signature: Uint8Array): boolean => verify('sha256', data, { key: publicKey, ...RAW }, signature);

test('law: what we sign Node takes, what Node signs we take, and each is 64 bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
      const ours = ecdsaSign(privateKey, data);
      assert.equal(ours.length, 64);
      assert.ok(nodes(data, ours));
      assert.ok(ecdsaVerify(publicKey, data, sign('sha256', data, { key: privateKey, ...RAW })));
    }),
    // One r or s in 256 begins with a zero byte, which DER leaves out.
    { numRuns: 2000 },
  );
});

test('law: a signature with anything changed is judged as Node judges it', () => {
  const data = new Uint8Array([1, 2, 3]);
  const good = ecdsaSign(privateKey, data);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 70 }),
    fc.uint8Array({ minLength: 64, maxLength: 64 }),
    fc.tuple(fc.nat(63), fc.nat(255)).map(([at, byte]) => good.with(at, byte)),
    fc.constantFrom(new Uint8Array(64), new Uint8Array(64).fill(255), new Uint8Array(64).with(63, 1), good.subarray(0, 63)),
  );
  fc.assert(
    fc.property(bytes, (signature) => assert.equal(ecdsaVerify(publicKey, data, signature), nodes(data, signature))),
    { numRuns: 1000 },
  );
});
