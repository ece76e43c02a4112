// Which records are one: every record begins alone, standing merges join them, a parting undoes one merge and nothing else.
// The merges are a forest, so that each parting restores exactly what was. Decides and folds; knows no store: it is given the groups at hand.
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId } from '#base/ids.ts';
import type { Kind, RecordId } from './types.ts';

export type MergeId = string & { readonly __merge: true };
type Pair = readonly [RecordId, RecordId];

/** Well-formed values of guarded fields, by field: records that differ in one are never one. */
type Keys = Readonly<Record<string, string>>;

export type LinkageCommand =
  | { readonly type: 'ReceiveRecord'; readonly record: RecordId; readonly kind: Kind; readonly keys: Keys }
  | {
      readonly type: 'MergeRecords';
      readonly merge: MergeId;
      readonly pair: Pair;
      readonly score: number;
      readonly reason?: string;
    }
  | { readonly type: 'PartRecords'; readonly merge: MergeId; readonly reason: string }
  | { readonly type: 'KeepApart'; readonly pair: Pair; readonly reason: string };

export type LinkageFact =
  | { readonly type: 'RecordReceived'; readonly record: RecordId; readonly kind: Kind; readonly keys: Keys }
  | {
      readonly type: 'RecordsMerged';
      readonly merge: MergeId;
      readonly pair: Pair;
      readonly score: number;
      readonly reason?: string;
    }
  | { readonly type: 'RecordsParted'; readonly merge: MergeId; readonly pair: Pair; readonly reason: string }
  | { readonly type: 'PairKeptApart'; readonly pair: Pair; readonly reason: string };

/** A fact as the log keeps it: `matcher` is the rule of scores, anybody else a steward. */
export type LinkageEvent = LinkageFact & { readonly by: PersonId | 'matcher'; readonly at: Instant };

export type Linkage = {
  /** In the order in which they were received: the eldest names its group. */
  readonly records: ReadonlyMap<RecordId, { readonly kind: Kind; readonly keys: Keys }>;
  readonly merges: ReadonlyMap<MergeId, { readonly pair: Pair; readonly by: PersonId | 'matcher'; readonly score: number }>;
  /** Pairs of which a person said that they are two: the matcher leaves them alone. */
  readonly apart: ReadonlySet<string>;
};

export const NOTHING_LINKED: Linkage = { records: new Map(), merges: new Map(), apart: new Set() };

const pairKey = ([one, other]: Pair): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** What follows from a command; nothing where it is so already. Throws Refusal `merge-refused` with the reason why. */
export function decide(linkage: Linkage, command: LinkageCommand, by: PersonId | 'matcher'): readonly LinkageFact[] {
  switch (command.type) {
    case 'ReceiveRecord': {
      const { record, kind, keys } = command;
      const known = linkage.records.get(record);
      if (known && known.kind !== kind) refuse('other-kind', [record]);
      return known && sameKeys(known.keys, keys) ? [] : [{ type: 'RecordReceived', record, kind, keys }];
    }
    case 'MergeRecords':
      return merged(linkage, command, by);
    case 'PartRecords': {
      const merge = linkage.merges.get(command.merge);
      return merge ? [{ type: 'RecordsParted', merge: command.merge, pair: merge.pair, reason: command.reason }] : [];
    }
    case 'KeepApart': {
      const { pair, reason } = command;
      for (const record of pair) if (!linkage.records.has(record)) refuse('unknown-record', [record]);
      if (linkage.apart.has(pairKey(pair))) return [];
      if (groupOf(linkage, pair[0]).includes(pair[1])) refuse('one-already', pair);
      return [{ type: 'PairKeptApart', pair, reason }];
    }
  }
}

function merged(
  linkage: Linkage,
  command: Extract<LinkageCommand, { type: 'MergeRecords' }>,
  by: PersonId | 'matcher',
): readonly LinkageFact[] {
  const { merge, pair, score, reason } = command;
  const standing = linkage.merges.get(merge);
  if (standing) return pairKey(standing.pair) === pairKey(pair) ? [] : refuse('merge-id-taken', pair);
  const [left, right] = pair.map((record) => linkage.records.get(record));
  if (!left || !right) return refuse('unknown-record', pair);
  if (left.kind !== right.kind) return refuse('other-kind', pair);
  const mine = groupOf(linkage, pair[0]);
  const theirs = groupOf(linkage, pair[1]);
  // The matcher finds a pair again and again; a steward should hear that there is nothing to join.
  if (mine.includes(pair[1])) return by === 'matcher' ? [] : refuse('one-already', pair);
  if (differingKey(linkage, mine, theirs) !== undefined) return refuse('keys-differ', pair);
  // What a person said of any two of these, a score does not unsay; another person may.
  if (by === 'matcher' && mine.some((one) => theirs.some((other) => linkage.apart.has(pairKey([one, other])))))
    return refuse('kept-apart', pair);
  return [{ type: 'RecordsMerged', merge, pair, score, ...(reason === undefined ? {} : { reason }) }];
}

type Why = 'unknown-record' | 'other-kind' | 'one-already' | 'keys-differ' | 'kept-apart' | 'merge-id-taken';
function refuse(why: Why, records: readonly RecordId[]): never {
  throw new Refusal('merge-refused', { why, records });
}

function sameKeys(one: Keys, other: Keys): boolean {
  return [...Object.keys(one), ...Object.keys(other)].every((field) => one[field] === other[field]);
}

/** A guarded field of which two groups hold different values. */
export function differingKey(linkage: Linkage, mine: readonly RecordId[], theirs: readonly RecordId[]): string | undefined {
  const keysOf = (record: RecordId): Keys => linkage.records.get(record)?.keys ?? {};
  const held = Object.fromEntries(mine.flatMap((record) => Object.entries(keysOf(record))));
  for (const record of theirs)
    for (const [field, key] of Object.entries(keysOf(record))) if (held[field] !== undefined && held[field] !== key) return field;
  return undefined;
}

/** The fold: never refuses, for a fact has happened. */
export function evolve(linkage: Linkage, event: LinkageEvent): Linkage {
  switch (event.type) {
    case 'RecordReceived':
      return { ...linkage, records: new Map(linkage.records).set(event.record, { kind: event.kind, keys: event.keys }) };
    case 'RecordsMerged': {
      const { merge, pair, by, score } = event;
      return { ...linkage, merges: new Map(linkage.merges).set(merge, { pair, by, score }) };
    }
    case 'RecordsParted': {
      const merges = new Map(linkage.merges);
      merges.delete(event.merge);
      return { ...linkage, merges, apart: new Set(linkage.apart).add(pairKey(event.pair)) };
    }
    case 'PairKeptApart':
      return { ...linkage, apart: new Set(linkage.apart).add(pairKey(event.pair)) };
  }
}

/** The records that are one with this one, eldest first; the record alone where nothing joins it. */
export function groupOf(linkage: Linkage, record: RecordId): readonly RecordId[] {
  const reached = new Set([record]);
  // A set hands out what is added while it is walked.
  for (const one of reached)
    for (const { pair } of linkage.merges.values()) {
      if (pair[0] === one) reached.add(pair[1]);
      if (pair[1] === one) reached.add(pair[0]);
    }
  return [...linkage.records.keys()].filter((one) => reached.has(one));
}

/** All groups, by their eldest record. */
export function groups(linkage: Linkage): ReadonlyMap<RecordId, readonly RecordId[]> {
  const found = new Map<RecordId, readonly RecordId[]>();
  const placed = new Set<RecordId>();
  for (const record of linkage.records.keys()) {
    if (placed.has(record)) continue;
    const group = groupOf(linkage, record);
    found.set(record, group);
    for (const one of group) placed.add(one);
  }
  return found;
}

/** Groups that came to hold two values of a guarded field, because a source changed one: a steward must part them. */
export function torn(linkage: Linkage): readonly { readonly group: readonly RecordId[]; readonly field: string }[] {
  return [...groups(linkage).values()].flatMap((group) => {
    const field = differingKey(linkage, group, group);
    return field === undefined ? [] : [{ group, field }];
  });
}
