// Runs compiled test files by kind, on one PostgreSQL that lives as long as the run. Called by scripts/test.mjs.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COVERAGE_OPTIONS, coverageTable, roomsCovered, type Ran } from './coverage.ts';
import { ENVIRONMENT, ROOT, startTestServer } from './database.ts';

type Tally = Readonly<Record<'tests' | 'passed' | 'failed' | 'cancelled' | 'skipped' | 'todo', number>>;
/** What scripts/tally.mjs writes. */
type Report = { readonly counts: Tally; readonly ran?: Ran };
type Kind = readonly [name: string, files: readonly string[]];
const kinds = JSON.parse(process.argv[2] ?? '[]') as readonly Kind[];
/** With `--lines`, the lines that no unit test runs are listed. */
const listsLines = process.argv.includes('--lines');
const needsDatabase = kinds.some(([name]) => ['db', 'http', 'journeys'].includes(name));

/** A test that hangs fails, and says which one it is. */
const PATIENCE: Readonly<Record<string, number>> = { journeys: 300_000 };

async function runKind([name, files]: Kind, env: NodeJS.ProcessEnv): Promise<{ readonly code: number; readonly tally?: Tally }> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-tally-'));
  const counts = join(folder, 'counts.json');
  const options = [
    '--enable-source-maps',
    '--test',
    // Browsers and servers share the cores: journeys go one after the other.
    `--test-concurrency=${name === 'journeys' ? 1 : availableParallelism()}`,
    `--test-timeout=${PATIENCE[name] ?? 120_000}`,
    `--test-reporter=${reporter('spec')}`,
    '--test-reporter-destination=stdout',
    `--test-reporter=${reporter('tally')}`,
    `--test-reporter-destination=${counts}`,
    ...(name === 'unit' ? COVERAGE_OPTIONS : []),
  ];
  const child = spawn(process.execPath, [...options, ...files], { stdio: ['ignore', 'inherit', 'inherit'], env });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, pass);
  const code = await new Promise<number>((done) => child.on('exit', (exit) => done(exit ?? 1)));
  for (const signal of signals) process.off(signal, pass);
  const text = await readFile(counts, 'utf8').catch(() => '');
  await rm(folder, { recursive: true });
  if (text === '') return { code };
  const { counts: tally, ran } = JSON.parse(text) as Report;
  return { code: code === 0 && ran && !tellCoverage(ran) ? 1 : code, tally };
}

function reporter(name: string): string {
  return pathToFileURL(join(ROOT, 'scripts', `${name}.mjs`)).href;
}

/** Prints how much of the pure rooms ran; false where one has too little. */
function tellCoverage(ran: Ran): boolean {
  const rooms = roomsCovered(ran);
  console.log(coverageTable(rooms, listsLines).join('\n'));
  return rooms.every(({ isEnough }) => isEnough);
}

async function runAll(env: NodeJS.ProcessEnv): Promise<void> {
  const began = performance.now();
  const total = { tests: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
  for (const kind of kinds) {
    const start = performance.now();
    console.log(`· ${kind[0]}: ${kind[1].length} files`);
    const { code, tally } = await runKind(kind, env);
    for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally?.[key] ?? 0;
    console.log(`  ${kind[0]}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    process.exitCode = code;
    if (code !== 0) break;
  }
  // As node:test closes, for the whole run.
  console.log(`ℹ tests ${total.tests}\nℹ pass ${total.passed}\nℹ fail ${total.failed}\nℹ cancelled ${total.cancelled}`);
  console.log(`ℹ skipped ${total.skipped}\nℹ todo ${total.todo}\nℹ duration_ms ${Math.round(performance.now() - began)}`);
}

const server = needsDatabase ? await startTestServer() : undefined;
try {
  const addresses = server && JSON.stringify({ migratorUrl: server.migratorUrl, appUrl: server.appUrl });
  await runAll({ ...process.env, ...(addresses === undefined ? {} : { [ENVIRONMENT]: addresses }) });
} finally {
  await server?.stop();
}
