// Paying: an attempt is recorded before the payer leaves, and settled by the provider's own word, whoever brings it: browser, callback or ticker.
import { createHash } from 'node:crypto';
import { Refusal } from '#base/refusal.ts';
import type { CaseId } from '#base/ids.ts';
import type { Language } from '#base/text.ts';
import type { Actor } from '#cases/types.ts';
import type { WaitId } from '#engine/types.ts';
import { load } from '#store/load.ts';
import { paymentCommand, SYSTEM } from './effects.ts';
import { perform } from './perform.ts';
import type { Performed } from './perform.ts';
import type { Road } from './road.ts';

/** Where to send the payer; they come back to pages in `language`. The same key is the same attempt. Throws Refusal `payment-settled`, `payment-unavailable`. */
export async function beginPayment(
  road: Road,
  id: CaseId,
  request: { readonly actor: Actor; readonly key: string; readonly payment: WaitId; readonly language?: Language },
): Promise<{ readonly redirect: string; readonly attempt: string }> {
  const { actor, key, payment } = request;
  const attempt = createHash('sha256')
    .update(JSON.stringify([id, payment, key]))
    .digest('hex')
    .slice(0, 32);
  const { state } = await perform(road, id, { actor, key, command: { type: 'StartPayment', payment, attempt } });
  const owed = state.payments.find((one) => one.id === payment);
  if (!owed) throw new Refusal('payment-settled', { payment });
  const { title } = road.catalogue.current(state.service).package.manifest;
  const prefix = request.language === 'en' ? '/en' : '';
  const order = { attempt, amount: owed.amount, purpose: title, returnTo: `${road.origin}${prefix}/pay/${id}/${attempt}` };
  return { attempt, ...(await road.ports.payment.begin(order)) };
}

/** Asks the provider about an attempt and records its word. `pending` changes nothing. Throws Refusal `payment-mismatch`. */
export async function settlePayment(road: Road, id: CaseId, attempt: string): Promise<Performed['state']> {
  const { state } = await load(road.pool, id);
  const payment = state.payments.find((one) => one.attempts.some((each) => each.id === attempt));
  if (!payment) throw new Refusal('payment-mismatch', { attempt });
  const answer = await road.ports.payment.ask(attempt);
  if (answer.result === 'pending') return state;
  const command = paymentCommand(payment.id, attempt, answer);
  const done = await perform(road, id, { actor: SYSTEM, key: `paid:${attempt}:${answer.result}`, command });
  return done.state;
}
