// Judging pairs: people who are easily taken for each other, firms, flats and cars; and what a steward is told of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { SARA } from '#testing/sample-person.ts';
import { blocker } from './block.ts';
import { COMPARE, LEVELS, SILENT } from './compare.ts';
import { commonnessOf, RAREST, rarity } from './commonness.ts';
import { explain } from './explain.ts';
import { isForbidden, judgeOf, score, verdictOf } from './judge.ts';
import { rowOf } from './row.ts';
import { matchOne } from './match.ts';
import { SCHEMES } from './schemes.ts';
import { sheetOf } from './sheet.ts';
import { KINDS, PROPERTY_PARTS, type Fields, type RecordId } from './types.ts';

const PERSON = SCHEMES.person;
const JUDGE = judgeOf(PERSON);

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
  const commonness = commonnessOf(sheetOf(PERSON, [...people('محمد', 90), ...people('سیاوش', 2), ...people('رضا', 8)].map(row)));
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
      {
        part: 'unit',
        renovationCode: '6-1045-12-7',
        registrationPlate: '3526/1045',
        postalCode: '1436913571',
        address: 'خ یاس پ ۷ و ۲',
      },
      {
        part: 'unit',
        registrationPlate: '۱۰۴۵ فرعی از ۳۵۲۶ اصلی',
        postalCode: '14369-13571',
        address: 'تهران، خیابان یاس، پلاک ۷',
      },
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
