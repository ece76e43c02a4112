#!/usr/bin/env node
// The `dargah` command: builds what is stale, without a word, and runs dist/cli/dargah.js.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, fail, install, node, ROOT, run } from './ground.mjs';

await install();
const built = spawnSync(node(), [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-b'], {
  cwd: ROOT,
  encoding: 'utf8',
  env: environment(),
});
if (built.status !== 0) fail(`The code does not compile:\n${built.stdout}`);
process.exitCode = await run(join(ROOT, 'dist/cli/dargah.js'), process.argv.slice(2), { DARGAH_CWD: process.cwd() });
