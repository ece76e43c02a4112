// The tables of inquiries: one statement writes a step, as for cases; lists for units, askers and the people asked about.
import type { Pool, PoolClient } from 'pg';
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { PackageFiles } from '#catalog/types.ts';
import type { Contract, InquiryId, InquiryState } from '#inquiries/types.ts';
import type { EventRow } from './append.ts';
import type { KeptAnswer, KeptQuestion, Spending } from './partners.ts';

export type Evidence = { readonly question: KeptQuestion; readonly answer?: KeptAnswer | undefined };

export type InquiryStep = {
  readonly id: InquiryId;
  readonly expected: number;
  readonly state: InquiryState;
  readonly definition: string;
  readonly events: readonly Omit<EventRow, 'derived'>[];
  /** The question's own row is written with its key. */
  readonly key?: { readonly key: string; readonly digest: string };
  readonly asker: string;
  /** The unit that owns the question; written with its key. */
  readonly owner: string;
  /** Question and answer as they went over the wire, kept in the same statement. */
  readonly evidence?: Evidence;
  readonly subject: string | null;
  readonly questionHash: string;
  readonly visibleAt: Instant | 'infinity' | null;
  /** Identifiers that are good once, spent in the same statement: where one was spent before, nothing else is written. */
  readonly spends?: readonly Spending[];
};

/** `stale`: another step came first. `repeated`: the asker used this key before. `replayed`: that identifier was spent before. */
export type Written = 'written' | 'stale' | 'repeated' | { readonly replayed: string };

const COLUMNS = `(seq int, at timestamptz, type text, person text, role text, unit text, data jsonb, salt text, leaf text)`;
const EVENTS = `fact as (select e.* from head, jsonb_to_recordset($4::jsonb) as e ${COLUMNS}),
  event as (insert into inquiry_event (inquiry_id, seq, at, type, person, role, unit, data, salt, leaf)
    select $1, seq, at, type, person, role, unit, data, decode(salt, 'hex'), decode(leaf, 'hex') from fact),
  pending as (insert into ledger_pending (case_id, seq, leaf, at) select $1, seq, decode(leaf, 'hex'), at from fact)`;

const FIRST = `with fresh as (
    insert into spent (id, until) select s.id, s.until from unnest($27::text[], $28::timestamptz[]) as s (id, until)
    on conflict (id) do nothing returning id),
  used as (insert into inquiry_key (asker, key, digest, inquiry_id, at) select $12, $19, $20, $1, $16
    where (select count(*) from fresh) = cardinality($27::text[]) on conflict (asker, key) do nothing returning 1),
  head as (
    insert into inquiry (inquiry_id, seq, type, definition, status, contract, organisation, case_id, asker, unit, subject, visible_at, asked_at, due_at, answered_at, question_hash, reusable_until, leaf, state, owner)
    select $1, $3, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $21, $22, decode($5, 'hex'), $2::jsonb, $25 from used returning 1),
  evidence as (insert into inquiry_evidence (inquiry_id, question, answer) select $1, $23::jsonb, $24::jsonb from head where $23::jsonb is not null),
  turn as (insert into inquiry_call (inquiry_id, connector, since, next_at) select $1, $26, $16, $16 from head where $26::text is not null), ${EVENTS}
  select (select count(*)::int from head) as written, array(select id from fresh) as fresh`;

const NEXT = `with head as (
    update inquiry set seq = $3, status = $6, unit = $7, answered_at = $8, reusable_until = $10, leaf = decode($5, 'hex'), state = $2::jsonb
    where inquiry_id = $1 and seq = $9::int returning 1),
  turn as (insert into inquiry_call (inquiry_id, connector, since, next_at) select $1, $11, $12, $12 from head where $11::text is not null
    on conflict (inquiry_id) do update set connector = $11, since = $12, next_at = $12, leased_until = '-infinity', tries = 0, fault = null), ${EVENTS}
  select count(*)::int as written from head`;

export async function appendInquiry(pool: Pool, step: InquiryStep): Promise<Written> {
  const { id, state, events } = step;
  const last = events.at(-1);
  const shared = [id, JSON.stringify(state), last?.seq ?? step.expected, JSON.stringify(events), last?.leaf ?? ''];
  const answered = state.answer?.at ?? null;
  if (step.key) return appendFirst(pool, step, [...shared, ...firstValues(step, answered)]);
  const result = await pool.query<{ written: number }>({
    name: 'inquiry-next',
    text: NEXT,
    values: [
      ...shared,
      state.status,
      state.unit ?? null,
      answered,
      step.expected,
      state.answer?.until ?? null,
      turnOf(step),
      last?.at ?? null,
    ],
  });
  return result.rows[0]?.written === 1 ? 'written' : 'stale';
}

async function appendFirst(pool: Pool, { spends = [] }: InquiryStep, values: readonly unknown[]): Promise<Written> {
  const result = await pool.query<{ written: number; fresh: readonly string[] }>({
    name: 'inquiry-first',
    text: FIRST,
    values: [...values, spends.map((one) => one.id), spends.map((one) => one.until)],
  });
  const { written = 0, fresh = [] } = result.rows[0] ?? {};
  const replayed = spends.find((one) => !fresh.includes(one.id));
  if (replayed) return { replayed: replayed.id };
  return written === 1 ? 'written' : 'repeated';
}

/** The connector whose turn this step begins. */
function turnOf({ state, events }: InquiryStep): string | null {
  const isTurn = events.some((one) => one.type === 'ResponderAsked' || one.type === 'InquiryRevived');
  return isTurn && state.status === 'waiting' ? (state.connector ?? null) : null;
}

function firstValues(step: InquiryStep, answered: Instant | null): readonly unknown[] {
  const { state, definition, asker, subject, visibleAt, key, questionHash, evidence, owner } = step;
  const by = state.asker;
  return [
    state.type,
    definition,
    state.status,
    by.by === 'contract' ? by.contract : null,
    by.by === 'contract' ? by.organisation : null,
    by.by === 'case' ? by.case : null,
    asker,
    state.unit ?? null,
    subject,
    visibleAt,
    state.askedAt,
    state.due,
    answered,
    key?.key ?? '',
    key?.digest ?? '',
    questionHash,
    state.answer?.until ?? null,
    evidence ? JSON.stringify(evidence.question) : null,
    evidence?.answer ? JSON.stringify(evidence.answer) : null,
    owner,
    turnOf(step),
  ];
}

export type LoadedInquiry = {
  readonly state: InquiryState;
  readonly seq: number;
  readonly leaf: string;
  readonly definition: string;
};

/** Throws Refusal `inquiry-not-found`. */
export async function loadInquiry(pool: Pool, id: string): Promise<LoadedInquiry> {
  const result = await pool.query<LoadedInquiry>({
    name: 'load-inquiry',
    text: `select state, seq, encode(leaf, 'hex') as leaf, definition from inquiry where inquiry_id = $1`,
    values: [id],
  });
  const row = result.rows[0];
  if (!row) throw new Refusal('inquiry-not-found', { inquiry: id });
  return row;
}

/** The inquiry that an asker's key was used for. */
export async function findInquiryKey(
  pool: Pool,
  asker: string,
  key: string,
): Promise<{ readonly id: InquiryId; readonly digest: string } | undefined> {
  const result = await pool.query<{ id: InquiryId; digest: string }>(
    `select inquiry_id as id, digest from inquiry_key where asker = $1 and key = $2`,
    [asker, key],
  );
  return result.rows[0];
}

/** Running inquiries whose deadline is over, oldest first. */
export async function listOverdueInquiries(pool: Pool, now: Instant, most: number): Promise<readonly InquiryId[]> {
  const result = await pool.query<{ id: InquiryId }>(
    `select inquiry_id as id from inquiry where status in ('asked', 'waiting', 'dead') and due_at <= $1 and not (state ? 'silentAt')
     order by due_at limit $2`,
    [now, most],
  );
  return result.rows.map((row) => row.id);
}

export type InquiryRow = {
  readonly id: InquiryId;
  readonly type: string;
  readonly definition: string;
  readonly status: InquiryState['status'];
  readonly organisation: string | null;
  readonly contract: string | null;
  readonly caseId: string | null;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly state: InquiryState;
};
export const INQUIRY_ROW = `inquiry_id as id, type, definition, status, organisation, contract, case_id as "caseId", asked_at as "askedAt", due_at as "dueAt",
  answered_at as "answeredAt", state`;

/** What a case has asked, in order. */
export async function listOfCase(client: PoolClient, caseId: string): Promise<readonly InquiryRow[]> {
  const result = await client.query<InquiryRow>(
    `select ${INQUIRY_ROW} from inquiry where case_id = $1 order by asked_at, inquiry_id limit 100`,
    [caseId],
  );
  return result.rows;
}

/** What a person asked under their organisation's contracts, latest first. Runs inside readAs, as do those below. */
export async function listAsked(client: PoolClient, asker: string, most: number): Promise<readonly InquiryRow[]> {
  const result = await client.query<InquiryRow>(
    `select ${INQUIRY_ROW} from inquiry where asker = $1 order by asked_at desc limit $2`,
    [asker, most],
  );
  return result.rows;
}

/** Who asked about the reader, as far as they may see it yet, latest first. */
export async function listLooks(client: PoolClient, most: number): Promise<readonly InquiryRow[]> {
  const result = await client.query<InquiryRow>(
    `select ${INQUIRY_ROW} from inquiry where subject = dargah_subject() and visible_at <= now() order by asked_at desc limit $1`,
    [most],
  );
  return result.rows;
}

export async function findVisibleInquiry(client: PoolClient, id: string): Promise<InquiryRow | undefined> {
  const result = await client.query<InquiryRow>(`select ${INQUIRY_ROW} from inquiry where inquiry_id = $1`, [id]);
  return result.rows[0];
}

export type InquiryTypeRow = { readonly definition: string; readonly type: string; readonly files: PackageFiles };

/** The newest published version of each type. */
export async function listInquiryTypes(pool: Pool): Promise<readonly InquiryTypeRow[]> {
  const result = await pool.query<InquiryTypeRow>(
    `select distinct on (type) definition, type, files from inquiry_type order by type, published_at desc`,
  );
  return result.rows;
}

export async function loadInquiryType(pool: Pool, definition: string): Promise<PackageFiles> {
  const result = await pool.query<{ files: PackageFiles }>(`select files from inquiry_type where definition = $1`, [definition]);
  const row = result.rows[0];
  if (!row) throw new Refusal('service-not-found', { definition });
  return row.files;
}

/** The newest version of each contract, in force or not. */
export async function listContracts(pool: Pool): Promise<readonly Contract[]> {
  const result = await pool.query<{ body: Contract }>(
    `select distinct on (contract) body from contract order by contract, version desc`,
  );
  return result.rows.map((row) => row.body);
}

export async function publishInquiryType(
  pool: Pool,
  one: {
    readonly definition: string;
    readonly type: string;
    readonly version: string;
    readonly files: PackageFiles;
    readonly author: string;
    readonly approver: string;
    readonly at: Instant;
  },
): Promise<void> {
  await pool.query(
    `insert into inquiry_type (definition, type, version, files, author, approver, published_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (definition) do nothing`,
    [one.definition, one.type, one.version, JSON.stringify(one.files), one.author, one.approver, one.at],
  );
}

export async function publishContract(pool: Pool, contract: Contract, at: Instant): Promise<void> {
  await pool.query(
    `insert into contract (contract, version, body, published_at) values ($1, $2, $3, $4) on conflict (contract, version) do nothing`,
    [contract.id, contract.version, JSON.stringify(contract), at],
  );
}
