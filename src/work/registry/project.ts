// From groups of records to what stands of each entity: its one view, its keys, its conflicts, its place in the registers that services read.
// Replaces all of it for the groups at hand. The same groups give the same rows, however they came to be.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { conflicts, golden } from '#registry/golden.ts';
import type { Held, Policy } from '#registry/golden.ts';
import { torn } from '#registry/linkage.ts';
import type { Linkage } from '#registry/linkage.ts';
import { KEY_FIELDS, keysOf, OWNERS, REGISTER_KEYS, registerValue } from '#registry/registers.ts';
import type { GoldenView, Kind, RecordId } from '#registry/types.ts';
import { changeRegister, listHeld, listKeyHolders, listViews, replaceEntities } from '#store/entities.ts';
import type { ConflictRow, HeldRow, KeyRow, RegisterRow, ViewRow } from '#store/entities.ts';
import { keepPlans } from './plans.ts';

export type Projection = {
  readonly kind: Kind;
  readonly policy: Policy;
  readonly version: string;
  readonly groups: readonly Linkage[];
  readonly numberOf: (record: RecordId) => number;
  /** Entities that these records were of before. */
  readonly before: readonly RecordId[];
};

export async function project(client: PoolClient, of: Projection): Promise<void> {
  const { kind, groups, numberOf, before } = of;
  const records = groups.flatMap(({ records }) => [...records.keys()]);
  const held = new Map((await listHeld(client, records.map(numberOf))).map((row) => [row.id, row]));
  const stood = groups.flatMap((group) => entityRows(group, held, of) ?? []);
  const keys = stood.flatMap((one) => one.keys);
  const views = stood.map(({ view }) => view);
  const gone = await replaceEntities(client, { entities: before, views, keys, conflicts: stood.flatMap((one) => one.conflicts) });
  await register(client, kind, { touched: [...gone, ...keys], known: views });
}

function firstOf({ records }: Linkage): RecordId | undefined {
  return records.keys().next().value;
}

type EntityRows = {
  readonly view: ViewRow;
  readonly keys: readonly KeyRow[];
  readonly conflicts: readonly ConflictRow[];
};

/** Undefined where no source has any of its records any more. */
function entityRows(
  group: Linkage,
  held: ReadonlyMap<RecordId, HeldRow>,
  { kind, policy, version, numberOf }: Projection,
): EntityRows | undefined {
  const entity = firstOf(group);
  const [eldest, ...rest] = [...group.records.keys()].flatMap((id) => held.get(id) ?? []);
  if (!eldest || entity === undefined) return undefined;
  const view = { ...golden([heldOf(eldest), ...rest.map(heldOf)], policy), id: entity };
  const field = torn(group)[0]?.field ?? null;
  return {
    view: { entity, kind, number: numberOf(entity), policy: version, torn: field, view },
    keys: keyRows(view, [eldest, ...rest]),
    conflicts: conflictRows(view, numberOf(entity)),
  };
}

function heldOf({ source, key, kind, asOf, fields, before }: HeldRow): Held {
  const now = { source, key, kind, asOf, fields };
  return { now, before: before.map((one) => ({ ...now, ...one })) };
}

/** Every key that any of its records names finds it. */
function keyRows({ id: entity, kind, fields }: GoldenView, records: readonly HeldRow[]): readonly KeyRow[] {
  const standing = KEY_FIELDS[kind].flatMap((field) => {
    const view = fields[field];
    return view ? keysOf(kind, { [field]: view.claim.value }) : [];
  });
  const stands = new Set(standing.map(({ field, value }) => `${field} ${value}`));
  const named = new Map(records.flatMap((one) => keysOf(kind, one.fields)).map((key) => [`${key.field} ${key.value}`, key]));
  return [...named].map(([name, key]) => ({ ...key, entity, kind, stands: stands.has(name) }));
}

function conflictRows(view: GoldenView, number: number): readonly ConflictRow[] {
  const subjects = subjectsOf(view);
  return conflicts(view).flatMap(({ entity, field, rule, stands, against }) =>
    [...new Set([stands, ...against].map((one) => one.source))].map((source) => ({
      entity,
      field,
      source,
      kind: view.kind,
      rule,
      stands: source === stands.source,
      body: { number, subjects, stands, against },
    })),
  );
}

/** Whose data a view shows: whoever looks at it leaves a trace there. */
export function subjectsOf({ kind, fields }: GoldenView): readonly string[] {
  const owner = OWNERS[kind];
  const view = fields[owner];
  const values = view ? [view.claim, ...view.against].map(({ value }) => registerValue(kind, owner, value)) : [];
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

type Registered = { readonly touched: readonly KeyRow[]; readonly known: readonly ViewRow[] };

/** Of entities that share a key, the eldest is in the register under it; another comes into its place when that one goes. */
async function register(client: PoolClient, kind: Kind, { touched, known }: Registered): Promise<void> {
  const wanted = new Map(
    touched
      .filter(({ field, stands }) => stands && REGISTER_KEYS[kind].includes(field))
      .map(({ field, value }) => [`${field} ${value}`, { field, value }]),
  );
  if (wanted.size === 0) return;
  const holders = await listKeyHolders(client, kind, [...wanted.values()]);
  const views = new Map(known.map((row) => [row.entity, row]));
  const others = holders.map(({ entity }) => entity).filter((entity) => !views.has(entity));
  for (const row of await listViews(client, others)) views.set(row.entity, row);
  const rows = holders.flatMap(({ value, entity }) => {
    const row = views.get(entity);
    return row ? [registerRow(value, row.view)] : [];
  });
  const held = new Set(holders.map(({ field, value }) => `${field} ${value}`));
  const gone = [...wanted].flatMap(([name, { value }]) => (held.has(name) ? [] : [value]));
  await changeRegister(client, kind, await keepPlans(client, { kind, rows, gone }), gone);
}

/** The row names the source that most of it is from, and how new that is; each field has its own in `provenance`. */
export function registerRow(key: string, { id, kind, fields }: GoldenView): RegisterRow {
  const claims = Object.values(fields).map(({ claim }) => claim);
  const bySource = [...Map.groupBy(claims, ({ source }) => source)];
  const [source, main = []] = bySource.sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))[0] ?? [''];
  const body = Object.entries(fields).map(([field, { claim }]): [string, Json] => [
    field,
    registerValue(kind, field, claim.value) as Json,
  ]);
  const provenance = Object.entries(fields).map(([field, { claim, rule }]): [string, JsonObject] => {
    const { source, record, asOf, confidence } = claim;
    return [field, { source, record, asOf, confidence, rule }];
  });
  return {
    key,
    entity: id,
    body: Object.fromEntries(body),
    source,
    asOf: main.reduce<Instant>((newest, { asOf }) => (asOf > newest ? asOf : newest), main[0]?.asOf as Instant),
    provenance: Object.fromEntries(provenance),
  };
}
