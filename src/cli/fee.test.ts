// `dargah fee` as people and scripts use it: facts from files, JSON and single values, both languages, clear refusals, exit codes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fee as feeOf } from './fee.ts';
import type { Options, Outcome } from './outcome.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RENOVATION = join(ROOT, 'services', 'renovation-duty-clearance');
const COMPLETION = join(ROOT, 'services', 'completion-certificate');

let folder: string;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'dargah-fee-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

function dargah(...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const done = spawnSync(process.execPath, [join(ROOT, 'dist', 'cli', 'dargah.js'), ...args], { encoding: 'utf8', cwd: ROOT });
  return { code: done.status, out: done.stdout };
}

type Asked = {
  readonly input?: readonly string[];
  readonly property?: string;
  readonly date?: string;
  readonly languages?: readonly ('fa' | 'en')[];
};

function fee(service: string, asked: Asked = {}): Promise<Outcome> {
  const { input = [], property, date, languages = ['fa', 'en'] } = asked;
  return feeOf([service], { json: false, language: 'en', inputs: input, property, date, languages } as Options);
}

type Line = {
  code: string;
  amount: string;
  exact?: string;
  rules: { table: string; rule: number; from?: string; until?: string }[];
};
type Body = {
  ok: boolean;
  tariffDate?: string;
  findings: { code: string; place: string }[];
  explanation?: { total: string; lines: Line[] };
};

async function body(service: string, asked: Asked = {}): Promise<Body> {
  const { result } = await fee(service, asked);
  const [first] = JSON.parse(JSON.stringify(result)) as Body[];
  assert.ok(first);
  return first;
}

const FACTS = {
  property: { permittedArea: 300, use: 'residential', regionalPrice: 8_200_001 },
  application: { unitsBuilt: 1, parkingsBuilt: 0 },
  visit: { measuredArea: 312.35 },
  verdict: { band: 'excess', excess: 12.35 },
};

test('a fee is printed line by line with rule, inputs, act, days and rounding, in both languages', async () => {
  const { code, out } = dargah('fee', 'services/renovation-duty-clearance', '--property', '6-1045-12-7');
  assert.equal(code, 0);
  for (const words of [
    '1. Renovation duty, year 1403: 35,505,000 rials',
    'rule: Renovation rate (renovation rate), rule 4: year = 1403 → rate = 0.015, share of the regional price = 0.75',
    'in force: from 2024-03-20 (1403/01/01) to 2025-03-20 (1403/12/30)',
    'rests on: Renovation tariff 1403, item 1 (sample)',
    'Total: 120,621,000 rials',
    'rounded half up, to 1 rial',
    '۱. عوارض نوسازی سال ۱۴۰۳: ۳۵٬۵۰۵٬۰۰۰ ریال',
    'جدول نرخ عوارض نوسازی (renovation rate)، قاعدهٔ ۴: سال = 1403 → نرخ = 0.015',
    'سال = 1403, کاربری = مسکونی, زیربنا (متر مربع) = 140',
    'year = 1403, use = Residential, built area (m²) = 140',
    'جمع: ۱۲۰٬۶۲۱٬۰۰۰ ریال',
  ])
    assert.ok(out.includes(words), `${words}\nin\n${out}`);
  const inOne = async (language: 'fa' | 'en'): Promise<string> =>
    (await fee(RENOVATION, { property: '6-1045-12-7', languages: [language] })).lines.join('\n');
  assert.ok(!(await inOne('en')).includes('ریال'));
  assert.ok(!(await inOne('fa')).includes('rials'));
});

test('the command as scripts use it: one JSON object, and an exit code that tells', () => {
  const facts = JSON.stringify(FACTS);
  const done = dargah('fee', 'services/completion-certificate', '--input', facts, '--date', '2026-03-20', '--json');
  assert.equal(done.code, 0);
  assert.equal((JSON.parse(done.out) as Body[])[0]?.explanation?.lines[0]?.amount, '1900000');
  assert.equal(dargah('fee', 'services/completion-certificate', '--input', facts, '--date', '2024-01-01').code, 1);
  assert.equal(dargah('fee').code, 2);
});

test('facts come from a file, from JSON and one by one; the later word wins', async () => {
  const yaml = join(folder, 'facts.yaml');
  const json = join(folder, 'facts.json');
  const { property, application, ...others } = FACTS;
  writeFileSync(
    yaml,
    `property: ${JSON.stringify(property)}\napplication: { unitsBuilt: 1, parkingsBuilt: ${application.parkingsBuilt} }\n`,
  );
  writeFileSync(json, JSON.stringify(others));
  const date = '2026-11-24';
  const whole = await body(COMPLETION, { input: [JSON.stringify(FACTS)], date });
  assert.ok(whole.ok);
  assert.deepEqual((await body(COMPLETION, { input: [yaml, json], date })).explanation, whole.explanation);
  const codes = (one: Body): readonly string[] | undefined => one.explanation?.lines.map((line) => line.code);
  const cheaper = await body(COMPLETION, { input: [JSON.stringify(FACTS), 'verdict.band=within'], date });
  assert.deepEqual(codes(cheaper), ['handling']);
  const paid = await body(RENOVATION, { property: '6-1045-12-7', input: ['property.unpaidYears=[1405]'] });
  assert.deepEqual(codes(paid), ['renovation-1405', 'waste-1405']);
});

test('the date chooses the tariff, in either calendar; today is the default', async () => {
  const input = [JSON.stringify(FACTS)];
  const handling = async (date: string): Promise<string | undefined> =>
    (await body(COMPLETION, { input, date })).explanation?.lines[0]?.amount;
  assert.equal(await handling('2026-03-20'), '1900000');
  assert.equal(await handling('2026-03-21'), '2500000');
  assert.equal(await handling('1404-12-29'), '1900000');
  assert.equal(await handling('1405/01/01'), '2500000');
  assert.match((await body(COMPLETION, { input })).tariffDate ?? '', /^\d{4}-\d{2}-\d{2}$/);
});

test('where the fee hangs on no day of the case, a date changes nothing and that is said', async () => {
  const asked = { property: '6-1045-12-7', languages: ['en'] } as const;
  const dated = await fee(RENOVATION, { ...asked, date: '2026-03-20' });
  assert.match(dated.lines.join('\n'), /--date changes nothing/);
  assert.doesNotMatch((await fee(RENOVATION, asked)).lines.join('\n'), /--date/);
});

test('what was rounded shows the amount before; lines add up to the total', async () => {
  const { explanation } = await body(COMPLETION, { input: [JSON.stringify(FACTS)], date: '2026-11-24' });
  assert.ok(explanation);
  const excess = explanation.lines[1];
  // 12.35 m² × 8,200,001 × 0.65
  assert.equal(excess?.exact, '65825508.0275');
  assert.equal(excess.amount, '65825508');
  assert.deepEqual(
    excess.rules.map((one) => `${one.table} ${one.rule}`),
    ['excess coefficient 6'],
  );
  assert.equal(explanation.total, explanation.lines.reduce((sum, one) => sum + BigInt(one.amount), 0n).toString());
});

test('what is missing is named field by field with its type, and nothing is guessed', async () => {
  const { ok, lines } = await fee(COMPLETION, { input: ['property.use=residential'], languages: ['en'] });
  assert.equal(ok, false);
  const out = lines.join('\n');
  for (const words of [
    'property.regionalPrice [input-missing]',
    '“property.regionalPrice” is not given (number)',
    '“verdict.band” is not given (string)',
  ])
    assert.ok(out.includes(words), `${words}\nin\n${out}`);
  assert.ok(!out.includes('“property.use”'));
  assert.match((await fee(COMPLETION, { languages: ['fa'] })).lines.join('\n'), /«visit\.measuredArea» داده نشده است \(عدد\)/);
  const years = await body(RENOVATION, { property: '6-1045-12-7', input: ['property.unpaidYears=[soon]'] });
  assert.deepEqual(
    years.findings.map((one) => `${one.code} ${one.place}`),
    ['input-type property.unpaidYears[0]'],
  );
});

test('a date without a tariff, a day that is none, facts that cannot be read: each refused with its reason', async () => {
  const input = [JSON.stringify(FACTS)];
  const codes = async (service: string, asked: Asked = {}): Promise<readonly string[]> =>
    (await body(service, asked)).findings.map((one) => one.code);
  assert.deepEqual(await codes(COMPLETION, { input, date: 'Nowruz' }), ['date-unreadable']);
  assert.deepEqual(await codes(COMPLETION, { input: [join(folder, 'none.yaml')] }), ['input-unreadable']);
  assert.deepEqual(await codes(COMPLETION, { input: ['{"property":'] }), ['input-unreadable']);
  assert.deepEqual(await codes(RENOVATION, { property: '0-0' }), ['unknown-property']);
  assert.deepEqual(await codes('services/none'), ['no-folder']);
  assert.ok((await codes(COMPLETION, { input, date: '2024-01-01' })).length > 0);
});
