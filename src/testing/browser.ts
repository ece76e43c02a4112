// A real browser for journeys: Debian's Chromium where there is one, else the one npm carries; and axe on every page.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/fonts-cache</cachedir></fontconfig>
`;

/** DARGAH_BROWSER=npm forces the one from npm. */
export async function openBrowser(): Promise<Browser> {
  const installed = process.env['DARGAH_BROWSER'] === 'npm' ? undefined : installedBrowser();
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: QUIET });
  // Its own arguments are for one page in one process with no same-origin policy: journeys need the real thing.
  return chromium.launch({ executablePath: await packedBrowser(), args: QUIET });
}

/**
 * Unpacks npm's browser beside the packages: in the shared temporary folder only the first user of a machine could run it. Tests that start
 * together unpack it once: a program that is still being written cannot be run.
 */
async function packedBrowser(): Promise<string> {
  const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');
  const folder = join(cache, 'browser');
  await mkdir(cache, { recursive: true });
  return alone(`${folder}.lock`, async () => {
    const whole = join(folder, 'whole');
    if (!existsSync(whole)) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const path = await unpackedInto(folder);
    await writeFile(whole, '');
    return path;
  });
}

async function unpackedInto(folder: string): Promise<string> {
  const before = process.env['TMPDIR'];
  // Its own font configuration names a folder that is not there; a browser without any font lays text out with no height, and falls over.
  await writeFile(join(folder, 'fonts.conf'), FONTS.replaceAll('{folder}', folder));
  process.env['FONTCONFIG_PATH'] = folder;
  process.env['TMPDIR'] = folder;
  // So asked, it brings the libraries it is linked with (NSS), which a bare machine lacks.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** Unpacking takes seconds; a lock this old is one whose owner was killed. */
const ABANDONED_MS = 60_000;

/** Does some work while no other process does it. */
async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  while (!(await hasTaken(lock))) {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_MS) await rmdir(lock).catch(() => undefined);
    await passed(50);
  }
  try {
    return await work();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}

/** True where the lock was free and is ours now. */
async function hasTaken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function installedBrowser(): string | undefined {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '')];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type AxeResult = {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
};

/** Fails with every violation and its place. Runs beside the page's own policy: nothing is added to the page. */
export async function checkAxe(page: Page): Promise<void> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`)) as AxeResult;
  const words = violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => `${node.html.slice(0, 160)} — ${node.failureSummary}`).join('\n  ')}`,
  );
  assert.deepEqual(words, [], `${page.url()} is not accessible`);
}
