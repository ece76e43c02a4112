// A package that was published stays usable whatever checks come later: cases live under it. One that cannot run at all is still none.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPackage } from './read.ts';

const FOLDER = join(import.meta.dirname, '../../services/renovation-duty-clearance');
const FILES = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.includes('.'))
    .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
);

const without = (file: string, what: string | RegExp): Readonly<Record<string, string>> => {
  const text = FILES[file] ?? '';
  const after = text.replace(what, '');
  assert.notEqual(after, text);
  return { ...FILES, [file]: after };
};

test('what today’s checks refuse still runs where it was published before they came', async () => {
  for (const files of [
    without('duty.dmn', '<text>{ mode: "half up", unit: 1 }</text>'),
    without('service.yaml', /^retention:.*$/m),
    without('process.bpmn', / default="[^"]*"/),
  ]) {
    const before = await readPackage(files, { isPublished: true });
    assert.ok(before.package, JSON.stringify(before.findings.map((one) => one.code)));
    assert.ok(before.package.process.elements.length > 5);
  }
  assert.equal((await readPackage(without('duty.dmn', '<text>{ mode: "half up", unit: 1 }</text>'))).package, undefined);
});

test('a published package that cannot be read at all is none', async () => {
  for (const files of [{ ...FILES, 'process.bpmn': '<no' }, { ...FILES, 'service.yaml': ': : :' }, {}])
    assert.equal((await readPackage(files, { isPublished: true })).package, undefined);
});
