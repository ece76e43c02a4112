// What the road needs of the world, as types: everything a test cannot call for real stands behind one of these.
// The adapters are in outside/; main/ puts them together.
import type { Readable } from 'node:stream';
import type { FileRef } from '#cases/types.ts';
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Money } from '#base/money.ts';
import type { Text } from '#base/text.ts';
import type { Connector, Gsb, SignedRest, XRoad } from '#inquiries/connector.ts';
import type { PublicJwk } from '#proofs/http-key.ts';
import type { HttpFields } from '#proofs/http-message.ts';
import type { MessageSigner, MessageVerifier } from '#proofs/http-signature.ts';
import type { Seen } from '#proofs/http-taken.ts';
import type { NoteSigner, NoteVerifier } from '#proofs/types.ts';
import type { SourcePort } from './registry/source-port.ts';

/** One try of an applicant at one payment. `attempt` is ours, unique, and the provider's idempotency key. */
export type PaymentOrder = {
  readonly attempt: string;
  readonly amount: Money;
  readonly purpose: Text;
  readonly returnTo: string;
};
export type PaymentAnswer =
  | { readonly result: 'paid'; readonly amount: Money; readonly reference: string }
  | { readonly result: 'failed' | 'abandoned' }
  | { readonly result: 'pending' };

export type PaymentPort = {
  /** Where to send the payer's browser. Throws Refusal `payment-unavailable`. */
  begin(order: PaymentOrder): Promise<{ readonly redirect: string }>;
  /** What became of an attempt: the provider's own word, never the browser's. */
  ask(attempt: string): Promise<PaymentAnswer>;
  refund(attempt: string, reference: string): Promise<void>;
};

export type MessagePort = { send(message: { readonly id: string; readonly to: string; readonly text: Text }): Promise<void> };

export type DocumentPort = {
  /** Typst source and data in; a signed PDF/A out. Throws Refusal `signing-unavailable`. */
  issue(order: {
    readonly template: string;
    readonly data: JsonObject;
    readonly reason: string;
    readonly at: Instant;
  }): Promise<Uint8Array>;
};

/** Programs of outside organisations: who they are, that they hold their key, and the keys of signed questions and answers. */
export type PartnerPort = {
  /** By `private_key_jwt`. Throws Refusal `client-assertion-invalid`. */
  identify(
    assertion: string,
    door: {
      readonly keysOf: (client: string) => Promise<readonly JsonObject[] | undefined>;
      readonly issuer: string;
      readonly seen: Seen;
      readonly now: Instant;
    },
  ): Promise<{ readonly clientId: string }>;
  /** The thumbprint of the key that a DPoP proof was made with. Throws Refusal `dpop-proof-invalid`. */
  prove(proof: string | undefined, door: PartnerDoor): Promise<string>;
  newToken(): { readonly token: string; readonly hash: string };
  /** What is kept of a token. */
  tokenHash(token: string): string;
  /** Throws Refusal `access-token-invalid`, `dpop-proof-invalid`. */
  admit<Grant extends { readonly thumbprint: string; readonly until: Instant }>(
    presented: { readonly authorization: string | undefined; readonly dpop: string | undefined },
    find: (hash: string) => Promise<Grant | undefined>,
    door: PartnerDoor,
  ): Promise<Grant>;
  verifier(jwk: PublicJwk): MessageVerifier | undefined;
  /** Signs the city's answers. */
  readonly signer: MessageSigner;
  readonly publicKey: PublicJwk;
  /** Signs for people who are signed in and have no key of their own: what they ask by hand, and contracts. Another key than the city's. */
  readonly door: { readonly signer: MessageSigner; readonly publicKey: PublicJwk };
};

/** Sends to addresses that others gave. */
export type WebhookPort = {
  /** Throws Refusal `invalid-answers` beside `/url`: not https, or into a private network. */
  check(url: string): Promise<void>;
  /** One try, signed with each secret. What came back, or why nothing did; never throws. */
  send(message: {
    readonly url: string;
    readonly id: string;
    readonly at: Instant;
    readonly body: string;
    readonly secrets: readonly string[];
  }): Promise<{ readonly status: number } | { readonly fault: string }>;
};
export type PartnerDoor = { readonly method: string; readonly target: string; readonly seen: Seen; readonly now: Instant };

/** A question of ours to a system outside. `id` is its idempotency key: asked twice, it is one question there. */
export type OutsideQuestion = {
  readonly connector: Connector;
  readonly id: string;
  readonly type: string;
  /** In their words. */
  readonly question: JsonObject;
  readonly at: Instant;
};
/** As it went over the wire, without secrets. Bodies in base64. */
export type OutsideExchange = {
  readonly question: { readonly method: string; readonly target: string; readonly fields: HttpFields; readonly body: string };
  readonly answer: { readonly status: number; readonly fields: HttpFields; readonly body: string };
};
/** What went wrong, in a word that is told to whoever runs the connector: it never holds anything of a question or an answer. */
export type OutsideFault =
  | 'timeout'
  | 'unreachable'
  | 'too-large'
  | 'redirected'
  | 'malformed'
  | 'unavailable'
  | 'not-admitted'
  | 'unsigned'
  | 'unbound'
  | 'not-configured'
  | 'refused';
export type OutsideAnswer =
  | { readonly result: 'answered'; readonly answer: Json; readonly asOf: Instant; readonly exchange: OutsideExchange }
  /** It has the question, and is to be asked again. */
  | { readonly result: 'pending'; readonly againMs: number | undefined }
  /** `isFinal`: asking again will not help. `detail`: a status or code. `againMs`: not before that, where it said so. */
  | {
      readonly result: 'failed';
      readonly fault: OutsideFault;
      readonly isFinal: boolean;
      readonly detail?: string;
      readonly againMs?: number | undefined;
    };

/** Systems of other organisations. Never throws: what cannot be done is a fault. */
export type ConnectorPort = { ask(question: OutsideQuestion): Promise<OutsideAnswer> };

export type FilePort = {
  /** Durable when it resolves; the same bytes twice are one file. Gives the hex SHA-256. */
  put(bytes: Uint8Array): Promise<string>;
  open(sha256: string): Promise<Readable>;
};

export type UploadPort = {
  /** By content, not by name. Throws Refusal `upload-…`. */
  inspect(
    stream: Readable,
    declared: { readonly name: string; readonly accept: readonly string[]; readonly maxBytes: number },
  ): Promise<{ readonly name: string; readonly type: string; readonly size: number; readonly sha256: string }>;
};

/** The city's single sign-on, as an OIDC relying party sees it. */
export type IdentityPort = {
  /** Where to send the browser, and what to remember until it is back. */
  begin(redirectUri: string, language: string): Promise<LoginStart>;
  /** The subject the provider vouches for. Throws where the answer is not the one awaited. */
  finish(callback: URL, expected: Omit<LoginStart, 'url'>): Promise<{ readonly subject: string }>;
};
export type LoginStart = { readonly url: string; readonly state: string; readonly nonce: string; readonly verifier: string };

/** Time and chance, injected so that tests can hold both. */
export type World = { now(): Instant; random(bytes: number): Uint8Array };

export type Ports = {
  readonly webhooks: WebhookPort;
  readonly partners: PartnerPort;
  readonly connectors: ConnectorPort;
  readonly payment: PaymentPort;
  readonly messages: MessagePort;
  readonly documents: DocumentPort;
  readonly files: FilePort;
  readonly uploads: UploadPort;
  readonly sources: SourcePort;
  readonly ledger: { readonly signer: NoteSigner; readonly verifier: NoteVerifier };
  readonly world: World;
};

export type { Connector, FileRef, Gsb, NoteSigner, NoteVerifier, SignedRest, XRoad };
