// Sources and their loads as a person of the organisation may see them: numbers for infrastructure, rows for the steward and the unit that
// answers for a source; a load is begun by infrastructure, which never sees a row.
import { Refusal } from '#base/refusal.ts';
import type { Language, Text } from '#base/text.ts';
import type { Hat } from '#cases/types.ts';
import { OWNERS, registerValue } from '#registry/registers.ts';
import { SOURCE_FAULTS, TYPES } from '#registry/source-faults.ts';
import type { SourceFault } from '#registry/source-faults.ts';
import type { SourceConfig } from '#registry/source.ts';
import { listPersonNames } from '#store/registry-views.ts';
import type { StoredRejection } from '#store/source-loads.ts';
import { findLoad, findSource, listLoads, listSources } from '#store/sources.ts';
import type { LoadCounts, LoadMode, SourceSummary, StoredLoad } from '#store/sources.ts';
import { noteLook } from '#work/looks.ts';
import { loadSource } from '#work/registry/load.ts';
import { rejectsFile } from '#work/registry/rejects.ts';
import type { Road } from '#work/road.ts';
import { registryAccess } from './registry-quality.ts';
import type { RegistryViewer } from './registry.ts';

/** What is wrong with a load: a refusal by its code, its facts in words where they have any. */
export type ShownTrouble = { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly fault?: Text };
export type ShownLoad = Omit<StoredLoad, 'trouble' | 'status'> & {
  /** `stopped`: it was killed, and goes on when it is begun again. */
  readonly status: StoredLoad['status'] | 'stopped';
  readonly trouble: ShownTrouble | undefined;
  /** The person who began it; undefined for the command line and the seed. */
  readonly name: Text | undefined;
};
export type ShownSource = Omit<SourceSummary, 'last'> & { readonly last: ShownLoad | undefined };

function shown(load: StoredLoad, isAlive: boolean, names: ReadonlyMap<string, Text>): ShownLoad {
  const { code, facts } = load.trouble ?? {};
  const fault = facts?.['fault'] === undefined ? undefined : SOURCE_FAULTS[facts['fault'] as SourceFault];
  const trouble = code === undefined ? undefined : { code, facts: facts ?? {}, ...(fault === undefined ? {} : { fault }) };
  return {
    ...load,
    status: load.status === 'running' && !isAlive ? 'stopped' : load.status,
    trouble,
    name: names.get(load.by),
  };
}

/** Those that a viewer may see. Throws Refusal `not-permitted`. */
export async function sourcesPage(road: Road, viewer: RegistryViewer): Promise<readonly ShownSource[]> {
  const access = await accessOf(road, viewer);
  const sources = await listSources(road.pool, road.ports.world.now());
  return sources
    .filter(({ config }) => access.sees(config))
    .map((one) => ({ ...one, last: one.last === null ? undefined : shown(one.last, one.isAlive, new Map()) }));
}

type Access = {
  readonly mayStart: boolean;
  sees(config: SourceConfig): boolean;
  /** As whom they may have its rejected rows. */
  keeper(config: SourceConfig): Hat | undefined;
};

async function accessOf(road: Road, viewer: RegistryViewer): Promise<Access> {
  const { seesNumbers, isSteward, keeps } = await registryAccess(road, viewer);
  if (!seesNumbers) throw new Refusal('not-permitted', { command: 'sources' });
  const { person, assignments } = viewer.actor;
  const mayStart = assignments.some(({ role }) => role === 'infrastructure');
  const mine = new Set(keeps.map(({ id }) => id));
  return {
    mayStart,
    sees: ({ id }) => isSteward || mayStart || mine.has(id),
    keeper({ id, owner }) {
      const held =
        assignments.find(({ role }) => role === 'steward') ??
        assignments.find(({ role, unit }) => mine.has(id) && unit === owner && role !== 'infrastructure');
      return held === undefined || person === 'system' ? undefined : { person, role: held.role, unit: held.unit };
    },
  };
}

export type SourceLoads = {
  readonly source: Omit<SourceSummary, 'last'>;
  /** Newest first. */
  readonly loads: readonly ShownLoad[];
  readonly mayStart: boolean;
  readonly mayTakeRejects: boolean;
  /** What each column holds, in words. */
  readonly types: Readonly<Record<string, Text>>;
};

const MOST_LOADS = 20;

/** Throws Refusal `source-not-found`: also where it is not the viewer's to see. */
export async function sourceLoads(road: Road, viewer: RegistryViewer, id: string): Promise<SourceLoads> {
  const access = await accessOf(road, viewer);
  const [source] = await listSources(road.pool, road.ports.world.now(), id.slice(0, 100));
  if (!source || !access.sees(source.config)) throw new Refusal('source-not-found', { source: id.slice(0, 100) });
  const loads = await listLoads(road.pool, source.config.id, MOST_LOADS);
  const names = await listPersonNames(road.pool, [...new Set(loads.map((one) => one.by))]);
  return {
    source,
    loads: loads.map((one) => shown(one, source.isAlive, names)),
    // What came with the city's seed is written by it.
    mayStart: access.mayStart && source.config.reader.by !== 'seed',
    mayTakeRejects: access.keeper(source.config) !== undefined,
    types: TYPES,
  };
}

export type Beginning = { readonly mode: LoadMode | undefined; readonly acceptGone: boolean };

/**
 * Begins a load, which runs on in this process. Resolves when it has begun, or has ended before that with its trouble kept. Throws Refusal
 * `not-permitted`, `source-not-found`, `source-loading`.
 */
export async function beginLoad(road: Road, viewer: RegistryViewer, id: string, { mode, acceptGone }: Beginning): Promise<void> {
  const access = await accessOf(road, viewer);
  if (!access.mayStart) throw new Refusal('not-permitted', { command: 'load' });
  const config = await findSource(road.pool, id.slice(0, 100));
  if (!config || config.reader.by === 'seed') throw new Refusal('source-not-found', { source: id.slice(0, 100) });
  const place = { pool: road.pool, sources: road.ports.sources, now: road.ports.world.now };
  await new Promise<void>((begun, fail) => {
    const order = {
      by: viewer.actor.person,
      acceptGone,
      signal: road.stopping,
      onBegun: begun,
      ...(mode === undefined ? {} : { mode }),
    };
    const run = async (): Promise<void> => {
      await loadSource(place, config, order);
      begun();
      // What was written waits for the matcher.
      road.nudge();
    };
    run().catch(fail);
  });
}

export type Rejects = { readonly name: string; readonly pieces: AsyncIterable<string> };

/** The rejected rows of a load; each whom they name sees that they were looked at. Throws Refusal `not-permitted`, `source-not-found`. */
export async function rejectsOf(
  road: Road,
  viewer: RegistryViewer,
  id: string,
  { load, language }: { readonly load: string; readonly language: Language },
): Promise<Rejects> {
  const access = await accessOf(road, viewer);
  const found = await findLoad(road.pool, load.slice(0, 100));
  const config = found && found.source === id ? await findSource(road.pool, found.source) : undefined;
  if (!found || !config || !access.sees(config)) throw new Refusal('source-not-found', { source: id.slice(0, 100) });
  const by = access.keeper(config);
  if (by === undefined) throw new Refusal('not-permitted', { command: 'rejects' });
  const onRows = (rows: readonly StoredRejection[]): Promise<void> => noteRows(road, { by, config, rows });
  return { name: `${config.id}-${found.load}`, pieces: rejectsFile(road.pool, { config, load: found.load, language, onRows }) };
}

type Looked = { readonly by: Hat; readonly config: SourceConfig; readonly rows: readonly StoredRejection[] };

async function noteRows(road: Road, { by, config, rows }: Looked): Promise<void> {
  const column = config.columns.find(({ field }) => field === OWNERS[config.kind])?.column;
  if (column === undefined) return;
  const subjects = new Set(rows.map(({ raw }) => registerValue(config.kind, OWNERS[config.kind], raw[column] ?? '')));
  for (const subject of subjects)
    if (typeof subject === 'string' && subject !== '')
      await noteLook(road, { subject, by, basis: 'registry', what: config.kind });
}

export type { LoadCounts, LoadMode };
