// The citizen's pages against their budget: CPU to render one on the server, bytes of script, and bytes of a first view, as sent (gzip where a proxy would).
import { gzipSync } from 'node:zlib';
import { testPortal } from '#testing/portal.ts';
import { report } from './table.ts';

const PAGES = ['/', '/services', '/services/completion-certificate', '/duties', '/verify'];
const TURNS = 200;

async function measure(): Promise<void> {
  const portal = await testPortal();
  try {
    const { token } = (await (
      await fetch(`${portal.origin}/api/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ persona: 'citizen-sara' }),
      })
    ).json()) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    const opened = (await (
      await fetch(`${portal.origin}/api/cases`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ service: 'completion-certificate' }),
      })
    ).json()) as { id: string };
    const pages = [...PAGES, `/cases/${opened.id}/apply`, `/cases/${opened.id}/apply/building`, '/my'];
    const get = async (path: string): Promise<string> => (await fetch(portal.origin + path, { headers })).text();
    for (const path of pages) await get(path);
    // The whole process's CPU, our own client and the database's answers included: an upper bound.
    const before = process.cpuUsage();
    for (let turn = 0; turn < TURNS; turn += 1) for (const path of pages) await get(path);
    const { user, system } = process.cpuUsage(before);
    const html = await get(pages[2] ?? '/');
    const assets = [...new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((one) => one[1] ?? ''))];
    const bodies = await Promise.all(
      assets.map(async (path) => ({ path, bytes: Buffer.from(await (await fetch(portal.origin + path)).arrayBuffer()) })),
    );
    // The bold font is named in the style sheet and fetched by every page with a heading.
    const css = bodies.find((one) => one.path.endsWith('.css'))?.bytes.toString() ?? '';
    const fonts = [...css.matchAll(/url\(["']?(\/assets\/[^)"']+\.woff2)/g)]
      .map((one) => one[1] ?? '')
      .filter((path) => !assets.includes(path));
    for (const path of new Set(fonts))
      bodies.push({ path, bytes: Buffer.from(await (await fetch(portal.origin + path)).arrayBuffer()) });
    const sent = (path: string, bytes: Buffer): number => (path.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length);
    const scripts = bodies.filter((one) => one.path.endsWith('.js'));
    const total = gzipSync(html).length + bodies.reduce((sum, one) => sum + sent(one.path, one.bytes), 0);
    report(`pages: ${pages.length} pages, ${TURNS} turns each`, [
      {
        name: 'cpu_ms',
        value: (user + system) / 1000 / (TURNS * pages.length),
        unit: 'ms/page',
        note: 'server, client and query together',
      },
      {
        name: 'script_bytes',
        value: scripts.reduce((sum, one) => sum + one.bytes.length, 0),
        unit: 'bytes',
        note: 'budget 6,144',
      },
      {
        name: 'script_gzip_bytes',
        value: scripts.reduce((sum, one) => sum + sent(one.path, one.bytes), 0),
        unit: 'bytes',
        note: 'budget 1,024',
      },
      { name: 'css_bytes', value: Buffer.byteLength(css), unit: 'bytes', note: 'budget 20,480' },
      {
        name: 'font_bytes',
        value: bodies.filter((one) => one.path.endsWith('.woff2')).reduce((sum, one) => sum + one.bytes.length, 0),
        unit: 'bytes',
        note: 'budget 46,080',
      },
      { name: 'first_view_bytes', value: total, unit: 'bytes', note: 'budget 102,400: html, css, script (gzip), fonts, sign' },
    ]);
  } finally {
    await portal.stop();
  }
}

await measure();
