// A counterexample as a person reads it: in the words of the model, a line for each branch, within the width, in ASCII where asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkModel } from '#engine/check.ts';
import { definitions, el, path, process, when } from '#engine/play.test.ts';
import { readModel } from '#engine/read.ts';
import { drawPath, type Drawn } from './draw-path.ts';

const ENGLISH: Drawn = { language: 'en', unicode: true, width: 120 };
const named = (type: string, id: string, name: string, more: Record<string, string> = {}): string =>
  el(type, id, { name, ...more });

async function drawn(how: Drawn, ...parts: readonly string[]): Promise<readonly string[]> {
  const { model } = await readModel(definitions(process('P', ...parts)));
  assert.ok(model);
  const finding = checkModel(model).find((one) => one.path !== undefined);
  assert.ok(finding);
  return drawPath(finding, model, how);
}

const DEADLOCK = [
  named('startEvent', 'S', 'Start'),
  named('exclusiveGateway', 'X', 'Paid?', { default: 'X_B' }),
  named('userTask', 'A', 'Review'),
  named('userTask', 'B', 'Send'),
  named('parallelGateway', 'J', 'Join'),
  el('endEvent', 'E'),
  path('S X B J E'),
  when('X', 'A', '=not(paid)').replace('<bpmn:sequenceFlow', '<bpmn:sequenceFlow name="no"'),
  path('A J'),
];

test('a deadlock is drawn to the join, with what it waits for', async () => {
  assert.deepEqual(await drawn(ENGLISH, ...DEADLOCK), [
    '(S) Start ─→ <X> Paid? ─→ [A] Send ─→ <+> Join ✗ waits for ever for: Review',
  ]);
});

test('where no more than ASCII is wanted, nothing else is written', async () => {
  assert.deepEqual(await drawn({ ...ENGLISH, unicode: false }, ...DEADLOCK), [
    '(S) Start -> <X> Paid? -> [A] Send -> <+> Join x waits for ever for: Review',
  ]);
});

test('a line too long is broken before an arrow', async () => {
  const lines = await drawn({ ...ENGLISH, width: 40 }, ...DEADLOCK);
  assert.deepEqual(lines, ['(S) Start ─→ <X> Paid? ─→ [A] Send', '    ─→ <+> Join ✗ waits for ever for: Review']);
});

const DOUBLED = [
  named('startEvent', 'S', 'آغاز'),
  named('parallelGateway', 'F', 'هر دو'),
  named('userTask', 'A', 'بازدید'),
  named('userTask', 'B', 'بررسی'),
  named('userTask', 'C', 'صدور'),
  el('exclusiveGateway', 'X'),
  el('endEvent', 'E'),
  path('S F A X C E'),
  path('F B X'),
];

test('branches are lines of their own, Persian names keep to themselves', async () => {
  const [first, second, ...more] = await drawn({ ...ENGLISH, language: 'fa' }, ...DOUBLED);
  assert.deepEqual(more, []);
  assert.equal(first, '(S) \u2068آغاز\u2069 ─→ <+> \u2068هر دو\u2069 ─→ [A] \u2068بازدید\u2069 ─→ <X> X ─→ [A] \u2068صدور\u2069');
  assert.match(second ?? '', /^<\+> \u2068هر دو\u2069 ─→ .* ─→ \[A\] \u2068صدور\u2069 ✗ دو بار و هم‌زمان$/u);
});

test('the words on a flow stand on its arrow', async () => {
  const parts = [
    named('startEvent', 'S', 'Start'),
    el('parallelGateway', 'F'),
    el('parallelGateway', 'J'),
    named('exclusiveGateway', 'X', 'Whole?', { default: 'X_J' }),
    named('userTask', 'A', 'Visit'),
    named('endEvent', 'E1', 'Refused'),
    el('endEvent', 'E'),
    path('S F A J E'),
    path('F X J'),
    when('X', 'E1', '=not(whole)'),
  ];
  const lines = await drawn(ENGLISH, ...parts);
  assert.ok(
    lines.some((line) => line.endsWith('─→ <+> J ✗ is left behind for ever for: Whole?')),
    lines.join('\n'),
  );
  assert.ok(
    lines.some((line) => line.includes('<X> Whole? ─[=not(whole)]─→ (E) Refused')),
    lines.join('\n'),
  );
});
