// Judges one command of one actor against the aligned table, and answers with the hat it is done under.
// Refuses; never changes anything.
import { Refusal } from '#base/refusal.ts';
import { MAY } from './may.ts';
import type { Permission } from './may.ts';
import type { Actor, CaseState, Command, Hat, Task } from './types.ts';

/** The unit that owns the process, where a command is the owner's. */
type Owned = { readonly owner?: string | undefined };

/** The hat `actor` wears for `command`. Throws Refusal `wrong-state`, `own-case`, `other-unit`, `same-person`, `not-permitted`, `task-closed`. */
export function authorise(state: CaseState | undefined, command: Command, actor: Actor, { owner }: Owned = {}): Hat {
  const status = state?.status ?? 'none';
  const lines = MAY[command.type];
  const task = state && 'task' in command ? openTask(state, command.task) : undefined;
  let refusal: Refusal | undefined;
  for (const line of lines) {
    const judged = judge(line, { state, task, actor, owner });
    if (judged instanceof Refusal) {
      // The most telling refusal of several lines: any that names a reason before the bare "not permitted".
      if (refusal === undefined || refusal.code === 'not-permitted') refusal = judged;
    } else if (line.statuses.includes(status)) return judged;
    else refusal = new Refusal('wrong-state', { command: command.type, status });
  }
  throw refusal ?? new Refusal('not-permitted', { command: command.type });
}

/** The open task of that id. Throws Refusal `task-closed` where somebody finished it or the process withdrew it. */
export function openTask(state: CaseState, id: string): Task {
  const task = state.tasks.find((one) => one.id === id);
  if (!task) throw new Refusal('task-closed', { task: id });
  return task;
}

type Standing = { readonly state: CaseState | undefined; readonly task: Task | undefined; readonly actor: Actor } & Owned;

function judge(line: Permission, { state, task, actor, owner }: Standing): Hat | Refusal {
  const own = state !== undefined && state.applicant.id === actor.person;
  switch (line.relation) {
    case 'system':
      return actor.kind === 'system' ? { person: 'system', role: 'system' } : new Refusal('not-permitted');
    case 'anyone':
      return actor.kind === 'system' ? new Refusal('not-permitted') : { person: actor.person, role: actor.kind };
    case 'applicant': {
      if (!own) return new Refusal('not-permitted');
      if (task && task.role !== 'applicant') return new Refusal('own-case');
      return { person: actor.person, role: state.applicant.kind };
    }
    case 'executor':
      return task ? executor(line, { state, task, actor }) : holder(line, { state, task, actor });
    case 'owner':
      return ownerOf(line, { state, task, actor, owner });
    case 'unit':
      return holder(line, { state, task, actor });
  }
}

function executor(line: Permission, { state, task, actor }: Standing): Hat | Refusal {
  if (!state || !task || task.role === 'applicant') return new Refusal('not-permitted');
  const hat = actor.assignments.find((one) => line.roles.includes(one.role) && one.role === task.role && one.unit === task.unit);
  if (!hat) {
    const elsewhere = actor.assignments.some((one) => one.role === task.role);
    return new Refusal(elsewhere ? 'other-unit' : 'not-permitted', { unit: task.unit ?? '' });
  }
  if (state.applicant.id === actor.person) return new Refusal('own-case');
  // Four eyes: the model says from whom this step is kept apart.
  const separate = state.done.find((one) => one.person === actor.person && task.separate.includes(one.element));
  if (separate) return new Refusal('same-person', { element: separate.element });
  return { person: actor.person, role: hat.role, unit: hat.unit };
}

function ownerOf(line: Permission, { state, actor, owner }: Standing): Hat | Refusal {
  const hat = actor.assignments.find((one) => line.roles.includes(one.role) && one.unit === owner);
  if (!state || !hat) return new Refusal('not-permitted');
  if (state.applicant.id === actor.person) return new Refusal('own-case');
  return { person: actor.person, role: hat.role, unit: hat.unit };
}

/** Somebody of a unit that holds an open task of the case, or completed one. */
function holder(line: Permission, { state, actor }: Standing): Hat | Refusal {
  if (!state) return new Refusal('not-permitted');
  const units = new Set([...state.tasks.map((task) => task.unit), ...state.units]);
  const hat = actor.assignments.find((one) => line.roles.includes(one.role) && units.has(one.unit));
  if (!hat) return new Refusal('not-permitted');
  if (state.applicant.id === actor.person) return new Refusal('own-case');
  return { person: actor.person, role: hat.role, unit: hat.unit };
}

/** The same judgement as a question, for pages: may this actor give such a command now? */
export function may(state: CaseState, command: Command, actor: Actor, owned: Owned = {}): boolean {
  try {
    authorise(state, command, actor, owned);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
