// `npm test`: everything that must pass, in order of cost, stopping at the first stage that fails. `npm test -- unit` runs one stage.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, environment, fail, install, node, ROOT, run, stage, testFiles } from './ground.mjs';

const only = process.argv.slice(2);
const wanted = (name) => only.length === 0 || only.includes(name);

function tool(name, args) {
  const done = spawnSync(node(), [join(ROOT, 'node_modules', ...name.split('/')), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: environment(),
  });
  if (done.status !== 0) fail(`${name.split('/')[0]} found faults; they are above.`);
}

await install();
if (wanted('format')) await stage('format', () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']));
if (wanted('lint')) await stage('lint', () => tool('oxlint/bin/oxlint', ['--quiet']));
await build();
if (wanted('unused')) await stage('unused', () => tool('knip/bin/knip.js', ['--no-progress']));

const kinds = ['unit', 'db', 'http', 'journeys'].filter(wanted);
if (kinds.length > 0) {
  const files = kinds.map((kind) => [kind, testFiles(kind)]).filter(([, list]) => list.length > 0);
  process.exitCode = await run('dist/testing/run.js', [JSON.stringify(files)]);
}
