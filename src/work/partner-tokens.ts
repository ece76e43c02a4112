// Tokens of programs as this process knows them: looked up once, then remembered for as long as they are good. A token is never taken back before its
// end: what is revoked is its contract, which is judged anew with every request.
import type { PartnerGrant } from '#store/partners.ts';
import { findToken } from '#store/partners.ts';
import type { Road } from './road.ts';

const MOST_KEPT = 10_000;
const kept = new WeakMap<Road, Map<string, PartnerGrant>>();

export async function tokenOf(road: Road, hash: string): Promise<PartnerGrant | undefined> {
  const tokens = kept.get(road) ?? new Map<string, PartnerGrant>();
  kept.set(road, tokens);
  const known = tokens.get(hash);
  if (known) return known;
  const grant = await findToken(road.pool, hash);
  if (!grant) return undefined;
  const [oldest] = tokens.size < MOST_KEPT ? [] : tokens.keys();
  if (oldest !== undefined) tokens.delete(oldest);
  tokens.set(hash, grant);
  return grant;
}
