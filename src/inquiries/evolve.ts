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
      const { unit: _unit, connector: _connector, deliveredAt: _deliveredAt, died: _died, ...rest } = state;
      return { ...rest, ...event.data, status: 'waiting', attempts: 0 };
    }
    case 'QuestionDelivered':
      return { ...state, deliveredAt: at };
    case 'ResponderFailed':
      return { ...state, attempts: state.attempts + 1 };
    case 'InquiryAnswered':
      return { ...state, status: 'answered', answer: answerOf(event.data, at) };
    case 'LateAnswerKept':
      return { ...state, late: [...state.late, answerOf(event.data, at)] };
    case 'InquiryForwarded': {
      return { ...state, unit: event.data.to, forwarded: [...state.forwarded, { ...event.data, at }] };
    }
    case 'UnitReminded':
      return { ...state, remindedAt: at };
    case 'SilenceFell': {
      const { effect } = event.data;
      const status = effect === 'no-objection' ? 'silent' : state.status;
      return { ...state, silentAt: at, status, ...(effect === 'escalate' && { escalatedAt: at }) };
    }
    case 'EscalatedAgain':
      return { ...state, escalatedAgainAt: at };
    case 'InquiryDied':
      return { ...state, status: 'dead', died: { at, reason: event.data.reason } };
    case 'InquiryRevived': {
      const { died: _died, ...rest } = state;
      return { ...rest, status: 'waiting', attempts: 0 };
    }
    case 'InquiryGivenUp':
      return { ...state, status: 'given-up' };
  }
}

function answerOf(data: Omit<Answer, 'at'>, at: Answer['at']): Answer {
  return { ...data, at };
}
