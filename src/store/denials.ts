// Refused commands are kept: who tried what on which case, and why it was refused.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId } from '#base/ids.ts';

export type Denial = {
  readonly at: Instant;
  readonly person: string;
  readonly command: string;
  readonly caseId: CaseId;
  readonly code: string;
};

export async function insertDenial(pool: Pool, denial: Denial): Promise<void> {
  await pool.query(`insert into denial (at, person, command, case_id, code) values ($1, $2, $3, $4, $5)`, [
    denial.at,
    denial.person,
    denial.command,
    denial.caseId,
    denial.code,
  ]);
}
