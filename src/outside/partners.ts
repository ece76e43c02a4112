// The port by which programs of outside organisations are known: assertions, proofs of possession, and the keys of signed questions and answers.
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import type { JsonObject } from '#base/json.ts';
import type { PartnerPort } from '#work/ports.ts';
import { checkClientAssertion } from './client-assertion.ts';
import { checkAccess, checkDpop, newAccessToken, tokenHash } from './dpop.ts';
import { jwkVerifier, messageSigner, openMessageKey, publicJwk } from './http-keys.ts';

/** `named`: what the pure room makes of a JWK. The city's key for answers, and the door's for people, are made once, in the data folder. */
export async function openPartners(
  folder: string,
  named: {
    readonly read: (json: JsonObject) => PartnerPort['publicKey'] | undefined;
    readonly thumbprint: (jwk: PartnerPort['publicKey']) => string;
    readonly algorithm: (jwk: PartnerPort['publicKey']) => PartnerPort['signer']['alg'];
  },
): Promise<PartnerPort> {
  const naming = (jwk: PartnerPort['publicKey']) => ({ keyid: named.thumbprint(jwk), alg: named.algorithm(jwk) });
  const open = async (name: string): Promise<PartnerPort['door']> => {
    const key = await openMessageKey(join(folder, 'keys'), name);
    const jwk = named.read(publicJwk(createPublicKey(key)) as JsonObject);
    if (!jwk) throw new Error(`the key ${name} is of no known kind`);
    return { signer: messageSigner(naming(jwk), key), publicKey: jwk };
  };
  const { signer, publicKey } = await open('inquiries');
  return {
    identify: (assertion, door) => checkClientAssertion(assertion, door),
    prove: (proof, door) => checkDpop(proof, door),
    newToken: newAccessToken,
    tokenHash,
    admit: (presented, find, door) => checkAccess(presented, find, door),
    verifier: (jwk) => jwkVerifier(naming(jwk), jwk),
    signer,
    publicKey,
    door: await open('by-hand'),
  };
}
