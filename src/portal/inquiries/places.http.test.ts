// Pages of inquiries by the map: the unit that judges sees parcel, strip and what registers know; an organisation sees its answer and no map; what is typed as
// people write it is read.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { loadInquiry } from '#store/inquiries.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { ask } from '#work/inquiries/ask.ts';

const [KIANOUSH, BEHROUZ, KARIM] = ['officer-kianoush', 'police-behrouz', 'notary-karim'] as const;

let portal: TestPortal;
const tokens = new Map<string, string>();
before(async () => {
  portal = await testPortal({ ticking: false });
  for (const persona of [KIANOUSH, BEHROUZ, KARIM]) {
    const answer = await fetch(`${portal.origin}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ persona }),
    });
    tokens.set(persona, ((await answer.json()) as { token: string }).token);
  }
});
after(() => portal.stop());

function send(path: string, by: string, form?: Record<string, string>): Promise<Response> {
  const authorization = `Bearer ${tokens.get(by)}`;
  const sent = form && { method: 'POST', body: new URLSearchParams({ key: randomUUID(), ...form }) };
  return fetch(`${portal.origin}${path}`, { redirect: 'manual', headers: { authorization }, ...sent });
}
const text = async (path: string, by: string): Promise<string> => (await send(path, by)).text();

async function asked(question: JsonObject): Promise<string> {
  const unit = 'district-06-planning' as UnitId;
  const person = 'officer-leila' as PersonId;
  const { id } = await ask(portal.composed.road, {
    asker: { by: 'case', case: 'c1', unit, person },
    by: { person, role: 'officer', unit },
    type: 'metro-clearance',
    question,
    key: randomUUID(),
  });
  return id;
}

test('the metro company sees the parcel, the strip and the distance, with the answer begun; refused, what was typed stays and the map too', async () => {
  const id = await asked({ renovationCode: '6-1130-2-1', depth: 14, works: 'building' });
  const path = `/en/desk/inquiries/${id}`;
  const page = await text(path, KIANOUSH);
  for (const said of ['role="img" aria-label="The parcel 6-1130-2-1', 'class="in-strip line"', '14.4', 'value="14.4"', 'checked'])
    assert.ok(page.includes(said), said);
  const refused = await send(path, KIANOUSH, {
    do: 'answer',
    seen: 'waiting',
    'm-conditions': 'a wall',
    'm-largestDepth': '900',
  });
  const again = await refused.text();
  assert.deepEqual([refused.status, again.includes('a wall'), again.includes('class="in-strip line"')], [422, true, true]);
  assert.ok(!again.includes('value="14.4"'), 'what was emptied stays empty');
  const done = await send(path, KIANOUSH, {
    do: 'answer',
    seen: 'waiting',
    'm-result': 'conditions',
    'm-distance': '۱۴٫۴',
    'm-largestDepth': '۹',
  });
  assert.equal(done.status, 303);
  const { state } = await loadInquiry(portal.composed.road.pool, id);
  assert.deepEqual(state.answer?.value, { result: 'conditions', distance: 14.4, largestDepth: 9 });
});

test('a notary sees the answer and no map; a plate is read however the police type it, and told where it is none', async () => {
  const code = { contract: 'notary-transfer', 'm-renovationCode': '۱ - ۳۰۵ - ۸ - ۲۲', 'm-transaction': 'sale' };
  const asking = await send('/en/inquiries/ask/planning-inquiry', KARIM, code);
  const at = asking.headers.get('location') ?? '';
  assert.match(at, /\/inquiries\/q/);
  const page = await text(`/en${at.replace(/^\/en/, '')}`, KARIM);
  assert.ok(page.includes('May be transferred') && page.includes('Residential'));
  assert.ok(!page.includes('class="place"'));
  const plate = (typed: string) =>
    send('/en/inquiries/ask/vehicle-duty-status', BEHROUZ, { contract: 'police-plating', 'm-plate': typed });
  const answer = await plate('ایران ۱۰ | ۴۱۸ ک ۲۶');
  assert.equal(answer.status, 303);
  assert.match(await text(answer.headers.get('location') ?? '', BEHROUZ), /8,430,000|۸٬۴۳۰٬۰۰۰/);
  assert.equal((await plate('26 418')).status, 422);
});
