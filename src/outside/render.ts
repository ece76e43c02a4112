// Typst to PDF/A-2a in a process of its own. A template sees its data, the city's letterhead, a QR code, the files of its order and fonts
// (ours first, the machine's for signs that ours lack); no other file, no network, and no longer than the time limit.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '#base/json.ts';
import type { Instant } from '#base/instant.ts';
import { toEpochMillis } from '#base/instant.ts';
import { qrSvg } from './qr.ts';
import type { Done, Job } from './typst-process.ts';

/** `faults`: what Typst said, line by line. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The document cannot be rendered: ${faults.join('; ')}`);
    this.faults = faults;
  }
}

export type RenderOrder = {
  readonly template: string;
  /** The template's `data`; its member `verify` is the address in the QR code. */
  readonly data: JsonObject;
  readonly at: Instant;
  /** Files the template may read, by plain name: `map.png` is `/map.png` there. */
  readonly assets?: Readonly<Record<string, Uint8Array>>;
};
/** Throws RenderError. */
export type Renderer = (order: RenderOrder) => Promise<Uint8Array>;

/** A page takes 5 ms, the first one 300; what is not done after this never will be. */
const LIMIT_MILLIS = 10_000;
const PROCESS = fileURLToPath(new URL('./typst-process.js', import.meta.url));
/** Typst would fetch packages from its registry and look for them in the home folder: here there is neither. */
const ENVIRONMENT = {
  HTTPS_PROXY: 'http://127.0.0.1:1',
  HTTP_PROXY: 'http://127.0.0.1:1',
  XDG_DATA_HOME: '/dev/null',
  XDG_CACHE_HOME: '/dev/null',
  HOME: '/dev/null',
};

/** `letterhead`: path of documents/dargah.typ. The process starts with the first order, and never keeps this one from ending. */
export function openRenderer(
  letterhead: string,
  { limitMillis = LIMIT_MILLIS }: { readonly limitMillis?: number } = {},
): Renderer {
  let typst: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const running = (): ChildProcess => {
    if (typst?.connected === true && typst.exitCode === null && typst.signalCode === null) return typst;
    typst = start(letterhead);
    return typst;
  };
  return async ({ template, data, at, assets = {} }) => {
    const strange = Object.keys(assets).find((name) => !/^[a-z0-9][a-z0-9-]*\.[a-z0-9]+$/.test(name) || name === 'dargah.typ');
    if (strange !== undefined) throw new RenderError([`"${strange}" is no name of an asset`]);
    const files = { ...assets, 'qr.svg': Buffer.from(await qrSvg(String(data['verify']))) };
    const job: Job = { template, data: JSON.stringify(data), files, timestamp: Math.floor(toEpochMillis(at) / 1000) };
    // One at a time: when the limit strikes it is clear whom it strikes.
    const turn = last.then(() => ask(running(), job, limitMillis));
    last = turn.catch(() => undefined);
    const done = await turn;
    if ('faults' in done) throw new RenderError(done.faults);
    return done.pdf;
  };
}

function start(letterhead: string): ChildProcess {
  const fonts = join(createRequire(import.meta.url).resolve('vazirmatn/package.json'), '..', 'fonts', 'ttf');
  const files = ['Regular', 'Medium', 'Bold'].map((weight) => join(fonts, `Vazirmatn-${weight}.ttf`));
  const started = fork(PROCESS, [letterhead, ...files], {
    cwd: '/',
    env: ENVIRONMENT,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.unref();
  started.channel?.unref();
  // Without a listener the failure of a start would end the city; ask() hears of it by the exit.
  started.on('error', () => undefined);
  return started;
}

function ask(typst: ChildProcess, job: Job, limitMillis: number): Promise<Done> {
  return new Promise((resolve) => {
    typst.channel?.ref();
    const finish = (done: Done): void => {
      clearTimeout(timer);
      typst.channel?.unref();
      typst.off('message', finish).off('exit', ended).off('error', ended);
      resolve(done);
    };
    const ended = (): void => finish({ faults: ['the renderer ended without an answer'] });
    const timer = setTimeout(() => {
      typst.kill('SIGKILL');
      typst.disconnect();
      finish({ faults: [`not rendered within ${limitMillis} ms`] });
    }, limitMillis);
    typst.on('message', finish).on('exit', ended).on('error', ended);
    typst.send(job, (error) => error && finish({ faults: [error.message] }));
  });
}
