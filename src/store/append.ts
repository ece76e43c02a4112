// The one statement of a step: the case's new state at the expected version, its events, its key, and every view of it.
// All or nothing, one round trip, one case_id. Measured in bench/road.ts beside the bare transaction rate.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { CaseId } from '#base/ids.ts';
import type { CaseState } from '#cases/types.ts';

export type EventRow = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly person: string;
  readonly role: string;
  readonly unit: string | null;
  readonly data: unknown;
  readonly derived: unknown;
  /** Hex, as are all bytes on their way in. */
  readonly salt: string;
  readonly leaf: string;
};

export type TaskRow = {
  readonly task_id: string;
  readonly element: string;
  readonly role: string;
  readonly unit: string | null;
  readonly inquiry: string | null;
  readonly visit: string | null;
  readonly status: 'open' | 'done' | 'withdrawn';
  readonly assignee: string | null;
  readonly completed_by: string | null;
  readonly barred: readonly string[];
  readonly opened_at: Instant;
  readonly due_at: Instant | null;
  readonly closed_at: Instant | null;
};

export type WantRow = { readonly want_id: string; readonly kind: string; readonly due_at: Instant; readonly body: Json };

export type DocumentRow = {
  readonly code: string;
  readonly number: string;
  readonly kind: string;
  readonly title_fa: string;
  readonly title_en: string;
  readonly file: string;
  readonly issued_at: Instant;
  readonly valid_until: Instant | null;
  readonly status: 'valid' | 'revoked';
  readonly revoked_at: Instant | null;
};

export type IncidentRow = {
  readonly incident_id: string;
  readonly owner: string;
  readonly element: string;
  readonly reason: string;
  readonly opened_at: Instant;
  readonly closed_at: Instant | null;
};

export type Step = {
  readonly id: CaseId;
  /** The sequence number the case must stand at; 0 for a new case. */
  readonly expected: number;
  readonly state: CaseState;
  readonly due: Instant | null;
  readonly at: Instant;
  readonly key: { readonly key: string; readonly command: string; readonly digest: string };
  readonly events: readonly EventRow[];
  readonly tasks: readonly TaskRow[];
  readonly wants: readonly WantRow[];
  readonly over: readonly string[];
  readonly documents: readonly DocumentRow[];
  readonly incidents: readonly IncidentRow[];
  /** Records of registers that the facts were taken from, as they stood: written only while they stand so. */
  readonly held?: readonly { readonly register: string; readonly key: string; readonly version: string | null }[];
};

/** `stale`: another step came first. `repeated`: this key was used in this case. `collided`: a new case's number is taken. */
export type Appended = 'written' | 'stale' | 'repeated' | 'collided';

const HEAD_NEW = `
  insert into case_state (case_id, seq, service, version, definition, status, applicant, units, opened_at, submitted_at, ended_at, due_at, updated_at, leaf, state)
  select $1, $3, $4, $5, $6, $7, $8, $9::text[], $10, $11, $12, $13, $14, decode($15, 'hex'), $16::jsonb where $2::int = 0
  returning 1`;

const RETURNING = `
  returning 1`;
const HEAD_NEXT = `
  update case_state set seq = $3, service = $4, version = $5, definition = $6, status = $7, applicant = $8, units = $9::text[],
    opened_at = $10, submitted_at = $11, ended_at = $12, due_at = $13, updated_at = $14, leaf = decode($15, 'hex'), state = $16::jsonb
  where case_id = $1 and seq = $2::int`;

/** A record that changed since it was read, or that came or went, has no row here. */
const WHILE_HELD = (rows: string): string => `
  and not exists (select 1 from jsonb_to_recordset(${rows}::jsonb) as h (register text, key text, version text)
    left join register_now r on r.register = h.register and r.key = h.key where r.version is distinct from h.version)`;

type Part = { readonly sql: (parameter: string) => string; readonly rows: (step: Step) => unknown };

/** Views of a step beside its events: each is a part of the statement only where the step has rows for it. */
const PARTS = {
  tasks: {
    rows: (step) => (step.tasks.length > 0 ? JSON.stringify(step.tasks) : undefined),
    sql: (rows) => `tasks as (
  insert into task (case_id, task_id, element, service, definition, role, unit, inquiry, visit, status, applicant, assignee, completed_by, barred, opened_at, due_at, closed_at)
  select $1, t.task_id, t.element, $4, $6, t.role, t.unit, t.inquiry, t.visit, t.status, $8, t.assignee, t.completed_by, t.barred, t.opened_at, t.due_at, t.closed_at
  from head, jsonb_to_recordset(${rows}::jsonb) as t (task_id text, element text, role text, unit text, inquiry text, visit text, status text,
    assignee text, completed_by text, barred text[], opened_at timestamptz, due_at timestamptz, closed_at timestamptz)
  on conflict (case_id, task_id) do update set element = excluded.element, definition = excluded.definition, inquiry = excluded.inquiry,
    visit = excluded.visit, status = excluded.status, assignee = excluded.assignee,
    completed_by = excluded.completed_by, barred = excluded.barred, closed_at = excluded.closed_at)`,
  },
  over: {
    rows: (step) => (step.over.length > 0 ? step.over : undefined),
    sql: (ids) => `over as (delete from want using head where want.case_id = $1 and want.want_id = any (${ids}::text[]))`,
  },
  wants: {
    rows: (step) => (step.wants.length > 0 ? JSON.stringify(step.wants) : undefined),
    sql: (rows) => `wants as (
  insert into want (case_id, want_id, kind, due_at, body)
  select $1, w.want_id, w.kind, w.due_at, w.body
  from head, jsonb_to_recordset(${rows}::jsonb) as w (want_id text, kind text, due_at timestamptz, body jsonb)
  on conflict (case_id, want_id) do update set due_at = excluded.due_at, body = excluded.body, attempts = 0, dead = false)`,
  },
  documents: {
    rows: (step) => (step.documents.length > 0 ? JSON.stringify(step.documents) : undefined),
    sql: (rows) => `documents as (
  insert into document (case_id, code, number, kind, service, title_fa, title_en, file, issued_at, valid_until, status, revoked_at)
  select $1, d.code, d.number, d.kind, $4, d.title_fa, d.title_en, d.file, d.issued_at, d.valid_until, d.status, d.revoked_at
  from head, jsonb_to_recordset(${rows}::jsonb) as d (code text, number text, kind text, title_fa text, title_en text, file text,
    issued_at timestamptz, valid_until timestamptz, status text, revoked_at timestamptz)
  on conflict (case_id, code) do update set status = excluded.status, revoked_at = excluded.revoked_at)`,
  },
  incidents: {
    rows: (step) => (step.incidents.length > 0 ? JSON.stringify(step.incidents) : undefined),
    sql: (rows) => `incidents as (
  insert into incident (case_id, incident_id, service, owner, element, reason, opened_at, closed_at)
  select $1, i.incident_id, $4, i.owner, i.element, i.reason, i.opened_at, i.closed_at
  from head, jsonb_to_recordset(${rows}::jsonb) as i (incident_id text, owner text, element text, reason text, opened_at timestamptz, closed_at timestamptz)
  on conflict (case_id, incident_id) do update set element = excluded.element, closed_at = excluded.closed_at)`,
  },
} as const satisfies Record<string, Part>;

const COLUMNS = `(seq int, at timestamptz, type text, person text, role text, unit text, data jsonb, derived jsonb, salt text, leaf text)`;

function core(head: string): string {
  return `with head as (${head}),
used as (insert into command_key (case_id, key, command, digest, seq, at) select $1, $17, $18, $19, $3, $14 from head),
fact as (select e.* from head, jsonb_to_recordset($20::jsonb) as e ${COLUMNS}),
event as (
  insert into case_event (case_id, seq, at, type, person, role, unit, data, derived, salt, leaf)
  select $1, seq, at, type, person, role, unit, data, derived, decode(salt, 'hex'), decode(leaf, 'hex') from fact),
pending as (insert into ledger_pending (case_id, seq, leaf, at) select $1, seq, decode(leaf, 'hex'), at from fact)`;
}

const CORE_VALUES = 20;

/** The statement for the parts this step has, under a name of its own: prepared once a connection. */
function statementOf(step: Step): { readonly name: string; readonly text: string; readonly values: unknown[] } {
  const first = step.expected === 0;
  const present = Object.entries(PARTS).flatMap(([name, part]: [string, Part]) => {
    const rows = part.rows(step);
    return rows === undefined ? [] : [{ name, part, rows }];
  });
  const held = step.held && step.held.length > 0 && !first ? [JSON.stringify(step.held)] : [];
  const name = ['append', first ? 'first' : 'next', ...present.map((one) => one.name), ...held.map(() => 'held')].join('-');
  return {
    name,
    text: textOf(name, {
      head: first
        ? HEAD_NEW
        : `${HEAD_NEXT}${held.map(() => WHILE_HELD(`$${CORE_VALUES + 1 + present.length}`)).join('')}${RETURNING}`,
      parts: present.map((one) => one.part),
    }),
    values: [...values(step), ...present.map((one) => one.rows), ...held],
  };
}

const texts = new Map<string, string>();

function textOf(name: string, { head, parts }: { readonly head: string; readonly parts: readonly Part[] }): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const views = parts.map((part, at) => `,\n${part.sql(`$${CORE_VALUES + 1 + at}`)}`);
  const text = `${core(head)}${views.join('')}\nselect count(*)::int as written from head`;
  texts.set(name, text);
  return text;
}

/** Writes one step. Constraint violations other than the two keys are thrown: the database refused a grave rule. */
export async function append(pool: Pool, step: Step): Promise<Appended> {
  try {
    const result = await pool.query<{ written: number }>(statementOf(step));
    return result.rows[0]?.written === 1 ? 'written' : 'stale';
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined;
    if (constraint === 'command_key_pkey') return 'repeated';
    if (constraint === 'case_state_pkey') return 'collided';
    throw error;
  }
}

function values(step: Step): readonly unknown[] {
  const { state } = step;
  const last = step.events.at(-1);
  return [
    step.id,
    step.expected,
    last?.seq ?? step.expected,
    state.service,
    state.version,
    state.definition,
    state.status,
    state.applicant.id,
    state.units,
    state.openedAt,
    state.submittedAt ?? null,
    state.endedAt ?? null,
    step.due,
    step.at,
    last?.leaf ?? '',
    JSON.stringify(state),
    step.key.key,
    step.key.command,
    step.key.digest,
    JSON.stringify(step.events),
  ];
}
