// The road on a real database: once and only once, under races, repeats and hostile actors; and what the database itself refuses.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import { instant } from '#base/instant.ts';
import type { WaitId } from '#engine/types.ts';
import { listEvents } from '#store/cases.ts';
import { readAs } from '#store/read-as.ts';
import { testRoad } from '#testing/road.ts';
import type { TestRoad } from '#testing/road.ts';
import { open } from './perform.ts';
import { settlePayment, beginPayment } from './pay.ts';
import { loadReceipt } from './receipt.ts';
import { sequenceLeaves } from './sequencer.ts';
import { verifyReceipt } from '#proofs/receipt.ts';
import { loadCaseFile } from './views/case-file.ts';
import { worklist } from './views/lists.ts';
import { verifyDocument } from './views/public.ts';

let at: TestRoad;
before(async () => void (at = await testRoad()));
after(async () => at.stop());

function refused(code: RefusalCode): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.code === code;
}

const taskOf = (state: { readonly tasks: readonly { readonly id: WaitId }[] }): WaitId => {
  const task = state.tasks[0];
  assert.ok(task, 'a task is open');
  return task.id;
};
const COMPLETE = { decision: 'complete' };
const reader = (person: string, ...units: string[]) => ({ person, units });

test('one intent opens one case, however often it is sent at once', async () => {
  const { actor, applicant } = at.people.ali;
  const key = randomUUID();
  const asked = Array.from({ length: 8 }, () =>
    open(at.road, { actor, key, service: 'mini', command: { type: 'OpenCase', applicant } }),
  );
  const ids = new Set((await Promise.all(asked)).map((one) => one.id));
  assert.equal(ids.size, 1);
});

test('a repeated command changes nothing and answers as the first time', async () => {
  const { id, state } = await at.submitted();
  const command = { type: 'CompleteTask', task: taskOf(state), answers: COMPLETE } as const;
  const key = randomUUID();
  const first = await at.give(id, at.people.checker, command, key);
  const again = await at.give(id, at.people.checker, command, key);
  assert.equal(again.seq, first.seq);
  assert.deepEqual(again.state, first.state);
  await assert.rejects(
    at.give(id, at.people.checker, { ...command, answers: { decision: 'refuse' } }, key),
    refused('key-reused'),
  );
});

test('a key opens nothing to somebody else: they are refused as if it had never been used', async () => {
  const { id, state } = await at.submitted();
  const command = { type: 'CompleteTask', task: taskOf(state), answers: COMPLETE } as const;
  const key = randomUUID();
  await at.give(id, at.people.checker, command, key);
  await assert.rejects(at.give(id, at.people.sara, command, key), refused('task-closed'));
  await assert.rejects(at.give(id, at.people.sara, { type: 'WithdrawCase' }, key), refused('not-permitted'));
});

test('two officers on one task: one has it, the other is told so', async () => {
  const { id, state } = await at.submitted();
  const task = taskOf(state);
  const both = await Promise.allSettled([
    at.give(id, at.people.checker, { type: 'ClaimTask', task }),
    at.give(id, at.people.approver, { type: 'ClaimTask', task }),
  ]);
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
  const lost = both.find((one) => one.status === 'rejected');
  assert.ok(refused('task-taken')(lost?.reason));
});

test('many callers on one case: every command lands once, in one order', async () => {
  const { actor, applicant } = at.people.ali;
  const { id } = await open(at.road, { actor, key: randomUUID(), service: 'mini', command: { type: 'OpenCase', applicant } });
  const save = (n: number) =>
    at.give(id, at.people.ali, { type: 'SaveDraft', answers: { subject: `نوبت ${n}` }, unchecked: true });
  // As many as retries allow for: each loser sees a newer state and tries again.
  await Promise.all(Array.from({ length: 6 }, (_, n) => save(n)));
  const events = await readAs(at.road.readers, reader('ali'), (client) => listEvents(client, id));
  assert.deepEqual(
    events.map((one) => one.seq),
    Array.from({ length: 7 }, (_, n) => n + 1),
  );
});

test('own case, another unit, the same person twice: refused, and written down', async () => {
  const { id, state } = await at.submitted();
  const task = taskOf(state);
  await assert.rejects(at.give(id, at.people.stranger, { type: 'ClaimTask', task }), refused('other-unit'));
  await assert.rejects(at.give(id, at.people.sara, { type: 'CompleteTask', task, answers: COMPLETE }), refused('not-permitted'));
  await assert.rejects(at.give(id, at.people.ali, { type: 'CompleteTask', task, answers: COMPLETE }), refused('own-case'));
  const done = await at.give(id, at.people.checker, { type: 'CompleteTask', task, answers: COMPLETE });
  const payment = done.state.payments[0];
  assert.ok(payment);
  const { attempt } = await beginPayment(at.road, id, { actor: at.people.ali.actor, key: randomUUID(), payment: payment.id });
  await at.road.pool.query(`update sandbox_payment set status = 'paid', reference = 'r1' where attempt = $1`, [attempt]);
  const paid = await settlePayment(at.road, id, attempt);
  await assert.rejects(
    at.give(id, at.people.checker, { type: 'CompleteTask', task: taskOf(paid), answers: { decision: 'approve' } }),
    refused('same-person'),
  );
  const { rows } = await at.road.pool.query<{ code: string }>(`select code from denial where case_id = $1 order by denial_id`, [
    id,
  ]);
  assert.deepEqual(
    rows.map((row) => row.code),
    ['other-unit', 'not-permitted', 'own-case', 'same-person'],
  );
});

test('the database itself refuses own case and four eyes, and changes no fact', async () => {
  const { id, state } = await at.submitted();
  const raw = new pg.Client({ connectionString: at.appUrl, options: '-c dargah.scope=road' });
  await raw.connect();
  try {
    await assert.rejects(raw.query(`update task set assignee = applicant where case_id = $1`, [id]), /own_case/);
    await assert.rejects(
      raw.query(
        `update task set status = 'done', completed_by = 'checker', barred = '{checker}' where case_id = $1 and task_id = $2`,
        [id, taskOf(state)],
      ),
      /four_eyes/,
    );
    await assert.rejects(raw.query(`update case_event set data = '{}' where case_id = $1`, [id]), /permission denied/);
    await assert.rejects(raw.query(`delete from case_event where case_id = $1`, [id]), /permission denied/);
    await assert.rejects(raw.query(`update ledger_leaf set leaf = ''`), /permission denied/);
    await assert.rejects(raw.query(`create table x (y int)`), /permission denied/);
    await assert.rejects(raw.query(`select 1 from case_event_other`), /permission denied/);
  } finally {
    await raw.end();
  }
});

test('nobody reads what is not theirs: not the neighbour, not another unit, not a bare connection', async () => {
  const { id } = await at.submitted();
  const seen = (person: string, ...units: string[]) =>
    readAs(at.road.readers, reader(person, ...units), async (client) => {
      const counts = await client.query<{ n: number }>(
        `select (select count(*) from case_state where case_id = $1)::int + (select count(*) from case_event where case_id = $1)::int
           + (select count(*) from task where case_id = $1)::int as n`,
        [id],
      );
      return counts.rows[0]?.n;
    });
  assert.equal(await seen('sara'), 0);
  assert.equal(await seen('stranger', 'elsewhere'), 0);
  assert.equal(await seen('ali'), 4);
  assert.equal(await seen('checker', 'office'), 4);
  const bare = await at.road.readers.query(`select 1 from case_state where case_id = $1`, [id]);
  assert.equal(bare.rowCount, 0);
  await assert.rejects(
    loadCaseFile(at.road, { reader: reader('sara'), actor: at.people.sara.actor }, id),
    refused('case-not-found'),
  );
});

test('a paid attempt never fails afterwards, and money paid twice is owed back', async () => {
  const { id, state } = await at.submitted();
  const { state: checked } = await at.give(id, at.people.checker, {
    type: 'CompleteTask',
    task: taskOf(state),
    answers: COMPLETE,
  });
  const payment = checked.payments[0];
  assert.ok(payment);
  const pay = (key: string) => beginPayment(at.road, id, { actor: at.people.ali.actor, key, payment: payment.id });
  const [one, two, same] = [await pay('a'), await pay('b'), await pay('a')];
  assert.equal(same.attempt, one.attempt);
  const settle = async (attempt: string, status: string) => {
    await at.road.pool.query(`update sandbox_payment set status = $2, reference = $3 where attempt = $1`, [
      attempt,
      status,
      `ref-${attempt}`,
    ]);
    return settlePayment(at.road, id, attempt);
  };
  await settle(one.attempt, 'failed');
  await settle(one.attempt, 'paid');
  const after = await settle(one.attempt, 'failed');
  assert.equal(after.payments[0]?.status, 'paid');
  const twice = await settle(two.attempt, 'paid');
  assert.equal(twice.payments[0]?.attempts.filter((each) => each.result === 'paid').length, 2);
  await at.settle();
  const { rows } = await at.road.pool.query<{ refunded: boolean }>(`select refunded from sandbox_payment where attempt = $1`, [
    two.attempt,
  ]);
  assert.equal(rows[0]?.refunded, true);
});

test('from submission to a document anybody verifies, with a receipt that checks offline; then revoked', async () => {
  const { id, state } = await at.submitted();
  const list = await worklist(at.road, { reader: reader('checker', 'office'), actor: at.people.checker.actor }, { most: 200 });
  assert.ok(list.some((row) => row.caseId === id));
  const { state: checked } = await at.give(id, at.people.checker, {
    type: 'CompleteTask',
    task: taskOf(state),
    answers: COMPLETE,
  });
  const payment = checked.payments[0];
  assert.ok(payment);
  const { attempt } = await beginPayment(at.road, id, { actor: at.people.ali.actor, key: 'k', payment: payment.id });
  await at.road.pool.query(`update sandbox_payment set status = 'paid', reference = 'r' where attempt = $1`, [attempt]);
  const paid = await settlePayment(at.road, id, attempt);
  await at.give(id, at.people.approver, { type: 'CompleteTask', task: taskOf(paid), answers: { decision: 'approve' } });
  await at.settle();
  const file = await loadCaseFile(at.road, { reader: reader('ali'), actor: at.people.ali.actor }, id);
  assert.equal(file.state.status, 'issued');
  const document = file.state.documents[0];
  assert.ok(document);
  const shown = await verifyDocument(at.road, document.code.toUpperCase());
  assert.equal(shown.status, 'valid');
  assert.deepEqual(Object.keys(shown).sort(), [
    'code',
    'issuedAt',
    'kind',
    'number',
    'revokedAt',
    'service',
    'status',
    'titleEn',
    'titleFa',
    'validUntil',
  ]);
  const receipt = await loadReceipt(at.road, reader('ali'), id);
  assert.equal((await verifyReceipt(receipt as never, at.road.ports.ledger.verifier)).ok, true);
  while ((await sequenceLeaves(at.road)) > 0);
  const proven = await loadReceipt(at.road, reader('ali'), id);
  assert.deepEqual(
    { ...(await verifyReceipt(proven as never, at.road.ports.ledger.verifier)), event: undefined },
    { ok: true, findings: [], included: true, event: undefined },
  );
  await at.give(id, at.people.approver, { type: 'RevokeDocument', code: document.code, reason: 'اشتباه در متراژ' });
  assert.equal((await verifyDocument(at.road, document.code)).status, 'revoked');
});

test('a timer in working time fires when it is due, and stands still while a correction is asked', async () => {
  at.setNow(instant('2026-11-24T05:30:00Z'));
  const { id, state } = await at.submitted();
  await at.give(id, at.people.checker, {
    type: 'CompleteTask',
    task: taskOf(state),
    answers: { decision: 'correct', corrections: [{ field: 'subject', reason: 'روشن نیست' }] },
  });
  at.setNow(instant('2026-12-24T05:30:00Z'));
  await at.settle();
  const corrected = await loadCaseFile(at.road, { reader: reader('ali'), actor: at.people.ali.actor }, id);
  assert.equal(corrected.state.clock?.state, 'paused');
  assert.ok(!corrected.timeline.some((entry) => entry.what === 'TimerFired'));
  await assert.rejects(
    at.give(id, at.people.ali, { type: 'CompleteTask', task: taskOf(corrected.state), answers: { area: 99 } }),
    refused('correction-out-of-scope'),
  );
  const { state: back } = await at.give(id, at.people.ali, {
    type: 'CompleteTask',
    task: taskOf(corrected.state),
    answers: { subject: 'دیوار شرقی' },
  });
  assert.equal(back.clock?.state, 'running');
  at.setNow(instant('2027-01-24T05:30:00Z'));
  await at.settle();
  const late = await loadCaseFile(at.road, { reader: reader('ali'), actor: at.people.ali.actor }, id);
  assert.ok(late.timeline.some((entry) => entry.what === 'TimerFired'));
});
