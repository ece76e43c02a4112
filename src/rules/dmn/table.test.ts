// Decision tables: cells, hit policies with several outputs, defaults, allowed values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '#base/json.ts';
import type { FeelContext } from '#rules/types.ts';
import { toFeel } from '#rules/values.ts';
import { cells, library, run, type Data, type Spec } from '#testing/decision-table.ts';

test('a cell is a value, a list of tests, an interval, a negation, an expression of ?, a function, or empty', () => {
  const hit = (cell: string, x: Json, more: Data = {}): string => run(cells([cell, '"hit"']), { x, ...more });
  for (const [cell, x] of [
    ['5', 5],
    ['5, 6', 6],
    ['< 5, > 10', 11],
    ['[1..5)', 1],
    [']1..5]', 5],
    ['not(5, 6)', 7],
    ['not(< 5)', 5],
    ['-', null],
    ['', 'anything'],
    ['null', null],
    ['"a","b"', 'b'],
    ['true', true],
    ['? > 5 and ? < 10', 7],
    ['contains(?, "ab")', 'cab'],
    ['? in [1..5]', 3],
    ['y', 4],
    ['> y', 5],
    ['[y..10]', 4],
    ['[1, 2, 3]', 2],
    ['[[1..3], [7..9]]', 8],
    ['odd(?)', 3],
    ['some n in [1, 2] satisfies n = ?', 2],
    ['"a"', ['a']],
    ['list contains(?, "b")', ['a', 'b']],
    ['?[1] = 1', [1, 2]],
    ['!= 3', 4],
    ['(>= 3)', 3],
    ['"z" > ?', 'a'],
  ] as const)
    assert.equal(hit(cell, x as Json, { y: 4 }), 'hit', cell);
  for (const [cell, x] of [
    ['5', 6],
    ['[1..5)', 5],
    ['not(5, 6)', 5],
    ['< 5', null],
    ['< 5', 'a'],
    ['"a"', null],
    ['true', false],
    ['not(null)', null],
    ['y', 5],
    ['? > 5 and ? < 10', 11],
    ['[1, 2, 3]', 4],
  ] as const)
    assert.equal(hit(cell, x, { y: 4 }), 'null', cell);
});

const TWO: Spec = {
  inputs: ['x'],
  outputs: ['level', 'share'],
  outputValues: ['"high","middle","low"', '3,2,1'],
  rules: [
    [['< 10'], ['"low"', '1']],
    [['< 5'], ['"high"', '2']],
    [['< 5'], ['"high"', '3']],
    [['< 3'], ['"middle"', '1']],
  ],
};

test('several outputs make a context; priority and output order look at the first output first', () => {
  const policy = (hitPolicy: string, x = 1): string => run({ ...TWO, policy: `hitPolicy="${hitPolicy}"` }, { x });
  assert.equal(policy('PRIORITY'), '{level: "high", share: 3}');
  assert.equal(policy('FIRST'), '{level: "low", share: 1}');
  assert.equal(policy('UNIQUE'), 'null');
  assert.equal(policy('UNIQUE', 7), '{level: "low", share: 1}');
  assert.equal(policy('ANY'), 'null');
  assert.equal(policy('ANY', 7), '{level: "low", share: 1}');
  assert.equal(
    policy('OUTPUT ORDER'),
    '[{level: "high", share: 3}, {level: "high", share: 2}, {level: "middle", share: 1}, {level: "low", share: 1}]',
  );
  assert.equal(policy('RULE ORDER', 4), '[{level: "low", share: 1}, {level: "high", share: 2}, {level: "high", share: 3}]');
  assert.equal(policy('COLLECT', 7), '[{level: "low", share: 1}]');
  assert.equal(run({ ...TWO, policy: 'hitPolicy="COLLECT" aggregation="COUNT"' }, { x: 1 }), '4');
  assert.equal(run({ ...TWO, policy: 'hitPolicy="COLLECT" aggregation="SUM"' }, { x: 1 }), 'null');
  assert.equal(run({ ...TWO, policy: 'hitPolicy="WHATEVER"' }, { x: 1 }), 'null');
});

test('aggregations are over the hits; without a hit there is nothing to add', () => {
  const table = cells(['< 10', '1.5'], ['< 5', '2'], ['< 3', 'x * 10']);
  const aggregated = (aggregation: string, x: number): string =>
    run({ ...table, policy: `hitPolicy="COLLECT" aggregation="${aggregation}"` }, { x });
  assert.deepEqual(
    ['SUM', 'MIN', 'MAX', 'COUNT'].map((name) => aggregated(name, 2)),
    ['23.5', '1.5', '20', '3'],
  );
  assert.deepEqual(
    ['SUM', 'MIN', 'MAX', 'COUNT'].map((name) => aggregated(name, 20)),
    ['null', 'null', 'null', '0'],
  );
  assert.equal(run({ ...cells(['-', '"b"'], ['-', '"a"']), policy: 'hitPolicy="COLLECT" aggregation="MIN"' }, { x: 1 }), 'a');
  assert.equal(run({ ...cells(['-', '"b"'], ['-', '1']), policy: 'hitPolicy="COLLECT" aggregation="MIN"' }, { x: 1 }), 'null');
  assert.equal(run({ ...cells(['-', '"b"']), policy: 'hitPolicy="COLLECT" aggregation="SUM"' }, { x: 1 }), 'null');
});

test('without a hit: null, an empty list for rule order and collect, or the default of each output', () => {
  const none = (policy: string): string => run({ ...cells(['5', '"hit"']), policy: `hitPolicy="${policy}"` }, { x: 6 });
  assert.deepEqual(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY'].map(none), Array(4).fill('null'));
  assert.deepEqual(['RULE ORDER', 'OUTPUT ORDER', 'COLLECT'].map(none), Array(3).fill('[]'));
  assert.equal(run({ ...TWO, otherwise: ['"low"', '0'] }, { x: 50 }), '{level: "low", share: 0}');
  assert.equal(run({ ...TWO, otherwise: ['"low"'] }, { x: 50 }), '{level: "low", share: null}');
});

test('a table without inputs hits all its rules', () => {
  const table: Spec = {
    outputs: ['out'],
    rules: [
      [[], ['1']],
      [[], ['2']],
    ],
  };
  assert.equal(run({ ...table, policy: 'hitPolicy="RULE ORDER"' }), '[1, 2]');
  assert.equal(run({ ...table, policy: 'hitPolicy="FIRST"' }), '1');
  assert.equal(run(table), 'null');
});

test('an input outside its allowed values makes the result null, with a problem', () => {
  const spec: Spec = { ...cells(['-', '"hit"']), inputValues: ['"a","b"'] };
  assert.equal(run(spec, { x: 'a' }), 'hit');
  assert.equal(run(spec, { x: null }), 'hit');
  const { value, problems } = library(spec, ['x']).evaluate('d', { x: 'c' });
  assert.equal(value, null);
  assert.deepEqual(
    problems.map(({ code, reason }) => [code, reason.en]),
    [['dmn-allowed-value', 'The value of “x” is not among its allowed values; the result is null.']],
  );
  const both = library(cells(['< 5', '1'], ['> 8', '2'], ['< 4', '3']), ['x']).evaluate('d', toFeel({ x: 3 }) as FeelContext);
  assert.equal(
    both.problems[0]?.reason.en,
    'Rules 1, 3 hit together, which the hit policy of the table forbids; the result is null.',
  );
});

test('an output is made to fit its type, or is null', () => {
  const typed = (type: string, result: string): string =>
    run({ inputs: ['x'], outputs: [`out:${type}`], rules: [[['-'], [result]]] }, { x: 1 });
  assert.equal(typed('number', '"a"'), 'null');
  assert.equal(typed('number', '[5]'), '5');
  assert.equal(typed('string', 'x'), 'null');
  assert.equal(typed('dateTime', '@"2026-01-01"'), '2026-01-01T00:00:00Z');
  assert.equal(typed('number', '-'), 'null');
  assert.equal(typed('number', ''), 'null');
});

test('more rules than a word has bits: each is found, the first first', () => {
  const rows = Array.from({ length: 100 }, (_, at): readonly [string, string] => [`${at}, ${at + 1}`, `${at}`]);
  assert.equal(run({ ...cells(...rows), policy: 'hitPolicy="COLLECT"' }, { x: 64 }), '[63, 64]');
  assert.equal(run({ ...cells(...rows), policy: 'hitPolicy="FIRST"' }, { x: 97 }), '96');
  assert.equal(run({ ...cells(...rows), policy: 'hitPolicy="COLLECT"' }, { x: 100 }), '[99]');
  assert.equal(run({ ...cells(...rows), policy: 'hitPolicy="COLLECT"' }, { x: 101 }), '[]');
});
