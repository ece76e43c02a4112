// An inquiry: a question of a declared type, asked once, answered once by who is declared to answer it. Its log is the truth; its state a fold.
// Types and contracts are data, published by version; nothing here knows of a register, a connector or a web address.
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Text } from '#base/text.ts';

export type InquiryId = string & { readonly __inquiry: true };

/** `key`: FEEL over the question. The decision reads `question`, `found` and `record`, and gives the answer, or null to give way. */
export type RegisterResponder = {
  readonly by: 'register';
  readonly register: string;
  readonly key: string;
  readonly decision: string;
  /** Other registers under the same key: the decision reads each by its name, null where it has no record. */
  readonly with?: readonly string[];
  /** Layers of the city: the decision reads `near`, what lies within so many metres of the ground plan under the key, and `plan`, its `area` in m²; null where none is known. */
  readonly near?: readonly { readonly layer: string; readonly within: number }[];
};

/** Tried in order until one answers: a register by a rule of the type's decision, a system outside, people of a unit. */
export type Responder =
  | RegisterResponder
  | { readonly by: 'connector'; readonly connector: string }
  /** `unit`: an id. `draft`: the decision that begins its answer with what the registers know; it reads what the rule reads. */
  | { readonly by: 'unit'; readonly unit: string; readonly draft?: string };

/** What silence means once the deadline is over. */
export type SilenceEffect = 'none' | 'escalate' | 'no-objection';

export type InquiryType = {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly summary: Text;
  /** The unit that owns the question. */
  readonly owner: string;
  /** Units of the city that may ask, they and those under them; `district-*-planning` is that unit of every district. Absent: none may. */
  readonly asks?: readonly string[];
  /** JSON Schema (2020-12) of each. */
  readonly question: JsonObject;
  readonly answer: JsonObject;
  readonly responders: readonly Responder[];
  /** Working time. */
  readonly deadline: string;
  readonly silence: SilenceEffect;
  /** How long an answer may stand for a like question; absent: it is always asked anew. ISO 8601. */
  readonly reuse?: string;
  readonly legal: Text;
  /** FEEL over the question: whose data it is about (national or legal id), and which property. */
  readonly subject: { readonly person?: string; readonly property?: string };
  readonly sample: boolean;
};

/** When the person asked about may see that they were: at once, after a time, or not before a court allows it. */
export type Visibility = 'now' | 'court' | { readonly after: string };

export type Side = 'organisation' | 'city';

/** `how`: after a login, the portal's key signing for the person; with a key of the organisation; or on paper, before there was a portal. */
export type TermsSignature = {
  readonly side: Side;
  readonly person: PersonId;
  readonly at: Instant;
  readonly how: 'login' | 'key' | 'paper';
  /** Detached, over the terms; there is none of paper. */
  readonly jws?: string;
};

/** What lets an organisation ask: signed by both sides, for a purpose, with the fields it needs and no more. */
export type Contract = {
  readonly id: string;
  readonly version: number;
  readonly organisation: { readonly id: string; readonly name: Text; readonly kind: string };
  readonly purpose: Text;
  readonly legal: Text;
  /** Inquiry type → members of its answer that this organisation is given. */
  readonly types: { readonly [type: string]: { readonly fields: readonly string[] } };
  readonly ratePerMinute: number;
  readonly visibility: Visibility;
  readonly from: Instant;
  readonly until: Instant;
  /** Public keys of the organisation, as JWKs with `kid`. */
  readonly keys: readonly JsonObject[];
  /** People of the organisation who may ask by hand. */
  readonly persons: readonly PersonId[];
  /** Of the test environment: answered from sample data alone. */
  readonly test: boolean;
  /** Of both sides, over its terms: in every evidence that names this document. */
  readonly signatures?: readonly TermsSignature[];
};

/** Who asks: a case of the city, or an organisation under its contract. */
export type Asker =
  /** `wait`: the step of the process that asks; absent where an officer asks from the case file. */
  | {
      readonly by: 'case';
      readonly case: string;
      readonly wait?: string;
      readonly unit: UnitId;
      readonly person: PersonId | 'system';
    }
  | {
      readonly by: 'contract';
      readonly contract: string;
      readonly version: number;
      readonly organisation: string;
      readonly person?: PersonId;
    };

/** How an answer came to be: from which source, as of when, by whom; `reused` from an earlier inquiry. */
export type Provenance = {
  readonly responder: Responder['by'];
  readonly source: string;
  readonly asOf: Instant;
  readonly person?: PersonId;
  readonly reused?: InquiryId;
};

/** `dead`: nobody could answer, and people see it; `given-up`: one of them closed it, with a reason. */
export type InquiryStatus = 'asked' | 'waiting' | 'answered' | 'silent' | 'dead' | 'given-up';

export type Answer = {
  readonly value: JsonObject;
  readonly at: Instant;
  readonly provenance: Provenance;
  readonly until?: Instant;
};

export type Forwarding = {
  readonly from: UnitId;
  readonly to: UnitId;
  readonly at: Instant;
  readonly reason: string;
  readonly by?: PersonId;
};

export type InquiryState = {
  readonly id: InquiryId;
  readonly type: string;
  readonly version: string;
  readonly asker: Asker;
  readonly question: JsonObject;
  readonly subject: { readonly person?: string; readonly property?: string };
  readonly askedAt: Instant;
  readonly due: Instant;
  readonly status: InquiryStatus;
  /** Which responder of the type is being asked now. */
  readonly responder: number;
  /** The unit that is to answer, where people do. */
  readonly unit?: UnitId;
  /** The system outside that is to answer. */
  readonly connector?: string;
  /** When it told that it has the question: silence can be held only against one who was asked. */
  readonly deliveredAt?: Instant;
  /** When and why nobody was left to answer. */
  readonly died?: { readonly at: Instant; readonly reason: string };
  /** From which unit to which, in order: when, why, and by whom. */
  readonly forwarded: readonly Forwarding[];
  readonly attempts: number;
  /** When four fifths of the working time are over: the unit that holds it is reminded then, once. */
  readonly remindAt?: Instant;
  readonly remindedAt?: Instant;
  /** When the deadline was over unanswered, and the type's effect of silence fell. */
  readonly silentAt?: Instant;
  /** When that silence was told to the manager of the unit and to the owner; and to the owner again. */
  readonly escalatedAt?: Instant;
  readonly escalatedAgainAt?: Instant;
  readonly answer?: Answer;
  /** Answers that came after the inquiry was over: kept and shown, never lost. */
  readonly late: readonly Answer[];
};

export type InquiryFact =
  | {
      readonly type: 'InquiryAsked';
      readonly data: {
        readonly id: InquiryId;
        readonly type: string;
        readonly version: string;
        readonly asker: Asker;
        readonly question: JsonObject;
        readonly subject: InquiryState['subject'];
        readonly due: Instant;
        readonly remindAt?: Instant;
      };
    }
  | {
      readonly type: 'ResponderAsked';
      readonly data: { readonly responder: number; readonly unit?: UnitId; readonly connector?: string };
    }
  | { readonly type: 'QuestionDelivered'; readonly data: { readonly responder: number } }
  | { readonly type: 'ResponderFailed'; readonly data: { readonly responder: number; readonly reason: string } }
  | {
      readonly type: 'InquiryAnswered';
      readonly data: { readonly value: JsonObject; readonly provenance: Provenance; readonly until?: Instant };
    }
  | { readonly type: 'LateAnswerKept'; readonly data: { readonly value: JsonObject; readonly provenance: Provenance } }
  | { readonly type: 'InquiryForwarded'; readonly data: Omit<Forwarding, 'at'> }
  | { readonly type: 'UnitReminded'; readonly data: { readonly unit: UnitId } }
  | { readonly type: 'SilenceFell'; readonly data: { readonly effect: SilenceEffect } }
  | { readonly type: 'EscalatedAgain'; readonly data: { readonly owner: string } }
  | { readonly type: 'InquiryDied'; readonly data: { readonly reason: string } }
  | { readonly type: 'InquiryRevived'; readonly data: { readonly reason: string } }
  | { readonly type: 'InquiryGivenUp'; readonly data: { readonly reason: string } };

/** `by`: who did it, in which role, for which unit; `system` is the road itself. */
export type InquiryEvent = InquiryFact & { readonly seq: number; readonly at: Instant };
