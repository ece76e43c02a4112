// A question that a system outside answers within two seconds is answered on its own connection; where that takes longer, the program comes again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { partnerClient } from '#testing/partner-client.ts';
import { publishPartner } from '#testing/partner-contract.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { askConnector } from '#work/inquiries/ask-outside.ts';

const ID = 'test-insurer';

let portal: TestPortal;
let client: ReturnType<typeof partnerClient>;
before(async () => {
  portal = await testPortal({ ticking: false });
  client = partnerClient(portal.origin, ID);
  await publishPartner(portal, client, { id: ID, types: { 'civil-status': { fields: ['alive'] } } });
});
after(() => portal.stop());

test('answered soon, it is one exchange with its evidence; not answered soon, it is 202 and found again later', async () => {
  const { road } = portal.composed;
  const registry = road.catalogue.connectors().find((one) => one.id === 'civil-registry');
  assert.ok(registry);
  const token = await client.token();
  const soon = client.ask(token, 'civil-status', { nationalId: '9991012346' });
  for (let moved = 0; moved === 0;) moved = await askConnector(road, registry);
  const answered = await soon;
  assert.deepEqual([answered.status, answered.body['answer']], [200, { alive: true }], answered.text);
  const evidence = await client.get(token, `/api/inquiries/${String(answered.body['id'])}/evidence`);
  assert.equal(evidence.status, 200, evidence.text);

  const waiting = await client.ask(token, 'civil-status', { nationalId: '9991023453' });
  assert.deepEqual([waiting.status, waiting.body['status']], [202, 'waiting']);
  while ((await askConnector(road, registry)) === 0);
  const later = await client.get(token, `/api/inquiries/${String(waiting.body['id'])}`);
  assert.deepEqual([later.status, later.body['answer']], [200, { alive: true }]);
});
