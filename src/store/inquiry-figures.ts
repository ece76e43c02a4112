// Figures of answered inquiries: closed days added up once, the days since read by their index. Nothing here reads a question or a person.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';

/** A day of the city as its calendar counts it, `2026-11-24`. */
export type InquiryFigure = {
  readonly day: string;
  readonly type: string;
  readonly asker: string;
  readonly answerer: string;
  readonly bucket: number;
  readonly answered: number;
};

/** The first moment after the days that are added up. */
const AFTER = `(coalesce((select through + 1 from inquiry_tallied), '-infinity'::date)::timestamp at time zone 'Asia/Tehran')`;

const FIGURES = `select day, type, asker, answerer, bucket, answered from inquiry_day
  union all select * from answered_inquiries(${AFTER}, 'infinity')`;

/** By type since a day. `party`: only those that this one asked or answered (`unit:revenue`). */
export async function listFigures(
  pool: Pool,
  wanted: { readonly since: string; readonly type?: string; readonly parties?: readonly string[] },
): Promise<readonly InquiryFigure[]> {
  const result = await pool.query<InquiryFigure>(
    `select to_char(day, 'YYYY-MM-DD') as day, type, asker, answerer, bucket::int as bucket, sum(answered)::int as answered from (${FIGURES}) as f
     where day >= $1::date and ($2::text is null or type = $2) and ($3::text[] is null or asker = any ($3) or answerer = any ($3))
     group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    [wanted.since, wanted.type ?? null, wanted.parties ?? null],
  );
  return result.rows;
}

/** Adds up the days before the one named that are not added up yet. One server at a time; a second changes nothing. */
export async function tallyInquiries(pool: Pool, before: string): Promise<void> {
  await pool.query(
    `with turn as (select pg_advisory_xact_lock(hashtext('inquiry-tally'))),
     days as (insert into inquiry_day (day, type, asker, answerer, bucket, answered)
       select f.* from turn, answered_inquiries(${AFTER}, $1::date::timestamp at time zone 'Asia/Tehran') as f on conflict do nothing)
     insert into inquiry_tallied (through) select $1::date - 1 from turn
     on conflict (one) do update set through = greatest(inquiry_tallied.through, excluded.through)`,
    [before],
  );
}

export type InquiryVersion = { readonly version: string; readonly definition: string; readonly publishedAt: Instant };

/** All versions of a type that were published, latest first. */
export async function listInquiryVersions(pool: Pool, type: string): Promise<readonly InquiryVersion[]> {
  const result = await pool.query<InquiryVersion>(
    `select version, definition, published_at as "publishedAt" from inquiry_type where type = $1 order by published_at desc, version desc`,
    [type],
  );
  return result.rows;
}
