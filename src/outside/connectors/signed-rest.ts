// A question signed by the city and an answer signed by whom it was asked (RFC 9421, Content-Digest), each bound to the agreement and to the other:
// the same exchange that the city offers to those who ask it. 202 is asked again under the same id.
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '#base/json.ts';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { HttpFields, HttpRequest, HttpResponse } from '#proofs/http-message.ts';
import type { OutsideAnswer, OutsideQuestion, SignedRest } from '#work/ports.ts';
import { fault, post } from './call.ts';
import { callOf, exchangeOf, objectIn, pendingOf, statusFault } from './judge.ts';

/** What the pure room makes of signed messages; main/ gives it. */
export type Signing = {
  /** All fields the question goes out with. */
  sign(
    question: HttpRequest & { readonly body: Uint8Array },
    agreement: SignedRest['agreement'],
    terms: { readonly at: Instant; readonly nonce: string },
  ): Promise<HttpFields>;
  /** Undefined where it is the answer to that question, by one of those keys. */
  judge(
    answer: HttpResponse & { readonly body: Uint8Array },
    question: HttpRequest,
    keys: readonly JsonObject[],
  ): Promise<'unsigned' | 'unbound' | undefined>;
};

export async function askSignedRest(
  asked: OutsideQuestion & { readonly connector: SignedRest },
  signing: Signing,
): Promise<OutsideAnswer> {
  const { connector, id, type, question, at } = asked;
  const target = connector.url;
  const body = Buffer.from(JSON.stringify({ id, type: connector.types[type]?.service ?? type, question }));
  const plain: HttpFields = [
    ['content-type', 'application/json; charset=utf-8'],
    ['accept', 'application/json'],
    ['idempotency-key', id],
  ];
  const unsigned = { method: 'POST', target, fields: plain, body };
  const fields = await signing.sign(unsigned, connector.agreement, { at, nonce: randomBytes(16).toString('base64url') });
  const sent = { target, fields, body };
  const called = await post(callOf(asked, sent));
  if ('result' in called) return called;
  const wrong = statusFault(called);
  if (wrong) return wrong;
  const faulty = await signing.judge(called, { method: 'POST', target, fields }, connector.keys);
  if (faulty) return fault(faulty);
  if (called.status === 202) return pendingOf(called);
  const answer = objectIn(called.body);
  if (!answer || answer['answer'] === undefined) return fault('malformed');
  if (answer['id'] !== id) return fault('unbound');
  const asOf = asOfIn(answer) ?? at;
  return { result: 'answered', answer: answer['answer'], asOf, exchange: exchangeOf(sent, called) };
}

function asOfIn(answer: JsonObject): Instant | undefined {
  try {
    return typeof answer['asOf'] === 'string' ? instant(answer['asOf']) : undefined;
  } catch {
    return undefined;
  }
}
