// The one sequencer: gives committed leaves their places in the log and signs a checkpoint over them, in one transaction.
import { appendLeaves } from '#proofs/nodes.ts';
import { signCheckpoint } from '#proofs/checkpoint.ts';
import { sequence } from '#store/ledger.ts';
import type { Road } from './road.ts';

const MOST = 1000;
/** Full rounds at once, at most: the ticker has other work. */
const ROUNDS = 10;

/** One round; gives how many leaves it placed. Safe to run anywhere, any number of times. */
export function sequenceLeaves(road: Road): Promise<number> {
  const { signer } = road.ports.ledger;
  return sequence(road.pool, MOST, async (size, leaves, read) => {
    const grown = await appendLeaves(
      size,
      leaves.map((one) => one.leaf),
      read,
    );
    const note = await signCheckpoint({ origin: signer.name, size: grown.size, root: grown.root }, signer);
    road.crash('before-checkpoint');
    return { ...grown, note, at: road.ports.world.now() };
  });
}

/** Rounds for as long as each is full: where more waits than a round holds, the next does not wait for the ticker. */
export async function sequenceWaiting(road: Road): Promise<void> {
  for (let round = 0; round < ROUNDS && (await sequenceLeaves(road)) === MOST; round += 1);
}
