// Receipts as an applicant brings them: whole, changed, and nothing of the kind.
import assert from 'node:assert/strict';
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonical } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { toBase64 } from './bytes.ts';
import { signCheckpoint } from './checkpoint.ts';
import { commit } from './commitment.ts';
import { leafHash } from './merkle.ts';
import { appendLeaves, inclusionFromNodes } from './nodes.ts';
import { makeReceipt, verifyReceipt, withInclusion } from './receipt.ts';
import type { LeafEvent, NoteSigner, NoteVerifier, Receipt } from './types.ts';

const NAME = 'dargah.example/ledger';
const EVENT: LeafEvent = {
  case: '14054821903476',
  seq: 1,
  previous: '',
  type: 'ApplicationSubmitted',
  at: '2026-11-24T09:00:00.000Z',
  role: 'applicant',
  data: { نام: 'زهرا', area: 120.5 },
};
const SALT = Uint8Array.from({ length: 32 }, (_, at) => at);

function keys(name = NAME): { readonly signer: NoteSigner; readonly verifier: NoteVerifier } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    signer: { name, publicKey: raw, sign: (message) => sign(null, message, privateKey) },
    verifier: { name, publicKey: raw, verify: (message, signature) => verify(null, message, publicKey, signature) },
  };
}

const CITY = keys();

/** The receipt of EVENT as leaf 5 of a log of 11. */
async function proven(): Promise<Receipt> {
  const leaves = Array.from({ length: 11 }, (_, at) => (at === 5 ? commit(EVENT, SALT) : leafHash(randomBytes(8))));
  const { nodes, size, root } = await appendLeaves(0, leaves, () => Promise.reject(new Error('nothing was stored before')));
  const read = (level: number, index: number): Promise<Uint8Array> =>
    Promise.resolve(nodes.find((one) => one.level === level && one.index === index)!.hash);
  const checkpoint = await signCheckpoint({ origin: NAME, size, root }, CITY.signer);
  return withInclusion(await makeReceipt(EVENT, SALT, CITY.signer), await inclusionFromNodes(5, size, read), checkpoint);
}

const found = async (receipt: unknown, verifier = CITY.verifier): Promise<readonly string[]> =>
  (await verifyReceipt(receipt as Json, verifier)).findings.map((one) => `${one.code} at ${one.place}`);

test('a commitment is SHA-256(0x00 ‖ HMAC-SHA-256(salt, JCS(event)))', () => {
  const mac = createHmac('sha256', SALT).update(canonical(EVENT), 'utf8').digest();
  const expected = createHash('sha256').update(Uint8Array.of(0)).update(mac).digest('hex');
  assert.equal(Buffer.from(commit(EVENT, SALT)).toString('hex'), expected);
});

test('a commitment does not depend on the order of names, but on every value and on the salt', () => {
  const turned = Object.fromEntries(Object.entries(EVENT).toReversed());
  assert.deepEqual(commit(turned, SALT), commit(EVENT, SALT));
  assert.notDeepEqual(commit({ ...EVENT, seq: 2 }, SALT), commit(EVENT, SALT));
  assert.notDeepEqual(commit(EVENT, SALT.with(31, 0)), commit(EVENT, SALT));
  assert.throws(() => commit(EVENT, SALT.subarray(1)), RangeError);
});

test('a receipt holds before the log has the event, and after', async () => {
  const promise = await makeReceipt(EVENT, SALT, CITY.signer);
  assert.deepEqual(await verifyReceipt(promise, CITY.verifier), { ok: true, findings: [], included: false, event: EVENT });
  const whole = JSON.parse(JSON.stringify(await proven())) as Json;
  assert.deepEqual(await verifyReceipt(whole, CITY.verifier), { ok: true, findings: [], included: true, event: EVENT });
});

test('each kind of change is named by its place', async () => {
  const good = await proven();
  const inclusion = good.inclusion!;
  const other = await makeReceipt({ ...EVENT, seq: 9 }, SALT, CITY.signer);
  const another = keys('someone.example/ledger');
  const foreign = await signCheckpoint({ origin: NAME, size: inclusion.size, root: commit(EVENT, SALT) }, keys().signer);
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['a field of the event', { ...good, event: { ...EVENT, at: '2026-11-23T09:00:00.000Z' } }, ['receipt-event at event, salt']],
    ['a field more', { ...good, event: { ...EVENT, paid: true } }, ['receipt-event at event, salt']],
    ['the salt', { ...good, salt: toBase64(SALT.with(0, 9)) }, ['receipt-event at event, salt']],
    ['the leaf', { ...good, leaf: other.leaf }, ['receipt-leaf at leaf', 'receipt-inclusion at inclusion.index, inclusion.path']],
    ['the promise of another event', { ...good, promise: other.promise }, ['receipt-promise at promise']],
    ['a promise that is a checkpoint', { ...good, promise: inclusion.checkpoint }, ['receipt-promise at promise']],
    [
      'the signature',
      { ...good, promise: good.promise.replace('dargah receipt', 'Dargah receipt') },
      ['receipt-signature at promise'],
    ],
    ['the index', { ...good, inclusion: { ...inclusion, index: 4 } }, ['receipt-inclusion at inclusion.index, inclusion.path']],
    ['the size', { ...good, inclusion: { ...inclusion, size: 12 } }, ['receipt-inclusion at inclusion.size']],
    [
      'the path',
      { ...good, inclusion: { ...inclusion, path: inclusion.path.toReversed() } },
      ['receipt-inclusion at inclusion.index, inclusion.path'],
    ],
    [
      'the checkpoint',
      { ...good, inclusion: { ...inclusion, checkpoint: foreign } },
      ['receipt-checkpoint at inclusion.checkpoint'],
    ],
    [
      'a promise for a checkpoint',
      { ...good, inclusion: { ...inclusion, checkpoint: good.promise } },
      ['receipt-checkpoint at inclusion.checkpoint'],
    ],
    ['a member beside', { ...good, granted: true }, ['receipt-shape at receipt']],
    ['a missing part', { ...good, salt: undefined, leaf: undefined }, ['receipt-shape at receipt']],
    ['no receipt', [good], ['receipt-shape at receipt']],
  ];
  for (const [what, receipt, expected] of cases) assert.deepEqual(await found(receipt), expected, what);
  assert.deepEqual(await found(good, another.verifier), [
    'receipt-signature at promise',
    'receipt-checkpoint at inclusion.checkpoint',
  ]);
});

/** Every place of a JSON value where a string, number or member stands. */
function changed(value: Json, pick: () => number): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') {
    if (value === '') return 'x';
    const at = pick() % value.length;
    return value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ (1 << (pick() % 7))) + value.slice(at + 1);
  }
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const at = pick() % list.length;
    return list.with(at, changed(list[at] ?? null, pick));
  }
  const names = Object.keys(value as JsonObject);
  const name = names[pick() % names.length] ?? '';
  return { ...(value as JsonObject), [name]: changed((value as JsonObject)[name] ?? null, pick) };
}

test('no bit of a receipt can be changed unseen', async () => {
  const good = JSON.parse(JSON.stringify(await proven())) as Json;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), async (choices) => {
      let at = 0;
      const wrong = changed(good, () => choices[at++ % choices.length] ?? 0);
      assert.equal((await verifyReceipt(wrong, CITY.verifier)).ok, false, JSON.stringify(wrong));
    }),
    { numRuns: 600 },
  );
});

test('anything at all can be brought as a receipt, and nothing but a receipt is one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) =>
      assert.equal((await verifyReceipt(value as Json, CITY.verifier)).ok, false),
    ),
    { numRuns: 300 },
  );
});
