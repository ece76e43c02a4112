// Keys that sign and verify HTTP messages (RFC 9421 §3.3), on node:crypto: each is good for the one algorithm of its type.
// The city's own is a file of its key folder, made once; a city puts its HSM or KMS behind the same types.
import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '#base/json.ts';
import type { PublicJwk, SignatureAlgorithm } from '#proofs/http-key.ts';
import type { MessageSigner, MessageVerifier } from '#proofs/http-signature.ts';
import { writeOnce } from './durable.ts';
import { ecdsaSign, ecdsaVerify } from './ecdsa.ts';

type Naming = { readonly keyid: string; readonly alg: SignatureAlgorithm };

/** §3.3.1: salt of 64 bytes, MGF1 with SHA-512. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };

/** `keyid`: by this house's rule the thumbprint of the public key. Throws TypeError for a key of another type than the algorithm's. */
export function messageSigner({ keyid, alg }: Naming, key: KeyObject): MessageSigner {
  if (!isFor(alg, key)) throw new TypeError(`no key for ${alg}`);
  return { keyid, alg, sign: (base) => signed(alg, base, key) };
}

/** Throws TypeError for a key of another type than the algorithm's. */
export function messageVerifier({ keyid, alg }: Naming, key: KeyObject): MessageVerifier {
  if (!isFor(alg, key)) throw new TypeError(`no key for ${alg}`);
  return { keyid, alg, verify: (base, signature) => isSigned(alg, base, { key, signature }) };
}

/** From a public key as it is written down. Undefined for numbers that are no key (a point off its curve), or no key of that algorithm. */
export function jwkVerifier(naming: Naming, jwk: PublicJwk): MessageVerifier | undefined {
  const key = readKey(jwk);
  return key && isFor(naming.alg, key) ? messageVerifier(naming, key) : undefined;
}

function readKey(jwk: PublicJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The public half as a JSON Web Key, with no other member than its numbers. */
export function publicJwk(key: KeyObject): Json {
  return (key.type === 'public' ? key : createPublicKey(key)).export({ format: 'jwk' }) as Json;
}

/** The city's key for its questions and answers, ECDSA P-256: `<name>.pem` of the folder, made where it is missing. */
export async function openMessageKey(folder: string, name: string): Promise<KeyObject> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.pem`);
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeOnce(path, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  }
  return createPrivateKey(await readFile(path, 'utf8'));
}

function isFor(alg: SignatureAlgorithm, key: KeyObject): boolean {
  switch (alg) {
    case 'ecdsa-p256-sha256':
      return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    case 'ed25519':
      return key.asymmetricKeyType === 'ed25519';
    case 'rsa-pss-sha512':
      return ['rsa', 'rsa-pss'].includes(key.asymmetricKeyType ?? '') && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
    case 'hmac-sha256':
      return key.type === 'secret' && (key.symmetricKeySize ?? 0) >= 32;
  }
}

function signed(alg: SignatureAlgorithm, base: Uint8Array, key: KeyObject): Uint8Array {
  switch (alg) {
    case 'ecdsa-p256-sha256':
      return ecdsaSign(key, base);
    case 'ed25519':
      return sign(null, base, key);
    case 'rsa-pss-sha512':
      return sign('sha512', base, { key, ...PSS });
    case 'hmac-sha256':
      return createHmac('sha256', key).update(base).digest();
  }
}

function isSigned(
  alg: SignatureAlgorithm,
  base: Uint8Array,
  { key, signature }: { readonly key: KeyObject; readonly signature: Uint8Array },
): boolean {
  switch (alg) {
    case 'ecdsa-p256-sha256':
      return ecdsaVerify(key, base, signature);
    case 'ed25519':
      return verify(null, base, key, signature);
    case 'rsa-pss-sha512':
      return verify('sha512', base, { key, ...PSS }, signature);
    case 'hmac-sha256': {
      const right = createHmac('sha256', key).update(base).digest();
      return right.length === signature.length && timingSafeEqual(right, signature);
    }
  }
}
