// Lets the engine take one step and turns what it wants into tasks, payments, clock and wants of the case.
// Never decides who may; never carries a want out.
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { money } from '#base/money.ts';
import type { UnitId } from '#base/ids.ts';
import { pauseClock, resumeClock, stopClock } from '#calendar/clock.ts';
import { parseWorkingDuration, workingDue, workingMinutesBetween } from '#calendar/working.ts';
import type { EngineEnv, EngineInput, EngineWant, StepResult } from '#engine/types.ts';
import { waits } from '#engine/waits.ts';
import { fromFeel } from '#rules/values.ts';
import type { FeelValue } from '#rules/types.ts';
import { tellTariffDate } from './tariff-date.ts';
import type { CaseEnv, CaseState, Evolved, Status, Task, Want } from './types.ts';
import { STATUSES } from './types.ts';

/** How long a message that a case sends itself waits for whoever is to hear it: as long as a case may live. */
const KEEP_MS = 366 * 24 * 3_600_000;

/** One engine step of the case and those that its own messages bring about, folded into its state. */
export function advance(state: CaseState, input: EngineInput, env: CaseEnv): Evolved {
  let folded = stepped(state, input, env);
  for (let message = folded.thrown.shift(); message; message = folded.thrown.shift()) {
    const next = stepped(folded.state, message, env);
    folded = {
      state: next.state,
      trail: [...folded.trail, ...next.trail],
      wants: [...folded.wants, ...next.wants],
      decisions: [...folded.decisions, ...next.decisions],
      thrown: [...folded.thrown, ...next.thrown],
    };
  }
  const { thrown: _thrown, ...evolved } = folded;
  return keepClock(evolved, env);
}

/** `thrown`: messages of the process, for itself: other cases and bodies are reached by inquiries. */
type Stepped = Evolved & { readonly thrown: EngineInput[] };

function stepped(state: CaseState, input: EngineInput, env: CaseEnv): Stepped {
  const told = tellTariffDate(state, env, engineEnv(env));
  const result = env.package.process.step(told.state.engine, input, engineEnv(env));
  let folded: Evolved = {
    state: { ...told.state, engine: result.state },
    trail: [...told.trail, ...result.trail],
    wants: [],
    decisions: [...told.decisions, ...result.decisions],
  };
  for (const want of [...told.wants, ...result.wants]) folded = fold(folded, want, env.now);
  const keep = plusMillis(env.now, KEEP_MS);
  const thrown = result.wants.flatMap((want): EngineInput[] =>
    want.kind === 'throw'
      ? [{ kind: 'message', name: want.message, vars: want.vars, keep, ...(want.key !== undefined && { key: want.key }) }]
      : [],
  );
  return { ...end(assessed(folded, env), result, env.now), thrown };
}

export function engineEnv(env: CaseEnv): EngineEnv {
  return { now: env.now, workingDue: (from, duration) => workingDue(env.calendar, from, parseWorkingDuration(duration)) };
}

/** One want of the engine as the case knows it. */
export function fold(folded: Evolved, want: EngineWant, now: Instant): Evolved {
  const { state } = folded;
  const more = (wants: readonly Want[], change: Partial<CaseState> = {}): Evolved => ({
    ...folded,
    state: { ...state, ...change },
    wants: [...folded.wants, ...wants],
  });
  switch (want.kind) {
    case 'task': {
      const task = taskOf(want, now);
      const units = task.unit === undefined || state.units.includes(task.unit) ? state.units : [...state.units, task.unit];
      return more([], { tasks: [...state.tasks, task], units });
    }
    case 'service': {
      const type = want.element.service ?? '';
      if (type === 'dargah:pay') {
        const lines = Array.isArray(want.input['lines']) ? (want.input['lines'] as readonly Json[]) : [];
        const amount = money(String(want.input['amount']));
        return more([], { payments: [...state.payments, { id: want.wait, amount, lines, status: 'due', attempts: [] }] });
      }
      const input = { ...want.input, ...want.element.headers };
      return more([{ kind: 'service', id: want.wait, due: now, type, element: want.element.id, input }]);
    }
    case 'timer':
      return more([{ kind: 'timer', id: want.wait, due: want.due }]);
    case 'withdraw': {
      const tasks = state.tasks.filter((one) => one.id !== want.wait);
      const payments = state.payments.map((one) =>
        one.id === want.wait && one.status === 'due' ? { ...one, status: 'cancelled' as const } : one,
      );
      return more([{ kind: 'withdraw', id: want.wait }], { tasks, payments });
    }
    case 'message':
    case 'signal':
    case 'throw':
    case 'broadcast':
      return folded;
  }
}

function taskOf(want: Extract<EngineWant, { kind: 'task' }>, now: Instant): Task {
  const { element, executor } = want;
  return {
    id: want.wait,
    element: element.id,
    role: executor?.role ?? 'officer',
    separate: element.separate ?? [],
    openedAt: now,
    ...(executor && executor.role !== 'applicant' ? { unit: executor.unit as UnitId } : {}),
    ...(element.form === undefined ? {} : { form: element.form }),
    ...(element.inquiry === undefined ? {} : { inquiry: element.inquiry }),
    ...(element.visit === undefined ? {} : { visit: element.visit }),
    ...(element.pauses === undefined ? {} : { pauses: element.pauses }),
    ...(want.due === undefined ? {} : { due: want.due }),
  };
}

/** The fee is what the manifest's fee decision gave, last time it ran. */
function assessed(folded: Evolved, env: CaseEnv): Evolved {
  const trace = folded.decisions.findLast((one) => one.decision === env.package.manifest.fees.decision);
  const value = trace && fromFeel(trace.value as FeelValue);
  if (!isObject(value) || value['total'] === undefined || value['total'] === null) return folded;
  const lines = Array.isArray(value['lines']) ? (value['lines'] as readonly Json[]) : [];
  return { ...folded, state: { ...folded.state, fee: { lines, total: money(String(value['total'])) } } };
}

function end(folded: Evolved, result: StepResult, now: Instant): Evolved {
  const ended = result.state.ended;
  if (!ended || folded.state.endedAt !== undefined) return folded;
  const { outcome } = result.state;
  const status = outcome?.status as Status | undefined;
  const reason = outcome?.reason;
  const state: CaseState = {
    ...folded.state,
    status: status !== undefined && STATUSES.includes(status) ? status : 'completed',
    endedAt: now,
    tasks: [],
    ...(reason === undefined ? {} : { reason }),
  };
  return { ...folded, state };
}

/** The clock stands still while a task that pauses it is open; timers bound to it stand still too; it stops when the case ends. */
function keepClock(folded: Evolved, env: CaseEnv): Evolved {
  const { state } = folded;
  if (!state.clock || state.clock.state === 'stopped') return folded;
  if (state.endedAt !== undefined) return { ...folded, state: { ...state, clock: stopClock(state.clock, env.now), held: {} } };
  const pausing = state.tasks.find((task) => task.pauses !== undefined);
  if (pausing && state.clock.state === 'running') return hold(folded, pausing.pauses ?? '', env);
  if (!pausing && state.clock.state === 'paused') return resume(folded, env);
  return folded;
}

function hold(folded: Evolved, reason: string, env: CaseEnv): Evolved {
  const { state } = folded;
  if (!state.clock || !state.engine) return folded;
  const bound = waits(state.engine).filter((one) => one.kind === 'timer' && one.clock === true && one.due !== undefined);
  const held = Object.fromEntries(
    bound.map((one) => [one.wait, workingMinutesBetween(env.calendar, env.now, one.due ?? env.now)]),
  );
  return {
    ...folded,
    state: { ...state, clock: pauseClock(state.clock, env.now, reason), held },
    wants: [...folded.wants, ...bound.map((one): Want => ({ kind: 'withdraw', id: one.wait }))],
  };
}

function resume(folded: Evolved, env: CaseEnv): Evolved {
  const { state } = folded;
  if (!state.clock) return folded;
  let { engine } = state;
  const timers: Want[] = [];
  for (const { wait } of waits(engine ?? { format: 2 })) {
    const minutes = state.held[wait];
    if (minutes === undefined) continue;
    const due = workingDue(env.calendar, env.now, { minutes });
    const moved = env.package.process.step(engine, { kind: 'reschedule', wait, due }, engineEnv(env));
    engine = moved.state;
    for (const want of moved.wants) if (want.kind === 'timer') timers.push({ kind: 'timer', id: want.wait, due: want.due });
  }
  const clock = resumeClock(env.calendar, state.clock, env.now);
  return {
    ...folded,
    state: { ...state, clock, held: {}, ...(engine && { engine }) },
    wants: [...folded.wants, ...timers],
  };
}
