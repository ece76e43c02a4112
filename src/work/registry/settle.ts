// What follows from linkage facts, in the transaction that states them: the log, who is of which entity, what stands of each, what is in doubt, how
// many each source counts.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import { figures, NO_RECORDS, plus } from '#registry/quality.ts';
import type { Tally } from '#registry/quality.ts';
import type { Linkage } from '#registry/linkage.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { RecordId } from '#registry/types.ts';
import { moveRecords } from '#store/linkage.ts';
import { appendLinkage } from '#store/linkage-log.ts';
import type { MemberRow } from '#store/linkage-log.ts';
import { loadTallies, writeQuality } from '#store/quality.ts';
import { settleDoubts } from './doubts.ts';
import type { Doubting } from './doubts.ts';
import type { Policies } from './policy.ts';
import { project } from './project.ts';
import type { Tallies } from './tally.ts';

export type Settlement = Doubting & {
  readonly policies: Policies;
  /** Of the groups that were loaded, as they were. */
  readonly members: readonly MemberRow[];
  /** Whose source has them still, in the groups of `records`. */
  readonly isHere: (record: RecordId) => boolean;
  readonly tallies: Tallies;
  /** Of the form that said so: sent again, it is the same. */
  readonly key?: string;
};

export async function settle(client: PoolClient, of: Settlement): Promise<void> {
  const { kind, ground, policies, members, key } = of;
  const groups = [...new Set(of.records.map(ground.groupOf))];
  const inside = new Set(groups.flatMap(({ records }) => [...records.keys()]));
  const touched = members.filter(({ id }) => inside.has(id));
  await appendLinkage(
    client,
    ground.events.map((event) => ({ ...event, kind })),
    key,
  );
  const moved = touched.flatMap(({ id, number, entity }) =>
    entity === ground.entityOf(id) ? [] : [{ number, entity: ground.entityOf(id) }],
  );
  await moveRecords(client, moved);
  const before = [...new Set(touched.map(({ entity }) => entity))];
  await project(client, { kind, ...policies.of(kind), groups, numberOf: ground.numberOf, before });
  await settleDoubts(client, of);
  countEntities(of, groups, touched);
  await keepQuality(client, of);
}

/** A source counts each entity of its records once. */
function countEntities({ tallies, isHere }: Settlement, groups: readonly Linkage[], touched: readonly MemberRow[]): void {
  const sourceOf = (record: RecordId): string => record.slice(0, record.indexOf('/'));
  const was = Map.groupBy(
    touched.filter(({ form }) => form !== null),
    ({ entity }) => entity,
  );
  for (const group of was.values()) for (const source of new Set(group.map(({ id }) => sourceOf(id)))) tallies.dropEntity(source);
  for (const { records } of groups)
    for (const source of new Set([...records.keys()].filter(isHere).map(sourceOf))) tallies.addEntity(source);
}

async function keepQuality(client: PoolClient, { at, policies, tallies }: Settlement): Promise<void> {
  const changes = [...tallies.changes].filter(([, change]) => !isNothing(change));
  if (changes.length === 0) return;
  const known = await loadTallies(
    client,
    changes.map(([source]) => source),
  );
  const rows = changes.map(([source, change]) => {
    const tally = plus(known.get(source) ?? NO_RECORDS, change);
    return { source, tally, figures: figuresOf(tally, policies.sources.get(source), at) };
  });
  await writeQuality(client, at.slice(0, 10), rows);
}

function isNothing({ records, entities, fields, days }: Tally): boolean {
  return records === 0 && entities === 0 && Object.keys(fields).length === 0 && Object.keys(days).length === 0;
}

/** Records of a source that names no time are fresh for a year. */
const FRESH_DAYS = 365;

/** Of the fields that the source is to have. */
export function figuresOf(tally: Tally, source: SourceConfig | undefined, at: Instant) {
  const measure = { freshDays: source?.freshDays ?? FRESH_DAYS, fields: source?.columns.map(({ field }) => field) };
  return { records: tally.records, ...figures(tally, at, measure) };
}
