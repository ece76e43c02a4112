// Gaps, overlaps, masked rules and wrong types of decision tables: found with the input that shows them, and nothing found in sound ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import { checkTables } from './check-tables.ts';
import { compileDecisions } from './compile.ts';
import { readDmn } from './read.ts';

type Shape = {
  readonly policy?: string;
  readonly aggregation?: string;
  readonly otherwise?: boolean;
  readonly inputs?: readonly string[];
  readonly types?: readonly string[];
  readonly values?: readonly string[];
  readonly output?: { readonly type?: string; readonly values?: string };
  readonly results?: readonly string[];
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A model of one table: each row the cells of its inputs. */
function xml(rows: readonly (readonly string[])[], shape: Shape = {}): string {
  const {
    policy = 'UNIQUE',
    aggregation,
    otherwise = false,
    inputs = ['area'],
    types = [],
    values = [],
    output = {},
    results,
  } = shape;
  const rules = rows.map(
    (cells, at) =>
      `<rule id="r${at}">${cells.map((cell) => `<inputEntry><text>${escaped(cell)}</text></inputEntry>`).join('')}<outputEntry><text>${escaped(results?.[at] ?? String(at))}</text></outputEntry></rule>`,
  );
  const columns = inputs.map((name, at) => {
    const type = types[at] === undefined ? '' : ` typeRef="${types[at]}"`;
    const allowed = values[at] === undefined ? '' : `<inputValues><text>${escaped(values[at])}</text></inputValues>`;
    return `<input><inputExpression${type}><text>${name}</text></inputExpression>${allowed}</input>`;
  });
  const given = inputs.map((name) => `<inputData id="in_${name}" name="${name}"><variable name="${name}"/></inputData>`);
  const needs = inputs.map((name) => `<informationRequirement><requiredInput href="#in_${name}"/></informationRequirement>`);
  const fallback = otherwise ? '<defaultOutputEntry><text>0</text></defaultOutputEntry>' : '';
  const outputValues = output.values === undefined ? '' : `<outputValues><text>${escaped(output.values)}</text></outputValues>`;
  const outputType = output.type === undefined ? '' : ` typeRef="${output.type}"`;
  const how = aggregation === undefined ? '' : ` aggregation="${aggregation}"`;
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d"><itemDefinition name="tUse"><typeRef>string</typeRef><allowedValues><text>"a","b"</text></allowedValues></itemDefinition>${given.join('')}<decision id="rate" name="rate"><variable name="rate"/>${needs.join('')}<decisionTable hitPolicy="${policy}"${how}>${columns.join('')}<output name="rate"${outputType}>${outputValues}${fallback}</output>${rules.join('')}</decisionTable></decision></definitions>`;
}

function found(rows: readonly (readonly string[])[], shape?: Shape): readonly string[] {
  return checkTables(readDmn(xml(rows, shape))).map(({ severity, code, place, reason, mend }) => {
    assert.ok(reason.fa !== '' && mend.fa !== '' && mend.en !== '');
    return `${severity} ${code} ${place}: ${reason.en}`;
  });
}

function codes(rows: readonly (readonly string[])[], shape?: Shape): readonly string[] {
  return checkTables(readDmn(xml(rows, shape))).map((one) => `${one.code} ${one.place}`);
}

test('a table that takes every input once has no finding', () => {
  assert.deepEqual(found([['<= 75'], [']75..150]'], ['> 150']]), []);
  assert.deepEqual(found([['"a"'], ['not("a")']], {}), []);
  const both = { inputs: ['own', 'floors'] };
  assert.deepEqual(found([['true', '-'], ['false', '< 10'], ['false', '>= 10']], both), []); // prettier-ignore
  assert.deepEqual(found([['< date("2026-03-21")'], ['>= date("2026-03-21")']]), []);
  assert.deepEqual(found([['< time("12:00:00")'], ['>= time("12:00:00")']]), []);
  assert.deepEqual(found([['< duration("P1Y")'], ['[duration("P1Y")..duration("P5Y")]'], ['> duration("P5Y")']]), []);
  assert.deepEqual(found([['<= duration("PT4H")'], ['> duration("PT4H")']]), []);
  assert.deepEqual(found([['< date and time("2026-03-21T00:00:00Z")'], ['>= date and time("2026-03-21T00:00:00Z")']]), []);
  assert.deepEqual(found([['1, 2'], ['not(1, 2)']]), []);
  assert.deepEqual(found([['? > 5 and ? < 10'], ['? <= 5 or ? >= 10']]), []);
  assert.deepEqual(found([['? in [1..5]'], ['not([1..5])']]), []);
  assert.deepEqual(found([['["a", "b"]'], ['not("a", "b")']]), []);
  assert.deepEqual(found([['null'], ['< 5'], ['>= 5']]), []);
  assert.deepEqual(found([['-']]), []);
});

test('whole numbers side by side leave no gap: years and floors are counted', () => {
  assert.deepEqual(found([['< 1403'], ['[1403..1404]'], ['>= 1405']]), []);
  assert.deepEqual(codes([['< 2.5'], ['[2.5..3]'], ['>= 4']]), ['table-gap rate']);
});

test('days side by side leave no gap, a day between two is one', () => {
  const year = '[date("2025-03-21")..date("2026-03-20")]';
  assert.deepEqual(found([['< date("2025-03-21")'], [year], ['>= date("2026-03-21")']]), []);
  assert.deepEqual(found([['< date("2025-03-21")'], [year], ['> date("2026-03-21")']]), [
    'warning table-gap rate: No rule takes this input: area = 2026-03-21.',
  ]);
});

test('a gap is told with an input that falls into it', () => {
  assert.deepEqual(found([['< 0.02'], ['> 0.02']]), ['warning table-gap rate: No rule takes this input: area = 0.02.']);
  assert.deepEqual(found([['<= 100'], ['> 200']]), ['warning table-gap rate: No rule takes this input: area = 101.']);
  assert.deepEqual(
    found(
      [
        ['"a"', '> 1'],
        ['"b"', '-'],
      ],
      { inputs: ['use', 'floors'] },
    ),
    [
      // prettier-ignore
      'warning table-gap rate: No rule takes this input: use = "a", floors = 0.',
    ],
  );
  assert.deepEqual(found([['> date("2026-03-21")']]), ['warning table-gap rate: No rule takes this input: area = 2026-03-20.']);
  assert.deepEqual(found([['< "m"'], ['> "m"']]), ['warning table-gap rate: No rule takes this input: area = "m".']);
  assert.deepEqual(found([['true']]), ['warning table-gap rate: No rule takes this input: area = false.']);
});

test('a default or a policy that may miss answers a gap', () => {
  assert.deepEqual(found([['> 1']], { otherwise: true }), []);
  for (const policy of ['COLLECT', 'RULE ORDER', 'OUTPUT ORDER']) assert.deepEqual(found([['> 1']], { policy }), []);
});

test('what an input may be is all that is asked: allowed values of the column, of its type, and bounds', () => {
  assert.deepEqual(found([['"a"'], ['"b"']], { values: ['"a","b"'] }), []);
  assert.deepEqual(codes([['"a"'], ['"b"']], { values: ['"a","b","c"'] }), ['table-gap rate']);
  assert.deepEqual(codes([['"a"']], { types: ['tUse'] }), ['table-gap rate']);
  assert.deepEqual(found([['[0..10]'], [']10..20]']], { values: ['[0..20]'] }), []);
  assert.deepEqual(codes([['[0..10]'], [']10..20]']], { values: ['[0..20.5]'] }), ['table-gap rate']);
});

test('two rules of a UNIQUE table that take one input are an error with both numbers', () => {
  assert.deepEqual(found([['<= 100'], ['>= 100']]), [
    'error table-overlap rate: rule 2: Rules 1, 2 take the same input, but the table is UNIQUE: area = 100.',
  ]);
  assert.deepEqual(found([['not("a")'], ['not("b")']]), [
    'error table-overlap rate: rule 2: Rules 1, 2 take the same input, but the table is UNIQUE: area = "other".',
  ]);
  assert.deepEqual(codes([['<= 100'], ['-']], { policy: 'FIRST' }), []);
  assert.deepEqual(codes([['< 5'], ['>= 5'], ['-']]), ['table-overlap rate: rule 3']);
});

test('rules of an ANY table may meet where they say the same', () => {
  const shape = { policy: 'ANY', results: ['"x"', '"x"', '"y"'] };
  assert.deepEqual(codes([['<= 100'], ['>= 100'], ['> 500']], shape), ['table-contradicts rate: rule 3']);
  assert.deepEqual(codes([['<= 100'], ['>= 100'], ['1']], { ...shape, results: ['"x"', '"x"', '"x"'] }), [
    'rule-never-decides rate: rule 3',
  ]);
});

test('a rule that others take everything from is told with the rules that do', () => {
  const words = (rules: string): string => `rule-never-decides rate: rule 3: Rule 3 never decides anything: ${rules} instead.`;
  assert.deepEqual(found([['-'], ['> 5']], { policy: 'FIRST' }), [
    'warning rule-never-decides rate: rule 2: Rule 2 never decides anything: rule 1 takes all its inputs and decides instead.',
  ]);
  assert.deepEqual(found([['<= 5'], ['> 5'], ['[1..9]']], { policy: 'FIRST' }), [
    `warning ${words('rules 1, 2 take all its inputs and decide')}`,
  ]);
  const ranked = { policy: 'PRIORITY', output: { values: '"high","low"' } };
  assert.deepEqual(codes([['> 5'], ['-']], { ...ranked, results: ['"low"', '"high"'] }), ['rule-never-decides rate: rule 1']);
  assert.deepEqual(codes([['> 5'], ['-']], { ...ranked, results: ['"high"', '"low"'] }), []);
  const largest = { policy: 'COLLECT', aggregation: 'MAX' };
  assert.deepEqual(codes([['> 5'], ['-']], { ...largest, results: ['10', '20'] }), ['rule-never-decides rate: rule 1']);
  assert.deepEqual(codes([['> 5'], ['-']], { policy: 'COLLECT', results: ['10', '20'] }), []);
  assert.deepEqual(codes([['-'], [']5..5[']], { policy: 'RULE ORDER' }), ['rule-never-decides rate: rule 2']);
});

test('a last rule for all the rest still decides where the input is null', () => {
  assert.deepEqual(codes([['< 5'], ['>= 5'], ['-']], { policy: 'FIRST' }), []);
});

test('a cell of another kind than its input, an output of another kind than its type', () => {
  assert.deepEqual(codes([['< 5'], ['"many"'], ['>= 5']], { types: ['number'] }), [
    'cell-type rate: rule 2',
    'rule-never-decides rate: rule 2',
  ]);
  assert.deepEqual(codes([['date("2026-03-21")']], { types: ['string'], policy: 'COLLECT' })[0], 'cell-type rate: rule 1');
  assert.deepEqual(codes([['< 5'], ['>= 5']], { output: { type: 'number' }, results: ['1', '"two"'] }), [
    'output-type rate: rule 2',
  ]);
  assert.deepEqual(codes([['"a"'], ['"b"'], ['"c"']], { types: ['tUse'] }), [
    'value-not-allowed rate: rule 3',
    'rule-never-decides rate: rule 3',
  ]);
  assert.deepEqual(codes([['< 5'], ['>= 5']], { output: { values: '"x","y"' }, results: ['"x"', '"z"'] }), [
    'value-not-allowed rate: rule 2',
  ]);
});

test('a column of another type than what it reads, and cells of several kinds where no type is told', () => {
  const typed = (cells: string, type: string): readonly string[] =>
    checkTables(
      readDmn(
        `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d"><itemDefinition name="tPlot"><itemComponent name="use"><typeRef>string</typeRef><allowedValues><text>"a","b"</text></allowedValues></itemComponent></itemDefinition>
        <inputData id="p" name="plot"><variable name="plot" typeRef="tPlot"/></inputData><decision id="rate" name="rate"><variable name="rate"/><informationRequirement><requiredInput href="#p"/></informationRequirement>
        <decisionTable><input><inputExpression ${type}><text>plot.use</text></inputExpression></input><output name="rate"/>${cells}</decisionTable></decision></definitions>`,
      ),
    ).map((one) => `${one.code} ${one.place}`);
  const rule = (cell: string): string =>
    `<rule id="r"><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>`;
  assert.deepEqual(typed(rule('"a"') + rule('"b"'), ''), [], 'the type and its allowed values are found along the path');
  assert.deepEqual(typed(rule('"a"'), ''), ['table-gap rate']);
  assert.ok(typed(rule('-'), 'typeRef="number"').includes('input-type rate'));
  assert.ok(typed(rule('5'), '').includes('cell-type rate: rule 1'));
  assert.deepEqual(codes([['< 5'], ['"x"'], ['>= 5']], { policy: 'FIRST' }), ['cell-type rate: rule 2']);
});

test('a text without its quotes is told as the name of nothing', () => {
  const [name, ...others] = found([['residential'], ['"office", commercial'], ['area'], ['true']], {
    policy: 'COLLECT',
    results: ['low', '1', '2', '3'],
  });
  assert.equal(name, 'error unknown-name rate: rule 1: “residential” in rule 1 is the name of nothing, and reads as null.');
  assert.deepEqual(
    others.slice(0, 2).map((one) => one.slice(0, one.indexOf(' in rule'))),
    ['error unknown-name rate: rule 1: “low”', 'error unknown-name rate: rule 2: “commercial”'],
  );
});

test('a table with cells that ask more is judged as far as it goes, and says so', () => {
  assert.deepEqual(codes([['list contains(?, "a")']]), ['table-not-analysed rate']);
  assert.deepEqual(codes([['> limit'], ['5']]), ['table-not-analysed rate']);
  assert.match(found([['> limit'], ['5']])[0] ?? '', /cells in rules 1 .*“> limit” under area/);
  const two = { inputs: ['a', 'b'] };
  assert.deepEqual(codes([['> limit', '< 5'], ['3', '[4..9]'], ['-', '7']], two), ['table-gap rate', 'table-overlap rate: rule 3', 'table-not-analysed rate']); // prettier-ignore
});

test('a cell that cannot be judged is no matter where nothing hangs on it', () => {
  assert.deepEqual(codes([['list contains(?, "a")'], ['-']], { policy: 'FIRST' }), []);
  assert.deepEqual(codes([['list contains(?, "a")']], { policy: 'COLLECT' }), []);
});

test('tables inside boxed expressions are judged too, with the names made around them', () => {
  const table =
    '<decisionTable><input><inputExpression><text>made</text></inputExpression></input><output name="x"/><rule id="r"><inputEntry><text>other</text></inputEntry><outputEntry><text>made</text></outputEntry></rule></decisionTable>';
  const inside = (boxed: string): readonly string[] =>
    checkTables(
      readDmn(
        `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:d"><decision id="rate" name="rate"><variable name="rate"/>${boxed}</decision></definitions>`,
      ),
    ).map((one) => one.code);
  const names =
    '<contextEntry><variable name="made"/><literalExpression><text>1</text></literalExpression></contextEntry><contextEntry><variable name="other"/><literalExpression><text>1</text></literalExpression></contextEntry>';
  assert.deepEqual(inside(`<context>${names}<contextEntry>${table}</contextEntry></context>`), ['table-not-analysed']);
  assert.deepEqual(inside(`<list>${table}</list>`), ['unknown-name', 'unknown-name', 'table-not-analysed']);
  const half = `<if><literalExpression><text>true</text></literalExpression></if><then>${table}</then><else>${table}</else>`;
  assert.equal(inside(`<conditional>${half}</conditional>`).length, 6);
  const loop = `<for iteratorVariable="made"><in><literalExpression><text>[1]</text></literalExpression></in><return>${table}</return></for>`;
  assert.deepEqual(inside(loop), ['unknown-name', 'table-not-analysed']);
});

test('two columns of one expression are one input', () => {
  assert.deepEqual(found([['>= 0', '< 5'], ['>= 5', '-'], ['< 0', '-']], { inputs: ['a', 'a'] }), []); // prettier-ignore
});

test('law: bands cut at any ends are sound, and a band taken away is a gap', () => {
  const ends = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(ends, fc.nat(), (cuts, pick) => {
      // Tenths, so that neighbours are measured numbers, not counted ones.
      const at = cuts.toSorted((a, b) => a - b).map((one) => (one / 10 + 0.05).toFixed(2));
      const bands = [[`<= ${at[0]}`], ...at.slice(1).map((end, index) => [`]${at[index]}..${end}]`]), [`> ${at.at(-1)}`]];
      assert.deepEqual(found(bands), []);
      const gone = found(bands.toSpliced(pick % bands.length, 1));
      assert.equal(gone.filter((one) => one.startsWith('warning table-gap')).length, 1);
    }),
  );
});

const end = fc.integer({ min: 0, max: 4 }).map((one) => String(one + 0.5));
const NUMBER_CELLS = fc.oneof(
  fc.constant('-'),
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', ''), end).map((parts) => parts.join(' ').trim()),
  fc
    .tuple(fc.constantFrom('[', ']'), end, end, fc.constantFrom(']', '['))
    .map(([open, a, b, close]) => `${open}${[a, b].sort().join('..')}${close}`),
  fc.tuple(end, end).map(([a, b]) => `not(${a}, > ${b})`),
  fc.tuple(end, end).map(([a, b]) => `? >= ${a} and ? != ${b}`),
  fc.constant('null'),
);
const TEXT_CELLS = fc.constantFrom('-', '"a"', '"b"', '"a", "b"', 'not("a")', 'not("a", "b")', 'null');
const TRUTH_CELLS = fc.constantFrom('-', 'true', 'false', 'not(true)');
const ROWS = fc.array(fc.tuple(NUMBER_CELLS, TEXT_CELLS, TRUTH_CELLS), { minLength: 1, maxLength: 7 });
const INPUTS = ['size', 'use', 'own'];
const VALUES: readonly (readonly FeelValue[])[] = [
  [...Array.from({ length: 11 }, (_, at) => new Decimal(at).div(2)), null],
  ['a', 'b', 'other', null],
  [true, false, null],
];

/** Every input of the grid, with the rules that hit it, by the library itself. */
function grid(
  rows: readonly (readonly string[])[],
): readonly { readonly input: FeelContext; readonly hits: readonly number[] }[] {
  const { library } = compileDecisions([readDmn(xml(rows, { policy: 'COLLECT', inputs: INPUTS }))]);
  return VALUES[0]!.flatMap((size) =>
    VALUES[1]!.flatMap((use) =>
      VALUES[2]!.map((own) => {
        const input = { size, use, own };
        return { input, hits: library.evaluate('rate', input).hits.map((hit) => hit.rule) };
      }),
    ),
  );
}

test('law: against every input of a grid, nothing is found that is not there and nothing there is missed', () => {
  fc.assert(
    fc.property(ROWS, fc.constantFrom('UNIQUE', 'FIRST'), (rows, policy) => {
      const all = grid(rows);
      const findings = codes(rows, { policy, inputs: INPUTS });
      const names = (column: number, text: string): boolean => rows.some((row) => (row[column] ?? '').includes(text));
      const asked = all.filter(({ input }) =>
        INPUTS.every((name, column) => {
          const value = input[name];
          if (value === null) return names(column, 'null');
          if (value === 'other') return names(column, 'not(') || !names(column, '"');
          return typeof value === 'string' ? names(column, `"${value}"`) || !names(column, '"') : true;
        }),
      );
      // An input of one class only is left open: what stands for it here is any value.
      const gap = asked.some(({ hits }) => hits.length === 0);
      assert.equal(findings.includes('table-gap rate'), gap, `gap\n${rows.join('\n')}`);
      for (const rule of rows.keys()) {
        const overlap = policy === 'UNIQUE' && all.some(({ hits }) => hits.includes(rule + 1) && hits.some((hit) => hit <= rule));
        assert.equal(
          findings.includes(`table-overlap rate: rule ${rule + 1}`),
          overlap,
          `overlap ${rule + 1}\n${rows.join('\n')}`,
        );
        const never = !all.some(({ hits }) => (policy === 'FIRST' ? hits[0] === rule + 1 : hits.includes(rule + 1)));
        assert.equal(
          findings.includes(`rule-never-decides rate: rule ${rule + 1}`),
          never,
          `never ${rule + 1}\n${rows.join('\n')}`,
        );
      }
      assert.ok(!findings.includes('table-not-analysed rate'));
    }),
    { numRuns: 300 },
  );
});

test('law: the input a gap is told with is one that no rule takes', () => {
  fc.assert(
    fc.property(ROWS, (rows) => {
      const gap = found(rows, { policy: 'FIRST', inputs: INPUTS }).find((one) => one.includes('table-gap'));
      if (gap === undefined) return;
      const words = /input: (.*)\.$/.exec(gap)?.[1] ?? '';
      const input = Object.fromEntries(
        words.split(', ').map((pair) => {
          const [name = '', text = ''] = pair.split(' = ');
          const value = text === 'null' || text === '-' ? null : text === 'true' ? true : text === 'false' ? false : text;
          return [
            name,
            typeof value !== 'string' ? value : value.startsWith('"') ? (JSON.parse(value) as string) : new Decimal(value),
          ];
        }),
      );
      const { library } = compileDecisions([readDmn(xml(rows, { policy: 'COLLECT', inputs: INPUTS }))]);
      assert.equal(library.evaluate('rate', { size: null, use: null, own: null, ...input }).hits.length, 0, gap);
    }),
    { numRuns: 200 },
  );
});

test('a table of 200 rules over five inputs is judged within the pause between two keystrokes', () => {
  // 5 × 5 × 2 × 2 × 2 bands, parted at the same ends: complete, without overlap.
  const bands = (first: number): readonly string[] => [
    `< ${first}`,
    ...[0, 1, 2].map((at) => `[${first + at}..${first + at + 1}[`),
    `>= ${first + 3}`,
  ];
  const halves = (text: string): readonly string[] => [`"${text}"`, `not("${text}")`];
  const rows = bands(10).flatMap((a) =>
    bands(50.5).flatMap((b) =>
      halves('x').flatMap((c) => halves('y').flatMap((d) => ['true', 'false'].map((e) => [a, b, c, d, e]))),
    ),
  );
  assert.equal(rows.length, 200);
  const inputs = ['a', 'b', 'c', 'd', 'e'];
  for (const policy of ['UNIQUE', 'FIRST']) {
    const model = readDmn(xml(rows, { inputs, policy }));
    assert.deepEqual(checkTables(model), []);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      checkTables(model);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 50, `${policy}: ${times.map((one) => one.toFixed(1)).join(' ')} ms`);
  }
  const gone = found(rows.toSpliced(77, 1), { inputs });
  assert.equal(gone.length, 1);
  assert.match(gone[0] ?? '', /table-gap/);
});
