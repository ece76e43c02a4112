// Many records at once and one by one: the same pairs, each once, in bounded blocks; groups that hold no two keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SARA } from '#testing/sample-person.ts';
import * as fc from 'fast-check';
import type { Instant } from '#base/instant.ts';
import { blocker } from './block.ts';
import { cluster } from './cluster.ts';
import { judgeOf } from './judge.ts';
import { decide, evolve, groups, NOTHING_LINKED, type LinkageCommand, type MergeId } from './linkage.ts';
import { matchOne, matchSheet, type Matched } from './match.ts';
import { walkPairs, type Progress } from './pairs.ts';
import { guardedKeys, rowOf } from './row.ts';
import { SCHEMES } from './schemes.ts';
import { rowAt, runs, sheetOf, type Sheet } from './sheet.ts';
import type { Fields, RecordId } from './types.ts';

const PERSON = SCHEMES.person;
const JUDGE = judgeOf(PERSON);

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

const row = (fields: Fields) => rowOf(PERSON, fields);
const sheet = (people: readonly Fields[]): Sheet => sheetOf(PERSON, people.map(row));
const match = (of: Sheet, cap?: number): Matched => finish(matchSheet(JUDGE, of, cap));

test('a sheet gives back its rows, and each pair that shares a block once', () => {
  const value = fc.constantFrom('', 'علی', 'رضا', '1362-05-07', '0076229645', '09123456789', '1969833114');
  const person = fc.record(Object.fromEntries(PERSON.columns.map(({ field }) => [field, value])));
  fc.assert(
    fc.property(fc.array(person, { maxLength: 25 }), (people) => {
      const of = sheet(people);
      const keys = people.map((fields, at) => {
        assert.deepEqual(rowAt(of, at), row(fields));
        return blocker(PERSON)(row(fields));
      });
      const expected: string[] = [];
      for (let i = 0; i < keys.length; i++)
        for (let j = i + 1; j < keys.length; j++)
          if (keys[i]!.some((key, pass) => key !== undefined && key === keys[j]![pass])) expected.push(`${i} ${j}`);
      const seen: string[] = [];
      const { pairs } = finish(walkPairs(of, (i, j) => seen.push(`${i} ${j}`)));
      assert.deepEqual(seen.sort(), expected.sort());
      assert.equal(pairs, expected.length);
    }),
  );
});

test('runs of equal keys keep their rows, however large the keys', () => {
  const keys = Uint32Array.of(4294967295, 7, 0, 4294967295, 7, 3, 0);
  assert.deepEqual(
    Array.from(runs(keys), (run) => [...run]),
    [
      [1, 4],
      [0, 3],
    ],
  );
});

test('in a sheet of millions, keys that share a run do not make pairs', () => {
  const keys = new Uint32Array(5_000_000);
  keys.set([8, 9, 8]);
  assert.deepEqual(
    Array.from(runs(keys), (run) => [...run]),
    [[0, 1, 2]],
  );
  const seen: string[] = [];
  const scheme = { ...PERSON, passes: PERSON.passes.slice(0, 1) };
  finish(walkPairs({ scheme, packed: [], keys: [keys] }, (i, j) => seen.push(`${i} ${j}`)));
  assert.deepEqual(seen, ['0 2']);
});

test('a block too large is left out and said so, and other passes still find its pairs', () => {
  const crowd = Array.from({ length: 12 }, (_, at) => ({ mobile: '09120000000', givenName: `علی${'ابتثجچحخدذرز'[at]}` }));
  const people = [...crowd, SARA, { ...SARA, mobile: '09120000000' }];
  const { found, walked } = match(sheet(people), 5);
  assert.deepEqual(walked.capped, [{ pass: 'mobile', key: '09120000000', records: 13 }]);
  assert.deepEqual([...found.left, ...found.right], [12, 13]);
});

test('one is one with another by a third, but never two valid national ids', () => {
  const bridge = { ...SARA, nationalId: '' };
  const other = { ...SARA, nationalId: '0499370899' };
  const of = sheet([SARA, bridge, other, { ...SARA, mobile: null }]);
  const { found } = match(of);
  const { first, joined, refused, doubtful } = cluster(of, found);
  assert.deepEqual([...first], [0, 0, 2, 0]);
  assert.equal(joined.length, 2);
  assert.deepEqual(
    refused.map((at) => [found.left[at], found.right[at]]),
    [[1, 2]],
    'the pair that would have joined them goes to a person, once',
  );
  assert.deepEqual(doubtful, []);
});

test('groups are what their pairs join, and no two of them with one doubt between are told of twice', () => {
  const value = (field: string) => fc.constantFrom(SARA[field] ?? '', '', 'علی', '1362-07-05', '0499370899', '09123456780');
  const person = fc.record(Object.fromEntries(PERSON.columns.map(({ field }) => [field, value(field)])));
  fc.assert(
    fc.property(fc.array(person, { maxLength: 15 }), (people) => {
      const of = sheet(people);
      const { found } = match(of);
      const { first, joined, refused, doubtful } = cluster(of, found);
      assert.equal(new Set(first).size, people.length - joined.length, 'a forest: each pair joins two groups');
      for (const at of joined) assert.equal(first[found.left[at]!], first[found.right[at]!]);
      const between = doubtful.map((at) => [first[found.left[at]!]!, first[found.right[at]!]!].sort((a, b) => a - b).join(' '));
      assert.equal(new Set(between).size, doubtful.length);
      for (const at of refused) assert.ok(found.score[at]! >= PERSON.upper);
      for (const at of doubtful) assert.ok(found.score[at]! < PERSON.upper && first[found.left[at]!] !== first[found.right[at]!]);
      for (const [row, root] of first.entries()) {
        assert.ok(root <= row && first[root] === root);
        const ids = [...first.entries()]
          .filter(([, one]) => one === root)
          .flatMap(([at]) => guardedKeys(PERSON, rowAt(of, at))['nationalId'] ?? []);
        assert.ok(new Set(ids).size <= 1);
      }
    }),
  );
});

test('a new record finds its candidates by the keys of its blocks, best first', () => {
  const keys = blocker(PERSON);
  const register = new Map(
    [SARA, { ...SARA, nationalId: '', mobile: null }, { ...SARA, givenName: 'مریم', nationalId: '' }].map((fields, at) => [
      `r/${at}` as RecordId,
      row(fields),
    ]),
  );
  const index = new Map<string, RecordId[]>();
  for (const [id, of] of register)
    for (const [pass, key] of keys(of).entries())
      if (key !== undefined) index.set(`${pass} ${key}`, [...(index.get(`${pass} ${key}`) ?? []), id]);
  const asked = row({ ...SARA, familyName: 'احمدي زاده' });
  const ids = keys(asked).flatMap((key, pass) => index.get(`${pass} ${key}`) ?? []);
  const found = matchOne(
    JUDGE,
    asked,
    ids.map((id) => ({ id, row: register.get(id)! })),
  );
  assert.deepEqual(found.map(({ id }) => id).slice(0, 2), ['r/0', 'r/1']);
  assert.deepEqual(
    found.slice(0, 2).map(({ verdict }) => verdict),
    ['match', 'match'],
  );
  assert.deepEqual(guardedKeys(PERSON, asked), { nationalId: '0076229645' });
});

test('records that come one by one find the pairs that they would find at once', () => {
  const value = (field: string) => fc.constantFrom(SARA[field] ?? '', '', 'علی', '1362-07-05', '0076229654', '09123456780');
  const person = fc.record(Object.fromEntries(PERSON.columns.map(({ field }) => [field, value(field)])));
  fc.assert(
    fc.property(fc.array(person, { maxLength: 15 }), (people) => {
      const rows = people.map(row);
      const keys = rows.map(blocker(PERSON));
      const single = rows.flatMap((of, at) => {
        const earlier = rows.slice(0, at).map((row, place) => ({ id: String(place) as RecordId, row }));
        const sharing = earlier.filter((_, place) =>
          keys[place]!.some((key, pass) => key !== undefined && key === keys[at]![pass]),
        );
        return matchOne(JUDGE, of, sharing).map(({ id, score }) => `${id} ${at} ${score.toFixed(3)}`);
      });
      const { found } = match(sheetOf(PERSON, rows));
      const bulk = Array.from(found.left, (left, at) => `${left} ${found.right[at]} ${found.score[at]!.toFixed(3)}`);
      assert.deepEqual(single.sort(), bulk.sort());
    }),
  );
});

test('the pairs that made the groups, written as merges, make the same groups', () => {
  const value = (field: string) => fc.constantFrom(SARA[field] ?? '', '', 'علی', '1362-07-05', '0499370899', '09123456780');
  const person = fc.record(Object.fromEntries(PERSON.columns.map(({ field }) => [field, value(field)])));
  fc.assert(
    fc.property(fc.array(person, { maxLength: 12 }), (people) => {
      const of = sheet(people);
      const { found } = match(of);
      const { first, joined } = cluster(of, found);
      const id = (at: number) => `r/${at}` as RecordId;
      const commands: LinkageCommand[] = [
        ...people.map((_, at) => ({
          type: 'ReceiveRecord' as const,
          record: id(at),
          kind: 'person' as const,
          keys: guardedKeys(PERSON, rowAt(of, at)),
        })),
        ...joined.map((at) => ({
          type: 'MergeRecords' as const,
          merge: `m${at}` as MergeId,
          pair: [id(found.left[at]!), id(found.right[at]!)] as const,
          score: found.score[at]!,
        })),
      ];
      const linkage = commands.reduce((state, command) => {
        const facts = decide(state, command, 'matcher');
        assert.equal(facts.length, 1);
        return facts.reduce(
          (next, fact) => evolve(next, { ...fact, by: 'matcher', at: '2026-11-24T09:00:00.000Z' as Instant }),
          state,
        );
      }, NOTHING_LINKED);
      const expected = [...new Set(first)].map((root) => [
        id(root),
        people.flatMap((_, at) => (first[at] === root ? [id(at)] : [])),
      ]);
      assert.deepEqual([...groups(linkage)], expected);
    }),
  );
});

test('a large sheet is walked in steps, each telling how far it is', () => {
  const names = ['سارا', 'مریم', 'زهرا'];
  const crowds = names.flatMap((givenName, at) =>
    Array.from({ length: 200 }, () => ({
      ...SARA,
      nationalId: '',
      mobile: `0912345678${at}`,
      givenName,
      birthDate: `136${at}-01-01`,
    })),
  );
  const loners = Array.from({ length: 600 }, (_, at) => ({ mobile: `0935111${1000 + at}` }));
  const of = sheet([...crowds, ...loners]);
  const steps: Progress[] = [];
  const walk = matchSheet(JUDGE, of);
  let next = walk.next();
  for (; !next.done; next = walk.next()) steps.push(next.value);
  const { found, walked } = next.value;
  assert.equal(walked.pairs, (3 * 200 * 199) / 2);
  assert.deepEqual(steps, [{ pass: 'mobile', pairs: walked.pairs }]);
  assert.equal(found.score.length, walked.pairs);
  assert.deepEqual(walked.capped, [{ pass: 'postal code and family', key: '1969833114', records: 600 }]);
  const { first, joined, doubtful } = cluster(of, found);
  assert.equal(new Set(first).size, 3 + 600);
  assert.deepEqual([joined.length, doubtful.length], [3 * 199, 0]);
});
