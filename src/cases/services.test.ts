// The services of this repository, whole: read without a finding, every example true, every step walked, every tariff sound.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { daysFromIsoDate, isoDateFromDays } from '#calendar/jalali.ts';
import { readCity } from '#catalog/city.ts';
import { readPackage } from '#catalog/read.ts';
import type { PackageFiles, ServicePackage } from '#catalog/types.ts';
import { stageOf } from '#main/stage.ts';
import { explainFee } from '#rules/tariff.ts';
import type { FeelValue, RuleHit } from '#rules/types.ts';
import { fromFeel, toFeel } from '#rules/values.ts';
import { evolve } from './evolve.ts';
import { rehearse } from './rehearse.ts';
import type { CaseEvent, CaseState } from './types.ts';

const ROOT = join(import.meta.dirname, '..', '..');

function folder(path: string): PackageFiles {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map((one) => join(one.parentPath, one.name)).map((file) => [file.slice(path.length + 1), readFileSync(file, 'utf8')]),
  );
}

const { city, findings: cityFindings } = readCity(folder(join(ROOT, 'city')));
assert.ok(city, cityFindings.map((one) => `${one.file} ${one.place}: ${one.reason.en}`).join('\n'));
const stage = stageOf(city);
const names = readdirSync(join(ROOT, 'services')).sort();
const read = await Promise.all(
  names.map(async (name) => ({ name, ...(await readPackage(folder(join(ROOT, 'services', name)))) })),
);

for (const { name, package: pkg, findings } of read) {
  describe(name, () => {
    test('is read without an error or a warning', () => {
      assert.deepEqual(
        findings.map((one) => `${one.severity} ${one.code} ${one.file} ${one.place}: ${one.reason.en}`),
        [],
      );
    });
    assert.ok(pkg, `${name} is usable`);
    assert.equal(pkg.manifest.id, name);
    for (const [file, example] of Object.entries(pkg.examples)) {
      const title = isObject(example['title']) ? String(example['title']['en']) : file;
      test(`${title} (${file})`, () => {
        assert.deepEqual(rehearse(pkg, example, stage).failures, []);
      });
    }
    test('has at least six examples', () => {
      assert.ok(Object.keys(pkg.examples).length >= 6);
    });
    test('its examples walk every element and flow but the way of a property unknown after submission', () => {
      assert.deepEqual(notWalked(pkg), ['End_unknown', 'Flow_unknown']);
    });
    test('its log folds again to the state it came to', () => {
      for (const example of Object.values(pkg.examples)) {
        const { events, state } = rehearse(pkg, example, stage);
        assert.deepEqual(fold(pkg, events).state, state);
      }
    });
    test('who was issued a document has paid exactly its fee, whatever happened on the way', () => {
      for (const example of Object.values(pkg.examples)) {
        const { state } = rehearse(pkg, example, stage);
        if (state?.status !== 'issued') continue;
        const paid = state.payments.filter((one) => one.status === 'paid').reduce((sum, one) => sum + Number(one.amount), 0);
        assert.equal(paid, Number(state.fee?.total));
      }
    });
    test('every named element has its name in both languages', () => {
      const bare = pkg.process.elements.filter(
        (one) => one.name !== '' && !(pkg.texts.fa[`step.${one.id}`] && pkg.texts.en[`step.${one.id}`]),
      );
      assert.deepEqual(
        bare.map((one) => one.id),
        [],
      );
    });
  });
}

/** Ids of the flow nodes and sequence flows of a BPMN text. */
function elementsIn(xml: string): readonly string[] {
  const kinds = '(?:sequenceFlow|subProcess|\\w+Event|\\w+Gateway|\\w+Task)';
  return [...xml.matchAll(new RegExp(`<bpmn:${kinds} id="([^"]+)"`, 'g'))].map((match) => match[1] ?? '');
}

function fold(
  pkg: ServicePackage,
  events: readonly CaseEvent[],
): { readonly state: CaseState | undefined; readonly walked: ReadonlySet<string> } {
  let state: CaseState | undefined;
  const walked = new Set<string>();
  for (const event of events) {
    const calendar = stage.calendar(pkg.manifest.deadline.calendar);
    const evolved = evolve(state, event, { package: pkg, definition: 'rehearsal', calendar, now: event.at });
    state = evolved.state;
    for (const one of evolved.trail) walked.add(one.element);
  }
  return { state, walked };
}

function notWalked(pkg: ServicePackage): readonly string[] {
  const walked = new Set(
    Object.values(pkg.examples).flatMap((example) => [...fold(pkg, rehearse(pkg, example, stage).events).walked]),
  );
  return elementsIn(pkg.files['process.bpmn'] ?? '').filter((id) => !walked.has(id));
}

function packageOf(name: string): ServicePackage {
  const found = read.find((one) => one.name === name)?.package;
  assert.ok(found);
  return found;
}

function decided(pkg: ServicePackage, decision: string, inputs: JsonObject): JsonObject {
  const feel = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, toFeel(value)]));
  const { value, hits, problems } = pkg.decisions.evaluate(decision, feel);
  assert.deepEqual(problems, []);
  if (decision === pkg.manifest.fees.decision) assertExplained(value, hits);
  const json = fromFeel(value);
  assert.ok(isObject(json));
  return json;
}

/** Each line has one rule of a tariff behind it, with its inputs, its act in both languages and its first day; the lines are the total. */
function assertExplained(value: FeelValue, hits: readonly RuleHit[]): void {
  const { explanation, findings } = explainFee(value, hits);
  assert.deepEqual(findings, []);
  assert.ok(explanation);
  for (const line of explanation.lines) {
    const [rule, ...more] = line.rules;
    assert.ok(rule && more.length === 0, `${line.code}: ${line.rules.length} rules`);
    assert.ok(rule.inputs.length > 0 && rule.from !== undefined);
    assert.deepEqual(rule.citation, line.citation);
    assert.ok(line.citation && /[\u0600-\u06ff]/.test(line.citation.fa) && !/[\u0600-\u06ff]/.test(line.citation.en));
  }
  assert.equal(
    explanation.lines.reduce((sum, line) => sum + BigInt(line.amount), 0n),
    BigInt(explanation.total),
  );
}

/** Whole rials, both languages, a basis and a citation for each line; the total is their sum. */
function assertFee(fee: JsonObject): void {
  const lines = fee['lines'] as readonly Json[];
  for (const line of lines) {
    assert.ok(isObject(line) && isObject(line['label']));
    assert.ok(Number.isSafeInteger(line['amount']) && Number(line['amount']) > 0, JSON.stringify(line));
    for (const words of [line['code'], line['label']['fa'], line['label']['en'], line['basis'], line['citation']])
      assert.ok(typeof words === 'string' && words !== '', JSON.stringify(line));
  }
  const codes = lines.map((line) => (isObject(line) ? line['code'] : null));
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(
    fee['total'],
    lines.reduce<number>((sum, line) => sum + (isObject(line) ? Number(line['amount']) : 0), 0),
  );
}

const USES = fc.constantFrom('residential', 'commercial', 'office', 'industrial');

describe('the duty of the renovation clearance', () => {
  const pkg = packageOf('renovation-duty-clearance');
  test('is sound for every property of the demo city', () => {
    for (const property of city.properties) assertFee(decided(pkg, 'duty', { property }));
  });
  test('has two lines a year at most, in order of the years, and more years never cost less', () => {
    const property = fc.record({
      landArea: fc.integer({ min: 1, max: 100_000 }),
      builtArea: fc.integer({ min: 0, max: 100_000 }),
      regionalPrice: fc.integer({ min: 1, max: 50_000_000 }),
      buildingValue: fc.integer({ min: 0, max: 1_000_000_000 }),
      use: USES,
      unpaidYears: fc.uniqueArray(fc.integer({ min: 1390, max: 1405 }), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(property, (one) => {
        const whole = decided(pkg, 'duty', { property: one });
        assertFee(whole);
        const years = (whole['lines'] as readonly JsonObject[]).map((line) => Number(String(line['code']).split('-')[1]));
        assert.deepEqual(
          years,
          years.toSorted((a, b) => a - b),
        );
        assert.ok(years.length <= 2 * one.unpaidYears.length);
        const fewer = decided(pkg, 'duty', { property: { ...one, unpaidYears: one.unpaidYears.slice(1) } });
        assert.ok(Number(fewer['total']) <= Number(whole['total']));
      }),
      { numRuns: 60 },
    );
  });
  test('never falls as land, building or price grow', () => {
    const grown = fc.record({
      landArea: fc.integer({ min: 0, max: 1000 }),
      builtArea: fc.integer({ min: 0, max: 1000 }),
      regionalPrice: fc.integer({ min: 0, max: 100_000 }),
      buildingValue: fc.integer({ min: 0, max: 1_000_000 }),
    });
    const small = { landArea: 100, builtArea: 60, regionalPrice: 5_000_000, buildingValue: 10_000_000 };
    fc.assert(
      fc.property(grown, USES, fc.integer({ min: 1398, max: 1405 }), (more, use, year) => {
        const large = {
          landArea: small.landArea + more.landArea,
          builtArea: small.builtArea + more.builtArea,
          regionalPrice: small.regionalPrice + more.regionalPrice,
          buildingValue: small.buildingValue + more.buildingValue,
        };
        const total = (one: typeof small): number =>
          Number(decided(pkg, 'duty', { property: { ...one, use, unpaidYears: [year] } })['total']);
        assert.ok(total(small) <= total(large));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the area check of the completion certificate', () => {
  const pkg = packageOf('completion-certificate');
  const check = (permittedArea: number, measuredArea: number): JsonObject =>
    decided(pkg, 'area-check', {
      property: { permittedArea, use: 'residential' },
      application: { currentUse: 'residential' },
      fire: { result: 'approved', notes: null },
      visit: { measuredArea, deviations: [], opinion: 'conforms', notes: null },
    });

  test('tolerates two percent, charges up to five, and refuses beyond, to the last hundredth of a square metre', () => {
    const bands = [306, 306.01, 315, 315.01].map((area) => check(300, area)['band']);
    assert.deepEqual(bands, ['within', 'excess', 'excess', 'beyond']);
    assert.equal(check(300, 315)['result'], 'accepted');
    assert.equal(check(300, 315.01)['result'], 'refused');
  });

  test('never thinks better of a larger building', () => {
    const order = ['within', 'excess', 'beyond'];
    const area = fc.integer({ min: 1, max: 2_000_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(area, area, area, (permitted, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((each) => String(check(permitted, each)['band']));
        assert.ok(order.indexOf(small ?? '') <= order.indexOf(large ?? ''));
      }),
      { numRuns: 100 },
    );
  });

  test('its handling fee changes on the first day of a tariff and on no other', () => {
    const handling = (tariffDate: string): number => {
      const fee = decided(pkg, 'duty', {
        property: { use: 'residential', regionalPrice: 1000 },
        application: { unitsBuilt: 1, parkingsBuilt: 0 },
        visit: { measuredArea: 100 },
        verdict: { band: 'within', excess: 0 },
        tariffDate,
      });
      return Number(fee['total']);
    };
    const first = daysFromIsoDate('2025-03-21');
    const change = daysFromIsoDate('2026-03-21');
    fc.assert(
      fc.property(fc.integer({ min: first, max: change + 4000 }), (day) => {
        assert.equal(handling(isoDateFromDays(day)), day < change ? 1_900_000 : 2_500_000);
      }),
    );
    assert.deepEqual(
      [change - 1, change].map((day) => handling(isoDateFromDays(day))),
      [1_900_000, 2_500_000],
    );
  });

  test('its duty is whole rials with citations for every use, size and date', () => {
    const inputs = fc.record({
      use: USES,
      measured: fc.integer({ min: 100, max: 200_000 }).map((hundredths) => hundredths / 100),
      units: fc.integer({ min: 1, max: 40 }),
      parkings: fc.integer({ min: 0, max: 40 }),
      price: fc.integer({ min: 1000, max: 50_000_000 }),
      tariffDate: fc.constantFrom('2026-03-20', '2026-03-21', '2026-11-24'),
      excess: fc.integer({ min: 1, max: 5_000 }).map((hundredths) => hundredths / 100),
    });
    fc.assert(
      fc.property(inputs, ({ use, measured, units, parkings, price, tariffDate, excess }) => {
        const fee = decided(pkg, 'duty', {
          property: { use, regionalPrice: price },
          application: { unitsBuilt: units, parkingsBuilt: parkings },
          visit: { measuredArea: measured },
          verdict: { band: 'excess', excess },
          tariffDate,
        });
        assertFee(fee);
      }),
      { numRuns: 60 },
    );
  });
});
