// A form's page drawn from its model, and what a browser sends back for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import type { FieldFault } from '#base/refusal.ts';
import type { Field, FieldKind, Page } from '#forms/types.ts';
import { dateParts } from '#portal/ui/date-input.tsx';
import { simpleHide } from '#portal/ui/form-field.tsx';
import { FormPage, formErrors } from '#portal/ui/form.tsx';
import type { FormPageProps } from '#portal/ui/form.tsx';
import { readForm } from '#portal/ui/read-form.ts';

function field(kind: FieldKind, key: string, more: Partial<Field> = {}): Field {
  return { kind, key, id: `Field_${key}`, label: `$${key}`, required: true, ...more };
}

const OPTIONS = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];
const ALL: Page = {
  id: 'all',
  title: '$title',
  fields: [
    field('text', 'name'),
    field('text', 'nationalId', { format: 'national-id' }),
    field('paragraph', 'about', { maxLength: 100 }),
    field('number', 'area'),
    field('checkbox', 'agree'),
    field('choice', 'use', { options: OPTIONS }),
    field('choices', 'papers', { options: OPTIONS }),
    field('select', 'district', { options: OPTIONS }),
    field('date', 'born'),
    field('file', 'deed', { accept: ['pdf'], maxBytes: 1000 }),
    field('note', 'remark'),
  ],
};
const TEXTS = { fa: { title: 'عنوان', name: 'نام' }, en: { title: 'Title' } };

function props(more: Partial<FormPageProps> = {}): FormPageProps {
  return {
    language: 'fa',
    page: ALL,
    texts: TEXTS,
    values: {},
    message: ({ code }) => ({ fa: `خ ${code}`, en: code }),
    action: '/x',
    ...more,
  };
}

test('labels come from the package, in Persian where a language lacks the word', () => {
  assert.match(renderToString(<FormPage {...props()} />), /<h1>عنوان<\/h1>/);
  const english = renderToString(<FormPage {...props({ language: 'en' })} />);
  assert.match(english, /<h1>Title<\/h1>/);
  assert.match(english, /for="f-name">نام<\/label>/);
});

test('every typed value is kept, right or wrong', () => {
  const values = {
    name: '<b>',
    nationalId: '۱۲x',
    about: 'خط\nدوم',
    area: '۱۲٬۰۰۰',
    agree: true,
    use: 'b',
    papers: ['a'],
    district: 'b',
    born: '1405--3',
  };
  const html = renderToString(<FormPage {...props({ values })} />);
  assert.match(html, /id="f-name"[^>]* value="&lt;b>"/);
  assert.match(html, /value="۱۲x"/);
  assert.match(html, />خط\nدوم<\/textarea>/);
  assert.match(html, /value="۱۲٬۰۰۰"/);
  assert.match(html, /id="f-agree"[^>]* checked/);
  assert.match(html, /id="f-use-2"[^>]* checked/);
  assert.match(html, /<option value="b" selected/);
  assert.match(html, /name="born-month"[^>]* value\/>/);
  assert.match(html, /name="born-year"[^>]* value="1405"/);
});

test('faults stand beside their fields and in the summary, once each, in the order of the fields', () => {
  const faults: FieldFault[] = [
    { pointer: '/born', code: 'late' },
    { pointer: '/name', code: 'required' },
    { pointer: '/name', code: 'again' },
    { pointer: '/elsewhere', code: 'lost' },
  ];
  assert.deepEqual(formErrors(props({ faults })), [
    { message: 'خ required', field: 'f-name' },
    { message: 'خ late', field: 'f-born' },
  ]);
  const html = renderToString(<FormPage {...props({ faults })} />);
  assert.match(html, /id="f-name"[^>]* aria-describedby="f-name-error" aria-invalid="true"/);
});

test('a page with a file is sent in parts, and lists what was sent before', () => {
  const html = renderToString(<FormPage {...props({ uploaded: { deed: [{ name: 'سند.pdf', size: 900 }] } })} />);
  assert.match(html, /enctype="multipart\/form-data"/);
  assert.match(html, /سند\.pdf/);
  assert.match(html, /aria-describedby="f-deed-hint f-deed-files"/);
});

test('a field hidden by an earlier page is left out; one hidden by this page stays in reach of its cause', () => {
  const page: Page = {
    ...ALL,
    fields: [
      field('choice', 'use', { options: OPTIONS }),
      field('text', 'guild', { hide: 'use != "b"' }),
      field('text', 'floor', { hide: 'elsewhere = 1' }),
    ],
  };
  const html = renderToString(<FormPage {...props({ page, hidden: new Set(['guild', 'floor']) })} />);
  assert.match(html, /data-when="use" data-not="b"/);
  assert.doesNotMatch(html, /f-floor/);
});

test('only the plainest conditions are given to the browser', () => {
  assert.deepEqual(simpleHide('=use != "b"'), { when: 'use', not: 'b' });
  assert.deepEqual(simpleHide('use = "b"'), { when: 'use', is: 'b' });
  assert.deepEqual(simpleHide('agree = false'), { when: 'agree', not: 'true' });
  assert.deepEqual(simpleHide('کاربری = "الف"'), { when: 'کاربری', is: 'الف' });
  assert.equal(simpleHide('use = "a" or use = "b"'), undefined);
  assert.equal(simpleHide('count(papers) = 0'), undefined);
});

test('what a browser sends becomes raw answers, and no more than the page asks', () => {
  const body = {
    name: 'مریم',
    papers: 'a',
    'born-day': ' ۳',
    'born-month': '',
    'born-year': '1370',
    agree: 'true',
    other: 'x',
    __proto__: { area: '1' },
  };
  assert.deepEqual(readForm(ALL, body), {
    name: 'مریم',
    nationalId: '',
    about: '',
    area: '',
    agree: true,
    use: '',
    papers: ['a'],
    district: '',
    born: '1370--۳',
  });
});

test('a date that was sent comes back into its boxes', () => {
  const part = fc.stringMatching(/^[0-9۰-۹]{0,4}$/);
  fc.assert(
    fc.property(part, part, part, (day, month, year) => {
      const raw = readForm(ALL, { 'born-day': day, 'born-month': month, 'born-year': year })['born'];
      assert.deepEqual(dateParts(String(raw)), { day, month, year });
    }),
  );
});

test('the ISO date of an answer is shown in the Jalali calendar', () => {
  assert.deepEqual(dateParts('2026-11-24'), { day: '3', month: '9', year: '1405' });
});
