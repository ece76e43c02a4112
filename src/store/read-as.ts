// Reads under row-level security: inside one transaction that says who reads. Without it, no case is visible.
import type { Pool, PoolClient } from 'pg';
import { withTransaction } from './transaction.ts';

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

export function readAs<T>(pool: Pool, reader: Reader, read: (client: PoolClient) => Promise<T>): Promise<T> {
  const { person, units, owns = [], subject = '', runs = false } = reader;
  const work = async (client: PoolClient): Promise<T> => {
    await client.query(
      `select set_config('dargah.person', $1, true), set_config('dargah.units', $2, true), set_config('dargah.owns', $3, true),
         set_config('dargah.subject', $4, true), set_config('dargah.runs', $5, true),
         set_config('dargah.scope', '', true)`,
      [person, units.join(','), owns.join(','), subject, runs ? 'yes' : ''],
    );
    return read(client);
  };
  return withTransaction(pool, work, 'read only');
}
