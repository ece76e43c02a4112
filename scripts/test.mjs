// `npm test`: everything that must hold, cheapest first, stopping at the first stage that fails. `npm test -- unit http` runs these alone.
import { build, fail, install, run, stage, testFiles, tool } from './ground.mjs';

const CHECKS = {
  format: () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  lint: () => tool('oxlint/bin/oxlint', ['--type-aware', '--quiet']),
  types: async () => {
    await build();
    return { code: 0 };
  },
  unused: () => tool('knip/bin/knip.js', ['--no-progress']),
};
const KINDS = ['rooms', 'unit', 'db', 'http', 'journeys'];
const STAGES = [...Object.keys(CHECKS), ...KINDS];

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !STAGES.includes(name));
if (unknown !== undefined) fail(`"${unknown}" is no stage; there are: ${STAGES.join(', ')}.`);
const wanted = (name) => asked.length === 0 || asked.includes(name);

await install();
for (const [name, check] of Object.entries(CHECKS)) {
  if (!wanted(name)) continue;
  const { code } = await stage(name, check, { always: true });
  if (code !== 0) fail(`${name} found faults; they are above.`);
}
const kinds = KINDS.filter(wanted);
if (kinds.length > 0) {
  if (!wanted('types')) await build();
  const files = kinds.map((kind) => [kind, testFiles(kind)]);
  const empty = files.find(([, list]) => list.length === 0);
  if (empty) fail(`There are no tests of the kind ${empty[0]}.`);
  process.exitCode = await run('dist/testing/run.js', [JSON.stringify(files)]);
}
