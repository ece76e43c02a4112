// Connections to PostgreSQL, and how its types come back: instants as ISO text, int8 as numbers, numerics as text.
import pg from 'pg';
import type { Pool } from 'pg';

const { builtins } = pg.types;

/** `2026-11-24 05:30:00.5+00` (sessions run in UTC) → `2026-11-24T05:30:00.500Z`; infinities stay as they are. */
export function instantText(text: string): string {
  const part = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/.exec(text);
  return part ? `${part[1]}T${part[2]}.${(part[3] ?? '').padEnd(3, '0').slice(0, 3)}Z` : text;
}

function int8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

type Parser = (text: string) => unknown;
const TEXT_LIST: number = 1009;
const OURS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [builtins.TIMESTAMPTZ, instantText],
  [builtins.INT8, int8],
  [builtins.NUMERIC, String],
  // Lists of the same three, which pg knows by number alone.
  [1185, listOf(instantText)],
  [1016, listOf(int8)],
  [1231, listOf(String)],
]);

function listOf(one: Parser): Parser {
  const texts = pg.types.getTypeParser(TEXT_LIST, 'text') as Parser;
  const each = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(each) : typeof value === 'string' ? one(value) : value;
  return (text) => each(texts(text));
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const ours = OURS.get(oid);
    if (ours) return ours;
    return pg.types.getTypeParser(oid, format ?? 'text') as (text: string) => unknown;
  },
};

export type PoolOptions = {
  readonly max?: number;
  /** Settings of every connection: `{ 'dargah.scope': 'road' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onError?: (error: Error) => void;
};

/** A pool. An idle connection that dies is reported, not fatal: the next query gets a new one. */
export function openPool(url: string, { max = 10, settings = {}, onError }: PoolOptions = {}): Pool {
  const options = Object.entries({ TimeZone: 'UTC', statement_timeout: '30s', ...settings }).map(
    ([name, value]) => `-c ${name}=${value}`,
  );
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: types as pg.CustomTypesConfig,
    application_name: 'dargah',
    options: options.join(' '),
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => onError?.(error));
  return pool;
}
