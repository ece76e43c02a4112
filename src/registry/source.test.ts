// A source's configuration as it is written, the columns it must have, and what becomes of its rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '#base/json.ts';
import { faultWords, REJECTIONS } from './source-faults.ts';
import { readSource } from './source-read.ts';
import { REJECTION_CODES, rowReader } from './source-row.ts';
import { COLUMN_TYPES, readInstant, readValue } from './source-values.ts';
import { compareColumns, expectedColumns } from './source.ts';
import type { SourceConfig } from './source.ts';

const YAML = `
id: civil-registry
kind: person
owner: portal-steward
title: { fa: ثبت احوال نمونه, en: Sample civil registry }
reader: { by: csv, file: persons.csv, delimiter: ';' }
key: کد ملی
asOf: { column: تاریخ, type: jalali-day }
columns:
  کد ملی: { field: nationalId, type: national-id, required: true }
  نام: { field: givenName, type: given-name, required: true }
  همراه: { field: mobile, type: mobile, confidence: 0.4 }
  تولد: { field: birthDate, type: jalali-day }
  جنس: { field: sex, type: word, values: { '۱': male, '۲': female } }
  فرزند: { field: children, type: integer }
ignored: [یادداشت]
constants: { alive: true }
confidence: 0.9
`;

function configOf(yaml: string): SourceConfig {
  const { config, findings } = readSource(yaml, 'a.yaml', new Set(['portal-steward']));
  assert.deepEqual(findings, []);
  assert.ok(config);
  return config;
}
const CONFIG = configOf(YAML);
const COLUMNS = expectedColumns(CONFIG);
const map = rowReader(CONFIG, COLUMNS);
const row = (cells: Readonly<Record<string, Json>>): readonly Json[] => COLUMNS.map((name) => cells[name] ?? null);
const GOOD = { 'کد ملی': '۹۹۹۱۰۱۲۳۴۶', نام: 'سارا', تاریخ: '۱۴۰۵/۰۷/۰۱' };

test('a configuration is read with what it leaves out', () => {
  assert.deepEqual(CONFIG.reader, { by: 'csv', file: 'persons.csv', delimiter: ';', encoding: 'utf-8' });
  assert.deepEqual(CONFIG.key, ['کد ملی']);
  assert.deepEqual([CONFIG.mode, CONFIG.freshDays, CONFIG.mostGone], ['full', 365, 0.2]);
  assert.deepEqual(CONFIG.confidence, { '*': 0.9, mobile: 0.4 });
  assert.deepEqual(COLUMNS, ['کد ملی', 'نام', 'همراه', 'تولد', 'جنس', 'فرزند', 'تاریخ', 'یادداشت']);
});

test('every fault of a configuration is told at its place, in both languages', () => {
  const { config, findings } = readSource(
    `
id: Civil Registry
kind: people
owner: nobody
title: ثبت
reader: { by: postgres, host: db, user: u, password: hunter2, passwordFrom: pass word, table: 'a; drop table b', port: 99999 }
asOf: yesterday
mode: incremental
colour: red
columns:
  a: { field: 1, type: person, confidence: 2 }
  b: { field: name, type: text }
  c: { field: name, type: text }
ignored: [b]
`,
    'bad.yaml',
    new Set(['portal-steward']),
  );
  assert.equal(config, undefined);
  const places = new Set(findings.map((one) => one.place));
  for (const place of [
    'id',
    'kind',
    'owner',
    'title',
    'reader.password',
    'reader.passwordFrom',
    'reader.database',
    'reader.table',
    'reader.port',
    'key',
    'asOf',
    'mark',
    'colour',
    'columns.a.field',
    'columns.a.type',
    'columns.a.confidence',
    'columns',
    'ignored',
  ])
    assert.ok(places.has(place), place);
  assert.ok(findings.every((one) => one.file === 'bad.yaml' && one.reason.fa !== '' && one.mend.en !== ''));
  assert.equal(JSON.stringify(findings).includes('hunter2'), false, 'a secret is never repeated');
  for (const yaml of ['a: [', '7', 'reader: { by: csv, file: ../secret.csv }', 'reader: { by: rest, url: "ftp://x" }'])
    assert.equal(readSource(yaml, 'x.yaml').config, undefined);
});

test('columns that are gone or renamed are named, those beyond are named apart, and those of a mended file are neither', () => {
  const found = [...COLUMNS.filter((one) => one !== 'همراه'), 'تلفن همراه', '_line', '_reason'];
  assert.deepEqual(compareColumns(CONFIG, found), { missing: ['همراه'], extra: ['تلفن همراه'] });
});

test('a row becomes a record in the forms of its types', () => {
  assert.deepEqual(map(row({ ...GOOD, همراه: '+98 912 345 6789', تولد: '۱۳۶۲/۵/۷', جنس: '1', فرزند: '۲', یادداشت: 'x' })), {
    key: '9991012346',
    asOf: '2026-09-22T20:30:00.000Z',
    mark: '',
    fields: {
      alive: true,
      nationalId: '9991012346',
      givenName: 'سارا',
      mobile: '09123456789',
      birthDate: '1983-07-29',
      sex: 'male',
      children: 2,
    },
  });
});

test('a malformed identifier that nobody requires stays as written; everything else that cannot be read rejects the row with all its faults', () => {
  const kept = map(row({ ...GOOD, همراه: '۰۹۱۲-۳۴' }));
  assert.ok('fields' in kept);
  assert.equal(kept.fields['mobile'], '0912-34');
  const bad = map(row({ ...GOOD, نام: ' ', تولد: '1362/13/40', جنس: '3', فرزند: 'دو', تاریخ: 'دیروز' }));
  assert.ok('faults' in bad);
  assert.equal(bad.key, '9991012346', 'the source still has it');
  assert.deepEqual(
    bad.faults.map(({ field, code }) => `${field} ${code}`),
    ['تاریخ as-of-missing', 'نام missing', 'تولد malformed', 'جنس not-listed', 'فرزند malformed'],
  );
  assert.deepEqual(faultWords(bad.faults[3]!), { fa: 'جنس: در فهرست کدها نیست: 3', en: 'جنس: it is not among the codes: 3' });
  assert.deepEqual(faultWords(bad.faults[2]!), {
    fa: 'تولد: تاریخ شمسی نیست: 1362/13/40',
    en: 'تولد: it is no Jalali date: 1362/13/40',
  });
  const keyless = map(row({ ...GOOD, 'کد ملی': '9991012345' }));
  assert.deepEqual(keyless, { faults: [{ field: 'کد ملی', code: 'key-malformed', facts: { value: '9991012345' } }] });
  const short = map(['9991012346', 'سارا']);
  assert.deepEqual(short, { faults: [{ field: null, code: 'columns-count', facts: { expected: '8', found: '2' } }] });
  const unstorable = map(row({ ...GOOD, نام: 'سا\0را' }));
  assert.ok('faults' in unstorable);
  assert.deepEqual(Object.keys(REJECTIONS).toSorted(), REJECTION_CODES.toSorted());
});

test('a key of several columns keeps them apart, whatever they hold', () => {
  const yaml = YAML.replace('key: کد ملی', 'key: [همراه, نام]').replace(', type: mobile', ', type: text');
  const read = rowReader(configOf(yaml), COLUMNS);
  const key = (one: string, other: string): unknown => {
    const mapped = read(row({ ...GOOD, همراه: one, نام: other }));
    return 'fields' in mapped ? mapped.key : mapped.faults;
  };
  const word = fc.string({ unit: fc.constantFrom('a', '|', '%', '7', 'C'), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(word, word, word, word, (a, b, c, d) => {
      assert.equal(key(a, b) === key(c, d), a === c && b === d);
    }),
  );
});

test('days, numbers, lists and geometries are read as offices and databases write them', () => {
  for (const [type, text, value] of [
    ['jalali-day', '۱۳۹۹/۱۲/۳۰', '2021-03-20'],
    ['jalali-day', '1400/12/30', undefined],
    ['gregorian-day', '2026-02-28 00:00:00+00', '2026-02-28'],
    ['gregorian-day', '2026-02-30', undefined],
    ['instant', '2026-10-01 08:30:00.5+03:30', '2026-10-01T05:00:00.500Z'],
    ['instant', '2026-10-01 08:30:00', '2026-10-01T08:30:00.000Z'],
    ['decimal', '۱٬۲۳۴٫۵', 1234.5],
    ['integer', '12.5', undefined],
    ['boolean', 'ندارد', false],
    ['boolean', 'شاید', undefined],
    ['numbers', '۱۴۰۳، ۱۴۰۴', [1403, 1404]],
    ['numbers', '{1403,1404}', [1403, 1404]],
    ['list', '["نما";"سازه"]', ['نما', 'سازه']],
    ['owner-id', '99910001018', '99910001018'],
    ['national-id', '99123', undefined],
    ['text', 'ك‌ي', 'ک‌ی'],
    ['geometry', '{"type":"Point","coordinates":[51.4,35.7]}', { type: 'Point', coordinates: [51.4, 35.7] }],
    ['geometry', '{"type":"Polygon","coordinates":[[[535000,3950000],[535001,3950000],[535000,3950000]]]}', undefined],
    ['geometry', 'POINT (51 35)', undefined],
  ] as const)
    assert.deepEqual(readValue(type, text), value, `${type} ${text}`);
  assert.equal(readInstant('gregorian-day', '2026-10-01'), '2026-09-30T20:30:00.000Z');
});

test('no text breaks a reader, and what it gives it gives again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COLUMN_TYPES), fc.string({ unit: 'binary', maxLength: 40 }), (type, text) => {
      const value = readValue(type, text);
      if (typeof value === 'string' && !type.endsWith('day')) assert.equal(readValue(type, value), value);
    }),
  );
});
