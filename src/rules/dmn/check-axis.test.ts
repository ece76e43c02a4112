// One input as classes of values: whatever value comes, one of the classes stands for it, and answers as the cells themselves do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileExpression, compileUnaryTests } from '#rules/expression.ts';
import type { FeelValue } from '#rules/types.ts';
import { axisOf } from './check-axis.ts';
import { has } from './check-bits.ts';
import { cellReader } from './check-cell.ts';
import { valueWords } from './check-findings.ts';

/** For each kind: what cells compare with, in order, and values between, beside and beyond them. */
const KINDS: { readonly [kind: string]: { readonly ends: readonly string[]; readonly probes: readonly string[] } } = {
  number: { ends: ['-3', '0', '0.5', '1', '2', '10'], probes: ['-100', '-3.0', '-1', '0.25', '0.75', '1.5', '5', '10', '11'] },
  string: { ends: ['"a"', '"b"', '"ب"', '"پ"'], probes: ['""', '"a"', '"aa"', '"b"', '"ب"', '"ت"', '"پ"', '"zz"'] },
  date: {
    ends: ['date("2025-03-21")', 'date("2026-03-20")', 'date("2026-03-21")', '@"2027-03-20"'],
    probes: [
      '@"2020-01-01"',
      '@"2025-03-20"',
      '@"2025-03-21"',
      '@"2026-03-20"',
      '@"2026-03-21"',
      '@"2026-07-01"',
      '@"2027-03-21"',
    ],
  },
  time: {
    ends: ['time("08:00:00")', 'time("12:30:00")', '@"16:00:00"'],
    probes: ['@"00:00:00"', '@"08:00:00"', '@"08:00:01"', '@"12:29:59"', '@"23:59:59"'],
  },
  'date and time': {
    ends: ['date and time("2026-03-20T23:59:59Z")', 'date and time("2026-03-21T00:00:00Z")', '@"2026-03-21T12:00:00+03:30"'],
    probes: ['@"2026-03-20T00:00:00Z"', '@"2026-03-20T23:59:59Z"', '@"2026-03-21T03:30:00+03:30"', '@"2026-03-22T00:00:00Z"'],
  },
  'days and time duration': {
    ends: ['@"-P1D"', 'duration("PT4H")', 'duration("P1D")', '@"P10D"'],
    probes: ['@"PT0S"', '@"PT4H"', '@"PT3H59M59S"', '@"P9DT23H"', '@"P11D"', '-@"P2D"'],
  },
  'years and months duration': {
    ends: ['duration("P1Y")', 'duration("P13M")', '@"P5Y"'],
    probes: ['@"P0M"', '@"P12M"', '@"P13M"', '@"P2Y"', '@"P6Y"'],
  },
};
const TRUTHS = ['true', 'false', '-', 'not(true)', 'true, false', '?', 'not(?)', 'null', '!= true'];

/** Cells that compare with two ends of a kind. */
function cellsOf(ends: readonly string[], low: number, high: number): readonly string[] {
  const [a = '', b = ''] = [ends[Math.min(low, high)], ends[Math.max(low, high)]];
  return [
    '-',
    'null',
    a,
    `= ${a}`,
    `!= ${a}`,
    `< ${a}`,
    `<= ${b}`,
    `> ${a}`,
    `>= ${b}`,
    `[${a}..${b}]`,
    `]${a}..${b}[`,
    `(${a}..${b}]`,
    `${a}, > ${b}`,
    `not(${a})`,
    `not(${a}, ${b})`,
    `not([${a}..${b}])`,
    `not(null)`,
    `? >= ${a} and ? < ${b}`,
    `? = ${a} or ? = ${b}`,
    `? in [${a}..${b}]`,
    `? in (${a}, > ${b})`,
    `? between ${a} and ${b}`,
    `not(? < ${a})`,
    `[${a}, ${b}]`,
    `(< ${a})`,
  ];
}

function valueOf(text: string): FeelValue {
  const { value, problems } = compileExpression(text).evaluate({});
  assert.deepEqual(problems, [], text);
  return value;
}

function judge(cells: readonly string[], probes: readonly FeelValue[]): void {
  const cellOf = cellReader();
  for (const cell of cells) assert.notEqual(cellOf(cell).is, 'opaque', cell);
  const axis = axisOf({ name: 'x', cells: cells.map((cell) => [cellOf(cell)]), allowed: { is: 'any' }, kind: undefined });
  const tests = cells.map((cell) => compileUnaryTests(cell));
  const answers = (value: FeelValue): string =>
    tests.map((one) => (one.evaluate({ '?': value }).value === true ? 1 : 0)).join('');
  const classes = axis.classes.map((one) => ({
    value: one.value,
    bits: cells.map((_, rule) => (has(one.sure, rule) ? 1 : 0)).join(''),
  }));
  for (const one of classes)
    assert.equal(answers(one.value), one.bits, `class of ${valueWords(one.value)}: ${cells.join(' | ')}`);
  for (const probe of [...probes, null])
    assert.ok(
      classes.some((one) => one.bits === answers(probe)),
      `no class stands for ${valueWords(probe)}: ${cells.join(' | ')}`,
    );
}

for (const [kind, { ends, probes }] of Object.entries(KINDS)) {
  test(`law: every ${kind} has a class that answers as it does`, () => {
    const values = [...ends, ...probes].map(valueOf);
    const place = fc.nat({ max: ends.length - 1 });
    const cell = fc.tuple(place, place, fc.nat()).map(([low, high, at]) => {
      const all = cellsOf(ends, low, high);
      return all[at % all.length] ?? '-';
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => judge(cells, values)),
      { numRuns: 150 },
    );
  });
}

test('law: truth values too', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...TRUTHS), { minLength: 1, maxLength: 4 }), (cells) => judge(cells, [true, false])),
  );
});

test('times with a zone and without lie on lines of their own', () => {
  judge(
    ['< time("12:00:00")', '>= time("12:00:00")', '< time("12:00:00Z")'],
    ['@"11:00:00"', '@"11:00:00Z"', '@"13:00:00+01:00"'].map(valueOf),
  );
});

test('a column of two kinds keeps them apart', () => {
  judge(['< 5', '"a"', 'not("a")', 'date("2026-03-21")'], ['4', '5', '"a"', '"b"', '@"2026-03-21"'].map(valueOf));
});

test('what asks more than a comparison with constants is opaque', () => {
  const cellOf = cellReader();
  for (const cell of [
    'list contains(?, "a")',
    '> limit',
    '? > limit',
    '< today()',
    '? + 1 > 5',
    'string length(?) > 3',
    'if ? > 1 then true else false',
    '< (',
    'some x in ? satisfies x > 1',
  ])
    assert.equal(cellOf(cell).is, 'opaque', cell);
});
