// How a reader says that it cannot go on: where, and what is wrong with the source there. Never holds a value of a row.
import { Refusal } from '#base/refusal.ts';
import type { SourceFault } from '#registry/source-faults.ts';

/** Refusal `source-broken`. */
export function broken(place: string, fault: SourceFault, facts: Readonly<Record<string, unknown>> = {}): Refusal {
  return new Refusal('source-broken', { place, fault, ...facts });
}

/** Refusal `source-unreachable`, with what a client says of why: a code, or the first line, never what was sent. */
export function unreachable(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const words = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new Refusal('source-unreachable', { reason: code ?? words ?? 'unknown' });
}
