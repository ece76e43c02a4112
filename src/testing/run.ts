// Runs compiled test files by kind, on one PostgreSQL that lives as long as the run. Called by scripts/test.mjs.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { ENVIRONMENT, startTestServer } from './database.ts';

const kinds = JSON.parse(process.argv[2] ?? '[]') as readonly (readonly [string, readonly string[]])[];

function runKind(kind: string, files: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // Browsers and servers share two cores: journeys go one after the other.
  const atOnce = kind === 'journeys' ? 1 : availableParallelism();
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--test', `--test-concurrency=${atOnce}`, '--test-reporter=spec', ...files],
    { stdio: 'inherit', env },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)));
}

const server = kinds.some(([kind]) => kind !== 'unit') ? await startTestServer() : undefined;
const env = {
  ...process.env,
  ...(server ? { [ENVIRONMENT]: JSON.stringify({ migratorUrl: server.migratorUrl, appUrl: server.appUrl }) } : {}),
};
try {
  for (const [kind, files] of kinds) {
    const began = Date.now();
    console.log(`· ${kind}: ${files.length} files`);
    const code = await runKind(kind, files, env);
    console.log(`  ${kind}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    if (code !== 0) {
      process.exitCode = code;
      break;
    }
  }
} finally {
  await server?.stop();
}
