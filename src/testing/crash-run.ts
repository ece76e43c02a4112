// Runs a child process that may be killed at a named point, and gives what it said before.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type Run = {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
};

/** `child`: a script beside this one. */
export function runChild(
  { child: script, appUrl, folder }: { readonly child: string; readonly appUrl: string; readonly folder: string },
  environment: Readonly<Record<string, string>>,
): Promise<Run> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), appUrl, folder], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  return new Promise((done) =>
    child.on('close', (code, signal) => done({ code, signal, lines: output.split('\n').filter(Boolean), errors })),
  );
}
