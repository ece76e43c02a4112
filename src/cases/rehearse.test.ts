// An example that does not come true says what was awaited and what came; one that is not of the documented shape is a bug of its writer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '#base/json.ts';
import { ALI, APPROVER, CALENDAR, CHECKER, miniPackage } from '#testing/lived-case.ts';
import { rehearse } from './rehearse.ts';
import type { Stage } from './rehearsal-scene.ts';
import type { Actor } from './types.ts';

const pkg = await miniPackage();
const actors: Readonly<Record<string, Actor>> = { ali: ALI, checker: CHECKER, approver: APPROVER };
const stage: Stage = {
  persona(id) {
    const actor = actors[id];
    return actor && { actor, applicant: { id: actor.person as never, kind: 'citizen', nationalId: 'n', name: id } };
  },
  register: () => undefined,
  calendar: () => CALENDAR,
};

const played = (when: readonly JsonObject[], awaited: JsonObject = {}, of = pkg): readonly string[] =>
  // oxlint-disable-next-line unicorn/no-thenable -- an example says `then`, and nobody awaits it
  rehearse(of, { given: { applicant: 'ali' }, when, then: awaited }, stage).failures;
const SUBMIT = { submit: { subject: 'دیوار', area: 12, plan: 'plan.pdf' } };
const CHECK = { complete: { task: 'Task_check', by: 'checker', answers: { decision: 'complete' } } };
const APPROVE = { complete: { task: 'Task_approve', by: 'approver', answers: { decision: 'approve' } } };

test('a whole case comes true, payments gone wrong with it', () => {
  const pay = ['failed', 'abandoned', 'paid-then-failed'].map((result) => ({ pay: { result } }));
  const then = {
    status: 'issued',
    document: 'valid',
    visits: { city: 0 },
    refunds: 0,
    clock: 'stopped',
    open: [],
    due: '2026-12-08',
  };
  assert.deepEqual(played([SUBMIT, CHECK, ...pay, APPROVE], then), []);
  const revoke = { revoke: { by: 'approver', reason: 'اشتباه' } };
  assert.deepEqual(
    played([SUBMIT, CHECK, { pay: { result: 'paid-twice' } }, APPROVE, revoke], { document: 'revoked', refunds: 1 }),
    [],
  );
});

test('each expectation that did not come true is a line: what was awaited, what came', () => {
  const then = {
    status: 'issued',
    open: ['Task_approve'],
    fee: { total: 5, lines: { base: 5 } },
    document: true,
    reason: 'x',
    colour: 'red',
  };
  assert.deepEqual(played([SUBMIT], then), [
    'then.status: awaited "issued", got "open"',
    'then.open: awaited ["Task_approve"], got ["Task_check"]',
    'then.fee: awaited {"total":5,"lines":{"base":5}}, got {"total":null,"lines":{"base":null}}',
    'then.document: awaited true, got false',
    'then.reason: awaited "x", got ""',
    'then.colour: awaited "red", got "unknown expectation colour"',
  ]);
  assert.deepEqual(played([], { status: 'open' }), ['then.status: awaited "open", got "no case"']);
});

test('a step that is refused stops the example, unless it says so with its code', () => {
  const wrong = { complete: { task: 'Task_approve', by: 'checker' } };
  assert.match(played([SUBMIT, wrong])[0] ?? '', /^when\[1\] complete: refused with task-closed/);
  assert.deepEqual(played([SUBMIT, { refused: { ...wrong, code: 'task-closed' } }], { status: 'open' }), []);
  assert.match(played([SUBMIT, { refused: { ...wrong, code: 'own-case' } }])[0] ?? '', /task-closed .*"awaited":"own-case"/);
  assert.match(played([SUBMIT, { refused: { ...CHECK, code: 'own-case' } }])[0] ?? '', /no refusal/);
  assert.match(played([SUBMIT, { pay: { result: 'paid' } }])[0] ?? '', /payment-settled/);
});

test('time passes in calendar or working days, and timers fire on the way', () => {
  const { notified } = rehearse(pkg, { given: { applicant: 'ali' }, when: [SUBMIT, { advanceWorking: 'P3D' }] }, stage);
  assert.deepEqual(notified, ['late']);
  assert.deepEqual(played([SUBMIT, { advance: 'P1D' }, { withdraw: { by: 'ali' } }], { notified: [], status: 'withdrawn' }), []);
});

test('an example of another shape is thrown out, with what is wrong', () => {
  const throws = (step: unknown, message: RegExp): void => assert.throws(() => played([SUBMIT, step as JsonObject]), message);
  throws('submit', /when\[1\] is not a step/);
  throws({ dance: {} }, /unknown step dance/);
  throws({ refused: { dance: {}, code: 'x' } }, /unknown step dance/);
  throws({ withdraw: { by: 'nobody' } }, /no persona nobody/);
  assert.throws(() => played([SUBMIT, CHECK, { pay: { result: 'maybe' } }]), /unknown payment result maybe/);
  assert.throws(() => played([SUBMIT], {}, { ...pkg, forms: {} }), /no application form/);
});
