// The linker: takes records that it has not seen as they are now, finds those that may be one with them, joins what the judge is sure of and leaves
// the rest to a steward. One batch, one transaction: killed, it begins the batch anew. Never holds more than the batch and the groups it touches.
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import { BLOCK_CAP, blocker } from '#registry/block.ts';
import { score } from '#registry/judge.ts';
import type { MergeId } from '#registry/linkage.ts';
import { countedOf } from '#registry/quality.ts';
import { fieldTypes, rowOf } from '#registry/row.ts';
import type { Row } from '#registry/row.ts';
import { SCHEMES } from '#registry/schemes.ts';
import { packRow, unpackRow } from '#registry/sheet.ts';
import { KINDS } from '#registry/types.ts';
import type { Kind, RecordId } from '#registry/types.ts';
import {
  changeBlocks,
  findUnlinkedKind,
  listBlocks,
  listForms,
  takeUnlinked,
  underLinkerLock,
  writeLinked,
} from '#store/linkage.ts';
import type { BlockRow, TakenRow } from '#store/linkage.ts';
import { listGroups } from '#store/linkage-log.ts';
import type { CrashPoint, Road } from '#work/road.ts';
import type { FoundPair } from './doubts.ts';
import { formKeys, groundOf } from './ground.ts';
import { judgeAmong, keepNames } from './names.ts';
import { loadPolicies } from './policy.ts';
import { settle } from './settle.ts';
import { tallies } from './tally.ts';

/** What linking needs of the world: the road has it, and so has the seed. */
export type Linker = {
  readonly pool: Pool;
  readonly now: () => Instant;
  readonly crash: (point: CrashPoint) => void;
};

export function linkerOf({ pool, ports, crash }: Road): Linker {
  return { pool, now: () => ports.world.now(), crash };
}

/** Records of one batch: beyond some hundreds a larger one is no faster. */
const BATCH = 500;

/** One batch. Gives how many records it linked: 0 where none is left, or another links. */
export async function linkBatch(linker: Linker, most = BATCH): Promise<number> {
  const linked = await underLinkerLock(linker.pool, 'leave', async (client) => {
    const kind = await findUnlinkedKind(client, KINDS);
    const taken = kind === undefined ? [] : await takeUnlinked(client, kind, most);
    if (kind === undefined || taken.length === 0) return 0;
    await link(client, { kind, at: linker.now(), taken: taken.map((row) => seen(kind, row)) });
    linker.crash('before-commit');
    return taken.length;
  });
  if (linked !== undefined && linked > 0) linker.crash('after-commit');
  return linked ?? 0;
}

/** Until nothing is left to link. */
export async function linkAll(linker: Linker, tell: (linked: number) => void = () => undefined): Promise<number> {
  let all = 0;
  for (let linked = await linkBatch(linker); linked > 0; linked = await linkBatch(linker)) {
    all += linked;
    tell(all);
  }
  return all;
}

/** A record of the batch: as it was last compared, and as it is to be. */
export type Seen = TakenRow & { readonly was: Row | undefined; readonly row: Row | undefined };

function seen(kind: Kind, taken: TakenRow): Seen {
  return {
    ...taken,
    was: taken.form === null ? undefined : unpackRow(taken.form),
    row: taken.isGone ? undefined : rowOf(SCHEMES[kind], taken.fields),
  };
}

type Batch = { readonly kind: Kind; readonly at: Instant; readonly taken: readonly Seen[] };

async function link(client: PoolClient, batch: Batch): Promise<void> {
  const { kind, at, taken } = batch;
  await keepBlocks(client, batch);
  await keepNames(client, kind, taken);
  const { found, entities } = await findPairs(client, batch);
  const ground = groundOf('matcher', at);
  const known = taken.filter((one) => !one.isNew).map(({ entity }) => entity);
  const loaded = await listGroups(client, [...new Set([...known, ...entities])]);
  ground.load(loaded);
  for (const { id, number, row } of taken) {
    ground.meet(id, number);
    const keys = row === undefined ? {} : formKeys(kind, packRow(row));
    ground.give({ type: 'ReceiveRecord', record: id, kind, keys }, [id]);
  }
  join(kind, ground, found);
  const sums = tallies();
  const forms = new Map<RecordId, boolean>(loaded.members.map(({ id, form }) => [id, form !== null]));
  for (const { id, row } of taken) forms.set(id, row !== undefined);
  const linked = taken.map(({ id, source, key, number, row, asOf, fields, counted }) => {
    const now = row === undefined ? null : countedOf({ asOf, fields }, fieldTypes(SCHEMES[kind]));
    if (counted) sums.drop(source, counted);
    if (now) sums.add(source, now);
    return { source, key, number, entity: ground.entityOf(id), form: row === undefined ? null : packRow(row), counted: now };
  });
  await writeLinked(client, linked);
  const judged = new Set(taken.map(({ id }) => id));
  await settle(client, {
    kind,
    at,
    ground,
    policies: await loadPolicies(client),
    members: loaded.members,
    records: [...judged],
    isHere: (record) => forms.get(record) === true,
    found,
    judged,
    tallies: sums,
  });
}

/** Sure pairs become one, best first: what a better pair made of two stands in the way of a worse one. */
function join(kind: Kind, ground: ReturnType<typeof groundOf>, found: readonly FoundPair[]): void {
  for (const { pair, score } of found) {
    if (score < SCHEMES[kind].upper || ground.groupOf(pair[0]) === ground.groupOf(pair[1])) continue;
    try {
      ground.give({ type: 'MergeRecords', merge: randomUUID() as string as MergeId, pair, score }, pair);
    } catch (error) {
      // Keys that differ make a doubt; what a person said makes none.
      if (!(error instanceof Refusal && error.code === 'merge-refused')) throw error;
    }
  }
}

async function keepBlocks(client: PoolClient, { kind, taken }: Batch): Promise<void> {
  const keysOf = blocker(SCHEMES[kind]);
  const rowsOf = ({ number }: Seen, row: Row | undefined): readonly BlockRow[] =>
    (row === undefined ? [] : keysOf(row)).flatMap((block, pass) =>
      block === undefined ? [] : [{ pass, block, record: number }],
    );
  const isIn = (rows: readonly BlockRow[], { pass, block }: BlockRow): boolean =>
    rows.some((one) => one.pass === pass && one.block === block);
  const changes = taken.map((one) => ({ was: rowsOf(one, one.was), now: rowsOf(one, one.row) }));
  await changeBlocks(
    client,
    kind,
    changes.flatMap(({ was, now }) => was.filter((row) => !isIn(now, row))),
    changes.flatMap(({ was, now }) => now.filter((row) => !isIn(was, row))),
  );
}

type Pairs = { readonly found: readonly FoundPair[]; /** Of the records found. */ readonly entities: readonly RecordId[] };

/** Every pair of a record of the batch and one that shares a block with it, where it is at least in doubt; best first. */
async function findPairs(client: PoolClient, { kind, taken }: Batch): Promise<Pairs> {
  const scheme = SCHEMES[kind];
  const own = new Map(taken.flatMap((one) => (one.row ? [[one.number, { id: one.id, row: one.row }] as const] : [])));
  const mates = await listMates(client, kind, own);
  const others = [...new Set([...mates.values()].flatMap((set) => [...set]))].filter((number) => !own.has(number));
  const forms = await listForms(client, others);
  const rows = new Map([...own, ...forms.map(({ id, number, form }) => [number, { id, row: unpackRow(form) }] as const)]);
  const judge = await judgeAmong(
    client,
    scheme,
    [...rows.values()].map(({ row }) => row),
  );
  const found: FoundPair[] = [];
  for (const [number, set] of mates)
    for (const other of set) {
      const [mine, theirs] = [rows.get(number), rows.get(other)];
      const sum = mine && theirs ? score(judge, mine.row, theirs.row) : undefined;
      if (mine && theirs && sum !== undefined) found.push({ pair: [mine.id, theirs.id], score: sum });
    }
  const ids = new Set(found.flatMap(({ pair }) => pair));
  const entities = forms.flatMap(({ id, entity }) => (ids.has(id) ? [entity] : []));
  return { found: found.sort((a, b) => b.score - a.score || (a.pair[0] < b.pair[0] ? -1 : 1)), entities };
}

/** For each record of the batch those that it is to be compared with; of two of the batch, one has the other. */
async function listMates(
  client: PoolClient,
  kind: Kind,
  own: ReadonlyMap<number, { readonly row: Row }>,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const keysOf = blocker(SCHEMES[kind]);
  const askers = new Map<string, { readonly pass: number; readonly block: string; readonly numbers: number[] }>();
  for (const [number, { row }] of own)
    for (const [pass, block] of keysOf(row).entries()) {
      if (block === undefined) continue;
      const asker = askers.get(`${pass} ${block}`) ?? { pass, block, numbers: [] };
      asker.numbers.push(number);
      askers.set(`${pass} ${block}`, asker);
    }
  const wanted = [...askers.values()].map(({ pass, block }) => ({ pass, block }));
  const mates = new Map<number, Set<number>>([...own.keys()].map((number) => [number, new Set()]));
  for (const { pass, block, records } of await listBlocks(client, kind, wanted, BLOCK_CAP + 1)) {
    if (records.length > BLOCK_CAP) continue;
    for (const number of askers.get(`${pass} ${block}`)?.numbers ?? [])
      for (const other of records) if (other !== number && !mates.get(other)?.has(number)) mates.get(number)?.add(other);
  }
  return mates;
}
