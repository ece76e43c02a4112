// `dargah load` as a process of its own: killed with -9 and begun again, rehearsed, its rejects mended, a configuration that is wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Pool } from 'pg';
import { openPool } from '#store/pool.ts';
import { testDatabase } from '#testing/database.ts';
import type { TestDatabase } from '#testing/database.ts';
import { withFiles } from '#testing/source-files.ts';

let database: TestDatabase;
let owner: Pool;
before(async () => {
  database = await testDatabase();
  owner = openPool(database.migratorUrl, { max: 1 });
});
after(async () => {
  await owner.end();
  await database.drop();
});

function start(folder: string, ...more: readonly string[]): ChildProcess {
  const { migratorUrl: DATABASE_URL, appUrl: APP_DATABASE_URL } = database;
  return spawn(process.execPath, [join(import.meta.dirname, 'dargah.js'), 'load', ...more, '--data', join(folder, 'data')], {
    cwd: folder,
    env: { ...process.env, DARGAH_CWD: folder, DATABASE_URL, APP_DATABASE_URL },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(folder: string, ...more: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const child = start(folder, ...more);
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => (text += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (text += piece.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, text };
}

const YAML = `
id: people
kind: person
owner: portal-steward
title: { fa: آدم‌ها, en: People }
reader: { by: csv, file: a.csv }
key: id
asOf: 2026-10-01
columns:
  id: { field: number, type: number, required: true }
  name: { field: givenName, type: given-name, required: true }
`;
const csv = (count: number): string =>
  `id,name\n${Array.from({ length: count }, (_, at) => `${at + 1},نام ${at + 1}`).join('\n')}\n`;

const total = async (): Promise<number> =>
  (await owner.query<{ n: number }>('select count(*)::int as n from source_record')).rows[0]?.n ?? 0;

test('killed with -9 in the middle it goes on where it was, and nothing is there twice', () =>
  withFiles({ 'people.yaml': YAML, 'a.csv': csv(80_000) }, async (folder) => {
    const child = start(folder, 'people.yaml');
    for (;;) {
      const { rows } = await owner.query(`select 1 from source_load where rows_read > 0`);
      if (rows.length > 0) break;
      await new Promise((done) => setTimeout(done, 10));
    }
    child.kill('SIGKILL');
    await once(child, 'close');
    const held = await total();
    assert.ok(held > 0 && held < 80_000, `${held} were there`);
    const { code, text } = await run(folder, 'people.yaml');
    assert.equal(code, 0, text);
    assert.match(
      text,
      /people: 80000 rows read; 80000 new, 0 changed, 0 unchanged, 0 rejected, 0 gone\nIt went on where it was\./,
    );
    assert.equal(await total(), 80_000);
    assert.equal((await owner.query('select 1 from source_record_before')).rowCount, 0);
  }));

test('it is rehearsed, its rejects are written, mended and loaded', () =>
  withFiles({ 'people.yaml': YAML, 'a.csv': 'id,name\n1,نام 1\n2,\n' }, async (folder) => {
    const rehearsed = await run(folder, 'people.yaml', '--dry-run', '--accept-gone', '--rejects', 'rehearsed.csv');
    assert.equal(rehearsed.code, 1);
    assert.match(rehearsed.text, /1 unchanged, 1 rejected, 79998 gone\nThis was a rehearsal: nothing was written\./);
    assert.equal(await total(), 80_000);
    const shrunk = await run(folder, 'people.yaml', '--rejects', 'rejects.csv');
    assert.equal(shrunk.code, 1);
    assert.match(shrunk.text, /79998 of 80000 records are no longer in the source/);
    const rejects = await readFile(join(folder, 'rejects.csv'), 'utf8');
    assert.equal(rejects, '\uFEFF_line,_reason,id,name\r\na.csv:3,name: it is required and empty,2,\r\n');
    assert.equal(await readFile(join(folder, 'rehearsed.csv'), 'utf8'), rejects);
    await writeFile(join(folder, 'rejects.csv'), rejects.replace('2,\r', '2,مریم\r'));
    const mended = await run(folder, 'people.yaml', '--mended', 'rejects.csv');
    assert.equal(mended.code, 0, mended.text);
    assert.match(mended.text, /1 rows read; 0 new, 1 changed, 0 unchanged, 0 rejected, 0 gone/);
    await owner.query('truncate source_record, source_load');
  }));

test('what is wrong with a configuration is told with its place and mend', () =>
  withFiles({ 'people.yaml': YAML.replace('type: given-name', 'type: name') }, async (folder) => {
    const { code, text } = await run(folder, 'people.yaml', '--lang', 'fa');
    assert.equal(code, 1);
    assert.match(text, /people\.yaml columns\.name\.type: نوع ستون شناخته نیست\./);
    assert.equal((await run(folder, 'nothing.yaml')).code, 1);
  }));
