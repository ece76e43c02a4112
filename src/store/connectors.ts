// The tables of connectors: their configuration, circuits and hours; the questions that wait for them; what passed over the wire.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Circuit } from '#inquiries/breaker.ts';
import type { Connector } from '#inquiries/connector.ts';
import type { InquiryId } from '#inquiries/types.ts';
import type { KeptAnswer, KeptQuestion } from './partners.ts';

export async function publishConnector(pool: Pool, connector: Connector, at: Instant): Promise<void> {
  await pool.query(
    `insert into connector (connector, body, published_at) values ($1, $2, $3)
     on conflict (connector) do update set body = excluded.body, published_at = excluded.published_at
     where connector.body is distinct from excluded.body`,
    [connector.id, JSON.stringify(connector), at],
  );
}

export async function listConnectors(pool: Pool): Promise<readonly Connector[]> {
  const result = await pool.query<{ body: Connector }>(`select body from connector order by connector`);
  return result.rows.map((row) => row.body);
}

export type DueCall = {
  readonly id: InquiryId;
  readonly connector: string;
  readonly since: Instant;
  readonly tries: number;
};

type Due = { readonly connector: string; readonly now: Instant; readonly most: number };

/** Questions due at `now` that nobody holds, the longest due first. */
export async function listDueCalls(pool: Pool, { connector, now, most }: Due): Promise<readonly DueCall[]> {
  const result = await pool.query<DueCall>({
    name: 'list-due-calls',
    text: `select inquiry_id as id, connector, since, tries from inquiry_call
      where connector = $1 and next_at <= $2 and leased_until < $2 order by next_at, inquiry_id limit $3`,
    values: [connector, now, most],
  });
  return result.rows;
}

/** Questions that have waited since `before` or longer for a connector that does not have them: it may not be asked just now. */
export async function listOutwaited(
  pool: Pool,
  { connector, before, now, most }: Due & { readonly before: Instant },
): Promise<readonly DueCall[]> {
  const result = await pool.query<DueCall>({
    name: 'list-outwaited',
    text: `select c.inquiry_id as id, c.connector, c.since, c.tries from inquiry_call c join inquiry i on i.inquiry_id = c.inquiry_id
      where c.connector = $1 and c.since <= $2 and c.next_at < 'infinity' and c.leased_until < $3 and not (i.state ? 'deliveredAt')
      order by c.next_at, c.inquiry_id limit $4`,
    values: [connector, before, now, most],
  });
  return result.rows;
}

/** True where the lease is ours until `until`. */
export async function claimCall(pool: Pool, id: InquiryId, now: Instant, until: Instant): Promise<boolean> {
  const result = await pool.query({
    name: 'claim-call',
    text: `update inquiry_call set leased_until = $3 where inquiry_id = $1 and leased_until < $2`,
    values: [id, now, until],
  });
  return result.rowCount === 1;
}

/** A question's turn with a connector: what is written of an older turn must not fall on a newer one. */
export type Turn = { readonly id: InquiryId; readonly since: Instant };

/** Asked again at `next`; the lease is given back. `fault`: this try counts. */
export async function postponeCall(pool: Pool, { id, since }: Turn, next: Instant, fault?: string): Promise<void> {
  await pool.query({
    name: 'postpone-call',
    text: `update inquiry_call set next_at = $3, leased_until = '-infinity', tries = tries + case when $4::text is null then 0 else 1 end,
      fault = coalesce($4, fault) where inquiry_id = $1 and since = $2`,
    values: [id, since, next, fault ?? null],
  });
}

/** All that waits for a connector is due. */
export async function hurryCalls(pool: Pool, connector: string, now: Instant): Promise<void> {
  await pool.query(`update inquiry_call set next_at = $2 where connector = $1 and next_at > $2 and next_at < 'infinity'`, [
    connector,
    now,
  ]);
}

/** Nobody is asked any more; the fault stays to be seen. */
export async function restCall(pool: Pool, { id, since }: Turn, fault?: string): Promise<void> {
  await pool.query(
    `update inquiry_call set next_at = 'infinity', leased_until = '-infinity', tries = tries + case when $3::text is null then 0 else 1 end,
      fault = coalesce($3, fault) where inquiry_id = $1 and since = $2`,
    [id, since, fault ?? null],
  );
}

/** It is no longer among the dead, and waits for no connector. */
export async function dropRested(pool: Pool, id: InquiryId): Promise<void> {
  await pool.query(`delete from inquiry_call where inquiry_id = $1 and next_at = 'infinity'`, [id]);
}

/** It no longer waits for that connector: answered, over, or another's turn. */
export async function dropCall(pool: Pool, { id, since }: Turn): Promise<void> {
  await pool.query(`delete from inquiry_call where inquiry_id = $1 and since = $2`, [id, since]);
}

export type HeldCircuit = { readonly version: number; readonly circuit: Circuit };

export async function findCircuit(pool: Pool, connector: string): Promise<HeldCircuit | undefined> {
  const result = await pool.query<HeldCircuit>({
    name: 'find-circuit',
    text: `select version, circuit from connector_circuit where connector = $1`,
    values: [connector],
  });
  return result.rows[0];
}

/** False where another changed it first. `version` 0: there is none yet. */
export async function putCircuit(pool: Pool, connector: string, { version, circuit }: HeldCircuit): Promise<boolean> {
  const result = await pool.query({
    name: 'put-circuit',
    text: `insert into connector_circuit (connector, version, circuit) values ($1, $2 + 1, $3)
      on conflict (connector) do update set version = $2 + 1, circuit = $3 where connector_circuit.version = $2`,
    values: [connector, version, JSON.stringify(circuit)],
  });
  return result.rowCount === 1;
}

/** One call in the count of its hour, and when it last went well or ill. */
export async function countCall(pool: Pool, connector: string, now: Instant, fault: string | null): Promise<void> {
  await pool.query({
    name: 'count-call',
    text: `with hour as (insert into connector_hour (connector, hour, calls, faults) values ($1, date_trunc('hour', $2::timestamptz), 1, $4)
        on conflict (connector, hour) do update set calls = connector_hour.calls + 1, faults = connector_hour.faults + $4)
      update connector_circuit set succeeded_at = case when $3::text is null then $2 else succeeded_at end,
        faltered_at = case when $3::text is null then faltered_at else $2 end, fault = coalesce($3, fault) where connector = $1`,
    values: [connector, now, fault, fault === null ? 0 : 1],
  });
}

export async function insertExchange(pool: Pool, one: KeptExchange & { readonly id: InquiryId }): Promise<void> {
  await pool.query(
    `insert into inquiry_exchange (inquiry_id, at, connector, question, answer) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [one.id, one.at, one.connector, JSON.stringify(one.question), JSON.stringify(one.answer)],
  );
}

export type KeptExchange = {
  readonly at: Instant;
  readonly connector: string;
  readonly question: KeptQuestion;
  readonly answer: KeptAnswer;
};

export async function listExchanges(pool: Pool, id: InquiryId): Promise<readonly KeptExchange[]> {
  const result = await pool.query<KeptExchange>(
    `select at, connector, question, answer from inquiry_exchange where inquiry_id = $1 order by at`,
    [id],
  );
  return result.rows;
}

export type ConnectorRow = {
  readonly connector: string;
  readonly circuit: Circuit | null;
  readonly succeededAt: Instant | null;
  readonly falteredAt: Instant | null;
  readonly fault: string | null;
  /** Of the last 24 hours. */
  readonly calls: number;
  readonly faults: number;
  readonly waiting: number;
  readonly oldest: Instant | null;
};

/** How each connector is. Runs inside readAs: what waits is seen by whoever runs them. */
export async function listConnectorHealth(client: PoolClient, now: Instant): Promise<readonly ConnectorRow[]> {
  const result = await client.query<ConnectorRow>(
    `select c.connector, k.circuit, k.succeeded_at as "succeededAt", k.faltered_at as "falteredAt", k.fault,
       coalesce(h.calls, 0)::int as calls, coalesce(h.faults, 0)::int as faults, coalesce(w.waiting, 0)::int as waiting, w.oldest
     from connector c left join connector_circuit k using (connector)
     left join (select connector, sum(calls) as calls, sum(faults) as faults from connector_hour
       where hour > $1::timestamptz - interval '24 hours' group by connector) h using (connector)
     left join (select connector, count(*) as waiting, min(since) as oldest from inquiry_call
       where next_at < 'infinity' group by connector) w using (connector)
     order by c.connector`,
    [now],
  );
  return result.rows;
}

export type DeadRow = {
  readonly id: InquiryId;
  readonly type: string;
  readonly owner: string;
  readonly connector: string | null;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly diedAt: Instant | null;
  readonly tries: number | null;
  readonly fault: string | null;
};

const DEAD = `inquiry_id as id, type, owner, connector, asked_at as "askedAt", due_at as "dueAt", died_at as "diedAt", tries, fault`;

/** What nobody could answer, of the reader's units or, for whoever runs the connectors, of all; oldest first. Runs inside readAs, as do those below. */
export async function listDead(client: PoolClient, most: number): Promise<readonly DeadRow[]> {
  const result = await client.query<DeadRow>(`select ${DEAD} from dead_inquiries() order by died_at, inquiry_id limit $1`, [
    most,
  ]);
  return result.rows;
}

export async function findDead(client: PoolClient, id: string): Promise<DeadRow | undefined> {
  const result = await client.query<DeadRow>(`select ${DEAD} from dead_inquiries() where inquiry_id = $1`, [id]);
  return result.rows[0];
}

export async function countDead(client: PoolClient): Promise<number> {
  const result = await client.query<{ count: number }>(`select count(*)::int as count from dead_inquiries()`);
  return result.rows[0]?.count ?? 0;
}

/** A mend of the dead under its key, once it was done: sent again it is the same one. */
export async function keepKey(
  pool: Pool,
  one: { readonly person: string; readonly key: string; readonly digest: string; readonly id: InquiryId; readonly at: Instant },
): Promise<void> {
  await pool.query(
    `insert into inquiry_key (asker, key, digest, inquiry_id, at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [one.person, one.key, one.digest, one.id, one.at],
  );
}
