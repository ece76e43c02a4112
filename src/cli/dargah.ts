// The `dargah` command: one verb each, exit codes that scripts can trust, JSON where asked. Knows no rule of its own.
// 0 all is well · 1 something is not (findings, a failed example, a bad signature) · 2 the command itself was wrong.
import { parseArgs } from 'node:util';
import { check } from './check.ts';
import { migrateCommand, seedCommand } from './database.ts';
import { fee } from './fee.ts';
import { load } from './load.ts';
import type { Options, Outcome } from './outcome.ts';
import { testPackages } from './test.ts';
import { verify } from './verify.ts';

const HELP = `dargah — one front door to a city

  dargah check SERVICE…        read and check service packages and inquiry types (folders), or a lone .bpmn or .dmn file:
                               references, FEEL, data, forms, texts, soundness, rules; what can go wrong is drawn as a path
       --time                  how long it took, in milliseconds
  dargah test SERVICE…         run their examples on the real engine under a virtual clock
  dargah fee SERVICE           what it costs for given facts, line by line: rule, inputs, act, rounding (in both languages without --lang)
       --input FILE|JSON|NAME=VALUE   the facts, as often as needed: facts.yaml, '{"property":{…}}', property.landArea=180
       --property CODE         the facts of a property of the demo city
       --date 2026-03-21       the day whose tariff rules; 1405-01-01 too (default: today)
  dargah verify FILE…          check a document (PDF), a receipt or the evidence of an inquiry (.json) offline
       --key BASE64            the city's ledger key, where it is not this machine's; for evidence: its key's thumbprint
       --authority FILE        the document authority's certificate (PEM), where it is not this machine's
  dargah load SOURCE.yaml      load a source of the registry; one that was stopped goes on where it was
       --dry-run               report the same and write nothing
       --full                  the whole source, where its configuration takes increments
       --rejects FILE          write the rejected rows, with line and reason, to be mended
       --mended FILE           load such a file, once it is mended
       --accept-gone           believe a source that has lost many of its records
  dargah migrate               bring the database up to date
  dargah seed                  load the demo city and publish the services of this repository

  --data DIR                   the data folder (default: data)
  --json                       one JSON object instead of words
  --lang fa|en                 the words' language (default: en)
  --help                       this

Exit codes: 0 all is well, 1 something is not, 2 the command was wrong.
`;

const VERBS: Readonly<Record<string, (names: readonly string[], options: Options) => Promise<Outcome>>> = {
  check,
  test: testPackages,
  fee,
  verify,
  load,
  migrate: (_names, options) => migrateCommand(options),
  seed: (_names, options) => seedCommand(options),
};
const NEEDS_NAMES = new Set(['check', 'test', 'fee', 'verify', 'load']);

function wrong(words: string): never {
  console.error(`dargah: ${words}\nTry: dargah --help`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean' },
        lang: { type: 'string' },
        data: { type: 'string' },
        key: { type: 'string' },
        authority: { type: 'string' },
        input: { type: 'string', multiple: true },
        property: { type: 'string' },
        date: { type: 'string' },
        time: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        full: { type: 'boolean' },
        'accept-gone': { type: 'boolean' },
        rejects: { type: 'string' },
        mended: { type: 'string' },
      },
    });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [verb, ...names] = positionals;
  if (values.help === true || verb === undefined) {
    console.log(HELP);
    process.exit(values.help === true ? 0 : 2);
  }
  const run = VERBS[verb];
  if (!run) wrong(`there is no command ${verb}`);
  if (NEEDS_NAMES.has(verb) && names.length === 0) wrong(`${verb} what?`);
  if (values.lang !== undefined && values.lang !== 'fa' && values.lang !== 'en') wrong(`--lang is fa or en, not ${values.lang}`);
  const options: Options = {
    time: values.time === true,
    json: values.json === true,
    language: values.lang ?? 'en',
    data: values.data,
    key: values.key,
    authority: values.authority,
    languages: values.lang === undefined ? ['fa', 'en'] : [values.lang],
    inputs: values.input ?? [],
    property: values.property,
    date: values.date,
    load: {
      isRehearsal: values['dry-run'] === true,
      full: values.full === true,
      acceptGone: values['accept-gone'] === true,
      rejects: values.rejects,
      mended: values.mended,
    },
  };
  const outcome = await run(names, options);
  if (options.json) console.log(JSON.stringify(outcome.result, null, 2));
  else for (const line of outcome.lines) console.log(line);
  process.exitCode = outcome.ok ? 0 : 1;
}

main().catch((error: unknown) => {
  // What a person can mend is one line; anything else is a bug and shows where.
  const isOurs = error instanceof Error && ['DatabaseError', 'MigrationError', 'SeedError', 'Refusal'].includes(error.name);
  console.error(isOurs ? `dargah: ${error.message}` : error);
  process.exitCode = 1;
});
