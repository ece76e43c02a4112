// Inquiries as the units of the city see them: what waits for an answer, what they have asked, what of it came late. Each list is one index read
// from its place on, however many inquiries are over.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { InquiryId } from '#inquiries/types.ts';
import { INQUIRY_ROW } from './inquiries.ts';
import type { InquiryRow } from './inquiries.ts';

/** A place in a list: two inquiries of one moment keep an order. */
export type InquiryPlace = { readonly at: Instant; readonly id: string };

export type InboxFilter = {
  readonly type?: string | undefined;
  /** Overdue at this moment. */
  readonly overdueAt?: Instant | undefined;
  readonly forwarded?: boolean | undefined;
  /** `unit:<id>` or `organisation:<id>`. */
  readonly asker?: string | undefined;
  readonly after?: InquiryPlace | undefined;
  readonly most: number;
};

/** What waits in the reader's units, the nearest deadline first. Runs inside readAs, as do those below. */
export async function listInbox(
  client: PoolClient,
  units: readonly string[],
  { type, overdueAt, forwarded, asker, after, most }: InboxFilter,
): Promise<readonly InquiryRow[]> {
  const result = await client.query<InquiryRow>(
    `select one.* from unnest($1::text[]) as own (held) cross join lateral (
       select ${INQUIRY_ROW} from inquiry where unit = own.held and status = 'waiting'
         and ($2::text is null or type = $2) and ($3::timestamptz is null or due_at <= $3) and (not $4 or forwards > 0)
         and ($5::text is null or $5 = case when case_id is null then 'organisation:' || organisation else 'unit:' || asker_unit end)
         and ($6::timestamptz is null or (due_at, inquiry_id) > ($6, $7))
       order by due_at, inquiry_id limit $8) as one
     order by one."dueAt", one.id limit $8`,
    [units, type ?? null, overdueAt ?? null, forwarded === true, asker ?? null, after?.at ?? null, after?.id ?? '', most],
  );
  return result.rows;
}

/** Those of these inquiries that the reader may see, in the order of their deadlines. */
export async function listInquiries(client: PoolClient, ids: readonly string[]): Promise<readonly InquiryRow[]> {
  const result = await client.query<InquiryRow>(
    `select ${INQUIRY_ROW} from inquiry where inquiry_id = any ($1::text[]) order by due_at, inquiry_id`,
    [ids],
  );
  return result.rows;
}

export type WaitingCount = {
  readonly unit: string;
  readonly type: string;
  readonly asker: string;
  readonly waiting: number;
};

/** What waits, by unit, type and asker: the choices of a filter. */
export async function countWaiting(client: PoolClient, units: readonly string[]): Promise<readonly WaitingCount[]> {
  const result = await client.query<WaitingCount>(
    `select unit, type, case when case_id is null then 'organisation:' || organisation else 'unit:' || asker_unit end as asker, count(*)::int as waiting
     from inquiry where unit = any ($1::text[]) and status = 'waiting' group by 1, 2, 3 order by 1, 2, 3`,
    [units],
  );
  return result.rows;
}

export type InquiryLoad = {
  readonly unit: string;
  readonly waiting: number;
  readonly overdue: number;
  /** How long half of what waits has waited, at least. */
  readonly medianSeconds: number;
};

/** What each unit has to answer. */
export async function listInquiryLoad(
  client: PoolClient,
  units: readonly string[],
  now: Instant,
): Promise<readonly InquiryLoad[]> {
  const result = await client.query<InquiryLoad>(
    `select unit, count(*)::int as waiting, count(*) filter (where due_at <= $2)::int as overdue,
       (percentile_cont(0.5) within group (order by extract(epoch from $2::timestamptz - asked_at)))::float8 as "medianSeconds"
     from inquiry where unit = any ($1::text[]) and status = 'waiting' group by unit order by unit`,
    [units, now],
  );
  return result.rows;
}

export const SENT_STATES = ['open', 'overdue', 'answered', 'silent', 'late'] as const;
export type SentState = (typeof SENT_STATES)[number];
/** Each lets its own partial index serve the list. */
const SENT: Readonly<Record<SentState, string>> = {
  open: `status in ('asked', 'waiting', 'dead')`,
  overdue: `status in ('asked', 'waiting', 'dead') and due_at <= $6`,
  answered: `status = 'answered'`,
  silent: `(status in ('silent', 'given-up') or escalated)`,
  late: `late > 0`,
};

export type SentFilter = {
  readonly state?: SentState | undefined;
  readonly type?: string | undefined;
  readonly now: Instant;
  readonly before?: InquiryPlace | undefined;
  readonly most: number;
};
export type SentRow = InquiryRow & { readonly lateNew: number; readonly seesCase: boolean };

/** What the cases and officers of these units have asked, latest first; not of the reader's own cases. */
export async function listSent(
  client: PoolClient,
  reader: { readonly person: string; readonly units: readonly string[] },
  { state, type, now, before, most }: SentFilter,
): Promise<readonly SentRow[]> {
  const result = await client.query<SentRow>(
    `select i.*, greatest(0, i."lateCount" - coalesce(r.late, 0))::int as "lateNew", c.case_id is not null as "seesCase"
     from unnest($1::text[]) as own (held) cross join lateral (select ${INQUIRY_ROW}, late as "lateCount" from inquiry
       where asker_unit = own.held and ($2::text is null or type = $2)
         and ($3::timestamptz is null or (asked_at, inquiry_id) < ($3, $4)) and $6::timestamptz is not null
         ${state === undefined ? '' : `and ${SENT[state]}`}
         and not exists (select 1 from case_state o where o.case_id = inquiry.case_id and o.applicant = $7)
       order by asked_at desc, inquiry_id desc limit $5) as i
     left join case_state c on c.case_id = i."caseId"
     left join inquiry_read r on r.inquiry_id = i.id and r.person = $7
     order by i."askedAt" desc, i.id desc limit $5`,
    [reader.units, type ?? null, before?.at ?? null, before?.id ?? '', most, now, reader.person],
  );
  return result.rows;
}

/** Somebody has seen this many late answers. Runs on the road: nobody reads by it. */
export async function keepRead(pool: Pool, id: InquiryId, person: string, late: number): Promise<void> {
  await pool.query(
    `insert into inquiry_read (inquiry_id, person, late) values ($1, $2, $3)
     on conflict (inquiry_id, person) do update set late = greatest(inquiry_read.late, excluded.late)`,
    [id, person, late],
  );
}

/** Waiting inquiries whose unit is to be reminded, the longest due first. */
export async function listToRemind(pool: Pool, now: Instant, most: number): Promise<readonly InquiryId[]> {
  const result = await pool.query<{ id: InquiryId }>(
    `select inquiry_id as id from inquiry where status = 'waiting' and unit is not null and not (state ?| array['remindedAt', 'silentAt'])
       and state ->> 'remindAt' <= $1 order by state ->> 'remindAt' limit $2`,
    [now, most],
  );
  return result.rows.map((row) => row.id);
}

/** Open inquiries escalated before this moment and not again since, the eldest first. */
export async function listToEscalateAgain(pool: Pool, before: Instant, most: number): Promise<readonly InquiryId[]> {
  const result = await pool.query<{ id: InquiryId }>(
    `select inquiry_id as id from inquiry where escalated and status in ('asked', 'waiting', 'dead') and not (state ? 'escalatedAgainAt')
       and state ->> 'escalatedAt' <= $1 order by state ->> 'escalatedAt' limit $2`,
    [before, most],
  );
  return result.rows.map((row) => row.id);
}
