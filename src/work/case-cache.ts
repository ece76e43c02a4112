// The states of cases lately worked, so that a warm step needs no read. Staleness is harmless: the expected version refuses it.
import type { CaseId } from '#base/ids.ts';
import type { Loaded } from '#store/load.ts';

export type CaseCache = {
  get(id: CaseId): Loaded | undefined;
  put(id: CaseId, loaded: Loaded): void;
  drop(id: CaseId): void;
};

/** Least recently used goes first. At 4 KB a state, 5,000 cases are 20 MB. */
export function caseCache(most = 5000): CaseCache {
  const held = new Map<CaseId, Loaded>();
  return {
    get(id) {
      const found = held.get(id);
      if (found) {
        held.delete(id);
        held.set(id, found);
      }
      return found;
    },
    put(id, loaded) {
      held.delete(id);
      held.set(id, loaded);
      if (held.size > most) {
        const oldest = held.keys().next().value;
        if (oldest !== undefined) held.delete(oldest);
      }
    },
    drop: (id) => void held.delete(id),
  };
}
