// What people do with a question that nobody could answer: ask again, give it to the unit that may answer by hand, or close it. Each is a fact with its reason.
import type { Hat } from '#cases/types.ts';
import { givenUp, handedOver, revived } from '#inquiries/decide.ts';
import type { InquiryId } from '#inquiries/types.ts';
import { dropRested } from '#store/connectors.ts';
import type { Road } from '#work/road.ts';
import { change } from './change.ts';
import type { Inquired } from './change.ts';

type By = { readonly hat: Hat; readonly reason: string };

/** Throws Refusal `inquiry-closed`. */
export function revive(road: Road, id: InquiryId, { hat, reason }: By): Promise<Inquired> {
  return change(road, id, hat, async ({ state }) => revived(state, reason));
}

/** Throws Refusal `inquiry-closed`, `inquiry-no-unit`. */
export async function handOver(road: Road, id: InquiryId, { hat }: Pick<By, 'hat'>): Promise<Inquired> {
  const done = await change(road, id, hat, async ({ state, definition }) =>
    handedOver(state, (await road.catalogue.inquiryByDefinition(definition)).type),
  );
  await dropRested(road.pool, id);
  return done;
}

/** Throws Refusal `inquiry-closed`. */
export async function giveUp(road: Road, id: InquiryId, { hat, reason }: By): Promise<Inquired> {
  const done = await change(road, id, hat, async ({ state }) => givenUp(state, reason));
  await dropRested(road.pool, id);
  return done;
}
