// The index of a decision table against testing it cell by cell, for random tables and inputs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, boolean, constant, constantFrom, integer, oneof, property, record, tuple } from 'fast-check';
import type { Json } from '#base/json.ts';
import { compileUnaryTests } from '#rules/expression.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import { toFeel } from '#rules/values.ts';
import { cells, library, type Spec } from '#testing/decision-table.ts';

const numberCell = oneof(
  constant('-'),
  integer({ min: 0, max: 9 }).map(String),
  tuple(constantFrom('<', '<=', '>', '>=', '=', '!='), integer({ min: 0, max: 9 })).map(([sign, n]) => `${sign} ${n}`),
  tuple(constantFrom('[', '(', ']'), integer({ min: 0, max: 5 }), integer({ min: 5, max: 9 }), constantFrom(']', ')', '[')).map(
    ([open, a, b, close]) => `${open}${a}..${b}${close}`,
  ),
  tuple(integer({ min: 0, max: 9 }), integer({ min: 0, max: 9 })).map(([a, b]) => `not(${a}, > ${b})`),
  constantFrom('? = 3', '> y', 'null', 'not(null)', 'true', '1, null, > 8', '[1, [3..4]]', '"a"', '[1..', '(< 4)'),
).filter((cell) => compileUnaryTests(cell, { names: ['y'] }).findings.length === 0);
const textCell = constantFrom(
  '-',
  '"a"',
  '"b", "c"',
  'not("a")',
  '> "b"',
  '["a".."c")',
  'null',
  'contains(?, "a")',
  '"a", 1',
  '? = y',
);
const value = oneof(
  { weight: 5, arbitrary: integer({ min: -1, max: 10 }) },
  { weight: 3, arbitrary: constantFrom('a', 'b', 'bb', 'c', 'zz') },
  constant(null),
  boolean(),
  constantFrom([3], ['a'], [1, 2], { k: 1 }, 4.5),
);

test('law: the index finds the rules that testing each cell finds', () => {
  const rules = array(tuple(numberCell, textCell, numberCell), { minLength: 1, maxLength: 40 });
  holds(
    property(
      rules,
      array(record({ a: value, b: value, c: value, y: constantFrom(3, 'a') }), { minLength: 1, maxLength: 6 }),
      (rows, inputs) => {
        const spec: Spec = {
          policy: 'hitPolicy="COLLECT"',
          inputs: ['a', 'b', 'c'],
          outputs: ['out'],
          rules: rows.map((tests, at) => [tests, [String(at)]]),
        };
        const table = library(spec, ['a', 'b', 'c', 'y']);
        const compiled = rows.map((tests) => tests.map((cell) => compileUnaryTests(cell, { names: ['y'] })));
        for (const one of inputs) {
          const data = toFeel(one as Json) as FeelContext;
          const columns: readonly FeelValue[] = [data['a'] ?? null, data['b'] ?? null, data['c'] ?? null];
          const hits = compiled.flatMap((tests, at) =>
            tests.every((cell, column) => cell.evaluate({ ...data, '?': columns[column] ?? null }).value === true) ? [at] : [],
          );
          assert.equal(textOf(table.evaluate('d', data).value), `[${hits.join(', ')}]`);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('law: evaluating twice gives the same, and leaves the inputs as they were', () => {
  const table = library(cells(['< 10', '"low"'], ['"a", "bb"', '{name: x}']), ['x']);
  holds(
    property(value, (x) => {
      const data = toFeel({ x } as Json) as FeelContext;
      const before = textOf(data);
      assert.equal(textOf(table.evaluate('d', data).value), textOf(table.evaluate('d', data).value));
      assert.equal(textOf(data), before);
    }),
  );
});
