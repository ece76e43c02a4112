// A process that asks three inquiries: one a register answers, one a unit answers, one a case's process waits for; until DARGAH_CRASH kills it.
// Run again it sends the same questions with the same keys, as any asker does who was not told.
import { writeSync } from 'node:fs';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Asker, InquiryId } from '#inquiries/types.ts';
import { act } from '#work/inquiries/act.ts';
import { ask } from '#work/inquiries/ask.ts';
import { open, perform } from '#work/perform.ts';
import { sequenceLeaves } from '#work/sequencer.ts';
import { tick } from '#work/tick.ts';
import { composeToCrash } from './crash-portal.ts';

const { road, stop } = await composeToCrash();

const NASRIN = 'bank-nasrin' as PersonId;
const asker: Asker = { by: 'contract', contract: 'bank-renovation', version: 1, organisation: 'sample-bank', person: NASRIN };
const officer = {
  hat: { person: 'officer-samira' as PersonId, role: 'officer' as const, unit: 'revenue' as UnitId },
  nationalId: '9992888814',
};

async function asked(key: string, renovationCode: string): Promise<InquiryId> {
  const by = { person: NASRIN, role: 'citizen' as const };
  const { id } = await ask(road, { asker, by, type: 'renovation-duty-status', question: { renovationCode }, key });
  writeSync(1, `asked ${id}\n`);
  return id;
}

async function answer(id: InquiryId): Promise<void> {
  await act(road, id, { officer, act: { do: 'answer', value: { clear: true, unpaidYears: [] } } });
  writeSync(1, `answered ${id}\n`);
}

async function everythingDue(): Promise<void> {
  while ((await tick(road)) > 0);
}

await asked('k-register', '6-1045-12-7');
await answer(await asked('k-unit', '9-9999-9-5'));

const reza = 'citizen-reza' as PersonId;
const actor = { person: reza, kind: 'citizen' as const, assignments: [] };
const applicant = { id: reza, kind: 'citizen' as const, nationalId: '9991023453', name: 'رضا' };
const { id } = await open(road, { actor, key: 'k-open', service: 'asking', command: { type: 'OpenCase', applicant } });
const answers = { subject: '9-9998-9-5', area: 1 };
await perform(road, id, { actor, key: 'k-submit', command: { type: 'SubmitApplication', answers, known: {} } });
await everythingDue();
const { rows } = await road.pool.query<{ id: InquiryId }>('select inquiry_id as id from inquiry where case_id = $1', [id]);
for (const one of rows) await answer(one.id);
await everythingDue();
while ((await sequenceLeaves(road)) > 0);
await stop();
