// One step on a dispute: decide, append at the expected version with its messages and its correction, in one statement; then the messages go out.
import { Refusal } from '#base/refusal.ts';
import type { Hat } from '#cases/types.ts';
import { evolve, sourceOf } from '#registry/dispute.ts';
import type { DisputeFact, DisputeId, DisputeState } from '#registry/dispute.ts';
import { appendDispute, loadDispute } from '#store/disputes.ts';
import type { LoadedDispute } from '#store/disputes.ts';
import { commitEvents } from '#work/commit-events.ts';
import type { Road } from '#work/road.ts';
import { messagesOf } from './messages.ts';

/** The law of disputes that the ledger's leaves name as their definition. */
const DEFINITION = 'dispute/1';
const MOST_TRIES = 8;

/** Again where another step came first. No facts is no step. */
export async function change(
  road: Road,
  id: DisputeId,
  by: Hat,
  decide: (state: DisputeState) => readonly DisputeFact[],
): Promise<DisputeState> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const loaded = await loadDispute(road.pool, id);
    const facts = decide(loaded.state);
    if (facts.length === 0) return loaded.state;
    const done = await append(road, { facts, by, loaded });
    if (typeof done !== 'string') return done;
  }
  throw new Refusal('conflict-persisted', { dispute: id });
}

type Step = { readonly facts: readonly DisputeFact[]; readonly by: Hat; readonly loaded?: LoadedDispute };

/** The new state, or why it was not written. */
export async function append(road: Road, { facts, by, loaded }: Step): Promise<DisputeState | 'stale' | 'open'> {
  const at = road.ports.world.now();
  const events = facts.map((fact, index) => ({ ...fact, seq: (loaded?.seq ?? 0) + index + 1, at, hat: by }));
  let state = loaded?.state;
  for (const event of events) state = evolve(state, event);
  if (!state) throw new TypeError('no facts to fold');
  const { id } = state;
  const given = { id, definition: DEFINITION, leaf: loaded?.leaf ?? '', random: road.ports.world.random };
  const messages = events.flatMap((event) => messagesOf(state, event, event.seq));
  const accepted = facts.find((one) => one.type === 'DisputeAccepted');
  const written = await appendDispute(road.pool, {
    state,
    expected: loaded?.seq ?? 0,
    events: commitEvents(events, given),
    messages,
    ...(accepted && { correction: { value: accepted.data.value, source: sourceOf(state.held.source) } }),
  });
  if (written !== 'written') return written;
  for (const one of messages) {
    const text = { fa: one.text_fa, en: one.text_en };
    await road.ports.messages.send({ id: `${id}:${one.message_id}`, to: one.unit ?? state.person, text });
  }
  return state;
}
