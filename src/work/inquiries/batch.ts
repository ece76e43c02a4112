// Like questions answered together: judged all before any is recorded, then each answered as its own inquiry, with its own events.
// What is recorded is never recorded twice; what was refused says why and can be tried again.
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { JsonObject } from '#base/json.ts';
import { validator } from '#inquiries/schema.ts';
import { findBatch, insertBatch, noteOutcome } from '#store/inquiry-batches.ts';
import type { Batch, BatchRow } from '#store/inquiry-batches.ts';
import { readAs } from '#store/read-as.ts';
import type { Road } from '#work/road.ts';
import { inquiryFor, officerHat } from '#work/views/inquiries.ts';
import type { InquiryView, InquiryViewer } from '#work/views/inquiries.ts';
import { act } from './act.ts';

/** As many are answered at once. */
export const MOST_AT_ONCE = 200;

export type Row = { readonly view: InquiryView; readonly value: JsonObject };

/** What is wrong with each answer by its own inquiry's schema; empty where all may be recorded. */
export function judgeBatch(rows: readonly Row[]): ReadonlyMap<string, readonly FieldFault[]> {
  const judged = rows.map(({ view, value }) => [view.id, validator(view.type.answer)(value)] as const);
  return new Map(judged.filter(([, faults]) => faults.length > 0));
}

/** Writes down what is to be recorded: once under its key. Throws Refusal `invalid-answers` where any answer does not fit. */
export async function startBatch(
  road: Road,
  { reader }: InquiryViewer,
  { key, rows }: { readonly key: string; readonly rows: readonly Row[] },
): Promise<string> {
  const [first] = rows;
  const wrong = judgeBatch(rows);
  if (!first || rows.length > MOST_AT_ONCE || wrong.size > 0)
    throw new Refusal('invalid-answers', { fields: [...wrong.values()].flat() });
  const now = road.ports.world.now();
  const { unit = '', type } = first.view;
  const batch = { id: `${reader.person}.${key}`, person: reader.person, unit, type: type.id, madeAt: now, stirredAt: now };
  await insertBatch(
    road.pool,
    batch,
    rows.map(({ view, value }) => ({ inquiry: view.id, value })),
  );
  return batch.id;
}

/** Answers what is not answered yet, one after the other. A refusal belongs to its row; any other error stops the run where it is. */
export async function runBatch(road: Road, viewer: InquiryViewer, id: string): Promise<void> {
  const { rows } = await loadBatch(road, viewer, id);
  for (const { seq, inquiry, value, outcome } of rows) {
    if (outcome === 'answered' || value === null) continue;
    const problem = await answerRow(road, viewer, { inquiry, value });
    const at = road.ports.world.now();
    await noteOutcome(road.pool, id, seq, { outcome: problem ? 'refused' : 'answered', problem, at });
  }
}

async function answerRow(
  road: Road,
  viewer: InquiryViewer,
  { inquiry, value }: { readonly inquiry: BatchRow['inquiry']; readonly value: JsonObject },
): Promise<JsonObject | undefined> {
  try {
    const view = await inquiryFor(road, viewer, inquiry);
    const officer = { hat: officerHat(viewer.actor, view.unit), nationalId: viewer.nationalId };
    await act(road, inquiry, { officer, act: { do: 'answer', value }, seen: 'waiting' });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, facts: error.facts as unknown as JsonObject };
  }
}

/** Throws Refusal `batch-not-found`: also where it is another's. */
export async function loadBatch(
  road: Road,
  { reader }: InquiryViewer,
  id: string,
): Promise<{ readonly batch: Batch; readonly rows: readonly BatchRow[] }> {
  const found = await readAs(road.readers, reader, (client) => findBatch(client, id.slice(0, 200)));
  if (!found) throw new Refusal('batch-not-found', {});
  return found;
}
