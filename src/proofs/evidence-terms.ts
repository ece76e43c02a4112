// The signatures of both sides within a contract's document: each is checked with the keys that the evidence holds, and told with its name and way.
// One whose key is not there (replaced since, or the door's) is told as not checked, and is no fault; one that does not hold is.
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { jwkThumbprint, readPublicJwk } from './http-key.ts';
import type { PublicJwk } from './http-key.ts';
import type { MessageVerifier } from './http-signature.ts';
import { judgeTermsSignature } from './terms-signature.ts';

export type CheckedSignatures = { readonly signedBy?: string; readonly isGood: boolean };

/** What a document says beside its terms. */
const BESIDE = new Set(['version', 'keys', 'test', 'signatures']);
const PLAIN = /^[ -~]{1,200}$/;

/** `makeVerifier`: undefined where a key's numbers are none. */
export async function checkTermsSignatures(
  contract: JsonObject,
  keys: readonly PublicJwk[],
  makeVerifier: (jwk: PublicJwk) => MessageVerifier | undefined,
): Promise<CheckedSignatures> {
  const { signatures } = contract;
  if (!Array.isArray(signatures)) return { isGood: true };
  const terms = Object.fromEntries(Object.entries(contract).filter(([name]) => !BESIDE.has(name)));
  const own = Array.isArray(contract['keys'])
    ? (contract['keys'] as readonly Json[]).flatMap((one) => readPublicJwk(one) ?? [])
    : [];
  const find = (kid: string): MessageVerifier | undefined => {
    const jwk = [...own, ...keys].find((one) => jwkThumbprint(one) === kid);
    return jwk && makeVerifier(jwk);
  };
  const told: string[] = [];
  let isGood = true;
  for (const one of signatures as readonly Json[]) {
    const { side, person, how, jws } = isObject(one) ? one : {};
    if ((side !== 'city' && side !== 'organisation') || typeof person !== 'string' || !PLAIN.test(person))
      return { isGood: false };
    if (typeof jws !== 'string') {
      told.push(`${side} by ${person} (on paper)`);
      continue;
    }
    const way = how === 'key' ? 'key' : 'login';
    const judged = await judgeTermsSignature(jws, terms, find, { side, person, how: way });
    if (typeof judged === 'string' && judged !== 'key-unknown') isGood = false;
    const state =
      judged === 'key-unknown' ? 'not checked: its key is not in this file' : typeof judged === 'string' ? judged : 'checked';
    told.push(`${side} by ${person} (${way}, ${state})`);
  }
  return { isGood, ...(told.length > 0 && { signedBy: told.join('; ') }) };
}
