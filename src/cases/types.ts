// The case: its state, commands, events and wants. A case is a log of events; the state is a fold of them.
// Never holds anything that the log does not: no clock, no names of people beyond who acted.
import type { Clock, CalendarVersion } from '#calendar/types.ts';
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Money } from '#base/money.ts';
import type { CaseId, PersonId, UnitId } from '#base/ids.ts';
import type { ServicePackage } from '#catalog/types.ts';
import type { AnswerSource, Held } from './known.ts';
import type { Mapping } from '#engine/migrate.ts';
import type { DecisionTrace, EngineState, TrailEntry, WaitId } from '#engine/types.ts';

export const ROLES = [
  'citizen',
  'business',
  'agent',
  'officer',
  'manager',
  'engineer',
  'owner',
  'steward',
  'infrastructure',
  'inspector',
  'system',
] as const;
export type Role = (typeof ROLES)[number];

/** What a person holds in the city's organisation. */
export type Assignment = { readonly role: Role; readonly unit: UnitId };

/** Whoever asks for something. `system` is the road itself: timers, adapters, callbacks. */
export type Actor = {
  readonly person: PersonId | 'system';
  readonly kind: 'citizen' | 'business' | 'system';
  readonly assignments: readonly Assignment[];
};

/** The hat an actor wore for one event: what the log and the public see. */
export type Hat = { readonly person: PersonId | 'system'; readonly role: Role; readonly unit?: UnitId };

export type Applicant = {
  readonly id: PersonId;
  readonly kind: 'citizen' | 'business';
  readonly nationalId: string;
  readonly name: string;
};

export const STATUSES = ['draft', 'open', 'issued', 'refused', 'withdrawn', 'lapsed', 'completed'] as const;
export type Status = (typeof STATUSES)[number];

export type FileRef = {
  readonly file: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
};

export type Task = {
  readonly id: WaitId;
  readonly element: string;
  readonly unit?: UnitId;
  readonly role: string;
  readonly form?: string;
  readonly inquiry?: string;
  readonly visit?: string;
  readonly pauses?: string;
  readonly separate: readonly string[];
  readonly openedAt: Instant;
  readonly due?: Instant;
  readonly assignee?: PersonId;
  readonly claimedAt?: Instant;
};

export type PaymentAttempt = {
  readonly id: string;
  readonly startedAt: Instant;
  readonly result: 'pending' | 'paid' | 'failed' | 'abandoned';
  readonly reference?: string;
};
export type Payment = {
  readonly id: WaitId;
  readonly amount: Money;
  readonly lines: readonly Json[];
  readonly status: 'due' | 'paid' | 'cancelled';
  readonly attempts: readonly PaymentAttempt[];
};

export type IssuedDocument = {
  readonly code: string;
  readonly number: string;
  readonly file: string;
  readonly issuedAt: Instant;
  readonly validUntil?: Instant;
  readonly status: 'valid' | 'revoked';
};

export type CaseState = {
  readonly id: CaseId;
  readonly service: string;
  readonly version: string;
  readonly definition: string;
  readonly applicant: Applicant;
  readonly status: Status;
  readonly openedAt: Instant;
  readonly submittedAt?: Instant;
  readonly endedAt?: Instant;
  readonly reason?: string;
  /** Raw answers while in draft; the process's variables afterwards. */
  readonly draft: JsonObject;
  /** Where each answer of the application comes from that a register could give. */
  readonly sources?: { readonly [field: string]: AnswerSource };
  readonly files: readonly FileRef[];
  readonly engine?: EngineState;
  readonly tasks: readonly Task[];
  /** Units that have worked the case. */
  readonly units: readonly UnitId[];
  /** Who completed which element: what four eyes are judged by. */
  readonly done: readonly { readonly element: string; readonly person: PersonId }[];
  readonly payments: readonly Payment[];
  readonly documents: readonly IssuedDocument[];
  readonly fee?: { readonly lines: readonly Json[]; readonly total: Money };
  /** The day whose tariff rules the case, `yyyy-mm-dd`. */
  readonly tariffDate?: string;
  readonly clock?: Clock;
  /** Working minutes left of clock-bound timers while the clock stands still. */
  readonly held: { readonly [wait: string]: number };
  readonly visits: { readonly applicant: number; readonly city: number };
};

export type Command =
  | { readonly type: 'OpenCase'; readonly applicant: Applicant }
  /** `held`: the records that registers hold for the application's bound fields, as they were looked up for this command. */
  | {
      readonly type: 'SaveDraft';
      readonly page?: string;
      readonly answers: JsonObject;
      readonly unchecked?: boolean;
      readonly held?: Held;
    }
  | { readonly type: 'AttachFile'; readonly field: string; readonly file: FileRef }
  /** `known`: for each field that is a register's key, the register's record, or null where it has none. `seen`: what the applicant was shown. */
  | {
      readonly type: 'SubmitApplication';
      readonly answers?: JsonObject;
      readonly known: { readonly [field: string]: JsonObject | null };
      readonly held?: Held;
      readonly seen?: JsonObject;
    }
  | { readonly type: 'ClaimTask'; readonly task: WaitId }
  | { readonly type: 'ReleaseTask'; readonly task: WaitId }
  | { readonly type: 'CompleteTask'; readonly task: WaitId; readonly answers: JsonObject }
  | { readonly type: 'StartPayment'; readonly payment: WaitId; readonly attempt: string }
  | {
      readonly type: 'RecordPayment';
      readonly payment: WaitId;
      readonly attempt: string;
      readonly result: 'paid' | 'failed' | 'abandoned';
      readonly amount?: Money;
      readonly reference?: string;
    }
  | { readonly type: 'RecordService'; readonly wait: WaitId; readonly result: JsonObject }
  | { readonly type: 'RecordDocument'; readonly wait: WaitId; readonly document: Omit<IssuedDocument, 'status'> }
  | { readonly type: 'RecordFailure'; readonly wait: WaitId; readonly reason: string }
  | { readonly type: 'FireTimer'; readonly wait: WaitId }
  | { readonly type: 'WithdrawCase'; readonly reason?: string }
  | { readonly type: 'RevokeDocument'; readonly code: string; readonly reason: string }
  /** What the process's owner does where it cannot go on: try again, with other data, from another place; or under another version. */
  | { readonly type: 'RetryIncident'; readonly incident: string; readonly reason: string }
  | { readonly type: 'MendData'; readonly incident: string; readonly vars: JsonObject; readonly reason: string }
  | { readonly type: 'MoveToken'; readonly incident: string; readonly to: string; readonly reason: string }
  | { readonly type: 'MigrateCase'; readonly definition: string; readonly mapping: Mapping; readonly reason: string };
export type CommandType = Command['type'];

/** An incident that was acted on, the element where it stood, and why. */
type Mended = { readonly incident: string; readonly element: string; readonly reason: string };

/** Facts, past tense. `data` of each is what the command asked for, checked and normalised. */
export type Fact =
  | {
      readonly type: 'CaseOpened';
      readonly data: {
        readonly id: CaseId;
        readonly service: string;
        readonly version: string;
        readonly definition: string;
        readonly applicant: Applicant;
      };
    }
  | { readonly type: 'DraftSaved'; readonly data: { readonly answers: JsonObject } }
  | { readonly type: 'FileAttached'; readonly data: { readonly field: string; readonly file: FileRef } }
  | {
      readonly type: 'ApplicationSubmitted';
      readonly data: { readonly answers: JsonObject; readonly sources?: { readonly [field: string]: AnswerSource } };
    }
  | { readonly type: 'TaskClaimed'; readonly data: { readonly task: WaitId } }
  | { readonly type: 'TaskReleased'; readonly data: { readonly task: WaitId } }
  | {
      readonly type: 'TaskCompleted';
      readonly data: { readonly task: WaitId; readonly element: string; readonly answers: JsonObject };
    }
  | {
      readonly type: 'CorrectionAnswered';
      readonly data: { readonly task: WaitId; readonly element: string; readonly answers: JsonObject };
    }
  | {
      readonly type: 'PaymentStarted';
      readonly data: { readonly payment: WaitId; readonly attempt: string; readonly amount: Money };
    }
  | {
      readonly type: 'PaymentReceived';
      readonly data: { readonly payment: WaitId; readonly attempt: string; readonly amount: Money; readonly reference: string };
    }
  | {
      readonly type: 'PaymentFailed';
      readonly data: { readonly payment: WaitId; readonly attempt: string; readonly result: 'failed' | 'abandoned' };
    }
  /** Money came for a payment that was already settled or cancelled: it must go back. */
  | {
      readonly type: 'RefundOwed';
      readonly data: { readonly payment: WaitId; readonly attempt: string; readonly amount: Money; readonly reference: string };
    }
  | { readonly type: 'ServiceAnswered'; readonly data: { readonly wait: WaitId; readonly result: JsonObject } }
  | { readonly type: 'ServiceFailed'; readonly data: { readonly wait: WaitId; readonly reason: string } }
  | {
      readonly type: 'DocumentIssued';
      readonly data: { readonly wait: WaitId; readonly document: Omit<IssuedDocument, 'status'> };
    }
  | { readonly type: 'DocumentRevoked'; readonly data: { readonly code: string; readonly reason: string } }
  | { readonly type: 'TimerFired'; readonly data: { readonly wait: WaitId } }
  | { readonly type: 'CaseWithdrawn'; readonly data: { readonly reason?: string } }
  | { readonly type: 'IncidentRetried'; readonly data: Mended }
  | { readonly type: 'DataMended'; readonly data: Mended & { readonly vars: JsonObject } }
  | { readonly type: 'TokenMoved'; readonly data: Mended & { readonly to: string } }
  | {
      readonly type: 'CaseMigrated';
      readonly data: {
        readonly from: string;
        readonly definition: string;
        readonly version: string;
        readonly mapping: Mapping;
        readonly reason: string;
      };
    };
export type FactType = Fact['type'];

/** A case event: a fact, when, and under which hat. `derived` is what the engine made of it: recomputable, kept for reading. */
export type CaseEvent = Fact & { readonly seq: number; readonly at: Instant; readonly hat: Hat };

/** What the road must do after the commit. One table: timers and outbox alike. */
export type Want =
  | { readonly kind: 'timer'; readonly id: string; readonly due: Instant }
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly due: Instant;
      readonly type: string;
      readonly element: string;
      readonly input: JsonObject;
    }
  | {
      readonly kind: 'check-payment';
      readonly id: string;
      readonly due: Instant;
      readonly payment: WaitId;
      readonly attempt: string;
    }
  | { readonly kind: 'refund'; readonly id: string; readonly due: Instant; readonly reference: string; readonly amount: Money }
  | { readonly kind: 'withdraw'; readonly id: string };

export type Evolved = {
  readonly state: CaseState;
  readonly trail: readonly TrailEntry[];
  readonly wants: readonly Want[];
  readonly decisions: readonly DecisionTrace[];
};

/** What a case is judged under: its pinned package, the calendar it was promised, and now. */
export type CaseEnv = {
  readonly package: ServicePackage;
  readonly definition: string;
  readonly calendar: CalendarVersion;
  readonly now: Instant;
  /** The version that a migration leads to. */
  readonly target?: { readonly package: ServicePackage; readonly definition: string };
};
