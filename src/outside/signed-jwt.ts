// Short-lived JSON Web Tokens that programs sign for one use (RFC 7519, RFC 7515 compact): the three algorithms of FAPI 2.0 and no other.
// Whose key it is and what the claims must say is for the caller; here is that the token is one, whole and signed. On node:crypto in this thread: three
// times quicker than over Web Crypto, whose every check goes through a pool of threads. The test holds it against jose, token by token.
import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { Instant } from '#base/instant.ts';
import { toEpochMillis } from '#base/instant.ts';
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { ecdsaVerify } from './ecdsa.ts';

/** FAPI 2.0 Security Profile §5.4.1; Ed25519 is EdDSA by its full name (RFC 9864). */
const KEY_TYPES: Readonly<Record<string, string>> = { ES256: 'ec', PS256: 'rsa', EdDSA: 'ed25519', Ed25519: 'ed25519' };
/** RFC 7518 §3.5: the salt is as long as the hash. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
/** No assertion or proof of honest use is longer. */
const LONGEST = 8192;
/** FAPI 2.0 §5.3.2.1: a clock may be this much ahead. */
export const CLOCK_SKEW_SECONDS = 10;

/** Registered claims are of their types (§4.1); what else there is, is as it came. */
export type JwtClaims = JsonObject & { readonly iat?: number; readonly exp?: number };
export type SignedJwt = { readonly header: JsonObject; readonly claims: JwtClaims };
export type JwtFault = 'unreadable' | 'algorithm' | 'type' | 'key-unknown' | 'signature-wrong' | 'expired' | `claim-${string}`;

type Terms = {
  readonly now: Instant;
  readonly key: (header: JsonObject) => KeyObject | undefined;
  readonly typ?: string;
  /** Claims that must be there, and for some what they must be. */
  readonly required: Readonly<Record<string, string | undefined>>;
};

/** `key`: the public key for a header, which is not proven yet. */
export function readSignedJwt(jwt: string, terms: Terms): SignedJwt | JwtFault {
  if (jwt.length > LONGEST) return 'unreadable';
  const parts = jwt.split('.');
  const [head, body, signature] = parts.map(bytesOf);
  if (!head || !body || !signature || parts.length !== 3) return 'unreadable';
  const header = objectOf(head);
  // A critical extension that is not understood ends it (RFC 7515 §4.1.11), and none is.
  if (!header || header['crit'] !== undefined || typeof header['alg'] !== 'string') return 'unreadable';
  if (!Object.hasOwn(KEY_TYPES, header['alg'])) return 'algorithm';
  const key = terms.key(header);
  if (!key) return 'key-unknown';
  // The key says which algorithm it is for, never the token.
  if (KEY_TYPES[header['alg']] !== key.asymmetricKeyType) return 'algorithm';
  if (!isSigned(key, Buffer.from(jwt.slice(0, jwt.lastIndexOf('.')), 'latin1'), signature)) return 'signature-wrong';
  const claims = objectOf(body);
  if (!claims) return 'unreadable';
  if (terms.typ !== undefined && mediaType(header['typ']) !== mediaType(terms.typ)) return 'type';
  return claimsFault(claims, terms) ?? { header, claims: claims as JwtClaims };
}

/** Undefined for another than the one writing of these bytes (RFC 4648 §3.5): else a token could be sent twice in two spellings. */
function bytesOf(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}

function objectOf(bytes: Buffer): JsonObject | undefined {
  try {
    const json = JSON.parse(bytes.toString('utf8')) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isSigned(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return ecdsaVerify(key, data, signature);
    case 'ed25519':
      return verify(null, data, key, signature);
    case 'rsa':
      return verify('sha256', data, { key, ...PSS }, signature);
    default:
      return false;
  }
}

/** RFC 7515 §4.1.9: `application/` may be left out, and case says nothing. */
function mediaType(typ: Json | undefined): string | undefined {
  if (typeof typ !== 'string') return undefined;
  return (typ.includes('/') ? typ : `application/${typ}`).toLowerCase();
}

function claimsFault(claims: JsonObject, { required, now }: Terms): JwtFault | undefined {
  const missing = Object.keys(required).find((name) => !Object.hasOwn(claims, name));
  if (missing !== undefined) return `claim-${missing}`;
  const other = Object.entries(required).find(([name, value]) => value !== undefined && claims[name] !== value);
  if (other) return `claim-${other[0]}`;
  const wrong = ['iat', 'nbf', 'exp'].find((name) => claims[name] !== undefined && typeof claims[name] !== 'number');
  if (wrong !== undefined) return `claim-${wrong}`;
  const seconds = Math.floor(toEpochMillis(now) / 1000);
  if (Number(claims['nbf'] ?? 0) > seconds + CLOCK_SKEW_SECONDS) return 'claim-nbf';
  if (claims['exp'] !== undefined && Number(claims['exp']) <= seconds - CLOCK_SKEW_SECONDS) return 'expired';
  return undefined;
}

/** Clients send the same key with every request. Making one anew took longer than the signature's own check. */
type Made = { readonly key: KeyObject; readonly thumbprint: string };
const made = new Map<string, Made>();
const MOST_KEPT = 1000;

/** With its thumbprint (RFC 7638). Undefined for what is no public key of P-256, Ed25519 or RSA from 2048 bits. A private one is refused: its secret is out. */
export function assertionKey(jwk: unknown): Made | undefined {
  if (jwk === null || typeof jwk !== 'object' || ['d', 'k'].some((name) => name in jwk)) return undefined;
  const { kty, crv, x, y, n, e } = jwk as JsonWebKey;
  const name = JSON.stringify([kty, crv, x, y, n, e]);
  const kept = made.get(name);
  if (kept) return kept;
  const key = readKey({ kty, crv, x, y, n, e } as JsonWebKey);
  if (!key || !isStrong(key)) return undefined;
  const [oldest = ''] = made.size < MOST_KEPT ? [] : made.keys();
  made.delete(oldest);
  const fresh = { key, thumbprint: thumbprintOf({ kty, crv, x, y, n, e } as JsonObject, key) };
  made.set(name, fresh);
  return fresh;
}

function readKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** §3.2: over the members that make the key and no others. */
function thumbprintOf({ kty, crv, x, y, n, e }: JsonObject, { asymmetricKeyType }: KeyObject): string {
  const members = asymmetricKeyType === 'rsa' ? { kty, n, e } : { kty, crv, x, ...(asymmetricKeyType === 'ec' && { y }) };
  return createHash('sha256')
    .update(canonical(members as JsonObject))
    .digest('base64url');
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  return asymmetricKeyType === 'ed25519';
}
