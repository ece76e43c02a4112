// Runs an example of a service package on the real decide, evolve and engine under a virtual clock: what `dargah test` executes.
// Ports are played by the example's own facts; nothing outside is touched.
import { caseId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import { parseWorkingDuration, workingDue } from '#calendar/working.ts';
import { plusPeriod } from '#calendar/period.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { expectations } from './expect.ts';
import { wantedRecords } from './known.ts';
import type { RegisterRecord } from './known.ts';
import { registerFields, registerKey } from './registers.ts';
import { give, lookUp, passTime, SYSTEM } from './rehearsal-scene.ts';
import type { Scene, Stage } from './rehearsal-scene.ts';
import type { Actor, Applicant, CaseEvent, CaseState, FileRef } from './types.ts';

/** `failures` is empty where everything the example expects came true; else each says what was awaited and what came. */
export type Rehearsed = {
  readonly failures: readonly string[];
  readonly events: readonly CaseEvent[];
  readonly state: CaseState | undefined;
  readonly notified: readonly string[];
};

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
