// How fast a source is loaded, and how well and how fast its records are matched: a made-up city whose truth is known, at 100 thousand rows and
// at a million; and what the odds are worth.
// `--rows=100000,1000000` says how many, `--only=loading,matching,odds,linking` measures some of it.
import { linking } from './parts/linking.ts';
import { loading } from './parts/loading.ts';
import { matching, odds } from './parts/matching.ts';
import { report, type Measure } from './table.ts';

const option = (name: string): string | undefined =>
  process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);

const rows = (option('rows') ?? '100000,1000000').split(',').map(Number);
const PARTS: Readonly<Record<string, () => readonly Measure[] | Promise<readonly Measure[]>>> = {
  loading: () => loading(Math.max(...rows)),
  matching: () => rows.toSorted((a, b) => a - b).flatMap(matching),
  odds: () => odds(Math.min(...rows)),
  linking: () => linking(Math.min(...rows)),
};
const only = option('only')?.split(',');
const measures: Measure[] = [];
for (const [name, part] of Object.entries(PARTS)) if (only === undefined || only.includes(name)) measures.push(...(await part()));
report('registry: loading, and who is who', measures);
