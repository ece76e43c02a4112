// `npm run bench -- NAME`: builds and runs bench/NAME.ts.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, fail, install, ROOT, run } from './ground.mjs';

const [folder, name, ...args] = process.argv.slice(2);
const names = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
if (folder !== 'bench' || !existsSync(join(ROOT, 'bench', `${name}.ts`)))
  fail(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
await install();
await build();
process.exitCode = await run(`dist/bench/${name}.js`, args);
