// Evidence: a signed question, its signed answer, their contract and both public keys in one file that anyone checks offline, years later.
// Holds nothing that no signature covers: what was asked and answered when is read from the signatures themselves.
import type { Finding } from '#base/finding.ts';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import { fromEpochMillis, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { BY_HAND_FIELD, readByHand } from './by-hand.ts';
import type { ByHand } from './by-hand.ts';
import { toBase64 } from './bytes.ts';
import { checkTermsSignatures } from './evidence-terms.ts';
import type { CheckedSignatures } from './evidence-terms.ts';
import { evidenceFinding } from './evidence-words.ts';
import type { EvidenceCode } from './evidence-words.ts';
import { keptFields, readEvidence } from './evidence-shape.ts';
import type { EvidenceContract, ReadEvidence } from './evidence-shape.ts';
import {
  ANSWER_TAG,
  QUESTION_TAG,
  contractName,
  judgeAnswer,
  judgeQuestion,
  QUESTION_AGE,
  readQuestion,
} from './http-exchange.ts';
import type { ExchangeFailure, SignedQuestion } from './http-exchange.ts';
import { algorithmOf, jwkThumbprint } from './http-key.ts';
import type { PublicJwk } from './http-key.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { readSignature } from './http-signature.ts';
import type { MessageVerifier } from './http-signature.ts';

export type EvidenceParts = {
  /** As both sides signed it: the document whose hash question and answer name. */
  readonly contract: JsonObject;
  readonly question: HttpRequest & { readonly body: Uint8Array };
  readonly answer: HttpResponse & { readonly body: Uint8Array };
  readonly keys: { readonly question: PublicJwk; readonly answer: PublicJwk };
};

/** The file's text, in its one form (RFC 8785). Fields that no signature covers are left out. */
export function evidenceText({ contract, question, answer, keys }: EvidenceParts): string {
  return canonical({
    dargah: 'evidence/1',
    contract,
    question: {
      method: question.method,
      target: question.target,
      fields: keptFields(question, QUESTION_TAG),
      body: toBase64(question.body),
    },
    answer: { status: answer.status, fields: keptFields(answer, ANSWER_TAG), body: toBase64(answer.body) },
    keys,
  });
}

export type CityKey = { readonly thumbprint: string; readonly from?: Instant; readonly until?: Instant };
export type EvidenceTrust = {
  /** Makes a key of the file usable; undefined where its numbers are no key. */
  readonly verifier: (naming: Omit<MessageVerifier, 'verify'>, jwk: PublicJwk) => MessageVerifier | undefined;
  /** The keys the answer may be signed with. Undefined: nothing is known, and a warning says so. */
  readonly city?: readonly CityKey[];
};
export type CheckedEvidence = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly facts?: {
    readonly contract: string;
    readonly asked: Instant;
    readonly answered?: Instant;
    readonly question: string;
    readonly status: number;
    readonly askerKey: string;
    readonly answererKey: string;
    /** Who signed the contract for each side, and whether this file alone can tell. */
    readonly signedBy?: string;
    /** Asked in the browser by this person, whom the contract names; the portal signed for them. */
    readonly byHand?: string;
  };
};

/** Every way the evidence does not hold, each named by its place in the file. A newline at the end is let be. */
export async function verifyEvidence(text: string, trust: EvidenceTrust): Promise<CheckedEvidence> {
  const read = readEvidence(text);
  if (typeof read === 'string') return { ok: false, findings: [evidenceFinding('evidence-shape', read)] };
  const question = readQuestion(read.question);
  const asked = await judgeQuestion(read.question, read.question.body, finder(read.keys.question, trust));
  const findings = asked.ok ? [] : asked.faults.map((one) => faultFinding('question', one));
  if (!question) return { ok: false, findings };
  const answered = await judgeAnswer(read.answer, question, finder(read.keys.answer, trust));
  if (!answered.ok) findings.push(...answered.faults.map((one) => faultFinding('answer', one)));
  const answeredAt = answered.ok ? answered.value.created : undefined;
  findings.push(
    ...contractFindings(read, question),
    ...timeFindings(read.contract, question.created, answeredAt),
    ...cityFindings(jwkThumbprint(read.keys.answer), answeredAt, trust.city),
  );
  const signatures = await signaturesOf(read, trust);
  if (!signatures.isGood) findings.push(evidenceFinding('evidence-terms', 'contract.signatures'));
  if (canonical(read.json) !== text.replace(/\n$/, '')) findings.push(evidenceFinding('evidence-form', ''));
  const facts = {
    contract: read.contract.id,
    asked: question.created,
    ...(answeredAt !== undefined && { answered: answeredAt }),
    question: `${read.question.method} ${read.question.target}`,
    status: read.answer.status,
    askerKey: jwkThumbprint(read.keys.question),
    answererKey: jwkThumbprint(read.keys.answer),
    ...(signatures.signedBy !== undefined && { signedBy: signatures.signedBy }),
    ...byHandFact(read),
  };
  return { ok: findings.every(({ severity }) => severity !== 'error'), findings, facts };
}

function signaturesOf({ json, keys }: ReadEvidence, { verifier }: EvidenceTrust): Promise<CheckedSignatures> {
  const makeVerifier = (jwk: PublicJwk) => verifier({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, jwk);
  return checkTermsSignatures(json['contract'] as JsonObject, [keys.question, keys.answer], makeVerifier);
}

function finder(jwk: PublicJwk, { verifier }: EvidenceTrust): (keyid: string) => MessageVerifier | undefined {
  const made = verifier({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, jwk);
  return (keyid) => (keyid === made?.keyid ? made : undefined);
}

function faultFinding(side: 'question' | 'answer', { fault, component }: ExchangeFailure): Finding {
  const [code, place] = findingOf(side, fault);
  return evidenceFinding(code, place, 'error', component === undefined ? fault : `${fault} ${component}`);
}

function findingOf(side: 'question' | 'answer', fault: ExchangeFailure['fault']): readonly [EvidenceCode, string] {
  switch (fault) {
    case 'digest-missing':
    case 'digest-unreadable':
    case 'digest-wrong':
      return ['evidence-digest', `${side}.body`];
    case 'key-unknown':
      return ['evidence-key', `keys.${side}`];
    case 'contract-missing':
    case 'contract-differs':
      return ['evidence-contract', `${side}.fields.inquiry-contract`];
    case 'question-differs':
      return ['evidence-binding', 'answer.fields.inquiry-question'];
    default:
      return ['evidence-signature', `${side}.fields.signature`];
  }
}

/** The contract in the file is the one both sides signed for, and it names the key that asked. */
function contractFindings({ contract, keys, json }: ReadEvidence, question: SignedQuestion): readonly Finding[] {
  const findings: Finding[] = [];
  const { id, hash } = contractName(json['contract'] as JsonObject & { readonly id: string });
  if (question.contract.id !== id || question.contract.hash !== hash)
    findings.push(evidenceFinding('evidence-contract', 'contract'));
  const key = contract.keys.find((one) => one.thumbprint === jwkThumbprint(keys.question));
  if (!key && askedByHand(contract, question.request)) return findings;
  if (!key) findings.push(evidenceFinding('evidence-contract-key', 'keys.question'));
  else if (!isWithin(question.created, key)) findings.push(evidenceFinding('evidence-key-time', 'keys.question'));
  return findings;
}

/**
 * No key of the organisation's signed: the door did, for a person whom the contract names, and its signature says so. That the door is the
 * city's follows from the answer: the city signs it for this very question, its signer's key within.
 */
function askedByHand(contract: EvidenceContract, question: HttpRequest): ByHand | undefined {
  const read = readSignature(question, QUESTION_TAG);
  const byHand = readByHand(question.fields);
  if ('fault' in read || !byHand || !read.covered.includes(`"${BY_HAND_FIELD}"`)) return undefined;
  return contract.persons.includes(byHand.person) && contract.organisation === byHand.organisation ? byHand : undefined;
}

function byHandFact({ contract, keys, question }: ReadEvidence): { readonly byHand?: string } {
  const isOwnKey = contract.keys.some((one) => one.thumbprint === jwkThumbprint(keys.question));
  const byHand = isOwnKey ? undefined : askedByHand(contract, question);
  if (!byHand) return {};
  const { person, organisation, session, since } = byHand;
  const login = fromEpochMillis(since * 1000);
  return {
    byHand: `asked by hand by ${person} of ${organisation} (login ${session} of ${login}), signed by the portal for them`,
  };
}

function timeFindings(contract: EvidenceContract, asked: Instant, answered: Instant | undefined): readonly Finding[] {
  const findings: Finding[] = [];
  if (!isWithin(asked, contract)) findings.push(evidenceFinding('evidence-contract-time', 'question'));
  if (answered === undefined) return findings;
  if (!isWithin(answered, contract)) findings.push(evidenceFinding('evidence-contract-time', 'answer'));
  // Two machines, two clocks.
  if (plusMillis(answered, QUESTION_AGE.skewSeconds * 1000) < asked) findings.push(evidenceFinding('evidence-order', 'answer'));
  return findings;
}

function cityFindings(
  thumbprint: string,
  answered: Instant | undefined,
  city: readonly CityKey[] | undefined,
): readonly Finding[] {
  if (!city) return [evidenceFinding('evidence-untrusted', 'keys.answer', 'warning', thumbprint)];
  const key = city.find((one) => one.thumbprint === thumbprint);
  if (!key) return [evidenceFinding('evidence-city-key', 'keys.answer', 'error', thumbprint)];
  return answered === undefined || isWithin(answered, key) ? [] : [evidenceFinding('evidence-key-time', 'keys.answer')];
}

/** Signatures tell whole seconds: the second in which something began is within. */
function isWithin(
  at: Instant,
  { from, until }: { readonly from?: Instant | undefined; readonly until?: Instant | undefined },
): boolean {
  return (from === undefined || plusMillis(at, 999) >= from) && (until === undefined || at <= until);
}
