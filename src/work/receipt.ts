// Receipts and the ledger's checkpoint, for those who keep and check them.
import { Refusal } from '#base/refusal.ts';
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import { inclusionFromNodes } from '#proofs/nodes.ts';
import { makeReceipt, verifyReceipt, withInclusion } from '#proofs/receipt.ts';
import type { CheckedReceipt } from '#proofs/receipt.ts';
import type { Receipt } from '#proofs/types.ts';
import { findCommittedEvent } from '#store/cases.ts';
import { countLeaves, findCheckpoint, findLeafIndex, readNode } from '#store/ledger.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { leafEvent } from './commit-events.ts';
import type { Road } from './road.ts';

/** The receipt of a case's submission; with its proof of inclusion once the log has it. Throws Refusal `case-not-found`, `wrong-state`. */
export async function loadReceipt(road: Road, reader: Reader, id: CaseId): Promise<Receipt> {
  const found = await readAs(road.readers, reader, (client) => findCommittedEvent(client, id, 'ApplicationSubmitted'));
  if (!found?.salt) throw new Refusal('case-not-found', { case: id });
  const hat = { person: found.person as never, role: found.role, ...(found.unit === null ? {} : { unit: found.unit as never }) };
  const event = leafEvent({ type: found.type, data: found.data, seq: found.seq, at: found.at, hat } as never, {
    id,
    definition: found.definition,
    previous: found.previous,
  });
  const receipt = await makeReceipt(event, found.salt, road.ports.ledger.signer);
  const index = await findLeafIndex(road.pool, id, found.seq);
  const checkpoint = await findCheckpoint(road.pool);
  if (index === undefined || !checkpoint || index >= checkpoint.size) return receipt;
  return withInclusion(receipt, await inclusionFromNodes(index, checkpoint.size, readNode(road.pool)), checkpoint.note);
}

/** The newest signed checkpoint, empty where the log is. */
export async function latestCheckpoint(road: Road): Promise<string> {
  return (await findCheckpoint(road.pool))?.note ?? '';
}

export type Standing = {
  /** Events of the case that have their place in the log. */
  readonly placed: number;
  /** The place of the last of them; the first is 0. */
  readonly last?: number;
  /** The newest signed checkpoint that covers the log. */
  readonly checkpoint?: { readonly size: number; readonly at: Instant };
};

/** How a case stands in the ledger. Ask only for a case the reader has been shown. */
export async function ledgerStanding(road: Road, id: CaseId): Promise<Standing> {
  const [{ placed, last }, checkpoint] = await Promise.all([countLeaves(road.pool, id), findCheckpoint(road.pool)]);
  return {
    placed,
    ...(last === null ? {} : { last }),
    ...(checkpoint ? { checkpoint: { size: checkpoint.size, at: checkpoint.at } } : {}),
  };
}

/** A receipt that somebody brings, checked against the city's key. */
export function checkReceipt(road: Road, receipt: Json): Promise<CheckedReceipt> {
  return verifyReceipt(receipt, road.ports.ledger.verifier);
}
