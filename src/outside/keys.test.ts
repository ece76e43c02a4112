// The demo's key folder on a real disk: who comes first, who may read, what is never replaced.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { noteVerifier, openKeys } from './keys.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dargah-keys-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('keys are made once, by whoever comes first, and are their owner’s alone', async () => {
  const place = join(folder, 'many');
  const all = await Promise.all(Array.from({ length: 6 }, () => openKeys(place, 'dargah.example/ledger')));
  const again = await openKeys(place, 'dargah.example/ledger');
  for (const one of all) {
    assert.deepEqual(one.secret, again.secret);
    assert.deepEqual(one.ledger.verifier.publicKey, again.ledger.verifier.publicKey);
    assert.deepEqual(one.documents.certificate.toSchema().toBER(), again.documents.certificate.toSchema().toBER());
  }
  assert.equal(again.secret.length, 32);
  assert.equal((await stat(place)).mode & 0o777, 0o700);
  for (const name of ['ledger.pem', 'secret.hex', 'documents.json'])
    assert.equal((await stat(join(place, name))).mode & 0o777, 0o600, name);
  const message = Buffer.from('checkpoint');
  const signature = await again.ledger.signer.sign(message);
  const anyone = noteVerifier('dargah.example/ledger', Buffer.from(again.ledger.signer.publicKey).toString('base64'));
  assert.equal(await anyone.verify(message, signature), true);
  assert.equal(await anyone.verify(Buffer.from('checkpoinT'), signature), false);
});

test('a key file that cannot be read is an error, never a new key', async () => {
  const place = join(folder, 'broken');
  await mkdir(place);
  await writeFile(join(place, 'ledger.pem'), 'not a key');
  await assert.rejects(openKeys(place, 'x'));
  assert.equal(await readFile(join(place, 'ledger.pem'), 'utf8'), 'not a key');
});
