// The fold: a case's state after one more event, with what the road must do next. The only caller of the engine.
// Never refuses: a fact in the log has happened. Replaying a log gives the same states and wants.
import type { CaseEvent, CaseEnv, CaseState, Evolved, Fact, Payment, Want } from './types.ts';
import { plusMillis } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { isObject } from '#base/json.ts';
import type { PersonId } from '#base/ids.ts';
import { parseWorkingDuration } from '#calendar/working.ts';
import { startClock } from '#calendar/clock.ts';
import { variables } from '#engine/waits.ts';
import { TARIFF_DATE } from '#rules/dmn/check-tariffs.ts';
import { advance } from './advance.ts';
import { tariffDated } from './tariff-date.ts';
import { migrate } from './migrated.ts';

/** How long a person may stay at the bank before we ask the bank ourselves. */
const PAYMENT_PATIENCE_MS = 10 * 60_000;

/** One event further. `state` is undefined only for `CaseOpened`. */
export function evolve(state: CaseState | undefined, event: CaseEvent, env: CaseEnv): Evolved {
  if (event.type === 'CaseOpened') return still(opened(event.data, event));
  if (!state) throw new TypeError(`a case begins with CaseOpened, not ${event.type}`);
  switch (event.type) {
    case 'DraftSaved':
      return still({ ...state, draft: { ...state.draft, ...event.data.answers } });
    case 'FileAttached':
      return still(attached(state, event.data));
    case 'ApplicationSubmitted':
      return submitted(state, event.data, env);
    case 'TaskClaimed':
      return still(withTask(state, event.data.task, { assignee: event.hat.person as PersonId, claimedAt: event.at }));
    case 'TaskReleased':
      return still(withTask(state, event.data.task, { assignee: undefined, claimedAt: undefined }));
    case 'TaskCompleted':
    case 'CorrectionAnswered':
      return completed(state, event, env);
    case 'PaymentStarted':
    case 'PaymentReceived':
    case 'PaymentFailed':
    case 'RefundOwed':
      return paid(state, event, env);
    case 'ServiceAnswered':
      return over(event.data.wait, advance(state, { kind: 'complete', wait: event.data.wait, result: event.data.result }, env));
    case 'ServiceFailed':
      return over(
        event.data.wait,
        advance(state, { kind: 'error', wait: event.data.wait, code: 'service-failed', message: event.data.reason }, env),
      );
    case 'DocumentIssued': {
      const { wait, document } = event.data;
      const issued: CaseState = { ...state, documents: [...state.documents, { ...document, status: 'valid' }] };
      const result = { document: { number: document.number, code: document.code, issuedAt: document.issuedAt } };
      return over(wait, advance(issued, { kind: 'complete', wait, result }, env));
    }
    case 'DocumentRevoked':
      return still({
        ...state,
        documents: state.documents.map((one) => (one.code === event.data.code ? { ...one, status: 'revoked' } : one)),
      });
    case 'TimerFired':
      return over(event.data.wait, advance(state, { kind: 'timer', wait: event.data.wait }, env));
    case 'CaseWithdrawn':
      return withdrawn(state, event, env);
    case 'IncidentRetried':
      return advance(state, { kind: 'retry', incident: event.data.incident }, env);
    case 'DataMended': {
      const { incident, vars } = event.data;
      const set = advance(state, { kind: 'set', vars, incident }, env);
      return after(set, advance(set.state, { kind: 'retry', incident }, env));
    }
    case 'TokenMoved':
      return advance(state, { kind: 'move', from: event.data.incident, to: event.data.to }, env);
    case 'CaseMigrated':
      return migrate(state, event.data, env);
  }
}

function still(state: CaseState): Evolved {
  return { state, trail: [], wants: [], decisions: [] };
}

function after(first: Evolved, second: Evolved): Evolved {
  return {
    state: second.state,
    trail: [...first.trail, ...second.trail],
    wants: [...first.wants, ...second.wants],
    decisions: [...first.decisions, ...second.decisions],
  };
}

/** The want that led here is done: its row goes with the same statement. */
function over(id: string, evolved: Evolved): Evolved {
  return { ...evolved, wants: [{ kind: 'withdraw', id }, ...evolved.wants] };
}

function opened(data: Extract<Fact, { type: 'CaseOpened' }>['data'], event: CaseEvent): CaseState {
  return {
    ...data,
    status: 'draft',
    openedAt: event.at,
    draft: {},
    files: [],
    tasks: [],
    units: [],
    done: [],
    payments: [],
    documents: [],
    held: {},
    visits: { applicant: 0, city: 0 },
  };
}

function attached(state: CaseState, data: Extract<Fact, { type: 'FileAttached' }>['data']): CaseState {
  const files = [...state.files.filter((one) => one.file !== data.file.file), data.file];
  return state.status === 'draft' ? { ...state, files, draft: { ...state.draft, [data.field]: data.file } } : { ...state, files };
}

function submitted(
  state: CaseState,
  { answers: application, sources }: Extract<Fact, { type: 'ApplicationSubmitted' }>['data'],
  env: CaseEnv,
): Evolved {
  const { deadline } = env.package.manifest;
  const clock = startClock(env.calendar, env.now, parseWorkingDuration(deadline.time));
  const told = sources === undefined ? {} : { sources };
  const open = tariffDated({ ...state, status: 'open', submittedAt: env.now, draft: {}, clock, ...told }, {}, env);
  const { id, kind, nationalId, name } = state.applicant;
  const vars: JsonObject = {
    application,
    applicant: { id, kind, nationalId, name },
    case: { id: state.id, service: state.service, submittedAt: env.now },
    ...(open.tariffDate === undefined ? {} : { [TARIFF_DATE]: open.tariffDate }),
  };
  return advance(open, { kind: 'start', vars }, env);
}

function withTask(
  state: CaseState,
  id: string,
  change: { assignee: PersonId | undefined; claimedAt: CaseEvent['at'] | undefined },
): CaseState {
  const tasks = state.tasks.map((task) => {
    if (task.id !== id) return task;
    const { assignee: _assignee, claimedAt: _claimedAt, ...rest } = task;
    return change.assignee && change.claimedAt ? { ...rest, assignee: change.assignee, claimedAt: change.claimedAt } : rest;
  });
  return { ...state, tasks };
}

function completed(
  state: CaseState,
  event: Extract<CaseEvent, { type: 'TaskCompleted' | 'CorrectionAnswered' }>,
  env: CaseEnv,
): Evolved {
  const { task: wait, element, answers } = event.data;
  const task = state.tasks.find((one) => one.id === wait);
  const done: CaseState = {
    ...state,
    tasks: state.tasks.filter((one) => one.id !== wait),
    done: event.hat.person === 'system' ? state.done : [...state.done, { element, person: event.hat.person }],
    visits: task?.visit === undefined ? state.visits : { ...state.visits, city: state.visits.city + 1 },
  };
  const after = tariffDated(done, { step: element }, env);
  if (event.type === 'TaskCompleted') return advance(after, { kind: 'complete', wait, result: answers }, env);
  const before = state.engine ? variables(state.engine)['application'] : undefined;
  const application = { ...(isObject(before) ? before : {}), ...answers };
  return advance(restated(after, answers), { kind: 'complete', wait, result: { application } }, env);
}

/** What the applicant corrected is theirs from then on. */
function restated(state: CaseState, answers: JsonObject): CaseState {
  const { sources } = state;
  if (sources === undefined) return state;
  const own = Object.keys(answers).filter((key) => Object.hasOwn(sources, key));
  return { ...state, sources: { ...sources, ...Object.fromEntries(own.map((key) => [key, { from: 'applicant' as const }])) } };
}

function paid(
  state: CaseState,
  event: Extract<CaseEvent, { type: 'PaymentStarted' | 'PaymentReceived' | 'PaymentFailed' | 'RefundOwed' }>,
  env: CaseEnv,
): Evolved {
  const { payment, attempt } = event.data;
  const check: Want = { kind: 'withdraw', id: `check:${attempt}` };
  switch (event.type) {
    case 'PaymentStarted': {
      const started = withPayment(state, payment, (one) => ({
        ...one,
        attempts: [...one.attempts, { id: attempt, startedAt: event.at, result: 'pending' }],
      }));
      const due = plusMillis(event.at, PAYMENT_PATIENCE_MS);
      return { ...still(started), wants: [{ kind: 'check-payment', id: check.id, due, payment, attempt }] };
    }
    case 'PaymentFailed':
      return { ...still(withAttempt(state, event.data, event.data.result)), wants: [check] };
    case 'RefundOwed': {
      const { reference, amount } = event.data;
      const want: Want = { kind: 'refund', id: `refund:${attempt}`, due: event.at, reference, amount };
      return { ...still(withAttempt(state, event.data, 'paid')), wants: [check, want] };
    }
    case 'PaymentReceived': {
      const settled = withPayment(withAttempt(state, event.data, 'paid'), payment, (one) => ({ ...one, status: 'paid' }));
      const { reference, amount } = event.data;
      const result = { payment: { reference, amount, paidAt: event.at } };
      return over(check.id, advance(settled, { kind: 'complete', wait: payment, result }, env));
    }
  }
}

function withPayment(state: CaseState, id: string, change: (payment: Payment) => Payment): CaseState {
  return { ...state, payments: state.payments.map((one) => (one.id === id ? change(one) : one)) };
}

function withAttempt(
  state: CaseState,
  data: { readonly payment: string; readonly attempt: string; readonly reference?: string },
  result: 'paid' | 'failed' | 'abandoned',
): CaseState {
  return withPayment(state, data.payment, (payment) => ({
    ...payment,
    attempts: payment.attempts.map((one) =>
      one.id === data.attempt ? { ...one, result, ...(data.reference === undefined ? {} : { reference: data.reference }) } : one,
    ),
  }));
}

function withdrawn(state: CaseState, event: Extract<CaseEvent, { type: 'CaseWithdrawn' }>, env: CaseEnv): Evolved {
  const reason = event.data.reason === undefined ? {} : { reason: event.data.reason };
  const ended: CaseState = { ...state, status: 'withdrawn', endedAt: event.at, draft: {}, ...reason };
  return state.engine ? advance(ended, { kind: 'cancel' }, env) : still(ended);
}
