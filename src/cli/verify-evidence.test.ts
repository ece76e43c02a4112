// The evidence of an inquiry as a court's clerk checks it: from the file alone, with the city's thumbprint, and after somebody changed it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Instant } from '#base/instant.ts';
import { ROOT } from '#main/compose.ts';
import { messageSigner, openMessageKey, publicJwk } from '#outside/http-keys.ts';
import { evidenceText } from '#proofs/evidence.ts';
import { contractName, readQuestion, signAnswer, signQuestion } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { PublicJwk } from '#proofs/http-key.ts';
import type { MessageSigner } from '#proofs/http-signature.ts';

const AT = '2026-11-24T09:00:00.000Z' as Instant;

function dargah(...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const done = spawnSync(process.execPath, [join(ROOT, 'dist', 'cli', 'dargah.js'), ...args], { encoding: 'utf8', cwd: ROOT });
  return { code: done.status, out: done.stdout + done.stderr };
}

function pair(privateKey: KeyObject): { readonly jwk: PublicJwk; readonly signer: MessageSigner } {
  const jwk = readPublicJwk(publicJwk(createPublicKey(privateKey)))!;
  return { jwk, signer: messageSigner({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, privateKey) };
}

test('evidence is checked offline, and what is wrong is said in the reader’s language', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dargah-evidence-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const city = pair(await openMessageKey(join(folder, 'data', 'keys'), 'inquiries'));
  const asker = pair(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  const contract = { id: 'bank-7', version: 1, from: AT, until: '2027-11-24T09:00:00.000Z', keys: [asker.jwk] };
  const body = Buffer.from('{"type":"renovation-duty-status"}');
  const asked = {
    method: 'POST',
    target: 'https://city.example/api/inquiries',
    fields: [['content-type', 'application/json']] as const,
    body,
  };
  const question = {
    ...asked,
    fields: await signQuestion(asked, contractName(contract), asker.signer, { at: AT, nonce: 'n-1' }),
  };
  const given = { status: 200, fields: [['content-type', 'application/json']] as const, body: Buffer.from('{"owed":false}') };
  const answer = { ...given, fields: await signAnswer(given, readQuestion(question)!, city.signer, { at: AT, isDirect: false }) };
  const text = evidenceText({ contract, question, answer, keys: { question: asker.jwk, answer: city.jwk } });
  const [good, changed] = [join(folder, 'good.json'), join(folder, 'changed.json')];
  writeFileSync(good, text);
  writeFileSync(
    changed,
    text.replace(Buffer.from('{"owed":false}').toString('base64'), Buffer.from('{"owed":true}').toString('base64')),
  );

  const data = ['--data', join(folder, 'data')];
  const own = dargah('verify', good, ...data);
  assert.equal(own.code, 0, own.out);
  assert.match(own.out, /good \(evidence\)[\s\S]*contract: bank-7[\s\S]*asked: 2026-11-24T09:00:00\.000Z/);
  assert.equal(dargah('verify', good, '--key', city.signer.keyid).code, 0);
  const stranger = dargah('verify', good, '--key', asker.signer.keyid);
  assert.equal(stranger.code, 1);
  assert.match(stranger.out, /evidence-city-key/);
  const alone = dargah('verify', good, '--data', folder);
  assert.equal(alone.code, 0);
  assert.match(alone.out, /! keys\.answer \[evidence-untrusted\]/);
  const forged = dargah('verify', changed, ...data, '--lang', 'fa');
  assert.equal(forged.code, 1);
  assert.match(forged.out, /answer\.body \[evidence-digest\]\n.*[\u0600-\u06ff]/);
});
