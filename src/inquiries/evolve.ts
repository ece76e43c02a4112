// The fold: an inquiry's state after one more event. Never refuses: a fact in the log has happened.
import type { Answer, InquiryEvent, InquiryState } from './types.ts';

/** `state` is undefined only for `InquiryAsked`. */
export function evolve(state: InquiryState | undefined, event: InquiryEvent): InquiryState {
  if (event.type === 'InquiryAsked') {
    return { ...event.data, askedAt: event.at, status: 'asked', responder: 0, forwarded: [], attempts: 0, late: [] };
  }
  if (!state) throw new TypeError(`an inquiry begins with InquiryAsked, not ${event.type}`);
  const { at } = event;
  switch (event.type) {
    case 'ResponderAsked': {
      const { responder, unit } = event.data;
      return { ...state, status: 'waiting', responder, attempts: 0, ...(unit !== undefined && { unit }) };
    }
    case 'ResponderFailed':
      return { ...state, attempts: state.attempts + 1 };
    case 'InquiryAnswered':
      return { ...state, status: 'answered', answer: answerOf(event.data, at) };
    case 'LateAnswerKept':
      return { ...state, late: [...state.late, answerOf(event.data, at)] };
    case 'InquiryForwarded': {
      const { from, to, reason } = event.data;
      return { ...state, unit: to, forwarded: [...state.forwarded, { from, to, at, reason }] };
    }
    case 'SilenceFell':
      return { ...state, silentAt: at, status: event.data.effect === 'no-objection' ? 'silent' : state.status };
    case 'InquiryDied':
      return { ...state, status: 'dead' };
    case 'InquiryRevived':
      return { ...state, status: 'waiting', attempts: 0 };
  }
}

function answerOf(data: Omit<Answer, 'at'>, at: Answer['at']): Answer {
  return { ...data, at };
}
