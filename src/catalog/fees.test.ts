// Tariffs of a package: cited, dated, rounded as declared; a new year's file beside the old one; a fee that does not add up is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '#base/finding.ts';
import { readPackage } from '#catalog/read.ts';
import type { PackageFiles, ServicePackage } from '#catalog/types.ts';
import { changedIn, filesIn } from '#testing/package-files.ts';
import { explainFee } from '#rules/tariff.ts';
import { toFeel } from '#rules/values.ts';

const COMPLETION = filesIn('services/completion-certificate');

const changed = (file: string, from: string | RegExp, to: string, files: PackageFiles = COMPLETION): PackageFiles =>
  changedIn(files, file, from, to);

async function found(files: PackageFiles, code: string, file: string, place: string): Promise<Finding> {
  const { findings } = await readPackage(files);
  const hit = findings.find((one) => one.code === code && one.file === file && one.place === place);
  assert.ok(hit, `${code} at ${file} ${place} in\n${findings.map((one) => `${one.code} ${one.file} ${one.place}`).join('\n')}`);
  return hit;
}

test('a tariff’s rule without its citation, or without its date, is told by its number', async () => {
  const citation = /<annotationEntry>\s*<text>تعرفه خدمات شهرسازی ۱۴۰۵[^<]*<\/text>/;
  await found(
    changed('duty.dmn', citation, '<annotationEntry><text></text>'),
    'rule-without-citation',
    'duty.dmn',
    'handling tariff: rule 2',
  );
  await found(
    changed('duty.dmn', '<text>1405-01-01</text>', '<text>Nowruz</text>'),
    'rule-without-date',
    'duty.dmn',
    'handling tariff: rule 2',
  );
});

test('a tariff’s days agree with its cells and follow each other; its date and its rounding are declared', async () => {
  await found(
    changed('duty.dmn', '<text>1404-12-29</text>', '<text>1404-12-28</text>'),
    'rule-dates-differ',
    'duty.dmn',
    'handling tariff: rule 1',
  );
  await found(
    changed('duty.dmn', '<text>1404-12-29</text>', '<text>1404-12-31</text>'),
    'rule-dates',
    'duty.dmn',
    'handling tariff: rule 1',
  );
  const late = changed('duty.dmn', '&gt;= date("2026-03-21")', '&gt;= date("2026-03-22")');
  assert.match((await found(late, 'tariff-gap', 'duty.dmn', 'handling tariff')).reason.en, /2026-03-21/);
  const ever = changed('duty.dmn', '[date("2025-03-21")..date("2026-03-20")]', '&lt; date("2026-03-21")');
  await found(
    changed('duty.dmn', /<inputValues>[\s\S]*?<\/inputValues>/, '', ever),
    'tariff-without-start',
    'duty.dmn',
    'handling tariff',
  );
  await found(changed('duty.dmn', '{ mode: "half up", unit: 1 }', '{ mode: "fair" }'), 'rounding-undeclared', 'duty.dmn', 'duty');
  await found(changed('service.yaml', 'rule: submission', 'rule: sometime'), 'manifest', 'service.yaml', 'fees.date.rule');
  await found(changed('service.yaml', 'rule: submission', 'rule: completeness'), 'manifest', 'service.yaml', 'fees.date.step');
  await found(
    changed('service.yaml', 'rule: submission', 'rule: completeness\n    step: Task_none'),
    'missing-reference',
    'service.yaml',
    'fees.date.step',
  );
  await found(changed('service.yaml', /  date:\n.*\n.*\n/, ''), 'tariff-date-missing', 'service.yaml', 'fees.date');
});

async function packageOf(files: PackageFiles): Promise<ServicePackage> {
  const { package: pkg, findings } = await readPackage(files);
  assert.ok(pkg, findings.map((one) => `${one.code} ${one.file} ${one.place}: ${one.reason.en}`).join('\n'));
  return pkg;
}

/** The duty of a building within its permit, by the tariff of a day. */
function dutyOn(pkg: ServicePackage, tariffDate: string): ReturnType<ServicePackage['decisions']['evaluate']> {
  return pkg.decisions.evaluate('duty', {
    property: toFeel({ permittedArea: 300, use: 'residential', regionalPrice: 1 }),
    application: toFeel({ unitsBuilt: 1, parkingsBuilt: 0 }),
    visit: toFeel({ measuredArea: 300 }),
    verdict: toFeel({ band: 'within', excess: 0 }),
    tariffDate,
  });
}

function totalOn(pkg: ServicePackage, day: string): string | undefined {
  const { value, hits } = dutyOn(pkg, day);
  return explainFee(value, hits).explanation?.total;
}

test('the tariff changes between the last day of the one and the first of the next, and on no other day', async () => {
  const pkg = await packageOf(COMPLETION);
  assert.deepEqual(
    ['2025-03-21', '2026-03-20', '2026-03-21', '2027-03-21'].map((day) => totalOn(pkg, day)),
    ['1900000', '1900000', '2500000', '2500000'],
  );
  const before = dutyOn(pkg, '2025-03-20');
  assert.equal(before.value, null, 'before the first tariff there is no fee');
  assert.ok(before.problems.length > 0);
});

/** The tariff of 1405 ends with its year; `until` what the table may be asked. */
function ending(until?: string): PackageFiles {
  const noted = changed(
    'duty.dmn',
    /(<text>1405-01-01<\/text>\s*<\/annotationEntry>\s*<annotationEntry>\s*<text)(?: \/>|><\/text>)/,
    '$1>1405-12-29</text>',
  );
  const closed = changed(
    'duty.dmn',
    '<text>&gt;= date("2026-03-21")</text>',
    '<text>[date("2026-03-21")..date("2027-03-20")]</text>',
    noted,
  );
  const start = '<text>&gt;= date("2025-03-21")</text>';
  return until === undefined ? closed : changed('duty.dmn', start, `<text>${until}</text>`, closed);
}

test('a tariff that ends rules to its last day; after it there is no fee, and a check says so unless the end is meant', async () => {
  const meant = ending('[date("2025-03-21")..date("2027-03-20")]');
  const pkg = await packageOf(meant);
  assert.deepEqual((await readPackage(meant)).findings, []);
  assert.equal(totalOn(pkg, '2027-03-20'), '2500000');
  assert.equal(dutyOn(pkg, '2027-03-21').value, null);
  const open = ending();
  assert.match((await found(open, 'table-gap', 'duty.dmn', 'handling tariff')).reason.en, /2027-03-21/);
  await found(open, 'tariff-gap', 'duty.dmn', 'handling tariff');
});

const YEAR_1406 = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t1406" name="t1406" namespace="urn:tariff:1406">
  <decision id="handling" name="handling"><variable name="handling"/>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="boolean"><text>true</text></inputExpression></input>
      <output name="amount" typeRef="number"/><output name="citation" typeRef="string"/>
      <annotation name="citation"/><annotation name="from"/><annotation name="until"/>
      <rule id="r1406"><inputEntry><text>-</text></inputEntry><outputEntry><text>3100000</text></outputEntry><outputEntry><text>"تعرفه ۱۴۰۶ / Tariff 1406"</text></outputEntry>
        <annotationEntry><text>تعرفه ۱۴۰۶ / Tariff 1406</text></annotationEntry><annotationEntry><text>1406-01-01</text></annotationEntry><annotationEntry><text></text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;
const ROW_1406 = `<rule id="handling_tariff_r3"><inputEntry><text>&gt;= date("2027-03-21")</text></inputEntry>
  <outputEntry><text>t1406.handling.amount</text></outputEntry><outputEntry><text>t1406.handling.citation</text></outputEntry>
  <annotationEntry><text>تعرفه ۱۴۰۶ / Tariff 1406</text></annotationEntry><annotationEntry><text>1406-01-01</text></annotationEntry><annotationEntry><text></text></annotationEntry></rule>`;

/** The year 1406: its own file, an import, a row of its own, and an end for the row before it. */
function with1406(): PackageFiles {
  const imported = changed(
    'duty.dmn',
    '  <itemDefinition id="tProperty"',
    '  <import name="t1406" namespace="urn:tariff:1406" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>\n  <itemDefinition id="tProperty"',
  );
  const needed = changed(
    'duty.dmn',
    '<informationRequirement id="handling-tariff_needs_in_tariff_date">',
    '<informationRequirement id="handling-tariff_needs_t1406"><requiredDecision href="urn:tariff:1406#handling"/></informationRequirement><informationRequirement id="handling-tariff_needs_in_tariff_date">',
    imported,
  );
  const ended = changed('duty.dmn', '&gt;= date("2026-03-21")', '[date("2026-03-21")..date("2027-03-20")]', needed);
  const noted = changed(
    'duty.dmn',
    /(<text>1405-01-01<\/text>\s*<\/annotationEntry>\s*<annotationEntry>\s*)<text \/>|(<text>1405-01-01<\/text>\s*<\/annotationEntry>\s*<annotationEntry>\s*)<text><\/text>/,
    '$1$2<text>1405-12-29</text>',
    ended,
  );
  const rowed = changed('duty.dmn', /(id="handling_tariff_r2"[\s\S]*?<\/rule>)/, `$1${ROW_1406}`, noted);
  return { ...rowed, 'tariff-1406.dmn': YEAR_1406 };
}

test('a new year’s tariff is a file beside the old one: days before it keep their fee and their rule', async () => {
  const old = await packageOf(COMPLETION);
  const both = await packageOf(with1406());
  for (const day of ['2025-03-21', '2026-03-20', '2026-03-21', '2027-03-20']) {
    assert.equal(totalOn(both, day), totalOn(old, day), day);
    assert.deepEqual(
      dutyOn(both, day)
        .hits.filter((one) => one.decision === 'handling tariff')
        .map((one) => one.rule),
      dutyOn(old, day)
        .hits.filter((one) => one.decision === 'handling tariff')
        .map((one) => one.rule),
    );
  }
  assert.equal(totalOn(both, '2027-03-21'), '3100000');
  const { findings } = await readPackage(with1406());
  assert.deepEqual(findings, []);
});

test('a fee that does not add up, or is not rounded as declared, is no fee: the process stops and says why', async () => {
  const wrongTotal = await packageOf(changed('duty.dmn', '<text>sum(lines.amount)</text>', '<text>sum(lines.amount) + 1</text>'));
  const off = dutyOn(wrongTotal, '2026-11-24');
  assert.equal(off.value, null);
  assert.equal(off.problems[0]?.code, 'fee-total');
  assert.match(off.problems[0]?.reason.en ?? '', /2500001 is not the sum of its lines, 2500000/);
  const unrounded = await packageOf(changed('duty.dmn', 'unit: 1 }', 'unit: 1000000 }'));
  assert.equal(dutyOn(unrounded, '2026-11-24').problems[0]?.code, 'fee-rounding');
});

test('texts that rules test are called as the forms call them, or by words of their own', async () => {
  const pkg = await packageOf(COMPLETION);
  assert.deepEqual(pkg.labels.values['residential'], { fa: 'مسکونی', en: 'Residential' });
  const own = ['fa.json', 'en.json'].reduce(
    (files, file) => changed(file, '{', '{ "value.residential": "R",', files),
    COMPLETION,
  );
  assert.deepEqual((await packageOf(own)).labels.values['residential'], { fa: 'R', en: 'R' });
});
