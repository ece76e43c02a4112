// What every script stands on: dependencies installed, Node 24 running, code compiled, programs run to their end.
// Plain JavaScript on Node's own modules: it runs before anything is installed, on Node 20 or newer.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.dargah-lock');
const OLDEST = 20;
const NEWEST = 24;
/** What an installation takes, with npm's own cache beside it. */
const INSTALL_MEGABYTES = 1000;

const [MAJOR] = process.versions.node.split('.').map(Number);

/** One line to a person, and out. */
export function fail(line) {
  console.error(`\n✗ ${line}`);
  process.exit(1);
}

/** Runs a stage, tells that it runs where it takes a second or more, and how long it took. */
export async function stage(name, work, { always = false } = {}) {
  const began = performance.now();
  let told = always;
  if (always) console.log(`· ${name}`);
  const first = setTimeout(() => {
    if (!told) console.log(`· ${name} …`);
    told = true;
  }, 1000);
  const beats = setInterval(() => console.log(`  ${name}: ${seconds(began)} so far`), 20_000);
  try {
    return await work();
  } finally {
    clearTimeout(first);
    clearInterval(beats);
    if (told) console.log(`  ${name}: ${seconds(began)}`);
  }
}

function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

/** Runs a program to its end, its output on ours or, with `isQuiet`, gathered. Signals that end us end it. */
export function finish(command, args, { isQuiet = false, env = environment() } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (part) => (output += part));
    child.stderr?.on('data', (part) => (output += part));
    const release = passSignals(child);
    child.on('error', (error) => done({ code: 127, output: error.message }));
    child.on('close', (code, signal) => {
      release();
      if (signal) endAs(signal);
      done({ code: code ?? 1, output });
    });
  });
}

/** Hands our signals to a child. Ctrl-C in a terminal reaches it without our help: twice would cut its stopping short. */
function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => {
    const handler = () => (name === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(name));
    process.on(name, handler);
    return [name, handler];
  });
  return () => handlers.forEach(([name, handler]) => process.off(name, handler));
}

/** Ends as our child ended, so that a shell sees the same. */
function endAs(signal) {
  process.kill(process.pid, signal);
}

function freeMegabytes() {
  const { bavail, bsize } = statfsSync(ROOT);
  return (bavail * bsize) / 1_048_576;
}

function mustWrite(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    fail(`No permission to write in ${folder}: run this as its owner, or clone Dargah into a folder of your own.`);
  }
}

/** Installs exactly what package-lock.json names, where that is not so already. Runs no script of any package. */
export async function install() {
  if (MAJOR < OLDEST)
    fail(`Node ${process.versions.node} is too old: Dargah needs Node ${OLDEST} or newer (it brings Node ${NEWEST} itself).`);
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  if (!isInstalled(JSON.parse(lock))) {
    mustWrite(ROOT);
    if (freeMegabytes() < INSTALL_MEGABYTES) fail(`The disk is full: installing needs ${INSTALL_MEGABYTES} MB free.`);
    await stage('installing what package-lock.json names (a minute or two)', npmCi, { always: true });
  }
  try {
    writeFileSync(STAMP, wanted);
  } catch {
    // Somebody else's installation, whole and readable, will do.
  }
}

async function npmCi() {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
  const { code } = await finish('npm', args, { env: process.env });
  if (code === 127) fail('npm is not on the PATH: it comes with Node.');
  if (code !== 0)
    fail(
      freeMegabytes() < 20
        ? 'The disk is full: npm could not finish.'
        : 'npm could not install the dependencies; it says why above.',
    );
}

/** Whether npm's own note of what it installed agrees with the lock file, as after an `npm ci` by hand. */
function isInstalled({ packages }) {
  const note = join(MODULES, '.package-lock.json');
  if (!existsSync(note)) return false;
  const have = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(packages).every(([path, { version, integrity, optional, os, cpu }]) => {
    if (path === '' || (have[path]?.version === version && have[path]?.integrity === integrity)) return true;
    const isElsewhere = (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch));
    return optional === true && have[path] === undefined && (isElsewhere || !isOurs(path));
  });
}

/** Packages that only some machines need, and ours does. */
function isOurs(path) {
  return path.includes(`${process.platform}-${process.arch}`);
}

/** The Node to run with: this one where it is new enough, else the one npm brought. */
export function node() {
  if (MAJOR >= NEWEST) return process.execPath;
  const brought = join(MODULES, '.bin', 'node');
  if (!existsSync(brought))
    fail(`npm brings no Node ${NEWEST} for ${process.platform}-${process.arch}: install Node ${NEWEST} yourself.`);
  return brought;
}

/** The environment of everything run from here: Node 24 first. */
export function environment(more = {}) {
  return { ...process.env, PATH: `${join(MODULES, '.bin')}:${process.env.PATH ?? ''}`, ...more };
}

/** Runs a tool of node_modules by its file (`prettier/bin/prettier.cjs`). */
export function tool(file, args, options) {
  return finish(node(), [join(MODULES, ...file.split('/')), ...args], options);
}

/** Compiles what is stale of these projects and of what they stand on; of everything, where none is named. */
export async function build(...projects) {
  dropStale();
  const { code, output } = await stage('compiling', () => tool('typescript/bin/tsc', ['-b', ...projects], { isQuiet: true }));
  if (code === 0) return;
  if (/EACCES|EPERM|permission denied/i.test(output)) mustWrite(existsSync(join(ROOT, 'dist')) ? join(ROOT, 'dist') : ROOT);
  if (freeMegabytes() < 20) fail('The disk is full: the compiler could not finish.');
  console.error(output);
  fail('The code does not compile; the compiler says where above.');
}

/** Every file below a folder, by its path in it. */
function filesBelow(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? filesBelow(join(folder, entry.name)).map((name) => join(entry.name, name)) : [entry.name],
      )
    : [];
}

/** Removes compiled files whose source is gone: an old test must not run, an old module must not be found. */
function dropStale() {
  for (const file of filesBelow(join(ROOT, 'dist'))) {
    const stem = /^(.*)\.(?:js|js\.map|d\.ts|d\.ts\.map)$/.exec(file)?.[1];
    if (stem === undefined) continue;
    const source = join(ROOT, /^(journeys|bench)\//.test(stem) ? '' : 'src', stem);
    if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(join(ROOT, 'dist', file), { force: true });
  }
}

const WITH_PARENT = join(ROOT, 'scripts', 'with-parent.mjs');

/** Runs a compiled program to its end and gives its exit code. Signals pass through; it ends when we do, even by kill -9. */
export function run(file, args = [], more = {}) {
  const child = spawn(node(), ['--enable-source-maps', '--import', `file://${WITH_PARENT}`, join(ROOT, file), ...args], {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(more),
  });
  passSignals(child);
  endWithNpm(() => child.kill('SIGTERM'));
  process.on('exit', () => child.kill('SIGTERM'));
  return new Promise((done) => {
    child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** npm that is killed tells nobody: we see that our parent is another one. */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 1000);
  watch.unref();
}

/** Compiled test files of a kind: rooms, unit, db, http or journeys. */
export function testFiles(kind) {
  const kindOf = (file) => {
    if (file === 'rooms.test.js') return 'rooms';
    return file.startsWith('journeys/') ? 'journeys' : (/\.(db|http)\.test\.js$/.exec(file)?.[1] ?? 'unit');
  };
  return filesBelow(join(ROOT, 'dist'))
    .filter((file) => file.endsWith('.test.js') && kindOf(file) === kind)
    .map((file) => join('dist', file))
    .sort();
}
