// A contract's life as types: drafted by the city, signed by both sides, in force, replaced or revoked. Its log is the truth; its state a fold.
// What both sides sign are its terms; keys are the organisation's own to change, and the document that questions name holds both.
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Contract, Side, TermsSignature } from './types.ts';

/** What both sides agree to. */
export type Terms = Omit<Contract, 'version' | 'keys' | 'test' | 'signatures'>;
export type Draft = {
  readonly terms: Terms;
  /** Of the terms' one byte form: what is signed is what was read. */
  readonly hash: string;
  readonly drafter: PersonId;
  readonly at: Instant;
  /** Units whose questions are in it, and those whose owners agreed so far. */
  readonly owners: readonly UnitId[];
  readonly agreed: readonly UnitId[];
  readonly signatures: readonly TermsSignature[];
};

/** `test` keys ask the test environment alone. */
export type KeyUse = 'real' | 'test';
/** A JWK with `kid` (its thumbprint) and `alg`. */
export type RegisteredKey = { readonly jwk: JsonObject; readonly by: PersonId; readonly at: Instant };

export type AgreementState = {
  readonly id: string;
  readonly draft?: Draft;
  readonly current?: Pick<Draft, 'terms' | 'hash' | 'owners' | 'signatures'> & { readonly since: Instant };
  readonly keys: { readonly [use in KeyUse]: readonly RegisteredKey[] };
  /** When its test environment was opened. */
  readonly twinSince?: Instant;
  readonly revoked?: { readonly side: Side; readonly person: PersonId; readonly at: Instant; readonly reason: string };
  /** Versions of the documents given out so far: of the contract, and of its twin. */
  readonly versions: { readonly [use in KeyUse]: number };
};

export type AgreementFact =
  | {
      readonly type: 'AgreementDrafted';
      readonly data: {
        readonly id: string;
        readonly terms: Terms;
        readonly hash: string;
        readonly drafter: PersonId;
        readonly owners: readonly UnitId[];
        readonly agreed: readonly UnitId[];
      };
    }
  | { readonly type: 'DraftAgreed'; readonly data: { readonly units: readonly UnitId[] } }
  | { readonly type: 'AgreementSigned'; readonly data: { readonly signature: TermsSignature } }
  | { readonly type: 'AgreementEntered'; readonly data: { readonly hash: string } }
  | { readonly type: 'KeyRegistered'; readonly data: { readonly use: KeyUse; readonly jwk: JsonObject; readonly by: PersonId } }
  | { readonly type: 'KeyWithdrawn'; readonly data: { readonly use: KeyUse; readonly kid: string } }
  | { readonly type: 'TwinOpened'; readonly data: Readonly<Record<string, never>> }
  | { readonly type: 'WebhookSet'; readonly data: { readonly use: KeyUse; readonly url: string } }
  | {
      readonly type: 'AgreementRevoked';
      readonly data: { readonly side: Side; readonly person: PersonId; readonly reason: string };
    };

export type AgreementEvent = AgreementFact & { readonly at: Instant };
