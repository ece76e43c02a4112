// The terms of a draft as they came over a door, judged and put into the one form that both sides sign.
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { typedNumber } from '#base/persian.ts';
import { termsFaults } from '#inquiries/terms.ts';
import type { Terms } from '#inquiries/agreement-types.ts';
import { listPeople } from '#store/agreements.ts';
import type { Road } from '#work/road.ts';

/** Members that a draft may have; others are refused, not dropped: who sends them believes they count. */
const MEMBERS = new Set(['id', 'organisation', 'purpose', 'legal', 'types', 'ratePerMinute', 'visibility', 'from', 'until', 'persons']);

/** `persons` come as national numbers and are kept as ids. Throws Refusal `invalid-answers`, each fault beside its member. */
export async function readTerms(road: Road, id: string, given: JsonObject): Promise<Terms> {
  const types = road.catalogue.inquiryTypes().map(({ inquiry }) => inquiry.type);
  const { persons, faults } = await people(road, given['persons']);
  const terms = { ...given, persons };
  const all = [
    ...Object.keys(given)
      .filter((name) => !MEMBERS.has(name))
      .map((name): FieldFault => ({ pointer: `/${name}`, code: 'terms-member-unknown' })),
    ...termsFaults(terms, { types, now: road.ports.world.now() }).filter(
      (one) => one.pointer !== '/persons' || faults.length === 0,
    ),
    ...faults,
    ...(given['id'] === id ? [] : [{ pointer: '/id', code: 'terms-id' }]),
  ];
  if (all.length > 0) throw new Refusal('invalid-answers', { fields: all });
  return terms as unknown as Terms;
}

async function people(
  road: Road,
  given: Json | undefined,
): Promise<{ readonly persons: readonly string[]; readonly faults: readonly FieldFault[] }> {
  const numbers = Array.isArray(given) ? given.map((one) => typedNumber(String(isObject(one) ? '' : one))) : [];
  const known = await listPeople(road.pool, numbers);
  const faults = numbers.flatMap((number, at): readonly FieldFault[] =>
    known.some((one) => one.nationalId === number)
      ? []
      : [{ pointer: `/persons/${at}`, code: 'terms-person-unknown', facts: { number } }],
  );
  const persons = numbers.flatMap((number) => known.find((one) => one.nationalId === number)?.id ?? []);
  return { persons: [...new Set(persons)], faults };
}
