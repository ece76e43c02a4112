// The command as scripts use it: exit codes, JSON, and findings that name the place and the mend.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LEDGER_NAME, ROOT } from '#main/compose.ts';
import { openKeys } from '#outside/keys.ts';
import { openRenderer } from '#outside/render.ts';
import { signPdf } from '#outside/sign-pdf.ts';
import { makeReceipt } from '#proofs/receipt.ts';

let folder: string;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'dargah-cli-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

function dargah(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [join(ROOT, 'dist', 'cli', 'dargah.js'), ...args], { encoding: 'utf8', cwd: ROOT });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/** A copy of a real service with one file changed. */
function broken(file: string, from: string, to: string): string {
  const copy = mkdtempSync(join(folder, 'service-'));
  cpSync(join(ROOT, 'services', 'renovation-duty-clearance'), copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(join(copy, file), text.replace(from, to));
  return copy;
}

test('help, an unknown verb, a missing name', () => {
  assert.equal(dargah('--help').code, 0);
  assert.equal(dargah('fly').code, 2);
  assert.equal(dargah('check').code, 2);
  assert.equal(dargah('check', '--what').code, 2);
});

test('both services are good, and every example of theirs comes true', () => {
  const services = ['services/renovation-duty-clearance', 'services/completion-certificate'];
  const checked = dargah('check', ...services, '--json');
  assert.equal(checked.code, 0, checked.out);
  assert.deepEqual(
    JSON.parse(checked.out).map((one: { ok: boolean }) => one.ok),
    [true, true],
  );
  const tested = dargah('test', ...services);
  assert.equal(tested.code, 0, tested.out);
  assert.match(tested.out, /\d{2,} passed, 0 failed/);
});

test('a BPMN file with a missing reference is refused with the element and the mend, in both languages', () => {
  const copy = broken('process.bpmn', 'decisionId="duty"', 'decisionId="nowhere"');
  const { code, out } = dargah('check', copy);
  assert.equal(code, 1);
  assert.match(out, /process\.bpmn \w+ \[.*\][\s\S]*nowhere/);
  assert.match(dargah('check', copy, '--lang', 'fa').out, /[\u0600-\u06ff]/);
});

test('a FEEL typo is refused with its file and place', () => {
  const model = readFileSync(join(ROOT, 'services', 'renovation-duty-clearance', 'process.bpmn'), 'utf8');
  const condition = /<bpmn:conditionExpression[^>]*>(=[^<]+)</.exec(model)?.[1] ?? '';
  const copy = broken('process.bpmn', `>${condition}<`, '>= duty.total + (<');
  const { code, out } = dargah('check', copy, '--json');
  assert.equal(code, 1);
  const [one] = JSON.parse(out);
  assert.ok(
    one.findings.some(
      (each: { file: string; place: string; mend: { en: string } }) =>
        each.file === 'process.bpmn' && each.place !== '' && each.mend.en !== '',
    ),
    out,
  );
});

test('a document and a receipt are good offline; changed by a byte they are not', async () => {
  const data = join(folder, 'data');
  const keys = await openKeys(join(data, 'keys'), LEDGER_NAME);
  const render = openRenderer(join(ROOT, 'documents', 'dargah.typ'));
  const at = '2026-11-24T09:00:00.000Z' as never;
  const template = '#set document(title: "t", date: datetime(year: 2026, month: 11, day: 24))\n= سند';
  const pdf = Buffer.from(
    await signPdf(await render({ template, data: { verify: 'http://localhost/verify/x' }, at }), keys.documents, {
      reason: 'test',
      at,
    }),
  );
  const receipt = await makeReceipt({ case: '1', at, type: 'ApplicationSubmitted' }, new Uint8Array(32), keys.ledger.signer);
  const files = {
    pdf: join(folder, 'a.pdf'),
    changed: join(folder, 'b.pdf'),
    receipt: join(folder, 'a.json'),
    forged: join(folder, 'b.json'),
  };
  writeFileSync(files.pdf, pdf);
  const changed = Buffer.from(pdf);
  changed[200] = (changed[200] ?? 0) ^ 1;
  writeFileSync(files.changed, changed);
  writeFileSync(files.receipt, JSON.stringify(receipt));
  writeFileSync(files.forged, JSON.stringify({ ...receipt, event: { ...receipt.event, case: '2' } }));
  assert.equal(dargah('verify', files.pdf, files.receipt, '--data', data).code, 0);
  for (const file of [files.changed, files.forged, join(folder, 'none.pdf')]) {
    const { code, out } = dargah('verify', file, '--data', data);
    assert.equal(code, 1, out);
  }
  assert.match(dargah('verify', files.changed, '--data', data).out, /changed/);
});
