// Comma-separated text as offices write it: quotes, line ends, encodings, going on from any row, and where exactly a file is broken.
import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#base/refusal.ts';
import { readAll, withFiles } from '#testing/source-files.ts';
import type { CsvReader } from '#registry/source.ts';
import { readRecords } from './csv-rows.ts';
import { openCsv } from './csv.ts';

const CSV: CsvReader = { by: 'csv', file: 'a.csv', delimiter: ',', encoding: 'utf-8' };

const written = (rows: readonly (readonly string[])[], end: string): string =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',') + end).join('');

test('whatever is written comes back, whichever line ends and cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'ی', '۱', '\u200c', ' '), maxLength: 6 });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
      const { records, fault, length } = readRecords(written(table, end), ',', 1);
      assert.equal(fault, undefined);
      assert.equal(length, written(table, end).length);
      assert.deepEqual(
        records.map((one) => one.cells),
        table,
      );
    }),
  );
});

test('a file is read whole: a byte order mark, blank lines, a last row without an end', () =>
  withFiles({ 'a.csv': '\uFEFFid,name\r\n1,"علی, رضا"\r\n\r\n2,"نام\nدوخطی"\r\n3,مریم' }, async (folder) => {
    const source = await openCsv(CSV, folder);
    assert.deepEqual(source.columns, ['id', 'name']);
    const { rows, refusal } = await readAll(source);
    assert.equal(refusal, undefined);
    assert.deepEqual(rows, [
      { at: 2, cells: ['1', 'علی, رضا'] },
      { at: 4, cells: ['2', 'نام\nدوخطی'] },
      { at: 6, cells: ['3', 'مریم'] },
    ]);
    assert.equal(source.place(6), 'a.csv:6');
  }));

test('Windows-1256 and another delimiter are read', () =>
  withFiles({ 'a.csv': Buffer.from([...Buffer.from('id;name\n1;'), 0xe3, 0xd1, 0xed, 0xe3, 10]) }, async (folder) => {
    const { rows } = await readAll(await openCsv({ ...CSV, delimiter: ';', encoding: 'windows-1256' }, folder));
    assert.deepEqual(rows, [{ at: 2, cells: ['1', 'مريم'] }]);
  }));

const LINES = Array.from({ length: 40_000 }, (_, at) => `${at},${at % 3 === 0 ? `"محله ${at}"` : `محله ${at}`}`);

test('reading goes on from every position as if it had never stopped, and from none of another file', () =>
  withFiles(
    { 'a.csv': `id,name\n${LINES.join('\n')}\n`, 'b.csv': `id,name\n${LINES.with(5, '5,دیگر').join('\n')}\n` },
    async (folder) => {
      const source = await openCsv(CSV, folder);
      const whole = await readAll(source);
      assert.equal(whole.rows.length, LINES.length);
      assert.ok(whole.positions.length > 2, 'it came in pieces');
      for (const from of whole.positions) {
        assert.ok(await source.mayGoOn(from));
        const { rows } = await readAll(source, from);
        assert.deepEqual(rows, whole.rows.slice(whole.rows.length - rows.length));
      }
      const other = await openCsv({ ...CSV, file: 'b.csv' }, folder);
      assert.equal(await other.mayGoOn(whole.positions[0]!), false);
    },
  ));

for (const [what, line, fault, at] of [
  ['a quote that is never closed', '7,"محله', 'quote-open', 20_002],
  ['a quote inside a value', '7,مح"له', 'quote-stray', 20_002],
  ['text behind a quote', '7,"محله" ۵', 'quote-text', 20_002],
] as const)
  test(`${what} stops the reading behind the last whole row, and is told with its line`, () =>
    withFiles({ 'a.csv': `id,name\n${LINES.with(20_000, line).join('\n')}\n` }, async (folder) => {
      const source = await openCsv(CSV, folder);
      const { rows, positions, refusal } = await readAll(source);
      assert.deepEqual(
        [refusal?.code, refusal?.facts['place'], refusal?.facts['fault']],
        ['source-broken', `a.csv:${at}`, fault],
      );
      assert.equal(rows.length, 20_000);
      assert.equal(positions.at(-1)?.['line'], 20_002);
    }));

test('a file cut off in a row, in a quote, or in a letter is told with the line', () =>
  withFiles(
    {
      'row.csv': `id,name\n${LINES.slice(0, 100).join('\n')}\n100`,
      'quote.csv': `id,name\n${LINES.slice(0, 100).join('\n')}\n100,"محله`,
      'letter.csv': Buffer.from(`id,name\n${LINES.slice(0, 100).join('\n')}\n100,مح`).subarray(0, -1),
      'bytes.csv': Buffer.concat([Buffer.from(`id,name\n1,a\n2,`), Buffer.from([0xff]), Buffer.from('\n3,c\n')]),
    },
    async (folder) => {
      for (const [file, fault, line, before] of [
        ['row.csv', 'cut-off', 102, 100],
        ['quote.csv', 'quote-open', 102, 100],
        ['letter.csv', 'not-utf-8', 102, 100],
        ['bytes.csv', 'not-utf-8', 3, 1],
      ] as const) {
        const { rows, refusal } = await readAll(await openCsv({ ...CSV, file }, folder));
        assert.deepEqual([refusal?.facts['fault'], refusal?.facts['place']], [fault, `${file}:${line}`]);
        assert.equal(rows.length, before, file);
      }
    },
  ));

test('a quote that swallows the file is stopped before it fills the memory', () =>
  withFiles({ 'a.csv': `id,name\n1,"${'x'.repeat(3_000_000)}` }, async (folder) => {
    const { refusal } = await readAll(await openCsv(CSV, folder));
    assert.deepEqual([refusal?.facts['place'], refusal?.facts['fault']], ['a.csv:2', 'quote-open']);
  }));

test('column names must be there, each once', () =>
  withFiles({ 'a.csv': '', 'b.csv': 'id,name,id\n', 'c.csv': 'id,,name\n1,2,3\n' }, async (folder) => {
    const fault = (file: string): Promise<unknown> =>
      openCsv({ ...CSV, file }, folder).catch((error: unknown) => (error instanceof Refusal ? error.facts['fault'] : error));
    assert.deepEqual(await Promise.all(['a.csv', 'b.csv', 'c.csv'].map(fault)), ['no-header', 'column-twice', 'no-header']);
  }));

test('no file outside the folder of sources is opened, by a path or a link', () =>
  withFiles({ 'a.csv': 'id\n1\n' }, async (folder) => {
    await symlink('/etc/hostname', join(folder, 'link.csv'));
    for (const file of ['../a.csv', 'link.csv', 'missing.csv', '.'])
      await assert.rejects(
        openCsv({ ...CSV, file }, folder),
        (error) => error instanceof Refusal && error.code === 'source-file',
      );
  }));
