// More questions at once than the database has connections for: so many wait, the rest is told to come again, and what was told so may come as it is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { partnerClient } from '#testing/partner-client.ts';
import type { PartnerClient, Token } from '#testing/partner-client.ts';
import { publishPartner } from '#testing/partner-contract.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

const ID = 'busy-bank';
const TYPE = 'renovation-duty-status';

let portal: TestPortal;
let client: PartnerClient;
let token: Token;

before(async () => {
  portal = await testPortal({ ticking: false });
  client = partnerClient(portal.origin, ID);
  await publishPartner(portal, client, { id: ID, types: { [TYPE]: { fields: ['clear'] } }, ratePerMinute: 10_000 });
  token = await client.token();
  assert.equal((await client.ask(token, TYPE, { renovationCode: '6-1045-12-7' })).status, 200);
});
after(() => portal.stop());

test('of more than two hundred at once the rest is told 503 with Retry-After; nobody is lost, and the same signed question may come again', async () => {
  const { pool } = portal.composed.road;
  const signed = await Promise.all(
    Array.from({ length: 210 }, () => client.sign(token, { type: TYPE, question: { renovationCode: '6-1045-12-7' } })),
  );
  // A database that answers nothing: every connection of the road is taken.
  const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  const refused: number[] = [];
  const all = signed.map(async (one, at) => {
    const answer = await client.send(token, one);
    if (answer.status === 503) refused.push(at);
    return answer;
  });
  try {
    while (refused.length < 10) await new Promise((done) => setTimeout(done, 5));
  } finally {
    for (const one of held) one.release();
  }
  const answers = await Promise.all(all);
  const count = (status: number): number => answers.filter((one) => one.status === status).length;
  // A machine that was slow to begin with lets fewer in.
  assert.ok(refused.length >= 10);
  assert.deepEqual([count(200), count(503)], [210 - refused.length, refused.length]);
  const told = answers[refused[0] ?? 0];
  assert.equal(told?.body['code'], 'overloaded');
  assert.ok(told?.fields.some(([name, value]) => name === 'retry-after' && value === '1'));
  for (const at of refused) assert.equal((await client.send(token, signed[at]!)).status, 200);
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from inquiry where contract = $1`, [ID]);
  assert.equal(rows[0]?.n, 211);
});
