// Tokens of programs, identifiers that are good once, and the evidence of signed questions and answers.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { InquiryId } from '#inquiries/types.ts';
import type { HttpFields } from '#proofs/http-message.ts';

export type PartnerGrant = { readonly contract: string; readonly thumbprint: string; readonly until: Instant };

export async function insertToken(pool: Pool, hash: string, { contract, thumbprint, until }: PartnerGrant): Promise<void> {
  await pool.query(`insert into partner_token (hash, contract, thumbprint, until) values ($1, $2, $3, $4)`, [
    hash,
    contract,
    thumbprint,
    until,
  ]);
}

export async function findToken(pool: Pool, hash: string): Promise<PartnerGrant | undefined> {
  const result = await pool.query<PartnerGrant>({
    name: 'find-token',
    text: `select contract, thumbprint, until from partner_token where hash = $1`,
    values: [hash],
  });
  return result.rows[0];
}

/** An identifier that is good once, and until when it must be known as spent. */
export type Spending = { readonly id: string; readonly until: Instant };

/** The first of these that was spent before; undefined where none was. In one statement: of two at once, one is told. */
export async function spend(pool: Pool, ids: readonly Spending[]): Promise<string | undefined> {
  const result = await pool.query<{ id: string }>({
    name: 'spend',
    text: `insert into spent (id, until) select s.id, s.until from unnest($1::text[], $2::timestamptz[]) as s (id, until)
      on conflict (id) do nothing returning id`,
    values: [ids.map((one) => one.id), ids.map((one) => one.until)],
  });
  const fresh = new Set(result.rows.map((row) => row.id));
  return ids.find((one) => !fresh.has(one.id))?.id;
}

/** Forgets what can no longer be replayed, so many of each at most: a city at full speed spends a thousand identifiers a second. Gives how many. */
export async function dropSpent(pool: Pool, now: Instant, most: number): Promise<number> {
  const spent = await pool.query(
    `delete from spent where id in (select id from spent where until < $1 order by until limit $2)`,
    [now, most],
  );
  const tokens = await pool.query(
    `delete from partner_token where hash in (select hash from partner_token where until < $1 order by until limit $2)`,
    [now, most],
  );
  return Math.max(spent.rowCount ?? 0, tokens.rowCount ?? 0);
}

/** The bytes of a message: as they read where they are UTF-8, which takes a quarter less room, else in base64. */
export type KeptBody = { readonly text: string } | { readonly body: string };
/** A message as it went over the wire. */
export type KeptQuestion = KeptBody & {
  readonly method: string;
  readonly target: string;
  readonly fields: HttpFields;
};
export type KeptAnswer = KeptBody & { readonly status: number; readonly fields: HttpFields };

export async function keepEvidence(
  pool: Pool,
  id: InquiryId,
  question: KeptQuestion,
  answer: KeptAnswer | undefined,
): Promise<void> {
  await pool.query(
    `insert into inquiry_evidence (inquiry_id, question, answer) values ($1, $2, $3)
     on conflict (inquiry_id) do update set answer = coalesce(inquiry_evidence.answer, excluded.answer)`,
    [id, JSON.stringify(question), answer === undefined ? null : JSON.stringify(answer)],
  );
}

export async function findEvidence(
  pool: Pool,
  id: string,
): Promise<{ readonly question: KeptQuestion; readonly answer: KeptAnswer | null } | undefined> {
  const result = await pool.query<{ question: KeptQuestion; answer: KeptAnswer | null }>(
    `select question, answer from inquiry_evidence where inquiry_id = $1`,
    [id],
  );
  return result.rows[0];
}
