// docs/conformance.md says what is so: its tests exist, and its tables are those that would be written today.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bpmnPart, DOCUMENT, formatted, writtenTckPart } from './conformance-doc.ts';
import { ELEMENTS } from './conformance-elements.ts';
import { eventTable } from './conformance-events.ts';
import { ROOT } from './database.ts';

test('every element is proven by a test that is there, once', () => {
  const missing = ELEMENTS.filter(({ file, test }) => {
    const source = readFileSync(join(ROOT, 'src', file), 'utf8');
    return source.split(`test('${test}'`).length !== 2;
  });
  assert.deepEqual(missing, []);
});

test('every element is listed once', () => {
  const names = ELEMENTS.map(({ element }) => element);
  assert.deepEqual(names, [...new Set(names)]);
});

test('docs/conformance.md is what npm run conformance writes', async () => {
  const written = readFileSync(DOCUMENT, 'utf8').split('\n');
  const today = (
    await formatted(
      bpmnPart(await eventTable(), () => true),
      writtenTckPart(),
    )
  ).split('\n');
  const stale = written.filter((line) => !today.includes(line));
  const missing = today.filter((line) => !written.includes(line));
  assert.deepEqual({ stale, missing }, { stale: [], missing: [] }, 'run npm run conformance, and commit docs/conformance.md');
  assert.deepEqual(written, today);
});
