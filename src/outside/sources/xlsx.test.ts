// Sheets as Excel packs them: shared and inline texts, numbers, days, gaps; going on behind a row; and what is no workbook.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#base/refusal.ts';
import { readAll, withFiles, workbook, zip } from '#testing/source-files.ts';
import type { XlsxReader } from '#registry/source.ts';
import { openXlsx } from './xlsx.ts';

const XLSX: XlsxReader = { by: 'xlsx', file: 'a.xlsx', sheet: 'ناظران', headerRow: 2 };
const TEXTS = ['شماره', 'نام', 'اعتبار', 'فعال', 'کاوه مهندسی'];
const HEAD = [
  '<row r="1"><c r="A1" t="inlineStr"><is><t>فهرست ناظران</t></is></c></row>',
  '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c></row>',
];
const BODY = [
  '<row r="3"><c r="A3"><v>9.9930111E7</v></c><c r="B3" t="s"><v>4</v></c><c r="C3" s="1"><v>46387</v></c><c r="D3" t="b"><v>1</v></c></row>',
  '<row r="5"><c r="A5"><v>12.5</v></c><c r="D5" t="e"><v>#N/A</v></c></row>',
  '<row r="6"><c r="A6" t="str"><v>a</v></c><c r="F6" t="str"><v>beyond</v></c></row>',
  '<row r="7"/>',
];
const book = (rows: readonly string[]): Buffer => workbook({ rows: [...HEAD, ...rows], texts: TEXTS, formats: [0, 164] });

test('a sheet is read by the names in its heading row', () =>
  withFiles({ 'a.xlsx': book(BODY) }, async (folder) => {
    const source = await openXlsx(XLSX, folder);
    assert.deepEqual(source.columns, ['شماره', 'نام', 'اعتبار', 'فعال']);
    const { rows } = await readAll(source);
    await source.close();
    assert.deepEqual(rows, [
      { at: 3, cells: ['99930111', 'کاوه مهندسی', '2026-12-31', 'true'] },
      { at: 5, cells: ['12.5', null, null, null] },
      { at: 6, cells: ['a', null, null, null, null, 'beyond'] },
    ]);
  }));

test('reading goes on behind a row of the same rows, packed anew, and not of others', () => {
  const rows = Array.from({ length: 4000 }, (_, at) => `<row r="${at + 3}"><c r="A${at + 3}"><v>${at}</v></c></row>`);
  const mended = rows.with(3999, '<row r="4002"><c r="A4002"><v>1</v></c></row>');
  const other = rows.with(1, '<row r="4"><c r="A4"><v>77</v></c></row>');
  return withFiles({ 'a.xlsx': book(rows), 'b.xlsx': book(mended), 'c.xlsx': book(other) }, async (folder) => {
    const source = await openXlsx(XLSX, folder);
    const whole = await readAll(source);
    assert.ok(whole.positions.length > 1);
    const [from] = whole.positions;
    const again = await openXlsx({ ...XLSX, file: 'b.xlsx' }, folder);
    assert.ok(await again.mayGoOn(from!));
    const { rows: rest } = await readAll(again, from);
    assert.equal(rest.at(-1)?.cells[0], '1');
    assert.deepEqual(rest.slice(0, -1), whole.rows.slice(whole.rows.length - rest.length, -1));
    const foreign = await openXlsx({ ...XLSX, file: 'c.xlsx' }, folder);
    assert.equal(await foreign.mayGoOn(from!), false);
    await Promise.all([source.close(), again.close(), foreign.close()]);
  });
});

test('what is no workbook, has no such sheet or heading, or ends in the middle is told', () =>
  withFiles(
    {
      'text.xlsx': 'id,name\n',
      'zip.xlsx': zip({ 'a.txt': 'a' }),
      'a.xlsx': book(BODY),
      'cut.xlsx': workbook({ rows: [...HEAD, BODY[0]!, '<row r="4"><c r="A4"><v>5'], texts: TEXTS, formats: [0, 164] }),
    },
    async (folder) => {
      const fault = async (reader: Partial<XlsxReader>): Promise<unknown> => {
        try {
          const source = await openXlsx({ ...XLSX, ...reader }, folder);
          const { refusal, rows } = await readAll(source);
          await source.close();
          return [refusal?.facts['fault'], refusal?.facts['place'], rows.length];
        } catch (error) {
          return error instanceof Refusal ? error.facts['fault'] : error;
        }
      };
      assert.equal(await fault({ file: 'text.xlsx' }), 'not-xlsx');
      assert.equal(await fault({ file: 'zip.xlsx' }), 'not-xlsx');
      assert.equal(await fault({ sheet: 'نیست' }), 'no-sheet');
      assert.equal(await fault({ sheet: 'Empty' }), 'no-header');
      assert.equal(await fault({ headerRow: 4 }), 'no-header');
      assert.deepEqual(await fault({ file: 'cut.xlsx' }), ['cut-off', 'cut.xlsx:4', 1]);
    },
  ));
