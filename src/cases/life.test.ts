// A case's life, command by command: what each gives, what it refuses, and that a repeat changes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import { money } from '#base/money.ts';
import { Refusal, type RefusalCode } from '#base/refusal.ts';
import { ALI, APPROVER, CHECKER, LivedCase, miniPackage, SYSTEM } from '#testing/lived-case.ts';
import { MINI_SERVICE } from '#testing/mini-service.ts';
import type { Command, FileRef } from './types.ts';

const pkg = await miniPackage();
const PLAN: FileRef = { file: 'f1', name: 'plan.pdf', type: 'application/pdf', size: 10, sha256: '0'.repeat(64) };

const refuses =
  (code: RefusalCode, pointer?: string) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code && (pointer === undefined || error.facts['pointer'] === pointer);

function paying(): LivedCase {
  const lived = new LivedCase(pkg);
  lived.submit();
  lived.complete(CHECKER, 'Task_check', { decision: 'complete' });
  return lived;
}

function issued(): LivedCase {
  const lived = paying();
  const payment = lived.state!.payments[0]!;
  lived.give(ALI, { type: 'StartPayment', payment: payment.id, attempt: 'a1' });
  lived.give(SYSTEM, { type: 'RecordPayment', payment: payment.id, attempt: 'a1', result: 'paid', reference: 'r1' });
  lived.complete(APPROVER, 'Task_approve', { decision: 'approve' });
  const wait = lived.wants.find((want) => want.kind === 'service' && want.type === 'dargah:issue')!.id as never;
  const document = { code: 'c1', number: '1', file: 'f', issuedAt: lived.at };
  lived.give(SYSTEM, { type: 'RecordDocument', wait, document });
  assert.deepEqual(lived.give(SYSTEM, { type: 'RecordDocument', wait, document }), []);
  return lived;
}

test('a draft is kept page by page, unchecked or checked, and only what the form asks', () => {
  const lived = new LivedCase(pkg);
  lived.give(ALI, { type: 'SaveDraft', answers: { subject: 'دیوار', other: 1, plan: 'x' }, unchecked: true });
  assert.deepEqual(lived.state!.draft, { subject: 'دیوار' });
  assert.throws(() => lived.give(ALI, { type: 'SaveDraft', answers: { area: 0 } }), refuses('invalid-answers', '/area'));
  lived.give(ALI, { type: 'SaveDraft', answers: { area: '۱۲' }, page: 'application-page' });
  assert.deepEqual(lived.state!.draft, { subject: 'دیوار', area: 12 });
  lived.give(ALI, { type: 'SaveDraft', answers: { area: 13 } });
  assert.equal(lived.state!.draft['area'], 13);
});

test('a file belongs to a field that takes one, and an answer names it by its id', () => {
  const lived = new LivedCase(pkg);
  assert.deepEqual(lived.give(ALI, { type: 'AttachFile', field: 'plan', file: PLAN }), ['FileAttached']);
  assert.throws(() => lived.give(ALI, { type: 'AttachFile', field: 'area', file: PLAN }), refuses('invalid-answers'));
  lived.submit({ subject: 'دیوار', area: 1, plan: { file: 'f1' } });
  const submitted = lived.events.at(-1)!;
  assert.ok(submitted.type === 'ApplicationSubmitted');
  assert.equal((submitted.data.answers['plan'] as FileRef).name, 'plan.pdf');
});

test('a task is claimed, kept from others, released, and none of it twice', () => {
  const lived = new LivedCase(pkg);
  lived.submit();
  const { id: task } = lived.task('Task_check');
  assert.deepEqual(lived.give(CHECKER, { type: 'ReleaseTask', task }), []);
  assert.deepEqual(lived.give(CHECKER, { type: 'ClaimTask', task }), ['TaskClaimed']);
  assert.deepEqual(lived.give(CHECKER, { type: 'ClaimTask', task }), []);
  assert.equal(lived.task('Task_check').assignee, 'checker');
  assert.throws(() => lived.give(APPROVER, { type: 'ClaimTask', task }), refuses('task-taken'));
  assert.deepEqual(lived.give(CHECKER, { type: 'ReleaseTask', task }), ['TaskReleased']);
  assert.equal(lived.task('Task_check').assignee, undefined);
  lived.complete(CHECKER, 'Task_check', { decision: 'complete' });
  assert.throws(() => lived.give(CHECKER, { type: 'ClaimTask', task }), refuses('task-closed'));
});

test('a correction is itemised with reasons, stops the clock, and takes just those items', () => {
  const lived = new LivedCase(pkg);
  lived.submit();
  const ask = (corrections: unknown): void =>
    void lived.complete(CHECKER, 'Task_check', { decision: 'correct', corrections: corrections as never });
  assert.throws(() => ask([]), refuses('invalid-answers', '/corrections'));
  assert.throws(() => ask([{ field: 'none', reason: 'x' }]), refuses('invalid-answers', '/corrections/0/field'));
  assert.throws(() => ask([{ field: 'area', reason: ' ' }]), refuses('invalid-answers', '/corrections/0/reason'));
  ask([{ field: 'area', reason: 'اندازه' }]);
  assert.equal(lived.state!.clock?.state, 'paused');
  assert.throws(() => lived.complete(ALI, 'Task_correct', { subject: 'x' }), refuses('correction-out-of-scope', '/subject'));
  assert.throws(() => lived.complete(ALI, 'Task_correct', { area: 0 }), refuses('invalid-answers', '/area'));
  assert.deepEqual(lived.complete(ALI, 'Task_correct', { area: 20 }), ['CorrectionAnswered']);
  assert.equal(lived.state!.clock?.state, 'running');
  assert.deepEqual(lived.open(), ['Task_check']);
});

test('money is recorded whatever the bank says and however often; what is not owed goes back', () => {
  const lived = paying();
  const payment = lived.state!.payments[0]!;
  const start = (attempt: string): readonly string[] => lived.give(ALI, { type: 'StartPayment', payment: payment.id, attempt });
  const record = (attempt: string, result: 'paid' | 'failed' | 'abandoned', amount = payment.amount): readonly string[] =>
    lived.give(SYSTEM, { type: 'RecordPayment', payment: payment.id, attempt, result, amount, reference: `r-${attempt}` });
  for (const attempt of ['a1', 'a2', 'a3', 'a4']) assert.deepEqual(start(attempt), ['PaymentStarted']);
  assert.deepEqual(start('a1'), []);
  assert.deepEqual(record('a1', 'failed'), ['PaymentFailed']);
  assert.deepEqual(record('a1', 'failed'), []);
  assert.deepEqual(record('a2', 'paid', money('1')), ['RefundOwed']);
  assert.deepEqual(record('a3', 'paid'), ['PaymentReceived']);
  assert.deepEqual(record('a3', 'failed'), []);
  assert.deepEqual(record('a4', 'paid'), ['RefundOwed']);
  assert.throws(() => record('a9', 'paid'), refuses('payment-mismatch'));
  assert.throws(() => start('a5'), refuses('payment-settled'));
  assert.throws(
    () => lived.give(ALI, { type: 'StartPayment', payment: 'none' as never, attempt: 'a' }),
    refuses('payment-settled'),
  );
  assert.deepEqual(
    lived.wants.filter((want) => want.kind === 'refund').map(({ id }) => id),
    ['refund:a2', 'refund:a4'],
  );
  assert.deepEqual(lived.open(), ['Task_approve']);
});

test('a service that fails is an incident, and a case withdrawn leaves nothing open', () => {
  const lived = new LivedCase(pkg);
  lived.submit();
  const late = lived.wants.find((want) => want.kind === 'timer')!;
  assert.ok(late.kind === 'timer');
  const fire: Command = { type: 'FireTimer', wait: late.id as never };
  assert.deepEqual(lived.give(SYSTEM, fire), [], 'it is not due');
  lived.at = late.due;
  assert.deepEqual(lived.give(SYSTEM, fire), ['TimerFired']);
  const wait = lived.wants.find((want) => want.kind === 'service')!.id as never;
  assert.deepEqual(lived.give(SYSTEM, { type: 'RecordFailure', wait, reason: 'no network' }), ['ServiceFailed']);
  assert.deepEqual(lived.give(SYSTEM, { type: 'RecordFailure', wait, reason: 'no network' }), []);
  assert.deepEqual(lived.give(SYSTEM, { type: 'RecordService', wait, result: {} }), []);
  assert.deepEqual(lived.give(ALI, { type: 'WithdrawCase', reason: 'پشیمان شدم' }), ['CaseWithdrawn']);
  assert.deepEqual([lived.state!.status, lived.open(), lived.state!.clock?.state], ['withdrawn', [], 'stopped']);
  const draft = new LivedCase(pkg);
  draft.give(ALI, { type: 'WithdrawCase' });
  assert.deepEqual([draft.state!.status, draft.state!.reason], ['withdrawn', undefined]);
});

test('a document is issued once, revoked once, with a reason, and only where the service allows it', async () => {
  const lived = issued();
  assert.equal(lived.state!.status, 'issued');
  const revoke = (code: string, reason: string): readonly string[] =>
    lived.give(APPROVER, { type: 'RevokeDocument', code, reason });
  assert.throws(() => revoke('other', 'x'), refuses('document-not-found'));
  assert.throws(() => revoke('c1', '  '), refuses('invalid-answers'));
  assert.deepEqual(revoke('c1', 'اشتباه'), ['DocumentRevoked']);
  assert.deepEqual(revoke('c1', 'اشتباه'), []);
  assert.equal(lived.state!.documents[0]?.status, 'revoked');
  const firm = issued();
  firm.pkg = { ...pkg, manifest: { ...pkg.manifest, output: { ...pkg.manifest.output!, revocable: false } } };
  assert.throws(() => firm.give(APPROVER, { type: 'RevokeDocument', code: 'c1', reason: 'x' }), refuses('wrong-state'));
});

test('nobody opens a case for another, nor of a service that is not offered; nothing is before the opening', () => {
  const lived = new LivedCase(pkg);
  const applicant = lived.state!.applicant;
  const fresh = Object.assign(new LivedCase(pkg), { state: undefined });
  assert.throws(() => fresh.give(CHECKER, { type: 'OpenCase', applicant }), refuses('not-permitted'));
  fresh.pkg = { ...pkg, manifest: { ...pkg.manifest, status: 'announced' } };
  assert.throws(() => fresh.give(ALI, { type: 'OpenCase', applicant }), refuses('service-not-offered'));
  lived.at = instant('2026-11-25T09:00:00+03:30');
  assert.throws(() => fresh.submit(), refuses('not-permitted'));
});

/** The mini service with a reminder after two working days of the case’s clock, whatever is at work. */
const reminder = `<bpmn:subProcess id="Remind" triggeredByEvent="true"><bpmn:startEvent id="Remind_start" isInterrupting="false">
  <bpmn:timerEventDefinition id="RemindTimer"><bpmn:extensionElements><dargah:timer workingTime="true" clock="case" /></bpmn:extensionElements><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>
  <bpmn:sequenceFlow id="r1" sourceRef="Remind_start" targetRef="Remind_end" /><bpmn:endEvent id="Remind_end" /></bpmn:subProcess>`;
const drawing = MINI_SERVICE['process.bpmn'] ?? '';
const clocked = await miniPackage({ 'process.bpmn': drawing.replace('</bpmn:process>', `${reminder}</bpmn:process>`) });

test('a timer on the case’s clock does not fire while the clock stands still, and has its time left afterwards', () => {
  const lived = new LivedCase(clocked);
  lived.submit();
  lived.complete(CHECKER, 'Task_check', { decision: 'correct', corrections: [{ field: 'area', reason: 'x' }] });
  const [wait] = Object.keys(lived.state!.held);
  const fire: Command = { type: 'FireTimer', wait: wait as never };
  const told = lived.wants.filter((want) => want.id === wait);
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['timer', 'withdraw'],
  );
  const [first] = told;
  assert.ok(first?.kind === 'timer');
  lived.at = first.due;
  assert.deepEqual(lived.give(SYSTEM, fire), []);
  lived.complete(ALI, 'Task_correct', { area: 20 });
  const again = lived.wants.findLast((want) => want.id === wait);
  assert.ok(again?.kind === 'timer' && again.due > first.due);
  assert.deepEqual(lived.give(SYSTEM, fire), [], 'not yet');
  lived.at = again.due;
  assert.deepEqual(lived.give(SYSTEM, fire), ['TimerFired']);
});
