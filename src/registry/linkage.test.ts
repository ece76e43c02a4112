// Merging and parting: laws over any sequence of commands, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId } from '#base/ids.ts';
import {
  decide,
  evolve,
  groupOf,
  groups,
  NOTHING_LINKED,
  torn,
  type Linkage,
  type LinkageCommand,
  type LinkageEvent,
  type MergeId,
} from './linkage.ts';
import type { RecordId } from './types.ts';

const AT = '2026-11-24T09:00:00.000Z' as Instant;
const STEWARD = 'steward-1' as PersonId;
const RECORDS = ['a/1', 'a/2', 'b/1', 'b/2', 'c/1', 'c/2'] as RecordId[];
const KEYS: readonly Readonly<Record<string, string>>[] = [
  {},
  { nationalId: '1' },
  {},
  { nationalId: '2' },
  {},
  { nationalId: '1' },
];

type Said = readonly [LinkageCommand, PersonId | 'matcher'];

/** What happens: refused commands change nothing. */
function run(from: Linkage, said: readonly Said[]): { readonly state: Linkage; readonly events: readonly LinkageEvent[] } {
  let state = from;
  const events: LinkageEvent[] = [];
  for (const [command, by] of said) {
    try {
      for (const fact of decide(state, command, by)) {
        const event: LinkageEvent = { ...fact, by, at: AT };
        events.push(event);
        state = evolve(state, event);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { state, events };
}

const received: readonly Said[] = RECORDS.map((record, at) => [
  { type: 'ReceiveRecord', record, kind: 'person', keys: KEYS[at]! },
  'matcher',
]);
const START = run(NOTHING_LINKED, received).state;

const pair = fc.tuple(fc.constantFrom(...RECORDS), fc.constantFrom(...RECORDS)).filter(([one, other]) => one !== other);
const merge = fc.constantFrom(...(['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] as MergeId[]));
const command: fc.Arbitrary<LinkageCommand> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('MergeRecords' as const), merge, pair, score: fc.constant(20) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('PartRecords' as const), merge, reason: fc.constant('seen') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('KeepApart' as const), pair, reason: fc.constant('seen') }) },
);
const said: fc.Arbitrary<readonly Said[]> = fc.array(fc.tuple(command, fc.constantFrom(STEWARD, 'matcher' as const)), {
  maxLength: 25,
});

const shape = (state: Linkage): unknown => [...groups(state)];
const refuses = (why: string) => (error: unknown) =>
  error instanceof Refusal && error.code === 'merge-refused' && error.facts['why'] === why;

test('groups hold every record once, and no two valid keys', () => {
  fc.assert(
    fc.property(said, (commands) => {
      const { state } = run(START, commands);
      const all = [...groups(state).values()].flat();
      assert.deepEqual(all.toSorted(), RECORDS.toSorted());
      assert.deepEqual(torn(state), []);
      for (const [eldest, group] of groups(state)) {
        assert.equal(eldest, group[0]);
        for (const record of group) assert.deepEqual(groupOf(state, record), group);
      }
    }),
  );
});

test('to part a merge restores exactly what was before it', () => {
  fc.assert(
    fc.property(said, pair, (commands, pair) => {
      const before = run(START, commands).state;
      const id = 'new' as MergeId;
      const merged = run(before, [[{ type: 'MergeRecords', merge: id, pair, score: 30 }, STEWARD]]).state;
      const { state: parted } = run(merged, [[{ type: 'PartRecords', merge: id, reason: 'a mistake' }, STEWARD]]);
      assert.deepEqual(shape(parted), shape(before));
      assert.deepEqual(parted.merges, before.merges);
      assert.deepEqual(parted.records, before.records);
    }),
  );
});

test('to part a merge later leaves the groups that all other merges make', () => {
  fc.assert(
    fc.property(said, fc.nat(), (commands, choice) => {
      const { state } = run(START, commands);
      const standing = [...state.merges.keys()];
      const id = standing[choice % standing.length];
      if (id === undefined) return;
      const parted = run(state, [[{ type: 'PartRecords', merge: id, reason: 'a mistake' }, STEWARD]]).state;
      const others = [...state.merges].filter(([merge]) => merge !== id);
      const never: readonly Said[] = others.map(([merge, { pair, score }]) => [
        { type: 'MergeRecords', merge, pair, score },
        STEWARD,
      ]);
      assert.deepEqual(shape(parted), shape(run(START, never).state));
      // What was one group is now two, and nothing else changed.
      assert.equal(groups(parted).size, groups(state).size + 1);
    }),
  );
});

test('a log replays to the same state, in any two parts; a repeated command changes nothing', () => {
  fc.assert(
    fc.property(said, fc.nat(), (commands, cut) => {
      const { state, events } = run(START, commands);
      const at = cut % (events.length + 1);
      const half = events.slice(0, at).reduce(evolve, START);
      assert.deepEqual(events.slice(at).reduce(evolve, half), state);
      const last = commands.at(-1);
      if (last) assert.deepEqual(run(run(state, [last]).state, [last]).state.merges, run(state, [last]).state.merges);
    }),
  );
});

test('a merge is refused with its reason', () => {
  const joined = run(START, [
    [{ type: 'MergeRecords', merge: 'm1' as MergeId, pair: ['a/1', 'a/2'] as any, score: 20 }, STEWARD],
  ]).state;
  const asks = (pair: readonly [string, string], by: PersonId | 'matcher' = STEWARD) =>
    decide(joined, { type: 'MergeRecords', merge: 'm9' as MergeId, pair: pair as any, score: 20 }, by);
  assert.throws(() => asks(['a/1', 'b/2']), refuses('keys-differ'), 'by the key of the group, not of the record');
  assert.throws(() => asks(['a/1', 'a/2']), refuses('one-already'));
  assert.deepEqual(asks(['a/1', 'a/2'], 'matcher'), []);
  assert.throws(() => asks(['a/1', 'z/9']), refuses('unknown-record'));
  assert.throws(
    () => decide(joined, { type: 'MergeRecords', merge: 'm1' as MergeId, pair: ['b/1', 'c/1'] as any, score: 1 }, STEWARD),
    refuses('merge-id-taken'),
  );
  assert.throws(
    () => decide(joined, { type: 'KeepApart', pair: ['a/1', 'a/2'] as any, reason: '' }, STEWARD),
    refuses('one-already'),
  );
  assert.throws(
    () => decide(joined, { type: 'KeepApart', pair: ['a/1', 'z/1'] as any, reason: '' }, STEWARD),
    refuses('unknown-record'),
  );
  const firm = run(joined, [[{ type: 'ReceiveRecord', record: 'f/1' as RecordId, kind: 'business', keys: {} }, 'matcher']]).state;
  assert.throws(
    () => decide(firm, { type: 'MergeRecords', merge: 'm2' as MergeId, pair: ['a/1', 'f/1'] as any, score: 1 }, STEWARD),
    refuses('other-kind'),
  );
  assert.throws(
    () => decide(firm, { type: 'ReceiveRecord', record: 'f/1' as RecordId, kind: 'person', keys: {} }, 'matcher'),
    refuses('other-kind'),
  );
});

test('what a person parted the matcher does not join again, by any pair; another person may', () => {
  const pair = ['a/1', 'b/1'] as unknown as readonly [RecordId, RecordId];
  const parted = run(START, [
    [{ type: 'MergeRecords', merge: 'm1' as MergeId, pair, score: 20 }, 'matcher'],
    [{ type: 'PartRecords', merge: 'm1' as MergeId, reason: 'brothers' }, STEWARD],
    [{ type: 'MergeRecords', merge: 'm2' as MergeId, pair: ['b/1', 'c/1'] as any, score: 20 }, 'matcher'],
  ]).state;
  assert.throws(
    () => decide(parted, { type: 'MergeRecords', merge: 'm3' as MergeId, pair: ['a/1', 'c/1'] as any, score: 40 }, 'matcher'),
    refuses('kept-apart'),
  );
  assert.equal(
    decide(parted, { type: 'MergeRecords', merge: 'm3' as MergeId, pair, score: 40, reason: 'seen the papers' }, STEWARD).length,
    1,
  );
});

test('a source that changes a key tears its group, and it is told which and by what', () => {
  const { state } = run(START, [
    [{ type: 'MergeRecords', merge: 'm1' as MergeId, pair: ['a/2', 'c/2'] as any, score: 20 }, 'matcher'],
    [{ type: 'ReceiveRecord', record: 'c/2' as RecordId, kind: 'person', keys: { nationalId: '7' } }, 'matcher'],
  ]);
  assert.deepEqual(torn(state), [{ group: ['a/2', 'c/2'], field: 'nationalId' }]);
});
