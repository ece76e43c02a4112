// Short-lived JSON Web Tokens that programs sign for one use (RFC 7519, by jose): the three algorithms of FAPI 2.0 and no other.
// Whose key it is and what the claims must say is for the caller; here is that the token is one, whole and signed.
import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyOptions, ProtectedHeaderParameters } from 'jose';
import type { Instant } from '#base/instant.ts';

/** FAPI 2.0 Security Profile §5.4.1; Ed25519 is EdDSA by its full name (RFC 9864). */
const KEY_TYPES: Readonly<Record<string, string>> = { ES256: 'ec', PS256: 'rsa', EdDSA: 'ed25519', Ed25519: 'ed25519' };
/** No assertion or proof of honest use is longer. */
const LONGEST = 8192;
/** FAPI 2.0 §5.3.2.1: a clock may be this much ahead. */
export const CLOCK_SKEW_SECONDS = 10;

export type SignedJwt = { readonly header: ProtectedHeaderParameters; readonly claims: JWTPayload };
export type JwtFault = 'unreadable' | 'algorithm' | 'type' | 'key-unknown' | 'signature-wrong' | 'expired' | `claim-${string}`;

type Terms = {
  readonly now: Instant;
  readonly key: (header: ProtectedHeaderParameters) => KeyObject | undefined;
  readonly claims: Pick<JWTVerifyOptions, 'audience' | 'issuer' | 'subject' | 'requiredClaims' | 'typ'>;
};

/** `key`: the public key for a header, which is not proven yet. */
export async function readSignedJwt(jwt: string, { now, key, claims }: Terms): Promise<SignedJwt | JwtFault> {
  if (jwt.length > LONGEST || !jwt.split('.').every(isCanonical)) return 'unreadable';
  const find = (header: ProtectedHeaderParameters): KeyObject => {
    const found = key(header);
    if (!found) throw new errors.JWKSNoMatchingKey();
    // The key says which algorithm it is for, never the token.
    if (KEY_TYPES[header.alg ?? ''] !== found.asymmetricKeyType) throw new errors.JOSEAlgNotAllowed();
    return found;
  };
  try {
    const read = await jwtVerify(jwt, find, {
      ...claims,
      algorithms: Object.keys(KEY_TYPES),
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(now),
    });
    return { header: read.protectedHeader, claims: read.payload };
  } catch (error) {
    return faultOf(error);
  }
}

/** One writing for the same bytes (RFC 4648 §3.5): else a token could be sent twice in two spellings. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function faultOf(error: unknown): JwtFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'typ' ? 'type' : `claim-${error.claim}`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'key-unknown';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature-wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JOSEError) return 'unreadable';
  throw error;
}

/** Clients send the same key with every request. Making one anew took longer than the signature's own check. */
const made = new Map<string, KeyObject>();
const MOST_KEPT = 1000;

/** Undefined for what is no public key of P-256, Ed25519 or RSA from 2048 bits. A private one is refused: its secret is out. */
export function assertionKey(jwk: unknown): KeyObject | undefined {
  if (jwk === null || typeof jwk !== 'object' || ['d', 'k'].some((name) => name in jwk)) return undefined;
  const { kty, crv, x, y, n, e } = jwk as JsonWebKey;
  const name = JSON.stringify([kty, crv, x, y, n, e]);
  const kept = made.get(name);
  if (kept) return kept;
  const key = readKey({ kty, crv, x, y, n, e } as JsonWebKey);
  if (!key || !isStrong(key)) return undefined;
  const [oldest = ''] = made.size < MOST_KEPT ? [] : made.keys();
  made.delete(oldest);
  made.set(name, key);
  return key;
}

function readKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  return asymmetricKeyType === 'ed25519';
}
