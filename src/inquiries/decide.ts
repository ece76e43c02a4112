// Judges what is asked of an inquiry and says which facts follow. Pure. A repeat gives no facts, so that it is harmless.
import { Refusal } from '#base/refusal.ts';
import type { UnitId } from '#base/ids.ts';
import type { InquiryFact, InquiryState, InquiryType, Provenance } from './types.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';

/** Tries of one responder before the next one is asked, or the inquiry is put where people see it. */
export const MOST_TRIES = 8;

export type Given = { readonly value: JsonObject; readonly provenance: Provenance; readonly until?: Instant | undefined };

/** An answer is taken while the inquiry is open; one that comes later is kept beside it. The same one again changes nothing. */
export function answered(state: InquiryState, { value, provenance, until }: Given): readonly InquiryFact[] {
  if (state.status === 'asked' || state.status === 'waiting')
    return [{ type: 'InquiryAnswered', data: { value, provenance, ...(until !== undefined && { until }) } }];
  const same = [state.answer, ...state.late].some((one) => one && JSON.stringify(one.value) === JSON.stringify(value));
  return same ? [] : [{ type: 'LateAnswerKept', data: { value, provenance } }];
}

/** A responder did not answer: it is tried again, then the next one is asked, and after the last the inquiry waits for people to see it. */
export function failed(state: InquiryState, type: InquiryType, reason: string): readonly InquiryFact[] {
  if (state.status !== 'waiting') return [];
  const fact: InquiryFact = { type: 'ResponderFailed', data: { responder: state.responder, reason } };
  if (state.attempts + 1 < MOST_TRIES) return [fact];
  const next = state.responder + 1;
  return next < type.responders.length
    ? [fact, { type: 'ResponderAsked', data: { responder: next } }]
    : [fact, { type: 'InquiryDied', data: { reason } }];
}

/** A responder that knows it cannot answer gives way at once to the next. */
export function passedOn(state: InquiryState, type: InquiryType, reason: string): readonly InquiryFact[] {
  if (state.status !== 'asked' && state.status !== 'waiting') return [];
  const next = state.responder + 1;
  const fact: InquiryFact = { type: 'ResponderFailed', data: { responder: state.responder, reason } };
  return next < type.responders.length
    ? [fact, { type: 'ResponderAsked', data: { responder: next } }]
    : [fact, { type: 'InquiryDied', data: { reason } }];
}

/** Throws Refusal `inquiry-closed`, `inquiry-not-with-unit`. */
export function forwarded(
  state: InquiryState,
  { from, to, reason }: { readonly from: UnitId; readonly to: UnitId; readonly reason: string },
): readonly InquiryFact[] {
  if (state.status !== 'waiting') throw new Refusal('inquiry-closed', { inquiry: state.id, status: state.status });
  if (state.unit !== from) throw new Refusal('inquiry-not-with-unit', { inquiry: state.id, unit: from });
  return from === to ? [] : [{ type: 'InquiryForwarded', data: { from, to, reason } }];
}

/** The deadline is over and nobody answered. */
export function silent(state: InquiryState, type: InquiryType, now: Instant): readonly InquiryFact[] {
  const isOpen = state.status === 'asked' || state.status === 'waiting';
  return isOpen && state.silentAt === undefined && now >= state.due
    ? [{ type: 'SilenceFell', data: { effect: type.silence } }]
    : [];
}

/** Somebody saw it among the dead and lets it be asked again. */
export function revived(state: InquiryState, reason: string): readonly InquiryFact[] {
  if (state.status !== 'dead') throw new Refusal('inquiry-closed', { inquiry: state.id, status: state.status });
  return [{ type: 'InquiryRevived', data: { reason } }];
}
