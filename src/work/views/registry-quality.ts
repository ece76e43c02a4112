// How good each source is, day by day, and where sources differ: for stewards, for the units that keep a source, and, numbers alone, for infrastructure.
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import { KINDS } from '#registry/types.ts';
import type { Kind } from '#registry/types.ts';
import type { SourceConfig } from '#registry/source.ts';
import { readAs } from '#store/read-as.ts';
import { listConflicts, listDays, listQuality, listSources } from '#store/registry-views.ts';
import type { Conflicted, DayFigures, SourceQuality } from '#store/registry-views.ts';
import { noteLook } from '#work/looks.ts';
import type { Hat } from '#cases/types.ts';
import type { Road } from '#work/road.ts';
import { fieldTitle, sourceTitles } from './registry.ts';
import type { RegistryViewer } from './registry.ts';

/** What a person of the organisation may see of the registry. */
export type RegistryAccess = {
  readonly isSteward: boolean;
  /** Sources that their unit answers for. */
  readonly keeps: readonly SourceConfig[];
  readonly seesNumbers: boolean;
};

export async function registryAccess(road: Road, { actor }: RegistryViewer): Promise<RegistryAccess> {
  const isSteward = actor.assignments.some(({ role }) => role === 'steward');
  const units = new Set(
    actor.assignments.filter(({ role }) => role === 'owner' || role === 'officer').map(({ unit }) => String(unit)),
  );
  const sources = isSteward || units.size > 0 ? await listSources(road.pool) : [];
  const keeps = sources.filter(({ owner }) => isSteward || units.has(owner));
  const isInfrastructure = actor.assignments.some(({ role }) => role === 'infrastructure');
  return { isSteward, keeps, seesNumbers: isSteward || keeps.length > 0 || isInfrastructure };
}

/** Each source with its latest figures. Throws Refusal `not-permitted`. */
export async function qualityPage(road: Road, viewer: RegistryViewer): Promise<readonly SourceQuality[]> {
  const { seesNumbers } = await registryAccess(road, viewer);
  if (!seesNumbers) throw new Refusal('not-permitted', { command: 'quality' });
  return readAs(road.readers, viewer.reader, listQuality);
}

export type SourcePage = {
  readonly config: SourceConfig;
  /** Latest first. */
  readonly days: readonly DayFigures[];
  readonly titleOf: (field: string) => Text;
};

const DAYS = 90;

/** Throws Refusal `source-not-found`: also where its figures are not the reader's to see. */
export async function sourceQualityPage(road: Road, viewer: RegistryViewer, source: string): Promise<SourcePage> {
  const config = (await listSources(road.pool)).find(({ id }) => id === source);
  const days = await readAs(road.readers, viewer.reader, (client) => listDays(client, source.slice(0, 100), DAYS));
  if (!config || days.length === 0) throw new Refusal('source-not-found', { source: source.slice(0, 100) });
  return { config, days, titleOf: (field) => fieldTitle(config.kind, field) };
}

export type ConflictsPage = {
  readonly kind: Kind;
  readonly source: string | undefined;
  readonly sources: readonly SourceConfig[];
  readonly isSteward: boolean;
  /** Latest look-ups are written down: contents are shown. */
  readonly conflicts: readonly (Conflicted & { readonly title: Text; readonly place: string })[];
  readonly fields: readonly { readonly field: string; readonly title: Text }[];
  readonly nameOf: (source: string) => Text;
};

export type ConflictFilter = {
  readonly kind?: string | undefined;
  readonly field?: string | undefined;
  readonly source?: string | undefined;
  readonly after?: string | undefined;
  readonly most: number;
};

/** Who keeps no source sees none. Throws Refusal `not-permitted`. */
export async function conflictsPage(road: Road, viewer: RegistryViewer, filter: ConflictFilter): Promise<ConflictsPage> {
  const { isSteward, keeps } = await registryAccess(road, viewer);
  const chosen = keeps.find(({ id }) => id === filter.source) ?? (isSteward ? undefined : keeps[0]);
  if (!isSteward && !chosen) throw new Refusal('not-permitted', { command: 'conflicts' });
  const kind = chosen?.kind ?? KINDS.find((one) => one === filter.kind) ?? 'person';
  const [field = '', entity = ''] = (filter.after ?? '').split('~', 2);
  const fields = [...new Set(keeps.filter((one) => one.kind === kind).flatMap(({ columns }) => columns.map((one) => one.field)))];
  const rows = await readAs(road.readers, viewer.reader, (client) =>
    listConflicts(client, {
      kind,
      field: fields.find((one) => one === filter.field),
      source: chosen?.id,
      after: field !== '' && entity !== '' ? { field, entity } : undefined,
      most: filter.most,
    }),
  );
  await noteConflicts(road, hatOf(viewer, chosen), rows);
  return {
    kind,
    source: chosen?.id,
    sources: keeps,
    isSteward,
    conflicts: rows.map((row) => ({ ...row, title: fieldTitle(kind, row.field), place: `${row.field}~${row.entity}` })),
    fields: fields.map((one) => ({ field: one, title: fieldTitle(kind, one) })),
    nameOf: await sourceTitles(road),
  };
}

function hatOf({ actor }: RegistryViewer, source: SourceConfig | undefined): Hat {
  const held =
    actor.assignments.find(({ role }) => role === 'steward') ??
    actor.assignments.find(({ role, unit }) => (role === 'owner' || role === 'officer') && unit === source?.owner);
  if (!held || actor.person === 'system') throw new Refusal('not-permitted', { command: 'conflicts' });
  return { person: actor.person, role: held.role, unit: held.unit };
}

/** A list of values of people is a look at each of them. */
async function noteConflicts(road: Road, by: Hat, rows: readonly Conflicted[]): Promise<void> {
  const seen = new Map(
    rows.flatMap(({ kind, body }) => body.subjects.map((subject) => [`${kind} ${subject}`, { kind, subject }])),
  );
  await Promise.all(
    [...seen.values()].map(({ kind, subject }) => noteLook(road, { subject, by, basis: 'registry', what: kind })),
  );
}

export type { Conflicted, DayFigures, SourceQuality };
