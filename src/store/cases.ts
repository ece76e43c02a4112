// Views of cases for people: lists and the log of one. Every query runs inside readAs, so the database shows only what is theirs.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId } from '#base/ids.ts';
import type { CaseState, FactType, Role, Status } from '#cases/types.ts';
import type { DecisionTrace, TrailEntry } from '#engine/types.ts';

export type CaseRow = {
  readonly id: CaseId;
  readonly service: string;
  readonly definition: string;
  readonly status: Status;
  readonly openedAt: Instant;
  readonly submittedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly updatedAt: Instant;
  /** The applicant's open task, and the payment they owe; null where there is none. */
  readonly asked: string | null;
  readonly owed: string | null;
  /** Units that hold an open task. */
  readonly holders: readonly string[];
};

const CASE_COLUMNS = `case_id as id, service, definition, status, opened_at as "openedAt", submitted_at as "submittedAt",
  ended_at as "endedAt", due_at as "dueAt", updated_at as "updatedAt",
  jsonb_path_query_first(state, '$.tasks[*] ? (@.role == "applicant").id') #>> '{}' as asked,
  case when status = 'open' then jsonb_path_query_first(state, '$.payments[*] ? (@.status == "due").id') #>> '{}' end as owed,
  array(select distinct jsonb_array_elements_text(jsonb_path_query_array(state, '$.tasks[*].unit'))) as holders`;

/** A person's own cases, latest first; `before` pages on. */
export async function listOwnCases(
  client: PoolClient,
  person: string,
  page: { readonly most: number; readonly before?: string },
): Promise<readonly CaseRow[]> {
  const result = await client.query<CaseRow>(
    `select ${CASE_COLUMNS} from case_state where applicant = $1 and ($3::timestamptz is null or opened_at < $3) order by opened_at desc limit $2`,
    [person, page.most, page.before ?? null],
  );
  return result.rows;
}

/** A draft of this service that the person has open, if any: continued rather than begun twice. */
export async function findOwnDraft(client: PoolClient, person: string, service: string): Promise<CaseId | undefined> {
  const result = await client.query<{ id: CaseId }>(
    `select case_id as id from case_state where applicant = $1 and service = $2 and status = 'draft' order by opened_at desc limit 1`,
    [person, service],
  );
  return result.rows[0]?.id;
}

/** The state of a case the reader may see. */
export async function findVisibleCase(
  client: PoolClient,
  id: string,
): Promise<{ readonly state: CaseState; readonly seq: number } | undefined> {
  const result = await client.query<{ state: CaseState; seq: number }>(`select state, seq from case_state where case_id = $1`, [
    id,
  ]);
  return result.rows[0];
}

export type EventView = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: FactType;
  readonly person: string;
  readonly role: Role;
  readonly unit: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly derived: { readonly trail?: readonly TrailEntry[]; readonly decisions?: readonly DecisionTrace[] };
};

/** The whole log of one case, in order. */
export async function listEvents(client: PoolClient, id: string): Promise<readonly EventView[]> {
  const result = await client.query<EventView>(
    `select seq, at, type, person, role, unit, data, derived from case_event where case_id = $1 order by seq`,
    [id],
  );
  return result.rows;
}

/** An event as the ledger committed to it: with its salt and its leaf, for receipts. */
export type CommittedEvent = Omit<EventView, 'derived'> & {
  readonly salt: Buffer | null;
  readonly leaf: Buffer;
  readonly previous: string;
  readonly definition: string;
};

export async function findCommittedEvent(client: PoolClient, id: string, type: FactType): Promise<CommittedEvent | undefined> {
  const result = await client.query<CommittedEvent>(
    `select e.seq, e.at, e.type, e.person, e.role, e.unit, e.data, e.salt, e.leaf, c.definition,
       coalesce((select encode(p.leaf, 'hex') from case_event p where p.case_id = e.case_id and p.seq = e.seq - 1), '') as previous
     from case_event e join case_state c on c.case_id = e.case_id
     where e.case_id = $1 and e.type = $2 order by e.seq desc limit 1`,
    [id, type],
  );
  return result.rows[0];
}

/** Names of people and nothing else of them. */
export async function listNames(
  client: PoolClient,
  people: readonly string[],
): Promise<ReadonlyMap<string, { readonly fa: string; readonly en: string }>> {
  const result = await client.query<{ id: string; fa: string; en: string }>(
    `select person_id as id, name_fa as fa, name_en as en from person where person_id = any ($1::text[])`,
    [people],
  );
  return new Map(result.rows.map(({ id, fa, en }) => [id, { fa, en }]));
}
