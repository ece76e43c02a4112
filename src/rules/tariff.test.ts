// A fee explained: lines, rules, rounding and the sum, exact for whatever is computed; what does not add up is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import type { JsonObject } from '#base/json.ts';
import { readDmn } from './dmn/read.ts';
import { explainFee } from './tariff.ts';
import { labelsOf } from './tariff-labels.ts';
import { dayOf } from './tariff-rules.ts';
import { pairOf } from './tariff-text.ts';
import { readRounding, roundedTo, roundingWords } from './tariff-rounding.ts';
import type { RuleHit } from './types.ts';
import { toFeel } from './values.ts';

const ROUNDING = { mode: 'half up', unit: 1 };
const CITATION = 'تعرفه ۱۴۰۴ / Tariff 1404';

function hit(rule: number, year: number, citation = CITATION): RuleHit {
  return {
    decision: 'rate',
    rule,
    ruleId: `r${rule}`,
    inputs: [{ expression: 'year', value: new Decimal(year) }],
    outputs: { rate: new Decimal(1000 + rule), citation },
    annotations: { citation, from: '1404-01-01', until: '1404-12-29' },
  };
}

function line(more: JsonObject): JsonObject {
  return { code: 'a-1404', label: { fa: 'الف', en: 'A' }, amount: 10, basis: '1 × 10', citation: CITATION, ...more };
}

function codes(fee: unknown): readonly string[] {
  return explainFee(fee, []).findings.map((one) => {
    assert.ok(one.reason.fa !== '' && one.reason.en !== '' && one.mend.fa !== '');
    return `${one.code} ${one.place}`;
  });
}

test('a line names its rule, what the rule looked at, its act in both languages, its days and its amount', () => {
  const fee = { lines: [line({ exact: 9.5 })], total: 10, rounding: ROUNDING };
  const { explanation, findings } = explainFee(toFeel(fee), [hit(3, 1404)]);
  assert.deepEqual(findings, []);
  assert.deepEqual(explanation, {
    lines: [
      {
        code: 'a-1404',
        label: { fa: 'الف', en: 'A' },
        amount: '10',
        exact: '9.5',
        basis: { fa: '1 × 10', en: '1 × 10' },
        citation: { fa: 'تعرفه ۱۴۰۴', en: 'Tariff 1404' },
        rules: [
          {
            table: 'rate',
            rule: 3,
            inputs: [{ name: 'year', value: '1404' }],
            outputs: [{ name: 'rate', value: '1003' }],
            citation: { fa: 'تعرفه ۱۴۰۴', en: 'Tariff 1404' },
            from: '2025-03-21',
            until: '2026-03-20',
          },
        ],
      },
    ],
    total: '10',
    rounding: ROUNDING,
    otherRules: [],
  });
});

test('what the log keeps of a fee explains it as well as the fee itself', () => {
  const fee = toFeel({ lines: [line({ exact: 9.5 })], total: 10, rounding: ROUNDING });
  const kept = JSON.parse(JSON.stringify({ fee, hits: [hit(3, 1404)] })) as { fee: unknown; hits: RuleHit[] };
  assert.deepEqual(explainFee(kept.fee, kept.hits), explainFee(fee, [hit(3, 1404)]));
});

test('lines that share an act are told apart by the input in their code', () => {
  const lines = [line({ code: 'waste-1403' }), line({ code: 'waste-1404' })];
  const { explanation } = explainFee({ lines, total: 20 }, [hit(1, 1403), hit(2, 1404), hit(9, 1402, 'other')]);
  assert.deepEqual(
    explanation?.lines.map((one) => one.rules.map((rule) => rule.rule)),
    [[1], [2]],
  );
  assert.deepEqual(
    explanation?.otherRules.map((rule) => rule.rule),
    [9],
  );
});

test('what does not add up to the rial is refused with what is wrong', () => {
  assert.deepEqual(codes({ lines: [line({})], total: 11 }), ['fee-total total']);
  assert.deepEqual(codes({ lines: [line({ amount: 9.5 })], total: 9.5 }), ['fee-amount lines[0]']);
  assert.deepEqual(codes({ lines: [line({ amount: -10 })], total: -10 }), ['fee-amount lines[0]']);
  assert.deepEqual(codes({ lines: [line({ exact: 9.4 })], total: 10, rounding: ROUNDING }), ['fee-rounding lines[0]']);
  assert.deepEqual(codes({ lines: [line({ exact: 9.4 })], total: 10 }), ['fee-rounding lines[0]']);
  assert.deepEqual(codes({ lines: [line({})], total: 10, rounding: { mode: 'half up', unit: 1000 } }), ['fee-rounding lines[0]']);
  assert.deepEqual(codes({ lines: [line({})], total: 10, rounding: { mode: 'nearly' } }), ['fee-rounding rounding']);
  assert.deepEqual(codes(null), ['fee-shape fee']);
  assert.deepEqual(codes({ lines: ['x'], total: 0 }), ['fee-shape lines[0]']);
  assert.deepEqual(codes({ lines: [] }), ['fee-shape total']);
  assert.deepEqual(codes({ lines: [], total: 0 }), []);
});

const AMOUNT = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 4 }));
const MODES = ['half up', 'half down', 'half even', 'up', 'down'] as const;

test('law: amounts rounded as declared and summed explain themselves, and one rial off never does', () => {
  const unit = fc.constantFrom(1, 10, 1000);
  fc.assert(
    fc.property(fc.array(AMOUNT, { maxLength: 8 }), fc.constantFrom(...MODES), unit, (amounts, mode, size) => {
      const rounding = { mode, unit: size };
      const exact = amounts.map(([digits, scale]) => new Decimal(digits.toString()).div(10 ** scale));
      const lines = exact.map((one, at) => ({ code: `l-${at}`, label: 'x', exact: one, amount: roundedTo(one, rounding) }));
      const total = lines.reduce((sum, one) => sum.plus(one.amount), new Decimal(0));
      const { explanation } = explainFee({ lines, total, rounding: toFeel(rounding) }, []);
      assert.ok(explanation);
      assert.equal(explanation.total, explanation.lines.reduce((sum, one) => sum + BigInt(one.amount), 0n).toString());
      for (const one of explanation.lines) assert.equal(BigInt(one.amount) % BigInt(size), 0n);
      assert.ok(!explainFee({ lines, total: total.plus(1), rounding: toFeel(rounding) }, []).explanation);
      const [first] = lines;
      if (!first) return;
      const off = [{ ...first, amount: first.amount.plus(size) }, ...lines.slice(1)];
      assert.ok(!explainFee({ lines: off, total: total.plus(size), rounding: toFeel(rounding) }, []).explanation);
    }),
  );
});

test('law: rounding never moves an amount by a whole unit, and a larger amount never gives less', () => {
  fc.assert(
    fc.property(AMOUNT, AMOUNT, fc.constantFrom(...MODES), fc.constantFrom(1, 10, 1000), (one, other, mode, unit) => {
      const [a, b] = [one, other].map(([digits, scale]) => new Decimal(digits.toString()).div(10 ** scale));
      const [small, large] = a!.lte(b!) ? [a!, b!] : [b!, a!];
      assert.ok(roundedTo(small, { mode, unit }).lte(roundedTo(large, { mode, unit })));
      assert.ok(roundedTo(small, { mode, unit }).minus(small).abs().lt(unit));
    }),
  );
});

test('rounding is a mode of FEEL and a unit of whole rials, told in both languages', () => {
  assert.deepEqual(readRounding({ mode: 'half up', unit: 1000 }), { mode: 'half up', unit: 1000 });
  for (const wrong of [{ mode: 'half up', unit: 0 }, { mode: 'half up', unit: 0.5 }, { mode: 'toString', unit: 1 }, null, 'up'])
    assert.equal(readRounding(wrong), undefined);
  assert.equal(roundingWords({ mode: 'half up', unit: 1 }).en, 'rounded half up, to 1 rial');
  assert.match(roundingWords({ mode: 'down', unit: 1000 }).fa, /به پایین/);
});

test('days are read in both calendars, acts in both languages', () => {
  assert.equal(dayOf('1405-01-01'), '2026-03-21');
  assert.equal(dayOf('1403-12-30'), '2025-03-20');
  assert.equal(dayOf('1404-12-30'), undefined);
  assert.equal(dayOf('2026-03-21'), '2026-03-21');
  assert.equal(dayOf('2026-02-30'), undefined);
  assert.equal(dayOf('Nowruz'), undefined);
  assert.deepEqual(pairOf('قانون / Act'), { fa: 'قانون', en: 'Act' });
  assert.deepEqual(pairOf('Act 1 / 2'), { fa: 'Act 1 / 2', en: 'Act 1 / 2' });
});

test('tables, inputs and outputs go by their labels; what has one language goes by its name in the other', () => {
  const model =
    readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d"><decision id="rate" name="rate"><variable name="rate"/><decisionTable label="نرخ / Rate">
    <input label="سال"><inputExpression><text>year</text></inputExpression></input><input><inputExpression><text>use</text></inputExpression></input>
    <output name="rate" label="ضریب / factor"/><output name="share"/></decisionTable></decision></definitions>`);
  const labels = labelsOf([model]);
  const names = { year: { fa: 'سال', en: 'year' }, rate: { fa: 'ضریب', en: 'factor' } };
  assert.deepEqual(labels, { tables: { rate: { title: { fa: 'نرخ', en: 'Rate' }, names } }, values: {} });
  const { explanation } = explainFee({ lines: [line({})], total: 10 }, [hit(3, 1404)], labels);
  const [rule] = explanation?.lines[0]?.rules ?? [];
  assert.deepEqual(rule?.title, { fa: 'نرخ', en: 'Rate' });
  assert.deepEqual(rule?.inputs[0]?.label, names.year);
  assert.deepEqual(rule?.outputs[0]?.label, names.rate);
  const home = { fa: 'مسکونی', en: 'Residential' };
  const used = { ...hit(3, 1404), inputs: [{ expression: 'use', value: 'home' }] };
  const called = explainFee({ lines: [line({})], total: 10 }, [used], labelsOf([model], { home }));
  assert.deepEqual(called.explanation?.lines[0]?.rules[0]?.inputs, [{ name: 'use', value: 'home', words: home }]);
});
