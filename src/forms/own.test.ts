import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownAnswers } from './own.ts';
import type { RawAnswers } from './types.ts';

const field = (key: string, kind: 'text' | 'date' | 'note') => ({ key, id: key, kind, label: `$${key}`, required: false });
const form = {
  id: 'f',
  pages: [{ id: 'p', title: '$p', fields: [field('name', 'text'), field('birth', 'date'), field('note', 'note')] }],
};

test('keeps the answers of the form, and gathers dates from their parts', () => {
  assert.deepEqual(
    ownAnswers(form, {
      name: 'الف',
      'birth-day': '3',
      'birth-month': '9',
      'birth-year': '1405',
      token: 'x',
      note: 'y',
      'name-day': '1',
    }),
    {
      name: 'الف',
      birth: { day: '3', month: '9', year: '1405' },
    },
  );
  assert.deepEqual(ownAnswers(form, { birth: '', 'birth-day': '3' }), { birth: { day: '3', month: null, year: null } });
  assert.deepEqual(ownAnswers(form, { birth: '1405/9/3', 'birth-day': '4' }), { birth: '1405/9/3' });
  assert.deepEqual(ownAnswers(form, { birth: '' }), { birth: '' });
});

test('takes nothing from a prototype', () => {
  assert.deepEqual(ownAnswers(form, Object.create({ name: 'inherited', 'birth-day': '1' }) as RawAnswers), {});
  assert.deepEqual(ownAnswers(form, JSON.parse('{"__proto__":{"name":"x"}}') as RawAnswers), {});
});
