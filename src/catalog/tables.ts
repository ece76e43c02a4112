// Does a decision table answer for every input, and once where it must: gaps, overlaps of UNIQUE rules, rules that never decide.
// Cells of literals, comparisons and intervals are judged exactly, by one sample between each two of their ends. A table with other cells is not judged.
import { Decimal } from '#base/decimal.ts';
import type { Finding } from '#base/finding.ts';
import { compileExpression, compileUnaryTests } from '#rules/expression.ts';
import type { Boxed, DmnModel } from '#rules/dmn/model.ts';
import type { FeelValue } from '#rules/types.ts';
import { problem, warning } from './findings.ts';

export type Table = Extract<Boxed, { is: 'table' }>;
/** `unnamed`: a word that no cell names. It can be an input, but a table need not take it. */
type Sample = { readonly text: string; readonly value: FeelValue; readonly unnamed?: true };
/** One input: its samples, and for each rule which of them its cell takes. */
type Column = { readonly name: string; readonly samples: readonly Sample[]; readonly takes: readonly (readonly boolean[])[] };

const LITERAL = String.raw`(?:-?\d+(?:\.\d+)?|"[^"]*"|date\("[^"]*"\)|@"[^"]*"|true|false|null)`;
const TEST = String.raw`(?:(?:[<>]=?|!?=)?\s*${LITERAL}|[\[\](]\s*${LITERAL}\s*\.\.\s*${LITERAL}\s*[\])\[])`;
const TESTS = String.raw`${TEST}(?:\s*,\s*${TEST})*`;
const PLAIN = new RegExp(String.raw`^(?:-|${TESTS}|not\(\s*${TESTS}\s*\))$`);
const LITERALS = new RegExp(LITERAL, 'g');
const UNNAMED: Sample = { text: '…', value: '\u0000', unnamed: true };
/** More combinations than these are not tried. */
const MOST_COMBINATIONS = 50_000;
/** Policies under which no hit is an answer too. */
const MAY_MISS = new Set(['COLLECT', 'RULE ORDER', 'OUTPUT ORDER']);

export function checkTables(model: DmnModel): readonly Finding[] {
  return [...model.decisions, ...model.functions].flatMap((one) =>
    tableIn(one.logic).flatMap((table) => checkTable(one.name, table)),
  );
}

/** The table that an element's logic is. */
export function tableIn(logic: Boxed | undefined): readonly Table[] {
  if (logic?.is === 'function') return tableIn(logic.body);
  return logic?.is === 'table' ? [logic] : [];
}

function checkTable(owner: string, table: Table): readonly Finding[] {
  const columns = table.inputs.map((_, at) => columnOf(table, at));
  const known = columns.filter((one) => one !== undefined);
  const count = known.reduce((product, one) => product * one.samples.length, 1);
  if (known.length < columns.length || count > MOST_COMBINATIONS) return [];
  const decides = new Set<number>();
  let gap: readonly number[] | undefined;
  let overlap: { readonly at: readonly number[]; readonly hits: readonly number[] } | undefined;
  for (const at of combinations(known)) {
    const hits = table.rules.flatMap((_, rule) => (isHit(known, rule, at) ? [rule] : []));
    for (const rule of table.hitPolicy === 'FIRST' ? hits.slice(0, 1) : hits) decides.add(rule);
    if (hits.length === 0 && !known.some((one, index) => one.samples[at[index] ?? 0]?.unnamed)) gap ??= at;
    if (hits.length > 1 && table.hitPolicy === 'UNIQUE') overlap ??= { at, hits };
  }
  const isAnswered = MAY_MISS.has(table.hitPolicy) || table.outputs.every((one) => one.otherwise !== undefined);
  const idle = table.rules.flatMap((_, rule) => (decides.has(rule) ? [] : [rule]));
  return [
    ...(gap && !isAnswered ? [gapFinding(owner, words(known, gap))] : []),
    ...(overlap ? [overlapFinding(owner, overlap.hits, words(known, overlap.at))] : []),
    ...idle.map((rule) => idleFinding(owner, rule)),
  ];
}

function* combinations(columns: readonly Column[]): Generator<readonly number[]> {
  const [first, ...rest] = columns;
  if (!first) {
    yield [];
    return;
  }
  for (const tail of combinations(rest)) for (const at of first.samples.keys()) yield [at, ...tail];
}

function isHit(columns: readonly Column[], rule: number, at: readonly number[]): boolean {
  return columns.every((column, index) => column.takes[rule]?.[at[index] ?? 0] === true);
}

/** Undefined where a cell is more than literals, comparisons and intervals. */
function columnOf(table: Table, at: number): Column | undefined {
  const input = table.inputs[at];
  const cells = table.rules.map((rule) => (rule.tests[at] ?? '-').trim() || '-');
  if (!input || !cells.every((cell) => PLAIN.test(cell))) return undefined;
  const declared = input.values !== undefined && PLAIN.test(input.values.trim()) ? (input.values.match(LITERALS) ?? []) : [];
  const literals = [...new Set([...cells.flatMap((cell) => cell.match(LITERALS) ?? []), ...declared])];
  const named = samplesOf(literals);
  const isOpen = declared.length === 0 && named.some((one) => typeof one.value === 'string');
  const samples = isOpen ? [...named, UNNAMED] : named;
  const takes = cells.map((cell) => {
    const test = compileUnaryTests(cell);
    return samples.map((sample) => cell === '-' || test.evaluate({ '?': sample.value }).value === true);
  });
  return { name: input.text, samples, takes };
}

function samplesOf(literals: readonly string[]): readonly Sample[] {
  const ends = literals.map((text): Sample => ({ text, value: compileExpression(text).evaluate({}).value }));
  const numbers = ends.flatMap(({ value }) => (value instanceof Decimal ? [value] : []));
  const days = ends.filter(({ text }) => /^(?:date\(|@)/.test(text));
  const truths = literals.some((text) => text === 'true' || text === 'false') ? ['true', 'false'] : [];
  const made = [
    ...ends.filter(({ value }) => typeof value === 'string' || value === null),
    ...numbersAround(numbers).map((value): Sample => ({ text: value.toString(), value })),
    ...days.flatMap(({ text }) => [`${text} - duration("P1D")`, text, `${text} + duration("P1D")`].map(sampleOf)),
    ...truths.map(sampleOf),
  ];
  return made.length > 0 ? made : [{ text: 'null', value: null }];
}

function sampleOf(text: string): Sample {
  const { value } = compileExpression(text).evaluate({});
  const isPlain = value === null || typeof value === 'boolean';
  return { text: isPlain ? text : String(value), value };
}

/** The ends, a value below, above and between; not between neighbouring whole numbers, which are counted and not measured. */
function numbersAround(numbers: readonly Decimal[]): readonly Decimal[] {
  const ends = numbers.toSorted((a, b) => a.cmp(b));
  const [lowest, highest] = [ends[0], ends.at(-1)];
  if (!lowest || !highest) return [];
  const between = ends.slice(1).flatMap((end, at) => {
    const before = ends[at] ?? end;
    const isNext = before.isInteger() && end.isInteger() && end.minus(before).lte(1);
    return isNext ? [] : [before.plus(end).div(2)];
  });
  return [lowest.minus(1), ...ends, ...between, highest.plus(1)];
}

function words(columns: readonly Column[], at: readonly number[]): string {
  return columns.map((column, index) => `${column.name} = ${column.samples[at[index] ?? 0]?.text ?? ''}`).join(', ');
}

function gapFinding(owner: string, inputs: string): Finding {
  return warning(
    { code: 'table-gap', file: '', place: owner },
    [`هیچ قاعده‌ای این ورودی را نمی‌گیرد: ${inputs}.`, `No rule takes this input: ${inputs}.`],
    ['قاعده‌ای برای آن بیفزایید یا مقدار پیش‌فرض بدهید.', 'Add a rule for it, or give the outputs a default.'],
  );
}

function overlapFinding(owner: string, rules: readonly number[], inputs: string): Finding {
  const numbers = rules.map((one) => one + 1).join(', ');
  return problem(
    { code: 'table-overlap', file: '', place: `${owner}: rule ${(rules[1] ?? 0) + 1}` },
    [
      `قاعده‌های ${numbers} هر دو این ورودی را می‌گیرند، اما جدول UNIQUE است: ${inputs}.`,
      `Rules ${numbers} take the same input, but the table is UNIQUE: ${inputs}.`,
    ],
    ['مرزها را از هم جدا کنید یا سیاست جدول را عوض کنید.', 'Part their bounds, or change the hit policy.'],
  );
}

function idleFinding(owner: string, rule: number): Finding {
  return warning(
    { code: 'rule-never-decides', file: '', place: `${owner}: rule ${rule + 1}` },
    [`قاعدهٔ ${rule + 1} هیچ‌گاه به کار نمی‌آید.`, `Rule ${rule + 1} never decides anything.`],
    ['آن را بردارید یا ترتیب و شرط‌ها را درست کنید.', 'Remove it, or correct the order and its conditions.'],
  );
}
