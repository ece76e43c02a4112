// Webhooks against the example of the specification, with keys that are replaced, and as others would forge them.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromEpochMillis, plusMillis } from '#base/instant.ts';
import { signWebhook, webhookFault, webhookKey } from './webhook.ts';
import type { Webhook, WebhookHeaders } from './webhook.ts';

const SECRET = webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
const NEWER = webhookKey(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const MESSAGE: Webhook = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: fromEpochMillis(1_614_265_330_000),
  body: Buffer.from('{"test": 2432232314}'),
};
const now = MESSAGE.at;

function ed25519(): { readonly secret: string; readonly open: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = (value = ''): string => Buffer.from(value, 'base64url').toString('base64');
  return {
    secret: `whsk_${raw(privateKey.export({ format: 'jwk' }).d)}`,
    open: `whpk_${raw(publicKey.export({ format: 'jwk' }).x)}`,
  };
}

test('the example of the specification', () => {
  const headers = signWebhook(MESSAGE, [SECRET]);
  assert.deepEqual(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  assert.equal(webhookFault(headers, MESSAGE.body, { keys: [SECRET], now }), undefined);
});

test('with an elliptic key the receiver needs no secret', () => {
  const { secret, open } = ed25519();
  const headers = signWebhook(MESSAGE, [webhookKey(secret)]);
  assert.match(headers['webhook-signature'], /^v1a,[\w+/]{86}==$/);
  assert.equal(webhookFault(headers, MESSAGE.body, { keys: [webhookKey(open)], now }), undefined);
  assert.equal(webhookFault(headers, MESSAGE.body, { keys: [webhookKey(ed25519().open)], now }), 'signature-wrong');
  const whole = `whsk_${Buffer.concat([Buffer.from(secret.slice(5), 'base64'), Buffer.from(open.slice(5), 'base64')]).toString('base64')}`;
  assert.deepEqual(signWebhook(MESSAGE, [webhookKey(whole)]), headers);
});

test('while a key is replaced, who has the old and who has the new one both take it', () => {
  const headers = signWebhook(MESSAGE, [NEWER, SECRET]);
  for (const keys of [[SECRET], [NEWER], [webhookKey(ed25519().open), SECRET]])
    assert.equal(webhookFault(headers, MESSAGE.body, { keys, now }), undefined);
  const stranger = webhookKey(`whsec_${Buffer.alloc(24).toString('base64')}`);
  assert.equal(webhookFault(headers, MESSAGE.body, { keys: [stranger], now }), 'signature-wrong');
  assert.equal(webhookFault(headers, MESSAGE.body, { keys: [], now }), 'signature-wrong');
});

test('old, early, bare, unknown in version or of shifted parts is refused', () => {
  const headers = signWebhook(MESSAGE, [SECRET]);
  const fault = (change: Partial<WebhookHeaders>, at = now, body = MESSAGE.body) =>
    webhookFault({ ...headers, ...change }, body, { keys: [SECRET], now: at });
  assert.equal(fault({}, plusMillis(now, 301_000)), 'too-old');
  assert.equal(fault({}, plusMillis(now, -301_000)), 'in-future');
  assert.equal(fault({}, plusMillis(now, 300_000)), undefined);
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const) {
    const { [name]: _gone, ...rest } = headers;
    assert.equal(webhookFault(rest, MESSAGE.body, { keys: [SECRET], now }), 'missing');
  }
  assert.equal(fault({ 'webhook-timestamp': '1e9' }), 'missing');
  const base64 = headers['webhook-signature'].slice(3);
  for (const one of [`v2,${base64}`, `v1a,${base64}`, base64, 'v1,', 'v1', `v1,${base64.slice(4)}`])
    assert.equal(fault({ 'webhook-signature': one }), 'signature-wrong', one);
  const shifted = signWebhook({ ...MESSAGE, body: Buffer.from(`${headers['webhook-timestamp']}.x`) }, [SECRET]);
  const moved = { ...shifted, 'webhook-id': `${MESSAGE.id}.${headers['webhook-timestamp']}` };
  assert.equal(webhookFault(moved, Buffer.from('x'), { keys: [SECRET], now }), 'missing');
});

test('law: no byte of the body can be changed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (body, place, change) => {
        const headers = signWebhook({ ...MESSAGE, body }, [SECRET]);
        assert.equal(webhookFault(headers, body, { keys: [SECRET], now }), undefined);
        const changed = body.slice();
        changed[place % body.length]! ^= change;
        assert.equal(webhookFault(headers, changed, { keys: [SECRET], now }), 'signature-wrong');
      },
    ),
  );
});

test('what is no key, and an id that no webhook may have', () => {
  for (const text of [
    '',
    'secret',
    'whsec_',
    'whsec_AAAA',
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    'whpk_AAAA',
    'whsk_AAAA',
  ])
    assert.throws(() => webhookKey(text), TypeError, text);
  assert.throws(() => signWebhook({ ...MESSAGE, id: 'a.b' }, [SECRET]), TypeError);
});
