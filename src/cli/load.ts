// `dargah load`: a source loaded from its configuration, rehearsed first where asked; how far it is, what became of its rows, and what was rejected.
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { WriteStream } from 'node:fs';
import type { Pool } from 'pg';
import type { Finding } from '#base/finding.ts';
import { instant } from '#base/instant.ts';
import type { Language, Text } from '#base/text.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import { ROOT } from '#main/compose.ts';
import { openDatabase } from '#main/database.ts';
import { openSources } from '#outside/sources/open.ts';
import type { RefusalCode } from '#base/refusal.ts';
import { SOURCE_FAULTS } from '#registry/source-faults.ts';
import type { SourceFault } from '#registry/source-faults.ts';
import { readSource } from '#registry/source-read.ts';
import { mendedReader, rejectsHead, rejectsLine } from '#registry/source-rejects.ts';
import type { SourceConfig } from '#registry/source.ts';
import { migrate } from '#store/migrate.ts';
import { openPool } from '#store/pool.ts';
import { listUnits } from '#store/catalogue.ts';
import { loadSource } from '#work/registry/load.ts';
import type { LoadOrder, LoadReport } from '#work/registry/loading.ts';
import { rejectsFile } from '#work/registry/rejects.ts';
import type { LoadOptions, Options, Outcome } from './outcome.ts';
import { fromHere } from './paths.ts';
import { progressLine } from './progress.ts';

export async function load([name = '']: readonly string[], options: Options): Promise<Outcome> {
  const file = fromHere(name);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { ok: false, lines: [`There is no ${name}.`], result: { file: name } };
  const database = await openDatabase({ ...addressesGiven(options), log: () => undefined, attach: true });
  const pool = openPool(database.appUrl, { max: 2, settings: { 'dargah.scope': 'road' } });
  try {
    await migrate(database.migratorUrl, join(ROOT, 'migrations'), () => undefined);
    const units = new Set((await listUnits(pool)).map((one) => one.id));
    const { config, findings } = readSource(text, basename(file), units.size > 0 ? units : undefined);
    if (!config)
      return { ok: false, lines: findings.flatMap((one) => findingLines(one, options.language)), result: { findings } };
    return await loadInto(pool, { config, folder: dirname(file), options });
  } finally {
    await pool.end();
    await database.stop();
  }
}

/** The machine's own database, or that of the environment. */
function addressesGiven({ data }: Options): Pick<Parameters<typeof openDatabase>[0], 'dataFolder' | 'url' | 'appUrl'> {
  const { DATABASE_URL: url, APP_DATABASE_URL: appUrl } = process.env;
  return {
    dataFolder: data === undefined ? join(ROOT, 'data') : fromHere(data),
    ...(url === undefined ? {} : { url }),
    ...(appUrl === undefined ? {} : { appUrl }),
  };
}

function findingLines({ file, place, reason, mend }: Finding, language: Language): readonly string[] {
  return [`${file ?? ''} ${place}: ${reason[language]}`, `  ${mend[language]}`];
}

const PLAINLY: LoadOptions = { isRehearsal: false, full: false, acceptGone: false, rejects: undefined, mended: undefined };

type Loaded = { readonly config: SourceConfig; readonly folder: string; readonly options: Options };

async function loadInto(pool: Pool, { config, folder, options }: Loaded): Promise<Outcome> {
  const { language, load: given = PLAINLY } = options;
  const mended = given.mended === undefined ? undefined : fromHere(given.mended);
  const sources = openSources({ folder: mended === undefined ? folder : dirname(mended), environment: process.env });
  const read = mended === undefined ? config : { ...config, reader: mendedReader(config, basename(mended)) };
  const mode = mended === undefined ? (given.full ? ('full' as const) : undefined) : ('mended' as const);
  const rejects = given.rejects === undefined ? undefined : createWriteStream(fromHere(given.rejects));
  const progress = progressLine(options.json ? undefined : process.stderr);
  const order: LoadOrder = {
    by: 'cli',
    isRehearsal: given.isRehearsal,
    acceptGone: given.acceptGone,
    onProgress: progress.show,
    ...(mode === undefined ? {} : { mode }),
    // What is only rehearsed is kept nowhere else.
    ...(given.isRehearsal && rejects ? { onRejected: (one) => void rejects.write(rejectsLine(config, one, language)) } : {}),
  };
  if (given.isRehearsal) rejects?.write(rejectsHead(config));
  const now = () => instant(new Date().toISOString());
  const report = await loadSource({ pool, sources, now }, read, order);
  progress.end();
  if (rejects) await writeRejects(rejects, { pool, config, report, language });
  return { ok: report.status === 'finished' && report.rejected === 0, lines: reportLines(report, options), result: report };
}

type Rejected = { readonly pool: Pool; readonly config: SourceConfig; readonly report: LoadReport; readonly language: Language };

async function writeRejects(to: WriteStream, { pool, config, report, language }: Rejected): Promise<void> {
  if (report.load !== undefined) {
    const { load } = report;
    for await (const piece of rejectsFile(pool, { config, load, language })) to.write(piece);
  }
  to.end();
  await finished(to);
}

const WORDS: Readonly<Record<'counts' | 'rehearsed' | 'resumed' | 'extra' | 'rejects', Text>> = {
  counts: {
    fa: '{source}: {rows} سطر خوانده شد؛ {added} تازه، {changed} عوض‌شده، {unchanged} بی‌تغییر، {rejected} ردشده، {gone} دیگر نیست',
    en: '{source}: {rows} rows read; {added} new, {changed} changed, {unchanged} unchanged, {rejected} rejected, {gone} gone',
  },
  rehearsed: { fa: 'آزمایشی بود: چیزی نوشته نشد.', en: 'This was a rehearsal: nothing was written.' },
  resumed: { fa: 'از جایی که مانده بود ادامه یافت.', en: 'It went on where it was.' },
  extra: { fa: 'ستون‌هایی که در پیکربندی نیست: {columns}', en: 'Columns that the configuration does not know: {columns}' },
  rejects: { fa: 'سطرهای ردشده: {file}', en: 'Rejected rows: {file}' },
};

function reportLines(report: LoadReport, { language, load: { rejects } = PLAINLY }: Options): readonly string[] {
  const say = (key: keyof typeof WORDS, facts: Readonly<Record<string, unknown>>): string => fill(WORDS[key], facts)[language];
  return [
    say('counts', report),
    ...(report.load === undefined ? [say('rehearsed', {})] : []),
    ...(report.isResumed ? [say('resumed', {})] : []),
    ...(report.extra.length > 0 ? [say('extra', { columns: report.extra.join(', ') })] : []),
    ...(report.trouble === undefined ? [] : troubleLines(report.trouble, language)),
    ...(rejects !== undefined && report.rejected > 0 ? [say('rejects', { file: rejects })] : []),
  ];
}

function troubleLines({ code, facts }: NonNullable<LoadReport['trouble']>, language: Language): readonly string[] {
  const problem = PROBLEMS[code as RefusalCode];
  const fault = facts['fault'] === undefined ? {} : { fault: SOURCE_FAULTS[facts['fault'] as SourceFault][language] };
  return [problem.title, problem.mend].map((one) => fill(one, { ...facts, ...fault })[language]);
}
