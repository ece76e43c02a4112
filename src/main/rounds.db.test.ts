// The running server asks other organisations by itself, and one that says nothing holds up nobody else's questions, nor the server's end.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { InquiryId, InquiryStatus } from '#inquiries/types.ts';
import { loadInquiry } from '#store/inquiries.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { ask } from '#work/inquiries/ask.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal()));
after(() => portal.stop());

async function asked(type: string, question: JsonObject): Promise<InquiryId> {
  const unit = 'revenue' as UnitId;
  const by = { person: 'officer-samira' as PersonId, role: 'officer' as const, unit };
  const asker = { by: 'case' as const, case: '1405-000000001', unit, person: by.person };
  return (await ask(portal.composed.road, { asker, by, type, question, key: randomUUID() })).id;
}
async function becomes(id: InquiryId, wanted: InquiryStatus): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { state } = await loadInquiry(portal.composed.road.pool, id);
    if (state.status === wanted) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`it never became ${wanted}`);
}

test('a question is asked by the running server, and a partner that says nothing holds up no other', async () => {
  portal.composed.simulators.get('civil-registry')?.behave('slow');
  const held = await asked('civil-status', { nationalId: '9991012346' });
  await becomes(await asked('engineering-order-membership', { membershipNumber: '10-1-00234' }), 'answered');
  assert.equal((await loadInquiry(portal.composed.road.pool, held)).state.status, 'waiting');
});
