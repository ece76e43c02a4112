// What is kept of a question as it came: what its signature covers, byte for byte, and nothing else of the program that sent it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { kept } from './exchange.ts';

const INPUT = 'question=("@method" "content-type" "content-digest");created=1;nonce="n";keyid="k";tag="dargah-question"';
const ask = (body: Uint8Array) =>
  kept({
    method: 'POST',
    target: 'https://city.example/api/inquiries',
    fields: [
      ['Host', 'city.example'],
      ['User-Agent', 'Notary 3.1 (office of …)'],
      ['Authorization', 'DPoP secret'],
      ['DPoP', 'proof'],
      ['Content-Type', 'application/json'],
      ['Content-Digest', 'sha-256=:…:'],
      ['Signature-Input', INPUT],
      ['Signature', 'question=:…:'],
    ],
    body,
  });

test('of the fields those are kept that the signature covers, and the signature; never the token', () => {
  assert.deepEqual(
    ask(new Uint8Array()).fields.map(([name]) => name),
    ['Content-Type', 'Content-Digest', 'Signature-Input', 'Signature'],
  );
});

test('law: the bytes of a body come back, whether they are text or not', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      const one = ask(body);
      assert.deepEqual(
        new Uint8Array('text' in one ? Buffer.from(one.text) : Buffer.from(one.body, 'base64')),
        new Uint8Array(body),
      );
      assert.ok(!JSON.stringify(one).includes('\\u0000'), 'the database could not hold it');
    }),
    { numRuns: 500 },
  );
  assert.ok('text' in ask(new TextEncoder().encode('{"type":"مفاصا"}')));
});
