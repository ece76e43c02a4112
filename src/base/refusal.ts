// Every way Dargah says no to a person or a program: one code each, with the facts that make the message.
// Never knows HTTP, a page or a language: door/problems.ts gives each code its status, words and mend.

/** One code per kind of refusal. door/problems.ts must give each its words: the compiler sees to it. */
export const REFUSAL_CODES = [
  // what was typed or sent
  'malformed-instant',
  'malformed-money',
  'malformed-request',
  'invalid-answers',
  'unknown-register-key',
  'owner-mismatch',
  'upload-too-large',
  'upload-type-refused',
  'upload-type-mismatch',
  'upload-infected',
  'upload-missing',
  // who may do what, when
  'login-required',
  'session-expired',
  'cross-origin',
  'not-permitted',
  'own-case',
  'same-person',
  'other-unit',
  'wrong-state',
  'task-taken',
  'task-closed',
  'correction-out-of-scope',
  'payment-settled',
  'payment-mismatch',
  'payment-unavailable',
  // what is not there
  'case-not-found',
  'service-not-found',
  'service-not-offered',
  'document-not-found',
  'file-not-found',
  'page-not-found',
  'method-not-allowed',
  // models and packages
  'model-unreadable',
  'model-unsupported',
  'state-format',
  'incident-closed',
  'place-forbidden',
  'migration-refused',
  'package-invalid',
  'expression-failed',
  // inquiries
  'inquiry-not-found',
  'inquiry-closed',
  'inquiry-not-with-unit',
  'inquiry-changed',
  'inquiry-not-askable',
  'batch-not-found',
  'inquiry-no-unit',
  'contract-not-in-force',
  'contract-type-forbidden',
  'contract-not-found',
  'contract-changed',
  'contract-owners-missing',
  'sample-not-found',
  // the road
  'key-reused',
  'conflict-persisted',
  'rate-limited',
  'overloaded',
  // proofs and documents
  'receipt-invalid',
  'document-altered',
  'signing-unavailable',
  // signed questions and answers
  'signature-invalid',
  'digest-mismatch',
  'question-replayed',
  'answer-unbound',
  'client-assertion-invalid',
  'access-token-invalid',
  'dpop-proof-invalid',
  // registers
  'source-not-found',
  'source-loading',
  'source-columns',
  'source-broken',
  'source-unreachable',
  'source-shrunk',
  'source-file',
  'merge-refused',
  'entity-not-found',
  // data of a person
  'record-not-found',
  'too-many-lookups',
  'dispute-not-found',
  'dispute-open',
  'dispute-closed',
  'dispute-not-with-unit',
  'own-dispute',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Facts fill the message; `pointer` (RFC 6901) names the field, `fields` several. Values only, never secrets. */
export type RefusalFacts = {
  readonly pointer?: string;
  readonly fields?: readonly FieldFault[];
  readonly [name: string]: unknown;
};

/** One field that was refused: where (RFC 6901 JSON Pointer), why (a code of forms/faults.ts), and the facts of the message. */
export type FieldFault = { readonly pointer: string; readonly code: string; readonly facts?: Readonly<Record<string, string>> };

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: RefusalFacts;

  constructor(code: RefusalCode, facts: RefusalFacts = {}) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
  }
}
