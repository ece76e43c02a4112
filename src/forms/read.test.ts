// Reading form-js schemas: the subset becomes fields, all else is refused by its id.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '#base/json.ts';
import { readForm } from './read.ts';
import type { Field } from './types.ts';

const group = (...components: readonly Json[]) => ({ type: 'group', id: 'Page_1', label: '$page1', components });
const form = (...components: readonly Json[]) => ({ type: 'default', id: 'application', components: [group(...components)] });

function codes(json: unknown): readonly string[] {
  const { form: read, findings } = readForm('application', json);
  assert.equal(read === undefined, findings.length > 0);
  for (const { file, reason, mend } of findings)
    assert.ok(file === 'application.form' && reason.fa && reason.en && mend.fa && mend.en);
  return findings.map(({ code, place }) => `${code} ${place}`);
}

function only(component: Json): Field {
  const { form: read, findings } = readForm('application', form(component));
  assert.deepEqual(findings, []);
  return read!.pages[0]!.fields[0]!;
}

test('each component of the subset becomes a field', () => {
  const values = [
    { value: 'a', label: '$a' },
    { value: 'b', label: '$b' },
  ];
  assert.deepEqual(
    only({
      type: 'textfield',
      id: 'F1',
      key: 'code',
      label: '$code',
      description: '$describe',
      validate: { required: true, minLength: 3, maxLength: 20, pattern: '[0-9-]+' },
      properties: { format: 'renovation-code', register: 'property.renovation-code' },
      layout: { row: 'r1', columns: 8 },
      conditional: { hide: '=use != "commercial"' },
    }),
    {
      key: 'code',
      id: 'F1',
      kind: 'text',
      label: '$code',
      required: true,
      hint: '$describe',
      hide: 'use != "commercial"',
      register: 'property.renovation-code',
      minLength: 3,
      maxLength: 20,
      pattern: '[0-9-]+',
      format: 'renovation-code',
    },
  );
  assert.deepEqual(
    only({ type: 'number', id: 'F', key: 'area', label: '$l', decimalDigits: 2, validate: { min: 1, max: '99.5' } }),
    {
      key: 'area',
      id: 'F',
      kind: 'number',
      label: '$l',
      required: false,
      min: '1',
      max: '99.5',
      decimals: 2,
    },
  );
  for (const [type, kind] of [
    ['radio', 'choice'],
    ['select', 'select'],
    ['checklist', 'choices'],
  ] as const) {
    assert.deepEqual(only({ type, id: 'F', key: 'k', label: '$l', values }), {
      key: 'k',
      id: 'F',
      kind,
      label: '$l',
      required: false,
      options: values,
    });
  }
  assert.deepEqual(
    only({
      type: 'datetime',
      subtype: 'date',
      id: 'F',
      key: 'k',
      dateLabel: '$date',
      disallowPassedDates: true,
      properties: { max: '2030-01-01' },
    }),
    {
      key: 'k',
      id: 'F',
      kind: 'date',
      label: '$date',
      required: false,
      min: 'today',
      max: '2030-01-01',
    },
  );
  assert.deepEqual(
    only({
      type: 'filepicker',
      id: 'F',
      key: 'k',
      label: '$l',
      accept: '.pdf, image/png,.JPG',
      multiple: true,
      properties: { maxBytes: '5000000' },
    }),
    {
      key: 'k',
      id: 'F',
      kind: 'file',
      label: '$l',
      required: false,
      accept: ['pdf', 'png', 'jpeg'],
      maxBytes: 5_000_000,
      multiple: true,
    },
  );
  assert.deepEqual(only({ type: 'text', id: 'Text_1', text: '$note' }), {
    key: 'Text_1',
    id: 'Text_1',
    kind: 'note',
    label: '$note',
    required: false,
  });
  assert.equal(only({ type: 'checkbox', id: 'F', key: 'k', label: '$l', readonly: true }).readonly, true);
  assert.equal(only({ type: 'textarea', id: 'F', key: 'k', label: '$l' }).kind, 'paragraph');
});

test('a page’s condition hides its fields', () => {
  const page = {
    ...group(
      { type: 'textfield', id: 'F1', key: 'a', label: '$a' },
      { type: 'textfield', id: 'F2', key: 'b', label: '$b', conditional: { hide: '=x' } },
    ),
    conditional: { hide: '=y' },
  };
  const { form: read } = readForm('application', { components: [page] });
  assert.deepEqual(
    read!.pages[0]!.fields.map((field) => field.hide),
    ['y', '(y) or (x)'],
  );
});

test('unknown components are refused by their id', () => {
  for (const type of [
    'button',
    'iframe',
    'dynamiclist',
    'table',
    'html',
    'expression',
    'group',
    'constructor',
    '__proto__',
    null,
    7,
  ]) {
    assert.deepEqual(codes(form({ type, id: 'X_1', key: 'x', label: '$x' })), ['unsupported-component X_1'], String(type));
  }
});

test('what would change an answer and cannot be understood is refused', () => {
  const field = { type: 'textfield', id: 'F', key: 'k', label: '$l' };
  const wrong: readonly Json[] = [
    { ...field, key: '__proto__' },
    { ...field, key: 'a.b' },
    { ...field, key: 'a-b' },
    { ...field, key: undefined as unknown as Json },
    { ...field, label: '' },
    { ...field, properties: { format: 'email' } },
    { ...field, validate: { validationType: 'email' } },
    { ...field, validate: { minLength: '=x' } },
    { ...field, validate: { pattern: '(' } },
    { ...field, validate: { pattern: '(a+)+' } },
    { ...field, type: 'number', validate: { min: '=x' } },
    { ...field, type: 'datetime', subtype: 'time' },
    { ...field, type: 'datetime', properties: { min: '1405/01/01' } },
    { ...field, type: 'select', valuesKey: 'list' },
    {
      ...field,
      type: 'radio',
      values: [
        { value: 'a', label: '$a' },
        { value: 'a', label: '$b' },
      ],
    },
    { ...field, type: 'filepicker', accept: '.exe' },
    { ...field, type: 'filepicker', properties: { maxBytes: 'big' } },
  ];
  for (const component of wrong) assert.deepEqual(codes(form(component)), ['field-shape F'], JSON.stringify(component));
  assert.deepEqual(codes(form({ ...field, conditional: { hide: 'use' } })), ['hide-not-feel F']);
});

test('fields outside pages, twins, and what is no form are refused', () => {
  const field = { type: 'textfield', id: 'F', key: 'k', label: '$l' };
  assert.deepEqual(codes({ components: [field] }), ['outside-page F', 'form-empty ']);
  assert.deepEqual(codes(form(field, { ...field, id: 'G' })), ['duplicate-name k']);
  assert.deepEqual(codes(form(field, { ...field, key: 'm' })), ['duplicate-name F']);
  assert.deepEqual(codes({ ...form(field), id: 'other' }), ['form-id ']);
  assert.deepEqual(codes({ components: [{ ...group(field), path: 'address' }] }), ['page-path Page_1']);
  assert.deepEqual(codes({ components: [{ ...group(field), label: '' }] }), ['page-without-title Page_1', 'form-empty ']);
  for (const json of [null, [], 'x', 1, {}, { components: {} }]) assert.deepEqual(codes(json), ['form-unreadable ']);
});

test('no JSON whatever makes reading throw', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('textfield', 'number', 'select', 'datetime', 'filepicker', 'text', 'group'),
      (value, type) => {
        for (const json of [value, { components: value }, { components: [value] }, form(value as Json)])
          readForm('application', json);
        for (const name of [
          'id',
          'key',
          'label',
          'validate',
          'properties',
          'conditional',
          'values',
          'accept',
          'text',
          'subtype',
        ]) {
          readForm('application', form({ type, id: 'F', key: 'k', label: '$l', [name]: value as Json }));
        }
      },
    ),
    { numRuns: 300 },
  );
});
