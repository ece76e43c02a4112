// The views of a case as rows, from its state before and after: what the one statement writes beside the events.
import type { Json } from '#base/json.ts';
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { Incident } from '#engine/types.ts';
import type { CaseEnv, CaseState, Evolved, Task, Want } from '#cases/types.ts';
import { incidents } from '#engine/waits.ts';
import type { DocumentRow, IncidentRow, Step, TaskRow, WantRow } from '#store/append.ts';
import type { Committed } from './commit-events.ts';

type Projected = {
  readonly id: CaseId;
  readonly before: CaseState | undefined;
  readonly evolved: Evolved;
  readonly events: readonly Committed[];
  readonly env: CaseEnv;
  readonly key: Step['key'];
};

export function project({ id, before, evolved, events, env, key }: Projected): Omit<Step, 'expected'> {
  const { state, trail, decisions } = evolved;
  const wants = netWants(evolved.wants);
  return {
    id,
    state,
    due: state.clock?.due ?? null,
    at: env.now,
    key,
    // The whole step's trail is kept with its last event: they are written and read together.
    events: events.map((event, at) => ({ ...event, derived: at === events.length - 1 ? { trail, decisions } : {} })),
    tasks: taskRows(before, state, env.now),
    wants: wants.open,
    over: wants.over,
    documents: documentRows(before, state, env),
    incidents: incidentRows(before, state, env),
  };
}

/** Wants in order: the last word on each id counts. */
function netWants(wants: readonly Want[]): { readonly open: readonly WantRow[]; readonly over: readonly string[] } {
  const last = new Map(wants.map((want) => [want.id, want]));
  const open: WantRow[] = [];
  const over: string[] = [];
  for (const want of last.values()) {
    if (want.kind === 'withdraw') over.push(want.id);
    else {
      const { id, kind, due, ...body } = want;
      open.push({ want_id: id, kind, due_at: due, body: body as unknown as Json });
    }
  }
  return { open, over };
}

/** Rows of tasks that changed: opened, claimed, released, done by whom, withdrawn by the process. */
function taskRows(before: CaseState | undefined, after: CaseState, now: Instant): readonly TaskRow[] {
  const had = before?.tasks ?? [];
  const gone = had
    .filter((task) => !after.tasks.some((one) => one.id === task.id))
    .map((task): TaskRow => {
      const done = after.done.slice(before?.done.length ?? 0).find((one) => one.element === task.element);
      const row = taskRow(task, before ?? after);
      return { ...row, status: done ? 'done' : 'withdrawn', completed_by: done?.person ?? null, closed_at: now };
    });
  const changed = after.tasks
    .filter((task) => had.find((one) => one.id === task.id) !== task)
    .map((task) => taskRow(task, after));
  return [...gone, ...changed];
}

function taskRow(task: Task, state: CaseState): TaskRow {
  return {
    task_id: task.id,
    element: task.element,
    role: task.role,
    unit: task.unit ?? null,
    inquiry: task.inquiry ?? null,
    visit: task.visit ?? null,
    status: 'open',
    assignee: task.assignee ?? null,
    completed_by: null,
    barred: state.done.filter((one) => task.separate.includes(one.element)).map((one) => one.person),
    opened_at: task.openedAt,
    due_at: task.due ?? null,
    closed_at: null,
  };
}

/** Incidents that opened, moved with a migration, or are over: with an ended case all of them. */
function incidentRows(before: CaseState | undefined, after: CaseState, env: CaseEnv): readonly IncidentRow[] {
  const had = before?.engine ? incidents(before.engine) : [];
  const has = after.engine ? incidents(after.engine) : [];
  if (had.length === 0 && has.length === 0) return [];
  const row = (one: Incident, closed: Instant | null): IncidentRow => ({
    incident_id: one.id,
    owner: env.package.manifest.duties.owner,
    element: one.element,
    reason: one.reason,
    opened_at: one.at,
    closed_at: closed,
  });
  const isOver = after.endedAt !== undefined;
  const kept = (one: Incident): boolean => !isOver && has.some((other) => other.id === one.id);
  const isKnown = (one: Incident): boolean => had.some((other) => other.id === one.id && other.element === one.element);
  return [
    ...had.filter((one) => !kept(one)).map((one) => row(one, env.now)),
    ...has.filter((one) => !isOver && !isKnown(one)).map((one) => row(one, null)),
  ];
}

function documentRows(before: CaseState | undefined, after: CaseState, env: CaseEnv): readonly DocumentRow[] {
  const { manifest } = env.package;
  return after.documents
    .filter((document) => before?.documents.find((one) => one.code === document.code)?.status !== document.status)
    .map((document) => ({
      code: document.code,
      number: document.number,
      kind: manifest.kind,
      title_fa: manifest.output?.title.fa ?? manifest.title.fa,
      title_en: manifest.output?.title.en ?? manifest.title.en,
      file: document.file,
      issued_at: document.issuedAt,
      valid_until: document.validUntil ?? null,
      status: document.status,
      revoked_at: document.status === 'revoked' ? env.now : null,
    }));
}
