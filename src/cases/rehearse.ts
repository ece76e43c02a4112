// Runs an example of a service package on the real decide, evolve and engine under a virtual clock: what `dargah test` executes.
// Ports are played by the example's own facts; nothing outside is touched.
import { caseId } from '#base/ids.ts';
import type { CaseId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import { parseWorkingDuration, workingDue } from '#calendar/working.ts';
import { plusPeriod } from '#calendar/period.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import type { WaitId } from '#engine/types.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { expectations } from './expect.ts';
import { wantedRecords } from './known.ts';
import type { RegisterRecord } from './known.ts';
import { registerFields, registerKey } from './registers.ts';
import type { Actor, Applicant, CaseEnv, CaseEvent, CaseState, Command, FileRef, Want } from './types.ts';

/** What a rehearsal needs of the city. */
export type Stage = {
  readonly persona: (id: string) => { readonly applicant: Applicant; readonly actor: Actor } | undefined;
  readonly register: (register: string, key: string) => JsonObject | undefined;
  readonly calendar: (id: string) => CalendarVersion;
};

/** `failures` is empty where everything the example expects came true; else each says what was awaited and what came. */
export type Rehearsed = {
  readonly failures: readonly string[];
  readonly events: readonly CaseEvent[];
  readonly state: CaseState | undefined;
  readonly notified: readonly string[];
};

/** A rehearsal under way: the one place where time and state move. */
type Scene = {
  readonly pkg: ServicePackage;
  readonly stage: Stage;
  readonly given: JsonObject;
  readonly id: CaseId;
  now: Instant;
  state: CaseState | undefined;
  readonly events: CaseEvent[];
  readonly wants: Map<string, Want>;
  readonly notified: string[];
};

const SYSTEM: Actor = { person: 'system', kind: 'system', assignments: [] };
/** A rehearsal that never comes to rest is a fault of the model. */
const MOST_EFFECTS = 1000;

/** Runs one example. Throws only for an example that is not of the documented shape. */
export function rehearse(pkg: ServicePackage, example: JsonObject, stage: Stage): Rehearsed {
  const given = isObject(example['given']) ? example['given'] : {};
  const scene: Scene = {
    pkg,
    stage,
    given,
    id: caseId(1405, 1),
    now: instant(String(given['now'] ?? '2026-11-24T09:00:00+03:30')),
    state: undefined,
    events: [],
    wants: new Map(),
    notified: [],
  };
  const failures: string[] = [];
  for (const [at, step] of (Array.isArray(example['when']) ? (example['when'] as readonly Json[]) : []).entries()) {
    if (!isObject(step)) throw new TypeError(`when[${at}] is not a step`);
    try {
      play(scene, step);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failures.push(`when[${at}] ${Object.keys(step)[0] ?? ''}: refused with ${error.code} ${JSON.stringify(error.facts)}`);
      break;
    }
  }
  if (failures.length === 0) failures.push(...expectations(isObject(example['then']) ? example['then'] : {}, scene));
  return { failures, events: scene.events, state: scene.state, notified: scene.notified };
}

function play(scene: Scene, step: JsonObject): void {
  const [verb = '', body = {}] = Object.entries(step)[0] ?? [];
  const details = isObject(body) ? body : {};
  switch (verb) {
    case 'submit':
      return submit(scene, details);
    case 'complete':
      return complete(scene, details);
    case 'pay':
      return pay(scene, String(details['result']));
    case 'withdraw':
      return give(scene, { type: 'WithdrawCase', reason: String(details['reason'] ?? '') }, actorOf(scene, details['by']));
    case 'revoke': {
      const code = scene.state?.documents.at(-1)?.code ?? '';
      return give(
        scene,
        { type: 'RevokeDocument', code, reason: String(details['reason'] ?? '') },
        actorOf(scene, details['by']),
      );
    }
    case 'advance':
      return passTime(scene, plusPeriod(scene.now, String(body)));
    case 'advanceWorking': {
      const calendar = scene.stage.calendar(scene.pkg.manifest.deadline.calendar);
      return passTime(scene, workingDue(calendar, scene.now, parseWorkingDuration(String(body))));
    }
    case 'refused':
      return refused(scene, details);
    default:
      throw new TypeError(`unknown step ${verb}`);
  }
}

/** The step inside must be refused with the code named. */
function refused(scene: Scene, details: JsonObject): void {
  const { code, ...rest } = details;
  try {
    play(scene, rest);
  } catch (error) {
    if (error instanceof Refusal && error.code === code) return;
    if (error instanceof Refusal) throw new Refusal(error.code, { ...error.facts, awaited: code });
    throw error;
  }
  throw new Refusal('wrong-state', { awaited: code, got: 'no refusal' });
}

function personaOf(scene: Scene, id: Json | undefined): { readonly applicant: Applicant; readonly actor: Actor } {
  const found = scene.stage.persona(String(id ?? scene.given['applicant']));
  if (!found) throw new TypeError(`no persona ${String(id)}`);
  return found;
}

function actorOf(scene: Scene, id: Json | undefined): Actor {
  return personaOf(scene, id).actor;
}

function lookUp(scene: Scene, register: string, key: string): JsonObject | undefined {
  const override = scene.given[register];
  const own = isObject(override) ? override[key] : undefined;
  const record = scene.stage.register(register, key);
  return isObject(own) ? { ...record, ...own } : record;
}

function submit(scene: Scene, answers: JsonObject): void {
  const { applicant, actor } = personaOf(scene, undefined);
  if (!scene.state) give(scene, { type: 'OpenCase', applicant }, actor);
  const form = scene.pkg.forms[scene.pkg.manifest.application];
  if (!form) throw new TypeError('the package has no application form');
  const files = form.pages
    .flatMap((page) => page.fields)
    .filter((field) => field.kind === 'file' && answers[field.key] !== undefined);
  for (const { key } of files) give(scene, { type: 'AttachFile', field: key, file: played(String(answers[key])) }, actor);
  const rest = Object.fromEntries(Object.entries(answers).filter(([key]) => !files.some((field) => field.key === key)));
  const known = Object.fromEntries(
    registerFields(form).map((bound) => {
      const key = registerKey(bound, String(rest[bound.field] ?? ''));
      return [bound.field, key === undefined ? null : (lookUp(scene, bound.register, key) ?? null)];
    }),
  );
  const held: { [register: string]: { [key: string]: RegisterRecord | null } } = {};
  for (const { register, key } of wantedRecords(form, { applicant, answers: rest })) {
    const body = lookUp(scene, register, key);
    (held[register] ??= {})[key] = body ? { body, source: register, asOf: scene.now } : null;
  }
  give(scene, { type: 'SubmitApplication', answers: rest, known, held }, actor);
}

/** A file as an example names it: only its name matters. */
function played(name: string): FileRef {
  const types: Readonly<Record<string, string>> = {
    pdf: 'application/pdf',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
  };
  return {
    file: `file-${name}`,
    name,
    type: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    size: 1000,
    sha256: '0'.repeat(64),
  };
}

function complete(scene: Scene, details: JsonObject): void {
  const element = String(details['task']);
  const by = actorOf(scene, details['by']);
  const task = scene.state?.tasks.find((one) => one.element === element);
  if (!task) throw new Refusal('task-closed', { task: element });
  const answers = isObject(details['answers']) ? details['answers'] : {};
  const form = task.form === undefined ? undefined : scene.pkg.forms[task.form];
  const fileKeys = (form?.pages ?? [])
    .flatMap((page) => page.fields)
    .filter((field) => field.kind === 'file' && typeof answers[field.key] === 'string');
  const named: { [key: string]: Json } = { ...answers };
  for (const { key } of fileKeys) {
    const file = played(String(answers[key]));
    give(scene, { type: 'AttachFile', field: key, file }, by);
    named[key] = { file: file.file };
  }
  give(scene, { type: 'CompleteTask', task: task.id, answers: named }, by);
}

function pay(scene: Scene, result: string): void {
  const { actor } = personaOf(scene, undefined);
  const payment = scene.state?.payments.find((one) => one.status === 'due') ?? scene.state?.payments.at(-1);
  if (!payment) throw new Refusal('payment-settled', {});
  const start = (attempt: string): void => give(scene, { type: 'StartPayment', payment: payment.id, attempt }, actor);
  const record = (attempt: string, outcome: 'paid' | 'failed' | 'abandoned'): void =>
    give(
      scene,
      {
        type: 'RecordPayment',
        payment: payment.id,
        attempt,
        result: outcome,
        amount: payment.amount,
        reference: `ref-${attempt}`,
      },
      SYSTEM,
    );
  const attempt = `attempt-${scene.events.length}`;
  start(attempt);
  if (result === 'paid-twice') {
    start(`${attempt}-again`);
    record(attempt, 'paid');
    record(`${attempt}-again`, 'paid');
  } else if (result === 'paid-then-failed') {
    record(attempt, 'paid');
    record(attempt, 'failed');
  } else if (result === 'paid' || result === 'failed' || result === 'abandoned') record(attempt, result);
  else throw new TypeError(`unknown payment result ${result}`);
}

/** One command, then everything that is due at once. */
function give(scene: Scene, command: Command, actor: Actor): void {
  apply(scene, command, actor);
  settle(scene);
}

function apply(scene: Scene, command: Command, actor: Actor): void {
  const env: CaseEnv = {
    package: scene.pkg,
    definition: 'rehearsal',
    calendar: scene.stage.calendar(scene.pkg.manifest.deadline.calendar),
    now: scene.now,
  };
  const { facts, hat } = decide(scene.id, scene.state, { command, actor }, env);
  for (const fact of facts) {
    const event: CaseEvent = { ...fact, seq: scene.events.length + 1, at: scene.now, hat };
    const evolved = evolve(scene.state, event, env);
    scene.state = evolved.state;
    scene.events.push(event);
    for (const want of evolved.wants) {
      if (want.kind === 'withdraw') scene.wants.delete(want.id);
      else scene.wants.set(want.id, want);
    }
  }
}

function nextWant(scene: Scene, until: Instant): Exclude<Want, { kind: 'withdraw' }> | undefined {
  return [...scene.wants.values()]
    .filter(
      (want): want is Exclude<Want, { kind: 'withdraw' }> =>
        want.kind !== 'withdraw' && want.kind !== 'check-payment' && want.due <= until,
    )
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0];
}

function settle(scene: Scene): void {
  passTime(scene, scene.now);
}

function passTime(scene: Scene, until: Instant): void {
  for (let effects = 0; effects < MOST_EFFECTS; effects += 1) {
    const want = nextWant(scene, until);
    if (!want) {
      scene.now = until > scene.now ? until : scene.now;
      return;
    }
    scene.wants.delete(want.id);
    if (want.due > scene.now) scene.now = want.due;
    carryOut(scene, want);
  }
  throw new TypeError(`the process did not come to rest after ${MOST_EFFECTS} effects`);
}

function carryOut(scene: Scene, want: Exclude<Want, { kind: 'withdraw' }>): void {
  const wait = want.id as WaitId;
  if (want.kind === 'timer') return apply(scene, { type: 'FireTimer', wait }, SYSTEM);
  if (want.kind !== 'service') return;
  switch (want.type) {
    case 'dargah:register': {
      const record = lookUp(scene, String(want.input['register']), String(want.input['key']));
      return apply(scene, { type: 'RecordService', wait, result: record ? { found: true, record } : { found: false } }, SYSTEM);
    }
    case 'dargah:notify':
      scene.notified.push(String(want.input['message']));
      return apply(scene, { type: 'RecordService', wait, result: {} }, SYSTEM);
    case 'dargah:issue': {
      const document = { code: `code-${want.id}`, number: `${scene.id}/1`, file: '0'.repeat(64), issuedAt: scene.now };
      return apply(scene, { type: 'RecordDocument', wait, document }, SYSTEM);
    }
    default:
      return apply(scene, { type: 'RecordFailure', wait, reason: `unknown service ${want.type}` }, SYSTEM);
  }
}
