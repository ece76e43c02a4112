// Months of the event log, made ahead of time.
import type { Pool } from 'pg';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';

/** This month, the last, and the three to come. */
export async function ensureEventMonths(pool: Pool, now: Instant): Promise<void> {
  await pool.query(`select ensure_event_months($1)`, [plusMillis(now, 93 * 86_400_000)]);
}
