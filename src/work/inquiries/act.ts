// What happens to an inquiry after it was asked: a unit answers, forwards or passes it on; silence falls.
import { Refusal } from '#base/refusal.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Hat } from '#cases/types.ts';
import { answered, forwarded, passedOn, silent } from '#inquiries/decide.ts';
import { validator } from '#inquiries/schema.ts';
import type { InquiryId, Provenance } from '#inquiries/types.ts';
import { listOverdueInquiries } from '#store/inquiries.ts';
import type { Road } from '#work/road.ts';
import { change, SYSTEM } from './change.ts';
import type { Inquired } from './change.ts';
import { standing } from './respond.ts';

/** What an officer does with an inquiry of their unit. */
export type Act =
  | { readonly do: 'answer'; readonly value: JsonObject }
  | { readonly do: 'forward'; readonly to: UnitId; readonly reason: string }
  | { readonly do: 'pass'; readonly reason: string };

export type Officer = { readonly hat: Hat; readonly nationalId: string };

/** Throws Refusal `inquiry-not-with-unit`, `own-case` where it is about the officer, `invalid-answers` with pointers. */
export async function act(
  road: Road,
  id: InquiryId,
  { officer, act: given }: { readonly officer: Officer; readonly act: Act },
): Promise<Inquired> {
  return change(road, id, officer.hat, async ({ state, definition }) => {
    const { type } = await road.catalogue.inquiryByDefinition(definition);
    const { hat } = officer;
    if (hat.unit === undefined || state.unit !== hat.unit)
      throw new Refusal('inquiry-not-with-unit', { inquiry: id, unit: hat.unit });
    if (state.subject.person === officer.nationalId) throw new Refusal('own-case', {});
    const now = road.ports.world.now();
    switch (given.do) {
      case 'answer': {
        const faults = validator(type.answer)(given.value);
        if (faults.length > 0) throw new Refusal('invalid-answers', { fields: faults });
        const provenance: Provenance = { responder: 'unit', source: hat.unit, asOf: now, person: hat.person as PersonId };
        return answered(state, { value: given.value, provenance, ...standing(type.reuse, now) });
      }
      case 'forward':
        if (!road.catalogue.units().some((one) => one.id === given.to))
          throw new Refusal('invalid-answers', { fields: [{ pointer: '/to', code: 'not-an-option' }] });
        return forwarded(state, { from: hat.unit, to: given.to, reason: given.reason });
      case 'pass':
        return passedOn(state, type, given.reason);
    }
  });
}

/** Lets silence fall on what is overdue. Gives how many. */
export async function silenceInquiries(road: Road): Promise<number> {
  const overdue = await listOverdueInquiries(road.pool, road.ports.world.now(), 100);
  for (const id of overdue)
    await change(road, id, SYSTEM, async ({ state, definition }) => {
      const { type } = await road.catalogue.inquiryByDefinition(definition);
      return silent(state, type, road.ports.world.now());
    });
  return overdue.length;
}
