// Coverage counts lines of code: neither types nor comments make it look better, and a file that no test loads counts as missed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { coverageTable, roomsCovered, type Ran } from './coverage.ts';
import { ROOT } from './database.ts';

const base = (ran: Ran) => roomsCovered(ran).find(({ room }) => room === 'base')!;
const fileOf = (ran: Ran, file: string) => base(ran).files.find((one) => one.file === file)!;

test('types and comments are no lines of code', () => {
  assert.equal(fileOf([], 'src/base/finding.ts').lines, 0);
  const { missed } = fileOf([], 'src/base/decimal.ts');
  const source = readFileSync(join(ROOT, 'src/base/decimal.ts'), 'utf8').split('\n');
  assert.ok(missed.some((line) => source[line - 1]?.includes('precision: 34')));
  assert.ok(missed.every((line) => !/^\/\/|^\/\*\*|^export type/.test(source[line - 1] ?? '')));
});

test('a file that no test loads is missed whole; one of which every line ran is covered', () => {
  const file = 'src/base/decimal.ts';
  const whole = fileOf([], file);
  assert.equal(whole.missed.length, whole.lines);
  const ran = [{ path: join(ROOT, file), lines: whole.missed.map((line) => [line, 1] as const) }];
  assert.deepEqual(fileOf(ran, file).missed, []);
});

test('a room below its share is told with the lines that no test runs, as ranges', () => {
  assert.equal(base([]).isEnough, false);
  const table = coverageTable([base([])], false);
  assert.match(table[1] ?? '', /^ {2}✗ base +0\.00 %/);
  assert.ok(table.some((line) => /src\/base\/decimal\.ts 0\.0 %: \d+(?:–\d+)?(?:, \d+(?:–\d+)?)*$/.test(line)));
});
