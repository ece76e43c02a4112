// Webhooks as the Standard Webhooks specification has them: id, time and body under HMAC-SHA256 (`v1`) or Ed25519 (`v1a`), checked in constant time.
// Sends nothing: makes the header fields and checks them.
import { createHmac, createPrivateKey, createPublicKey, sign, timingSafeEqual, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';

/** Old or early by no more than this. */
const TOLERANCE_SECONDS = 300;
/** More signatures are not looked at: each costs a computation. */
const MOST_SIGNATURES = 10;

export type WebhookKey =
  { readonly version: 'v1'; readonly secret: Uint8Array } | { readonly version: 'v1a'; readonly key: KeyObject };

/** `whsec_…` (24 to 64 bytes), `whsk_…` or `whpk_…` (Ed25519, private or public), base64. Throws TypeError for another text. */
export function webhookKey(text: string): WebhookKey {
  const [, prefix = '', base64 = ''] = /^(whsec|whsk|whpk)_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (prefix === 'whsec' && bytes.length >= 24 && bytes.length <= 64) return { version: 'v1', secret: bytes };
  if (prefix === 'whpk' && bytes.length === 32) {
    return {
      version: 'v1a',
      key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' }),
    };
  }
  // The seed, with the public key behind it or without.
  if (prefix === 'whsk' && (bytes.length === 32 || bytes.length === 64)) {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes.subarray(0, 32)]);
    return { version: 'v1a', key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
  }
  throw new TypeError('no webhook key: whsec_, whsk_ or whpk_ and base64');
}

export type Webhook = {
  /** Unique, and the same when it is sent again: `msg_…`, without a dot. */
  readonly id: string;
  readonly at: Instant;
  readonly body: Uint8Array;
};
export type WebhookHeaders = {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

/** A signature by each key: while one is replaced, receivers hold the old or the new. */
export function signWebhook({ id, at, body }: Webhook, keys: readonly WebhookKey[]): WebhookHeaders {
  if (!/^[\w-]+$/.test(id)) throw new TypeError('the id of a webhook is of letters, digits, _ and -');
  const timestamp = String(Math.floor(toEpochMillis(at) / 1000));
  const content = contentOf(id, timestamp, body);
  const signatures = keys.map((key) => `${key.version},${signed(key, content).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

export type WebhookFault = 'missing' | 'too-old' | 'in-future' | 'signature-wrong';

/** Undefined where one of the signatures is by one of the keys, and the time is near. The id tells a repetition: that is for the caller to know. */
export function webhookFault(
  headers: Partial<WebhookHeaders>,
  body: Uint8Array,
  { keys, now }: { readonly keys: readonly WebhookKey[]; readonly now: Instant },
): WebhookFault | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  // A dot in an id would let one message be read as another.
  if (!/^[^.\s]{1,256}$/.test(id ?? '') || signatures === undefined || !/^\d{1,12}$/.test(timestamp ?? '')) return 'missing';
  const age = toEpochMillis(now) / 1000 - Number(timestamp);
  if (age > TOLERANCE_SECONDS) return 'too-old';
  if (age < -TOLERANCE_SECONDS) return 'in-future';
  const content = contentOf(id ?? '', timestamp ?? '', body);
  const isGood = signatures
    .split(' ', MOST_SIGNATURES)
    .map((one) => one.split(','))
    .some(([version, base64 = '']) =>
      keys.some((key) => key.version === version && isSigned(key, content, Buffer.from(base64, 'base64'))),
    );
  return isGood ? undefined : 'signature-wrong';
}

function contentOf(id: string, timestamp: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
}

function signed(key: WebhookKey, content: Buffer): Buffer {
  return key.version === 'v1' ? createHmac('sha256', key.secret).update(content).digest() : sign(null, content, key.key);
}

function isSigned(key: WebhookKey, content: Buffer, signature: Buffer): boolean {
  if (key.version === 'v1a') return verify(null, content, key.key, signature);
  const right = signed(key, content);
  return right.length === signature.length && timingSafeEqual(right, signature);
}
