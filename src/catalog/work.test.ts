// What the process promises against what the manifest says: a document that is issued, an end that says how, presence that is declared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINI_SERVICE } from '#testing/mini-service.ts';
import { readPackage } from './read.ts';

const manifest = MINI_SERVICE['service.yaml'] ?? '';
const bpmn = MINI_SERVICE['process.bpmn'] ?? '';

/** Findings that the mini service has only with these files. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const codes = async (more: object): Promise<readonly string[]> =>
    (await readPackage({ ...MINI_SERVICE, ...more })).findings.map(({ code, place }) => `${code} ${place}`);
  const usual = await codes({});
  return (await codes(files)).filter((one) => !usual.includes(one));
}

test('a step that issues a document needs one declared', async () => {
  const bare = manifest.replace(/^output:.*$/m, '');
  assert.notEqual(bare, manifest);
  assert.ok((await found({ 'service.yaml': bare })).includes('missing-reference output'));
});

test('some end says what became of the case, and one that refuses says why', async () => {
  const silent = bpmn.replaceAll(/<bpmn:extensionElements><dargah:outcome[^>]*\/><\/bpmn:extensionElements>/g, '');
  assert.ok((await found({ 'process.bpmn': silent })).includes('no-outcome mini'));
  const curt = bpmn.replace('<dargah:outcome status="refused" reason="=reason" />', '<dargah:outcome status="refused" />');
  assert.ok((await found({ 'process.bpmn': curt })).includes('refusal-without-reason End_refused'));
});
