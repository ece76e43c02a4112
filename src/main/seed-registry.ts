// The demo city's own registers as sources of the registry, the rules between sources, and the first linking. Again changes only what changed.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Finding } from '#base/finding.ts';
import { REGISTERS } from '#catalog/registers.ts';
import { readRules } from '#registry/rules.ts';
import { SCHEMES } from '#registry/schemes.ts';
import type { ColumnRule, SourceConfig } from '#registry/source.ts';
import type { Kind } from '#registry/types.ts';
import { loadRegistry, publishRules } from '#store/quality.ts';
import type { SeedRecord } from '#store/seed.ts';
import { publishSource } from '#store/sources.ts';
import { linkAll } from '#work/registry/link.ts';
import { keepViews } from '#work/registry/round.ts';
import { ROOT } from './compose.ts';

/** Gives what is wrong with the rules; nothing is published then. */
export async function seedRegistry(pool: Pool, records: readonly SeedRecord[], at: Instant): Promise<readonly Finding[]> {
  for (const kind of ['property', 'person', 'business', 'vehicle', 'engineer'] as const) {
    const fields = new Set(records.filter(({ register }) => register === kind).flatMap(({ body }) => Object.keys(body)));
    if (fields.size > 0) await publishSource(pool, seeded(kind, [...fields]), at);
  }
  const text = await readFile(join(ROOT, 'city', 'registry.yaml'), 'utf8');
  const { sources } = await loadRegistry(pool);
  const { rules, findings } = readRules(text, 'registry.yaml', new Set(sources.map(({ id }) => id)));
  if (!rules) return findings;
  await publishRules(pool, createHash('sha256').update(text).digest('hex').slice(0, 16), rules as unknown as JsonObject, at);
  const linker = { pool, now: () => at, crash: () => undefined };
  await linkAll(linker);
  while (await keepViews(linker));
  return [];
}

const TITLES: Readonly<Record<Kind, SourceConfig['title']>> = {
  property: { fa: 'سامانهٔ املاک نمونه', en: 'Sample property register' },
  person: { fa: 'ثبت اشخاص نمونه', en: 'Sample register of persons' },
  business: { fa: 'ثبت شرکت‌های نمونه', en: 'Sample register of companies' },
  vehicle: { fa: 'ثبت خودروهای نمونه', en: 'Sample register of vehicles' },
  engineer: { fa: 'ثبت مهندسان نمونه', en: 'Sample register of engineers' },
};

/** Rows are as of the day they were put in, which stands with each. */
const SEEDED = instant('2026-01-01T00:00:00Z');

/** A source that came with the city: its columns are the fields of its records. */
function seeded(kind: Kind, fields: readonly string[]): SourceConfig {
  const column = (field: string): ColumnRule => {
    const type = SCHEMES[kind].columns.find((one) => one.field === field)?.type;
    return { column: field, field, type: type === undefined || type === 'day' ? 'text' : type, required: false };
  };
  return {
    id: `demo-${kind}-register`,
    kind,
    owner: REGISTERS[kind]?.keeper ?? 'portal-steward',
    title: TITLES[kind],
    sample: true,
    reader: { by: 'seed' },
    key: [REGISTERS[kind]?.key ?? ''],
    asOf: { at: SEEDED },
    mode: 'full',
    columns: fields.map(column),
    ignored: [],
    constants: {},
    confidence: { '*': 0.8 },
    freshDays: 365,
    mostGone: 0,
  };
}
