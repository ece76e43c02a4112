// A dispute: a person says that a field of their data is wrong, and what is right; the unit that answers for the source decides. Its log is the
// truth, its state a fold. Pure; a repeat gives no facts, so that it is harmless.
import { canonical, isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';

export type DisputeId = string & { readonly __dispute: true };
export type DisputeStatus = 'open' | 'accepted' | 'refused' | 'withdrawn';

/** What a register held when it was disputed. */
export type HeldValue = { readonly value: Json; readonly source: string; readonly asOf: Instant; readonly record?: string };

export type DisputedField = { readonly register: string; readonly key: string; readonly field: string };

export type EvidenceFile = {
  readonly file: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
};

export type DisputeState = DisputedField & {
  readonly id: DisputeId;
  readonly person: PersonId;
  /** Whose data it is. */
  readonly subject: string;
  readonly held: HeldValue;
  readonly claimed: Json;
  readonly reason: string;
  readonly evidence?: EvidenceFile;
  readonly unit: UnitId;
  readonly openedAt: Instant;
  readonly due: Instant;
  readonly status: DisputeStatus;
  readonly overdueAt?: Instant;
  readonly decision?: { readonly at: Instant; readonly by: PersonId; readonly reason: string };
};

export type DisputeFact =
  | {
      readonly type: 'DisputeOpened';
      readonly data: Omit<DisputeState, 'openedAt' | 'status' | 'overdueAt' | 'decision'>;
    }
  | { readonly type: 'DisputeAccepted'; readonly data: { readonly by: PersonId; readonly reason: string; readonly value: Json } }
  | { readonly type: 'DisputeRefused'; readonly data: { readonly by: PersonId; readonly reason: string } }
  | { readonly type: 'DisputeWithdrawn'; readonly data: Readonly<Record<string, never>> }
  /** The deadline is over and nobody decided: both sides are told, once. */
  | { readonly type: 'DisputeOverdue'; readonly data: Readonly<Record<string, never>> };
export type DisputeEvent = DisputeFact & { readonly seq: number; readonly at: Instant };

export type Verdict = { readonly accept: boolean; readonly reason: string };
export type Decider = { readonly person: PersonId; readonly unit: UnitId | undefined; readonly nationalId: string };

/** Throws Refusal `own-dispute`, `dispute-not-with-unit`, `dispute-closed`; `invalid-answers` for a refusal without its reason. */
export function decided(state: DisputeState, verdict: Verdict, by: Decider): readonly DisputeFact[] {
  // Nobody decides what they said, nor what is held of themselves.
  if (by.person === state.person || by.nationalId === state.subject) throw new Refusal('own-dispute', { dispute: state.id });
  if (by.unit !== state.unit) throw new Refusal('dispute-not-with-unit', { dispute: state.id, unit: state.unit });
  const status: DisputeStatus = verdict.accept ? 'accepted' : 'refused';
  if (state.status === status && state.decision?.by === by.person) return [];
  if (state.status !== 'open') throw new Refusal('dispute-closed', { dispute: state.id, status: state.status });
  const reason = verdict.reason.trim();
  if (verdict.accept) return [{ type: 'DisputeAccepted', data: { by: by.person, reason, value: state.claimed } }];
  if (reason === '') throw new Refusal('invalid-answers', { fields: [{ pointer: '/reason', code: 'required' }] });
  return [{ type: 'DisputeRefused', data: { by: by.person, reason } }];
}

/** Throws Refusal `dispute-not-found` for anybody but who disputed, `dispute-closed`. */
export function withdrawn(state: DisputeState, by: PersonId): readonly DisputeFact[] {
  if (by !== state.person) throw new Refusal('dispute-not-found', { dispute: state.id });
  if (state.status === 'withdrawn') return [];
  if (state.status !== 'open') throw new Refusal('dispute-closed', { dispute: state.id, status: state.status });
  return [{ type: 'DisputeWithdrawn', data: {} }];
}

export function overdue(state: DisputeState, now: Instant): readonly DisputeFact[] {
  const isDue = state.status === 'open' && state.overdueAt === undefined && now >= state.due;
  return isDue ? [{ type: 'DisputeOverdue', data: {} }] : [];
}

/** The same claim to the same field, made again while the first is open, is the first. */
export function isSameClaim(state: DisputeState, claimed: Json): boolean {
  return state.status === 'open' && canonical(state.claimed) === canonical(claimed);
}

/** The fold; never refuses. `state` is undefined only for `DisputeOpened`. */
export function evolve(state: DisputeState | undefined, event: DisputeEvent): DisputeState {
  if (event.type === 'DisputeOpened') return { ...event.data, openedAt: event.at, status: 'open' };
  if (!state) throw new TypeError(`a dispute begins with DisputeOpened, not ${event.type}`);
  const { at } = event;
  switch (event.type) {
    case 'DisputeAccepted':
    case 'DisputeRefused': {
      const { by, reason } = event.data;
      return { ...state, status: event.type === 'DisputeAccepted' ? 'accepted' : 'refused', decision: { at, by, reason } };
    }
    case 'DisputeWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'DisputeOverdue':
      return { ...state, overdueAt: at };
  }
}

/** A claimed value in the shape that the register holds: one text in both languages where the register has two. */
export function shaped(held: Json, claimed: Json): Json {
  return isObject(held) && typeof held['fa'] === 'string' && typeof claimed === 'string' ? { fa: claimed, en: claimed } : claimed;
}

/** The source whose owner answers, where the word is a correction of it. */
export function sourceOf(named: string): string {
  return named.startsWith('correction:') ? named.slice('correction:'.length) : named;
}
