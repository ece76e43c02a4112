// A public key as somebody pasted it, JWK or PEM, made into the one form that is kept. A private key is refused before anything else of it is read.
import { createPublicKey } from 'node:crypto';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { wrong } from '#inquiries/agreement.ts';
import { jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { PublicJwk } from '#proofs/http-key.ts';
import type { Road } from '#work/road.ts';

const LONGEST = 10_000;
/** What each kind of key signs with; the first is written down. */
const ALGORITHMS = { EC: ['ES256'], OKP: ['EdDSA', 'Ed25519'], RSA: ['PS512', 'PS256', 'RS256'] } as const satisfies Readonly<
  Record<PublicJwk['kty'], readonly string[]>
>;

/** With its thumbprint as `kid` and its algorithm. Throws Refusal `invalid-answers` beside `/key`. */
export function readKey(road: Road, pasted: string): JsonObject {
  const text = pasted.trim().slice(0, LONGEST);
  const json = text.startsWith('{') ? jwkOf(text) : pemOf(text);
  const jwk = readPublicJwk(json);
  // Numbers can have the shape of a key and be none: a point off its curve.
  if (!jwk || !road.ports.partners.verifier(jwk)) throw wrong('/key', 'key-unreadable');
  const algorithms: readonly string[] = ALGORITHMS[jwk.kty];
  const said = isObject(json) ? json['alg'] : undefined;
  if (said !== undefined && !algorithms.includes(String(said))) throw wrong('/key', 'key-algorithm');
  return { ...jwk, kid: jwkThumbprint(jwk), alg: String(said ?? algorithms[0]), use: 'sig' };
}

function jwkOf(text: string): Json | undefined {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (isObject(json) && ['d', 'p', 'q', 'k'].some((name) => json[name] !== undefined)) throw wrong('/key', 'key-private');
  return json;
}

function pemOf(text: string): Json | undefined {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) throw wrong('/key', 'key-private');
  if (!/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) return undefined;
  try {
    return createPublicKey(text).export({ format: 'jwk' }) as Json;
  } catch {
    return undefined;
  }
}
