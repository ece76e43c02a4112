// What stands still and who mends it; running cases under a new version. On a real database, with everything that must be refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import { instant } from '#base/instant.ts';
import type { CaseId } from '#base/ids.ts';
import { hashPackage } from '#catalog/hash.ts';
import type { PackageFiles } from '#catalog/types.ts';
import type { Command } from '#cases/types.ts';
import { incidents, waits } from '#engine/waits.ts';
import type { WaitId } from '#engine/types.ts';
import { sha256 } from '#main/sha256.ts';
import { publishService } from '#store/catalogue.ts';
import { openPool } from '#store/pool.ts';
import { MINI_SERVICE } from '#testing/mini-service.ts';
import { testRoad } from '#testing/road.ts';
import type { Person, TestRoad } from '#testing/road.ts';
import { migrateCases, rehearseMigration } from './migrate-cases.ts';
import { loadCaseFile } from './views/case-file.ts';
import { openIncidents, overseeCase, ownedServices } from './views/oversight.ts';

let at: TestRoad;
before(async () => void (at = await testRoad()));
after(async () => at.stop());

const refused =
  (code: RefusalCode) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code;

const viewer = ({ actor }: Person) => ({
  actor,
  reader: {
    person: actor.person as string,
    units: actor.assignments.filter((one) => one.role !== 'owner').map((one) => one.unit),
    owns: actor.assignments.filter((one) => one.role === 'owner').map((one) => one.unit),
  },
});

/** A case whose document could not be made: it stands at `Issue`. */
async function stuck(): Promise<{ readonly id: CaseId; readonly incident: string }> {
  const { id, state } = await at.submitted();
  const { checker, approver } = at.people;
  await at.give(id, checker, { type: 'CompleteTask', task: state.tasks[0]!.id, answers: { decision: 'complete' } });
  const payment = (await loadCaseFile(at.road, viewer(at.people.ali), id)).state.payments[0]!;
  await at.give(id, at.people.ali, { type: 'StartPayment', payment: payment.id, attempt: 'a1' });
  const system: Person = { ...checker, actor: { person: 'system', kind: 'system', assignments: [] } };
  const paid = await at.give(id, system, {
    type: 'RecordPayment',
    payment: payment.id,
    attempt: 'a1',
    result: 'paid',
    amount: payment.amount,
    reference: 'r1',
  });
  const approve = await at.give(id, approver, {
    type: 'CompleteTask',
    task: paid.state.tasks[0]!.id,
    answers: { decision: 'approve' },
  });
  const failed = await at.give(id, system, { type: 'RecordFailure', wait: serviceOf(approve.state), reason: 'no paper' });
  return { id, incident: incidents(failed.state.engine!)[0]!.id };
}

function serviceOf({ engine }: { readonly engine?: Parameters<typeof waits>[0] }): WaitId {
  const wait = engine && waits(engine).find((one) => one.kind === 'service');
  assert.ok(wait, 'a service is awaited');
  return wait.wait;
}

test('what stands still is its owner’s to see and to try again, with a reason that the log keeps', async () => {
  const { owner, checker, elsewhere, ali } = at.people;
  const { id, incident } = await stuck();
  const listed = await openIncidents(at.road, viewer(owner), { most: 10 });
  assert.deepEqual(
    listed.filter((one) => one.caseId === id).map(({ element, reason, step }) => [element, reason, step.en]),
    [['Issue', 'error service-failed: no paper', 'Issue']],
  );
  assert.deepEqual(await openIncidents(at.road, viewer(elsewhere), { most: 10 }), [], 'another owner sees none of it');
  assert.deepEqual(await openIncidents(at.road, viewer(checker), { most: 10 }), [], 'nor does who executes');
  const retry: Command = { type: 'RetryIncident', incident, reason: 'paper is there' };
  await assert.rejects(at.give(id, checker, retry), refused('not-permitted'));
  await assert.rejects(at.give(id, elsewhere, retry), refused('not-permitted'));
  await assert.rejects(at.give(id, ali, retry), refused('not-permitted'));
  await assert.rejects(at.give(id, owner, { ...retry, reason: ' ' }), refused('invalid-answers'));
  const key = randomUUID();
  const mended = await at.give(id, owner, retry, key);
  assert.deepEqual((await at.give(id, owner, retry, key)).seq, mended.seq, 'sent twice it is done once');
  assert.deepEqual(incidents(mended.state.engine!), []);
  await assert.rejects(at.give(id, owner, retry), refused('incident-closed'));
  await at.settle();
  const file = await loadCaseFile(at.road, viewer(ali), id);
  assert.equal(file.state.status, 'issued');
  assert.deepEqual(
    file.timeline.filter((one) => one.what === 'IncidentRetried').map((one) => [one.role, one.reason, one.step?.en]),
    [['owner', 'paper is there', 'Issue']],
  );
});

test('an owner sees a case while it stands still, and no longer', async () => {
  const { owner } = at.people;
  const { id, incident } = await stuck();
  const { file, marks, mayMend, incidents: shown } = await overseeCase(at.road, viewer(owner), id);
  assert.deepEqual([file.id, marks['Issue'], mayMend], [id, { state: 'failed', count: 1 }, true]);
  assert.ok(shown[0]!.places.some((one) => one.id === 'Task_approve'));
  assert.equal((shown[0]!.variables['application'] as { subject?: string }).subject, 'دیوار');
  const moved = await at.give(id, owner, { type: 'MoveToken', incident, to: 'Task_approve', reason: 'approve anew' });
  assert.deepEqual(
    moved.state.tasks.map((one) => one.element),
    ['Task_approve'],
  );
  await assert.rejects(overseeCase(at.road, viewer(owner), id), refused('case-not-found'));
});

test('data are corrected where the step failed; a place outside its scope is refused', async () => {
  const { owner, ali } = at.people;
  const { id, incident } = await stuck();
  await assert.rejects(at.give(id, owner, { type: 'MoveToken', incident, to: 'Late', reason: 'x' }), refused('place-forbidden'));
  await at.give(id, owner, {
    type: 'MendData',
    incident,
    vars: { application: { subject: 'باغ', area: 12 } },
    reason: 'misspelt',
  });
  await at.settle();
  const { state, variables } = await loadCaseFile(at.road, viewer(ali), id);
  assert.equal(state.status, 'issued');
  assert.deepEqual(variables['application'], { subject: 'باغ', area: 12 });
});

async function publish(files: PackageFiles, version: string, published: string): Promise<string> {
  const pool = openPool(at.migratorUrl, { max: 1 });
  const definition = hashPackage(files, sha256);
  const row = { definition, service: 'mini', version, files, author: 'a', approver: 'b', at: instant(published) };
  await publishService(pool, row);
  await pool.end();
  await at.road.catalogue.refresh();
  return definition;
}

const renamed = (from: string, to: string): PackageFiles => ({
  ...MINI_SERVICE,
  'service.yaml': MINI_SERVICE['service.yaml']!.replaceAll(from, to).replace('1.0.0', '2.0.0'),
  'process.bpmn': MINI_SERVICE['process.bpmn']!.replaceAll(`"${from}"`, `"${to}"`),
});

test('running cases go over to the version in force: rehearsed first, and none that would lose its work', async () => {
  const { owner, checker, elsewhere } = at.people;
  const first = await at.submitted();
  const second = await at.submitted();
  const from = first.state.definition;
  const to = await publish(renamed('Task_check', 'Task_review'), '2.0.0', '2026-02-01T00:00:00Z');
  const way = { service: 'mini', from, mapping: {} };
  await assert.rejects(rehearseMigration(at.road, viewer(elsewhere), way, { most: 50 }), refused('not-permitted'));
  const lost = await rehearseMigration(at.road, viewer(owner), way, { most: 50 });
  assert.deepEqual(
    lost.refused.filter((one) => one.id === first.id).map((one) => one.findings.map((each) => `${each.code} ${each.place}`)),
    [['migration-element-gone Task_check']],
  );
  const reason = 'the new form';
  const still = await migrateCases(at.road, viewer(owner), { ...way, reason, key: randomUUID() }, { most: 50 });
  assert.ok(still.refused.some((one) => one.id === first.id));
  const mapped = { ...way, mapping: { Task_check: 'Task_review' } };
  const rehearsed = await rehearseMigration(at.road, viewer(owner), mapped, { most: 50 });
  assert.deepEqual(rehearsed.refused, []);
  assert.ok(rehearsed.moves.some((one) => one.from === 'Task_check' && one.to === 'Task_review' && one.tokens >= 2));
  assert.deepEqual(
    (await ownedServices(at.road, viewer(owner)))[0]!.versions.map((one) => one.version),
    ['2.0.0', '1.0.0'],
  );
  const key = randomUUID();
  const went = await migrateCases(at.road, viewer(owner), { ...mapped, reason, key }, { most: 50 });
  assert.deepEqual([went.to, went.refused], [to, []]);
  const { state } = await at.give(second.id, checker, {
    type: 'CompleteTask',
    task: first.state.tasks[0]!.id,
    answers: { decision: 'complete' },
  });
  assert.deepEqual([state.definition, state.version, state.done.map((one) => one.element)], [to, '2.0.0', ['Task_review']]);
  assert.deepEqual(
    (await ownedServices(at.road, viewer(owner)))[0]!.versions.filter((one) => one.version === '1.0.0'),
    [],
    'no case runs under the old version',
  );
  const again = await migrateCases(at.road, viewer(owner), { ...mapped, reason, key }, { most: 50 });
  assert.equal(again.moved, 0);
});
