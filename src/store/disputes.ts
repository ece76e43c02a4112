// The tables of disputes: one statement writes a step with its messages and, where it was accepted, the correction. Lists for people and units.
import type { Pool, PoolClient } from 'pg';
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { DisputedField, DisputeFact, DisputeId, DisputeState } from '#registry/dispute.ts';
import type { EventRow } from './append.ts';

/** To the person who disputes, or to the unit that decides. */
export type DisputeMessage = {
  readonly message_id: string;
  readonly person: string | null;
  readonly unit: string | null;
  readonly key: string;
  readonly text_fa: string;
  readonly text_en: string;
  readonly link: string;
};

/** What it replaces is what the register itself says at that moment. */
export type CorrectionRow = { readonly value: Json; readonly source: string };

export type DisputeStep = {
  readonly state: DisputeState;
  /** The sequence number it must stand at; 0 for a new one. */
  readonly expected: number;
  readonly events: readonly Omit<EventRow, 'derived'>[];
  readonly messages: readonly DisputeMessage[];
  readonly correction?: CorrectionRow;
};

const COLUMNS = `(seq int, at timestamptz, type text, person text, role text, unit text, data jsonb, salt text, leaf text)`;

const HEAD_NEW = `insert into dispute (dispute_id, seq, register, key, field, status, person, unit, opened_at, due_at, decided_at, decided_by, leaf, state)
    select $1, $3, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, decode($5, 'hex'), $2::jsonb where $16::int = 0 returning 1`;
const HEAD_NEXT = `update dispute set seq = $3, register = $6, key = $7, field = $8, status = $9, person = $10, unit = $11, opened_at = $12,
    due_at = $13, decided_at = $14, decided_by = $15, leaf = decode($5, 'hex'), state = $2::jsonb
    where dispute_id = $1 and seq = $16::int returning 1`;

const TAIL = `fact as (select e.* from head, jsonb_to_recordset($4::jsonb) as e ${COLUMNS}),
  event as (insert into dispute_event (dispute_id, seq, at, type, person, role, unit, data, salt, leaf)
    select $1, seq, at, type, person, role, unit, data, decode(salt, 'hex'), decode(leaf, 'hex') from fact),
  pending as (insert into ledger_pending (case_id, seq, leaf, at) select $1, seq, decode(leaf, 'hex'), at from fact),
  told as (insert into message (case_id, message_id, person, unit, key, text_fa, text_en, at, link)
    select $1, m.message_id, m.person, m.unit, m.key, m.text_fa, m.text_en, $18, m.link from head, jsonb_to_recordset($17::jsonb)
      as m (message_id text, person text, unit text, key text, text_fa text, text_en text, link text) on conflict do nothing),
  righted as (insert into register_correction (register, key, field, dispute, value, replaced, source, at)
    select $6, $7, $8, $1, c.value, coalesce((select r.body -> $8 from register_record r where r.register = $6 and r.key = $7), 'null'), c.source, $18
    from head, jsonb_to_recordset($19::jsonb) as c (value jsonb, source text))
  select count(*)::int as written from head`;

/** `stale`: another step came first. `open`: the same person disputes the same field already. */
export async function appendDispute(pool: Pool, step: DisputeStep): Promise<'written' | 'stale' | 'open'> {
  const { state, events, expected, messages, correction } = step;
  const last = events.at(-1);
  const isNew = expected === 0;
  try {
    const result = await pool.query<{ written: number }>({
      name: isNew ? 'dispute-first' : 'dispute-next',
      text: `with head as (${isNew ? HEAD_NEW : HEAD_NEXT}), ${TAIL}`,
      values: [
        state.id,
        JSON.stringify(state),
        last?.seq ?? expected,
        JSON.stringify(events),
        last?.leaf ?? '',
        state.register,
        state.key,
        state.field,
        state.status,
        state.person,
        state.unit,
        state.openedAt,
        state.due,
        state.decision?.at ?? null,
        state.decision?.by ?? null,
        expected,
        JSON.stringify(messages),
        last?.at ?? state.openedAt,
        JSON.stringify(correction ? [correction] : []),
      ],
    });
    return result.rows[0]?.written === 1 ? 'written' : 'stale';
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined;
    if (constraint === 'dispute_open' || constraint === 'dispute_pkey') return 'open';
    throw error;
  }
}

export type LoadedDispute = { readonly state: DisputeState; readonly seq: number; readonly leaf: string };

const LOADED = `state, seq, encode(leaf, 'hex') as leaf`;

/** Throws Refusal `dispute-not-found`. */
export async function loadDispute(pool: Pool, id: string): Promise<LoadedDispute> {
  const result = await pool.query<LoadedDispute>(`select ${LOADED} from dispute where dispute_id = $1`, [id]);
  const row = result.rows[0];
  if (!row) throw new Refusal('dispute-not-found', { dispute: id });
  return row;
}

/** The open dispute of a person about a field. */
export async function findOpenDispute(
  pool: Pool,
  person: string,
  { register, key, field }: DisputedField,
): Promise<LoadedDispute | undefined> {
  const result = await pool.query<LoadedDispute>(
    `select ${LOADED} from dispute where register = $1 and key = $2 and field = $3 and person = $4 and status = 'open'`,
    [register, key, field, person],
  );
  return result.rows[0];
}

/** Open ones whose deadline is over and of which nobody was told yet, oldest first. */
export async function listOverdueDisputes(pool: Pool, now: Instant, most: number): Promise<readonly DisputeId[]> {
  const result = await pool.query<{ id: DisputeId }>(
    `select dispute_id as id from dispute where status = 'open' and due_at <= $1 and not (state ? 'overdueAt') order by due_at limit $2`,
    [now, most],
  );
  return result.rows.map((row) => row.id);
}

/** What a person disputed, latest first. Runs inside readAs, as do those below. */
export async function listOwnDisputes(client: PoolClient, person: string, most: number): Promise<readonly DisputeState[]> {
  const result = await client.query<{ state: DisputeState }>(
    `select state from dispute where person = $1 order by opened_at desc limit $2`,
    [person, most],
  );
  return result.rows.map((row) => row.state);
}

/** What waits for the reader's units, the most urgent first; and what they decided last. */
export async function listUnitDisputes(
  client: PoolClient,
  units: readonly string[],
  most: number,
): Promise<readonly DisputeState[]> {
  const result = await client.query<{ state: DisputeState }>(
    `select state from dispute where unit = any ($1::text[]) order by status <> 'open', case when status = 'open' then due_at end, decided_at desc nulls last
     limit $2`,
    [units, most],
  );
  return result.rows.map((row) => row.state);
}

export async function findVisibleDispute(client: PoolClient, id: string): Promise<DisputeState | undefined> {
  const result = await client.query<{ state: DisputeState }>(`select state from dispute where dispute_id = $1`, [id]);
  return result.rows[0]?.state;
}

export type DisputeEventRow = {
  readonly at: Instant;
  readonly type: DisputeFact['type'];
  readonly role: string;
  readonly unit: string | null;
};

export async function listDisputeEvents(client: PoolClient, id: string): Promise<readonly DisputeEventRow[]> {
  const result = await client.query<DisputeEventRow>(
    `select at, type, role, unit from dispute_event where dispute_id = $1 order by seq`,
    [id],
  );
  return result.rows;
}

export type DisputeStanding = DisputedField & {
  readonly id: DisputeId;
  readonly status: DisputeState['status'];
  readonly openedAt: Instant;
};

/** The latest dispute of each field that was ever disputed. For those who see a case that has its value. */
export async function listDisputeStatuses(pool: Pool, fields: readonly DisputedField[]): Promise<readonly DisputeStanding[]> {
  const result = await pool.query<DisputeStanding>(
    `select distinct on (d.register, d.key, d.field) d.register, d.key, d.field, d.dispute_id as id, d.status, d.opened_at as "openedAt"
     from jsonb_to_recordset($1::jsonb) as w (register text, key text, field text)
     join dispute d using (register, key, field) order by d.register, d.key, d.field, d.opened_at desc`,
    [JSON.stringify(fields)],
  );
  return result.rows;
}

export type PastValue = { readonly value: Json; readonly asOf: Instant; readonly until: Instant };

/** What a source's record said of a field before, latest first, each value once. */
export async function listPastValues(
  pool: Pool,
  { source, key, field }: { readonly source: string; readonly key: string; readonly field: string },
): Promise<readonly PastValue[]> {
  const result = await pool.query<PastValue>(
    `select fields -> $3 as value, as_of as "asOf", replaced_at as until from source_record_before
     where source = $1 and key = $2 and fields ? $3 order by replaced_at desc limit 50`,
    [source, key, field],
  );
  return result.rows;
}
