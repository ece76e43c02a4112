// Reads a case as the road needs it: its folded state, where it stands, its last leaf. Also whether a command key was used.
import type { Pool } from 'pg';
import { Refusal } from '#base/refusal.ts';
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { CaseState } from '#cases/types.ts';

/** `leaf`: hex of the last event's leaf hash. */
export type Loaded = { readonly state: CaseState; readonly seq: number; readonly leaf: string; readonly at: Instant };

/** Throws Refusal `case-not-found`. */
export async function load(pool: Pool, id: CaseId): Promise<Loaded> {
  const found = await find(pool, id);
  if (!found) throw new Refusal('case-not-found', { case: id });
  return found;
}

export async function find(pool: Pool, id: CaseId): Promise<Loaded | undefined> {
  const result = await pool.query<Loaded>({
    name: 'load-case',
    text: `select state, seq, encode(leaf, 'hex') as leaf, updated_at as at from case_state where case_id = $1`,
    values: [id],
  });
  return result.rows[0];
}

export type UsedKey = { readonly command: string; readonly digest: string; readonly seq: number };

export async function findKey(pool: Pool, id: CaseId, key: string): Promise<UsedKey | undefined> {
  const result = await pool.query<UsedKey>({
    name: 'find-key',
    text: `select command, digest, seq from command_key where case_id = $1 and key = $2`,
    values: [id, key],
  });
  return result.rows[0];
}
