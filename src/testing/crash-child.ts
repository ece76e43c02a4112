// A process that takes one case from draft to document, telling each acknowledged step, until DARGAH_CRASH kills it somewhere.
// Run again it sends the same intents with the same keys: what a browser, a program or a ticker does after a crash.
import { writeSync } from 'node:fs';
import type { WaitId } from '#engine/types.ts';
import type { CaseState, Command } from '#cases/types.ts';
import { beginPayment, settlePayment } from '#work/pay.ts';
import { open, perform } from '#work/perform.ts';
import { sequenceLeaves } from '#work/sequencer.ts';
import { tick } from '#work/tick.ts';
import { composeToCrash } from './crash-portal.ts';
import { PEOPLE } from './road.ts';
import type { Person } from './road.ts';

const { road, bank, stop } = await composeToCrash();

function acknowledge(step: string, seq: number): void {
  writeSync(1, `${step} ${seq}\n`);
}

const opened = await open(road, {
  actor: PEOPLE.ali.actor,
  key: 'k-open',
  service: 'mini',
  command: { type: 'OpenCase', applicant: PEOPLE.ali.applicant },
});
acknowledge('open', opened.seq);
const { id } = opened;

async function give(key: string, who: Person, command: Command): Promise<CaseState> {
  const done = await perform(road, id, { actor: who.actor, key, command });
  acknowledge(key, done.seq);
  return done.state;
}

/** The open task of an element, or the one a repeat already completed: its key answers for it. */
function taskOf(state: CaseState, element: string, earlier: string): WaitId {
  return state.tasks.find((one) => one.element === element)?.id ?? (earlier as WaitId);
}

const submitted = await give('k-submit', PEOPLE.ali, {
  type: 'SubmitApplication',
  answers: { subject: 'دیوار', area: 12 },
  known: {},
});
const check = taskOf(submitted, 'Task_check', process.env['CHECK_TASK'] ?? '');
writeSync(1, `task ${check}\n`);
const checked = await give('k-check', PEOPLE.checker, { type: 'CompleteTask', task: check, answers: { decision: 'complete' } });
const payment = checked.payments[0];
if (!payment) throw new Error('no payment');
if (payment.status === 'due') {
  const { attempt } = await beginPayment(road, id, { actor: PEOPLE.ali.actor, key: 'k-pay', payment: payment.id });
  await bank.settle(attempt, 'paid', 'reference');
  await settlePayment(road, id, attempt);
}
const paid = (
  await perform(road, id, {
    actor: PEOPLE.ali.actor,
    key: 'k-submit',
    command: { type: 'SubmitApplication', answers: { subject: 'دیوار', area: 12 }, known: {} },
  })
).state;
const approve = taskOf(paid, 'Task_approve', process.env['APPROVE_TASK'] ?? '');
writeSync(1, `task2 ${approve}\n`);
await give('k-approve', PEOPLE.approver, { type: 'CompleteTask', task: approve, answers: { decision: 'approve' } });
while ((await tick(road)) > 0);
while ((await sequenceLeaves(road)) > 0);
acknowledge('done', 0);
await stop();
