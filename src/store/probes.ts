// How many records a person named in a day that are not theirs. Holds keyed hashes alone: the table tells nobody's property.
import type { Pool } from 'pg';

export async function countProbe(
  pool: Pool,
  { person, day, probe }: { readonly person: string; readonly day: string; readonly probe: string },
): Promise<number> {
  const values = [person, day, probe];
  await pool.query(`insert into register_probe (person, day, probe) values ($1, $2, $3) on conflict do nothing`, values);
  const result = await pool.query<{ n: number }>(
    `select count(*)::int as n from register_probe where person = $1 and day = $2`,
    values.slice(0, 2),
  );
  return result.rows[0]?.n ?? 0;
}
