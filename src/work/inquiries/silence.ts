// What time does to an inquiry: its unit is reminded, silence falls at the deadline and is told, and told to the owner again a week later.
import { plusMillis } from '#base/instant.ts';
import { ESCALATE_AGAIN_MS, escalatedAgain, reminded, silent } from '#inquiries/decide.ts';
import type { InquiryFact, InquiryId, InquiryState, InquiryType } from '#inquiries/types.ts';
import { listOverdueInquiries } from '#store/inquiries.ts';
import { listToEscalateAgain, listToRemind } from '#store/unit-inquiries.ts';
import type { Road } from '#work/road.ts';
import { change, SYSTEM } from './change.ts';
import { tellEscalation, tellReminder } from './tell.ts';

const MOST = 100;

/** Lets silence fall on what is overdue, and tells those whom it concerns. Gives how many. */
export async function silenceInquiries(road: Road): Promise<number> {
  const overdue = await listOverdueInquiries(road.pool, road.ports.world.now(), MOST);
  return eachOf(road, overdue, async (state, type) => {
    const facts = silent(state, type, road.ports.world.now());
    const isEscalated = facts.some((one) => one.type === 'SilenceFell' && one.data.effect === 'escalate');
    if (isEscalated) await tellEscalation(road, { state, type });
    return facts;
  });
}

/** Reminds units of what is due soon, and owners of what was escalated and left. Gives how many words were said. */
export async function remindOfInquiries(road: Road): Promise<number> {
  const now = road.ports.world.now();
  const due = await eachOf(road, await listToRemind(road.pool, now, MOST), async (state, type) => {
    const facts = reminded(state, now);
    if (facts.length > 0) await tellReminder(road, { state, type });
    return facts;
  });
  const left = await listToEscalateAgain(road.pool, plusMillis(now, -ESCALATE_AGAIN_MS), MOST);
  const again = await eachOf(road, left, async (state, type) => {
    const facts = escalatedAgain(state, type, now);
    if (facts.length > 0) await tellEscalation(road, { state, type }, true);
    return facts;
  });
  return due + again;
}

type Step = (state: InquiryState, type: InquiryType) => Promise<readonly InquiryFact[]>;

async function eachOf(road: Road, ids: readonly InquiryId[], step: Step): Promise<number> {
  for (const id of ids)
    await change(road, id, SYSTEM, async ({ state, definition }) =>
      step(state, (await road.catalogue.inquiryByDefinition(definition)).type),
    );
  return ids.length;
}
