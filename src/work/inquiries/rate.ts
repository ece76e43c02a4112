// The rate of each contract, held in this process: a city that runs several divides the rate among them.
import { Refusal } from '#base/refusal.ts';
import { toEpochMillis } from '#base/instant.ts';
import { rateFields, taken } from '#inquiries/rate.ts';
import type { Contract } from '#inquiries/types.ts';
import type { HttpFields } from '#proofs/http-message.ts';
import type { Road } from '#work/road.ts';

const filled = new WeakMap<Road, Map<string, number>>();

/** Counts one question. Gives the fields that tell the asker what is left. Throws Refusal `rate-limited`, with the same fields and `retryAfter`. */
export function countQuestion(road: Road, { id, ratePerMinute }: Contract): HttpFields {
  const all = filled.get(road) ?? new Map<string, number>();
  filled.set(road, all);
  const rate = taken(all.get(id) ?? 0, ratePerMinute, toEpochMillis(road.ports.world.now()));
  all.set(id, rate.filledTo);
  const headers = rateFields(ratePerMinute, rate);
  if (!rate.isTaken) throw new Refusal('rate-limited', { contract: id, retryAfter: rate.seconds, headers });
  return headers;
}
