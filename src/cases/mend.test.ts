// What a process's owner does where a case stands still, and a case taken to another version: judged, logged, folded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal, type RefusalCode } from '#base/refusal.ts';
import { incidents } from '#engine/waits.ts';
import { ALI, APPROVER, CHECKER, LivedCase, miniPackage, OWNER } from '#testing/lived-case.ts';
import { MINI_SERVICE } from '#testing/mini-service.ts';
import { evolve } from './evolve.ts';
import type { ServicePackage } from '#catalog/types.ts';

const BPMN = MINI_SERVICE['process.bpmn'] ?? '';
/** The approval is worked by a unit that nobody has named: an incident. */
const STUCK = {
  'process.bpmn': BPMN.replace(
    '<dargah:executor unit="office" role="officer" />\n        <dargah:separate',
    '<dargah:executor unit="=case.unit" role="officer" />\n        <dargah:separate',
  ),
};
/** The check has another name and another form. */
const RENEWED = {
  'service.yaml': (MINI_SERVICE['service.yaml'] ?? '')
    .replace('version: 1.0.0', 'version: 2.0.0')
    .replace('Task_check', 'Task_review'),
  'process.bpmn': BPMN.replaceAll('Task_check', 'Task_review').replace('formId="check"', 'formId="review"'),
  'review.form': (MINI_SERVICE['check.form'] ?? '').replaceAll('"check', '"review'),
};

const refuses =
  (code: RefusalCode) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code;

const pkg = await miniPackage();

function stuck(of: ServicePackage): LivedCase {
  const lived = new LivedCase(of);
  lived.submit();
  lived.complete(CHECKER, 'Task_check', { decision: 'complete' });
  const payment = lived.state!.payments[0]!.id;
  lived.give(ALI, { type: 'StartPayment', payment, attempt: 'a' });
  lived.give(
    { person: 'system', kind: 'system', assignments: [] },
    { type: 'RecordPayment', payment, attempt: 'a', result: 'paid', reference: 'r' },
  );
  return lived;
}

const incidentOf = (lived: LivedCase): string => incidents(lived.state!.engine!)[0]!.id;

test('an incident is retried, mended or moved by the owner alone, each with a reason', async () => {
  const broken = await miniPackage(STUCK);
  const lived = stuck(broken);
  const incident = incidentOf(lived);
  assert.throws(() => lived.give(CHECKER, { type: 'RetryIncident', incident, reason: 'x' }), refuses('not-permitted'));
  assert.throws(() => lived.give(OWNER, { type: 'RetryIncident', incident, reason: ' ' }), refuses('invalid-answers'));
  assert.throws(() => lived.give(OWNER, { type: 'RetryIncident', incident: 'none', reason: 'x' }), refuses('incident-closed'));
  assert.deepEqual(lived.give(OWNER, { type: 'RetryIncident', incident, reason: 'again' }), ['IncidentRetried']);
  const again = incidentOf(lived);
  const vars = { case: { unit: 'office' } };
  assert.deepEqual(lived.give(OWNER, { type: 'MendData', incident: again, vars, reason: 'named' }), ['DataMended']);
  assert.deepEqual([lived.open(), incidents(lived.state!.engine!)], [['Task_approve'], []]);
  lived.complete(APPROVER, 'Task_approve', { decision: 'approve' });
});

test('a token is moved only to a place that fits', async () => {
  const lived = stuck(await miniPackage(STUCK));
  const incident = incidentOf(lived);
  assert.throws(() => lived.give(OWNER, { type: 'MoveToken', incident, to: 'nowhere', reason: 'x' }), refuses('place-forbidden'));
  assert.deepEqual(lived.give(OWNER, { type: 'MoveToken', incident, to: 'Task_check', reason: 'checked anew' }), ['TokenMoved']);
  assert.deepEqual(lived.open(), ['Task_check']);
});

test('a case goes to another version with its tasks as that describes them, and keeps who holds them', async () => {
  const next = await miniPackage(RENEWED);
  const lived = new LivedCase(pkg);
  lived.submit();
  lived.give(CHECKER, { type: 'ClaimTask', task: lived.task('Task_check').id });
  const migrate = (definition: string, mapping = {}): readonly string[] =>
    lived.give(OWNER, { type: 'MigrateCase', definition, mapping, reason: 'the form was wrong' });
  assert.deepEqual(migrate('first'), [], 'it has that version already');
  assert.throws(() => migrate('second'), refuses('service-not-found'));
  lived.target = { package: next, definition: 'second' };
  assert.throws(() => migrate('second'), refuses('migration-refused'));
  const mapping = { Task_check: 'Task_review' };
  assert.deepEqual(migrate('second', mapping), ['CaseMigrated']);
  const task = lived.task('Task_review');
  assert.deepEqual([task.form, task.assignee, lived.state!.version], ['review', 'checker', '2.0.0']);
  assert.deepEqual(migrate('second', mapping), []);
  lived.pkg = next;
  lived.complete(CHECKER, 'Task_review', { decision: 'complete' });
  assert.equal(lived.state!.payments.length, 1);
});

test('a draft, or a case of another service, is not migrated', () => {
  const lived = new LivedCase(pkg);
  const other = { ...pkg, manifest: { ...pkg.manifest, id: 'other' } };
  const migrate = (): unknown => lived.give(OWNER, { type: 'MigrateCase', definition: 'second', mapping: {}, reason: 'x' });
  lived.target = { package: pkg, definition: 'second' };
  assert.throws(migrate, refuses('wrong-state'));
  lived.submit();
  lived.target = { package: other, definition: 'second' };
  assert.throws(migrate, refuses('wrong-state'));
});

test('facts that cannot have happened are bugs, not refusals', () => {
  const lived = new LivedCase(pkg);
  const opening = lived.events[0]!;
  assert.throws(() => evolve(undefined, { ...opening, type: 'DraftSaved', data: { answers: {} } }, lived.env), TypeError);
  const data = { from: 'first', definition: 'second', version: '2', mapping: {}, reason: 'x' };
  assert.throws(() => evolve(lived.state, { ...opening, type: 'CaseMigrated', data }, lived.env), TypeError);
});
