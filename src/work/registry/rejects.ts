// The rejected rows of a load as a file to be mended, some rows at a time. Who may have it is the caller's to judge: it holds people's data.
import type { Pool, PoolClient } from 'pg';
import type { Language } from '#base/text.ts';
import { rejectsHead, rejectsLine } from '#registry/source-rejects.ts';
import type { SourceConfig } from '#registry/source.ts';
import { listRejections } from '#store/source-loads.ts';
import type { StoredRejection } from '#store/source-loads.ts';

const AT_ONCE = 1000;

export type RejectsOrder = {
  readonly config: SourceConfig;
  readonly load: string;
  readonly language: Language;
  /** Before rows are given away. */
  readonly onRows?: (rows: readonly StoredRejection[]) => Promise<void>;
};

export async function* rejectsFile(
  at: Pool | PoolClient,
  { config, load, language, onRows }: RejectsOrder,
): AsyncGenerator<string> {
  yield rejectsHead(config);
  for (let after = 0; ;) {
    const rows = await listRejections(at, load, { after, most: AT_ONCE });
    if (rows.length === 0) return;
    await onRows?.(rows);
    yield rows.map((one) => rejectsLine(config, one, language)).join('');
    after = rows.at(-1)?.seq ?? after;
  }
}
