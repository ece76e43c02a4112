// A whole durable city for the inquiries bench: server, database, a million properties, a contract and its key; and inquiries of years gone by.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { compose, ROOT } from '#main/compose.ts';
import { openDatabase } from '#main/database.ts';
import { freePort } from '#main/home.ts';
import { openHttp } from '#main/http.ts';
import { seed } from '#main/seed.ts';
import { publicJwk } from '#outside/http-keys.ts';
import { publishContract } from '#store/inquiries.ts';
import { migrate } from '#store/migrate.ts';
import { openPool } from '#store/pool.ts';
import type { Road } from '#work/road.ts';

export type InquiryCity = {
  readonly origin: string;
  readonly road: Road;
  readonly pem: string;
  /** As the database's owner. */
  readonly owner: Pool;
  readonly home: string | undefined;
  stop(): Promise<void>;
};

export const CLIENT = 'bench';
export const KID = 'bench-1';

/** Durable, as `npm start` runs it: a bench on a database that may forget would flatter. */
export async function openInquiryCity(): Promise<InquiryCity> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-bench-'));
  const database = await openDatabase({ dataFolder: folder, log: () => undefined });
  await migrate(database.migratorUrl, join(ROOT, 'migrations'), () => undefined);
  await seed(database.migratorUrl, () => undefined);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const composed = await compose({ appUrl: database.appUrl, dataFolder: folder, origin, production: false });
  const server = await openHttp({ composed, production: false, log: false, ratePerMinute: 10_000_000 });
  await server.listen({ port, host: 'localhost' });
  const owner = openPool(database.migratorUrl, { max: 1, settings: { statement_timeout: '0' } });
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await publishBenchContract(owner, publicJwk(publicKey) as JsonObject);
  await composed.road.catalogue.refresh();
  return {
    origin,
    road: composed.road,
    pem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    owner,
    home: database.home,
    async stop() {
      await server.close();
      await composed.stop();
      await owner.end();
      await database.stop();
      if (database.home !== undefined) await rm(database.home, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function publishBenchContract(owner: Pool, key: JsonObject): Promise<void> {
  const since = instant('2026-01-01T00:00:00Z');
  await publishContract(
    owner,
    {
      id: CLIENT,
      version: 1,
      organisation: { id: CLIENT, name: { fa: 'سنجه', en: 'Bench' }, kind: 'bank' },
      purpose: { fa: 'سنجه', en: 'Measure' },
      legal: { fa: 'سنجه', en: 'Measure' },
      types: { 'renovation-duty-status': { fields: ['clear', 'unpaidYears'] } },
      ratePerMinute: 10_000_000,
      visibility: 'now',
      from: since,
      until: instant('2036-01-01T00:00:00Z'),
      keys: [{ ...key, kid: KID, alg: 'ES256' }],
      persons: [],
      test: false,
    },
    since,
  );
}

/** Made-up properties, as many as a large city has. */
export async function fillProperties(owner: Pool, count: number): Promise<void> {
  await owner.query(
    `insert into register_record (register, key, body, source, as_of)
     select 'property', '30-' || n || '-1-1',
       jsonb_build_object('renovationCode', '30-' || n || '-1-1', 'ownerNationalId', lpad((n % 1000000)::text, 10, '0'), 'district', '06',
         'use', 'residential', 'landArea', 100 + n % 400, 'builtArea', 80, 'unpaidYears', '[1404]'::jsonb), 'bench', now()
     from generate_series(0, $1::int - 1) n on conflict do nothing`,
    [count],
  );
  await owner.query('vacuum analyze register_record');
}

/** The tables that a question reads and writes. */
const GROWING = ['inquiry', 'inquiry_event', 'inquiry_key', 'inquiry_evidence', 'spent', 'ledger_leaf'];

export async function sizeOf(owner: Pool): Promise<number> {
  const { rows } = await owner.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(name))::text as bytes from unnest($1::text[]) name`,
    [GROWING],
  );
  return Number(rows[0]?.bytes ?? 0);
}

/**
 * Answered inquiries of the past, each with its key, event, evidence and spent identifiers, as many rows as a city with that many has. Their texts are
 * short: what a question costs hangs on how many rows there are, not on what old ones say. Four questions of five still have a standing answer. They are
 * another contract's, so that nobody begins to sum up its use while the bench runs.
 */
export async function fillInquiries(owner: Pool, count: number): Promise<void> {
  const old = `generate_series(1, ${count}) n`;
  await owner.query(`insert into inquiry (inquiry_id, seq, type, definition, status, contract, organisation, asker, subject, visible_at, asked_at,
      due_at, answered_at, question_hash, reusable_until, leaf, state, owner)
    select 'qold' || md5(n::text), 3, 'renovation-duty-status', 'old', 'answered', 'before', 'before', 'client:before', md5('s' || n % 100000), now(),
      now() - n * interval '1 second', now(), now() - n * interval '1 second', md5('h' || n),
      case when n % 5 > 0 then now() + n * interval '1 second' end, '\\x00', '{}', 'revenue'
    from ${old}`);
  await owner.query(`insert into inquiry_event (inquiry_id, seq, at, type, person, role, data, salt, leaf)
    select 'qold' || md5(n::text), 1, now(), 'InquiryAsked', 'client:before', 'system', '{}', '\\x00', '\\x00' from ${old}`);
  await owner.query(`insert into inquiry_key (asker, key, digest, inquiry_id, at)
    select 'client:${CLIENT}', 'nonce ' || md5('k' || n), '', 'qold' || md5(n::text), now() from ${old}`);
  await owner.query(
    `insert into inquiry_evidence (inquiry_id, question, answer) select 'qold' || md5(n::text), '{}', '{}' from ${old}`,
  );
  await owner.query(
    `insert into spent (id, until) select 'question old ' || md5('n' || n), now() + interval '1 hour' from ${old}`,
  );
  await owner.query('vacuum analyze inquiry, inquiry_event, inquiry_key, inquiry_evidence, spent');
}
