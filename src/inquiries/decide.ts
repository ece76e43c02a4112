// Judges what is asked of an inquiry and says which facts follow. Pure. A repeat gives no facts, so that it is harmless.
import { Refusal } from '#base/refusal.ts';
import type { UnitId } from '#base/ids.ts';
import type { Answer, Forwarding, InquiryFact, InquiryState, InquiryType, Provenance, Responder } from './types.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';

/** Tries of one responder before the next one is asked, or the inquiry is put where people see it. */
export const MOST_TRIES = 8;

export type Given = { readonly value: JsonObject; readonly provenance: Provenance; readonly until?: Instant | undefined };

/** An answer is taken until the inquiry is over, also where nobody expected one any more; one that comes later is kept beside it.
 * The same one again changes nothing. */
export function answered(state: InquiryState, { value, provenance, until }: Given): readonly InquiryFact[] {
  if (state.status === 'asked' || state.status === 'waiting' || state.status === 'dead')
    return [{ type: 'InquiryAnswered', data: { value, provenance, ...(until !== undefined && { until }) } }];
  const same = [state.answer, ...state.late].some((one) => one && JSON.stringify(one.value) === JSON.stringify(value));
  return same ? [] : [{ type: 'LateAnswerKept', data: { value, provenance } }];
}

/** A responder did not answer: it is tried again, then the next one is asked, and after the last the inquiry waits for people to see it. */
export function failed(state: InquiryState, type: InquiryType, reason: string, most = MOST_TRIES): readonly InquiryFact[] {
  if (state.status !== 'waiting') return [];
  if (state.attempts + 1 >= most) return passedOn(state, type, reason);
  return [{ type: 'ResponderFailed', data: { responder: state.responder, reason } }];
}

/** A responder that knows it cannot answer gives way at once to the next. */
export function passedOn(state: InquiryState, type: InquiryType, reason: string): readonly InquiryFact[] {
  if (state.status !== 'asked' && state.status !== 'waiting') return [];
  const fact: InquiryFact = { type: 'ResponderFailed', data: { responder: state.responder, reason } };
  const next = state.responder + 1;
  const one = type.responders[next];
  return one ? [fact, askedNow(next, one)] : [fact, { type: 'InquiryDied', data: { reason } }];
}

/** A responder's turn. */
export function askedNow(responder: number, one: Responder): InquiryFact {
  const whom = one.by === 'unit' ? { unit: one.unit as UnitId } : one.by === 'connector' ? { connector: one.connector } : {};
  return { type: 'ResponderAsked', data: { responder, ...whom } };
}

/** The system outside has the question and will answer later. Told once. */
export function delivered(state: InquiryState): readonly InquiryFact[] {
  return state.status === 'waiting' && state.deliveredAt === undefined
    ? [{ type: 'QuestionDelivered', data: { responder: state.responder } }]
    : [];
}

/** Throws Refusal `inquiry-closed`, `inquiry-not-with-unit`. */
export function forwarded(state: InquiryState, move: Omit<Forwarding, 'at'>): readonly InquiryFact[] {
  if (state.status !== 'waiting') throw new Refusal('inquiry-closed', { inquiry: state.id, status: state.status });
  if (state.unit !== move.from) throw new Refusal('inquiry-not-with-unit', { inquiry: state.id, unit: move.from });
  return move.from === move.to ? [] : [{ type: 'InquiryForwarded', data: move }];
}

/** How often a unit was given an inquiry that it had held before. */
export function returns(forwarded: readonly Forwarding[]): number {
  return forwarded.filter(({ to }, at) => forwarded.slice(0, at + 1).some((one) => one.from === to)).length;
}

/** Little of the time is left, and the unit that holds it is told. */
export function reminded(state: InquiryState, now: Instant): readonly InquiryFact[] {
  const { status, unit, remindAt, remindedAt, silentAt } = state;
  const isTime = remindAt !== undefined && remindedAt === undefined && silentAt === undefined && now >= remindAt;
  return isTime && status === 'waiting' && unit !== undefined ? [{ type: 'UnitReminded', data: { unit } }] : [];
}

/** An escalation that changed nothing is told to the owner once more after this time. */
export const ESCALATE_AGAIN_MS = 7 * 86_400_000;

export function escalatedAgain(state: InquiryState, { owner }: InquiryType, now: Instant): readonly InquiryFact[] {
  const { status, escalatedAt, escalatedAgainAt } = state;
  const isOpen = status === 'asked' || status === 'waiting' || status === 'dead';
  if (!isOpen || escalatedAt === undefined || escalatedAgainAt !== undefined) return [];
  return now >= plusMillis(escalatedAt, ESCALATE_AGAIN_MS) ? [{ type: 'EscalatedAgain', data: { owner } }] : [];
}

/** Answers that came after the deadline: the answer itself, where silence had fallen before it, and all that came after the end. */
export function lateAnswers({ silentAt, answer, late }: InquiryState): readonly Answer[] {
  return [...(answer && silentAt !== undefined ? [answer] : []), ...late];
}

/** The deadline is over and nobody answered. Whoever was never reached cannot have agreed by silence: such a question is shown to people instead. */
export function silent(state: InquiryState, type: InquiryType, now: Instant): readonly InquiryFact[] {
  const isOver = state.status === 'answered' || state.status === 'silent' || state.status === 'given-up';
  if (isOver || state.silentAt !== undefined || now < state.due) return [];
  const wasReached = state.status !== 'dead' && (state.connector === undefined || state.deliveredAt !== undefined);
  const effect = type.silence === 'no-objection' && !wasReached ? 'escalate' : type.silence;
  return [{ type: 'SilenceFell', data: { effect } }];
}

/** Somebody saw it among the dead and lets it be asked again. */
export function revived(state: InquiryState, reason: string): readonly InquiryFact[] {
  requireDead(state);
  return [{ type: 'InquiryRevived', data: { reason } }];
}

/** Somebody saw it among the dead and gives it to the people whom the type names. Throws Refusal `inquiry-no-unit` where it names none. */
export function handedOver(state: InquiryState, type: InquiryType): readonly InquiryFact[] {
  requireDead(state);
  const at = type.responders.findIndex((one) => one.by === 'unit');
  const unit = type.responders[at];
  if (!unit) throw new Refusal('inquiry-no-unit', { type: type.id });
  return [askedNow(at, unit)];
}

/** Somebody saw it among the dead and closes it unanswered. */
export function givenUp(state: InquiryState, reason: string): readonly InquiryFact[] {
  requireDead(state);
  return [{ type: 'InquiryGivenUp', data: { reason } }];
}

function requireDead(state: InquiryState): void {
  if (state.status !== 'dead') throw new Refusal('inquiry-closed', { inquiry: state.id, status: state.status });
}
