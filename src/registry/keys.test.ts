// Keys as offices write them, and as careless hands do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  bare,
  compared,
  isWellFormed,
  readChassis,
  readDay,
  readFileNumber,
  readRegistrationPlate,
  READERS,
  type FieldType,
} from './keys.ts';

test('a registration plate as in a table and as in a deed', () => {
  for (const text of [
    '3526/1045',
    '۳۵۲۶/۱۰۴۵',
    '3526 - 1045',
    '۱۰۴۵ فرعی از ۳۵۲۶ اصلی',
    'پلاک ۱۰۴۵ فرعي از ۳۵۲۶ اصلي',
    '03526\\1045',
  ])
    assert.equal(readRegistrationPlate(text), '3526/1045', text);
  assert.equal(readRegistrationPlate('۳۵۲۶'), '3526');
  for (const text of ['', 'الف', '3526/1045/2', '0/12', '12345678']) assert.equal(readRegistrationPlate(text), undefined, text);
});

test('a file number begins with a district of two digits', () => {
  for (const text of ['06-104512', '6/104512', '۶ - ۱۰۴۵۱۲', '06 0104512']) assert.equal(readFileNumber(text), '06-104512', text);
  for (const text of ['23-1', '0-1', '00-1', '6', '6-1-2', '']) assert.equal(readFileNumber(text), undefined, text);
});

test('a day in every way it is written', () => {
  for (const text of ['1362/5/7', '۱۳۶۲-۰۵-۰۷', '13620507', '1362.05.07']) assert.equal(readDay(text), '1362-05-07', text);
  for (const text of ['62/5/7', '1362/13/1', '1362/1/32', '1362']) assert.equal(readDay(text), undefined, text);
});

test('a chassis number has 17 letters and digits, and none that look like digits', () => {
  assert.equal(readChassis('naar13fe۸ej512345'), 'NAAR13FE8EJ512345');
  assert.equal(readChassis('NAAR13FEOEJ512345'), undefined);
});

test('zeros that a spreadsheet took come back to a national id where the check digit bears it out', () => {
  assert.equal(compared('national-id', '76229645'), '0076229645');
  assert.equal(compared('national-id', 76_229_645), '0076229645');
  assert.equal(compared('national-id', '76229646'), '?76229646');
});

test('what was meant as a key is kept, marked; what is nothing is nothing', () => {
  assert.equal(compared('national-id', '۰۰۷۶۲۲۹۶۴۶'), '?0076229646');
  assert.equal(bare('?0076229646'), '0076229646');
  for (const value of [undefined, null, '', ' - ', {}, []]) assert.equal(compared('national-id', value), '');
  for (const type of Object.keys(READERS) as FieldType[]) assert.equal(isWellFormed(compared(type, '')), false);
});

test('a compared value is compared already, whatever the field', () => {
  const text = fc.oneof(fc.string({ unit: fc.constantFrom(...'0123456789۱۲/- ?سید علی') }), fc.string());
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(READERS) as FieldType[])), text, (type, value) => {
      const once = compared(type, value);
      assert.equal(compared(type, once), once);
    }),
    { numRuns: 5000 },
  );
});

test('hostile lengths cost nothing, and hostile shapes are silence', () => {
  const long = ['1', '۱ ', 'سید ', 'ب ب ', 'علی رضا', '\u0640', 'ﷺ'].map((piece) => piece.repeat(300_000));
  for (const type of Object.keys(READERS) as FieldType[]) {
    for (const text of long) assert.ok(compared(type, text).length < 20_000, type);
    for (const value of [Number.NaN, true, [], { toString: 'x' }]) assert.equal(compared(type, value), '');
  }
});
