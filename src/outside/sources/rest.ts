// A REST service as a source: pages of JSON, one after the other, by the cursor or address that each page gives for the next.
// Asks of one origin alone; a page is bounded, and what fails by chance is asked again a few times.
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { RestReader } from '#registry/source.ts';
import type { OpenSource, SourceChunk, SourcePosition } from '#work/registry/source-port.ts';
import { broken, unreachable } from './broken.ts';
import { secretOf } from './secrets.ts';
import type { SourcePlace } from './secrets.ts';

const LARGEST_PAGE = 32 * 1024 * 1024;
const WAIT_MS = 30_000;
const TRIES = 4;

type Page = { readonly rows: readonly JsonObject[]; readonly next: string | undefined };

export async function openRest(reader: RestReader, since: string | undefined, place: SourcePlace): Promise<OpenSource> {
  const token = secretOf(reader.tokenFrom, place.environment);
  const first = new URL(reader.url);
  if (since !== undefined && reader.since !== undefined) first.searchParams.set(reader.since, since);
  const get = (url: URL): Promise<Page> => pageOf(reader, url, token);
  const opening = await get(first);
  const columns = [...new Set(opening.rows.flatMap((row) => Object.keys(row)))];
  return {
    columns,
    place: (row) => `${first.origin}${first.pathname}#${row}`,
    mayGoOn: () => Promise.resolve(true),
    async *read(from): AsyncGenerator<SourceChunk> {
      let row = Number(from?.['row'] ?? 0);
      if (from?.['isLast'] === true) return;
      let url = typeof from?.['url'] === 'string' ? new URL(from['url']) : first;
      let page: Page | undefined = from === undefined ? opening : undefined;
      for (;;) {
        page ??= await get(url);
        const rows = page.rows.map((one, at) => ({ at: row + at + 1, cells: columns.map((name) => one[name] ?? null) }));
        row += rows.length;
        const next = page.next === undefined ? undefined : nextOf(reader, first, page.next);
        const position: SourcePosition = next === undefined ? { row, isLast: true } : { row, url: next.href };
        yield { rows, position };
        if (next === undefined || next.href === url.href) return;
        url = next;
        page = undefined;
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The next page: a cursor put into the first address, or an address of the same origin. */
function nextOf({ cursor }: RestReader, first: URL, next: string): URL {
  const url = cursor === undefined ? new URL(next, first) : new URL(first);
  if (cursor !== undefined) url.searchParams.set(cursor, next);
  if (url.origin !== first.origin) throw broken(first.origin, 'next-elsewhere');
  return url;
}

async function pageOf(reader: RestReader, url: URL, token: string | undefined): Promise<Page> {
  const place = `${url.origin}${url.pathname}`;
  const text = await textOf(url, token, place);
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    throw broken(place, 'not-json');
  }
  const rows = pointed(body, reader.rows);
  if (!Array.isArray(rows) || !(rows as readonly Json[]).every(isObject)) throw broken(place, 'no-rows');
  const next = reader.next === undefined ? undefined : pointed(body, reader.next);
  const isNext = (typeof next === 'string' && next !== '') || typeof next === 'number';
  return { rows: rows as readonly JsonObject[], next: isNext ? String(next) : undefined };
}

async function textOf(url: URL, token: string | undefined, place: string): Promise<string> {
  for (let turn = 1; ; turn++) {
    try {
      const headers = { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(WAIT_MS) });
      if (answer.ok) return await bounded(answer, place);
      await answer.body?.cancel();
      const isPassing = answer.status === 429 || answer.status >= 500;
      if (!isPassing || turn === TRIES) throw broken(place, 'status', { status: answer.status });
    } catch (error) {
      if (error instanceof Error && error.name === 'Refusal') throw error;
      if (turn === TRIES) throw unreachable(error instanceof Error && error.cause !== undefined ? error.cause : error);
    }
    await new Promise((done) => setTimeout(done, 250 * 2 ** turn));
  }
}

async function bounded(answer: Response, place: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    size += piece.length;
    if (size > LARGEST_PAGE) throw broken(place, 'answer-too-long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** RFC 6901. */
function pointed(value: Json, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((at, part) => {
      if (Array.isArray(at)) return (at as readonly Json[])[Number(part)];
      return isObject(at) ? at[part] : undefined;
    }, value);
}
