// Matching from end to end on people who are easily taken for each other, in bulk and one by one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { blocker } from './block.ts';
import { cluster } from './cluster.ts';
import { COMPARE, LEVELS, SILENT } from './compare.ts';
import { commonnessOf, RAREST, rarity } from './commonness.ts';
import { countPattern, estimate } from './estimate.ts';
import { explain } from './explain.ts';
import { chancesOf, isForbidden, judgeOf, score, verdictOf } from './judge.ts';
import { guardedKeys, rowOf } from './row.ts';
import { matchOne, matchSheet, type Matched } from './match.ts';
import { walkPairs } from './pairs.ts';
import type { ComparisonRule, Scheme } from './scheme.ts';
import { SCHEMES } from './schemes.ts';
import { rowAt, runs, sheetOf, type Sheet } from './sheet.ts';
import { KINDS, PROPERTY_PARTS, type Fields, type RecordId } from './types.ts';

const PERSON = SCHEMES.person;
const JUDGE = judgeOf(PERSON);

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

const SARA: Fields = {
  nationalId: '0076229645',
  givenName: 'سارا',
  familyName: 'احمدی‌زاده',
  fatherName: 'حسین',
  birthDate: '1362-05-07',
  mobile: '09123456789',
  postalCode: '1969833114',
  address: 'تهران، خیابان ولیعصر، کوچه یاس، پلاک ۱۲، واحد ۳',
};

const row = (fields: Fields) => rowOf(PERSON, fields);
const judged = (one: Fields, other: Fields) => {
  const sum = score(JUDGE, row(one), row(other));
  return sum === undefined ? 'non-match' : verdictOf(PERSON, sum);
};

describe('one person is found again', () => {
  const cases: Readonly<Record<string, Fields>> = {
    'in Arabic letters, with a title and other spaces': { ...SARA, givenName: 'سركار خانم سارا', familyName: 'احمدي زاده' },
    'with her names swapped and no national id': { ...SARA, nationalId: '', givenName: 'احمدی زاده', familyName: 'سارا' },
    'with a slip in her national id': { ...SARA, nationalId: '0076229654' },
    'with a slip in her family name and without father': { ...SARA, familyName: 'احمدی‌زدده', fatherName: null },
    'with a new number and a new home': {
      ...SARA,
      mobile: '09351112233',
      postalCode: '1456789123',
      address: 'خ آزادی، پ ۹',
    },
    'by name, father and day of birth alone': {
      givenName: 'سارا',
      familyName: 'احمدی زاده',
      fatherName: 'حسین',
      birthDate: '۱۳۶۲/۵/۷',
    },
  };
  for (const [how, fields] of Object.entries(cases)) test(how, () => assert.equal(judged(SARA, fields), 'match'));
});

describe('two are left two', () => {
  const cases: Readonly<Record<string, Fields>> = {
    'her sister of the same household': { ...SARA, nationalId: '', givenName: 'مریم', birthDate: '1365-01-20' },
    'her twin without a national id': { ...SARA, nationalId: '', givenName: 'مریم', mobile: '09351112233' },
    'her namesake elsewhere': { givenName: 'سارا', familyName: 'احمدی زاده', birthDate: '1340-01-01', mobile: '09351112233' },
    'whoever has another valid national id, whatever else agrees': { ...SARA, nationalId: '0499370899' },
  };
  for (const [who, fields] of Object.entries(cases)) test(who, () => assert.notEqual(judged(SARA, fields), 'match'));
  test('a valid id against a valid id is forbidden, not outweighed', () => {
    const [one, other] = [row(SARA), row({ ...SARA, nationalId: '0499370899' })];
    assert.equal(isForbidden(JUDGE, one, other), true);
    assert.equal(explain(JUDGE, one, other).verdict, 'non-match');
  });
});

test('a pair is judged the same from both sides, and a record is one with itself', () => {
  const value = fc.constantFrom(...Object.values(SARA), 'علی', 'رضا', '0499370899', '1362-07-05', '', null);
  const person = fc.record(Object.fromEntries(PERSON.columns.map(({ field }) => [field, value])));
  fc.assert(
    fc.property(person, person, (one, other) => {
      assert.equal(score(JUDGE, row(one), row(other)), score(JUDGE, row(other), row(one)));
    }),
  );
  assert.equal(judged(SARA, SARA), 'match');
});

test('a pair that is given up early could not have come into doubt', () => {
  const value = (field: string) => fc.constantFrom(SARA[field] ?? '', '', 'علی', '1362-07-05', '0076229654', '09123456780');
  const person = fc.record(Object.fromEntries(PERSON.columns.map(({ field }) => [field, value(field)])));
  fc.assert(
    fc.property(person, person, (one, other) => {
      const [a, b] = [row(one), row(other)];
      const whole = explain(JUDGE, a, b);
      const quick = score(JUDGE, a, b);
      if (quick === undefined) assert.ok(whole.forbidden || whole.score < PERSON.lower);
      else assert.ok(Math.abs(quick - whole.score) < 1e-9);
    }),
    { numRuns: 1000 },
  );
});

test('a score is the prior and the evidence against the likeliest rival: a sister at home, a namesake elsewhere', () => {
  const told = (fields: Fields) => explain(JUDGE, row({ ...SARA, nationalId: '' }), row(fields));
  const sister = told({ ...SARA, givenName: 'مریم' });
  const namesake = told({ ...SARA, mobile: '09351112233', postalCode: '1456789123', address: 'خ آزادی پ ۹' });
  assert.deepEqual([sister.rival.name, namesake.rival.name], ['relative', 'stranger']);
  for (const { score, rival, evidence } of [sister, namesake])
    assert.ok(Math.abs(score - evidence.reduce((sum, { weight }) => sum + weight, rival.prior)) < 1e-9);
  assert.match(namesake.rival.words.en, /^If not, they are namesakes \(−\d/);
});

test('that two share a rare name says more than that they share a common one', () => {
  const people = (given: string, count: number): readonly Fields[] =>
    Array.from({ length: count }, () => ({ givenName: given, familyName: 'کریمی' }));
  const commonness = commonnessOf(sheet([...people('محمد', 90), ...people('سیاوش', 2), ...people('رضا', 8)]));
  const judge = judgeOf(PERSON, commonness);
  const bits = (given: string) =>
    explain(
      judge,
      row({ givenName: given, familyName: 'کریمی', fatherName: 'علی', birthDate: '1350-01-02' }),
      row({ givenName: given, familyName: 'کریمی', birthDate: '1350-01-02', mobile: '09351112233' }),
    );
  const [common, rare, unseen] = ['محمد', 'سیاوش', 'هومن'].map(
    (given) => bits(given).evidence.find(({ comparison }) => comparison === 'name')!.weight,
  );
  assert.ok(common! < rare! && rare! <= unseen!, `${common} ${rare} ${unseen}`);
  assert.ok(unseen! - common! <= 2 * RAREST);
  assert.equal(rarity(commonness, 0, '0076229645'), 0, 'keys are not common or rare');
});

test('a steward is told in two languages what spoke for and against', () => {
  const { evidence, verdict, words } = explain(JUDGE, row(SARA), row({ ...SARA, nationalId: '', mobile: '09123456798' }));
  assert.equal(verdict, 'match');
  assert.match(words.en, /^These are one \(\+\d+\.\d\)$/);
  const of = (name: string) => evidence.find(({ comparison }) => comparison === name);
  assert.deepEqual(of('nationalId')?.words, {
    fa: 'کد ملی: یکی از دو سو نگفته است (+۰٫۰)',
    en: 'National id: one side is silent (+0.0)',
  });
  assert.equal(of('mobile')?.level, 'slip');
  assert.match(of('mobile')?.words.fa ?? '', /^تلفن همراه: یک لغزش تفاوت دارد \(\+[۰-۹٫]+\)$/);
  assert.deepEqual(of('name')?.left, ['سارا', 'احمدیزاده']);
});

test('every scheme is whole: its fields are columns, its odds are odds, its comparisons have words', () => {
  for (const kind of KINDS) {
    const scheme = SCHEMES[kind];
    const judge = judgeOf(scheme);
    assert.equal(scheme.kind, kind);
    assert.ok(scheme.lower < scheme.upper);
    const empty = rowOf(scheme, {});
    assert.deepEqual(
      blocker(scheme)(empty),
      scheme.passes.map(() => undefined),
    );
    for (const { comparison, words } of explain(judge, empty, empty).evidence)
      assert.ok(!words.en.startsWith(`${comparison}:`), comparison);
    for (const { name, method, odds } of scheme.comparisons) {
      const sides = [0, ...scheme.rivals.map((_, rival) => rival + 1)];
      const sums = sides.map((side) => LEVELS[method].reduce((sum, level) => sum + (odds as any)[level][side], 0));
      for (const sum of sums) assert.ok(Math.abs(sum - 1) < 0.02, `${kind} ${name}: ${sums.join(' ')}`);
      assert.equal(COMPARE[method](empty, empty, [0, 1]), SILENT);
    }
  }
  assert.throws(() => judgeOf({ ...PERSON, columns: [] }), TypeError);
  assert.throws(() => judgeOf({ ...PERSON, rivals: [PERSON.rivals[0]] }), TypeError);
});

test('a firm, a flat and a car are known again', () => {
  const pairs = {
    business: [
      { legalId: '10380284790', name: 'شرکت پارس گستر (سهامی خاص)', phone: '02188776655', address: 'خ آزادی پ ۳' },
      { name: 'پارس‌گستر', phone: '۰۲۱-۸۸۷۷۶۶۵۵', address: 'تهران، خیابان آزادی، پلاک ۳' },
    ],
    property: [
      { part: 'unit', renovationCode: '6-1045-12-7', registrationPlate: '3526/1045', postalCode: '1436913571' },
      { part: 'unit', registrationPlate: '۱۰۴۵ فرعی از ۳۵۲۶ اصلی', postalCode: '14369-13571' },
    ],
    vehicle: [
      { chassis: 'NAAR13FE8EJ512345', plate: '12 ب 345 ایران 67', model: 'پژو 206' },
      { chassis: 'NAAR13FE8EJ512354', plate: 'ایران ۶۷ ۳۴۵ ب ۱۲', model: 'پژو۲۰۶' },
    ],
    engineer: [
      { licence: '10-300-1234', givenName: 'رضا', familyName: 'کریمی', fatherName: 'علی', birthDate: '1350-01-02' },
      { licence: '۱۰۳۰۰۱۲۳۴', givenName: 'مهندس رضا', familyName: 'كريمي', birthDate: '1350/1/2' },
    ],
  } as const;
  for (const [kind, [one, other]] of Object.entries(pairs)) {
    const scheme = SCHEMES[kind as keyof typeof pairs];
    const found = matchOne(judgeOf(scheme), rowOf(scheme, one), [{ id: 'a/1' as RecordId, row: rowOf(scheme, other) }]);
    assert.equal(found[0]?.verdict, 'match', kind);
    const mine = blocker(scheme)(rowOf(scheme, one));
    const theirs = blocker(scheme)(rowOf(scheme, other));
    assert.ok(
      mine.some((key, pass) => key !== undefined && key === theirs[pass]),
      `${kind} shares a block`,
    );
  }
});

test('a parcel, the building on it and a flat in that are three, though they share every number', () => {
  const judge = judgeOf(SCHEMES.property);
  const rows = PROPERTY_PARTS.map((part) =>
    rowOf(SCHEMES.property, { part, renovationCode: '6-1045-12-7', postalCode: '1436913571' }),
  );
  for (const [at, one] of rows.entries())
    for (const [place, other] of rows.entries()) assert.equal(score(judge, one, other) === undefined, at !== place);
});

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

test('odds are learnt back from pairs that were drawn by them', () => {
  // Every pattern of the scheme with its expected count: a million pairs, of one, of relatives, of strangers.
  const shares = [0.3, 0.5, 0.2];
  const scheme: Scheme = { ...PERSON, guards: [], comparisons: PERSON.comparisons.filter(({ name }) => name !== 'home') };
  const chances = scheme.comparisons.map(chancesOf);
  const patterns = new Map<string, { levels: number[]; isForbidden: boolean; count: number }>();
  const draw = (levels: number[], sofar: readonly number[]): void => {
    const next = chances[levels.length];
    if (!next)
      patterns.set(levels.join(' '), { levels, isForbidden: false, count: 1e6 * sofar.reduce((sum, one) => sum + one, 0) });
    else
      for (const [level, of] of next.entries())
        draw(
          [...levels, level],
          sofar.map((one, kind) => one * of[kind]!),
        );
  };
  draw([], shares);
  const odds = { exact: [0.7, 0.4, 0.2], near: [0.2, 0.2, 0.2], differ: [0.1, 0.4, 0.6] } as const;
  const told: Scheme = {
    ...scheme,
    comparisons: scheme.comparisons.map((rule) => (rule.name === 'fatherName' ? { ...rule, odds } : rule) as ComparisonRule),
  };
  const learnt = estimate(told, patterns, 200);
  for (const [kind, share] of shares.entries()) assert.ok(Math.abs(learnt.shares[kind]! - share) < 0.02, String(learnt.shares));
  const father = chancesOf(learnt.scheme.comparisons.find(({ name }) => name === 'fatherName')!)[0]!;
  for (const [kind, true_] of [0.93, 0.3, 0.05].entries()) assert.ok(Math.abs(father[kind]! - true_) < 0.03, String(father));
  assert.ok(Math.abs(learnt.scheme.rivals[0].prior - Math.log2(0.3 / 0.5)) < 0.2);
});

test('what a guard forbids is learnt from as two', () => {
  const patterns: Parameters<typeof countPattern>[1] = new Map();
  countPattern(JUDGE, patterns, row(SARA), row({ ...SARA, nationalId: '0499370899' }));
  countPattern(JUDGE, patterns, row(SARA), row({ ...SARA, nationalId: '0499370899' }));
  assert.deepEqual(
    [...patterns.values()].map(({ isForbidden, count }) => [isForbidden, count]),
    [[true, 2]],
  );
  assert.ok(estimate(PERSON, patterns, 3).shares[0]! < 0.001);
});
