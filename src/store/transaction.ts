// All or nothing on one connection: committed where the work is done, rolled back where it throws.
import type { Pool, PoolClient } from 'pg';

type Mode = 'read write' | 'read only';

export async function inTransaction<T>(client: PoolClient, work: () => Promise<T>, mode: Mode = 'read write'): Promise<T> {
  await client.query(mode === 'read only' ? 'begin read only' : 'begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** On a connection of the pool. */
export async function withTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  mode: Mode = 'read write',
): Promise<T> {
  const client = await pool.connect();
  try {
    return await inTransaction(client, () => work(client), mode);
  } finally {
    client.release();
  }
}
