// Pages of a REST service: by cursor and by address, with a token by name, again where it fails by chance, and never at another origin.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Refusal } from '#base/refusal.ts';
import type { RestReader } from '#registry/source.ts';
import { readAll } from '#testing/source-files.ts';
import { openRest } from './rest.ts';

async function withServer(
  answer: (request: IncomingMessage, response: ServerResponse, url: URL) => void,
  use: (origin: string) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => answer(request, response, new URL(request.url ?? '', 'http://x')));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const reader = (origin: string): RestReader => ({
  by: 'rest',
  url: `${origin}/people?size=2`,
  rows: '/data/items',
  next: '/data/next',
  cursor: 'after',
  since: 'changed',
  tokenFrom: 'PEOPLE_TOKEN',
});
const place = { folder: '/', environment: { PEOPLE_TOKEN: 'sesame' } };
const ROWS = Array.from({ length: 7 }, (_, at) => ({ id: at + 1, name: `نفر ${at}`, home: { lat: 35 } }));

function people(_request: IncomingMessage, response: ServerResponse, url: URL): void {
  const from = Number(url.searchParams.get('after') ?? 0);
  const items = ROWS.slice(from, from + 2);
  response.end(JSON.stringify({ data: { items, next: from + 2 < ROWS.length ? from + 2 : null } }));
}

test('pages are read by their cursors, with the token and mark, and gone on with at a page', async () => {
  const asked: string[] = [];
  await withServer(
    (request, response, url) => {
      asked.push(`${url.search} ${request.headers.authorization}`);
      people(request, response, url);
    },
    async (origin) => {
      const source = await openRest(reader(origin), '1405', place);
      assert.deepEqual(source.columns, ['id', 'name', 'home']);
      const whole = await readAll(source);
      assert.deepEqual(
        whole.rows.map((one) => one.cells[0]),
        [1, 2, 3, 4, 5, 6, 7],
      );
      assert.deepEqual(asked, [
        '?size=2&changed=1405 Bearer sesame',
        '?size=2&changed=1405&after=2 Bearer sesame',
        '?size=2&changed=1405&after=4 Bearer sesame',
        '?size=2&changed=1405&after=6 Bearer sesame',
      ]);
      const again = await readAll(source, whole.positions[1]);
      assert.deepEqual(again.rows, whole.rows.slice(4));
      assert.deepEqual(await readAll(source, whole.positions.at(-1)), { rows: [], positions: [], refusal: undefined });
      assert.equal(JSON.stringify(whole.positions).includes('sesame'), false);
    },
  );
});

test('what fails by chance is asked again; what is refused is told with its status', async () => {
  let times = 0;
  await withServer(
    (request, response, url) => {
      times += 1;
      if (times === 1) response.writeHead(503).end();
      else people(request, response, url);
    },
    async (origin) => {
      assert.equal((await readAll(await openRest(reader(origin), undefined, place))).rows.length, 7);
    },
  );
  await withServer(
    (_request, response) => void response.writeHead(403).end(),
    async (origin) => {
      const refused = await openRest(reader(origin), undefined, place).catch((error: unknown) => error);
      assert.ok(refused instanceof Refusal);
      assert.deepEqual([refused.code, refused.facts['fault'], refused.facts['status']], ['source-broken', 'status', 403]);
    },
  );
});

test('a next page elsewhere, an answer that is no list, and a token that is not set are refused', async () => {
  const fault = async (use: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await use();
    } catch (error) {
      return error instanceof Refusal ? (error.facts['fault'] ?? error.facts['reason']) : error;
    }
  };
  await withServer(
    (_request, response, url) =>
      void response.end(
        JSON.stringify(url.pathname === '/bad' ? { data: 7 } : { data: { items: [{ id: 1 }], next: 'http://127.0.0.2/x' } }),
      ),
    async (origin) => {
      const { cursor: _cursor, ...byAddress } = reader(origin);
      const source = await openRest(byAddress, undefined, place);
      const { rows, refusal } = await readAll(source);
      assert.deepEqual([rows.length, refusal?.facts['fault']], [0, 'next-elsewhere']);
      assert.equal(await fault(() => openRest({ ...byAddress, url: `${origin}/bad` }, undefined, place)), 'no-rows');
      assert.equal(
        await fault(() => openRest(byAddress, undefined, { folder: '/', environment: {} })),
        'PEOPLE_TOKEN is not set',
      );
    },
  );
});
