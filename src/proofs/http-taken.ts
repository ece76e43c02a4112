// Questions and answers as a door takes them in: judged, and a Refusal thrown where they do not hold.
// The store of nonces is the caller's; here is only when one is spent: after everything else was good.
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { judgeAnswer, judgeQuestion, QUESTION_AGE } from './http-exchange.ts';
import type { ExchangeFailure, SignedAnswer, SignedQuestion } from './http-exchange.ts';
import type { MessageVerifier } from './http-signature.ts';

/** Remembers `id` until then, at least; true where it was known already. In one step, so that of two at once one is told. */
export type Seen = (id: string, until: Instant) => boolean | Promise<boolean>;

type Door = {
  /** The key of that keyid, if a contract in force names it. */
  readonly find: (keyid: string) => MessageVerifier | undefined;
  readonly seen: Seen;
  readonly now: Instant;
};

/** Throws Refusal `signature-invalid`, `digest-mismatch` (fact `fault` says how), `question-replayed`. */
export async function takeQuestion(request: HttpRequest, body: Uint8Array, { find, seen, now }: Door): Promise<SignedQuestion> {
  const judged = await judgeQuestion(request, body, find, now);
  if (!judged.ok) throw refusal(judged.faults);
  const { value } = judged;
  const life = (QUESTION_AGE.maxAgeSeconds + 2 * QUESTION_AGE.skewSeconds) * 1000;
  if (await seen(`question ${value.keyid} ${value.nonce}`, plusMillis(now, life))) throw new Refusal('question-replayed');
  return value;
}

/** Throws Refusal `signature-invalid`, `digest-mismatch`, `answer-unbound` (fact `fault` says how). */
export async function takeAnswer(
  answer: HttpResponse & { readonly body: Uint8Array },
  question: SignedQuestion,
  find: Door['find'],
): Promise<SignedAnswer> {
  const judged = await judgeAnswer(answer, question, find);
  if (!judged.ok) throw refusal(judged.faults);
  return judged.value;
}

function refusal(faults: readonly ExchangeFailure[]): Refusal {
  const worst = faults.find(({ fault }) => fault.startsWith('digest-')) ?? faults[0];
  const { fault = 'signature-missing', component } = worst ?? {};
  const facts = { fault, ...(component !== undefined && { component }) };
  if (fault.startsWith('digest-')) return new Refusal('digest-mismatch', facts);
  return new Refusal(
    fault === 'contract-differs' || fault === 'question-differs' ? 'answer-unbound' : 'signature-invalid',
    facts,
  );
}
