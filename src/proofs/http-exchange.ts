// A question and its answer as signed HTTP messages, each bound to the contract and the answer to its question (X-Road's rule: an answer names
// the hash of what was asked). Judges and signs; whether a question came before is for the caller to know, by its nonce.
import { sha256 } from '@noble/hashes/sha2.js';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import { fromEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { toBase64, utf8 } from './bytes.ts';
import { BY_HAND_FIELD } from './by-hand.ts';
import { contentDigest, digestFault } from './http-digest.ts';
import type { DigestFault } from './http-digest.ts';
import { field } from './http-message.ts';
import type { HttpFields, HttpRequest, HttpResponse } from './http-message.ts';
import { readSignature, signMessage, verifyMessage } from './http-signature.ts';
import type { MessageSigner, MessageVerifier, ReadSignature, SignatureFault, SignaturePolicy } from './http-signature.ts';
import { isInnerList, parseDictionary, serialiseDictionary } from './structured-fields.ts';
import type { Bare } from './structured-fields.ts';

export const QUESTION_TAG = 'dargah-question';
export const ANSWER_TAG = 'dargah-answer';
const QUESTION_COVERS = ['"@method"', '"@target-uri"', '"content-type"', '"content-digest"', '"inquiry-contract"'];
const ANSWER_COVERS = ['"@status"', '"content-type"', '"content-digest"', '"inquiry-contract"', '"inquiry-question"'];
/** A question older than this is not taken, and its nonce need not be known any longer. */
export const QUESTION_AGE = { maxAgeSeconds: 60, skewSeconds: 30 } as const;

/** `hash`: base64 of SHA-256 over the contract's one byte form (RFC 8785). */
export type ContractName = { readonly id: string; readonly hash: string };

export function contractName(contract: JsonObject & { readonly id: string }): ContractName {
  return { id: contract.id, hash: toBase64(sha256(utf8(canonical(contract)))) };
}

export type ExchangeFault = SignatureFault | DigestFault | 'contract-missing' | 'contract-differs' | 'question-differs';
export type ExchangeFailure = { readonly fault: ExchangeFault; readonly component?: string };

/** A question as its signature tells it. */
export type SignedQuestion = {
  readonly request: HttpRequest;
  readonly contract: ContractName;
  readonly keyid: string;
  readonly nonce: string;
  readonly created: Instant;
  readonly label: string;
  /** base64 of SHA-256 over the signature base: what the answer names. */
  readonly hash: string;
};
export type SignedAnswer = { readonly keyid: string; readonly created: Instant; readonly isDirect: boolean };

type Find = (keyid: string) => MessageVerifier | undefined;
type Judged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly ExchangeFailure[] };

/** All fields the question goes out with: the given ones, its digest, its contract, its signature. `nonce`: at least 128 bits of chance. */
export async function signQuestion(
  question: HttpRequest & { readonly body: Uint8Array },
  contract: ContractName,
  signer: MessageSigner,
  { at, nonce }: { readonly at: Instant; readonly nonce: string },
): Promise<HttpFields> {
  const fields: HttpFields = [
    ...question.fields,
    ['content-digest', contentDigest(question.body)],
    ['inquiry-contract', contractField(contract)],
  ];
  // Who asked by hand is part of what the door signs for them.
  const byHand = field(fields, BY_HAND_FIELD) === undefined ? [] : [`"${BY_HAND_FIELD}"`];
  const terms = { label: 'question', covered: [...QUESTION_COVERS, ...byHand], created: at, nonce, tag: QUESTION_TAG };
  return [...fields, ...(await signMessage({ ...question, fields }, signer, terms))];
}

/** `now` undefined: its age is not judged, as in evidence of long ago. */
export async function judgeQuestion(
  request: HttpRequest,
  body: Uint8Array,
  find: Find,
  now?: Instant,
): Promise<Judged<SignedQuestion>> {
  const policy: SignaturePolicy = {
    tag: QUESTION_TAG,
    required: QUESTION_COVERS,
    requiredParameters: ['created', 'nonce'],
    ...(now !== undefined && { time: { now, ...QUESTION_AGE } }),
  };
  const signature = await verifyMessage(request, policy, find);
  const faults = messageFaults(signature, request.fields, body);
  const contract = readContractField(request.fields);
  if (!contract) faults.push({ fault: 'contract-missing' });
  return signature.ok && contract && faults.length === 0
    ? { ok: true, value: questionOf(request, contract, signature.read) }
    : { ok: false, faults };
}

/** What a question says of itself, as one that was taken and kept; verifies nothing. */
export function readQuestion(request: HttpRequest): SignedQuestion | undefined {
  const read = readSignature(request, QUESTION_TAG);
  const contract = readContractField(request.fields);
  return 'fault' in read || !contract ? undefined : questionOf(request, contract, read);
}

function questionOf(request: HttpRequest, contract: ContractName, read: ReadSignature): SignedQuestion {
  const { keyid = '', nonce = '', label, base, created = 0 } = read;
  return { request, contract, keyid, nonce, label, created: fromEpochMillis(created * 1000), hash: toBase64(sha256(utf8(base))) };
}

type AnswerTerms = {
  readonly at: Instant;
  /** It goes back on the question's own connection: its signature then covers the question's digest and signature too (`req`). */
  readonly isDirect: boolean;
};

/** All fields the answer goes out with. One that is fetched later, or pushed, is bound to its question by the hash alone. */
export async function signAnswer(
  answer: HttpResponse & { readonly body: Uint8Array },
  question: SignedQuestion,
  signer: MessageSigner,
  { at, isDirect }: AnswerTerms,
): Promise<HttpFields> {
  const fields: HttpFields = [
    ...answer.fields,
    ['content-digest', contentDigest(answer.body)],
    ['inquiry-contract', contractField(question.contract)],
    ['inquiry-question', hashField(question.hash)],
  ];
  const covered = isDirect ? [...ANSWER_COVERS, ...directCovers(question)] : ANSWER_COVERS;
  const terms = { label: 'answer', covered, created: at, tag: ANSWER_TAG };
  const message = { status: answer.status, fields, request: question.request };
  return [...fields, ...(await signMessage(message, signer, terms))];
}

function directCovers({ label }: SignedQuestion): readonly string[] {
  return ['"content-digest";req', `"signature";req;key="${label}"`];
}

/** Is this the answer to that question, by a known key, whole? Its age is no matter: an answer stays one. */
export async function judgeAnswer(
  answer: HttpResponse & { readonly body: Uint8Array },
  question: SignedQuestion,
  find: Find,
): Promise<Judged<SignedAnswer>> {
  const message = { status: answer.status, fields: answer.fields, request: question.request };
  const signature = await verifyMessage(
    message,
    { tag: ANSWER_TAG, required: ANSWER_COVERS, requiredParameters: ['created'] },
    find,
  );
  const faults = messageFaults(signature, answer.fields, answer.body);
  const contract = readContractField(answer.fields);
  if (!contract) faults.push({ fault: 'contract-missing' });
  else if (contract.id !== question.contract.id || contract.hash !== question.contract.hash)
    faults.push({ fault: 'contract-differs' });
  if (field(answer.fields, 'inquiry-question') !== hashField(question.hash)) faults.push({ fault: 'question-differs' });
  if (!signature.ok || faults.length > 0) return { ok: false, faults };
  const { created = 0, covered } = signature.read;
  const isDirect = directCovers(question).every((one) => covered.includes(one));
  return { ok: true, value: { keyid: signature.keyid, created: fromEpochMillis(created * 1000), isDirect } };
}

type Verified = Awaited<ReturnType<typeof verifyMessage>>;

function messageFaults(signature: Verified, fields: HttpFields, body: Uint8Array): ExchangeFailure[] {
  const faults: ExchangeFailure[] = [];
  if (!signature.ok) {
    const { fault, component } = signature;
    faults.push({ fault, ...(component !== undefined && { component }) });
  }
  const digest = digestFault(field(fields, 'content-digest'), body);
  if (digest) faults.push({ fault: digest });
  return faults;
}

function hashField(hash: string): string {
  return `sha-256=:${hash}:`;
}

/** `id="…", sha-256=:…:`. Throws TypeError for an id that is not ASCII. */
function contractField({ id, hash }: ContractName): string {
  const bare: Bare = { kind: 'string', value: id };
  return `${serialiseDictionary(new Map([['id', { bare, params: new Map() }]]))}, ${hashField(hash)}`;
}

function readContractField(fields: HttpFields): ContractName | undefined {
  const members = parseDictionary(field(fields, 'inquiry-contract') ?? '');
  const [id, hash] = [members?.get('id'), members?.get('sha-256')];
  if (!id || !hash || isInnerList(id) || isInnerList(hash)) return undefined;
  return id.bare.kind === 'string' && hash.bare.kind === 'bytes'
    ? { id: id.bare.value, hash: toBase64(hash.bare.value) }
    : undefined;
}
