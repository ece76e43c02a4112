// Reads under row-level security: inside one transaction that says who reads. Without it, no case is visible.
import type { Pool, PoolClient } from 'pg';

/** Who reads: a person, the units they work for, and those they own processes for. */
export type Reader = {
  readonly person: string;
  readonly units: readonly string[];
  /** Units for which they own processes: what stands still there is theirs to see. */
  readonly owns?: readonly string[];
  /** The keyed hash of their own number: who asked about them is theirs to see. */
  readonly subject?: string;
  /** They run the connectors: what waits for those, without a word of what is asked, is theirs to see. */
  readonly runs?: boolean;
};

export async function readAs<T>(pool: Pool, reader: Reader, read: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    await client.query(
      `select set_config('dargah.person', $1, true), set_config('dargah.units', $2, true), set_config('dargah.owns', $3, true),
         set_config('dargah.subject', $4, true), set_config('dargah.runs', $5, true),
         set_config('dargah.scope', '', true)`,
      [
        reader.person,
        reader.units.join(','),
        (reader.owns ?? []).join(','),
        reader.subject ?? '',
        reader.runs === true ? 'yes' : '',
      ],
    );
    const result = await read(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
