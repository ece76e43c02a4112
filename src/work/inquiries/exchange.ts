// The exchange of a question and its answer as signed messages: what is signed, what is kept of it, and the file that proves both.
// By a program's own key, or by the door's for a person who is signed in. Fails closed: without a signature nothing is answered.
import { Refusal } from '#base/refusal.ts';
import type { JsonObject } from '#base/json.ts';
import { minimised } from '#inquiries/contract.ts';
import type { Contract, InquiryState } from '#inquiries/types.ts';
import { BY_HAND_FIELD, byHandField } from '#proofs/by-hand.ts';
import type { ByHand } from '#proofs/by-hand.ts';
import { evidenceText } from '#proofs/evidence.ts';
import { contractName, readQuestion, signAnswer, signQuestion } from '#proofs/http-exchange.ts';
import type { SignedQuestion } from '#proofs/http-exchange.ts';
import { jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import { field } from '#proofs/http-message.ts';
import type { HttpFields, HttpRequest } from '#proofs/http-message.ts';
import { findDocument } from '#store/agreements.ts';
import type { Evidence } from '#store/inquiries.ts';
import type { KeptAnswer, KeptBody, KeptQuestion } from '#store/partners.ts';
import type { Road } from '#work/road.ts';

/** A request as it came: `target` from the configured origin, never from the Host header. */
export type Received = {
  readonly method: string;
  readonly target: string;
  readonly fields: HttpFields;
  readonly body: Uint8Array;
};
/** What to send, signed. */
export type Signed = { readonly status: number; readonly fields: HttpFields; readonly body: string };

type Answering = { readonly state: InquiryState; readonly question: SignedQuestion; readonly isDirect: boolean };

export async function signedAnswer(road: Road, contract: Contract, { state, question, isDirect }: Answering): Promise<Signed> {
  const { id, type, version, status, due, answer } = state;
  const given = answer && {
    answer: minimised(contract, type, answer.value),
    at: answer.at,
    provenance: answer.provenance,
    ...(answer.until !== undefined && { until: answer.until }),
  };
  const test = contract.test ? { test: true } : {};
  // What came after the end: kept, and given like the answer.
  const late = state.late.map((one) => ({
    answer: minimised(contract, type, one.value),
    at: one.at,
    provenance: one.provenance,
  }));
  const kept = { ...given, ...(late.length > 0 && { late }) };
  const body = JSON.stringify({ id, type, version, contract: contract.id, status, due, ...test, ...kept });
  const unsigned = {
    status: answer ? 200 : 202,
    fields: [['content-type', 'application/json; charset=utf-8']] as const,
    body: new TextEncoder().encode(body),
  };
  const fields = await signAnswer(unsigned, question, road.ports.partners.signer, { at: road.ports.world.now(), isDirect });
  return { status: unsigned.status, fields, body };
}

/** Under the contract's document that the question named, whatever came after it. */
export async function evidenceFile(
  road: Road,
  { id, asker }: InquiryState,
  { question, answer }: { readonly question: KeptQuestion; readonly answer: KeptAnswer },
): Promise<string> {
  const contract = asker.by === 'contract' ? await findDocument(road.pool, asker.contract, asker.version) : undefined;
  const { partners } = road.ports;
  const keyid = readQuestion(requestOf(question))?.keyid;
  const keys = [...(contract?.keys ?? []).flatMap((one) => readPublicJwk(one) ?? []), partners.door.publicKey];
  const key = keys.find((one) => jwkThumbprint(one) === keyid);
  if (!contract || !key) throw new Refusal('inquiry-not-found', { inquiry: id });
  return evidenceText({
    contract: contract as unknown as JsonObject,
    question: { ...requestOf(question), body: bytesOf(question) },
    answer: { status: answer.status, fields: answer.fields, body: bytesOf(answer) },
    keys: { question: key, answer: partners.publicKey },
  });
}

/** Signs, for a person who is signed in, what they ask by hand; gives what is kept of question and answer once the state is known. */
export async function signedByHand(
  road: Road,
  contract: Contract,
  asked: { readonly type: string; readonly question: JsonObject; readonly byHand: ByHand },
): Promise<(state: InquiryState) => Promise<Evidence>> {
  const { type, question, byHand } = asked;
  const { world, partners } = road.ports;
  const body = new TextEncoder().encode(JSON.stringify({ type, question }));
  const request = {
    method: 'POST',
    target: `${road.origin}/inquiries/ask/${type}`,
    fields: [
      ['content-type', 'application/json'],
      [BY_HAND_FIELD, byHandField(byHand)],
    ] as const,
    body,
  };
  const named = contractName(contract as unknown as JsonObject & { readonly id: string });
  const nonce = Buffer.from(world.random(18)).toString('base64url');
  const received = { ...request, fields: await signQuestion(request, named, partners.door.signer, { at: world.now(), nonce }) };
  const signed = readQuestion(received);
  if (!signed) throw new TypeError('a question just signed can be read');
  return async (state) => ({
    question: kept(received),
    ...(state.answer && { answer: keptAnswer(await signedAnswer(road, contract, { state, question: signed, isDirect: false })) }),
  });
}

/** Good for nothing later, and no part of the question: the token, its proof, a person's session. */
const UNKEPT = new Set(['authorization', 'dpop', 'cookie']);

/** Of its fields those that the signature covers, and the signature: whatever else an asker's program says is not ours to keep. */
export function kept({ method, target, fields, body }: Received): KeptQuestion {
  const covered = field(fields, 'signature-input') ?? '';
  const isKept = (name: string): boolean =>
    !UNKEPT.has(name) && (name === 'signature' || name === 'signature-input' || covered.includes(`"${name}"`));
  return { method, target, fields: fields.filter(([name]) => isKept(name.toLowerCase())), ...keptBody(Buffer.from(body)) };
}

export function keptAnswer({ status, fields, body }: Signed): KeptAnswer {
  return { status, fields, ...keptBody(Buffer.from(body)) };
}

function keptBody(bytes: Buffer): KeptBody {
  const text = bytes.toString('utf8');
  // A database's text has no zero.
  return !text.includes('\0') && Buffer.from(text).equals(bytes) ? { text } : { body: bytes.toString('base64') };
}

export function requestOf({ method, target, fields }: KeptQuestion): HttpRequest {
  return { method, target, fields };
}

function bytesOf(kept: KeptBody): Uint8Array {
  return new Uint8Array('text' in kept ? Buffer.from(kept.text) : Buffer.from(kept.body, 'base64'));
}
