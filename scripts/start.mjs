// `npm start`: from a clean clone to a served portal. The work is done by dist/main/serve.js; this only gets there.
import { build, install, run } from './ground.mjs';

await install();
await build('src/main');
process.exitCode = await run('dist/main/serve.js', process.argv.slice(2));
