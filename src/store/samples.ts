// Questions of the test environment, in a table of their own: nothing that counts, answers or shows inquiries ever meets one.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { InquiryState } from '#inquiries/types.ts';
import type { KeptAnswer, KeptQuestion } from './partners.ts';

export type SampleRow = {
  readonly id: string;
  readonly digest: string;
  readonly readyAt: Instant;
  /** As it will be once it is ready. */
  readonly state: InquiryState;
  readonly question: KeptQuestion;
  readonly answer: KeptAnswer | null;
};
const ROW = `inquiry_id as id, digest, ready_at as "readyAt", state, question, answer`;

/** False where the key was used before. */
export async function insertSample(
  pool: Pool,
  sample: SampleRow & { readonly contract: string; readonly key: string; readonly askedAt: Instant },
): Promise<boolean> {
  const result = await pool.query(
    `insert into sample_inquiry (inquiry_id, contract, key, digest, asked_at, ready_at, state, question, answer)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (contract, key) do nothing`,
    [
      sample.id,
      sample.contract,
      sample.key,
      sample.digest,
      sample.askedAt,
      sample.readyAt,
      JSON.stringify(sample.state),
      JSON.stringify(sample.question),
      sample.answer === null ? null : JSON.stringify(sample.answer),
    ],
  );
  return result.rowCount === 1;
}

export async function findSample(pool: Pool, contract: string, id: string): Promise<SampleRow | undefined> {
  const result = await pool.query<SampleRow>(`select ${ROW} from sample_inquiry where inquiry_id = $1 and contract = $2`, [
    id,
    contract,
  ]);
  return result.rows[0];
}

export async function findSampleByKey(pool: Pool, contract: string, key: string): Promise<SampleRow | undefined> {
  const result = await pool.query<SampleRow>(`select ${ROW} from sample_inquiry where contract = $1 and key = $2`, [
    contract,
    key,
  ]);
  return result.rows[0];
}

export async function keepSampleAnswer(pool: Pool, id: string, answer: KeptAnswer): Promise<void> {
  await pool.query(`update sample_inquiry set answer = coalesce(answer, $2) where inquiry_id = $1`, [id, JSON.stringify(answer)]);
}

/** Samples are no records: they go after a month. */
export async function dropSamples(pool: Pool, before: Instant): Promise<void> {
  await pool.query(`delete from sample_inquiry where asked_at < $1`, [before]);
}
