// Answers of each kind of field: how they are normalised and judged.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '#base/json.ts';
import { FAULT_CODES } from './faults.ts';
import type { Field, Form } from './types.ts';
import { validateAnswers } from './validate.ts';

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

/** The one answer, or `!code facts`. */
function one(of: Field, value: Json | undefined, today?: string): unknown {
  const { answers, faults } = validateAnswers(formOf(of), { [of.key]: value }, today === undefined ? {} : { today });
  const fault = faults[0];
  if (!fault) return answers[of.key];
  assert.equal(fault.pointer, `/${of.key}`);
  assert.ok(FAULT_CODES.some((code) => code === fault.code));
  return fault.facts ? `!${fault.code} ${Object.values(fault.facts).join(' ')}` : `!${fault.code}`;
}

describe('text', () => {
  test('is stored normal: Persian letters, no stray marks or control characters, one space', () => {
    const name = field('name', 'text');
    assert.equal(one(name, '  \u200Fعلي\u0000  كريمي\n\u202E '), 'علی کریمی');
    assert.equal(one(name, 'می\u200Cروم'), 'می\u200Cروم');
    assert.equal(one(name, 'a\uD800b'), 'a\uFFFDb');
    assert.equal(one(name, 12), '12');
    for (const nothing of ['', '   ', '\u200C\u200F', null, undefined]) assert.equal(one(name, nothing), undefined);
  });

  test('a paragraph keeps its lines', () => {
    assert.equal(one(field('p', 'paragraph'), ' الف  ب \r\n\r\n ج\u0007\u2028د '), 'الف ب\n\nج\nد');
  });

  test('lists, objects and booleans are no text', () => {
    for (const value of [['a'], [], {}, { a: 1 }, true] as readonly Json[])
      assert.equal(one(field('t', 'text'), value), '!not-text');
  });

  test('lengths are counted in characters, as people see them', () => {
    const short = field('t', 'text', { minLength: 2, maxLength: 4 });
    assert.equal(one(short, '😀😀😀😀'), '😀😀😀😀');
    assert.equal(one(short, '😀'), '!too-short 2');
    assert.equal(one(short, 'abcde'), '!too-long 4');
    assert.equal(one(field('t', 'text'), 'x'.repeat(501)), '!too-long 500');
    assert.equal(one(field('t', 'paragraph'), 'x'.repeat(5_000_000)), '!too-long 10000');
  });

  test('patterns match whole answers, with digits made Latin', () => {
    const plate = field('t', 'text', { pattern: '\\d{2}|ab' });
    assert.equal(one(plate, '۱۲'), '12');
    assert.equal(one(plate, '123'), '!pattern');
    assert.equal(one(plate, 'abc'), '!pattern');
  });

  test('formats give the canonical form', () => {
    assert.equal(one(field('t', 'text', { format: 'national-id' }), '۰۰۷۶۲۲۹۶۴۵'), '0076229645');
    assert.equal(one(field('t', 'text', { format: 'national-id' }), '0076229646'), '!malformed-national-id');
    assert.equal(one(field('t', 'text', { format: 'renovation-code' }), '۱ / ۲۲ / ۳۳۳'), '1-22-333');
    for (const format of ['legal-id', 'postal-code', 'iban', 'mobile', 'renovation-code', 'plate']) {
      assert.equal(one(field('t', 'text', { format }), 'x'), `!malformed-${format}`);
    }
  });
});

describe('numbers', () => {
  const area = field('n', 'number', { min: '0', max: '1000000', decimals: 2 });

  test('read Persian digits, grouping and decimal marks', () => {
    assert.equal(one(area, '۱۲٬۳۴۵٫۵'), 12_345.5);
    assert.equal(one(area, '۱۲/۵'), 12.5);
    assert.equal(one(area, '12.50'), 12.5);
    assert.equal(one(area, 7), 7);
    assert.equal(one(area, ' 007 '), 7);
    assert.equal(one(area, '-0'), 0);
    assert.equal(one(area, ''), undefined);
  });

  test('say why they are refused', () => {
    assert.equal(one(area, 'دوازده'), '!not-a-number');
    assert.equal(one(area, '1e99'), '!not-a-number');
    assert.equal(one(area, '0x10'), '!not-a-number');
    assert.equal(one(area, 'Infinity'), '!not-a-number');
    assert.equal(one(area, '9'.repeat(1_000_000)), '!not-a-number');
    for (const value of [[1], {}, true]) assert.equal(one(area, value), '!not-a-number');
    assert.equal(one(area, '1.234'), '!too-many-decimals 2');
    assert.equal(one(area, '-1'), '!too-small 0');
    assert.equal(one(area, '1000000.01'), '!too-large 1000000');
  });

  test('are JSON numbers where a double holds them, and their own digits where it does not', () => {
    const free = field('n', 'number');
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n) + 1n, max: 10n ** 30n - 1n }),
        fc.integer({ min: 0, max: 4 }),
        (digits, places) => {
          const text = places === 0 ? String(digits) : `${digits}.${'1'.repeat(places)}`;
          const value = one(free, text);
          assert.equal(
            String(value) === text || typeof value === 'string'
              ? BigInt(String(value).split('.')[0]!)
              : BigInt(Math.trunc(value as number)),
            digits,
          );
          if (String(digits).length + places <= 15) assert.equal(typeof value, 'number');
          if (typeof value === 'string') assert.equal(value, text);
        },
      ),
    );
  });
});

describe('choices', () => {
  test('are options of the field and nothing else', () => {
    const use = field('use', 'select', { options });
    assert.equal(one(use, 'home'), 'home');
    assert.equal(one(use, '۳'), '3');
    assert.equal(one(use, 3), '3');
    assert.equal(one(use, ''), undefined);
    for (const value of ['palace', '__proto__', 'x'.repeat(1_000_000), ['home'], {}, true])
      assert.equal(one(use, value), '!not-an-option');
  });

  test('of a list come in the order of the options, each once', () => {
    const uses = field('uses', 'choices', { options });
    assert.deepEqual(one(uses, ['3', 'home', 'home']), ['home', '3']);
    assert.deepEqual(one(uses, 'home'), ['home']);
    assert.deepEqual(one(uses, undefined), []);
    assert.equal(one({ ...uses, required: true }, []), '!required');
    assert.equal(one(uses, ['home', 'palace']), '!not-an-option');
    assert.equal(one(uses, [['home']]), '!not-an-option');
    assert.equal(
      one(
        uses,
        Array.from({ length: 100_000 }, () => 'home'),
      ),
      '!not-an-option',
    );
  });

  test('a checkbox is ticked or not; a required one must be', () => {
    const agree = field('agree', 'checkbox', { required: true });
    for (const yes of ['on', 'true', true, '1']) assert.equal(one(agree, yes), true);
    for (const no of [undefined, '', 'false', false]) assert.equal(one(agree, no), '!must-accept');
    assert.equal(one(field('agree', 'checkbox'), undefined), false);
    assert.equal(one(agree, ['on']), '!not-an-option');
  });
});

describe('dates', () => {
  const birth = field('birth', 'date');
  const parts = (day: Json, month: Json, year: Json) => ({ day, month, year });

  test('come in three Jalali parts, as an object or as keys of an HTML form', () => {
    assert.equal(one(birth, parts('۳', '۹', '۱۴۰۵')), '2026-11-24');
    assert.equal(one(birth, parts(3, 'آذر', 1405)), '2026-11-24');
    assert.equal(one(birth, parts('24', '11', '2026')), '2026-11-24');
    const raw = { birth: '', 'birth-day': '۳', 'birth-month': '9', 'birth-year': '١٤٠٥' };
    assert.deepEqual(validateAnswers(formOf(birth), raw).answers, { birth: '2026-11-24' });
    assert.deepEqual(validateAnswers(formOf(birth), { 'birth-day': '', 'birth-month': '', 'birth-year': '' }), {
      answers: {},
      faults: [],
    });
  });

  test('come as one text, ISO or Jalali', () => {
    assert.equal(one(birth, '2026-11-24'), '2026-11-24');
    assert.equal(one(birth, '۱۴۰۵/۹/۳'), '2026-11-24');
    assert.equal(one(birth, '1405-09-03'), '2026-11-24');
    assert.equal(one(birth, '1405-آذر-3'), '2026-11-24');
    assert.equal(one(birth, '۳/۹/۱۴۰۵'), '2026-11-24');
    assert.equal(one(birth, ' '), undefined);
    assert.equal(one(birth, '--'), undefined);
    for (const text of ['1405--3', '-9-3', '1405-9-']) assert.equal(one(birth, text), '!date-incomplete');
  });

  test('are days that exist', () => {
    for (const value of [
      '1405/12/30',
      '2026-02-29',
      '05/09/03',
      'دیروز',
      '1405/9',
      parts('31', '7', '1405'),
      parts('3', '13', '1405'),
      parts('-1', '1', '1405'),
    ]) {
      assert.equal(one(birth, value), '!not-a-date', JSON.stringify(value));
    }
    for (const value of [
      7,
      true,
      [],
      ['1405', '9', '3'],
      parts(['3'], '9', '1405'),
      parts('3', {}, '1405'),
      parts('3', '9', '1'.repeat(1_000_000)),
    ]) {
      assert.equal(one(birth, value), '!not-a-date', JSON.stringify(value).slice(0, 50));
    }
    assert.equal(one(birth, parts('3', '', '1405')), '!date-incomplete');
    assert.equal(one(birth, { year: '1405' }), '!date-incomplete');
    assert.equal(one(birth, 'x'.repeat(1_000_000)), '!not-a-date');
  });

  test('keep to their limits', () => {
    const soon = field('birth', 'date', { min: 'today', max: '2026-12-31' });
    assert.equal(one(soon, '2026-11-24', '2026-11-24'), '2026-11-24');
    assert.equal(one(soon, '2026-11-23', '2026-11-24'), '!too-early 2026-11-24');
    assert.equal(one(soon, '2027-01-01', '2026-11-24'), '!too-late 2026-12-31');
    assert.equal(one(soon, '2026-11-23'), '2026-11-23');
  });
});

describe('files', () => {
  const file = { file: 'f_1', name: 'نقشه.PDF', size: 1000, sha256: 'a'.repeat(64) };
  const plan = field('plan', 'file', { accept: ['pdf', 'jpeg'], maxBytes: 2_500_000 });

  test('are what the host put there', () => {
    assert.deepEqual(one(plan, file), file);
    assert.deepEqual(one({ ...plan, multiple: true }, file), [file]);
    assert.deepEqual(one({ ...plan, multiple: true }, [file, { ...file, name: 'b.jpg' }]), [file, { ...file, name: 'b.jpg' }]);
    for (const nothing of ['', null, undefined, []]) assert.equal(one(plan, nothing), undefined);
    assert.equal(one({ ...plan, required: true }, ''), '!required');
  });

  test('are refused by size, type, number and shape', () => {
    assert.equal(one(plan, { ...file, size: 2_500_001 }), '!file-too-large نقشه.PDF 2.5');
    assert.equal(one(plan, { ...file, name: 'a.png' }), '!file-type-refused a.png pdf, jpeg');
    assert.equal(one(plan, { ...file, name: 'a.pdf.exe' }), '!file-type-refused a.pdf.exe pdf, jpeg');
    assert.equal(one(plan, { ...file, name: 'a.constructor' }), '!file-type-refused a.constructor pdf, jpeg');
    assert.equal(one(plan, [file, file]), '!too-many-files 1');
    for (const wrong of [
      'a.pdf',
      7,
      true,
      {},
      { ...file, sha256: 'x' },
      { ...file, size: -1 },
      { ...file, size: '9' },
      { ...file, file: '' },
      { ...file, name: 'x'.repeat(300) },
      [[file]],
    ]) {
      assert.equal(one(plan, wrong as Json), '!malformed-file', JSON.stringify(wrong));
    }
  });
});
