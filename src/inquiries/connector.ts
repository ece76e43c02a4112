// A connector: how one organisation's system is asked. Configuration, published; keys and passwords are named here and never written.
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';

/** What passes between a question of ours and theirs: FEEL over `question`; FEEL over `answer` (theirs). Absent: as it is. */
export type Exchange = {
  readonly service?: string;
  readonly question?: string;
  readonly answer?: string;
  /** What they may say, and what `answer` makes of it; null: it is no answer. Run when the connector is checked. */
  readonly examples?: readonly { readonly says: Json; readonly answer: Json }[];
};

type Common = {
  readonly id: string;
  readonly title: Text;
  readonly organisation: Text;
  /** Where it is asked. Nothing else is ever called for it. */
  readonly url: string;
  /** Under which agreement. */
  readonly legal: Text;
  readonly timeoutMs: number;
  /** An answer larger than this is not read. */
  readonly mostBytes: number;
  /** Inquiry type → how it is asked. */
  readonly types: { readonly [type: string]: Exchange };
  readonly retry: {
    readonly tries: number;
    readonly firstMs: number;
    readonly capMs: number;
    /** After this long unanswered the next responder has its turn, whether or not all tries were made. */
    readonly patienceMs: number;
  };
  readonly circuit: { readonly failures: number; readonly openMs: number; readonly capMs: number };
  /** A simulator of this repository; never asked in production. */
  readonly sample: boolean;
};

/** RFC 9421: signed question, signed answer, each under the agreement whose hash both name. `keys`: theirs, as public JWKs. */
export type SignedRest = Common & {
  readonly adapter: 'signed-rest';
  readonly agreement: JsonObject & { readonly id: string };
  readonly keys: readonly JsonObject[];
};

/** X-Road Message Protocol for REST, to our own security server. `service` of an exchange is the path behind the service id. */
export type XRoad = Common & { readonly adapter: 'x-road'; readonly client: string; readonly serviceId: string };

/** An envelope in the manner of a government service bus: what its members are called is configuration. */
export type Gsb = Common & {
  readonly adapter: 'gsb';
  /** Header → the name under which its secret is found. */
  readonly secrets: { readonly [header: string]: string };
  readonly envelope: {
    readonly id: string;
    readonly service: string;
    readonly request: string;
    readonly code: string;
    readonly response: string;
    /** Codes of an answer, of one that will come later, and of a partner that cannot just now; any other says no. */
    readonly good: readonly (string | number)[];
    readonly later: readonly (string | number)[];
    readonly busy: readonly (string | number)[];
  };
};

export type Connector = SignedRest | XRoad | Gsb;
