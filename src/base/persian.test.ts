// Persian digits and letters: normal text, search text, numbers as typed; laws over any text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autoConvertDigitsToEN, digitsEnToFa } from '@persian-tools/persian-tools';
import * as fc from 'fast-check';
import { latinDigits, normalText, persianDigits, searchText, typedNumber } from './persian.ts';

const PIECES = [
  'ك',
  'ي',
  'ى',
  'ک',
  'ی',
  'آ',
  'أ',
  'ؤ',
  'ة',
  'ۀ',
  '\u200C',
  '\u200F',
  '\u202B',
  ' ',
  '\u00A0',
  '\t',
  '\n',
  '۱',
  '٢',
  '3',
  'َ',
  'ـ',
  'A',
  'é',
  '\uFEFF',
];
const persian = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));

test('digits go both ways, as persian-tools has them', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{1,30}$/), (text) => {
      assert.equal(persianDigits(text), digitsEnToFa(text));
      assert.equal(latinDigits(persianDigits(text)), text);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[۰-۹٠-٩0-9]{1,30}$/), (text) => assert.equal(latinDigits(text), autoConvertDigitsToEN(text))),
  );
});

test('normal text is normal already', () => {
  fc.assert(
    fc.property(persian, (text) => assert.equal(normalText(normalText(text)), normalText(text))),
    { numRuns: 2000 },
  );
});

test('text that is taken to be normal at a glance is what the whole reading makes of it', () => {
  // A blank at the end is never normal: it goes the long way.
  const common = fc
    .array(fc.constantFrom(...PIECES, 'س', 'لا', ' ', '/', '-', '،', '۷'), { maxLength: 12 })
    .map((one) => one.join(''));
  fc.assert(
    fc.property(common, (text) => assert.equal(normalText(text), normalText(`${text} `))),
    { numRuns: 2000 },
  );
});

test('search text is search text already, and sees no difference that normal text takes away', () => {
  fc.assert(
    fc.property(persian, (text) => {
      assert.equal(searchText(searchText(text)), searchText(text));
      assert.equal(searchText(normalText(text)), searchText(text));
    }),
    { numRuns: 2000 },
  );
});

test('Arabic letters become Persian; a half-space inside a word stays; stray marks and doubled spaces go', () => {
  assert.equal(normalText('\u200F كتابهاي  علي \u200E'), 'کتابهای علی');
  assert.equal(normalText('می\u200Cروم'), 'می\u200Cروم');
  assert.equal(normalText('\u200Cمی \u200C روم\u200C '), 'می\u200Cروم');
});

test('search finds across half-space, alef forms and diacritics', () => {
  assert.equal(searchText('مَی\u200Cآید'), searchText('مي ايد'));
  assert.equal(searchText('پروانۀ ساختمان'), searchText('پروانه ساختمان'));
});

test('numbers as typed lose grouping and marks, and keep their decimal point', () => {
  assert.equal(typedNumber('۱٬۲۳۴٬۵۶۷٫۸'), '1234567.8');
  assert.equal(typedNumber('\u200F١٢,٣٤٥ '), '12345');
  assert.equal(typedNumber('−۱۲'), '-12');
});
