// Records of a register put in by key, as a source gives them. Those that are as they were stay untouched.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';

export type RecordsFrom = { readonly register: string; readonly source: string; readonly asOf: Instant };

export async function putRecords(
  pool: Pool,
  { register, source, asOf }: RecordsFrom,
  records: readonly { readonly key: string; readonly body: JsonObject }[],
): Promise<void> {
  await pool.query(
    `insert into register_record (register, key, body, source, as_of)
     select $1, r.key, r.body, $3, $4 from jsonb_to_recordset($2::jsonb) as r (key text, body jsonb)
     on conflict (register, key) do update set body = excluded.body, source = excluded.source, as_of = excluded.as_of
     where register_record.body is distinct from excluded.body`,
    [register, JSON.stringify(records), source, asOf],
  );
}
