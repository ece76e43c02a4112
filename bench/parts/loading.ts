// Loading a CSV file through the whole loader, beside PostgreSQL's own COPY of the same file into a bare table of texts, which reads, checks,
// matches and remembers nothing: the limit. Then the same file again, and one that is broken nine tenths of the way, mended and gone on with.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { instant } from '#base/instant.ts';
import { openSources } from '#outside/sources/open.ts';
import { readSource } from '#registry/source-read.ts';
import type { SourceConfig } from '#registry/source.ts';
import { openPool } from '#store/pool.ts';
import { testDatabase } from '#testing/database.ts';
import { loadSource } from '#work/registry/load.ts';
import type { LoadReport } from '#work/registry/loading.ts';
import type { Measure } from '../table.ts';
import { townsfolk } from './townsfolk.ts';
import { seeded } from './writing.ts';

const SEED = 1405;
const COLUMNS = ['nationalId', 'givenName', 'familyName', 'fatherName', 'birthDate', 'mobile', 'postalCode', 'address'] as const;
const TYPES = ['national-id', 'given-name', 'family-name', 'given-name', 'text', 'mobile', 'postal-code', 'address'] as const;

function configOf(file: string): SourceConfig {
  const { config, findings } = readSource(
    JSON.stringify({
      id: 'bench',
      kind: 'person',
      owner: 'bench',
      title: { fa: 'سنجه', en: 'Bench' },
      reader: { by: 'csv', file },
      key: 'row',
      asOf: { column: 'updated', type: 'jalali-day' },
      columns: Object.fromEntries(COLUMNS.map((field, at) => [field, { field, type: TYPES[at] }])),
    }),
    'bench.yaml',
  );
  if (!config) throw new Error(JSON.stringify(findings));
  return config;
}

/** The made-up city's people as a register would send them. `broken`: a row whose quote is never closed. */
async function write(path: string, rows: number, broken = 0): Promise<void> {
  const out = createWriteStream(path);
  out.write(`row,updated,${COLUMNS.join(',')}\n`);
  let [row, text] = [0, ''];
  for (const { record } of townsfolk(seeded(SEED), rows)) {
    row += 1;
    const cells = COLUMNS.map((name) => String(record.fields[name] ?? '').replaceAll('"', ''));
    const quoted = cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',');
    text += `${row},1405/0${1 + (row % 6)}/1${row % 10},${row === broken ? '"' : ''}${quoted}\n`;
    if (row % 5000 !== 0 && row !== rows) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end();
  await finished(out);
}

type Timed<T> = { readonly value: T; readonly seconds: number; readonly rss: number; readonly cpu: number };

/** How long, how much of this process's cores, and by how much its memory grew at most. */
async function timed<T>(run: () => Promise<T>): Promise<Timed<T>> {
  const rss = process.memoryUsage.rss();
  let peak = rss;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const [from, used] = [performance.now(), process.cpuUsage()];
  try {
    const value = await run();
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(used);
    return { value, seconds, rss: (Math.max(peak, process.memoryUsage.rss()) - rss) / 2 ** 20, cpu: (user + system) / 1e6 };
  } finally {
    clearInterval(watch);
  }
}

async function copied(owner: Pool, path: string): Promise<void> {
  await owner.query(
    `drop table if exists bare; create table bare (row text, updated text, ${COLUMNS.map((one) => `"${one}" text`).join(', ')})`,
  );
  const client = await owner.connect();
  try {
    await pipeline(createReadStream(path), client.query(copyFrom('copy bare from stdin with (format csv, header)')));
  } finally {
    client.release();
  }
}

export async function loading(rows: number): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-bench-'));
  const database = await testDatabase();
  const owner = openPool(database.migratorUrl, { max: 1, settings: { statement_timeout: '0' } });
  const pool = openPool(database.appUrl, { max: 2, settings: { 'dargah.scope': 'road', plan_cache_mode: 'force_generic_plan' } });
  const place = { pool, sources: openSources({ folder, environment: {} }), now: () => instant(new Date().toISOString()) };
  const load = (file: string): Promise<LoadReport> => loadSource(place, configOf(file), { by: 'bench' });
  try {
    const broken = Math.floor(rows * 0.9);
    console.error(`writing ${rows} rows …`);
    await write(join(folder, 'people.csv'), rows);
    const copy = await timed(() => copied(owner, join(folder, 'people.csv')));
    const first = await timed(() => load('people.csv'));
    const again = await timed(() => load('people.csv'));
    await owner.query('truncate source_record, source_load, source_seen');
    await write(join(folder, 'broken.csv'), rows, broken);
    const stopped = await timed(() => load('broken.csv'));
    await write(join(folder, 'broken.csv'), rows);
    const mended = await timed(() => load('broken.csv'));
    const told = Number(String(stopped.value.trouble?.facts['place']).split(':')[1]);
    const perSecond = (one: Timed<unknown>): number => rows / one.seconds;
    return [
      {
        name: 'copy_rows_per_s',
        value: perSecond(copy),
        unit: 'rows/s',
        note: 'PostgreSQL alone, into a bare table of texts: the limit',
      },
      { name: 'load_rows_per_s', value: perSecond(first), unit: 'rows/s', note: `${first.value.added} new records` },
      { name: 'load_of_copy', value: copy.seconds / first.seconds, unit: '', note: 'aim ≥ 0.1' },
      { name: 'load_rss_mb', value: first.rss, unit: 'MB', note: 'by how much this process grew at most' },
      { name: 'load_cpu', value: first.cpu / first.seconds, unit: 'cores', note: 'of this process, beside PostgreSQL' },
      {
        name: 'unchanged_rows_per_s',
        value: perSecond(again),
        unit: 'rows/s',
        note: `${again.value.unchanged} unchanged: no record written`,
      },
      { name: 'unchanged_of_copy', value: copy.seconds / again.seconds, unit: '' },
      {
        name: 'broken_told_line',
        value: told,
        unit: '',
        note: `of a file broken in line ${broken + 1}; ${stopped.value.added} records before it stand`,
      },
      { name: 'mended_s', value: mended.seconds, unit: 's', note: `to go on from there: ${mended.value.added} records in all` },
    ];
  } finally {
    await Promise.all([pool.end(), owner.end()]);
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}
