// `npm run bench -- NAME` builds and runs bench/NAME.ts; `npm run schema` writes migrations/schema.sql anew;
// `npm run conformance` proves and writes docs/conformance.md; `npm run coverage` lists the lines of the pure rooms that no unit test runs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, fail, install, ROOT, run, testFiles } from './ground.mjs';

const [what, ...args] = process.argv.slice(2);
// A table or one JSON object is the answer; the rest is said beside it.
console.log = console.error;

async function bench([name, ...more]) {
  const sources = readdirSync(join(ROOT, 'bench')).filter((file) => file.endsWith('.ts') && file !== 'table.ts');
  const names = sources.map((file) => file.slice(0, -'.ts'.length));
  if (!names.includes(name)) fail(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  await install();
  await build('bench');
  return run(`dist/bench/${name}.js`, more);
}

async function schema() {
  await install();
  await build('src/testing');
  return run('dist/testing/write-schema.js');
}

async function conformance(args) {
  await install();
  await build('src');
  return run('dist/testing/conformance.js', args);
}

async function coverage() {
  await install();
  await build();
  return run('dist/testing/run.js', [JSON.stringify([['unit', testFiles('unit')]]), '--lines']);
}

const commands = { bench, conformance, coverage, schema };
if (!Object.hasOwn(commands, what ?? '')) fail(`node scripts/run.mjs ${Object.keys(commands).join('|')}`);
process.exitCode = await commands[what](args);
