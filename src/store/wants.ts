// Timers and outbox: what is due is read across cases, and claimed by key with a lease, so that it also runs where cases are sharded.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';

export type DueWant = {
  readonly caseId: CaseId;
  readonly id: string;
  readonly kind: string;
  readonly due: Instant;
  readonly body: JsonObject;
  readonly attempts: number;
};

/** Wants due at `now` that nobody holds, oldest first. */
export async function listDueWants(pool: Pool, now: Instant, most: number): Promise<readonly DueWant[]> {
  const result = await pool.query<DueWant>({
    name: 'list-due-wants',
    text: `select case_id as "caseId", want_id as id, kind, due_at as due, body, attempts from want
      where not dead and due_at <= $1 and leased_until < $1 order by due_at limit $2`,
    values: [now, most],
  });
  return result.rows;
}

/** True where the lease is ours until `until`. */
export async function claimWant(
  pool: Pool,
  want: { readonly caseId: CaseId; readonly id: string },
  now: Instant,
  until: Instant,
): Promise<boolean> {
  const result = await pool.query({
    name: 'claim-want',
    text: `update want set leased_until = $4, attempts = attempts + 1 where case_id = $1 and want_id = $2 and leased_until < $3 and not dead`,
    values: [want.caseId, want.id, now, until],
  });
  return result.rowCount === 1;
}

/** Done: the row goes. Most wants go with the statement of the step they led to. */
export async function dropWant(pool: Pool, want: { readonly caseId: CaseId; readonly id: string }): Promise<void> {
  await pool.query(`delete from want where case_id = $1 and want_id = $2`, [want.caseId, want.id]);
}

/** Carried out as far as it can be: looked at again at `next`, its tries not counted. */
export async function holdWant(pool: Pool, want: { readonly caseId: CaseId; readonly id: string }, next: Instant): Promise<void> {
  await pool.query(`update want set leased_until = '-infinity', due_at = $3, attempts = 0 where case_id = $1 and want_id = $2`, [
    want.caseId,
    want.id,
    next,
  ]);
}

/** What a want waited for has come: it is due. */
export async function wakeWant(pool: Pool, want: { readonly caseId: string; readonly id: string }, now: Instant): Promise<void> {
  await pool.query(`update want set due_at = $3 where case_id = $1 and want_id = $2 and due_at > $3`, [
    want.caseId,
    want.id,
    now,
  ]);
}

/** Failed: tried again at `next`, or dead (kept for a person to see) where there is none. */
export async function postponeWant(
  pool: Pool,
  want: { readonly caseId: CaseId; readonly id: string },
  trouble: string,
  next: Instant | undefined,
): Promise<void> {
  await pool.query(
    `update want set trouble = $3, dead = $4, leased_until = '-infinity', due_at = coalesce($5::timestamptz, due_at) where case_id = $1 and want_id = $2`,
    [want.caseId, want.id, trouble.slice(0, 500), next === undefined, next ?? null],
  );
}
