// The formats of the engine's state: each that was ever stored still loads, and is written anew in the present one.
import { Refusal } from '#base/refusal.ts';
import type { EngineState } from './types.ts';

/**
 * 1: scopes, tokens, waits, incidents. 2: also what can be compensated, kept messages, signals and conditions; all of them may be absent,
 * so that a state of format 1 is one of format 2 already.
 */
export const FORMAT = 2;

/** The state in the present format. Throws Refusal `state-format` where a newer release has written it. */
export function current(state: EngineState): EngineState {
  if (state.format === FORMAT) return state;
  if (state.format !== 1) throw new Refusal('state-format', { format: state.format, known: FORMAT });
  return { ...state, format: FORMAT };
}

export function records<T>(state: EngineState | undefined, name: string): readonly T[] {
  const value = state?.[name];
  return Array.isArray(value) ? (value as readonly T[]) : [];
}
