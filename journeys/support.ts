// What journeys share: a Persian phone with scripts off, signing in as a persona, axe on every page visited, the one error a page must show.
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { checkAxe, openBrowser } from '#testing/browser.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

export type Stage = { readonly portal: TestPortal; readonly browser: Browser; close(): Promise<void> };

/** Without the ticker nothing happens by itself: a test says what systems answer. */
export async function openStage(options: { readonly ticking?: boolean } = {}): Promise<Stage> {
  const portal = await testPortal(options);
  const browser = await openBrowser();
  return {
    portal,
    browser,
    async close() {
      await browser.close();
      await portal.stop();
    },
  };
}

export type Person = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens an address of the portal. */
  go(path: string): Promise<void>;
  /** Runs axe on the page this person stands on, fetched once more by a browser with scripts. */
  axe(): Promise<void>;
  close(): Promise<void>;
};

/** Someone with a browser of their own; signed in where a persona is named. */
export async function person(
  stage: Stage,
  persona?: string,
  options: { readonly width?: number; readonly language?: 'fa' | 'en' } = {},
): Promise<Person> {
  const { origin } = stage.portal;
  const locale = options.language === 'en' ? 'en-GB' : 'fa-IR';
  const context = await stage.browser.newContext({
    javaScriptEnabled: false,
    locale,
    viewport: { width: options.width ?? 360, height: 800 },
  });
  const page = await context.newPage();
  if (persona !== undefined) await signIn(page, origin, persona, '/my');
  return {
    page,
    context,
    go: async (path) => void (await page.goto(origin + path)),
    async axe() {
      const scripted = await stage.browser.newContext({
        storageState: await context.storageState(),
        locale,
        viewport: { width: options.width ?? 360, height: 800 },
      });
      try {
        const copy = await scripted.newPage();
        await copy.goto(page.url());
        await checkAxe(copy);
        const overflow = await copy.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        assert.equal(overflow, 0, `${page.url()} scrolls sideways`);
      } finally {
        await scripted.close();
      }
    },
    close: () => context.close(),
  };
}

/** Through the identity provider, as a person would: choose the card, come back. */
export async function signIn(page: Page, origin: string, persona: string, next: string): Promise<void> {
  await page.goto(`${origin}/sign-in?next=${encodeURIComponent(next)}`);
  await choosePersona(page, persona);
}

export async function choosePersona(page: Page, persona: string): Promise<void> {
  await page.locator(`form:has(input[value="${persona}"]) button`).click();
}

/** The page says what is wrong, in its title, at its top and beside the field. */
export async function assertFault(page: Page, field: string, words: RegExp): Promise<void> {
  const summary = page.locator('.error-summary, [role="alert"]').first();
  // On a busy machine the press comes back before the page that it leads to.
  await summary.waitFor();
  assert.match(await page.title(), /^(خطا|Error)/);
  assert.match(await summary.innerText(), words);
  const described = await page.locator(`[name="${field}"]`).first().getAttribute('aria-describedby');
  assert.match(described ?? '', /error/, `${field} carries its error`);
}

/** The number of the case whose page this is. */
export function caseOf(page: Page): string {
  const id = /\/cases\/(\d{14})/.exec(page.url())?.[1];
  assert.ok(id, `${page.url()} is a case's page`);
  return id;
}

/** Reloads until the ticker has done its part: a document takes a second or two. */
export async function until(page: Page, words: RegExp): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if (words.test(await page.locator('main').innerText())) return;
    await new Promise((done) => setTimeout(done, 250));
    await page.reload();
  }
  assert.match(await page.locator('main').innerText(), words);
}
