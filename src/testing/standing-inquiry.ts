// Inquiry types that a system outside is asked, for tests of the road: one whose next responder is a unit, one with nobody else to ask,
// one where silence would be consent. As files, the way every type is.
import { instant } from '#base/instant.ts';
import type { PackageFiles } from '#catalog/types.ts';
import { hashPackage } from '#catalog/hash.ts';
import type { Connector } from '#inquiries/connector.ts';
import { sha256 } from '#main/sha256.ts';
import { publishConnector } from '#store/connectors.ts';
import { publishInquiryType } from '#store/inquiries.ts';
import { openPool } from '#store/pool.ts';

const AT = instant('2026-01-01T00:00:00Z');
export const STANDING_TYPES = ['standing', 'standing-only', 'standing-consent'] as const;
export type StandingType = (typeof STANDING_TYPES)[number];

function typeFiles(id: StandingType, connector: string): PackageFiles {
  const people = id === 'standing' ? '\n  - { by: unit, unit: office }' : '';
  return {
    'inquiry.yaml': `
id: ${id}
version: 1.0.0
title: { fa: 'وضع عضو', en: 'Standing of a member' }
summary: { fa: 'نمونه', en: 'sample' }
owner: office
question: { type: object, required: [number], additionalProperties: false, properties: { number: { type: string, title: 'شماره / Number' } } }
answer: { type: object, required: [standing], additionalProperties: false, properties: { standing: { type: string, title: 'وضع / Standing' } } }
responders:
  - { by: connector, connector: ${connector} }${people}
deadline: P3D
silence: ${id === 'standing-consent' ? 'no-objection' : 'escalate'}
legal: { fa: 'نمونه', en: 'sample' }
subject: {}
sample: true
`,
    'examples/one.yaml': `title: { fa: 'یکی', en: 'one' }\nquestion: { number: '1' }\nrecord: null\nanswer: null\n`,
  };
}

/** Publishes the types and the connector that all of them ask. */
export async function publishStanding(migratorUrl: string, connector: Connector): Promise<void> {
  const pool = openPool(migratorUrl, { max: 1 });
  for (const type of STANDING_TYPES) {
    const files = typeFiles(type, connector.id);
    const row = { definition: hashPackage(files, sha256), type, version: '1.0.0', files, author: 'a', approver: 'b', at: AT };
    await publishInquiryType(pool, row);
  }
  const exchange = connector.types['standing'] ?? {};
  const types = Object.fromEntries(STANDING_TYPES.map((type) => [type, exchange]));
  await publishConnector(pool, { ...connector, types }, AT);
  await pool.end();
}
