// docs/conformance.md as text: tables of what was proven, with nothing in them that changes from one run to the next. Runs nothing; writes no file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from './database.ts';
import { ELEMENTS, type ElementRow } from './conformance-elements.ts';
import { TRIGGERS } from './conformance-drawings.ts';
import type { EventCell, EventRow } from './conformance-events.ts';
import type { TckFolder, TckResult } from './tck.ts';

export const DOCUMENT = join(ROOT, 'docs', 'conformance.md');
const TCK_TITLE = '## DMN and FEEL: the public TCK';

const INTRODUCTION = `# Conformance

Written by \`npm run conformance\`, which runs every test named here and every case of the TCK, and fails where one does not pass. An element that is not
listed is refused at publish with its place in the diagram, never ignored.

## BPMN 2.0.2`;

const TITLES: readonly (readonly [ElementRow['tier'], string])[] = [
  [1, '### Tier 1: a case goes from start to end'],
  [2, '### Tier 2: time, messages, side by side, within'],
  [3, '### Tier 3: many at once, escalation, whatever comes to be'],
  [4, '### Tier 4: across cases, undoing, responsibility'],
  ['refused', '### Refused'],
  ['around', '### Around the elements: proofs, models of others, repair, migration, scale'],
];

/** Whether each row's test passed. */
export type Passed = (row: ElementRow) => boolean;

/** The part on BPMN: deterministic, and the same for everyone whose tests pass. */
export function bpmnPart(events: readonly EventRow[], passed: Passed): string {
  const tiers = TITLES.map(([tier, title]) => {
    const rows = ELEMENTS.filter((row) => row.tier === tier);
    return [
      title,
      '',
      '| element | | proven by |',
      '| --- | --- | --- |',
      ...rows.map((row) => elementLine(row, passed(row))),
    ].join('\n');
  });
  return [INTRODUCTION, ...tiers, eventPart(events)].join('\n\n');
}

function elementLine({ element, file, test }: ElementRow, isPassed: boolean): string {
  return `| ${element} | ${isPassed ? '✓' : '✗'} | ${test.replaceAll('|', '\\|')} (\`src/${file}\`) |`;
}

function eventPart(events: readonly EventRow[]): string {
  return [
    '### Events',
    '',
    'Each trigger that BPMN (Table 10.93) allows at each event. For each, the smallest drawing of it is checked, and a case walks it: ✓ it is taken and',
    'walked as BPMN says, ✗ it is refused, + it is executed though BPMN does not have it.',
    '',
    `| event | ${TRIGGERS.join(' | ')} |`,
    `| --- | ${TRIGGERS.map(() => '---').join(' | ')} |`,
    ...events.map(({ position, cells }) => `| ${position} | ${cells.map(mark).join(' | ')} |`),
  ].join('\n');
}

function mark({ isBpmn, isExecuted }: EventCell): string {
  if (isBpmn) return isExecuted ? '✓' : '✗';
  return isExecuted ? '+' : ' ';
}

/** The part on DMN and FEEL. */
export function tckPart({ passed, total, java, errors, told, folders }: TckResult): string {
  const javaFolders = folders.filter((folder) => folder.java.length > 0);
  return [
    TCK_TITLE,
    '',
    `${passed} of ${total} cases pass; ${java} call functions written in Java, which Dargah does not run, and are counted apart. ${errors} results must be errors, which are null in FEEL: ${told} of them come with a finding that says what was wrong.`,
    '',
    '| folder | passed | cases | Java |',
    '| --- | ---: | ---: | ---: |',
    ...folders.map(folderLine),
    '',
    '### Cases that call Java',
    '',
    ...javaFolders.map((folder) => `- \`${folder.folder}\`: ${folder.java.join(', ')}`),
  ].join('\n');
}

function folderLine({ folder, passed, total, java }: TckFolder): string {
  return `| ${folder} | ${passed} | ${total} | ${java.length === 0 ? '' : java.length} |`;
}

/** The part on the TCK as it stands in the document: what is kept where the kit is not beside the project. */
export function writtenTckPart(): string {
  const text = readFileSync(DOCUMENT, 'utf8');
  return text.slice(text.indexOf(TCK_TITLE));
}

/** As prettier would have it, so that the document is one that `npm test` takes. */
export async function formatted(...parts: readonly string[]): Promise<string> {
  return format(parts.join('\n\n'), { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
}
