// How well and how fast records are matched: a made-up city whose truth is known, at 100 thousand rows and at a million.
// `--rows=100000,1000000` says how many; memory is what the process holds at most.
import { matching } from './parts/matching.ts';
import { report, type Measure } from './table.ts';

const asked = process.argv.find((one) => one.startsWith('--rows='))?.slice('--rows='.length) ?? '100000,1000000';
const measures: Measure[] = [];
for (const rows of asked.split(',').map(Number)) measures.push(...matching(rows));
report('registry: who is who', measures);
