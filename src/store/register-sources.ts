// The sources of the registers, by name: what each is called, and which unit answers for it.
import type { Pool } from 'pg';
import type { Text } from '#base/text.ts';

export type SourceName = { readonly title: Text | null; readonly owner: string };

export async function findSourceName(pool: Pool, source: string): Promise<SourceName | undefined> {
  const result = await pool.query<SourceName>({
    name: 'find-source-name',
    text: `select body -> 'title' as title, owner from source where source = $1`,
    values: [source],
  });
  return result.rows[0];
}
