// What a steward decides of two records: they are one, they are two, or a merge was wrong. With a reason, in the log, under the steward's name.
// A form sent again changes nothing; what a guard forbids is refused with the reason why.
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { Refusal } from '#base/refusal.ts';
import type { Hat } from '#cases/types.ts';
import { explain } from '#registry/explain.ts';
import type { LinkageCommand, MergeId } from '#registry/linkage.ts';
import { SCHEMES } from '#registry/schemes.ts';
import { unpackRow } from '#registry/sheet.ts';
import type { RecordId } from '#registry/types.ts';
import { underLinkerLock } from '#store/linkage.ts';
import { isKeyTaken, listGroups } from '#store/linkage-log.ts';
import type { MemberRow } from '#store/linkage-log.ts';
import { areOwn, findMerge, findNumbered, listNumbered } from '#store/steward.ts';
import type { NumberedRow } from '#store/steward.ts';
import { groundOf } from './ground.ts';
import type { Linker } from './link.ts';
import { judgeAmong } from './names.ts';
import { loadPolicies } from './policy.ts';
import { settle } from './settle.ts';
import { tallies } from './tally.ts';

export type StewardAct =
  { readonly do: 'merge' | 'apart'; readonly pair: readonly [number, number] } | { readonly do: 'part'; readonly merge: string };

export type StewardCommand = {
  readonly act: StewardAct;
  readonly reason: string;
  readonly by: Hat;
  /** Of the form. */
  readonly key: string;
};

/** Throws Refusal `not-permitted`, `invalid-answers` without a reason, `entity-not-found`, `own-dispute`, `merge-refused`. */
export async function decideAsSteward(linker: Linker, command: StewardCommand): Promise<void> {
  const { by, reason, key } = command;
  if (by.role !== 'steward' || by.person === 'system') throw new Refusal('not-permitted', { command: command.act.do });
  if (reason.trim() === '') throw new Refusal('invalid-answers', { fields: [{ pointer: '/reason', code: 'required' }] });
  const { person } = by;
  await underLinkerLock(linker.pool, 'wait', async (client) => {
    if (await isKeyTaken(client, key)) return;
    const pair = await pairOf(client, command.act);
    const entities = [...new Set(pair.map(({ entity }) => entity))];
    if (await areOwn(client, person, entities)) throw new Refusal('own-dispute', {});
    const ground = groundOf(person, linker.now());
    const loaded = await listGroups(client, entities);
    ground.load(loaded);
    const records = [pair[0].id, pair[1].id] as const;
    const facts = ground.give(await commandOf(client, command, { records, members: loaded.members }), records);
    if (facts.length === 0) return;
    const here = new Set(loaded.members.filter(({ form }) => form !== null).map(({ id }) => id));
    await settle(client, {
      kind: pair[0].kind,
      at: linker.now(),
      ground,
      policies: await loadPolicies(client),
      members: loaded.members,
      records,
      isHere: (record) => here.has(record),
      found: [],
      judged: new Set(),
      tallies: tallies(),
      key,
    });
    linker.crash('before-commit');
  });
  linker.crash('after-commit');
}

/** The records that an act is about, with the entities they are of now. */
async function pairOf(client: PoolClient, act: StewardAct): Promise<readonly [NumberedRow, NumberedRow]> {
  if (act.do === 'part') {
    const merge = await findMerge(client, act.merge);
    if (!merge) throw new Refusal('merge-refused', { why: 'parted-already', records: [] });
    const one = await findNumbered(client, merge.one);
    const other = await findNumbered(client, merge.other);
    if (one && other) return [one, other];
    throw new Refusal('entity-not-found', {});
  }
  const rows = await listNumbered(client, act.pair);
  const [one, other] = act.pair.map((number) => rows.find((row) => row.number === number));
  if (!one || !other) throw new Refusal('entity-not-found', {});
  if (one.id === other.id) throw new Refusal('merge-refused', { why: 'one-already', records: [one.id] });
  return [one, other];
}

type At = { readonly records: readonly [RecordId, RecordId]; readonly members: readonly MemberRow[] };

async function commandOf(
  client: PoolClient,
  { act, reason, key }: StewardCommand,
  { records, members }: At,
): Promise<LinkageCommand> {
  switch (act.do) {
    case 'part':
      return { type: 'PartRecords', merge: act.merge as MergeId, reason };
    case 'apart':
      return { type: 'KeepApart', pair: records, reason };
    case 'merge': {
      const merge = createHash('sha256').update(key).digest('hex').slice(0, 32) as MergeId;
      return { type: 'MergeRecords', merge, pair: records, score: await scoreOf(client, records, members), reason };
    }
  }
}

/** What the judge makes of the pair, for the log: a person may join what it would not. */
async function scoreOf(client: PoolClient, pair: At['records'], members: readonly MemberRow[]): Promise<number> {
  const [one, other] = pair.map((record) => members.find(({ id }) => id === record));
  if (!one || !other || one.kind !== other.kind || one.form === null || other.form === null) return 0;
  const rows = [unpackRow(one.form), unpackRow(other.form)] as const;
  const judge = await judgeAmong(client, SCHEMES[one.kind], rows);
  return explain(judge, ...rows).score;
}
