// Like questions answered together: what was to be answered, and what became of each. The answers themselves go to their inquiries.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { InquiryId } from '#inquiries/types.ts';

export type Batch = {
  readonly id: string;
  readonly person: string;
  readonly unit: string;
  readonly type: string;
  readonly madeAt: Instant;
  /** When the last row was done: one that stands still was left by a server that ended. */
  readonly stirredAt: Instant;
};
export type BatchRow = {
  readonly seq: number;
  readonly inquiry: InquiryId;
  /** Absent once it is recorded with the inquiry. */
  readonly value: JsonObject | null;
  readonly outcome: 'waiting' | 'answered' | 'refused';
  /** Why it was refused: a code and its facts. */
  readonly problem: JsonObject | null;
};

/** Once under its id: false where it is there already. */
export async function insertBatch(
  pool: Pool,
  batch: Batch,
  rows: readonly { readonly inquiry: string; readonly value: JsonObject }[],
): Promise<boolean> {
  const result = await pool.query(
    `with made as (insert into inquiry_batch (batch_id, person, unit, type, made_at, stirred_at) values ($1, $2, $3, $4, $5, $5)
       on conflict do nothing returning 1)
     insert into inquiry_batch_row (batch_id, seq, inquiry_id, value)
     select $1, r.seq, r.inquiry, r.value from made, (
       select row_number() over () as seq, e ->> 'inquiry' as inquiry, e -> 'value' as value from jsonb_array_elements($6::jsonb) e) as r`,
    [batch.id, batch.person, batch.unit, batch.type, batch.madeAt, JSON.stringify(rows)],
  );
  return (result.rowCount ?? 0) > 0;
}

/** The reader's own. Runs inside readAs. */
export async function findBatch(
  client: PoolClient,
  id: string,
): Promise<{ readonly batch: Batch; readonly rows: readonly BatchRow[] } | undefined> {
  const found = await client.query<Batch>(
    `select batch_id as id, person, unit, type, made_at as "madeAt", stirred_at as "stirredAt" from inquiry_batch where batch_id = $1`,
    [id],
  );
  const batch = found.rows[0];
  if (!batch) return undefined;
  const rows = await client.query<BatchRow>(
    `select seq, inquiry_id as inquiry, value, outcome, problem from inquiry_batch_row where batch_id = $1 order by seq`,
    [id],
  );
  return { batch, rows: rows.rows };
}

export type RowOutcome = {
  readonly outcome: 'answered' | 'refused';
  readonly problem?: JsonObject | undefined;
  readonly at: Instant;
};

export async function noteOutcome(pool: Pool, id: string, seq: number, { outcome, problem, at }: RowOutcome): Promise<void> {
  await pool.query(
    `with batch as (update inquiry_batch set stirred_at = $5 where batch_id = $1)
     update inquiry_batch_row set outcome = $3, problem = $4::jsonb, value = case when $3 = 'answered' then null else value end
     where batch_id = $1 and seq = $2`,
    [id, seq, outcome, problem === undefined ? null : JSON.stringify(problem), at],
  );
}
