// As many at once as a server answers in good time; the others are told at once when to come again. Without it everybody waits, asks a second time, and
// nobody is answered. Knows neither routes nor what the work is.
import { Refusal } from '#base/refusal.ts';

/** `aside`: work that begins to wait for somebody else says so. It keeps its place, and the gate no longer learns from its time. */
export type Gate = <T>(work: (aside: () => void) => Promise<T>) => Promise<T>;

export type GateTerms = {
  /** Let in at once: at most, and when the server is slowest. */
  readonly most: number;
  readonly least: number;
  /** Milliseconds that nobody inside should need longer than. */
  readonly target: number;
};

/** Seconds after which it may be tried again: all that is inside now is out by then, or nearly. */
const RETRY_AFTER = 1;
const FEWER = 0.7;
const MORE = 0.1;

/**
 * Throws Refusal `overloaded` where too many are inside, and then does nothing of the work. How many that is, the gate learns as TCP learns of a network:
 * fewer by a third, once in a target's time, when one took too long; a little more with each that took less than half of it.
 */
export function openGate({ most, least, target }: GateTerms, clock: () => number = () => performance.now()): Gate {
  let inside = 0;
  let room = most;
  let lessened = -Infinity;
  const learn = (began: number): void => {
    const now = clock();
    if (now - began < target / 2) room = Math.min(most, room + MORE);
    else if (now - began > target && now - lessened > target) [room, lessened] = [Math.max(least, room * FEWER), now];
  };
  return async (work) => {
    if (inside >= Math.floor(room)) throw new Refusal('overloaded', { retryAfter: RETRY_AFTER });
    inside += 1;
    const began = clock();
    let isAside = false;
    const aside = (): void => {
      if (!isAside) learn(began);
      isAside = true;
    };
    try {
      return await work(aside);
    } finally {
      inside -= 1;
      aside();
    }
  };
}
