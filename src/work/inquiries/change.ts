// One step on an inquiry: load, decide, append at the expected version, in one statement. The only way an inquiry changes.
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { Hat } from '#cases/types.ts';
import { lateAnswers } from '#inquiries/decide.ts';
import { evolve } from '#inquiries/evolve.ts';
import type { InquiryFact, InquiryId, InquiryState } from '#inquiries/types.ts';
import { appendInquiry, loadInquiry } from '#store/inquiries.ts';
import type { InquiryStep, Written } from '#store/inquiries.ts';
import { wakeWant } from '#store/wants.ts';
import { commitEvents } from '#work/commit-events.ts';
import type { Road } from '#work/road.ts';
import { tellLate } from './tell.ts';

export type Inquired = { readonly id: InquiryId; readonly seq: number; readonly state: InquiryState };

export const SYSTEM: Hat = { person: 'system', role: 'system' };
const MOST_TRIES = 8;

type Loaded = Awaited<ReturnType<typeof loadInquiry>>;

/** One step on an inquiry: load, decide, append at the expected version; again where another step came first. No facts is no step. */
export async function change(
  road: Road,
  id: InquiryId,
  by: Hat,
  decide: (loaded: Loaded) => Promise<readonly InquiryFact[]>,
): Promise<Inquired> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const loaded = await loadInquiry(road.pool, id);
    const facts = await decide(loaded);
    if (facts.length === 0) return { id, seq: loaded.seq, state: loaded.state };
    const { state, events } = folded(loaded.state, facts, { at: road.ports.world.now(), by, seq: loaded.seq });
    const { definition, leaf, seq } = loaded;
    if (lateAnswers(state).length > lateAnswers(loaded.state).length)
      await tellLate(road, { state, type: (await road.catalogue.inquiryByDefinition(definition)).type });
    const written = await append(road, {
      id,
      expected: seq,
      state,
      definition,
      events,
      leaf,
      asker: '',
      owner: '',
      subject: null,
      questionHash: '',
      visibleAt: null,
    });
    if (written !== 'written') continue;
    await wake(road, state);
    if (state.connector !== undefined && state.status === 'waiting') road.nudge();
    return { id, seq: seq + events.length, state };
  }
  throw new Refusal('conflict-persisted', { inquiry: id });
}

/** For one who has just begun to wait: what was answered in between is not waited for. */
export async function wakeIfAnswered(road: Road, id: InquiryId): Promise<void> {
  await wake(road, (await loadInquiry(road.pool, id)).state);
}

/** A process that waits for this inquiry goes on. A server killed before this looks again by itself (effects.ts). */
async function wake(road: Road, { asker, status }: InquiryState): Promise<void> {
  const isOver = status === 'answered' || status === 'silent' || status === 'given-up';
  if (asker.by !== 'case' || asker.wait === undefined || !isOver) return;
  await wakeWant(road.pool, { caseId: asker.case, id: asker.wait }, road.ports.world.now());
  road.nudge();
}

type Folding = { readonly at: Instant; readonly by: Hat; readonly seq: number };
type Step = Omit<InquiryStep, 'events'> & { readonly events: ReturnType<typeof folded>['events']; readonly leaf: string };

export function folded(before: InquiryState | undefined, facts: readonly InquiryFact[], { at, by, seq }: Folding) {
  let state = before;
  const events = facts.map((fact, index) => ({ ...fact, seq: seq + index + 1, at, hat: by }));
  for (const event of events) state = evolve(state, event);
  if (!state) throw new TypeError('no facts to fold');
  return { state, events };
}

export async function append(road: Road, { leaf, events, ...step }: Step): Promise<Written> {
  const committed = commitEvents(events, { id: step.id, definition: step.definition, leaf, random: road.ports.world.random });
  road.crash('before-commit');
  const written = await appendInquiry(road.pool, { ...step, events: committed });
  road.crash('after-commit');
  return written;
}
