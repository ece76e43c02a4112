// What the demo city knows of places and vehicles: ground plans, layers, planning files and the vehicle register, from its folder into their tables.
import type { Pool } from 'pg';
import { parse } from 'yaml';
import { readPlate, readRenovationCode } from '#base/identifiers.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { PackageFiles } from '#catalog/types.ts';
import type { InquiryType } from '#inquiries/types.ts';
import type { Box } from '#registry/geometry.ts';
import { readLayer, readPlans } from '#registry/layer.ts';
import type { ReadLayer, ReadPlans } from '#registry/layer.ts';
import { putGeometry, publishLayer } from '#store/geometry.ts';
import { putRecords } from '#store/records.ts';
import type { SeedRecord } from '#store/seed.ts';

/** The demo city lies within; what lies elsewhere is a slip of the pen, or latitude before longitude. */
const REGION: Box = { west: 51.1, south: 35.5, east: 51.7, north: 35.9 };

type Keyed = { readonly key: string; readonly body: JsonObject };
export type Places = {
  readonly layers: readonly NonNullable<ReadLayer['layer']>[];
  readonly plans: ReadPlans['plans'];
  /** For the linker, like the records of any source. */
  readonly vehicles: readonly SeedRecord[];
  readonly planning: readonly Keyed[];
  /** What is wrong in the files, each with its file and place. */
  readonly faults: readonly string[];
};

/** `files`: the folder city/. */
export function readPlaces(files: PackageFiles): Places {
  const faults: string[] = [];
  const told = (file: string, found: readonly { readonly code: string; readonly pointer: string }[]): void =>
    void faults.push(...found.map(({ code, pointer }) => `${file} ${pointer}: ${code}`));
  const layers = Object.keys(files)
    .filter((file) => /^layers\/[\w-]+\.geojson$/.test(file))
    .flatMap((file) => {
      const { layer, faults: found } = readLayer(JSON.parse(files[file] ?? '') as Json, REGION);
      told(file, found);
      return layer ? [layer] : [];
    });
  const parcels = readPlans(JSON.parse(files['parcels.geojson'] ?? '{}') as Json, REGION);
  told('parcels.geojson', parcels.faults);
  const rows = (file: string, field: string, read: (text: string) => string | undefined): readonly Keyed[] => {
    const list = parse(files[file] ?? '[]') as readonly Json[];
    return list.filter(isObject).flatMap((body, at): readonly Keyed[] => {
      const key = String(body[field]);
      if (read(key) === key) return [{ key, body }];
      faults.push(`${file} /${at}/${field}: ${key}`);
      return [];
    });
  };
  const vehicles = rows('vehicles.yaml', 'plate', readPlate).map((one) => ({
    ...one,
    register: 'vehicle',
    source: 'demo-vehicle-register',
  }));
  const planning = rows('planning-files.yaml', 'renovationCode', readRenovationCode);
  return { layers, plans: parcels.plans, vehicles, planning, faults };
}

/** Runs as the migrator. */
export async function putPlaces(pool: Pool, { layers, plans, planning }: Places, asOf: Instant): Promise<void> {
  for (const layer of layers) await publishLayer(pool, layer);
  await putGeometry(
    pool,
    'property',
    plans.map((one) => ({ ...one, source: 'demo-cadastre', asOf })),
  );
  await putRecords(pool, { register: 'planning', source: 'demo-planning-files', asOf }, planning);
}

/** A layer that an inquiry type asks about and the city has not. */
export function missingLayer({ responders }: InquiryType, layers: Places['layers']): string | undefined {
  const known = new Set(layers.map((one) => one.id));
  const asked = responders.flatMap((one) => (one.by === 'register' ? (one.near ?? []) : []));
  return asked.find((one) => !known.has(one.layer))?.layer;
}
