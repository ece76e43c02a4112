// Names and addresses in one form: laws over any text, and the ways people really write.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { addressWords, familyName, firmName, givenName, plainWords, skeleton } from './normalise.ts';
import { ADDRESS_FILLERS, ADDRESS_WORDS, COMPANY_FORMS, DESCENT, HONOURS, ORDINALS, TITLES } from './words.ts';

const PIECES = [
  ...TITLES,
  ...HONOURS,
  ...DESCENT.before,
  ...DESCENT.after,
  ...COMPANY_FORMS,
  ...ADDRESS_FILLERS,
  ...ADDRESS_WORDS.flat(),
  ...Object.keys(ORDINALS),
  ...'آأإٱاءئؤيىیكکةۀهھہۀ ًَُـ\u200C\u200F\u00A0 .،-/()۱۲٣3Aﷲﻻ',
  'علی',
  'رضا',
  'زاده',
  'و',
];
const noisy = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('', ' ', '\u200C')), { maxLength: 12 })
  .map((pieces) => pieces.flat().join(''));
const anything = fc.oneof(noisy, fc.string({ unit: 'binary', maxLength: 40 }));
const NORMALISERS = { plainWords, givenName, familyName, firmName, addressWords };

for (const [name, normalise] of Object.entries(NORMALISERS)) {
  test(`${name} gives again what it gave`, () => {
    fc.assert(
      fc.property(anything, (text) => assert.equal(normalise(normalise(text)), normalise(text))),
      { numRuns: 3000 },
    );
  });
  test(`${name} sees no difference between alphabets, marks and kinds of space`, () => {
    fc.assert(
      fc.property(noisy, (text) => {
        const typed = text.replaceAll('ی', 'ي').replaceAll('ک', 'ك').replaceAll(' ', ' \u00A0').replaceAll('ا', 'اَـ');
        assert.equal(normalise(typed), normalise(text));
      }),
      { numRuns: 2000 },
    );
  });
}

test('one person however a clerk writes him', () => {
  for (const text of [
    'محمدرضا',
    'محمد رضا',
    'محمد\u200Cرضا',
    'سید محمد رضا',
    'سیدمحمدرضا',
    'جناب آقای دکتر محمد رضا',
    'حاج محمد رضا',
    'مُحمّدرضا',
    'محمـدرضا',
  ])
    assert.equal(givenName(text), 'محمدرضا', text);
  for (const text of ['زهرا', 'زهرا سادات', 'زهراسادات', 'سیده زهرا', 'سرکار خانم زهرا السادات', 'خانم مهندس زهرا'])
    assert.equal(givenName(text), 'زهرا', text);
  for (const text of ['حاجی\u200Cزاده', 'حاجي زاده', 'حاجیزاده', 'آقای حاجی زاده'])
    assert.equal(familyName(text), 'حاجیزاده', text);
  for (const [text, name] of [
    ['سید', 'سید'],
    ['استاد', 'استاد'],
    ['مهندس خانم', 'خانم'],
  ] as const)
    assert.equal(givenName(text), name);
});

test('one firm however its form is written', () => {
  for (const text of [
    'شرکت پارس گستر (سهامی خاص)',
    'پارس\u200Cگستر',
    'پارس گستر با مسئولیت محدود',
    'شركت سهامي خاص پارس گستر',
    'پارس گستر (با م.م)',
  ])
    assert.equal(firmName(text), 'پارسگستر', text);
});

test('one address however it is shortened', () => {
  for (const text of [
    'تهران، خ ولیعصر، ک دوم، پ ۱۲، ط ۳، و ۵',
    'خیابان ولیعصر - کوچه ۲ - پلاک 12 - طبقه سوم واحد 5',
    'استان تهران شهر تهران خ. وليعصر ك. 2 پ12 ط3 واحد۵',
  ])
    assert.equal(addressWords(text), 'خیابان ولیعصر کوچه 2 پلاک 12 طبقه 3 واحد 5', text);
  assert.equal(addressWords('بن‌بست یاس'), 'بنبست یاس');
  assert.equal(addressWords('تهران، خ تهران نو'), 'خیابان تهران نو');
});

test('names that sound alike have one skeleton', () => {
  for (const [one, other] of [
    ['طهماسبی', 'تهماسبی'],
    ['غلامی', 'قلامی'],
    ['صالحی', 'سالهی'],
    ['محمدی', 'محمدي'],
  ] as const)
    assert.equal(skeleton(familyName(one)), skeleton(familyName(other)));
});
