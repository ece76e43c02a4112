// Public keys that sign HTTP messages, as JSON Web Keys: their thumbprint (RFC 7638), which names them, and the one algorithm each is for.
// Never a private part: a key that carries one is refused.
import { sha256 } from '@noble/hashes/sha2.js';
import { canonical, isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { toBase64, utf8 } from './bytes.ts';

/** RFC 9421 §3.3. */
export type SignatureAlgorithm = 'ecdsa-p256-sha256' | 'ed25519' | 'rsa-pss-sha512' | 'hmac-sha256';

export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string };

const COORDINATE = /^[\w-]{43}$/;
/** 2048 to 8192 bits. */
const MODULUS = /^[\w-]{342,1366}$/;
const EXPONENT = /^[\w-]{2,6}$/;

/** The members a thumbprint is made over, and no others. Undefined for what is no public key of these kinds. */
export function readPublicJwk(json: Json | undefined): PublicJwk | undefined {
  if (!isObject(json)) return undefined;
  if (['d', 'p', 'q', 'k'].some((name) => json[name] !== undefined)) return undefined;
  const { kty, crv, x, y, n, e } = json;
  const is = (value: Json | undefined, shape: RegExp): value is string => typeof value === 'string' && shape.test(value);
  if (kty === 'EC' && crv === 'P-256' && is(x, COORDINATE) && is(y, COORDINATE)) return { kty, crv, x, y };
  if (kty === 'OKP' && crv === 'Ed25519' && is(x, COORDINATE)) return { kty, crv, x };
  if (kty === 'RSA' && is(n, MODULUS) && is(e, EXPONENT)) return { kty, n, e };
  return undefined;
}

/** RFC 7638 with SHA-256, base64url: the keyid of every key in this house. */
export function jwkThumbprint(jwk: PublicJwk): string {
  return toBase64(sha256(utf8(canonical(jwk))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

export function algorithmOf(jwk: PublicJwk): SignatureAlgorithm {
  switch (jwk.kty) {
    case 'EC':
      return 'ecdsa-p256-sha256';
    case 'OKP':
      return 'ed25519';
    case 'RSA':
      return 'rsa-pss-sha512';
  }
}
