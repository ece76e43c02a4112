// Questions and answers under signature, and the evidence of them: whole, replayed, swapped, and with every byte changed in turn.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { canonical } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import { evidenceText, verifyEvidence } from './evidence.ts';
import type { EvidenceParts, EvidenceTrust } from './evidence.ts';
import { contractName, readQuestion, signAnswer, signQuestion } from './http-exchange.ts';
import type { SignedQuestion } from './http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from './http-key.ts';
import type { PublicJwk } from './http-key.ts';
import { field } from './http-message.ts';
import type { HttpFields, HttpRequest } from './http-message.ts';
import type { MessageSigner, MessageVerifier } from './http-signature.ts';
import { takeAnswer, takeQuestion } from './http-taken.ts';

const NOW = '2026-11-24T09:00:00.000Z' as Instant;
const later = (seconds: number): Instant => plusMillis(NOW, seconds * 1000);
const bytes = (text: string): Uint8Array => Uint8Array.from(new TextEncoder().encode(text));

type Key = { readonly jwk: PublicJwk; readonly signer: MessageSigner };

function newKey(kind: 'ec' | 'ed25519' = 'ed25519'): Key {
  const { privateKey, publicKey } =
    kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const jwk = readPublicJwk(publicKey.export({ format: 'jwk' }) as Json)!;
  const make = (base: Uint8Array): Uint8Array =>
    kind === 'ec' ? sign('sha256', base, { key: privateKey, dsaEncoding: 'ieee-p1363' }) : sign(null, base, privateKey);
  return { jwk, signer: { keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk), sign: make } };
}

function verifier(naming: Omit<MessageVerifier, 'verify'>, jwk: PublicJwk): MessageVerifier | undefined {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch {
    return undefined;
  }
  const check = (base: Uint8Array, signature: Uint8Array): boolean =>
    jwk.kty === 'EC' ? verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature) : verify(null, base, key, signature);
  return { ...naming, verify: check };
}

const finder =
  (...keys: readonly Key[]) =>
  (keyid: string): MessageVerifier | undefined => {
    const found = keys.find(({ signer }) => signer.keyid === keyid);
    return found && verifier({ keyid, alg: found.signer.alg }, found.jwk);
  };

const NOTARY = newKey();
const CITY = newKey('ec');
const CONTRACT = {
  id: 'notary-12',
  version: 3,
  purpose: { fa: 'نقل و انتقال', en: 'transfer of property' },
  from: '2026-03-21T00:00:00.000Z',
  until: '2027-03-20T20:30:00.000Z',
  keys: [{ ...NOTARY.jwk, kid: NOTARY.signer.keyid }],
} satisfies JsonObject;
const NAME = contractName(CONTRACT);

async function asked(
  change: { readonly contract?: JsonObject; readonly at?: Instant; readonly key?: Key; readonly nonce?: string } = {},
) {
  const question = {
    method: 'POST',
    target: 'https://city.example/api/inquiries',
    fields: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'notary/1'],
    ] as HttpFields,
    body: bytes('{"type":"planning-inquiry","question":{"renovationCode":"1-22-333-4444"}}'),
  };
  const contract = change.contract ? contractName(change.contract as JsonObject & { id: string }) : NAME;
  const { nonce = 'f3Gd8mQx0b1kZpVwLq2sTA', at = NOW, key = NOTARY } = change;
  return { ...question, fields: await signQuestion(question, contract, key.signer, { at, nonce }) };
}

async function answered(
  question: SignedQuestion,
  change: { readonly at?: Instant; readonly key?: Key; readonly isDirect?: boolean } = {},
) {
  const answer = {
    status: 200,
    fields: [['Content-Type', 'application/json']] as HttpFields,
    body: bytes('{"inquiry":"q-1","answer":{"violation":false}}'),
    request: question.request,
  };
  const { key = CITY, at = later(1), isDirect = true } = change;
  return { ...answer, fields: await signAnswer(answer, question, key.signer, { at, isDirect }) };
}

async function parts(
  change: Parameters<typeof asked>[0] & { readonly answer?: Parameters<typeof answered>[1] } = {},
): Promise<EvidenceParts> {
  const question = await asked(change);
  const answer = await answered(readQuestion(question)!, change.answer);
  const keys = { question: (change.key ?? NOTARY).jwk, answer: (change.answer?.key ?? CITY).jwk };
  return { contract: change.contract ?? CONTRACT, question, answer, keys };
}

const TRUST: EvidenceTrust = { verifier, city: [{ thumbprint: CITY.signer.keyid }] };
const found = async (text: string, trust = TRUST): Promise<readonly string[]> =>
  (await verifyEvidence(text, trust)).findings.map(({ code, place }) => `${code} at ${place}`);

function store(): (id: string, until: Instant) => boolean {
  const known = new Set<string>();
  return (id) => known.size === known.add(id).size;
}

const refusedAs = (code: string, fault?: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal);
  assert.equal(error.code, code);
  if (fault !== undefined) assert.equal(error.facts['fault'], fault);
  return true;
};

describe('a question at the door', () => {
  const door = () => ({ find: finder(NOTARY), seen: store(), now: later(2) });

  test('is taken once, with its contract, key and hash', async () => {
    const question = await asked();
    const at = door();
    const taken = await takeQuestion(question, question.body, at);
    assert.deepEqual(taken.contract, NAME);
    assert.equal(taken.contract.hash, createHash('sha256').update(canonical(CONTRACT)).digest('base64'));
    assert.equal(taken.keyid, NOTARY.signer.keyid);
    assert.equal(taken.created, NOW);
    await assert.rejects(takeQuestion(question, question.body, at), refusedAs('question-replayed'));
  });

  test('with another body, target, method or contract is refused, and its nonce is not spent', async () => {
    const question = await asked();
    const at = door();
    await assert.rejects(takeQuestion(question, bytes('{}'), at), refusedAs('digest-mismatch', 'digest-wrong'));
    for (const changed of [
      { ...question, method: 'PUT' },
      { ...question, target: `${question.target}?fields=all` },
      { ...question, fields: question.fields.map(([name, value]) => [name, value.replace('notary-12', 'bank-7')] as const) },
      {
        ...question,
        fields: question.fields.map(([name, value]) => [name, value.replace('application/json', 'text/plain')] as const),
      },
    ])
      await assert.rejects(takeQuestion(changed, question.body, at), refusedAs('signature-invalid', 'signature-wrong'));
    await takeQuestion(question, question.body, at);
  });

  test('too old, from the future, by an unknown key, unsigned or without contract is refused', async () => {
    const question = await asked();
    const take = (request: HttpRequest, now: Instant, ...keys: readonly Key[]) =>
      takeQuestion(request, question.body, { find: finder(...keys), seen: store(), now });
    await assert.rejects(take(question, later(91), NOTARY), refusedAs('signature-invalid', 'created-too-old'));
    await assert.rejects(take(question, later(-31), NOTARY), refusedAs('signature-invalid', 'created-in-future'));
    await assert.rejects(take(question, NOW, CITY), refusedAs('signature-invalid', 'key-unknown'));
    const without = (name: string): HttpRequest => ({ ...question, fields: question.fields.filter((one) => one[0] !== name) });
    await assert.rejects(take(without('signature'), NOW, NOTARY), refusedAs('signature-invalid', 'signature-missing'));
    await assert.rejects(take(without('inquiry-contract'), NOW, NOTARY), refusedAs('signature-invalid', 'component-unreadable'));
    await assert.rejects(take(without('content-digest'), NOW, NOTARY), refusedAs('digest-mismatch', 'digest-missing'));
    await take(question, later(90), NOTARY);
    await take(question, later(-30), NOTARY);
  });
});

describe('an answer', () => {
  test('given at once covers the question’s digest and signature; one fetched later its hash', async () => {
    const question = readQuestion(await asked())!;
    const direct = await answered(question);
    const input = field(direct.fields, 'signature-input') ?? '';
    assert.ok(input.includes('"content-digest";req') && input.includes('"signature";req;key="question"'), input);
    assert.equal((await takeAnswer(direct, question, finder(CITY))).isDirect, true);
    const fetched = await answered(question, { isDirect: false });
    assert.equal((await takeAnswer(fetched, question, finder(CITY))).isDirect, false);
  });

  test('to another question, under another contract, by another key or changed is refused', async () => {
    const question = readQuestion(await asked())!;
    const other = readQuestion(await asked({ nonce: 'another' }))!;
    const foreign = readQuestion(await asked({ contract: { ...CONTRACT, version: 4 } }))!;
    for (const isDirect of [true, false]) {
      const answer = await answered(question, { isDirect });
      await assert.rejects(takeAnswer(answer, other, finder(CITY)), refusedAs(isDirect ? 'signature-invalid' : 'answer-unbound'));
      await assert.rejects(takeAnswer(answer, foreign, finder(CITY)), Refusal);
      await assert.rejects(takeAnswer(answer, question, finder(NOTARY)), refusedAs('signature-invalid', 'key-unknown'));
      await assert.rejects(takeAnswer({ ...answer, status: 404 }, question, finder(CITY)), refusedAs('signature-invalid'));
      await assert.rejects(takeAnswer({ ...answer, body: bytes('{}') }, question, finder(CITY)), refusedAs('digest-mismatch'));
    }
  });
});

describe('evidence', () => {
  test('is good alone and offline, at once or late, with the facts it proves', async () => {
    for (const isDirect of [true, false]) {
      const text = evidenceText(await parts({ answer: { isDirect } }));
      const { ok, findings, facts } = await verifyEvidence(text, TRUST);
      assert.deepEqual(findings, []);
      assert.equal(ok, true);
      assert.deepEqual(facts, {
        contract: 'notary-12',
        asked: NOW,
        answered: later(1),
        question: 'POST https://city.example/api/inquiries',
        status: 200,
        askerKey: NOTARY.signer.keyid,
        answererKey: CITY.signer.keyid,
      });
      assert.deepEqual(await found(`${text}\n`), []);
      assert.ok(!text.includes('User-Agent') && !text.includes('user-agent'), 'what is not signed is not kept');
    }
  });

  test('without the city’s key is good with a warning, with another key is not', async () => {
    const text = evidenceText(await parts());
    const alone = await verifyEvidence(text, { verifier });
    assert.equal(alone.ok, true);
    assert.deepEqual(
      alone.findings.map(({ code, severity }) => [code, severity]),
      [['evidence-untrusted', 'warning']],
    );
    assert.deepEqual(await found(text, { verifier, city: [{ thumbprint: NOTARY.signer.keyid }] }), [
      'evidence-city-key at keys.answer',
    ]);
    const ended = [{ thumbprint: CITY.signer.keyid, until: NOW }];
    assert.deepEqual(await found(text, { verifier, city: ended }), ['evidence-key-time at keys.answer']);
  });

  test('says what was changed', async () => {
    const whole = await parts();
    const changed = async (change: Partial<EvidenceParts>) => found(evidenceText({ ...whole, ...change }));
    const other = await parts({ nonce: 'another', answer: { isDirect: false } });
    const late = await parts({ answer: { isDirect: false } });
    assert.deepEqual(await changed({ question: { ...whole.question, body: bytes('{}') } }), ['evidence-digest at question.body']);
    assert.deepEqual(await changed({ answer: { ...whole.answer, body: bytes('{}') } }), ['evidence-digest at answer.body']);
    assert.deepEqual(await changed({ answer: { ...whole.answer, status: 404 } }), [
      'evidence-signature at answer.fields.signature',
    ]);
    assert.deepEqual(await found(evidenceText({ ...late, answer: other.answer })), [
      'evidence-binding at answer.fields.inquiry-question',
    ]);
    assert.ok(
      (await changed({ answer: (await parts({ nonce: 'another' })).answer })).includes(
        'evidence-binding at answer.fields.inquiry-question',
      ),
    );
    assert.deepEqual(await changed({ contract: { ...CONTRACT, purpose: 'more' } }), ['evidence-contract at contract']);
    assert.deepEqual(await changed({ keys: { ...whole.keys, question: newKey().jwk } }), [
      'evidence-key at keys.question',
      'evidence-contract-key at keys.question',
    ]);
  });

  test('outside the time of contract or key, or in the wrong order, is told', async () => {
    const [early, late] = ['2026-03-20T00:00:00.000Z' as Instant, '2027-03-21T00:00:00.000Z' as Instant];
    assert.deepEqual(await found(evidenceText(await parts({ at: early, answer: { at: NOW } }))), [
      'evidence-contract-time at question',
    ]);
    assert.deepEqual(await found(evidenceText(await parts({ answer: { at: late } }))), ['evidence-contract-time at answer']);
    assert.deepEqual(await found(evidenceText(await parts({ answer: { at: later(-31) } }))), ['evidence-order at answer']);
    const expired = { ...CONTRACT, keys: [{ ...NOTARY.jwk, exp: Date.parse(NOW) / 1000 - 1 }] };
    assert.deepEqual(await found(evidenceText(await parts({ contract: expired }))), ['evidence-key-time at keys.question']);
    const unnamed = { ...CONTRACT, keys: [newKey().jwk] };
    assert.deepEqual(await found(evidenceText(await parts({ contract: unnamed }))), ['evidence-contract-key at keys.question']);
  });

  test('is refused by place where it is none', async () => {
    const file = JSON.parse(evidenceText(await parts())) as Record<string, Record<string, unknown>>;
    const shape = async (change: object) => found(canonical({ ...file, ...change } as Json));
    assert.deepEqual(await found('no json'), ['evidence-shape at ']);
    assert.deepEqual(await shape({ extra: 1 }), ['evidence-shape at ']);
    assert.deepEqual(await found(`{"contract":${'['.repeat(1e5)}${']'.repeat(1e5)}}`), ['evidence-shape at ']);
    assert.deepEqual(await shape({ contract: { ...file['contract'], id: '\u001b[2J' } }), ['evidence-shape at contract']);
    assert.deepEqual(await shape({ question: { ...file['question'], method: 'ارسال' } }), ['evidence-shape at question']);
    assert.deepEqual(await shape({ dargah: 'evidence/2' }), ['evidence-shape at dargah']);
    assert.deepEqual(await shape({ contract: { ...file['contract'], from: 'yesterday' } }), ['evidence-shape at contract']);
    assert.deepEqual(await shape({ question: { ...file['question'], note: 'x' } }), ['evidence-shape at question']);
    const fields = { ...(file['answer']?.['fields'] as object), 'x-note': 'unsigned' };
    assert.deepEqual(await shape({ answer: { ...file['answer'], fields } }), ['evidence-shape at answer']);
    assert.deepEqual(await shape({ keys: { question: file['keys']?.['question'] } }), ['evidence-shape at keys']);
  });

  test('law: no byte can be changed, added or taken away', async () => {
    const text = evidenceText(await parts());
    const other = fc.integer({ min: 0, max: 0x7e });
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), other, fc.constantFrom('change', 'add', 'drop'), async (at, code, how) => {
        const sign = String.fromCharCode(code);
        const rest = text.slice(how === 'add' ? at : at + 1);
        const changed = text.slice(0, at) + (how === 'drop' ? '' : sign) + rest;
        if (changed === text || changed === `${text}\n`) return;
        assert.equal((await verifyEvidence(changed, TRUST)).ok, false, `${how} ${JSON.stringify(sign)} at ${at}`);
      }),
      { numRuns: 600 },
    );
  });

  test('law: no value can be changed, though the file is written in its one form again', async () => {
    const file = JSON.parse(evidenceText(await parts())) as Json;
    const paths = leaves(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(paths.length - 1), fc.nat(), fc.integer({ min: 0x21, max: 0x7e }), async (which, at, code) => {
        const changed = withLeaf(file, paths[which] ?? [], (value) => {
          if (typeof value !== 'string' || value === '') return typeof value === 'number' ? value + 1 : 'x';
          const place = at % value.length;
          return value.slice(0, place) + String.fromCharCode(code) + value.slice(place + 1);
        });
        const text = canonical(changed);
        if (text === canonical(file)) return;
        const checked = await verifyEvidence(text, TRUST);
        assert.equal(checked.ok, false, `${paths[which]?.join('.')}: ${text}`);
        assert.ok(checked.findings.every(({ code }) => code !== 'evidence-form'));
      }),
      { numRuns: 600 },
    );
  });
});

/** The way to every value that is no list or object. */
function leaves(json: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (json === null || typeof json !== 'object') return [path];
  return Object.entries(json).flatMap(([name, value]) => leaves(value as Json, [...path, name]));
}

function withLeaf(json: Json, [name, ...rest]: readonly string[], change: (value: Json) => Json): Json {
  if (name === undefined) return change(json);
  const copy = structuredClone(json) as Record<string, Json>;
  copy[name] = withLeaf(copy[name] as Json, rest, change);
  return copy;
}
