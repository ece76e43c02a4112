// Who a program is: `private_key_jwt` (RFC 7523, as FAPI 2.0 narrows it), a token that it signs for one use within a minute.
// Never a shared secret. Which clients there are and what was used before is the caller's to know.
import { Refusal } from '#base/refusal.ts';
import { fromEpochMillis, toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Seen } from '#proofs/http-taken.ts';
import { assertionKey, CLOCK_SKEW_SECONDS, readSignedJwt } from './signed-jwt.ts';

/** What its client asserts at most to be good for. */
const LONGEST_SECONDS = 60;

export type AssertionDoor = {
  /** The public keys (JWK with `kid`) that the client's contract names; undefined where there is no such client, or its contract is not in force. */
  readonly keysOf: (clientId: string) => Promise<readonly JsonObject[] | undefined>;
  /** The city's issuer identifier: the one audience (FAPI 2.0 §5.3.2.1). */
  readonly issuer: string;
  readonly seen: Seen;
  readonly now: Instant;
};

/** Throws Refusal `client-assertion-invalid`, its fact `fault` says why. */
export async function checkClientAssertion(
  assertion: string,
  { keysOf, issuer, seen, now }: AssertionDoor,
): Promise<{ readonly clientId: string; readonly kid: string }> {
  const claimed = claimedClient(assertion);
  const keys = claimed === undefined ? undefined : await keysOf(claimed);
  if (claimed === undefined || !keys) throw refusal(claimed === undefined ? 'unreadable' : 'client-unknown');
  const read = readSignedJwt(assertion, {
    now,
    key: ({ kid }) => assertionKey(keys.find((one) => typeof kid === 'string' && one['kid'] === kid))?.key,
    required: { iss: claimed, sub: claimed, exp: undefined, jti: undefined, aud: undefined },
  });
  if (typeof read === 'string') throw refusal(read);
  const { aud, exp = 0, jti = '', iat } = read.claims;
  const seconds = toEpochMillis(now) / 1000;
  // One text, not a list: an assertion for two servers could be used by the one at the other.
  if (aud !== issuer) throw refusal('claim-aud');
  if (exp > seconds + LONGEST_SECONDS + CLOCK_SKEW_SECONDS) throw refusal('too-long');
  if (iat !== undefined && iat > seconds + CLOCK_SKEW_SECONDS) throw refusal('claim-iat');
  if (typeof jti !== 'string' || !/^[!-~]{1,128}$/.test(jti)) throw refusal('claim-jti');
  const until = fromEpochMillis(Math.ceil((exp + CLOCK_SKEW_SECONDS) * 1000));
  if (await seen(`assertion ${claimed} ${jti}`, until)) throw refusal('replayed');
  return { clientId: claimed, kid: String(read.header['kid']) };
}

/** Whose keys to try: the subject, not proven yet. */
function claimedClient(assertion: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      readonly sub?: unknown;
    };
    return typeof claims.sub === 'string' && /^[!-~]{1,128}$/.test(claims.sub) ? claims.sub : undefined;
  } catch {
    return undefined;
  }
}

function refusal(fault: string): Refusal {
  return new Refusal('client-assertion-invalid', { fault });
}
