// A layer of the city and a set of ground plans from their GeoJSON files (RFC 7946 FeatureCollections): each fault with its feature and place.
// Never throws for what was written.
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { boxOf } from './geometry.ts';
import type { Box, Geometry, GeometryFault } from './geometry.ts';
import type { Feature } from './near.ts';
import { areaOf } from './plane.ts';
import { readGeometry } from './read-geometry.ts';

export type LayerFault = {
  readonly code: GeometryFault['code'] | 'collection' | 'text' | 'name' | 'strip' | 'twin';
  readonly pointer: string;
};

export type ReadLayer = {
  readonly layer?: {
    readonly id: string;
    readonly title: Text;
    readonly legal: Text;
    readonly features: readonly (Feature & { readonly box: Box })[];
  };
  readonly faults: readonly LayerFault[];
};

/** `id`, `title` and `legal` are members of the collection, `kind`, `name` and `strip` of each feature's properties. */
export function readLayer(json: Json, region?: Box): ReadLayer {
  const faults: LayerFault[] = [];
  const root = isObject(json) ? json : {};
  const { id, title, legal } = root;
  if (typeof id !== 'string' || !isText(title) || !isText(legal)) faults.push({ code: 'text', pointer: '/title' });
  const features = collected(root, faults).flatMap((one, at): (Feature & { box: Box })[] => {
    const pointer = `/features/${at}`;
    const geometry = planOf(one, { pointer, region, faults });
    const { kind, name, strip = 0 } = isObject(one['properties']) ? one['properties'] : {};
    if (typeof one['id'] !== 'string' || typeof kind !== 'string' || !isText(name))
      faults.push({ code: 'name', pointer: `${pointer}/properties` });
    else if (typeof strip !== 'number' || strip < 0) faults.push({ code: 'strip', pointer: `${pointer}/properties/strip` });
    else if (geometry) return [{ layer: String(id), id: one['id'], kind, name, strip, geometry, box: boxOf(geometry) }];
    return [];
  });
  if (faults.length > 0 || typeof id !== 'string' || !isText(title) || !isText(legal)) return { faults };
  return { layer: { id, title, legal, features }, faults };
}

export type ReadPlans = {
  readonly plans: readonly { readonly key: string; readonly geometry: Geometry; readonly area: number; readonly box: Box }[];
  readonly faults: readonly LayerFault[];
};

/** Ground plans of a register: the `id` of each feature is its key there. Those that are right are given, beside the faults of others. */
export function readPlans(json: Json, region?: Box): ReadPlans {
  const faults: LayerFault[] = [];
  const plans = collected(isObject(json) ? json : {}, faults).flatMap((one, at) => {
    const pointer = `/features/${at}`;
    const geometry = planOf(one, { pointer, region, faults });
    if (typeof one['id'] !== 'string') faults.push({ code: 'name', pointer: `${pointer}/id` });
    else if (geometry) return [planned(one['id'], geometry)];
    return [];
  });
  return { plans, faults };
}

/** A ground plan as it is stored. */
export function planned(key: string, geometry: Geometry): ReadPlans['plans'][number] {
  return { key, geometry, area: areaOf(geometry), box: boxOf(geometry) };
}

function collected(root: JsonObject, faults: LayerFault[]): readonly JsonObject[] {
  const { type, features } = root;
  const list = Array.isArray(features) ? (features as readonly Json[]) : [];
  if (type !== 'FeatureCollection' || !Array.isArray(features) || !list.every(isObject)) {
    faults.push({ code: 'collection', pointer: '' });
    return [];
  }
  faults.push(...twins((list as readonly JsonObject[]).map((one) => one['id'])));
  return list as readonly JsonObject[];
}

type At = { readonly pointer: string; readonly region: Box | undefined; readonly faults: LayerFault[] };

function planOf(feature: JsonObject, { pointer, region, faults }: At): Geometry | undefined {
  const read = readGeometry(feature['geometry'], region ? { region } : {});
  faults.push(...read.faults.map((one) => ({ ...one, pointer: `${pointer}/geometry${one.pointer}` })));
  return read.geometry;
}

function isText(value: unknown): value is Text {
  return isObject(value) && typeof value['fa'] === 'string' && typeof value['en'] === 'string';
}

function twins(ids: readonly (Json | undefined)[]): readonly LayerFault[] {
  const seen = new Set<Json | undefined>();
  return ids.flatMap((id, at): readonly LayerFault[] => {
    const isAgain = id !== undefined && seen.has(id);
    seen.add(id);
    return isAgain ? [{ code: 'twin', pointer: `/features/${at}/id` }] : [];
  });
}
