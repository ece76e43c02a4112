// What happens to an inquiry after it was asked: a unit answers, forwards or passes it on.
import { Refusal } from '#base/refusal.ts';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Hat } from '#cases/types.ts';
import { answered, forwarded, passedOn } from '#inquiries/decide.ts';
import { validator } from '#inquiries/schema.ts';
import type { InquiryId, InquiryState, InquiryStatus, Provenance } from '#inquiries/types.ts';
import type { Road } from '#work/road.ts';
import { change } from './change.ts';
import type { Inquired } from './change.ts';
import { standing } from './respond.ts';

/** What an officer does with an inquiry of their unit. */
export type Act =
  | { readonly do: 'answer'; readonly value: JsonObject }
  | { readonly do: 'forward'; readonly to: UnitId; readonly reason: string }
  | { readonly do: 'pass'; readonly reason: string };

export type Officer = { readonly hat: Hat; readonly nationalId: string };

/** `seen`: how it stood when the officer looked: an answer is then not laid beside one that came in between. */
export type Acting = { readonly officer: Officer; readonly act: Act; readonly seen?: InquiryStatus | undefined };

/** Throws Refusal `inquiry-not-with-unit`, `inquiry-changed` where somebody answered since it was seen, `own-case` where it is about the officer, `invalid-answers` with pointers. */
export async function act(road: Road, id: InquiryId, { officer, act: given, seen }: Acting): Promise<Inquired> {
  return change(road, id, officer.hat, async ({ state, definition }) => {
    const { type } = await road.catalogue.inquiryByDefinition(definition);
    const { hat } = officer;
    if (hat.unit === undefined || state.unit !== hat.unit)
      throw new Refusal('inquiry-not-with-unit', { inquiry: id, unit: hat.unit });
    if (state.subject.person === officer.nationalId) throw new Refusal('own-case', {});
    if (seen === 'waiting' && state.status === 'answered' && !isRepeat(state, given, hat))
      throw new Refusal('inquiry-changed', { inquiry: id });
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
        return forwarded(state, { from: hat.unit, to: given.to, reason: given.reason, by: hat.person as PersonId });
      case 'pass':
        return passedOn(state, type, given.reason);
    }
  });
}

/** The same answer by the same person, sent again. */
function isRepeat({ answer }: InquiryState, given: Act, hat: Hat): boolean {
  if (given.do !== 'answer' || answer?.provenance.person !== hat.person) return false;
  return canonical(answer.value) === canonical(given.value);
}
