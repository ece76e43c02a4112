// Messages to people and units about a case or an inquiry: kept once by their want's id, read by their addressee.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId, PersonId } from '#base/ids.ts';
import type { Text } from '#base/text.ts';
import type { InquiryId } from '#inquiries/types.ts';

export type Message = {
  /** The case, or the inquiry, it is about. */
  readonly caseId: CaseId | InquiryId;
  readonly id: string;
  readonly person: PersonId | null;
  readonly unit: string | null;
  readonly key: string;
  readonly text: Text;
  readonly at: Instant;
  /** The page it is about, where that is no case. */
  readonly link?: string | null;
};

export async function insertMessage(pool: Pool, one: Message): Promise<void> {
  await pool.query(
    `insert into message (case_id, message_id, person, unit, key, text_fa, text_en, at, link) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [one.caseId, one.id, one.person, one.unit, one.key, one.text.fa, one.text.en, one.at, one.link ?? null],
  );
}

/** A unit's messages, latest first; row-level security shows a reader their own units' alone. */
export async function listUnitMessages(client: PoolClient, units: readonly string[], most: number): Promise<readonly Message[]> {
  const result = await client.query<Message>(
    `select case_id as "caseId", message_id as id, person, unit, key, jsonb_build_object('fa', text_fa, 'en', text_en) as text, at, link
     from message where unit = any ($1::text[]) order by at desc limit $2`,
    [units, most],
  );
  return result.rows;
}
