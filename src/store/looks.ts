// Looks of staff at a person's data, by the keyed hash of that person's number.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { Role } from '#cases/types.ts';

export type LookRow = {
  readonly person: string;
  readonly basis: 'case' | 'registry';
  readonly what: string;
  readonly at: Instant;
  readonly role: Role;
  readonly unit: string | null;
};

/** Within one slot the same look again is no other. */
export async function insertLook(pool: Pool, subject: string, slot: number, look: LookRow): Promise<void> {
  await pool.query({
    name: 'insert-look',
    text: `insert into look (subject, slot, person, basis, what, at, role, unit) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values: [subject, slot, look.person, look.basis, look.what, look.at, look.role, look.unit],
  });
}

/** Of the reader's own, latest first. */
export async function listStaffLooks(client: PoolClient, most: number): Promise<readonly LookRow[]> {
  const result = await client.query<LookRow>(
    `select person, basis, what, at, role, unit from look where subject = dargah_subject() order by at desc limit $1`,
    [most],
  );
  return result.rows;
}
