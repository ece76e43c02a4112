// Turns events into rows with a salted commitment each, chained within the case: what the ledger will hold of them.
import { commit } from '#proofs/commitment.ts';
import type { LeafEvent } from '#proofs/types.ts';
import type { Json } from '#base/json.ts';
import type { Hat } from '#cases/types.ts';
import type { Instant } from '#base/instant.ts';
import type { EventRow } from '#store/append.ts';

export type Committed = Omit<EventRow, 'derived'>;

/** An event of a case or of an inquiry: both leave the same kind of leaf. */
export type Committable = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly hat: Hat;
  readonly data: unknown;
};

/** `leaf`: hex of the case's last leaf, empty for a first event. */
export function commitEvents(
  events: readonly Committable[],
  given: {
    readonly id: string;
    readonly definition: string;
    readonly leaf: string;
    readonly random: (bytes: number) => Uint8Array;
  },
): readonly Committed[] {
  let previous = given.leaf;
  return events.map((event) => {
    const salt = given.random(32);
    const leaf = Buffer.from(commit(leafEvent(event, { id: given.id, definition: given.definition, previous }), salt)).toString(
      'hex',
    );
    previous = leaf;
    return {
      seq: event.seq,
      at: event.at,
      type: event.type,
      person: event.hat.person,
      role: event.hat.role,
      unit: event.hat.unit ?? null,
      data: event.data,
      salt: Buffer.from(salt).toString('hex'),
      leaf,
    };
  });
}

/** What an event commits to: case, place in it, the leaf before, step, role, definition, time, and its data (trust.md "Ledger"). */
export function leafEvent(
  event: Committable,
  given: { readonly id: string; readonly definition: string; readonly previous: string },
): LeafEvent {
  return {
    case: given.id,
    seq: event.seq,
    previous: given.previous,
    type: event.type,
    at: event.at,
    role: event.hat.role,
    unit: event.hat.unit ?? null,
    person: event.hat.person,
    definition: given.definition,
    data: event.data as unknown as Json,
  };
}
