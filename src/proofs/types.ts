// What the proofs room gives and takes: RFC 9162 Merkle trees, C2SP checkpoints, receipts. Hashes are raw bytes, 32 of them.
import type { Json } from '#base/json.ts';

export type Hash = Uint8Array;

/** A position in the log and the way from a leaf to a root (RFC 9162 §2.1.3). */
export type InclusionProof = { readonly index: number; readonly size: number; readonly path: readonly Hash[] };

export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly extension?: readonly string[];
};

/** What signs: the note's key name and id, and the signature itself, made elsewhere. */
export type NoteSigner = {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
};
export type NoteVerifier = {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly verify: (message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
};

/** A case event as it is committed to: no personal data in the clear leaves the case. */
export type LeafEvent = { readonly [name: string]: Json };

/** The file an applicant keeps (`.dargah-receipt.json`): enough to check offline that the event is in the log. */
export type Receipt = {
  readonly dargah: 'receipt/1';
  readonly event: LeafEvent;
  /** base64 of the 32-byte salt. */
  readonly salt: string;
  /** base64 of the leaf hash. */
  readonly leaf: string;
  /** The city's signed note over the event's commitment: a promise to include it. */
  readonly promise: string;
  /** Once sequenced: position, path (base64), and the signed checkpoint. */
  readonly inclusion?: {
    readonly index: number;
    readonly size: number;
    readonly path: readonly string[];
    readonly checkpoint: string;
  };
};
