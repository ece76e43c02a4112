// Where a parcel lies, for those who judge a question about it: its plan, its neighbours, and what of the layers asked about is near. In metres, to be drawn.
import type { Text } from '#base/text.ts';
import type { JsonObject } from '#base/json.ts';
import { registerKey } from '#catalog/inquiry-rule.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { boxOf } from '#registry/geometry.ts';
import type { Geometry } from '#registry/geometry.ts';
import { nearTo } from '#registry/near.ts';
import type { Feature, NearFact } from '#registry/near.ts';
import { centroidOf, gapBetween, planeAt, spotOf, spotsOf, widened } from '#registry/plane.ts';
import type { Plane, Spot } from '#registry/plane.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { findGeometry, listGeometries } from '#store/geometry.ts';
import { featuresAround } from '#work/inquiries/beside.ts';
import type { Road } from '#work/road.ts';

/** Lines in metres east and north of the parcel's middle. */
export type Shape = { readonly id: string; readonly isClosed: boolean; readonly lines: readonly (readonly Spot[])[] };
export type NearShape = Shape & { readonly kind: string; readonly name: Text; readonly strip: number };

export type Place = {
  readonly key: string;
  /** Metres from the middle to each side of what is worth drawing. */
  readonly half: number;
  readonly parcel: Shape;
  readonly neighbours: readonly Shape[];
  readonly features: readonly NearShape[];
  /** What the rule was told, nearest first, and how far it looked. */
  readonly near: readonly NearFact[];
  readonly within: number;
  /** From the parcel to the nearest feature. */
  readonly gap?: { readonly from: Spot; readonly to: Spot };
  /** Square metres on the map, and by the register. */
  readonly area: number;
  readonly landArea?: number;
};

const MOST_NEIGHBOURS = 60;
/** Metres around a parcel that has nothing near. */
const ROOM = 50;

/** Undefined where the type asks for no layer, or the parcel has no plan. */
export async function placeOf(road: Road, { responders }: InquiryType, question: JsonObject): Promise<Place | undefined> {
  const rule = responders.find((one) => one.by === 'register');
  const key = rule?.near && registerKey(rule.key, question);
  const plan = rule && key !== undefined ? await findGeometry(road.pool, rule.register, key) : undefined;
  if (!rule?.near || key === undefined || !plan) return undefined;
  const features = await featuresAround(road, plan.geometry, rule.near);
  const near = nearTo(plan.geometry, features, rule.near);
  const drawn = drawnFrom(plan.geometry, features, near);
  const { register } = rule;
  const box = widened(boxOf(plan.geometry), drawn.half);
  const [around, record] = await Promise.all([
    listGeometries(road.pool, { register, box, most: MOST_NEIGHBOURS }),
    findRegisterRecord(road.pool, register, key),
  ]);
  const landArea = record?.body['landArea'];
  return {
    key,
    ...drawn,
    parcel: shapeOf(drawn.plane, key, plan.geometry),
    neighbours: around.filter((one) => one.key !== key).map((one) => shapeOf(drawn.plane, one.key, one.geometry)),
    near,
    within: Math.max(...rule.near.map((one) => one.within)),
    area: plan.area,
    ...(typeof landArea === 'number' && { landArea }),
  };
}

type Drawn = Pick<Place, 'half' | 'features' | 'gap'> & { readonly plane: Plane };

/** What is near is drawn, and as much around it as shows the parcel and the nearest of it. */
function drawnFrom(parcel: Geometry, features: readonly Feature[], near: readonly NearFact[]): Drawn {
  const plane = planeAt(centroidOf(parcel));
  const reach = Math.max(
    ...spotsOf(plane, parcel)
      .flat()
      .map(([east, north]) => Math.hypot(east, north)),
  );
  const [first] = near;
  const nearest = features.find((one) => one.layer === first?.layer && one.id === first.id);
  const gap = nearest && gapBetween(parcel, nearest.geometry);
  const isNear = (one: Feature): boolean => near.some((fact) => fact.layer === one.layer && fact.id === one.id);
  return {
    plane,
    half: Math.ceil(reach + Math.max(ROOM, (first?.distance ?? 0) + Math.min(first?.strip ?? 0, ROOM))),
    features: features
      .filter(isNear)
      .map((one) => ({ ...shapeOf(plane, one.id, one.geometry), kind: one.kind, name: one.name, strip: one.strip })),
    ...(gap && gap.metres > 0 && { gap: { from: spotOf(plane, gap.from), to: spotOf(plane, gap.to) } }),
  };
}

function shapeOf(plane: Plane, id: string, geometry: Geometry): Shape {
  return { id, isClosed: geometry.type !== 'LineString', lines: spotsOf(plane, geometry) };
}
