// The circuit breaker of one connector: whether it may be asked now, and what an outcome makes of it. Pure; kept in the database.
// A dead partner costs one probe at a time, and not one call for every question that waits.
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';

export type Circuit =
  | { readonly state: 'closed'; readonly failures: number }
  /** `opened`: how often in a row, so that each rest is twice as long as the one before. */
  | { readonly state: 'open'; readonly until: Instant; readonly opened: number }
  /** One question is with it, as a probe; `until` is when a probe that nobody reported is taken for lost. */
  | { readonly state: 'half-open'; readonly until: Instant; readonly opened: number };

export type CircuitFigures = { readonly failures: number; readonly openMs: number; readonly capMs: number };

export const CLOSED: Circuit = { state: 'closed', failures: 0 };

/** `ask`: freely. `probe`: one only, once `probing` is written. `wait`: nobody. */
export function admission(circuit: Circuit, now: Instant): 'ask' | 'probe' | 'wait' {
  if (circuit.state === 'closed') return 'ask';
  return now >= circuit.until ? 'probe' : 'wait';
}

/** The probe sets out. `probeMs`: longer than any call may last. */
export function probing(circuit: Circuit, now: Instant, probeMs: number): Circuit {
  const opened = circuit.state === 'closed' ? 1 : circuit.opened;
  return { state: 'half-open', until: plusMillis(now, probeMs), opened };
}

/** Somebody knows that it is worth a probe now. */
export function hurried(circuit: Circuit, now: Instant): Circuit {
  return circuit.state === 'open' && circuit.until > now ? { ...circuit, until: now } : circuit;
}

/** It answered, whatever the answer was worth: it is alive. */
export function succeeded(): Circuit {
  return CLOSED;
}

/** It did not answer, or not as one who can be trusted. Calls that were under way when it opened change nothing more. */
export function faltered(circuit: Circuit, figures: CircuitFigures, now: Instant, isProbe: boolean): Circuit {
  if (circuit.state === 'closed') {
    const failures = circuit.failures + 1;
    return failures < figures.failures ? { state: 'closed', failures } : opened(figures, now, 1);
  }
  return circuit.state === 'half-open' && isProbe ? opened(figures, now, circuit.opened + 1) : circuit;
}

function opened({ openMs, capMs }: CircuitFigures, now: Instant, times: number): Circuit {
  const restMs = Math.min(capMs, openMs * 2 ** Math.min(times - 1, 30));
  return { state: 'open', until: plusMillis(now, restMs), opened: times };
}
