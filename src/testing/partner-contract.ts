// A contract in force with a program's key, for tests of programs.
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Contract } from '#inquiries/types.ts';
import { jwkThumbprint } from '#proofs/http-key.ts';
import { publishContract } from '#store/inquiries.ts';
import { openPool } from '#store/pool.ts';
import type { PartnerClient } from './partner-client.ts';
import type { TestPortal } from './portal.ts';

export async function publishPartner(
  portal: TestPortal,
  client: PartnerClient,
  { id, types, ...change }: Pick<Contract, 'id' | 'types'> & Partial<Contract>,
): Promise<void> {
  const from = instant('2026-01-01T00:00:00Z');
  const sample = { fa: 'نمونه', en: 'Sample' };
  const pool = openPool(portal.migratorUrl, { max: 1 });
  const contract: Contract = {
    id,
    version: 1,
    organisation: { id, name: sample, kind: 'bank' },
    purpose: sample,
    legal: sample,
    types,
    ratePerMinute: 100,
    visibility: 'now',
    from,
    until: instant('2036-01-01T00:00:00Z'),
    keys: [{ ...(client.jwk as unknown as JsonObject), kid: jwkThumbprint(client.jwk), alg: 'ES256' }],
    persons: [],
    test: false,
    ...change,
  };
  try {
    await publishContract(pool, contract, from);
  } finally {
    await pool.end();
  }
  await portal.composed.road.catalogue.refresh();
}
