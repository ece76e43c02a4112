// A real browser for journeys: Debian's Chromium where there is one, else the one npm carries; and axe on every page.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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

/** Unpacks npm's browser beside the packages: in the shared temporary folder only the first user of a machine could run it. */
async function packedBrowser(): Promise<string> {
  const before = process.env['TMPDIR'];
  const folder = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'browser');
  await mkdir(folder, { recursive: true });
  // Its own font configuration names /tmp/fonts; a browser without any font lays text out with no height, and falls over.
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
