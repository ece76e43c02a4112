// The ledger's tables: leaves waiting, leaves placed, nodes of complete subtrees, checkpoints. Sequencing is one transaction under one lock.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId } from '#base/ids.ts';
import { withTransaction } from './transaction.ts';

/** Advisory lock of the one sequencer. */
const SEQUENCER_LOCK = 7_210_001;

export type PendingLeaf = { readonly caseId: CaseId; readonly seq: number; readonly leaf: Buffer };
export type NodeRow = { readonly level: number; readonly index: number; readonly hash: Buffer };

/** What the sequencer adds in its one transaction. */
export type Sequenced = {
  readonly nodes: readonly { readonly level: number; readonly index: number; readonly hash: Uint8Array }[];
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly at: Instant;
};

/**
 * Gives waiting leaves their places, oldest first, gapless, and writes the checkpoint, in one transaction.
 * `place` gets the size before, the leaves, and a reader of stored nodes. Gives the number placed; 0 where another sequencer runs.
 */
export function sequence(
  pool: Pool,
  most: number,
  place: (
    size: number,
    leaves: readonly PendingLeaf[],
    nodes: (level: number, index: number) => Promise<Uint8Array>,
  ) => Promise<Sequenced>,
): Promise<number> {
  return withTransaction(pool, async (client) => {
    const lock = await client.query<{ ours: boolean }>(`select pg_try_advisory_xact_lock($1) as ours`, [SEQUENCER_LOCK]);
    if (lock.rows[0]?.ours !== true) return 0;
    // Within a case strictly by sequence: a leaf names the one before it.
    const pending = await client.query<PendingLeaf>(
      `delete from ledger_pending p using (select case_id, seq from ledger_pending order by at, case_id, seq limit $1) q
       where p.case_id = q.case_id and p.seq = q.seq returning p.case_id as "caseId", p.seq, p.leaf, p.at`,
      [most],
    );
    if (pending.rows.length === 0) return 0;
    const leaves = [...pending.rows].sort((a, b) => (a.caseId === b.caseId ? a.seq - b.seq : a.caseId < b.caseId ? -1 : 1));
    const size = await latestSize(client);
    const placed = await place(size, leaves, (level, index) => node(client, level, index));
    await client.query(
      `insert into ledger_leaf (index, leaf, case_id, seq) select $1 + l.n, decode(l.leaf, 'hex'), l.case_id, l.seq
       from jsonb_to_recordset($2::jsonb) as l (n int, leaf text, case_id text, seq int)`,
      [size, JSON.stringify(leaves.map((one, n) => ({ n, leaf: one.leaf.toString('hex'), case_id: one.caseId, seq: one.seq })))],
    );
    await client.query(
      `insert into ledger_node (level, index, hash) select n.level, n.index, decode(n.hash, 'hex') from jsonb_to_recordset($1::jsonb) as n (level int, index bigint, hash text)`,
      [
        JSON.stringify(
          placed.nodes.map((one) => ({ level: one.level, index: one.index, hash: Buffer.from(one.hash).toString('hex') })),
        ),
      ],
    );
    await client.query(`insert into ledger_checkpoint (size, root, note, at) values ($1, $2, $3, $4)`, [
      placed.size,
      Buffer.from(placed.root),
      placed.note,
      placed.at,
    ]);
    return leaves.length;
  });
}

async function latestSize(client: PoolClient): Promise<number> {
  const result = await client.query<{ size: string }>(`select coalesce(max(size), 0)::text as size from ledger_checkpoint`);
  return Number(result.rows[0]?.size ?? 0);
}

async function node(client: Pool | PoolClient, level: number, index: number): Promise<Uint8Array> {
  const result = await client.query<{ hash: Buffer }>(`select hash from ledger_node where level = $1 and index = $2`, [
    level,
    index,
  ]);
  const hash = result.rows[0]?.hash;
  if (!hash) throw new Error(`ledger node (${level}, ${index}) is missing`);
  return hash;
}

/** Reader of stored nodes, for proofs. */
export function readNode(pool: Pool): (level: number, index: number) => Promise<Uint8Array> {
  return (level, index) => node(pool, level, index);
}

export type CheckpointRow = { readonly size: number; readonly root: Buffer; readonly note: string; readonly at: Instant };

export async function findCheckpoint(pool: Pool): Promise<CheckpointRow | undefined> {
  const result = await pool.query<CheckpointRow>(
    `select size::int as size, root, note, at from ledger_checkpoint order by size desc limit 1`,
  );
  return result.rows[0];
}

/** The place of an event's leaf in the log, once it has one. */
export async function findLeafIndex(pool: Pool, caseId: CaseId, seq: number): Promise<number | undefined> {
  const result = await pool.query<{ index: number }>(
    `select index::int as index from ledger_leaf where case_id = $1 and seq = $2`,
    [caseId, seq],
  );
  return result.rows[0]?.index;
}

/** How many events of a case have their place in the log, and the last of those places. */
export async function countLeaves(
  pool: Pool,
  caseId: CaseId,
): Promise<{ readonly placed: number; readonly last: number | null }> {
  const result = await pool.query<{ placed: number; last: number | null }>(
    `select count(*)::int as placed, max(index)::int as last from ledger_leaf where case_id = $1`,
    [caseId],
  );
  return result.rows[0] ?? { placed: 0, last: null };
}
