// What every script stands on: dependencies installed, Node 24 running, links of the embedded database made, code compiled.
// Plain JavaScript on Node's own modules: it runs before anything is installed, on Node 20 or newer.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.dargah-lock');
const NEWEST = 24;

/** One line to a person, and out. */
export function fail(line) {
  console.error(`\n✗ ${line}`);
  process.exit(1);
}

/** A line of progress, with how long it took. */
export async function stage(name, work) {
  const began = Date.now();
  process.stdout.write(`· ${name} …\n`);
  const result = await work();
  console.log(`  ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

/** Installs exactly what the lock file says, where that is not so already. */
export async function install() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    fail(`Node ${process.versions.node} is too old: Dargah needs Node 20 or newer (it brings Node ${NEWEST} itself).`);
  const wanted = lockHash();
  const have = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
  if (have === wanted) return;
  await stage('installing what package-lock.json names (about a minute)', () => {
    // `npm install`, not `npm ci`: ci refuses a lock without the packages of other platforms, which not every registry mirror carries.
    // The lock's versions are taken either way, and --no-save writes nothing back.
    const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
    const done = spawnSync('npm', ['install', ...options], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (done.error) fail(`npm could not be run: ${done.error.message}`);
    if (done.status !== 0) fail('npm install failed; its own words are above.');
    writeFileSync(STAMP, wanted);
  });
}

/** The Node to run with: this one where it is new enough, else the one npm brought. */
export function node() {
  if (Number(process.versions.node.split('.')[0]) >= NEWEST) return process.execPath;
  const brought = join(MODULES, '.bin', 'node');
  if (!existsSync(brought))
    fail(
      `This machine has Node ${process.versions.node}, and npm brought no Node ${NEWEST} for ${process.platform}-${process.arch}: install Node ${NEWEST}.`,
    );
  return brought;
}

/** The environment of everything run from here: Node 24 first. */
export function environment(more = {}) {
  return { ...process.env, PATH: `${join(MODULES, '.bin')}:${process.env.PATH ?? ''}`, ...more };
}

/** Compiles what is stale, and drops compiled files whose source is gone. */
export async function build() {
  dropStale();
  await stage('compiling', () => {
    const done = spawnSync(node(), [join(MODULES, 'typescript', 'bin', 'tsc'), '-b'], {
      cwd: ROOT,
      stdio: 'inherit',
      env: environment(),
    });
    if (done.status !== 0) fail('The code does not compile; the compiler’s words are above.');
  });
}

function dropStale() {
  const dist = join(ROOT, 'dist');
  if (!existsSync(dist)) return;
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const match = entry.isFile() ? /^(.*)\.(?:js|d\.ts|js\.map)$/.exec(entry.name) : null;
    if (!match) continue;
    const room = relative(dist, entry.parentPath);
    const base = /^(journeys|bench)(\/|$)/.test(room) ? join(ROOT, room) : join(ROOT, 'src', room);
    const stem = match[1].replace(/\.js$/, '');
    if (!existsSync(join(base, `${stem}.ts`)) && !existsSync(join(base, `${stem}.tsx`))) {
      rmSync(join(entry.parentPath, entry.name));
      // The compiler believes its own notes about what it wrote.
      rmSync(join(dist, room.split('/')[0] ?? '', '.tsbuildinfo'), { force: true });
    }
  }
}

/** Runs a compiled program to its end; signals pass through, and it never outlives us. Gives its exit code. */
export function run(file, args = [], more = {}) {
  const child = spawn(node(), ['--enable-source-maps', file, ...args], { cwd: ROOT, stdio: 'inherit', env: environment(more) });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('exit', () => child.kill('SIGTERM'));
  return new Promise((done) => child.on('exit', (code, signal) => done(code ?? (signal ? 1 : 0))));
}

/** Compiled test files of a kind: unit, db, http or journeys. */
export function testFiles(kind) {
  const dist = join(ROOT, 'dist');
  const files = readdirSync(dist, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.test.js') && statSync(join(dist, name)).isFile());
  const kindOf = (name) => (name.startsWith('journeys/') ? 'journeys' : (/\.(db|http)\.test\.js$/.exec(name)?.[1] ?? 'unit'));
  return files
    .filter((name) => kindOf(name) === kind)
    .map((name) => join('dist', name))
    .sort();
}
