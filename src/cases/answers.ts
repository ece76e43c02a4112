// What people typed, judged by the form of the moment: a draft's page, the whole application, a task, a correction of named items.
// Never keeps what the form does not ask.
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { isoDateOf } from '#calendar/jalali.ts';
import type { ElementInfo } from '#engine/types.ts';
import { variables } from '#engine/waits.ts';
import type { Answers, Field, Form } from '#forms/types.ts';
import { validateAnswers } from '#forms/validate.ts';
import { boundMember } from '#catalog/registers.ts';
import { asTyped, changedSince, correctableForm, isAsked, standings, statedAnswers } from './known.ts';
import type { Held, Standings, Stated } from './known.ts';
import { registerFields } from './registers.ts';
import type { CaseEnv, CaseState, Command, FileRef, Task } from './types.ts';

function formOf(env: Pick<CaseEnv, 'package'>, id: string): Form {
  const form = env.package.forms[id];
  if (!form) throw new TypeError(`the package has no form ${id}: check should have seen it`);
  return form;
}

function fieldsOf(form: Form): readonly Field[] {
  return form.pages.flatMap((page) => page.fields);
}

/** The city's date: what a form's limit `today` means. */
function todayIn(env: CaseEnv): string {
  return isoDateOf(env.now, env.calendar.utcOffset);
}

function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new Refusal('invalid-answers', { fields: faults, pointer: faults[0]?.pointer ?? '' });
}

/** How the fields of the application stand that a register could give, for its applicant and these answers. */
export function applicationStandings(
  state: Pick<CaseState, 'applicant'>,
  form: Form,
  { answers, held = {} }: { readonly answers: JsonObject; readonly held?: Held | undefined },
): Standings {
  return standings(form, { applicant: state.applicant, answers, held });
}

/** One page of the application, checked; or, to save and return later, whatever of it is a field that is asked. */
export function checkedDraft(state: CaseState, command: Extract<Command, { type: 'SaveDraft' }>, env: CaseEnv): Answers {
  const form = formOf(env, env.package.manifest.application);
  const keys = new Set(
    fieldsOf(form)
      .filter((one) => one.kind !== 'file')
      .map((one) => one.key),
  );
  const typed = Object.fromEntries(Object.entries(command.answers).filter(([key]) => keys.has(key)));
  const all = { ...state.draft, ...typed };
  const stand = applicationStandings(state, form, { answers: all, held: command.held });
  const asked = new Map(fieldsOf(form).map((one) => [one.key, isAsked(stand.get(one.key), one.mayDiffer !== undefined)]));
  const own = Object.fromEntries(Object.entries(typed).filter(([key]) => asked.get(key) !== false));
  if (command.unchecked === true) return own;
  const page = command.page === undefined ? {} : { page: command.page };
  const raw = { ...state.draft, ...own };
  const { answers, faults } = statedAnswers(form, raw, { standings: stand, today: todayIn(env), ...page });
  refuseFaults(faults);
  // A value that may differ and does not is the register's still: what it says at submission counts, not what it said today.
  const isKept = (key: string): boolean =>
    asked.get(key) !== false && (state.draft[key] !== undefined || !isSaid(stand, key, answers));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => isKept(key)));
}

/** The answer is what the register says. */
function isSaid(stand: Standings, key: string, answers: Answers): boolean {
  const one = stand.get(key);
  return one?.is === 'known' && canonical(asTyped(one.value)) === canonical(answers[key] ?? null);
}

/** The whole application: the form's own rules, then what the registers say, taken from them and never from the browser. */
export function checkedApplication(
  state: CaseState,
  command: Extract<Command, { type: 'SubmitApplication' }>,
  env: CaseEnv,
): Pick<Stated, 'answers' | 'sources'> {
  const form = formOf(env, env.package.manifest.application);
  const raw = withFiles({ ...state.draft, ...command.answers }, form, state.files);
  const looked = applicationStandings(state, form, { answers: raw, held: command.held });
  // What could not be looked up is asked: nothing is submitted without it.
  const stand: Standings = new Map([...looked].map(([key, one]) => [key, one.is === 'waiting' ? { is: 'asked' } : one]));
  const { answers, faults, sources } = statedAnswers(form, raw, { standings: stand, today: todayIn(env) });
  const registered = registerFaults(form, answers, { known: command.known, stand });
  // A key that nobody has is one fault: what was asked because of it is none.
  const unknown = new Set(registered.filter((one) => one.code === 'unknown-register-key').map((one) => one.pointer.slice(1)));
  const waiting = new Set(fieldsOf(form).flatMap(({ key, by }) => (by !== undefined && unknown.has(by) ? [`/${key}`] : [])));
  refuseFaults([...faults.filter((one) => !waiting.has(one.pointer)), ...registered]);
  const changed = changedSince(command.seen ?? {}, stand);
  refuseFaults(changed.map((key) => ({ pointer: `/${key}`, code: 'register-changed' })));
  return { answers, sources };
}

type Registered = { readonly known: { readonly [field: string]: JsonObject | null }; readonly stand: Standings };

/** A key the register does not know, and answers that disagree with what it knows. */
function registerFaults(form: Form, answers: Answers, { known, stand }: Registered): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  for (const { field, register } of registerFields(form)) {
    if (answers[field] === undefined) continue;
    const record = known[field];
    if (!record) {
      faults.push({ pointer: `/${field}`, code: 'unknown-register-key', facts: { value: String(answers[field]) } });
      continue;
    }
    for (const one of fieldsOf(form)) {
      const bound = one.key === field || answers[one.key] === undefined ? undefined : boundMember(one.register ?? '');
      if (bound?.register !== register || !isCompared(one, { by: field, isOwner: bound.isOwner, stand })) continue;
      if (record[bound.member] !== answers[one.key]) faults.push({ pointer: `/${one.key}`, code: 'register-mismatch' });
    }
  }
  return faults;
}

/** Compared is who the owner is, where the applicant is not; and, in packages of before, whatever is bound without saying whose record. */
function isCompared(
  { key, from, by, mayDiffer }: Field,
  given: { readonly by: string; readonly isOwner: boolean; readonly stand: Standings },
): boolean {
  if (from !== undefined || mayDiffer !== undefined) return false;
  if (by === undefined) return true;
  return by === given.by && given.isOwner && given.stand.get(key)?.is === 'asked';
}

/** An API may name an uploaded file by its id alone; only files of this case count. */
function withFiles(raw: JsonObject, form: Form, files: readonly FileRef[]): JsonObject {
  const byId = (value: Json | undefined): Json | undefined => {
    const id = isObject(value) ? value['file'] : value;
    return files.find((one) => one.file === id);
  };
  const named = fieldsOf(form).flatMap((one) =>
    one.kind === 'file' && raw[one.key] !== undefined ? [[one.key, byId(raw[one.key]) ?? null] as const] : [],
  );
  return { ...raw, ...Object.fromEntries(named) };
}

/** A field of the application, or of an open task's form, that takes a file. Throws Refusal `invalid-answers`. */
export function fileField(state: CaseState, key: string, env: Pick<CaseEnv, 'package'>): Field {
  const ids = [env.package.manifest.application, ...state.tasks.flatMap((task) => (task.form === undefined ? [] : [task.form]))];
  const field = ids.flatMap((id) => fieldsOf(formOf(env, id))).find((one) => one.key === key && one.kind === 'file');
  if (!field) throw new Refusal('invalid-answers', { fields: [{ pointer: `/${key}`, code: 'unknown-field' }] });
  return field;
}

export function elementOf(env: Pick<CaseEnv, 'package'>, id: string): ElementInfo {
  const element = env.package.process.elements.find((one) => one.id === id);
  if (!element) throw new TypeError(`the process has no element ${id}`);
  return element;
}

/** The fields an open correction task asks for, with the officer's words. */
export function correctionsOf(state: CaseState): readonly { readonly field: string; readonly reason: string }[] {
  const list = state.engine ? variables(state.engine)['corrections'] : undefined;
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[])
    .filter(isObject)
    .map((one) => ({ field: String(one['field']), reason: String(one['reason']) }));
}

/** A task's answers, checked by its form. A correction takes just the items that were asked for. */
export function checkedTask(
  state: CaseState,
  task: Task,
  given: { readonly answers: JsonObject; readonly env: CaseEnv },
): { readonly answers: Answers; readonly correction: boolean } {
  const { answers: raw, env } = given;
  const { properties = {} } = elementOf(env, task.element);
  const form = task.form === undefined ? undefined : formOf(env, task.form);
  if (!form) return { answers: {}, correction: false };
  if (properties['only'] === 'corrections') {
    const only = correctionsOf(state).map((one) => one.field);
    const outside = Object.keys(raw).find((key) => !only.includes(key));
    if (outside !== undefined) throw new Refusal('correction-out-of-scope', { pointer: `/${outside}`, field: outside });
    const before = state.engine ? variables(state.engine)['application'] : undefined;
    const known = isObject(before) ? before : {};
    const checked = validateAnswers(form, withFiles({ ...known, ...raw }, form, state.files), { only, today: todayIn(env) });
    refuseFaults(checked.faults);
    return { answers: checked.answers, correction: true };
  }
  const checked = validateAnswers(form, withFiles(raw, form, state.files), { today: todayIn(env) });
  const target = properties['corrections'];
  const corrections =
    target === undefined
      ? undefined
      : checkedCorrections(correctableForm(formOf(env, target), state.sources), raw, checked.answers);
  refuseFaults([...checked.faults, ...(corrections?.faults ?? [])]);
  return { answers: { ...checked.answers, ...(corrections ? { corrections: corrections.list } : {}) }, correction: false };
}

/** An itemised correction request: each item a field of the application, each with a reason; at least one where correction is the decision. */
function checkedCorrections(
  form: Form,
  raw: JsonObject,
  answers: Answers,
): { readonly list: readonly JsonObject[]; readonly faults: readonly FieldFault[] } {
  if (answers['decision'] !== 'correct') return { list: [], faults: [] };
  const given = Array.isArray(raw['corrections']) ? (raw['corrections'] as readonly Json[]).filter(isObject) : [];
  if (given.length === 0) return { list: [], faults: [{ pointer: '/corrections', code: 'corrections-empty' }] };
  const keys = new Set(fieldsOf(form).map((one) => one.key));
  const faults = given.flatMap((one, at): readonly FieldFault[] => {
    if (!keys.has(String(one['field']))) return [{ pointer: `/corrections/${at}/field`, code: 'unknown-field' }];
    const reason = one['reason'];
    return typeof reason === 'string' && reason.trim() !== '' ? [] : [{ pointer: `/corrections/${at}/reason`, code: 'required' }];
  });
  return { list: given.map((one) => ({ field: String(one['field']), reason: String(one['reason'] ?? '').trim() })), faults };
}
