// `npm run conformance`: proves what docs/conformance.md says and writes it anew. `--tck DIR` runs any folder of the DMN TCK instead.
// `--json`: one object on stdout, everything else on stderr. Exit code 1 where something that should pass does not, 2 where the command was wrong.
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bpmnPart, DOCUMENT, formatted, tckPart, writtenTckPart } from './conformance-doc.ts';
import { ELEMENTS } from './conformance-elements.ts';
import { eventTable } from './conformance-events.ts';
import { passedElements } from './conformance-tests.ts';
import { ROOT } from './database.ts';
import { runTck, type TckResult } from './tck.ts';

const KIT = join(dirname(ROOT), 'shared', 'conformance', 'dmn-tck');

type Outcome = { readonly ok: boolean; readonly json: object; readonly lines: readonly string[] };

function wrong(words: string): never {
  console.error(`conformance: ${words}\nnpm run conformance -- [--json] [--tck DIR]`);
  process.exit(2);
}

function readArguments(): { readonly json: boolean; readonly tck: string | undefined } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, tck: { type: 'string' } } });
    return { json: values.json === true, tck: values.tck };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function tckOutcome(result: TckResult): Outcome {
  const failures = result.folders.flatMap((folder) => folder.failures);
  const java = result.folders.flatMap(({ folder, java }) => java.map((test) => ({ folder, test })));
  const { passed, total } = result;
  return {
    ok: passed + result.java === total,
    json: {
      tck: {
        passed,
        total,
        java: result.java,
        failed: total - passed - result.java,
        errors: result.errors,
        errorsTold: result.told,
        failures,
        javaCases: java,
      },
    },
    lines: [
      ...failures.flatMap(({ folder, test, node, expected, actual, problems }) => [
        `✗ ${folder} ${test} ${node}`,
        `    expected ${expected}`,
        `    actual   ${actual}${problems === '' ? '' : `  (${problems})`}`,
      ]),
      ...result.folders
        .filter((one) => one.passed < one.total)
        .map(
          (one) =>
            `  ${one.folder}: ${one.passed} of ${one.total}${one.java.length === 0 ? '' : `, ${one.java.length} call Java`}`,
        ),
      `TCK: ${passed} of ${total} cases pass, ${result.java} call Java, ${total - passed - result.java} fail, in ${result.folders.length} folders`,
    ],
  };
}

function anyKit(folder: string): Outcome {
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
  if (!existsSync(path) || !statSync(path).isDirectory()) wrong(`${path} is no folder`);
  const result = runTck(path);
  if (result.total === 0) wrong(`${path} holds no test cases (*.xml with the root testCases)`);
  return tckOutcome(result);
}

async function everything(): Promise<Outcome> {
  const events = await eventTable();
  const passed = await passedElements();
  const failing = ELEMENTS.filter((row) => !passed(row));
  const tck = existsSync(KIT) ? runTck(KIT) : undefined;
  writeFileSync(DOCUMENT, await formatted(bpmnPart(events, passed), tck ? tckPart(tck) : writtenTckPart()));
  const cells = events.flatMap((row) => row.cells);
  const bpmn = {
    elements: ELEMENTS.filter(({ tier }) => typeof tier === 'number').length,
    rows: ELEMENTS.length,
    passed: ELEMENTS.length - failing.length,
    failed: failing.map(({ element, file, test }) => ({ element, file, test })),
    eventTriggers: cells.filter(({ isBpmn }) => isBpmn).length,
    eventTriggersExecuted: cells.filter(({ isBpmn, isExecuted }) => isBpmn && isExecuted).length,
  };
  const kit = tck && tckOutcome(tck);
  return {
    ok: failing.length === 0 && kit?.ok !== false,
    json: { ...(kit?.json ?? { tck: null }), bpmn },
    lines: [
      ...failing.map(({ element, file, test }) => `✗ ${element}: no passing test “${test}” in src/${file}`),
      `BPMN: ${bpmn.passed} of ${bpmn.rows} elements and variants are proven by a passing test; ${bpmn.eventTriggersExecuted} of ${bpmn.eventTriggers} event triggers of BPMN are executed`,
      ...(kit?.lines ?? [`TCK: not beside the project (${KIT}); its table stays as it was`]),
      `docs/conformance.md is written`,
    ],
  };
}

const { json, tck } = readArguments();
const outcome = tck === undefined ? await everything() : anyKit(tck);
if (json) console.log(JSON.stringify(outcome.json, null, 2));
else console.log(outcome.lines.join('\n'));
process.exitCode = outcome.ok ? 0 : 1;
