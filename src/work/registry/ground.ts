// The groups that a batch touches, and no others: loaded whole, changed by linkage commands one at a time, each of which sees two groups at most.
// Holds no fields of a record: what they say is of no concern to what is one with what.
import type { PersonId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import { decide, differingKey, evolve, groups, NOTHING_LINKED } from '#registry/linkage.ts';
import type { Linkage, LinkageCommand, LinkageEvent } from '#registry/linkage.ts';
import { guardedKeys } from '#registry/row.ts';
import { SCHEMES } from '#registry/schemes.ts';
import { unpackRow } from '#registry/sheet.ts';
import type { Kind, RecordId } from '#registry/types.ts';
import { inOrder } from '#store/linkage-log.ts';
import type { listGroups, MemberRow } from '#store/linkage-log.ts';

type Loaded = Awaited<ReturnType<typeof listGroups>>;

/** A group is a linkage of its own records, its merges, and every pair kept apart that names one of them. */
export type Ground = {
  readonly events: readonly LinkageEvent[];
  readonly has: (record: RecordId) => boolean;
  readonly groupOf: (record: RecordId) => Linkage;
  /** Its eldest record. */
  readonly entityOf: (record: RecordId) => RecordId;
  readonly numberOf: (record: RecordId) => number;
  /** Each group once. */
  readonly all: () => readonly Linkage[];
  readonly load: (loaded: Loaded) => void;
  /** A record that is in no group yet. */
  readonly meet: (record: RecordId, number: number) => void;
  /** `records`: those the command is about. Throws Refusal `merge-refused`. */
  readonly give: (command: LinkageCommand, records: readonly RecordId[]) => readonly LinkageEvent[];
};

export function groundOf(by: PersonId | 'matcher', at: Instant): Ground {
  const events: LinkageEvent[] = [];
  const numbers = new Map<RecordId, number>();
  const placed = new Map<RecordId, Linkage>();
  const groupOf = (record: RecordId): Linkage => placed.get(record) ?? NOTHING_LINKED;
  const place = (linkage: Linkage): void => {
    for (const part of parted(linkage)) for (const record of part.records.keys()) placed.set(record, part);
  };
  const numberOf = (record: RecordId): number => numbers.get(record) ?? Number.MAX_SAFE_INTEGER;
  return {
    events,
    has: (record) => placed.has(record),
    groupOf,
    entityOf: (record) => groupOf(record).records.keys().next().value ?? record,
    numberOf,
    all: () => [...new Set(placed.values())],
    load: (loaded) => {
      for (const { id, number } of loaded.members) numbers.set(id, number);
      for (const linkage of linkagesOf(loaded)) for (const record of linkage.records.keys()) placed.set(record, linkage);
    },
    meet: (record, number) => void numbers.set(record, number),
    give(command, records) {
      const before = together(records.map(groupOf), numberOf);
      const found = decide(before, command, by).map((fact): LinkageEvent => ({ ...fact, by, at }));
      events.push(...found);
      if (found.length > 0) place(found.reduce(evolve, before));
      return found;
    },
  };
}

/** A guarded field of which two groups hold different values, or one holds two. */
export function differ(mine: Linkage, theirs: Linkage): string | undefined {
  return differingKey(
    together([mine, theirs], () => 0),
    [...mine.records.keys()],
    [...theirs.records.keys()],
  );
}

function together(all: readonly Linkage[], numberOf: (record: RecordId) => number): Linkage {
  const [only, ...rest] = new Set(all);
  if (!only || rest.length === 0) return only ?? NOTHING_LINKED;
  const records = [only, ...rest].flatMap((one) => [...one.records]).sort(([a], [b]) => numberOf(a) - numberOf(b));
  return {
    records: new Map(records),
    merges: new Map([only, ...rest].flatMap((one) => [...one.merges])),
    apart: new Set([only, ...rest].flatMap((one) => [...one.apart])),
  };
}

function parted(linkage: Linkage): readonly Linkage[] {
  const all = groups(linkage);
  if (all.size === 1) return [linkage];
  return [...all.values()].map((group) => {
    const own = new Set(group);
    return {
      records: new Map([...linkage.records].filter(([record]) => own.has(record))),
      merges: new Map([...linkage.merges].filter(([, { pair }]) => own.has(pair[0]))),
      // Pairs of which neither is here do no harm.
      apart: linkage.apart,
    };
  });
}

function linkagesOf({ members, merges, apart }: Loaded): readonly Linkage[] {
  const byEntity = Map.groupBy(
    members.toSorted((a, b) => a.number - b.number),
    ({ entity }) => entity,
  );
  const entities = new Map(members.map(({ id, entity }) => [id, entity]));
  const mergesOf = Map.groupBy(merges, ({ one }) => entities.get(one));
  const apartOf = new Map<RecordId, Set<string>>();
  for (const pair of apart)
    for (const record of [pair.one, pair.other]) {
      const entity = entities.get(record);
      if (entity !== undefined) apartOf.set(entity, (apartOf.get(entity) ?? new Set()).add(`${pair.one} ${pair.other}`));
    }
  return [...byEntity].map(([entity, rows]): Linkage => ({
    records: new Map(rows.map((row) => [row.id, { kind: row.kind, keys: keysOf(row) }])),
    merges: new Map(
      (mergesOf.get(entity) ?? []).map(({ merge, one, other, by, score }) => [
        merge,
        { pair: [one, other], by: by as PersonId | 'matcher', score },
      ]),
    ),
    apart: apartOf.get(entity) ?? new Set(),
  }));
}

/** A record that its source no longer has guards nothing. */
function keysOf({ kind, form }: MemberRow): Readonly<Record<string, string>> {
  return form === null ? {} : formKeys(kind, form);
}

export function formKeys(kind: Kind, form: string): Readonly<Record<string, string>> {
  return guardedKeys(SCHEMES[kind], unpackRow(form));
}

/** Whether a person said of any two of these groups that they are two. */
export function areApart(mine: Linkage, theirs: Linkage): boolean {
  if (mine.apart.size === 0 && theirs.apart.size === 0) return false;
  for (const one of mine.records.keys())
    for (const other of theirs.records.keys()) {
      const pair = inOrder([one, other]);
      if (mine.apart.has(`${pair.one} ${pair.other}`) || theirs.apart.has(`${pair.one} ${pair.other}`)) return true;
    }
  return false;
}
