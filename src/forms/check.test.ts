// What is wrong with a form before anybody sees it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkForm } from './check.ts';
import { readForm } from './read.ts';
import type { Field, Form, Texts } from './types.ts';

const texts: Texts = { fa: { page: 'صفحه', use: 'کاربری', plan: 'نقشه' }, en: { page: 'Page', use: 'Use', plan: 'Plan' } };
const use: Field = { key: 'use', id: 'F_use', kind: 'text', label: '$use', required: true };
const formOf = (...fields: readonly Field[]): Form => ({ id: 'application', pages: [{ id: 'P', title: '$page', fields }] });

function found(form: Form, words: Texts = texts, names: readonly string[] = []): readonly string[] {
  const findings = checkForm(form, words, names);
  for (const { file, reason, mend } of findings)
    assert.ok(file === 'application.form' && reason.fa && reason.en && mend.fa && mend.en);
  return findings.map(({ code, place, severity }) => `${severity} ${code} ${place}`);
}

test('a form in order has no findings', () => {
  assert.deepEqual(found(formOf(use, { ...use, key: 'plan', id: 'F_plan', label: '$plan', hide: 'use != "x"' })), []);
});

test('every key must have its words in both languages', () => {
  const { plan: _gone, ...en } = texts.en;
  assert.deepEqual(found(formOf({ ...use, hint: '$plan', options: [{ value: 'a', label: '$nowhere' }] }), { ...texts, en }), [
    'error missing-text F_use',
    'error missing-text F_use',
    'error missing-text F_use',
  ]);
  assert.deepEqual(found(formOf({ ...use, label: '$constructor' })), ['error missing-text F_use', 'error missing-text F_use']);
});

test('words written into the form are in one language only; numbers are in all', () => {
  assert.deepEqual(found(formOf({ ...use, label: 'Use', options: [{ value: '1', label: '1' }] })), [
    'warning untranslated-text F_use',
  ]);
});

test('conditions must parse and name fields of the form', () => {
  assert.deepEqual(found(formOf({ ...use, hide: '1 +' })).length, 1);
  assert.deepEqual(found(formOf(use, { ...use, key: 'b', id: 'F_b', hide: 'usage = "x"' })), ['error unknown-name F_b']);
  assert.deepEqual(found(formOf(use, { ...use, key: 'b', id: 'F_b', hide: 'usage = "x"' }), texts, ['usage']), []);
});

test('conditions in a circle are found', () => {
  const circle = formOf(
    { ...use, key: 'a', hide: 'b = null' },
    { ...use, key: 'b', hide: 'c = null' },
    { ...use, key: 'c', hide: 'a = null' },
  );
  assert.deepEqual(found(circle), ['error hide-cycle a']);
  assert.deepEqual(found(formOf({ ...use, key: 'a', hide: 'a = null' })), ['error hide-cycle a']);
});

test('files have limits, and ranges have room', () => {
  assert.deepEqual(found(formOf({ ...use, kind: 'file' })), ['warning file-without-limits F_use']);
  assert.deepEqual(found(formOf({ ...use, kind: 'file', accept: ['pdf'], maxBytes: 1 })), []);
  assert.deepEqual(found(formOf({ ...use, minLength: 5, maxLength: 4 })), ['error empty-range F_use']);
  assert.deepEqual(found(formOf({ ...use, kind: 'number', min: '10', max: '9' })), ['error empty-range F_use']);
  assert.deepEqual(found(formOf({ ...use, kind: 'date', min: '2026-01-02', max: '2026-01-01' })), ['error empty-range F_use']);
  assert.deepEqual(found(formOf({ ...use, kind: 'date', min: 'today', max: '2020-01-01' })), []);
});

test('a form read from a file is checked as it is', () => {
  const { form } = readForm('application', {
    components: [
      {
        type: 'group',
        id: 'P',
        label: '$page',
        components: [{ type: 'textfield', id: 'F_use', key: 'use', label: '$use', conditional: { hide: '=plan = null' } }],
      },
    ],
  });
  assert.deepEqual(found(form!), ['error unknown-name F_use']);
});
