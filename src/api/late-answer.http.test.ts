// A program whose question met silence: an answer that comes after it is kept, told by webhook, and given when the program reads again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { InquiryId } from '#inquiries/types.ts';
import { openPool } from '#store/pool.ts';
import { partnerClient } from '#testing/partner-client.ts';
import { publishPartner } from '#testing/partner-contract.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { act } from '#work/inquiries/act.ts';
import { silenceInquiries } from '#work/inquiries/silence.ts';

const ID = 'test-guild';
const QUESTION = { renovationCode: '9-9999-9-8', guildCode: '56101', trade: 'نانوایی', floor: 'ground', byOwner: true };

let portal: TestPortal;
before(async () => void (portal = await testPortal({ ticking: false })));
after(() => portal.stop());

/** A contract in force with the program's key, and an address for webhooks that nobody reads. */
async function published(client: ReturnType<typeof partnerClient>): Promise<void> {
  await publishPartner(portal, client, { id: ID, types: { 'trade-licence-inquiry': { fields: ['allowed'] } } });
  const pool = openPool(portal.migratorUrl, { max: 1 });
  await pool.query(
    `insert into contract_hook (contract, url, secret, set_by, set_at) values ($1, 'https://example.invalid', '\\x00', 'x', now())`,
    [ID],
  );
  await pool.end();
}

test('silence raises no objection; the answer after it is kept, told, and given to the program with the members of its contract', async () => {
  const { road } = portal.composed;
  const client = partnerClient(portal.origin, ID);
  await published(client);
  const asked = await client.ask(await client.token(), 'trade-licence-inquiry', QUESTION);
  assert.deepEqual([asked.status, asked.body['status']], [202, 'waiting'], asked.text);
  const id = String(asked.body['id']) as InquiryId;
  const told = async (): Promise<number> =>
    (await road.pool.query<{ n: number }>(`select count(*)::int as n from webhook_delivery where inquiry_id = $1`, [id])).rows[0]
      ?.n ?? 0;

  portal.setNow(plusMillis(instant(String(asked.body['due'])), 1));
  await silenceInquiries(road);
  assert.equal(await told(), 1);
  const hat = { person: 'officer-nika' as PersonId, role: 'officer' as const, unit: 'planning-deputy' as UnitId };
  const value = { allowed: false, conditions: 'نه در این طبقه' };
  await act(road, id, { officer: { hat, nationalId: '' }, act: { do: 'answer', value }, seen: 'silent' });
  assert.equal(await told(), 2, 'a late answer is told like any other');

  // Its proofs are of the machine's own time.
  portal.setNow(instant(new Date().toISOString()));
  const polled = await client.get(await client.token(), `/api/inquiries/${id}`);
  const late = polled.body['late'] as readonly JsonObject[];
  assert.deepEqual([polled.body['status'], polled.body['answer']], ['silent', undefined]);
  assert.deepEqual(
    late.map((one) => one['answer']),
    [{ allowed: false }],
    'the contract names no more',
  );
});
