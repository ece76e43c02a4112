// A process that links what waits, ten records at a time, until DARGAH_CRASH kills it.
import { writeSync } from 'node:fs';
import { linkBatch, linkerOf } from '#work/registry/link.ts';
import { composeToCrash } from './crash-portal.ts';

const { road, stop } = await composeToCrash();
for (let linked = await linkBatch(linkerOf(road), 10); linked > 0; linked = await linkBatch(linkerOf(road), 10))
  writeSync(1, `linked ${linked}\n`);
await stop();
