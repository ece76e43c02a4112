// The public DMN TCK: all of level 2, and level 3 but for functions written in Java.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { runTck } from '#testing/tck.ts';

function tckFolder(level: 2 | 3): string | undefined {
  for (let at = import.meta.dirname; dirname(at) !== at; at = dirname(at)) {
    const path = join(at, '../shared/conformance/dmn-tck', `compliance-level-${level}`);
    if (existsSync(path)) return path;
  }
  return undefined;
}

const skip = (level: 2 | 3): string | false =>
  tckFolder(level) ? false : 'the TCK is not beside the project (../shared/conformance/dmn-tck)';

test('every case of compliance level 2 passes', { skip: skip(2) }, () => {
  const { passed, total, java, folders } = runTck(tckFolder(2)!);
  assert.deepEqual(
    folders.flatMap(({ failures }) => failures),
    [],
  );
  assert.deepEqual([passed, java], [total, 0]);
});

test('every case of compliance level 3 passes but those that call Java', { skip: skip(3) }, (context) => {
  const { passed, total, java, folders } = runTck(tckFolder(3)!);
  context.diagnostic(`level 3: ${passed} of ${total}, ${java} call Java`);
  assert.deepEqual(
    folders.flatMap(({ failures }) => failures),
    [],
  );
  assert.equal(passed + java, total);
});
