// The two services of this repository as they are, and broken in one place each: every break is found, named and placed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '#base/finding.ts';
import { readPackage } from '#catalog/read.ts';
import type { PackageFiles } from '#catalog/types.ts';
import { changedIn, filesIn } from '#testing/package-files.ts';

const COMPLETION = filesIn('services/completion-certificate');
const RENOVATION = filesIn('services/renovation-duty-clearance');
/** The completion package with one file changed: `from` must be there. */
const changed = (file: string, from: string | RegExp, to: string, files: PackageFiles = COMPLETION): PackageFiles =>
  changedIn(files, file, from, to);

/** The findings, of which one at least must be of that code, file and place; every one has words in both languages. */
async function found(files: PackageFiles, code: string, file: string, place: string): Promise<Finding> {
  const { findings, package: pkg } = await readPackage(files);
  for (const one of findings) {
    for (const words of [one.reason, one.mend])
      assert.ok(words.fa !== '' && words.en !== '' && words.fa !== words.en, JSON.stringify(one));
  }
  const hit = findings.find((one) => one.code === code && one.file === file && one.place === place);
  assert.ok(hit, `no ${code} at ${file} ${place}: ${JSON.stringify(findings.map((one) => [one.code, one.file, one.place]))}`);
  assert.equal(
    pkg === undefined,
    findings.some((one) => one.severity === 'error'),
  );
  return hit;
}

for (const [name, files] of [
  ['completion-certificate', COMPLETION],
  ['renovation-duty-clearance', RENOVATION],
] as const) {
  test(`${name} has no finding at all`, async () => {
    const { package: pkg, findings } = await readPackage(files);
    assert.deepEqual(findings, []);
    assert.ok(Object.keys(pkg!.examples).length >= 6);
    assert.equal(pkg!.manifest.id, name);
  });
}

test('every file of a service belongs to a folder of its name, with an example per documented trouble', () => {
  for (const files of [COMPLETION, RENOVATION]) {
    const all = Object.entries(files)
      .filter(([file]) => file.startsWith('examples/'))
      .map(([, text]) => text)
      .join('\n');
    for (const word of ['result: failed', 'result: abandoned', 'result: paid-twice', 'withdraw:', 'status: lapsed', 'refused:'])
      assert.match(all, new RegExp(word));
  }
});

test('a file that is missing is told by its name', async () => {
  for (const file of ['service.yaml', 'process.bpmn', 'fa.json', 'en.json']) {
    const files = Object.fromEntries(Object.entries(COMPLETION).filter(([name]) => name !== file));
    await found(files, 'missing-file', file, file);
  }
});

test('broken YAML and JSON are told with their line or words', async () => {
  await found(changed('service.yaml', 'version: 1.1.0', 'version: [1.1.0'), 'yaml-syntax', 'service.yaml', 'line 3');
  assert.match((await found(changed('fa.json', '{', '{,'), 'json-syntax', 'fa.json', 'fa.json')).reason.en, /cannot be read/);
  await found({ ...COMPLETION, 'examples/happy.yaml': 'title: [' }, 'yaml-syntax', 'examples/happy.yaml', 'line 1');
});

test('a manifest’s keys are each judged, and a key nobody reads is warned of', async () => {
  await found(changed('service.yaml', 'version: 1.1.0', 'version: one'), 'manifest', 'service.yaml', 'version');
  await found(changed('service.yaml', 'norm: P10D', 'norm: ten days'), 'manifest', 'service.yaml', 'deadline.norm');
  await found(changed('service.yaml', 'role: engineer }', 'rôle: engineer }'), 'manifest', 'service.yaml', 'duties.executors');
  await found(changed('service.yaml', 'status: offered', 'status: announced'), 'manifest', 'service.yaml', 'expected');
  await found(changed('service.yaml', 'retention:', 'retentoin: P1Y\nretention:'), 'unknown-key', 'service.yaml', 'retentoin');
  await found({ ...COMPLETION, 'service.yaml': 'just words' }, 'manifest', 'service.yaml', '');
});

test('what the manifest names and the package lacks is a missing reference', async () => {
  await found(
    changed('service.yaml', 'application: application', 'application: aplication'),
    'missing-reference',
    'service.yaml',
    'application',
  );
  await found(changed('service.yaml', 'decision: duty', 'decision: dutty'), 'missing-reference', 'service.yaml', 'fees.decision');
  await found(
    changed('service.yaml', 'document: document.typ', 'document: paper.typ'),
    'missing-reference',
    'service.yaml',
    'output.document',
  );
  await found(
    changed('service.yaml', 'step: Task_fire', 'step: Task_fyre'),
    'missing-reference',
    'service.yaml',
    'duties.executors[1].step',
  );
  await found(
    changed('service.yaml', 'step: Task_fire', 'step: Task_fyre'),
    'missing-reference',
    'service.yaml',
    'duties.executors',
  );
  await found(
    changed('service.yaml', 'inquiries: [fire-safety]', 'inquiries: []'),
    'missing-reference',
    'service.yaml',
    'inquiries',
  );
  await found(
    changed('service.yaml', 'inquiries: [fire-safety]', 'inquiries: [fire-safety, metro]'),
    'inquiry-not-asked',
    'service.yaml',
    'inquiries',
  );
  await found(
    changed('service.yaml', 'public: [number', 'public: [applicant, number'),
    'not-public',
    'service.yaml',
    'output.public',
  );
  await found(
    changed('service.yaml', 'unit: fire-service, role: officer', 'unit: fire-service, role: manager'),
    'executor-differs',
    'service.yaml',
    'duties.executors[1]',
  );
});

test('what the process names and the package lacks is placed at its element', async () => {
  await found(
    changed('process.bpmn', 'formId="fire-answer"', 'formId="fire-anser"'),
    'unknown-form',
    'process.bpmn',
    'Task_fire',
  );
  await found(
    changed('process.bpmn', 'decisionId="area-check"', 'decisionId="aria-check"'),
    'unknown-decision',
    'process.bpmn',
    'Rule_area',
  );
  await found(
    changed('process.bpmn', 'from="Task_check"', 'from="Task_chek"'),
    'unknown-element',
    'process.bpmn',
    'Task_approve',
  );
  await found(changed('process.bpmn', `'="escalation"'`, `'="escalate"'`), 'missing-text', 'process.bpmn', 'Service_escalate');
});

test('a FEEL typo in the process is told with its element and place in the text', async () => {
  const finding = await found(
    changed('process.bpmn', 'source="=fee.total - paid"', 'source="=fee.total - - "'),
    'feel-syntax',
    'process.bpmn',
    'Service_pay',
  );
  assert.ok(finding.at !== undefined);
  await found(
    changed('process.bpmn', '>=verdict.result = "refused"<', '>=verdict.result = "refused<'),
    'feel-syntax',
    'process.bpmn',
    'Flow_refused',
  );
});

test('a name that no step makes is an error, wherever it is read', async () => {
  await found(
    changed('process.bpmn', '=fee.total &gt; paid', '=fee.total &gt; payed'),
    'unknown-variable',
    'process.bpmn',
    'Flow_owes',
  );
  await found(
    changed('process.bpmn', '"district-" + property', '"district-" + proprety'),
    'unknown-variable',
    'process.bpmn',
    'Task_check',
  );
  await found(
    changed('process.bpmn', 'reason="=approval.reason"', 'reason="=aproval.reason"'),
    'unknown-variable',
    'process.bpmn',
    'End_refused_by_manager',
  );
  await found(
    changed('process.bpmn', '={ result: result, notes: notes }', '={ result: result, notes: note }'),
    'unknown-variable',
    'process.bpmn',
    'Task_fire',
  );
  // A decision's input, too: nothing would ever give it.
  await found(changed('process.bpmn', 'target="visit" />', 'target="vizit" />'), 'unknown-variable', 'process.bpmn', 'Rule_duty');
});

test('a FEEL typo in a decision is told with the file that has it', async () => {
  const inDuty = changed('duty.dmn', 'date(tariffDate)', 'date(tariffDate');
  assert.match((await found(inDuty, 'feel-syntax', 'duty.dmn', 'handling tariff: date(tariffDate')).reason.en, /./);
  await found(
    changed('area-check.dmn', '<text>&lt;= 0.02</text>', '<text>&lt;= </text>'),
    'feel-syntax',
    'area-check.dmn',
    'band: <=',
  );
  await found(changed('duty.dmn', 'href="#in_verdict"', 'href="#in_verdikt"'), 'missing-reference', 'duty.dmn', 'excess lines');
  await found(
    changed('duty.dmn', 'DMN/20191111/MODEL/" xmlns:dmndi', 'DMN/2030/MODEL/" xmlns:dmndi'),
    'dmn-version',
    'duty.dmn',
    'definitions {https://www.omg.org/spec/DMN/2030/MODEL/}',
  );
});

test('a text in one language only is told with its key and the file that lacks it', async () => {
  await found(changed('en.json', /\s*"fire\.result": "Answer",/, ''), 'missing-translation', 'en.json', 'fire.result');
  await found(changed('fa.json', '"visit.photo": "عکس"', '"visit.photo": ""'), 'missing-translation', 'fa.json', 'visit.photo');
  await found(changed('check.form', '$check.reason.hint', '$check.reason.hnit'), 'missing-text', 'check.form', 'reason');
});

test('a step that is named in one language only, and a name without a step, are warned of', async () => {
  const { package: pkg } = await readPackage(COMPLETION);
  assert.ok(pkg?.texts.fa['step.Task_check'] !== undefined && pkg.texts.en['step.Task_check'] !== undefined);
  const without = ['fa.json', 'en.json'].reduce(
    (files, file) => changed(file, '"step.Task_check"', '"step.Task_chek"', files),
    COMPLETION,
  );
  await found(without, 'step-without-name', 'process.bpmn', 'Task_check');
  await found(without, 'name-without-step', 'fa.json', 'step.Task_chek');
});

test('a step without its name in a language, and a name without its step, are told', async () => {
  await found(changed('en.json', '"step.Task_fire"', '"step.Task_fyre"'), 'missing-step-name', 'en.json', 'step.Task_fire');
  await found(changed('en.json', '"step.Task_fire"', '"step.Task_fyre"'), 'unknown-step', 'en.json', 'step.Task_fyre');
});

test('a decision table with a gap or an overlap is told with the input that shows it', async () => {
  const gap = changed('area-check.dmn', ']0.02..0.05]', ']0.03..0.05]');
  assert.match((await found(gap, 'table-gap', 'area-check.dmn', 'band')).reason.en, /area\.share = 0\.0/);
  await found(changed('area-check.dmn', ']0.02..0.05]', '[0.02..0.05]'), 'table-overlap', 'area-check.dmn', 'band: rule 2');
});

test('forms are judged by the forms room, in their own file', async () => {
  await found(
    changed('site-visit.form', '"type": "number"', '"type": "slider"'),
    'unsupported-component',
    'site-visit.form',
    'measuredArea',
  );
  await found(
    changed('check.form', '=decision != \\"refuse\\"', '=decison != \\"refuse\\"'),
    'unknown-name',
    'check.form',
    'reason',
  );
  await found(
    { ...COMPLETION, 'spare.form': (COMPLETION['check.form'] ?? '').replace('"id": "check"', '"id": "spare"') },
    'unused-form',
    'spare.form',
    'spare.form',
  );
});

test('what the register knows is not asked again', async () => {
  await found(
    changed('application.form', /"parkingsBuilt"/g, '"parkings"'),
    'asks-what-is-known',
    'application.form',
    'parkings',
  );
});

test('an element the engine does not execute is refused with its id', async () => {
  await found(
    changed('process.bpmn', /scriptTask/g, 'adHocSubProcess'),
    'unsupported-element',
    'process.bpmn',
    'Script_unanswered',
  );
});

test('a task or service that does not say all Dargah needs is told so', async () => {
  const place = async (code: string, from: string | RegExp, to: string, at: string): Promise<void> =>
    void (await found(changed('process.bpmn', from, to), code, 'process.bpmn', at));
  await place('executor-missing', '<dargah:executor unit="fire-service" role="officer" />', '', 'Task_fire');
  await place(
    'executor-role',
    '<dargah:executor unit="fire-service" role="officer" />',
    '<dargah:executor unit="fire-service" role="inspector" />',
    'Task_fire',
  );
  await place('form-missing', '<zeebe:formDefinition formId="approve" />', '', 'Task_approve');
  await place('unknown-service', 'type="dargah:notify"', 'type="dargah:telegram"', 'Service_escalate');
  await place(
    'service-input',
    'source="=application.renovationCode" target="key"',
    'source="=application.renovationCode" target="code"',
    'Service_register',
  );
  await place(
    'refusal-without-reason',
    'status="refused" reason="=approval.reason"',
    'status="refused"',
    'End_refused_by_manager',
  );
  await place('only-for-applicant', 'unit="applicant" role="applicant"', 'unit="fire-service" role="officer"', 'Task_correct');
  await found(
    changed('check.form', '"value": "correct"', '"value": "corect"'),
    'corrections-without-decision',
    'process.bpmn',
    'Task_check',
  );
  await found(changed('service.yaml', 'mode: semi-in-person', 'mode: remote'), 'visits-differ', 'service.yaml', 'visits');
  await found(changed('service.yaml', /  decision: duty\n/, ''), 'fee-unexplained', 'service.yaml', 'fees');
});

test('an example that names a step, a persona or a word that is not there is told before it runs', async () => {
  await found(
    changed('examples/happy.yaml', 'Task_approve', 'Task_aprove'),
    'missing-reference',
    'examples/happy.yaml',
    'when[7].complete.task',
  );
  await found(
    changed('examples/happy.yaml', 'status: issued', 'statue: issued'),
    'example-shape',
    'examples/happy.yaml',
    'then.statue',
  );
  await found(
    changed('examples/happy.yaml', 'result: paid', 'result: payed'),
    'example-shape',
    'examples/happy.yaml',
    'when[6].pay.result',
  );
  const two = Object.entries(COMPLETION).filter(([file]) => !file.startsWith('examples/') || file.startsWith('examples/re'));
  await found(Object.fromEntries(two), 'few-examples', 'examples', 'examples');
});
