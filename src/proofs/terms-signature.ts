// A signature over the terms of a contract: a detached JWS (RFC 7515 appendix F) whose payload is their one byte form (RFC 8785).
// Its header says for which side and by whom; keys arrive as functions, each bound to one algorithm that no header can change.
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { fromBase64, toBase64, utf8 } from './bytes.ts';
import type { SignatureAlgorithm } from './http-key.ts';
import type { MessageSigner, MessageVerifier } from './http-signature.ts';

const TYPE = 'dargah-terms';
/** RFC 7518 §3.1, RFC 8037. PS512: salt as long as its hash, as RFC 9421's rsa-pss-sha512 has it. */
const NAMES: { readonly [alg in SignatureAlgorithm]: string } = {
  'ecdsa-p256-sha256': 'ES256',
  ed25519: 'EdDSA',
  'rsa-pss-sha512': 'PS512',
  'hmac-sha256': 'HS256',
};

export type TermsClaims = {
  readonly side: 'organisation' | 'city';
  readonly person: string;
  /** `login`: the portal signs for a person who is signed in. */
  readonly how: 'login' | 'key';
};

/** `header..signature`. */
export async function signTerms(terms: JsonObject, signer: MessageSigner, claims: TermsClaims, at: Instant): Promise<string> {
  const header: JsonObject = {
    typ: TYPE,
    alg: NAMES[signer.alg],
    kid: signer.keyid,
    iat: Math.floor(toEpochMillis(at) / 1000),
    ...claims,
  };
  const head = base64url(utf8(canonical(header)));
  return `${head}..${base64url(await signer.sign(signingInput(head, terms)))}`;
}

export type TermsFault = 'unreadable' | 'key-unknown' | 'claims-differ' | 'signature-wrong';

/** The header of a good signature for that side, or what is wrong. `find`: by `kid`, among the keys that may sign. */
export async function judgeTermsSignature(
  jws: string,
  terms: JsonObject,
  find: (kid: string) => MessageVerifier | undefined,
  claims: Pick<TermsClaims, 'side'> & Partial<TermsClaims>,
): Promise<JsonObject | TermsFault> {
  const [, head = '', signature = ''] = /^([\w-]{2,2000})\.\.([\w-]{2,1400})$/.exec(jws.trim()) ?? [];
  const header = headerOf(head);
  const bytes = bytesOf(signature);
  if (!header || !bytes || header['typ'] !== TYPE || header['crit'] !== undefined) return 'unreadable';
  const verifier = find(String(header['kid']));
  if (!verifier || header['alg'] !== NAMES[verifier.alg]) return 'key-unknown';
  if (Object.entries(claims).some(([name, value]) => header[name] !== value)) return 'claims-differ';
  return (await verifier.verify(signingInput(head, terms), bytes)) ? header : 'signature-wrong';
}

function signingInput(head: string, terms: JsonObject): Uint8Array {
  return utf8(`${head}.${base64url(utf8(canonical(terms)))}`);
}

function headerOf(head: string): JsonObject | undefined {
  const bytes = bytesOf(head);
  if (!bytes) return undefined;
  try {
    const header = JSON.parse(String.fromCharCode(...bytes)) as Json;
    return isObject(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(text: string): Uint8Array | undefined {
  return fromBase64(
    text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .padEnd(Math.ceil(text.length / 4) * 4, '='),
  );
}
