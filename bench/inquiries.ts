// Signed, logged, authorised inquiries a second: a program in a process of its own asks, the register answers, question and answer are kept and
// stand in the ledger. Beside it the cost of the two signatures of an exchange alone, which no such service goes below.
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { messageSigner, messageVerifier, publicJwk } from '#outside/http-keys.ts';
import { openPool } from '#store/pool.ts';
import { publishContract } from '#store/inquiries.ts';
import { testPortal } from '#testing/portal.ts';
import { report } from './table.ts';

const option = (name: string, otherwise: number): number =>
  Number(process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const seconds = option('seconds', 10);
const callers = option('callers', 16);
const properties = option('properties', 1_000_000);

/** Made-up properties, as many as a large city has. */
const FILL = `insert into register_record (register, key, body, source, as_of)
  select 'property', '30-' || n || '-1-1',
    jsonb_build_object('renovationCode', '30-' || n || '-1-1', 'ownerNationalId', lpad((n % 1000000)::text, 10, '0'), 'district', '06',
      'use', 'residential', 'landArea', 100 + n % 400, 'builtArea', 80, 'unpaidYears', '[1404]'::jsonb), 'bench', now()
  from generate_series(0, $1::int - 1) n on conflict do nothing`;

const portal = await testPortal({ ticking: true });
try {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pool = openPool(portal.migratorUrl, { max: 1 });
  console.error(`filling the register with ${properties} properties …`);
  await pool.query(FILL, [properties]);
  await pool.query('analyze register_record');
  await publishContract(
    pool,
    {
      id: 'bench',
      version: 1,
      organisation: { id: 'bench', name: { fa: 'سنجه', en: 'Bench' }, kind: 'bank' },
      purpose: { fa: 'سنجه', en: 'Measure' },
      legal: { fa: 'سنجه', en: 'Measure' },
      types: { 'renovation-duty-status': { fields: ['clear', 'unpaidYears'] } },
      ratePerMinute: 10_000_000,
      visibility: 'now',
      from: instant('2026-01-01T00:00:00Z'),
      until: instant('2036-01-01T00:00:00Z'),
      keys: [{ ...(publicJwk(publicKey) as JsonObject), kid: 'bench-1', alg: 'ES256' }],
      persons: [],
      test: true,
    },
    instant('2026-01-01T00:00:00Z'),
  );
  await pool.end();
  await portal.composed.road.catalogue.refresh();
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const run = async (time: number): Promise<{ perSecond: number; p50: number; p99: number; count: number }> => {
    const order = { origin: portal.origin, client: 'bench', pem, kid: 'bench-1', seconds: time, callers, properties };
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(import.meta.dirname, 'parts/inquirer.js'),
      JSON.stringify(order),
    ]);
    return JSON.parse(stdout) as never;
  };
  await run(2);
  const asked = await run(seconds);
  const { rows } = await portal.composed.road.pool.query<{ n: number }>(
    `select count(*)::int as n from inquiry_evidence where answer is not null`,
  );
  const pair = await signatureCost();
  report(`inquiries: ${callers} at once, ${properties} properties, client in a process of its own, ${seconds} s`, [
    { name: 'per_s', value: asked.perSecond, unit: 'inquiries/s', note: 'aim ≥ 500' },
    { name: 'p50_ms', value: asked.p50, unit: 'ms' },
    { name: 'p99_ms', value: asked.p99, unit: 'ms', note: 'aim ≤ 100' },
    { name: 'kept_with_evidence', value: rows[0]?.n ?? 0, unit: 'inquiries', note: 'question and answer, both signed' },
    { name: 'two_signatures_us', value: pair, unit: 'µs CPU', note: 'verify one, make one: the limit' },
    { name: 'share_of_signatures', value: (pair * asked.perSecond) / 1e6, unit: 'cores', note: 'of the two there are' },
  ]);
} finally {
  await portal.stop();
}

/** CPU microseconds to verify one signature and make another. */
async function signatureCost(): Promise<number> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const naming = { keyid: 'bench', alg: 'ecdsa-p256-sha256' } as const;
  const [signer, verifier] = [messageSigner(naming, privateKey), messageVerifier(naming, publicKey)];
  const text = new TextEncoder().encode('x'.repeat(600));
  const signature = await signer.sign(text);
  const before = process.cpuUsage();
  const times = 500;
  for (let turn = 0; turn < times; turn += 1) {
    await verifier.verify(text, signature);
    await signer.sign(text);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
