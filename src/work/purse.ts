// What a program's request spends: identifiers of its proofs and its question that are good once. Collected while the request is judged and spent in
// one go, mostly by the statement that keeps the question; where a request is refused before that, they are spent all the same.
import { createHash } from 'node:crypto';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { Seen } from '#proofs/http-taken.ts';
import { dropSpent, spend } from '#store/partners.ts';
import type { Spending } from '#store/partners.ts';
import type { Road } from './road.ts';

export type Purse = {
  /** Notes an identifier; nothing is known of it until it is spent. */
  readonly seen: Seen;
  /** Gives what is in it to whoever spends it with what they write, and is empty. */
  readonly take: () => readonly Spending[];
  /** Spends what is in it. Throws Refusal where one was spent before. */
  readonly settle: () => Promise<void>;
};

/** Runs `work` with a purse that is settled whatever happens: no proof is good twice, though what it was for was refused. */
export async function withPurse<T>(road: Road, work: (purse: Purse) => Promise<T>): Promise<T> {
  let held: Spending[] = [];
  const take = (): readonly Spending[] => {
    const taken = held;
    held = [];
    return taken;
  };
  const settle = async (): Promise<void> => {
    const taken = take();
    const replayed = taken.length === 0 ? undefined : await spend(road.pool, taken);
    if (replayed !== undefined) throw replayRefusal(replayed);
  };
  const seen: Seen = (id, until) => {
    held.push({ id: short(id), until });
    return false;
  };
  try {
    return await work({ seen, take, settle });
  } finally {
    await settle();
  }
}

/** Its kind and 132 bits of its hash: a key's name and a number of chance make ninety signs, and a thousand of them are kept a second. */
function short(id: string): string {
  const digest = createHash('sha256').update(id).digest('base64url').slice(0, 22);
  return `${id.slice(0, id.indexOf(' '))} ${digest}`;
}

/** By the kind that the identifier begins with: of a question, a proof of possession, or a client's assertion. */
export function replayRefusal(id: string): Refusal {
  if (id.startsWith('question ')) return new Refusal('question-replayed');
  return new Refusal(id.startsWith('dpop ') ? 'dpop-proof-invalid' : 'client-assertion-invalid', { fault: 'replayed' });
}

const ROUND_MS = 10_000;
const STEP = 2000;
const lastRound = new WeakMap<Road, Instant>();

/** Forgets what was spent and can no longer be replayed, in short steps, six times a minute at most. */
export async function forgetSpent(road: Road): Promise<void> {
  const now = road.ports.world.now();
  const last = lastRound.get(road);
  if (last !== undefined && now < plusMillis(last, ROUND_MS)) return;
  lastRound.set(road, now);
  while ((await dropSpent(road.pool, now, STEP)) === STEP);
}
