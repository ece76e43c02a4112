// A process that asks one question of a system outside and carries it out; until DARGAH_CRASH kills it. Run again it sends the same question
// under the same key, as any asker does who was not told, and carries on.
import { writeSync } from 'node:fs';
import type { PersonId, UnitId } from '#base/ids.ts';
import { ask } from '#work/inquiries/ask.ts';
import { askConnector } from '#work/inquiries/ask-outside.ts';
import { sequenceLeaves } from '#work/sequencer.ts';
import { composeToCrash } from './crash-portal.ts';

const { road, stop } = await composeToCrash();

const by = { person: 'checker' as PersonId, role: 'officer' as const, unit: 'office' as UnitId };
const asker = { by: 'case' as const, case: '1405-000000001', unit: by.unit, person: by.person };
const { id } = await ask(road, { asker, by, type: 'standing', question: { number: '7' }, key: 'k-outside' });
writeSync(1, `asked ${id}\n`);
for (const connector of road.catalogue.connectors()) while ((await askConnector(road, connector)) > 0);
while ((await sequenceLeaves(road)) > 0);
await stop();
