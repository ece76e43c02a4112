// Contracts against a real database: people who sign at the same moment, who may read what, and what the ledger is to hold of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { Actor, Role } from '#cases/types.ts';
import { readAs } from '#store/read-as.ts';
import { testPortal } from '#testing/portal.ts';
import type { TestPortal } from '#testing/portal.ts';
import { actOnContract } from '#work/contracts/act.ts';
import type { ContractAct } from '#work/contracts/act.ts';
import type { Road } from '#work/road.ts';
import { sequenceLeaves } from '#work/sequencer.ts';

let portal: TestPortal;
let road: Road;
before(async () => {
  portal = await testPortal({ ticking: false });
  ({ road } = portal.composed);
});
after(() => portal.stop());

const actor = (person: string, role?: Role, unit = ''): Actor => ({
  person: person as PersonId,
  kind: 'citizen',
  assignments: role ? [{ role, unit: unit as UnitId }] : [],
});
const ZAHRA = actor('owner-zahra', 'owner', 'revenue');
const ELHAM = actor('steward-elham', 'steward', 'portal-steward');
const NASRIN = actor('bank-nasrin');

const terms = (id: string): JsonObject => ({
  id,
  organisation: { id: 'sample-bank', name: { fa: 'بانک', en: 'Bank' }, kind: 'bank' },
  purpose: { fa: 'وام', en: 'Loans' },
  legal: { fa: 'قانون', en: 'Act' },
  types: { 'renovation-duty-status': { fields: ['clear'] } },
  ratePerMinute: 60,
  visibility: { after: 'P30D' },
  from: '1405-7-1',
  until: '۱۴۰۷-۱۲-۲۹',
  persons: ['۹۹۹۵۰۱۱۱۱۵'],
});
const act = (id: string, who: Actor, what: ContractAct) => actOnContract(road, who, id, what);

test('dates are Tehran’s days, a contract of two at once is one, and the second of two drafts of a name is refused', async () => {
  const drafts = await Promise.all([1, 2, 3].map(() => act('loans', ZAHRA, { do: 'draft', terms: terms('loans') })));
  for (const one of drafts) assert.deepEqual(one.state, drafts[0]!.state);
  const { draft } = drafts[0]!.state;
  assert.deepEqual([draft?.terms.from, draft?.terms.until], ['2026-09-22T20:30:00.000Z', '2029-03-19T20:30:00.000Z']);
  const taken = {
    do: 'draft',
    terms: { ...terms('loans'), types: { 'planning-inquiry': { fields: ['transferable'] } } },
  } as const;
  const bahram = actor('owner-bahram', 'owner', 'planning-deputy');
  await assert.rejects(act('loans', bahram, taken), (error) => error instanceof Refusal && error.code === 'not-permitted');
});

test('both sides sign in the same moment, each twice: one signature of each, in force once, both in the document', async () => {
  const hash = (await act('loans', ZAHRA, { do: 'draft', terms: terms('loans') })).state.draft!.hash;
  const sign = (who: Actor) => act('loans', who, { do: 'sign', hash }).catch((error: unknown) => error);
  await Promise.all([sign(NASRIN), sign(ELHAM), sign(NASRIN), sign(ELHAM)]);
  const contract = road.catalogue.contract('loans');
  assert.deepEqual([contract.version, contract.signatures?.map((one) => one.side).sort()], [1, ['city', 'organisation']]);
  const { rows } = await road.pool.query<{ type: string }>(
    `select type from agreement_event where agreement = 'loans' order by seq`,
  );
  assert.deepEqual(
    rows.map((one) => one.type),
    ['AgreementDrafted', 'AgreementSigned', 'AgreementSigned', 'AgreementEntered'],
  );
  while ((await sequenceLeaves(road)) > 0);
  const leaves = await road.pool.query(`select 1 from ledger_leaf where case_id = 'contract:loans'`);
  assert.equal(leaves.rowCount, 4, 'the ledger holds each step');
});

test('the database shows a contract to its two sides alone, and its secrets, tallies and flags to no reader', async () => {
  const seen = async (person: string, owns: readonly string[] = []): Promise<readonly number[]> =>
    readAs(road.readers, { person, units: [], owns }, async (client) => {
      const counts = [];
      for (const table of [
        'agreement',
        'agreement_event',
        'contract_hook',
        'webhook_delivery',
        'sample_inquiry',
        'contract_day',
        'contract_flag',
      ])
        counts.push((await client.query(`select 1 from ${table}`)).rowCount ?? 0);
      return counts;
    });
  await act('loans', NASRIN, { do: 'set-webhook', use: 'real', url: 'http://127.0.0.1:9/', intent: 'one' });
  const all = (await road.pool.query('select 1 from agreement')).rowCount ?? 0;
  assert.deepEqual(await seen('bank-nasrin'), [2, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(await seen('citizen-sara'), [0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual((await seen('steward-elham'))[0], all);
  assert.ok((await seen('owner-zahra', ['revenue']))[0]! < all);
  await assert.rejects(road.pool.query(`delete from agreement`), /permission denied/);
  await assert.rejects(road.pool.query(`update agreement_event set data = '{}'`), /permission denied/);
  await assert.rejects(road.pool.query(`update contract set body = '{}'`), /permission denied/);
});
