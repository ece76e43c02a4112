// Pairs that may be one and may be two: kept as they were found; of two groups the best stands open for a steward until it is decided.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Linkage } from '#registry/linkage.ts';
import { SCHEMES } from '#registry/schemes.ts';
import type { Kind, RecordId } from '#registry/types.ts';
import { changeDoubts, inOrder, listDoubts, listEntities, listGroups } from '#store/linkage-log.ts';
import type { DoubtRow } from '#store/linkage-log.ts';
import { areApart, differ } from './ground.ts';
import type { Ground } from './ground.ts';

export type FoundPair = { readonly pair: readonly [RecordId, RecordId]; readonly score: number };

export type Doubting = {
  readonly kind: Kind;
  readonly at: Instant;
  readonly ground: Ground;
  /** Groups of these are settled anew. */
  readonly records: readonly RecordId[];
  /** Pairs found anew, of `judged` records. */
  readonly found: readonly FoundPair[];
  readonly judged: ReadonlySet<RecordId>;
};

/** Which doubts about these groups stand open, now that the groups are what they are. */
export async function settleDoubts(client: PoolClient, of: Doubting): Promise<void> {
  const { kind, at, ground, records, found, judged } = of;
  const inside = new Set(records.flatMap((record) => [...ground.groupOf(record).records.keys()]));
  const known = await listDoubts(client, [...inside]);
  const fresh = new Map(
    found
      .filter(({ pair: [one, other] }) => ground.groupOf(one) !== ground.groupOf(other))
      .map(({ pair, score }): [string, DoubtRow] => {
        const { one, other } = inOrder(pair);
        return [`${one} ${other}`, { one, other, kind, score, why: 'doubt', isOpen: false, foundAt: at }];
      }),
  );
  const isOld = ({ one, other }: DoubtRow): boolean => judged.has(one) || judged.has(other);
  const kept = known.filter((row) => !isOld(row));
  const gone = known.filter((row) => isOld(row) && !fresh.has(`${row.one} ${row.other}`));
  const all = [...kept, ...fresh.values()];
  await loadOthers(client, of, all);
  const before = new Map(known.map((row) => [`${row.one} ${row.other}`, row]));
  const written = opened(all, of).filter((row) => {
    const was = before.get(`${row.one} ${row.other}`);
    return was?.isOpen !== row.isOpen || was.why !== row.why || was.score !== row.score;
  });
  await changeDoubts(client, gone, written);
}

/** The other side of a doubt may be of a group that the batch did not touch. */
async function loadOthers(client: PoolClient, { ground }: Doubting, all: readonly DoubtRow[]): Promise<void> {
  const missing = all.flatMap(({ one, other }) => [one, other]).filter((record) => !ground.has(record));
  if (missing.length === 0) return;
  const entities = await listEntities(client, missing);
  ground.load(await listGroups(client, [...new Set(entities.values())]));
}

function opened(all: readonly DoubtRow[], { kind, ground }: Doubting): readonly DoubtRow[] {
  const { upper } = SCHEMES[kind];
  const told = new Map<Linkage, Set<Linkage>>();
  const isNew = (mine: Linkage, theirs: Linkage): boolean => {
    if (told.get(mine)?.has(theirs) || told.get(theirs)?.has(mine)) return false;
    told.set(mine, (told.get(mine) ?? new Set()).add(theirs));
    return true;
  };
  const bestFirst = all.toSorted((a, b) => b.score - a.score || (a.one < b.one ? -1 : 1));
  return bestFirst.map((row) => {
    const [mine, theirs] = [ground.groupOf(row.one), ground.groupOf(row.other)];
    const differs = mine !== theirs && differ(mine, theirs) !== undefined;
    const isOpen = mine !== theirs && !areApart(mine, theirs) && (row.score >= upper || !differs) && isNew(mine, theirs);
    return { ...row, isOpen, why: differs ? 'keys-differ' : 'doubt' };
  });
}
