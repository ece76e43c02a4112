// Webhooks against a real database and a virtual clock: told in the answer's own statement, tried again over a day, never lost by a crash, one id.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId } from '#base/ids.ts';
import type { WebhookPort } from '#work/ports.ts';
import { claimDeliveries, listDeliveries, resendDelivery } from '#store/hooks.ts';
import { openPool } from '#store/pool.ts';
import { testRoad } from '#testing/road.ts';
import type { TestRoad } from '#testing/road.ts';
import { deliverWebhooks, registerHook } from '#work/contracts/hooks.ts';
import type { Road } from '#work/road.ts';

const START = instant('2026-11-24T09:00:00Z');
type Sent = Parameters<WebhookPort['send']>[0];
let stage: TestRoad;
let road: Road;
let sent: Sent[] = [];
let answer: () => { readonly status: number } | { readonly fault: string } = () => ({ status: 204 });
before(async () => {
  stage = await testRoad();
  stage.setNow(START);
  const webhooks: WebhookPort = {
    check: async () => undefined,
    send: async (message) => {
      sent.push(message);
      return answer();
    },
  };
  road = { ...stage.road, ports: { ...stage.road.ports, webhooks } };
});
after(() => stage.stop());

async function waiting(id: string, contract: string, asker = `client:${contract}`): Promise<void> {
  await road.pool.query(
    `insert into inquiry (inquiry_id, seq, type, definition, status, contract, organisation, asker, asked_at, due_at, question_hash, leaf, state)
     values ($1, 1, 'duty', 'd', 'waiting', $2, 'o', $3, $4, $4, 'h', '\\x00', '{}')`,
    [id, contract, asker, START],
  );
}
const end = (id: string, status: string, seq = 2): Promise<unknown> =>
  road.pool.query(`update inquiry set status = $2, seq = $3 where inquiry_id = $1`, [id, status, seq]);
const hook = (contract: string, intent: string) =>
  registerHook(road, contract, { url: 'https://bank.example/hook', by: 'nasrin' as PersonId, intent });
const statuses = async (contract: string): Promise<readonly string[]> =>
  (await listDeliveries(road.pool, [contract], 50)).map((one) => one.status);

test('the end of an inquiry that a program waits for, and no other change, is told in its own statement', async () => {
  await hook('bank', 'first');
  await waiting('q1', 'bank');
  await waiting('q2', 'bank', 'nasrin');
  await waiting('q3', 'silent-bank');
  const client = await road.pool.connect();
  await client.query('begin');
  await client.query(`update inquiry set status = 'answered', seq = 2 where inquiry_id = 'q1'`);
  await client.query('rollback');
  client.release();
  assert.deepEqual(await statuses('bank'), [], 'an answer that was not kept is not told');
  await road.pool.query(`update inquiry set unit = 'other', seq = 2 where inquiry_id = 'q1'`);
  for (const id of ['q1', 'q2', 'q3']) await end(id, 'answered');
  assert.deepEqual([await statuses('bank'), await statuses('silent-bank')], [['waiting'], []]);
  sent = [];
  await deliverWebhooks(road);
  assert.deepEqual(
    sent.map(({ id, body }) => [id, JSON.parse(body).data]),
    [['msg_q1_2', { id: 'q1', status: 'answered', inquiryType: 'duty' }]],
  );
  assert.deepEqual(await statuses('bank'), ['delivered']);
});

test('what fails is tried again over a day under one id, then put aside; sent again by hand it is the same message', async () => {
  await hook('down', 'first');
  await waiting('q4', 'down');
  await end('q4', 'dead');
  answer = () => ({ fault: 'ECONNREFUSED' });
  sent = [];
  let now: Instant = START;
  for (let round = 0; round < 40 && (await statuses('down'))[0] === 'waiting'; round += 1) {
    await deliverWebhooks(road);
    now = (await listDeliveries(road.pool, ['down'], 1))[0]!.dueAt;
    stage.setNow(now);
  }
  const [given] = await listDeliveries(road.pool, ['down'], 1);
  assert.ok(given);
  assert.deepEqual(
    [given.status, given.attempts, given.outcomes.length, new Set(sent.map((one) => one.id)).size],
    ['given-up', 9, 9, 1],
  );
  const hours = (Date.parse(given.outcomes.at(-1)!.at) - Date.parse(START)) / 3_600_000;
  assert.ok(hours > 23 && hours < 25, `${hours} hours`);
  assert.equal(await deliverWebhooks(road), 0);
  answer = () => ({ status: 200 });
  assert.equal(await resendDelivery(road.pool, ['another'], given.id), false);
  assert.equal(await resendDelivery(road.pool, ['down'], given.id), true);
  await deliverWebhooks(road);
  assert.deepEqual(await statuses('down'), ['delivered']);
  assert.equal(sent.at(-1)?.id, given.id);
});

test('a server killed while sending sends again after its lease: at least once, and never two at a time', async () => {
  await hook('killed', 'first');
  await waiting('q5', 'killed');
  await end('q5', 'answered');
  const now = stage.road.ports.world.now();
  const until = plusMillis(now, 60_000);
  const claims = await Promise.all([claimDeliveries(road.pool, now, until, 16), claimDeliveries(road.pool, now, until, 16)]);
  assert.equal(claims.flat().length, 1, 'of two servers one has it');
  sent = [];
  assert.equal(await deliverWebhooks(road), 0, 'leased');
  stage.setNow(plusMillis(until, 1));
  assert.equal(await deliverWebhooks(road), 1);
  assert.deepEqual([sent.map((one) => one.id), await statuses('killed')], [['msg_q5_2'], ['delivered']]);
});

test('a new secret signs at once and the one before for a day; asked again under one intent it is the same; the table holds neither', async () => {
  const first = await hook('turning', 'one');
  assert.deepEqual(await hook('turning', 'one'), { ...first, isNew: false });
  const second = await hook('turning', 'two');
  assert.notEqual(second.secret, first.secret);
  const pool = openPool(stage.migratorUrl, { max: 1 });
  const { rows } = await pool.query<{ text: string }>(
    `select secret::text || secret_before::text as text from contract_hook where contract = 'turning'`,
  );
  await pool.end();
  const stored = Buffer.from(rows[0]!.text.replaceAll('\\x', ''), 'hex').toString('latin1');
  for (const { secret } of [first, second]) assert.ok(!stored.includes(secret) && !stored.includes(secret.slice(6)));
  const secretsAt = async (id: string): Promise<readonly string[]> => {
    await waiting(id, 'turning');
    await end(id, 'answered');
    sent = [];
    await deliverWebhooks(road);
    return sent[0]?.secrets ?? [];
  };
  assert.deepEqual(await secretsAt('q6'), [second.secret, first.secret]);
  stage.setNow(plusMillis(stage.road.ports.world.now(), 86_400_001));
  assert.deepEqual(await secretsAt('q7'), [second.secret]);
});
