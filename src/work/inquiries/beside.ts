// What a rule reads beside its own record: records of other registers under the same key, and what of the city's layers is near.
import type { JsonObject } from '#base/json.ts';
import { draftOf, registerKey } from '#catalog/inquiry-rule.ts';
import type { InquiryPackage } from '#catalog/types.ts';
import type { RegisterResponder } from '#inquiries/types.ts';
import { boxOf } from '#registry/geometry.ts';
import type { Geometry } from '#registry/geometry.ts';
import { nearTo } from '#registry/near.ts';
import type { NearFact, Wanted } from '#registry/near.ts';
import { widened } from '#registry/plane.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { findGeometry, listFeatures } from '#store/geometry.ts';
import type { Road } from '#work/road.ts';

/** By the names that the decision reads. */
export async function besideOf(
  road: Road,
  { register, with: others = [], near }: RegisterResponder,
  key: string,
): Promise<JsonObject> {
  const records = others.map(async (one) => [one, (await findRegisterRecord(road.pool, one, key))?.body ?? null] as const);
  return { ...Object.fromEntries(await Promise.all(records)), ...(near && (await placeFacts(road, { register, key, near }))) };
}

/** What the registers know of an answer that people are to give; undefined where they know nothing of it. */
export async function draftFor(road: Road, inquiry: InquiryPackage, question: JsonObject): Promise<JsonObject | undefined> {
  const { responders } = inquiry.type;
  const rule = responders.find((one) => one.by === 'register');
  const key = rule && registerKey(rule.key, question);
  if (!rule || key === undefined || !responders.some((one) => one.by === 'unit' && one.draft !== undefined)) return undefined;
  const row = await findRegisterRecord(road.pool, rule.register, key);
  return row && draftOf(inquiry, question, { record: row.body, beside: await besideOf(road, rule, key) });
}

type Asked = { readonly register: string; readonly key: string; readonly near: readonly Wanted[] };

type PlaceFacts = { readonly near: readonly NearFact[] | null; readonly plan: { readonly area: number } | null };

/** Null where no ground plan is known: that nothing is near is then not said. */
async function placeFacts(road: Road, { register, key, near }: Asked): Promise<PlaceFacts> {
  const plan = await findGeometry(road.pool, register, key);
  if (!plan) return { near: null, plan: null };
  const features = await featuresAround(road, plan.geometry, near);
  return { near: nearTo(plan.geometry, features, near), plan: { area: Math.round(plan.area * 100) / 100 } };
}

export async function featuresAround(road: Road, place: Geometry, near: readonly Wanted[]) {
  const farthest = Math.max(0, ...near.map((one) => one.within));
  return listFeatures(
    road.pool,
    near.map((one) => one.layer),
    widened(boxOf(place), farthest),
  );
}
