// The demo's own sources, in city/sources: read by the same readers, loaded by the same loader as any. Again it writes only what has changed.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import { openSources } from '#outside/sources/open.ts';
import { readSource } from '#registry/source-read.ts';
import type { SourceConfig } from '#registry/source.ts';
import { listSources } from '#store/sources.ts';
import { linkAll } from '#work/registry/link.ts';
import { loadSource } from '#work/registry/load.ts';
import { keepViews } from '#work/registry/round.ts';
import { ROOT } from './compose.ts';

/** Gives what is wrong with a configuration, or with what it names. */
export async function seedSources(pool: Pool, units: ReadonlySet<string>, at: Instant): Promise<readonly string[]> {
  const folder = join(ROOT, 'city', 'sources');
  const names = (await readdir(folder)).filter((one) => one.endsWith('.yaml')).sort();
  const faults: string[] = [];
  let hasChanged = false;
  for (const name of names) {
    const { config, findings } = readSource(await readFile(join(folder, name), 'utf8'), name, units);
    faults.push(...findings.map((one) => `${name} ${one.place}: ${one.reason.en}`));
    if (config && (await seedSource(pool, config, { folder, at, faults }))) hasChanged = true;
  }
  if (!hasChanged) return faults;
  const linker = { pool, now: () => at, crash: () => undefined };
  await linkAll(linker);
  while (await keepViews(linker));
  return faults;
}

type Seeding = { readonly folder: string; readonly at: Instant; readonly faults: string[] };

/** True where it wrote anything. */
async function seedSource(pool: Pool, config: SourceConfig, { folder, at, faults }: Seeding): Promise<boolean> {
  const place = { pool, sources: openSources({ folder, environment: process.env }), now: () => at };
  const [known] = await listSources(pool, at, config.id);
  if (known?.last?.status === 'finished') {
    const { added, changed, gone } = await loadSource(place, config, { by: 'seed', isRehearsal: true });
    if (added + changed + gone === 0) return false;
  }
  const { trouble } = await loadSource(place, config, { by: 'seed' });
  if (trouble !== undefined) faults.push(`${config.id}: ${trouble.code} ${JSON.stringify(trouble.facts)}`);
  return true;
}
