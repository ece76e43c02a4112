// A connector's configuration: what is wrong with it is told with its file and place; what passes through it is put into the other's words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Connector } from '#inquiries/connector.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { checkConnectorsOf, ourAnswer, readConnectors, theirQuestion } from './connector.ts';

const TEXT = readFileSync(join(import.meta.dirname, '..', '..', 'city', 'connectors.yaml'), 'utf8');

function faults(from: string | RegExp, to: string): readonly string[] {
  const after = TEXT.replace(from, to);
  assert.ok(after !== TEXT, `${String(from)} is there`);
  const { connectors, findings } = readConnectors({ 'connectors.yaml': after });
  assert.deepEqual(connectors, []);
  for (const { reason, mend } of findings) assert.ok(reason.fa !== '' && reason.en !== '' && mend.fa !== '' && mend.en !== '');
  return findings.map((one) => one.place);
}
function connector(id: string): Connector {
  const found = readConnectors({ 'connectors.yaml': TEXT }).connectors.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

test('the demo city’s connectors are right, and a city may have none', () => {
  const { connectors, findings } = readConnectors({ 'connectors.yaml': TEXT });
  assert.deepEqual(findings, []);
  assert.ok(connectors.length >= 2);
  assert.deepEqual(readConnectors({}), { connectors: [], findings: [] });
});

test('each fault is told at its place', () => {
  assert.deepEqual(faults('adapter: x-road', 'adapter: soap'), ['[engineering-order].adapter']);
  assert.deepEqual(faults("url: '{origin}/sandbox/connectors/engineering-order'", 'url: ftp://x'), ['[engineering-order].url']);
  assert.deepEqual(faults('SAMPLE/GOV/MUNICIPALITY/DARGAH', 'SAMPLE/GOV'), ['[engineering-order].client']);
  assert.deepEqual(faults('X-Bus-Ticket: CIVIL_REGISTRY_TICKET', 'X-Bus-Ticket: the ticket itself'), [
    '[civil-registry].secrets',
  ]);
  assert.deepEqual(faults('timeoutMs: 5000', 'timeoutMs: soon'), ['[engineering-order].timeoutMs']);
  assert.deepEqual(faults('tries: 40, ', ''), ['[engineering-order].retry.tries']);
  assert.deepEqual(faults('later: [10]', 'later: 10'), ['[civil-registry].envelope.later']);
  assert.deepEqual(faults('- id: civil-registry', '- id: engineering-order'), ['[engineering-order].id']);
  assert.deepEqual(
    faults(/nid: question\.nationalId \}/, 'nid: question..nationalId }')[0],
    '[civil-registry].types.civil-status.question',
  );
  assert.equal(readConnectors({ 'connectors.yaml': 'id: [' }).findings[0]?.code, 'yaml-syntax');
  assert.equal(readConnectors({ 'connectors.yaml': 'id: x' }).findings.length, 1);
});

test('what is made of an answer is shown by examples, and one that is no answer is among them', () => {
  assert.deepEqual(faults('answer: { alive: true }', 'answer: { alive: false }'), [
    '[civil-registry].types.civil-status.examples.1',
  ]);
  assert.deepEqual(faults(/ {8}- says: \{\}\n {10}answer: null\n/, ''), ['[civil-registry].types.civil-status.examples']);
  // The mapping that declares people dead whom nobody spoke of.
  const careless = /if list contains\(\["L", "D"\], answer.vital\) then (\{.*\}) else null/;
  assert.deepEqual(faults(careless, '$1'), [
    '[civil-registry].types.civil-status.examples.2',
    '[civil-registry].types.civil-status.examples',
  ]);
});

test('a question goes out in their words and the answer comes back in ours; what came to nothing is not there', () => {
  const order = connector('engineering-order');
  const type = 'engineering-order-membership';
  assert.deepEqual(theirQuestion(order, type, { membershipNumber: '10-1-00234' }), { memberNumber: '10-1-00234' });
  assert.equal(theirQuestion(order, 'other', {}), undefined);
  const member = { status: 'suspended', grade: 2, competences: ['supervision'], licenceUntil: '2027-03-20', secret: 'x' };
  assert.deepEqual(ourAnswer(order, type, { member }), {
    valid: false,
    suspended: true,
    grade: 2,
    competences: ['supervision'],
    validUntil: '2027-03-20',
  });
  assert.deepEqual(ourAnswer(connector('civil-registry'), 'civil-status', { vital: 'L' }), { alive: true });
});

test('a type names a connector that has it, and a register stands before all who have to be waited for', () => {
  const schema = { type: 'object', required: ['alive'], properties: { alive: { type: 'boolean' } } };
  const type = (responders: readonly object[], answer: object = schema) =>
    ({ id: 'civil-status', responders, answer }) as unknown as InquiryType;
  const all = [connector('civil-registry')];
  const [asked, unit] = [
    { by: 'connector', connector: 'civil-registry' },
    { by: 'unit', unit: 'revenue' },
  ];
  const places = (responders: readonly object[]) => checkConnectorsOf(type(responders), all).map((one) => one.place);
  assert.deepEqual(places([asked, unit]), []);
  const texts = checkConnectorsOf(type([asked], { type: 'object', properties: { alive: { type: 'string' } } }), all);
  assert.match(texts[0]?.reason.en ?? '', /does not fit the answer’s schema: \/alive/);
  assert.deepEqual(places([{ by: 'connector', connector: 'nobody' }]), ['responders.0']);
  assert.deepEqual(places([{ by: 'register' }, asked, { by: 'register' }]), ['responders.2']);
});
