// What anyone may read without a login: a document by its code, and how long services really take.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';

export type PublicDocument = {
  readonly number: string;
  readonly kind: string;
  readonly service: string;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly issuedAt: Instant;
  readonly validUntil: Instant | null;
  readonly status: 'valid' | 'revoked';
  readonly revokedAt: Instant | null;
};

export async function findPublicDocument(pool: Pool, code: string): Promise<PublicDocument | undefined> {
  const result = await pool.query<PublicDocument>(
    `select number, kind, service, title_fa as "titleFa", title_en as "titleEn", issued_at as "issuedAt", valid_until as "validUntil",
       status, revoked_at as "revokedAt" from verify_document($1)`,
    [code],
  );
  return result.rows[0];
}

export type RealTimes = {
  readonly service: string;
  readonly ended: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
};

/** Submission to end, of cases that ended in the 90 days before `now`, by service. */
export async function listRealTimes(road: Pool, now: Instant): Promise<readonly RealTimes[]> {
  const result = await road.query<RealTimes>(
    `select service, count(*)::int as ended,
       (percentile_cont(0.5) within group (order by extract(epoch from ended_at - submitted_at)))::float8 as "medianSeconds",
       (percentile_cont(0.9) within group (order by extract(epoch from ended_at - submitted_at)))::float8 as "p90Seconds"
     from case_state where ended_at > $1::timestamptz - interval '90 days' and submitted_at is not null group by service order by service`,
    [now],
  );
  return result.rows;
}
