// Evidence of what a person asked in the browser: good with the city's thumbprint alone, saying who asked and that the portal signed; bent, it is not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Instant } from '#base/instant.ts';
import { ROOT } from '#main/compose.ts';
import { messageSigner, publicJwk } from '#outside/http-keys.ts';
import { BY_HAND_FIELD, byHandField } from '#proofs/by-hand.ts';
import type { ByHand } from '#proofs/by-hand.ts';
import { evidenceText } from '#proofs/evidence.ts';
import { contractName, readQuestion, signAnswer, signQuestion } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';

const AT = '2026-11-24T09:00:00.000Z' as Instant;
const CONTRACT = {
  id: 'bank-7',
  version: 1,
  organisation: { id: 'sample-bank' },
  persons: ['bank-nasrin'],
  from: AT,
  until: '2027-11-24T09:00:00.000Z',
  keys: [],
};
const NASRIN: ByHand = { person: 'bank-nasrin', organisation: 'sample-bank', session: 'a'.repeat(32), since: 1_795_507_200 };

function pair() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = readPublicJwk(publicJwk(createPublicKey(privateKey)))!;
  return { jwk, signer: messageSigner({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, privateKey) };
}
const [city, door] = [pair(), pair()];

/** `who` undefined: the door signs for nobody. */
async function evidence(who: ByHand | undefined): Promise<string> {
  const asked = {
    method: 'POST',
    target: 'https://city.example/inquiries/ask/renovation-duty-status',
    fields: [['content-type', 'application/json'] as const, ...(who ? [[BY_HAND_FIELD, byHandField(who)] as const] : [])],
    body: Buffer.from('{"type":"renovation-duty-status"}'),
  };
  const question = { ...asked, fields: await signQuestion(asked, contractName(CONTRACT), door.signer, { at: AT, nonce: 'n-1' }) };
  const given = { status: 200, fields: [['content-type', 'application/json']] as const, body: Buffer.from('{"owed":false}') };
  const answer = { ...given, fields: await signAnswer(given, readQuestion(question)!, city.signer, { at: AT, isDirect: false }) };
  return evidenceText({ contract: CONTRACT, question, answer, keys: { question: door.jwk, answer: city.jwk } });
}

test('`dargah verify` takes what a person asked by hand, and says who asked and who signed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dargah-by-hand-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const verify = (text: string) => {
    const file = join(folder, 'evidence.json');
    writeFileSync(file, text);
    const args = [join(ROOT, 'dist', 'cli', 'dargah.js'), 'verify', file, '--key', city.signer.keyid];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT });
    return { code: done.status, out: done.stdout + done.stderr };
  };
  const text = await evidence(NASRIN);
  const good = verify(text);
  assert.equal(good.code, 0, good.out);
  assert.match(
    good.out,
    /byHand: asked by hand by bank-nasrin of sample-bank \(login a{32} of 2026-11-24T08:00:00\.000Z\), signed by the portal for them/,
  );
  const other = verify(text.replace('"person=\\"bank-nasrin', '"person=\\"bank-karim'));
  assert.equal(other.code, 1, 'another name was not signed for');
  for (const who of [{ ...NASRIN, person: 'bank-karim' }, { ...NASRIN, organisation: 'other-bank' }, undefined]) {
    const bad = verify(await evidence(who));
    assert.equal(bad.code, 1);
    assert.match(bad.out, /evidence-contract-key/, 'whom the contract does not name asks under no contract');
  }
});
