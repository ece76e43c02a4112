// The terms of a draft as they came over a door, judged and put into the one form that both sides sign.
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { typedNumber } from '#base/persian.ts';
import { fromJalali, IRAN_OFFSET, isIsoDate, isValidJalali } from '#calendar/jalali.ts';
import { termsFaults } from '#inquiries/terms.ts';
import type { Terms } from '#inquiries/agreement-types.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { listPeople } from '#store/agreements.ts';
import type { Road } from '#work/road.ts';

/** Members that a draft may have; others are refused, not dropped: who sends them believes they count. */
const MEMBERS = new Set([
  'id',
  'organisation',
  'purpose',
  'legal',
  'types',
  'ratePerMinute',
  'visibility',
  'from',
  'until',
  'persons',
]);

/** `persons` come as national numbers and are kept as ids. Throws Refusal `invalid-answers`, each fault beside its member. */
export async function readTerms(road: Road, id: string, given: JsonObject): Promise<Terms> {
  const types = contractable(road);
  const { persons, faults } = await people(road, given['persons']);
  const terms: JsonObject = { ...given, ...dates(given), persons };
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

/** Types that organisations may ask: not those that the city itself asks of others first. */
export function contractable(road: Road): readonly InquiryType[] {
  const types = road.catalogue.inquiryTypes().map(({ inquiry }) => inquiry.type);
  return types.filter((one) => one.responders[0]?.by !== 'connector');
}

/** `1405-9-3` or `2026-11-24`: from the beginning of that day in Tehran, until its end. An instant stays as it is. */
function dates({ from, until }: JsonObject): JsonObject {
  const start = dayStart(from);
  const end = dayStart(until);
  return { ...(start !== undefined && { from: start }), ...(end !== undefined && { until: plusMillis(end, DAY_MS) }) };
}

const DAY_MS = 86_400_000;

function dayStart(text: Json | undefined): Instant | undefined {
  const [year, month, day] = typeof text === 'string' ? text.split('-').map((one) => Number(typedNumber(one))) : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = { year, month, day };
  const iso = isValidJalali(date) && year < 1700 ? fromJalali(date) : `${year}-${two(month)}-${two(day)}`;
  return isIsoDate(iso) ? plusMillis(`${iso}T00:00:00.000Z` as Instant, -IRAN_OFFSET * 60_000) : undefined;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
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
