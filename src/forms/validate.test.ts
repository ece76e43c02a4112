// Whole forms judged: hidden fields, required ones, pages, hostile input.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '#base/json.ts';
import { persianDigits } from '#base/persian.ts';
import type { Field, Form, RawAnswers } from './types.ts';
import { fieldPointer, validateAnswers } from './validate.ts';
import { visibleFields, visiblePages } from './visible.ts';

const field = (key: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  key,
  id: `F_${key}`,
  kind,
  label: `$${key}`,
  required: false,
  ...more,
});
const formOf = (...fields: readonly Field[]): Form => ({ id: 'f', pages: [{ id: 'p', title: '$p', fields }] });
const options = ['home', 'commercial', '3'].map((value) => ({ value, label: `$${value}` }));

describe('visibility', () => {
  const chain: Form = {
    id: 'f',
    pages: [
      {
        id: 'one',
        title: '$1',
        fields: [
          field('use', 'select', { options, required: true }),
          field('trade', 'text', { required: true, hide: 'use != "commercial"' }),
          field('area', 'number', { required: true, hide: 'trade = null' }),
        ],
      },
      {
        id: 'two',
        title: '$2',
        fields: [
          field('plan', 'text', { required: true, hide: 'area = null or area < 100' }),
          field('note', 'note', { hide: 'area = null or area < 100' }),
        ],
      },
    ],
  };

  test('a hidden field has no answer and no fault, whatever was sent, down a chain of conditions', () => {
    const all = { use: 'commercial', trade: 'نان', area: '۲۵۰', plan: 'x' };
    assert.deepEqual(validateAnswers(chain, all), {
      answers: { use: 'commercial', trade: 'نان', area: 250, plan: 'x' },
      faults: [],
    });
    assert.deepEqual(validateAnswers(chain, { ...all, use: 'home' }), { answers: { use: 'home' }, faults: [] });
    assert.deepEqual(validateAnswers(chain, { ...all, area: 99, plan: { hostile: true } }).answers, {
      use: 'commercial',
      trade: 'نان',
      area: 99,
    });
  });

  test('an empty form shows what nothing hides', () => {
    assert.deepEqual(validateAnswers(chain, {}), { answers: {}, faults: [{ pointer: '/use', code: 'required' }] });
    assert.deepEqual(
      visibleFields(chain, {}).map(({ key }) => key),
      ['use'],
    );
    assert.deepEqual(
      visiblePages(chain, {}).map(({ id }) => id),
      ['one'],
    );
    assert.deepEqual(
      visiblePages(chain, { use: 'commercial', trade: 'x', area: 100 }).map(({ id }) => id),
      ['one', 'two'],
    );
  });

  test('a long decimal, kept as text, is a number to the condition', () => {
    const long = '12345678901234567890.5';
    assert.deepEqual(validateAnswers(chain, { use: 'commercial', trade: 'x', area: long, plan: 'y' }).answers.plan, 'y');
    assert.ok(visibleFields(chain, { use: 'commercial', trade: 'x', area: long }).some(({ key }) => key === 'plan'));
  });

  test('what was typed into a number and is none yet is no answer to a rule', () => {
    for (const area of ['', 'abc', '1e', '--1', '9'.repeat(100)])
      assert.ok(!visibleFields(chain, { use: 'commercial', trade: 'x', area }).some(({ key }) => key === 'plan'), area);
  });

  test('conditions that go in a circle end', () => {
    const circle = formOf(field('a', 'text', { hide: 'b != null' }), field('b', 'text', { hide: 'a != null' }));
    assert.equal(validateAnswers(circle, { a: '1', b: '2' }).faults.length, 0);
  });

  test('one page is asked alone; its conditions read what is known', () => {
    const known = { use: 'commercial', trade: 'x', area: 200 };
    assert.deepEqual(validateAnswers(chain, { plan: '' }, { page: 'two', known }), {
      answers: {},
      faults: [{ pointer: '/plan', code: 'required' }],
    });
    assert.deepEqual(validateAnswers(chain, { plan: 'p', use: 'home' }, { page: 'two', known }).answers, { plan: 'p' });
    assert.deepEqual(validateAnswers(chain, { ...known, plan: 'p' }, { page: 'two' }).answers, { plan: 'p' });
    assert.deepEqual(validateAnswers(chain, {}, { page: 'none' }), { answers: {}, faults: [] });
  });

  test('a correction asks its items only', () => {
    const known = { use: 'commercial', trade: 'x', area: 200, plan: 'p' };
    assert.deepEqual(validateAnswers(chain, { area: '300', trade: 'ignored' }, { only: ['area'], known }), {
      answers: { area: 300 },
      faults: [],
    });
    assert.deepEqual(validateAnswers(chain, {}, { only: ['area', 'unknown'], known }).faults, [
      { pointer: '/area', code: 'required' },
    ]);
  });

  test('a read-only field takes what is known, never what was sent', () => {
    const form = formOf(field('id', 'text', { readonly: true, required: true }));
    assert.deepEqual(validateAnswers(form, { id: 'forged' }), { answers: {}, faults: [] });
    assert.deepEqual(validateAnswers(form, { id: 'forged' }, { known: { id: 'true' } }), { answers: { id: 'true' }, faults: [] });
  });
});

const everything = formOf(
  field('t', 'text'),
  field('p', 'paragraph'),
  field('m', 'text', { format: 'mobile' }),
  field('n', 'number'),
  field('c', 'checkbox'),
  field('s', 'select', { options }),
  field('l', 'choices', { options, hide: 't = "hide"' }),
  field('d', 'date'),
  field('f', 'file'),
);

test('answers given back as input are the same answers', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('ي', 'ك', '\u200C', '\u200F', ' ', '\n', '\r', '۱', 'a', '\uD800', '\u0000', '\u2028') }),
  );
  const raws = fc.record({
    t: texts,
    p: texts,
    m: fc.constantFrom('+98 912 345 6789', '', 'x'),
    n: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.bigInt().map(String),
      fc.integer().map((value) => persianDigits(String(value))),
    ),
    c: fc.constantFrom('on', '', true),
    s: fc.constantFrom('home', '۳', ''),
    l: fc.subarray(['home', 'commercial', '3']),
    d: fc.constantFrom('1405/9/3', { day: '1', month: '1', year: '1400' }, ''),
  });
  fc.assert(
    fc.property(raws, (raw) => {
      const { answers } = validateAnswers(everything, raw as RawAnswers);
      const again = validateAnswers(everything, answers);
      assert.deepEqual(again, { answers, faults: [] });
      assert.equal(JSON.stringify(answers).includes('\\u0000'), false);
    }),
    { numRuns: 1000 },
  );
});

test('no JSON whatever makes validation throw, and answers hold fields of the form only', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
      const raw = Object.fromEntries(everything.pages[0]!.fields.map(({ key }) => [key, value as Json]));
      const { answers } = validateAnswers(everything, {
        ...raw,
        extra: other as Json,
        'd-day': other as Json,
        'd-month': value as Json,
      });
      assert.ok(Object.keys(answers).every((key) => key in raw));
    }),
    { numRuns: 500 },
  );
});

test('names of the prototype are neither input nor answers', () => {
  const hostile = JSON.parse('{"__proto__":{"t":"from the prototype","n":5},"constructor":"x","t-day":"1"}') as RawAnswers;
  assert.deepEqual(validateAnswers(everything, hostile).answers, { c: false, l: [] });
  const inherited = Object.create({ t: 'inherited' }) as RawAnswers;
  assert.equal(validateAnswers(everything, inherited).answers.t, undefined);
  assert.equal(({} as { t?: unknown }).t, undefined);
  const form = formOf(field('constructor', 'text', { required: true }), field('toString', 'text'));
  assert.deepEqual(validateAnswers(form, {}), { answers: {}, faults: [{ pointer: '/constructor', code: 'required' }] });
});

test('pointers are RFC 6901', () => {
  assert.equal(fieldPointer('a~b/c'), '/a~0b~1c');
});

test('a form of forty chained conditions is judged in milliseconds', () => {
  const fields = Array.from({ length: 40 }, (_none, index) =>
    field(`k${index}`, 'text', { required: true, hide: index === 0 ? 'k1 = "x"' : `k${index - 1} = "x"` }),
  );
  const { hide: _first, ...first } = fields[0]!;
  const form = formOf(first, ...fields.slice(1));
  const raw = Object.fromEntries(fields.map(({ key }) => [key, 'متن کوتاه']));
  validateAnswers(form, raw);
  const started = performance.now();
  for (let run = 0; run < 200; run++) validateAnswers(form, raw);
  assert.ok(performance.now() - started < 2000);
});
