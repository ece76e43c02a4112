// Both services' diagrams in a real browser: names stay inside their shapes, a phone scrolls the drawing and not the page, axe finds nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES } from '#base/text.ts';
import type { Drawing } from '#engine/drawing.ts';
import { readDrawing } from '#engine/read-drawing.ts';
import { findAsset } from '#portal/ui/assets.ts';
import { Diagram } from '#portal/ui/diagram.tsx';
import type { Marks } from '#portal/ui/diagram.tsx';
import { languageOf } from '#portal/ui/href.ts';
import { renderPage } from '#portal/ui/page.tsx';
import { checkAxe, openBrowser } from '#testing/browser.ts';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'";
const CASES: { readonly [service: string]: { readonly marks: Marks; readonly hrefs: { readonly [id: string]: string } } } = {
  'renovation-duty-clearance': {
    marks: {
      Start: 'done',
      Service_register: { state: 'done', count: 3 },
      Rule_duty: 'done',
      Service_pay: { state: 'failed', text: 'No answer' },
    },
    hrefs: { Service_pay: '#incident' },
  },
  'completion-certificate': {
    marks: {
      Start: 'done',
      Sub_review: 'here',
      Gateway_again: { state: 'done', count: 2 },
      Task_visit: 'here',
      Timer_late: 'here',
    },
    hrefs: {},
  },
};

const drawings = new Map<string, Drawing>();

const server = createServer((request, reply) => {
  const asset = findAsset(request.url ?? '');
  if (asset) return void reply.writeHead(200, { 'content-type': asset.type }).end(asset.body);
  const { language, path } = languageOf(request.url ?? '');
  const service = path.slice(1);
  const [drawing, shown] = [drawings.get(service), CASES[service]];
  if (!drawing || !shown) return void reply.writeHead(404).end();
  const body = (
    <>
      <h1>{service}</h1>
      <Diagram language={language} drawing={drawing} {...shown} />
      <p id="incident">{service}</p>
    </>
  );
  const page = renderPage({ language, title: service, path, wide: true, body });
  reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP }).end(page);
});

let browser: Browser | undefined;

before(async () => {
  for (const service of Object.keys(CASES)) {
    const file = new URL(`../../../services/${service}/process.bpmn`, import.meta.url);
    drawings.set(service, await readDrawing(await readFile(file, 'utf8')));
  }
  await new Promise<void>((resolve) => server.listen(0, resolve));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server.close();
});

async function open(path: string, width: number, scripts = true): Promise<Page> {
  const page = await (await browser!.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: scripts })).newPage();
  const faults: string[] = [];
  page.on(
    'console',
    (message) => void (message.type() === 'error' && !message.text().includes('404') && faults.push(message.text())),
  );
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}${path}`);
  await page.evaluate('document.fonts.ready');
  assert.deepEqual(faults, [], 'the security policy is kept');
  return page;
}

/** Names that reach out of the box they stand in, as drawn. */
const OUTSIDE = `[...document.querySelectorAll('.shape')].flatMap((shape) => {
  const box = [...shape.children].find((child) => child.localName === 'rect' && child.classList.contains('body'))?.getBBox();
  return box ? [...shape.querySelectorAll('.name text')].filter((text) => {
    const { x, y, width, height } = text.getBBox();
    return x < box.x + 2 || x + width > box.x + box.width - 2 || y < box.y - 2 || y + height > box.y + box.height + 4;
  }).map((text) => text.textContent) : [];
})`;

const SIZES = `(() => {
  const scroll = document.querySelector('.diagram-scroll');
  return { page: document.documentElement.scrollWidth - innerWidth, drawing: scroll.scrollWidth - scroll.clientWidth };
})()`;
type Sizes = { readonly page: number; readonly drawing: number };

for (const service of Object.keys(CASES))
  for (const language of LANGUAGES) {
    const path = language === 'fa' ? `/${service}` : `/en/${service}`;

    test(`${service} on a phone scrolls in its own frame, on a desk fits it (${language})`, async () => {
      for (const width of [360, 1280]) {
        const page = await open(path, width);
        const { page: over, drawing } = (await page.evaluate(SIZES)) as Sizes;
        assert.ok(over <= 0, `the page is ${over} wider than ${width}`);
        assert.equal(drawing > 0, width === 360);
        assert.deepEqual(await page.evaluate(OUTSIDE), []);
        await checkAxe(page);
        await page.context().close();
      }
    });
  }

test('on a desk the reading size is one press away, without scripts', async () => {
  const page = await open('/completion-certificate', 1280, false);
  await page.locator('.diagram-size input').check();
  assert.ok(((await page.evaluate(SIZES)) as Sizes).drawing > 500);
});

test('a step in the list leads to its shape, which comes into view', async () => {
  const page = await open('/completion-certificate', 360);
  await page.locator('.diagram-list a[href="#diagram-Task_visit"]').click();
  const seen = `(() => {
    const { left, right, top, bottom } = document.getElementById('diagram-Task_visit').getBoundingClientRect();
    const frame = document.querySelector('.diagram-scroll').getBoundingClientRect();
    return left >= frame.left - 1 && right <= frame.right + 1 && top >= -1 && bottom <= innerHeight + 1;
  })()`;
  await page.waitForFunction(seen, undefined, { timeout: 3000 });
});

test('a failed step in the drawing leads to its incident, by pointer and by keyboard', async () => {
  const page = await open('/renovation-duty-clearance', 1280);
  await page.locator('#diagram-Service_pay').click();
  assert.match(page.url(), /#incident$/);
  await page.goto(page.url().replace(/#.*/, '#'));
  await page.locator('#diagram-Service_pay a').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#incident$/);
});
