// Running cases of a service taken from an older version to the one in force: a dry run first, then each case by a command of its own,
// so that one that cannot go stays where it is and the others are not held up. Batches: the caller goes on where one ended.
import type { CaseId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import type { Finding } from '#base/finding.ts';
import { engineEnv } from '#cases/advance.ts';
import type { Actor, CaseEnv } from '#cases/types.ts';
import { migrate } from '#engine/migrate.ts';
import type { Mapping, MigrationMove } from '#engine/migrate.ts';
import { listRunning } from '#store/incidents.ts';
import { load } from '#store/load.ts';
import { perform } from './perform.ts';
import type { Road } from './road.ts';
import { requireOwner, type Overseer } from './views/oversight.ts';

export type Way = { readonly service: string; readonly from: string; readonly mapping: Mapping };
export type Refused = { readonly id: CaseId; readonly code: RefusalCode; readonly findings: readonly Finding[] };
/** `next`: the case to go on after; absent where none is left. */
export type MigrationReport = {
  readonly to: string;
  readonly moved: number;
  readonly moves: readonly MigrationMove[];
  readonly refused: readonly Refused[];
  readonly next?: CaseId;
};
export type Batch = { readonly after?: string | undefined; readonly most: number };

/** What would happen to each case; changes nothing. Throws Refusal `not-permitted`, `service-not-found`. */
export async function rehearseMigration(road: Road, viewer: Overseer, way: Way, batch: Batch): Promise<MigrationReport> {
  requireOwner(road, viewer, way.service);
  const { definition: to, package: target } = road.catalogue.current(way.service);
  const from = await road.catalogue.byDefinition(way.from);
  return eachCase(road, way, batch, async (id) => {
    const { state } = await load(road.pool, id);
    if (!state.engine) return { moves: [] };
    const env = engineEnv(envOf(road, from, way.from));
    const { moves, refusals } = migrate(from.process.plan, target.process.plan, state.engine, { mapping: way.mapping, env });
    return refusals.length > 0 ? { moves: [], refused: { id, code: 'migration-refused', findings: refusals } } : { moves };
  }).then((report) => ({ ...report, to }));
}

/** Carries it out. `key` is the caller's intent: sent again, it moves nobody twice. */
export async function migrateCases(
  road: Road,
  viewer: Overseer & { readonly actor: Actor },
  way: Way & { readonly reason: string; readonly key: string },
  batch: Batch,
): Promise<MigrationReport> {
  requireOwner(road, viewer, way.service);
  const { definition: to } = road.catalogue.current(way.service);
  const { actor } = viewer;
  const { mapping, reason, key } = way;
  return eachCase(road, way, batch, async (id) => {
    try {
      await perform(road, id, { actor, key, command: { type: 'MigrateCase', definition: to, mapping, reason } });
      return { moves: [] };
    } catch (error) {
      // A case that ended, was moved by another, or cannot go is no fault of the others.
      if (!(error instanceof Refusal) || !['migration-refused', 'wrong-state', 'own-case'].includes(error.code)) throw error;
      const { findings = [] } = error.facts as { readonly findings?: readonly Finding[] };
      return { moves: [], refused: { id, code: error.code, findings } };
    }
  }).then((report) => ({ ...report, to }));
}

type Went = { readonly moves: readonly MigrationMove[]; readonly refused?: Refused };

async function eachCase(
  road: Road,
  { service, from }: Way,
  { after = '', most }: Batch,
  go: (id: CaseId) => Promise<Went>,
): Promise<Omit<MigrationReport, 'to'>> {
  const ids = await listRunning(road.pool, { service, definition: from, after, most: most + 1 });
  const moves = new Map<string, MigrationMove>();
  const refused: Refused[] = [];
  let moved = 0;
  for (const id of ids.slice(0, most)) {
    const went = await go(id);
    if (went.refused) refused.push(went.refused);
    else moved += 1;
    for (const { from: at, to, tokens } of went.moves) {
      const key = `${at}\n${to}`;
      moves.set(key, { from: at, to, tokens: (moves.get(key)?.tokens ?? 0) + tokens });
    }
  }
  const next = ids.length > most ? ids[most - 1] : undefined;
  return { moved, moves: [...moves.values()], refused, ...(next === undefined ? {} : { next }) };
}

function envOf(road: Road, from: CaseEnv['package'], definition: string): CaseEnv {
  const calendar = road.catalogue.calendar(from.manifest.deadline.calendar);
  return { package: from, definition, calendar, now: road.ports.world.now() };
}
