// Use of contracts, summed up in steps: each step reads a part of one contract's inquiries by its index, and adds it in one statement.
// No statement here walks more than one step, one contract's days, or what was not answered at once.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Flag, UnusualRule } from '#inquiries/unusual.ts';
import type { DayTally, Run, SubjectTally } from '#inquiries/use.ts';

export type Watch = { readonly at: Instant | '-infinity'; readonly inquiry: string; readonly run: Run | null };

export async function findWatch(pool: Pool, contract: string): Promise<Watch | undefined> {
  const result = await pool.query<Watch>(`select at, inquiry_id as inquiry, run from contract_watch where contract = $1`, [
    contract,
  ]);
  return result.rows[0];
}

export type UsedRow = {
  readonly id: string;
  readonly at: Instant;
  readonly type: string;
  readonly asker: string;
  readonly isAtOnce: boolean;
  readonly subject: string | null;
  readonly property: string | null;
};

/** Asked under a contract after that one, up to then, in order. */
export async function listUse(
  pool: Pool,
  contract: string,
  { after, upto, most }: { readonly after: Watch; readonly upto: Instant; readonly most: number },
): Promise<readonly UsedRow[]> {
  const result = await pool.query<UsedRow>({
    name: 'list-use',
    text: `select inquiry_id as id, asked_at as at, type, asker, answered_at is not distinct from asked_at as "isAtOnce", subject,
        state #>> '{subject,property}' as property
      from inquiry where contract = $1 and asked_at >= $2 and (asked_at, inquiry_id) > ($2, $3) and asked_at <= $4
      order by asked_at, inquiry_id limit $5`,
    values: [contract, after.at, after.inquiry, upto, most],
  });
  return result.rows;
}

export type UseStep = {
  readonly before: Watch | undefined;
  readonly watch: Watch;
  readonly days: readonly DayTally[];
  readonly subjects: readonly SubjectTally[];
  /** Persons asked about more often than this are given back. */
  readonly most: number;
};

/** Undefined where another server took this step. */
export async function addUse(
  pool: Pool,
  contract: string,
  { before, watch, days, subjects, most }: UseStep,
): Promise<readonly SubjectTally[] | undefined> {
  const result = await pool.query<{ written: number; often: readonly SubjectTally[] }>(
    `with head as (
        insert into contract_watch (contract, at, inquiry_id, run) values ($1, $2, $3, $4)
        on conflict (contract) do update set at = excluded.at, inquiry_id = excluded.inquiry_id, run = excluded.run
        where contract_watch.at = $5::timestamptz and contract_watch.inquiry_id = $6::text returning 1),
      days as (insert into contract_day (contract, day, type, asker, asked, at_once, unknown, outside_hours)
        select $1, d.day, d.type, d.asker, d.asked, d."atOnce", d.unknown, d."outsideHours"
        from head, jsonb_to_recordset($7::jsonb) as d (day date, type text, asker text, asked int, "atOnce" int, unknown int, "outsideHours" int)
        on conflict (contract, day, type, asker) do update set asked = contract_day.asked + excluded.asked,
          at_once = contract_day.at_once + excluded.at_once, unknown = contract_day.unknown + excluded.unknown,
          outside_hours = contract_day.outside_hours + excluded.outside_hours),
      subjects as (insert into contract_subject as c (contract, week, subject, asked)
        select $1, s.week, s.subject, s.asked from head, jsonb_to_recordset($8::jsonb) as s (week date, subject text, asked int)
        on conflict (contract, week, subject) do update set asked = c.asked + excluded.asked returning week, subject, asked, xmax = 0 as fresh),
      weeks as (insert into contract_week (contract, week, subjects) select $1, week, count(*) filter (where fresh) from subjects group by week
        on conflict (contract, week) do update set subjects = contract_week.subjects + excluded.subjects)
      select (select count(*)::int from head) as written,
        (select coalesce(jsonb_agg(jsonb_build_object('week', week, 'subject', subject, 'asked', asked)), '[]') from subjects where asked > $9::int) as often`,
    [
      contract,
      watch.at,
      watch.inquiry,
      watch.run === null ? null : JSON.stringify(watch.run),
      before?.at ?? null,
      before?.inquiry ?? null,
      JSON.stringify(days),
      JSON.stringify(subjects),
      most,
    ],
  );
  const [row] = result.rows;
  return row?.written === 1 ? row.often : undefined;
}

/** A contract's days, newest first. */
export async function listDays(pool: Pool, contract: string, from: string): Promise<readonly DayTally[]> {
  const result = await pool.query<DayTally>(
    `select day::text, type, asker, asked, at_once as "atOnce", unknown, outside_hours as "outsideHours" from contract_day
     where contract = $1 and day >= $2::date order by day desc, type, asker`,
    [contract, from],
  );
  return result.rows;
}

export async function countSubjects(pool: Pool, contract: string, week: string): Promise<number> {
  const result = await pool.query<{ subjects: number }>(`select subjects from contract_week where contract = $1 and week = $2`, [
    contract,
    week,
  ]);
  return result.rows[0]?.subjects ?? 0;
}

/** Seconds from question to answer, of what was not answered at once. */
export type Waits = {
  readonly answered: number;
  readonly open: number;
  readonly median: number | null;
  readonly slow: number | null;
};

export async function findWaits(pool: Pool, contract: string, from: Instant): Promise<Waits> {
  const result = await pool.query<Waits>(
    `select count(answered_at)::int as answered, count(*) filter (where status in ('asked', 'waiting'))::int as open,
       percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at)::float8) as median,
       percentile_cont(0.9) within group (order by extract(epoch from answered_at - asked_at)::float8) as slow
     from inquiry where contract = $1 and asked_at >= $2 and answered_at is distinct from asked_at`,
    [contract, from],
  );
  return result.rows[0] ?? { answered: 0, open: 0, median: null, slow: null };
}

export type RefusalCount = { readonly day: string; readonly code: string; readonly refused: number };

export async function addRefusals(pool: Pool, counts: readonly (RefusalCount & { readonly contract: string })[]): Promise<void> {
  if (counts.length === 0) return;
  await pool.query(
    `insert into contract_refusal as r (contract, day, code, refused)
     select c.contract, c.day, c.code, c.refused from jsonb_to_recordset($1::jsonb) as c (contract text, day date, code text, refused int)
     on conflict (contract, day, code) do update set refused = r.refused + excluded.refused`,
    [JSON.stringify(counts)],
  );
}

export async function listRefusals(pool: Pool, contract: string, from: string): Promise<readonly RefusalCount[]> {
  const result = await pool.query<RefusalCount>(
    `select day::text, code, refused from contract_refusal where contract = $1 and day >= $2::date order by day desc, code`,
    [contract, from],
  );
  return result.rows;
}

export type FlagRow = Omit<Flag, 'rule'> & {
  readonly rule: UnusualRule;
  readonly foundAt: Instant;
  readonly seenAt: Instant | null;
  readonly seenBy: string | null;
  readonly reason: string | null;
};

/** One that was seen stays as it was seen. */
export async function raiseFlags(pool: Pool, contract: string, flags: readonly Flag[], at: Instant): Promise<void> {
  if (flags.length === 0) return;
  await pool.query(
    `insert into contract_flag (contract, rule, about, figures, found_at)
     select $1, f.rule, f.about, f.figures, $3 from jsonb_to_recordset($2::jsonb) as f (rule text, about text, figures jsonb)
     on conflict (contract, rule, about) do update set figures = excluded.figures where contract_flag.seen_at is null`,
    [contract, JSON.stringify(flags), at],
  );
}

/** Latest first, those that nobody has seen before the others. */
export async function listFlags(pool: Pool, contract: string, most: number): Promise<readonly FlagRow[]> {
  const result = await pool.query<FlagRow>(
    `select rule, about, figures, found_at as "foundAt", seen_at as "seenAt", seen_by as "seenBy", reason from contract_flag
     where contract = $1 order by seen_at is not null, found_at desc limit $2`,
    [contract, most],
  );
  return result.rows;
}

/** How many of each contract's flags nobody has seen. */
export async function countFlags(pool: Pool, contracts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const result = await pool.query<{ contract: string; flags: number }>(
    `select contract, count(*)::int as flags from contract_flag where contract = any ($1::text[]) and seen_at is null group by contract`,
    [contracts],
  );
  return new Map(result.rows.map((row) => [row.contract, row.flags]));
}

export async function seeFlag(
  pool: Pool,
  contract: string,
  {
    rule,
    about,
    by,
    reason,
    at,
  }: { readonly rule: string; readonly about: string; readonly by: string; readonly reason: string; readonly at: Instant },
): Promise<boolean> {
  const result = await pool.query(
    `update contract_flag set seen_at = coalesce(seen_at, $4), seen_by = coalesce(seen_by, $5), reason = coalesce(reason, $6)
     where contract = $1 and rule = $2 and about = $3`,
    [contract, rule, about, at, by, reason],
  );
  return result.rowCount === 1;
}

/** Who was asked about how often is kept for as long as a rule looks back, and no longer. */
export async function dropSubjects(pool: Pool, before: string): Promise<void> {
  await pool.query(`delete from contract_subject where week < $1::date`, [before]);
}
