// FEEL expressions and a decision table a second, ours beside feelin's, which reads each expression anew and counts in binary floats.
// Both take the same JSON; ours turns it into decimals and the result back each time. Answers are compared before anything is measured.
import assert from 'node:assert/strict';
import { evaluate, unaryTest } from 'feelin';
import type { JsonObject } from '#base/json.ts';
import { compileExpression } from '#rules/expression.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import type { FeelContext } from '#rules/types.ts';
import { fromFeel, toFeel } from '#rules/values.ts';
import type { Measure } from '../table.ts';
import { cost, turnsIn } from './clock.ts';
import { INPUTS, OUTPUTS, RULES, TARIFF_CASES, tariffDmn } from './tariff.ts';

const ROUNDS = 3;
const MILLIS = 400;

const CONTEXT: JsonObject = {
  area: 120.5,
  rate: 1500,
  use: 'residential',
  city: 'تهران',
  district: 6,
  code: '1404-6-1045',
  submitted: '2026-11-24',
  lines: [
    { label: 'renovation', amount: 617_000, share: 0.5 },
    { label: 'waste', amount: 240_500, share: 1 },
    { label: 'arrears', amount: 12_250, share: 0.25 },
  ],
};
/** What models of this repository compute, in kind and length. */
const EXPRESSIONS = [
  'if area > 100 then area * rate * 0.5 else 0',
  'sum(for line in lines return line.amount * line.share)',
  'count(lines[amount > 100000])',
  'use = "residential" and district between 1 and 22 and substring(code, 1, 4) = "1404"',
  'some line in lines satisfies line.amount > 500000',
  'string join([city, use, code], " / ")',
  'date(submitted) + duration("P10D") > date("2026-12-01")',
  '{ base: area * rate, waste: base / 4, total: base + waste }.total',
];

function ourExpressions(): () => readonly unknown[] {
  const compiled = EXPRESSIONS.map((source) => compileExpression(source, { names: Object.keys(CONTEXT) }));
  return () => compiled.map((one) => fromFeel(one.evaluate(toFeel(CONTEXT) as FeelContext).value));
}

function theirExpressions(): readonly unknown[] {
  return EXPRESSIONS.map((source) => evaluate(source, CONTEXT).value);
}

type Case = (typeof TARIFF_CASES)[number];

function ourTable(): (of: Case) => unknown {
  const { library, findings } = compileDecisions([readDmn(tariffDmn())]);
  assert.deepEqual(findings, []);
  return (of) => fromFeel(library.evaluate('tariff', toFeel(of) as FeelContext).value);
}

/** The smallest evaluator of a unique table: a rule is left at its first cell that fails; more than one hit would be null. */
function theirTable(of: Case): unknown {
  const values = INPUTS.map((source) => evaluate(source, of).value);
  const hits = RULES.filter(({ tests }) => tests.every((test, at) => unaryTest(test, { ...of, '?': values[at] }).value === true));
  const [hit, second] = hits;
  return hit && !second
    ? Object.fromEntries(OUTPUTS.map((name, at) => [name, evaluate(hit.results[at] ?? 'null', of).value]))
    : null;
}

async function perSecond(each: number, work: () => void): Promise<number> {
  turnsIn(MILLIS / 4, work);
  const { cpu } = await cost(ROUNDS, () => turnsIn(MILLIS, work));
  return (1e6 / cpu) * each;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export async function rules(): Promise<readonly Measure[]> {
  const expressions = ourExpressions();
  assert.deepEqual(plain(expressions()), plain(theirExpressions()), 'both give the same answers');
  const table = ourTable();
  for (const one of TARIFF_CASES) assert.deepEqual(plain(table(one)), plain(theirTable(one)), 'both find the same rule');
  const everyCase = (of: (one: Case) => unknown) => (): void => TARIFF_CASES.forEach((one) => void of(one));
  const feel = await perSecond(EXPRESSIONS.length, () => void expressions());
  const feelin = await perSecond(EXPRESSIONS.length, () => void theirExpressions());
  const tables = await perSecond(TARIFF_CASES.length, everyCase(table));
  const feelinTables = await perSecond(TARIFF_CASES.length, everyCase(theirTable));
  return [
    {
      name: 'feel_per_s',
      value: feel,
      unit: 'expressions/s',
      note: `CPU; ${EXPRESSIONS.length} expressions on decimals, JSON in and out`,
    },
    { name: 'feelin_per_s', value: feelin, unit: 'expressions/s', note: 'CPU; the same, read anew each time, binary floats' },
    { name: 'feel_times_faster_than_feelin', value: feel / feelin, unit: '×' },
    {
      name: 'table_per_s',
      value: tables,
      unit: 'tables/s',
      note: `CPU; ${RULES.length} rules of ${INPUTS.length} inputs, the rule that hit told`,
    },
    { name: 'feelin_table_per_s', value: feelinTables, unit: 'tables/s', note: 'CPU; the smallest evaluator on unaryTest' },
    { name: 'table_times_faster_than_feelin', value: tables / feelinTables, unit: '×', note: 'aim ≥ 50' },
  ];
}
