// Messages to people and units about a case: kept once by their want's id, read by their addressee.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId, PersonId } from '#base/ids.ts';
import type { Text } from '#base/text.ts';

export type Message = {
  readonly caseId: CaseId;
  readonly id: string;
  readonly person: PersonId | null;
  readonly unit: string | null;
  readonly key: string;
  readonly text: Text;
  readonly at: Instant;
};

export async function insertMessage(pool: Pool, one: Message): Promise<void> {
  await pool.query(
    `insert into message (case_id, message_id, person, unit, key, text_fa, text_en, at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [one.caseId, one.id, one.person, one.unit, one.key, one.text.fa, one.text.en, one.at],
  );
}
