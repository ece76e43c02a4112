// Addresses that organisations gave for webhooks, and what is to be sent there: claimed by key with a lease, every try written down.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';

export type HookRow = {
  readonly url: string;
  /** Encrypted. */
  readonly secret: Buffer;
  readonly secretBefore: Buffer | null;
  readonly beforeUntil: Instant | null;
  readonly setAt: Instant;
};

/** The secret before stays good until then, so that a receiver can change over. */
export async function setHook(
  pool: Pool,
  contract: string,
  hook: {
    readonly url: string;
    readonly secret: Uint8Array;
    readonly beforeUntil: Instant;
    readonly by: string;
    readonly at: Instant;
  },
): Promise<void> {
  await pool.query(
    `insert into contract_hook (contract, url, secret, set_by, set_at) values ($1, $2, $3, $4, $5)
     on conflict (contract) do update set url = excluded.url, secret_before = contract_hook.secret, before_until = $6,
       secret = excluded.secret, set_by = excluded.set_by, set_at = excluded.set_at`,
    [contract, hook.url, hook.secret, hook.by, hook.at, hook.beforeUntil],
  );
}

export async function findHook(pool: Pool, contract: string): Promise<HookRow | undefined> {
  const result = await pool.query<HookRow>(
    `select url, secret, secret_before as "secretBefore", before_until as "beforeUntil", set_at as "setAt" from contract_hook where contract = $1`,
    [contract],
  );
  return result.rows[0];
}

/** One try: an HTTP status, or what went wrong on the way. */
export type Outcome = { readonly at: Instant; readonly status?: number; readonly fault?: string; readonly millis: number };
export type DeliveryRow = {
  readonly id: string;
  readonly contract: string;
  readonly inquiry: string;
  readonly body: JsonObject;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly status: 'waiting' | 'delivered' | 'given-up';
  readonly outcomes: readonly Outcome[];
};
const ROW = `delivery_id as id, contract, inquiry_id as inquiry, body, created_at as "createdAt", due_at as "dueAt", attempts, status, outcomes`;

/** Due and not leased by another, oldest first; leased until then in the same statement. */
export async function claimDeliveries(pool: Pool, now: Instant, until: Instant, most: number): Promise<readonly DeliveryRow[]> {
  const result = await pool.query<DeliveryRow>(
    `update webhook_delivery set leased_until = $2, attempts = attempts + 1
     where delivery_id in (select delivery_id from webhook_delivery where status = 'waiting' and due_at <= $1 and leased_until < $1
       order by due_at limit $3 for update skip locked)
     returning ${ROW}`,
    [now, until, most],
  );
  return result.rows;
}

/** The last tries are kept, no more than a page shows. */
const MOST_OUTCOMES = 20;

export async function noteOutcome(
  pool: Pool,
  id: string,
  next: { readonly outcome: Outcome; readonly status: DeliveryRow['status']; readonly due: Instant },
): Promise<void> {
  await pool.query(
    `update webhook_delivery set status = $2, due_at = $3, leased_until = '-infinity',
       outcomes = (select coalesce(jsonb_agg(o order by n), '[]') from (select o, n from jsonb_array_elements(outcomes || $4::jsonb) with ordinality as t(o, n)
         order by n desc limit ${MOST_OUTCOMES}) as kept)
     where delivery_id = $1`,
    [id, next.status, next.due, JSON.stringify([next.outcome] satisfies Json)],
  );
}

/** Of these contracts, latest first. */
export async function listDeliveries(pool: Pool, contracts: readonly string[], most: number): Promise<readonly DeliveryRow[]> {
  const result = await pool.query<DeliveryRow>(
    `select ${ROW} from webhook_delivery where contract = any ($1::text[]) order by created_at desc limit $2`,
    [contracts, most],
  );
  return result.rows;
}

/** Sent again now, under the id it had. False where it is not of these contracts. */
export async function resendDelivery(pool: Pool, contracts: readonly string[], id: string): Promise<boolean> {
  const result = await pool.query(
    `update webhook_delivery set status = 'waiting', due_at = '-infinity', attempts = 0 where delivery_id = $1 and contract = any ($2::text[])`,
    [id, contracts],
  );
  return result.rowCount === 1;
}

export async function insertDelivery(
  pool: Pool,
  one: Pick<DeliveryRow, 'id' | 'contract' | 'inquiry' | 'body' | 'createdAt' | 'dueAt'>,
): Promise<void> {
  await pool.query(
    `insert into webhook_delivery (delivery_id, contract, inquiry_id, body, created_at, due_at)
     select $1, $2, $3, $4, $5, $6 where exists (select 1 from contract_hook where contract = $2) on conflict (delivery_id) do nothing`,
    [one.id, one.contract, one.inquiry, JSON.stringify(one.body), one.createdAt, one.dueAt],
  );
}
