// The owner's doors of the API: what stands still, mending it, migration; and everybody else refused by code.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CaseId } from '#base/ids.ts';
import { waits } from '#engine/waits.ts';
import { load } from '#store/load.ts';
import { apply, run } from '#testing/certificate.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';

let portal: TestPortal;
before(async () => void (portal = await testPortal({ ticking: false })));
after(() => portal.stop());

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

async function program(persona: string): Promise<(method: string, path: string, body?: object, key?: string) => Promise<Answer>> {
  const signed = await fetch(`${portal.origin}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona }),
  });
  const { token } = (await signed.json()) as { readonly token: string };
  return async (method, path, body, key = randomUUID()) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      ...(body && { 'content-type': 'application/json' }),
    };
    const answer = await fetch(portal.origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
}

async function stuck(id: CaseId): Promise<void> {
  const { state } = await load(portal.composed.road.pool, id);
  const service = waits(state.engine!).find((one) => one.kind === 'service');
  assert.ok(service, 'a system is asked');
  const system = { person: 'system', kind: 'system', assignments: [] } as const;
  await run(portal, id, system, { type: 'RecordFailure', wait: service.wait, reason: 'no answer' });
}

test('an owner lists, retries, mends and moves; a repeated call does nothing more', async () => {
  const id = await apply(portal);
  await stuck(id);
  const owner = await program('owner-bahram');
  const listed = (await owner('GET', '/api/incidents')).body['incidents'] as readonly {
    readonly caseId: string;
    readonly incident: string;
  }[];
  const { incident } = listed.find((one) => one.caseId === id) ?? assert.fail('it is listed');
  const at = `/api/cases/${id}/incidents/${incident}`;
  const key = randomUUID();
  const first = await owner('POST', `${at}/retry`, { reason: 'answers again' }, key);
  assert.equal(first.status, 200);
  assert.deepEqual(await owner('POST', `${at}/retry`, { reason: 'answers again' }, key), first);
  assert.deepEqual((await owner('POST', `${at}/retry`, { reason: 'again' })).body['code'], 'incident-closed');
  await stuck(id);
  const again = ((await owner('GET', '/api/incidents')).body['incidents'] as typeof listed).find((one) => one.caseId === id)!;
  const now = `/api/cases/${id}/incidents/${again.incident}`;
  const wrong = await owner('POST', `${now}/move`, { to: 'Task_check', reason: 'x' });
  assert.deepEqual([wrong.status, wrong.body['code']], [422, 'place-forbidden']);
  assert.equal((await owner('POST', `${now}/move`, { to: 'Sub_review' })).status, 400, 'without a reason');
  assert.equal((await owner('POST', `${now}/mend`, { vars: { property: { district: '06' } }, reason: 'by hand' })).status, 200);
});

test('others are refused by code, and see nothing', async () => {
  const id = await apply(portal);
  await stuck(id);
  for (const persona of ['officer-leila', 'owner-zahra', 'citizen-maryam']) {
    const call = await program(persona);
    const mine = ((await call('GET', '/api/incidents')).body['incidents'] as readonly { readonly caseId: string }[]).map(
      (one) => one.caseId,
    );
    assert.ok(!mine.includes(id), persona);
    const refused = await call('POST', `/api/cases/${id}/incidents/i1/retry`, { reason: 'x' });
    assert.deepEqual([refused.status, refused.body['code']], [403, 'not-permitted'], persona);
    const migration = await call('POST', '/api/services/completion-certificate/migration', { from: 'x' });
    assert.deepEqual([migration.status, migration.body['code']], [403, 'not-permitted'], persona);
  }
});

test('a migration is a dry run unless told otherwise, and names what it does not know', async () => {
  const owner = await program('owner-bahram');
  const path = '/api/services/completion-certificate/migration';
  const id = await apply(portal);
  const { state } = await load(portal.composed.road.pool, id);
  const dry = await owner('POST', path, { from: state.definition });
  assert.equal(dry.status, 200);
  assert.ok((dry.body['moved'] as number) > 0);
  assert.equal((await load(portal.composed.road.pool, id)).state.definition, state.definition);
  assert.equal((await owner('POST', path, { from: 'no-such-definition' })).body['code'], 'service-not-found');
  assert.equal((await owner('POST', path, { from: state.definition, mapping: { Nowhere: 'X' } })).status, 200);
  assert.equal((await owner('POST', '/api/services/none/migration', { from: 'x' })).status, 404);
  const noReason = await owner('POST', path, { from: state.definition, dryRun: false });
  assert.deepEqual([noReason.status, noReason.body['code']], [422, 'invalid-answers']);
});
