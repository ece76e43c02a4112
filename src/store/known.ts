// All that a question is answered from, read in one statement: the register's record, an answer that still stands, the contract's newest version.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Answer, InquiryId } from '#inquiries/types.ts';
import type { RegisterRecord } from './catalogue.ts';

export type Asking = {
  readonly type: string;
  /** Of the question, where an answer given before may be given again; else null. */
  readonly hash: string | null;
  readonly now: Instant;
  /** The register's record, where a register is asked. */
  readonly record?: { readonly register: string; readonly key: string };
  readonly contract?: string;
};

export type Known = {
  readonly record?: RegisterRecord;
  /** The answer to the same question that stands longest. */
  readonly standing?: { readonly id: InquiryId; readonly answer: Answer };
  /** Of the contract, as it is now: another server may have published or revoked it. */
  readonly version: number | null;
};

type Row = {
  readonly body: RegisterRecord['body'] | null;
  readonly source: string;
  readonly asOf: Instant;
  readonly id: InquiryId;
  readonly answer: Answer | null;
  readonly version: number | null;
};

export async function findKnown(pool: Pool, { type, hash, now, record, contract }: Asking): Promise<Known> {
  const result = await pool.query<Row>({
    name: 'find-known',
    text: `select r.body, r.source, r.as_of as "asOf", s.inquiry_id as id, s.state -> 'answer' as answer,
        (select max(version) from contract where contract = $6) as version
      from (select) as one
      left join register_now r on r.register = $1 and r.key = $2
      left join lateral (select inquiry_id, state from inquiry where type = $3 and question_hash = $4 and reusable_until > $5
        order by reusable_until desc limit 1) s on true`,
    values: [record?.register ?? null, record?.key ?? null, type, hash, now, contract ?? null],
  });
  const [row] = result.rows;
  if (!row) return { version: null };
  const { body, source, asOf, id, answer, version } = row;
  return { ...(body && { record: { body, source, asOf } }), ...(answer && { standing: { id, answer } }), version };
}
