#!/usr/bin/env node
// The `dargah` command: builds what is stale and runs dist/cli/dargah.js, in the folder it was called from. Adds nothing to its output.
import { build, install, run } from './ground.mjs';

// What installing and compiling have to say goes beside the command's own answer, which may be JSON.
console.log = console.error;
await install();
await build('src/cli');
process.exitCode = await run('dist/cli/dargah.js', process.argv.slice(2), { DARGAH_CWD: process.cwd() });
