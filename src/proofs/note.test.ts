// Signed notes and checkpoints against the examples of C2SP and of Go; and every way a note can be wrong.
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromBase64, toBase64, utf8 } from './bytes.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { keyId, openNote, readVerifierKey, signNote, verifierKey } from './note.ts';
import type { NoteSigner, NoteVerifier } from './types.ts';

/** A verifier of a C2SP key text, on Node's Ed25519. */
function verifier(text: string): NoteVerifier {
  const read = readVerifierKey(text);
  assert.ok(read, `${text} is a verifier key`);
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(read.publicKey).toString('base64url') },
    format: 'jwk',
  });
  return { ...read, verify: (message, signature) => verify(null, message, key, signature) };
}

function pair(name: string): { readonly signer: NoteSigner; readonly verifier: NoteVerifier } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  return {
    signer: { name, publicKey: raw, sign: (message) => sign(null, message, privateKey) },
    verifier: { name, publicKey: raw, verify: (message, signature) => verify(null, message, publicKey, signature) },
  };
}

/** The example of c2sp.org/signed-note. */
const C2SP_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const C2SP_NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

/** The published test key of Go’s sumdb/note: Ed25519 is deterministic, so signing must give Go’s very bytes. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_SEED = 'gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=';
const GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_LINE = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

test('the example of c2sp.org/signed-note opens', async () => {
  assert.equal(await openNote(C2SP_NOTE, verifier(C2SP_KEY)), 'This is an example message.\n');
});

test('a note signed here has the bytes that Go’s implementation gives it', async () => {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(GO_SEED, 'base64')]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { name, publicKey } = verifier(GO_KEY);
  const note = await signNote(GO_TEXT, { name, publicKey, sign: (message) => sign(null, message, key) });
  assert.equal(note, `${GO_TEXT}\n${GO_LINE}`);
  assert.equal(await openNote(note, verifier(GO_KEY)), GO_TEXT);
});

test('a verifier key is written as C2SP tools read it, and read only where its id is its own', () => {
  for (const text of [C2SP_KEY, GO_KEY])
    assert.equal(verifierKey(readVerifierKey(text) ?? { name: '', publicKey: new Uint8Array() }), text);
  for (const wrong of [
    C2SP_KEY.replace('foo', 'bar'),
    C2SP_KEY.replace('530d', '530e'),
    C2SP_KEY.replace('+Ae', '+Be'),
    C2SP_KEY.slice(0, -4),
    'x',
    '',
  ]) {
    assert.equal(readVerifierKey(wrong), undefined, wrong);
  }
  assert.equal(Buffer.from(keyId('example.com/foo', readVerifierKey(C2SP_KEY)!.publicKey)).toString('hex'), '530d903a');
});

test('no character of a signed note can be changed unseen', async () => {
  const key = verifier(C2SP_KEY);
  for (let at = 0; at < C2SP_NOTE.length; at += 1) {
    const code = C2SP_NOTE.charCodeAt(at);
    for (const flip of [1, 2, 4, 8, 16, 32, 64]) {
      const changed = C2SP_NOTE.slice(0, at) + String.fromCharCode(code ^ flip) + C2SP_NOTE.slice(at + 1);
      assert.equal(
        await openNote(changed, key),
        undefined,
        `character ${at} as ${JSON.stringify(String.fromCharCode(code ^ flip))}`,
      );
    }
  }
});

test('lines of other keys are passed over, but a malformed line or a bad signature of the key spoils the note', async () => {
  const [city, witness] = [pair('city.example/log'), pair('witness.example')];
  const text = 'a\nb\n\nc\n';
  const note = await signNote(text, city.signer);
  const line = (whole: string): string => whole.slice(whole.lastIndexOf('—'));
  const other = line(await signNote(text, witness.signer));
  const bad = line(await signNote('something else\n', city.signer));
  assert.equal(await openNote(note + other, city.verifier), text);
  assert.equal(await openNote(note + other, witness.verifier), text);
  assert.equal(await openNote(note, witness.verifier), undefined);
  assert.equal(await openNote(`${text}\n${bad}${line(note)}`, city.verifier), undefined, 'the first line of the key decides');
  assert.equal(await openNote(`${note}— broken\n`, city.verifier), undefined);
  assert.equal(await openNote(note + other.repeat(100), city.verifier), undefined, 'more than a hundred lines');
  assert.equal(await openNote(note.slice(0, -1), city.verifier), undefined);
  assert.equal(await openNote('', city.verifier), undefined);
  await assert.rejects(signNote('no newline', city.signer), TypeError);
  await assert.rejects(signNote('bell\u0007\n', city.signer), TypeError);
  await assert.rejects(signNote('x\n', { ...city.signer, name: 'two words' }), TypeError);
});

test('a checkpoint comes back as it was signed, extension lines and all', async () => {
  const { signer, verifier: key } = pair('dargah.example/ledger');
  const root = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
  for (const checkpoint of [
    { origin: 'dargah.example/ledger', size: 0, root },
    { origin: 'dargah.example/ledger', size: 20_852_163, root, extension: ['district 6', 'x'] },
  ]) {
    assert.deepEqual(await openCheckpoint(await signCheckpoint(checkpoint, signer), key), checkpoint);
  }
});

test('a signed note that is no checkpoint is not taken for one', async () => {
  const { signer, verifier: key } = pair('log');
  const root = toBase64(new Uint8Array(32));
  for (const text of [
    `log\n01\n${root}\n`,
    `log\n-1\n${root}\n`,
    `log\n9007199254740993\n${root}\n`,
    `\n1\n${root}\n`,
    'log\n1\nAAAA\n',
    'log\n1\n',
    `log\n1\n${root}\n\n`,
  ]) {
    assert.equal(await openCheckpoint(await signNote(text, signer), key), undefined, JSON.stringify(text));
  }
});

test('base64 and UTF-8 are Node’s, for all bytes and all texts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      assert.equal(toBase64(bytes), text);
      assert.deepEqual(fromBase64(text), Uint8Array.from(bytes));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      assert.deepEqual(utf8(text), Uint8Array.from(Buffer.from(text, 'utf8'))),
    ),
  );
  for (const wrong of ['A', 'AA', 'AA=', 'AB==', 'AAA', 'A===', '====', 'AAAA=', 'AA-_', ' AAA'])
    assert.equal(fromBase64(wrong), undefined, wrong);
});
