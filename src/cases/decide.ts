// Judges a command against a case and says which facts follow. Pure: the facts are appended elsewhere, folded by evolve.
// Refuses with a Refusal; a command that asks for what is already so gives no facts, so that repeats are harmless.
import { Refusal } from '#base/refusal.ts';
import type { CaseId } from '#base/ids.ts';
import { waits } from '#engine/waits.ts';
import { mended, migrated } from './mend.ts';
import { authorise } from './authorise.ts';
import { checkedApplication, checkedDraft, checkedTask, fileField } from './answers.ts';
import type { Actor, CaseEnv, CaseState, Command, Fact, Hat, Payment } from './types.ts';

export type Decided = { readonly facts: readonly Fact[]; readonly hat: Hat };

/** `state` is undefined for `OpenCase` alone; `id` is the case's. Throws Refusal. */
export function decide(
  id: CaseId,
  state: CaseState | undefined,
  given: { readonly command: Command; readonly actor: Actor },
  env: CaseEnv,
): Decided {
  const { command, actor } = given;
  const hat = authorise(state, command, actor, { owner: env.package.manifest.duties.owner });
  if (command.type === 'OpenCase') return { hat, facts: opened(id, command, actor, env) };
  if (!state) throw new Refusal('case-not-found', { case: id });
  return { hat, facts: factsOf(state, command, { hat, env }) };
}

function opened(id: CaseId, command: Extract<Command, { type: 'OpenCase' }>, actor: Actor, env: CaseEnv): readonly Fact[] {
  const { manifest } = env.package;
  if (manifest.status !== 'offered') throw new Refusal('service-not-offered', { service: manifest.id });
  if (command.applicant.id !== actor.person) throw new Refusal('not-permitted', { command: command.type });
  const { id: service, version } = manifest;
  return [{ type: 'CaseOpened', data: { id, service, version, definition: env.definition, applicant: command.applicant } }];
}

type Context = { readonly hat: Hat; readonly env: CaseEnv };

function factsOf(state: CaseState, command: Exclude<Command, { type: 'OpenCase' }>, context: Context): readonly Fact[] {
  const { env } = context;
  switch (command.type) {
    case 'SaveDraft':
      return [{ type: 'DraftSaved', data: { answers: checkedDraft(state, command, env) } }];
    case 'AttachFile':
      fileField(state, command.field, env);
      return [{ type: 'FileAttached', data: { field: command.field, file: command.file } }];
    case 'SubmitApplication':
      return [{ type: 'ApplicationSubmitted', data: submitted(checkedApplication(state, command, env)) }];
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'CompleteTask':
      return taskFacts(state, command, context);
    case 'StartPayment':
    case 'RecordPayment':
      return paymentFacts(state, command);
    case 'RecordService':
      return stands(state, command.wait)
        ? [{ type: 'ServiceAnswered', data: { wait: command.wait, result: command.result } }]
        : [];
    case 'RecordDocument':
      return stands(state, command.wait)
        ? [{ type: 'DocumentIssued', data: { wait: command.wait, document: command.document } }]
        : [];
    case 'RecordFailure':
      return stands(state, command.wait) ? [{ type: 'ServiceFailed', data: { wait: command.wait, reason: command.reason } }] : [];
    case 'FireTimer': {
      const timer = state.engine && waits(state.engine).find((one) => one.wait === command.wait && one.kind === 'timer');
      // A clock-bound timer that was held or moved is not due: whoever claimed its old row must not fire it.
      const due = timer?.due !== undefined && timer.due <= env.now && state.held[command.wait] === undefined;
      return due ? [{ type: 'TimerFired', data: { wait: command.wait } }] : [];
    }
    case 'WithdrawCase':
      return [{ type: 'CaseWithdrawn', data: command.reason === undefined ? {} : { reason: command.reason } }];
    case 'RevokeDocument':
      return revoked(state, command, env);
    case 'RetryIncident':
    case 'MendData':
    case 'MoveToken':
      return mended(state, command, env);
    case 'MigrateCase':
      return migrated(state, command, env);
  }
}

/** A form without bound fields has no sources to tell. */
function submitted({
  answers,
  sources,
}: ReturnType<typeof checkedApplication>): Extract<Fact, { type: 'ApplicationSubmitted' }>['data'] {
  return Object.keys(sources).length === 0 ? { answers } : { answers, sources };
}

function stands(state: CaseState, wait: string): boolean {
  return state.engine !== undefined && waits(state.engine).some((one) => one.wait === wait);
}

function taskFacts(
  state: CaseState,
  command: Extract<Command, { type: 'ClaimTask' | 'ReleaseTask' | 'CompleteTask' }>,
  { hat, env }: Context,
): readonly Fact[] {
  const task = state.tasks.find((one) => one.id === command.task);
  if (!task) throw new Refusal('task-closed', { task: command.task });
  const mine = task.assignee === hat.person;
  if (task.assignee !== undefined && !mine) throw new Refusal('task-taken', { task: task.id, person: task.assignee });
  switch (command.type) {
    case 'ClaimTask':
      return mine ? [] : [{ type: 'TaskClaimed', data: { task: task.id } }];
    case 'ReleaseTask':
      return mine ? [{ type: 'TaskReleased', data: { task: task.id } }] : [];
    case 'CompleteTask': {
      const { answers, correction } = checkedTask(state, task, { answers: command.answers, env });
      const type = correction ? 'CorrectionAnswered' : 'TaskCompleted';
      return [{ type, data: { task: task.id, element: task.element, answers } }];
    }
  }
}

function paymentFacts(state: CaseState, command: Extract<Command, { type: 'StartPayment' | 'RecordPayment' }>): readonly Fact[] {
  const payment = state.payments.find((one) => one.id === command.payment);
  if (!payment) throw new Refusal('payment-settled', { payment: command.payment });
  if (command.type === 'RecordPayment') return recorded(state, payment, command);
  if (payment.attempts.some((one) => one.id === command.attempt)) return [];
  if (payment.status !== 'due') throw new Refusal('payment-settled', { payment: payment.id });
  return [{ type: 'PaymentStarted', data: { payment: payment.id, attempt: command.attempt, amount: payment.amount } }];
}

/** Success is final: a later "failed" for a paid attempt is no fact. Money that is not owed is owed back. */
function recorded(state: CaseState, payment: Payment, command: Extract<Command, { type: 'RecordPayment' }>): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === command.attempt);
  if (!attempt) throw new Refusal('payment-mismatch', { attempt: command.attempt });
  if (attempt.result === 'paid' || attempt.result === command.result) return [];
  const at = { payment: payment.id, attempt: attempt.id };
  if (command.result !== 'paid') return [{ type: 'PaymentFailed', data: { ...at, result: command.result } }];
  const amount = command.amount ?? payment.amount;
  const data = { ...at, amount, reference: command.reference ?? '' };
  const owed = payment.status === 'due' && state.status === 'open' && amount === payment.amount;
  return [{ type: owed ? 'PaymentReceived' : 'RefundOwed', data }];
}

function revoked(state: CaseState, command: Extract<Command, { type: 'RevokeDocument' }>, env: CaseEnv): readonly Fact[] {
  const document = state.documents.find((one) => one.code === command.code);
  if (!document) throw new Refusal('document-not-found', { code: command.code });
  if (env.package.manifest.output?.revocable !== true)
    throw new Refusal('wrong-state', { command: command.type, status: state.status });
  if (document.status === 'revoked') return [];
  if (command.reason.trim() === '') throw new Refusal('invalid-answers', { fields: [{ pointer: '/reason', code: 'required' }] });
  return [{ type: 'DocumentRevoked', data: { code: command.code, reason: command.reason } }];
}
