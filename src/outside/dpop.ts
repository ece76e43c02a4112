// Access tokens bound to their sender (DPoP, RFC 9449): opaque, kept as a hash alone, and of no use without the key they were given for.
// Which tokens there are and which proofs were used is the caller's to know.
import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '#base/refusal.ts';
import { fromEpochMillis, toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { Seen } from '#proofs/http-taken.ts';
import { assertionKey, CLOCK_SKEW_SECONDS, readSignedJwt } from './signed-jwt.ts';

/** How old a proof may be. */
const PROOF_SECONDS = 60;

/** 256 bits of chance, and the hash that is kept in its place. */
export function newAccessToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: tokenHash(token) };
}

/** SHA-256, base64url: what is kept, and what a proof calls `ath` (§4.2). Needs no salt: nobody guesses 256 bits. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}

export type DpopDoor = {
  readonly method: string;
  /** The absolute URI, as the server knows it from its own configuration. */
  readonly target: string;
  readonly seen: Seen;
  readonly now: Instant;
  /** The nonces that the server gave out and still takes (§8). Undefined: none is asked for. */
  readonly nonces?: readonly string[];
};

/** Of a proof with a token request: the thumbprint (RFC 7638) to bind the token to. Throws Refusal `dpop-proof-invalid`, its fact `fault` says why. */
export function checkDpop(proof: string | undefined, door: DpopDoor): Promise<string> {
  return checkProof(proof, door, undefined);
}

/** What is kept of a token. */
export type AccessGrant = { readonly thumbprint: string; readonly until: Instant };

/** The two header fields of a request. */
export type Presented = { readonly authorization: string | undefined; readonly dpop: string | undefined };

/** The grant of the token that was presented with a good proof. Throws Refusal `access-token-invalid`, `dpop-proof-invalid`. */
export async function checkAccess<Grant extends AccessGrant>(
  { authorization, dpop }: Presented,
  find: (hash: string) => Promise<Grant | undefined>,
  door: DpopDoor,
): Promise<Grant> {
  const token = /^DPoP ([\w.~+/-]{1,512}=*)$/i.exec(authorization ?? '')?.[1];
  const hash = tokenHash(token ?? '');
  const grant = token === undefined ? undefined : await find(hash);
  if (!grant || grant.until <= door.now) throw new Refusal('access-token-invalid');
  await checkProof(dpop, door, { hash, thumbprint: grant.thumbprint });
  return grant;
}

type Binding = { readonly hash: string; readonly thumbprint: string };

/** §4.2. */
const CLAIMS = { jti: undefined, htm: undefined, htu: undefined, iat: undefined };

/** §4.3, in its order. */
async function checkProof(proof: string | undefined, door: DpopDoor, binding: Binding | undefined): Promise<string> {
  const { method, target, seen, now, nonces } = door;
  if (proof === undefined) throw refusal('missing');
  const read = readSignedJwt(proof, { now, key: ({ jwk }) => assertionKey(jwk)?.key, typ: 'dpop+jwt', required: CLAIMS });
  if (typeof read === 'string') throw refusal(read);
  const { jti, htm, htu, iat = 0, ath, nonce } = read.claims;
  if (htm !== method) throw refusal('claim-htm');
  if (typeof htu !== 'string' || place(htu) !== place(target)) throw refusal('claim-htu');
  const seconds = toEpochMillis(now) / 1000;
  if (iat > seconds + CLOCK_SKEW_SECONDS || iat < seconds - PROOF_SECONDS - CLOCK_SKEW_SECONDS) throw refusal('claim-iat');
  if (nonces && !nonces.includes(String(nonce))) throw refusal('use-nonce');
  const thumbprint = assertionKey(read.header['jwk'])?.thumbprint;
  if (thumbprint === undefined) throw refusal('key-unknown');
  if (binding && ath !== binding.hash) throw refusal('claim-ath');
  if (binding && thumbprint !== binding.thumbprint) throw refusal('key-differs');
  if (typeof jti !== 'string' || !/^[!-~]{1,128}$/.test(jti)) throw refusal('claim-jti');
  const until = fromEpochMillis(Math.ceil((iat + PROOF_SECONDS + CLOCK_SKEW_SECONDS) * 1000));
  if (await seen(`dpop ${thumbprint} ${jti}`, until)) throw refusal('replayed');
  return thumbprint;
}

/** Without query and fragment, in normal form; undefined is equal to no place. */
function place(target: string): string | symbol {
  const url = URL.parse(target);
  return url ? url.origin + url.pathname : Symbol('no place');
}

function refusal(fault: string): Refusal {
  return new Refusal('dpop-proof-invalid', { fault });
}
