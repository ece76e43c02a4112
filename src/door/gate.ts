// As many at once as a server answers in good time; the others are told at once when to come again. Without it everybody waits, asks a second time, and
// nobody is answered. Knows neither routes nor what the work is.
import { Refusal } from '#base/refusal.ts';

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Seconds after which it may be tried again: all that is inside now is out by then. */
const RETRY_AFTER = 1;

/** Throws Refusal `overloaded` where `most` are inside, and then does nothing of the work. */
export function openGate(most: number): Gate {
  let inside = 0;
  return async (work) => {
    if (inside >= most) throw new Refusal('overloaded', { retryAfter: RETRY_AFTER });
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
    }
  };
}
