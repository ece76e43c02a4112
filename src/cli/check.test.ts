// `dargah check` of a model alone: what it finds is said with place, reason and mend, drawn as a path, and given to programs as JSON.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Finding } from '#base/finding.ts';
import { ROOT } from '#main/compose.ts';
import { drawn, el, path, when } from '#engine/play.test.ts';
import { check } from './check.ts';
import type { Options } from './outcome.ts';

const OPTIONS: Options = {
  time: false,
  json: false,
  language: 'en',
  languages: ['en'],
  data: undefined,
  key: undefined,
  authority: undefined,
  inputs: [],
  property: undefined,
  date: undefined,
};

let folder: string;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'dargah-check-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const at = join(folder, name);
  writeFileSync(at, text);
  return at;
}

const CHOICE = [
  el('startEvent', 'S'),
  el('exclusiveGateway', 'X', { default: 'X_B' }),
  el('userTask', 'A'),
  el('userTask', 'B'),
  path('S X B J E'),
  when('X', 'A', '=case.urgent = true'),
  path('A J'),
  el('endEvent', 'E'),
];

test('a sound model alone is good', async () => {
  const { ok, lines } = await check([file('sound.bpmn', drawn(...CHOICE, el('exclusiveGateway', 'J')))], OPTIONS);
  assert.ok(ok, lines.join('\n'));
  assert.match(lines[0]!, /sound\.bpmn: good, 0 warnings$/);
});

test('an unsound one is refused with its counterexample', async () => {
  const name = file('deadlock.bpmn', drawn(...CHOICE, el('parallelGateway', 'J')));
  const { ok, lines, result } = await check([name], { ...OPTIONS, time: true });
  assert.ok(!ok);
  assert.ok(lines.some((line) => line.includes('deadlock.bpmn J [deadlock]')));
  assert.ok(
    lines.some((line) => line.includes('(S) S -> <X> X -> [A] B -> <+> J x waits for ever for: A')),
    lines.join('\n'),
  );
  assert.match(lines.at(-1)!, /^[\d.]+ ms$/);
  const [told] = result as readonly { readonly ok: boolean; readonly findings: readonly Finding[] }[];
  assert.equal(told?.ok, false);
  assert.deepEqual(
    told?.findings.map((one) => one.path?.at(-1)),
    ['B_J'],
  );
});

test('the folder of an inquiry type is checked like a service’s, and against the city', async () => {
  const good = await check(['inquiries/fire-safety'], OPTIONS);
  assert.ok(good.ok, good.lines.join('\n'));
  assert.match(good.lines[0]!, /^inquiries\/fire-safety: good · \d+\.\d+\.\d+ · [0-9a-f]{12}, 0 warnings$/);
  const copy = join(folder, 'fire-safety');
  cpSync(join(ROOT, 'inquiries/fire-safety'), copy, { recursive: true });
  const yaml = join(copy, 'inquiry.yaml');
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('unit: fire-service', 'unit: no-such-unit'));
  const bad = await check([copy], OPTIONS);
  assert.ok(!bad.ok && bad.lines.some((line) => /responders\.\d \[unknown-unit\]/.test(line)), bad.lines.join('\n'));
});

test('what is not there, and what is no model, are findings', async () => {
  const { ok, lines } = await check(
    [join(folder, 'nowhere.bpmn'), file('broken.bpmn', '<x'), file('broken.dmn', '<x/>')],
    OPTIONS,
  );
  assert.ok(!ok);
  assert.match(lines.join('\n'), /no-folder[\s\S]*xml-unreadable[\s\S]*dmn-/);
});
