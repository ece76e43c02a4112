// FEEL expressions: numbers, names, logic, time, loops, types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as holds, integer, jsonValue, property, string } from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import { BUILTIN_NAMES } from '#rules/builtins/registry.ts';
import { SPACED_BUILTINS } from '#rules/builtins/names.ts';
import { compileExpression, compileUnaryTests } from '#rules/expression.ts';
import { fromFeel, toFeel } from '#rules/values.ts';
import type { Json } from '#base/json.ts';
import type { FeelContext } from '#rules/types.ts';

const NOW = '2026-11-24T09:00:00+03:30';

/** The JSON of an expression over JSON data. */
function feel(source: string, data: { readonly [name: string]: Json } = {}): Json {
  const compiled = compileExpression(source, { names: Object.keys(data) });
  assert.deepEqual(compiled.findings, [], source);
  return fromFeel(compiled.evaluate(toFeel(data) as FeelContext, NOW).value);
}

function check(cases: readonly (readonly [string, Json])[]): void {
  for (const [source, expected] of cases) assert.deepEqual(feel(source), expected, source);
}

test('numbers are decimals of 34 digits, rounded half to even', () => {
  check([
    ['0.1 + 0.2 = 0.3', true],
    ['1 / 3', '0.3333333333333333333333333333333333'],
    ['1 / 3 * 3 = 1', false],
    ['9999999999999999999999999999999999 + 1', 1e34],
    ['decimal(2.5, 0)', 2],
    ['decimal(3.5, 0)', 4],
    ['decimal(1234.5, -2)', 1200],
    ['round half up(2.5, 0)', 3],
    ['modulo(-12, 5)', 3],
    ['2 ** -1', 0.5],
    ['1 / 0', null],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ]);
});

test('names may have spaces, symbols and Persian words', () => {
  assert.equal(feel('نرخ پایه * متراژ', { 'نرخ پایه': 1200, متراژ: 3 }), 3600);
  assert.equal(feel('monthly income - tax', { 'monthly income': 10, tax: 1 }), 9);
  assert.equal(feel('a-b', { 'a-b': 7, a: 1, b: 2 }), 7);
  assert.equal(feel('a - c', { a: 9, c: 2 }), 7);
  assert.equal(
    fromFeel(
      compileExpression('property.land-area * 2', { names: ['property', 'property.land-area'] }).evaluate({
        property: { 'land-area': new Decimal(3) },
      }).value,
    ),
    6,
  );
  check([['{first name: "Sara", full: first name + "!"}.full', 'Sara!']]);
});

test('logic has three values', () => {
  check([
    ['true and null', null],
    ['false and null', false],
    ['null or true', true],
    ['null or false', null],
    ['not(null)', null],
    ['1 = "1"', null],
    ['null = null', true],
    ['1 < "2"', null],
    ['some x in [1, null] satisfies x > 0', true],
    ['every x in [1, null] satisfies x > 0', null],
  ]);
});

test('temporal values keep zones, months and big years', () => {
  check([
    ['date("2024-02-29") + duration("P1Y")', '2025-02-28'],
    ['date("-999999999-01-01").year', -999999999],
    ['@"2021-03-28T01:30:00@Europe/Paris" + @"PT1H"', '2021-03-28T03:30:00@Europe/Paris'],
    ['@"2021-01-01T00:00:00Z" = @"2021-01-01T03:30:00@Asia/Tehran"', true],
    ['@"2026-11-24T09:00:00@Asia/Tehran".time offset', 'PT3H30M'],
    ['years and months duration(date("2016-01-31"), date("2015-01-21"))', '-P1Y'],
    ['@"P1D" / 4', 'PT6H'],
    ['@"PT90M" * 2', 'PT3H'],
    ['@"P1Y" / @"P1M"', 12],
    ['date("2021-02-30")', null],
    ['time("25:00:00")', null],
    ['@"2021-01-01T00:00:00" - @"2021-01-01T00:00:00Z"', null],
    ['day of week(@"2026-11-24")', 'Tuesday'],
    ['week of year(@"2005-01-01")', 53],
    ['now()', NOW],
    ['today()', '2026-11-24'],
  ]);
});

test('loops, filters, functions and closures', () => {
  check([
    ['for i in 3..1 return i', [3, 2, 1]],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', [1, 1, 2, 6, 24]],
    [
      'for i in 1..2, j in i..2 return [i, j]',
      [
        [1, 1],
        [1, 2],
        [2, 2],
      ],
    ],
    ['[{a: 1}, {a: 2}][a > 1].a', [2]],
    ['[10, 20, 30][-1]', 30],
    ['[1, 2][3]', null],
    ['{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(10)}.r', 55],
    ['(function(a) function(b) a - b)(5)(3)', 2],
    ['(function(a: number) a)("x")', null],
    ['sort([3, 1, 2], function(x, y) x > y)', [3, 2, 1]],
    ['substring(string: "foobar", start position: 3)', 'obar'],
    ['{a: 1, a: 2}', null],
    ['{loop: function() loop(), r: loop()}.r', null],
  ]);
});

test('types, ranges and unary tests', () => {
  check([
    ['[1..3] instance of range<number>', true],
    ['{a: "x"} instance of context<a: string>', true],
    ['[1, "a"] instance of list<number>', false],
    ['(function(a: number) a) instance of function<number> -> Any', true],
    ['5 in (<3, [5..6))', true],
    ['5 in (null..10]', null],
    ['(< 10).end', 10],
    ['range("[3..1]")', null],
  ]);
  const cell = compileUnaryTests('not("Low", "High")');
  assert.equal(cell.evaluate({ '?': 'Medium' }).value, true);
  assert.equal(cell.evaluate({ '?': 'Low' }).value, false);
  const asks = compileUnaryTests('starts with(?, "ab"), > "z"');
  assert.equal(asks.evaluate({ '?': 'abc' }).value, true);
  assert.equal(compileUnaryTests('-').evaluate({ '?': null }).value, true);
});

test('regular expressions are those of XPath', () => {
  check([
    ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '[1=ab][2=]cd'],
    ['matches("x", "[A-Z-[OI]]", "i")', true],
    ['matches("hello", "h(?=e)")', null],
    ['split("a;b;;c", ";")', ['a', 'b', '', 'c']],
  ]);
});

test('problems are listed with their place, never thrown', () => {
  const wrong = compileExpression('1 + ');
  assert.equal(wrong.findings[0]?.code, 'feel-syntax');
  assert.equal(wrong.evaluate({}).value, null);
  const { value, problems } = compileExpression('1 + missing').evaluate({});
  assert.equal(value, null);
  assert.deepEqual(
    problems.map(({ code, at }) => [code, at]),
    [
      ['feel-unknown-name', { from: 4, to: 11 }],
      ['feel-operands', { from: 0, to: 11 }],
    ],
  );
});

test('a problem names what is missing', () => {
  const said = (source: string): readonly string[] =>
    compileExpression(source, { names: ['d'] })
      .evaluate({ d: new Decimal(1) })
      .problems.map(({ reason }) => reason.en);
  assert.deepEqual(said('missing'), ['No value is named “missing”; the result is null.']);
  assert.deepEqual(said('{a: 1}.b'), ['The value has no “b”; the result is null.']);
  assert.deepEqual(said('substring(d, 1)'), ['“substring” does not take these arguments; the result is null.']);
  assert.deepEqual(said('substring(string: d, start position: 1)'), [
    '“substring” does not take these arguments; the result is null.',
  ]);
  assert.deepEqual(said('[abs][1]("x")'), ['“abs” does not take these arguments; the result is null.']);
  assert.deepEqual(said('get value(m: {a: null}, key: "a")'), [], 'null is an answer');
});

test('free names are told, local ones and built-ins are not', () => {
  const compiled = compileExpression('for x in lines return x.amount * tax rate + abs(y)', { names: ['lines', 'tax rate', 'z'] });
  assert.deepEqual([...compiled.names].sort(), ['lines', 'tax rate', 'y']);
});

test('an empty list is filtered without a problem, by a condition or a position', () => {
  for (const source of ['rows[amount > 0]', 'rows[item.amount > 0]', 'rows[1]'])
    assert.deepEqual(compileExpression(source, { names: ['rows'] }).evaluate({ rows: [] }).problems, [], source);
});

test('a function of the context stands before a built-in one of its name; any other value does not', () => {
  const own = compileExpression('function(x) x * 100').evaluate({}).value;
  const call = compileExpression('abs(-2) + abs(n: -3)', { names: ['abs'] });
  assert.equal(call.evaluate({ abs: own }).value, null, 'its parameter is not n');
  assert.equal(fromFeel(compileExpression('abs(-2)', { names: ['abs'] }).evaluate({ abs: own }).value), -200);
  assert.equal(fromFeel(call.evaluate({ abs: new Decimal(1) }).value), 5);
  assert.equal(fromFeel(call.evaluate({}).value), 5);
});

test('an entry is found by its name however its symbols are spaced', () => {
  const spaced = compileExpression('c.a - b + rows[1].end   date', { names: ['c', 'c.a-b', 'rows', 'rows.end date'] });
  assert.deepEqual(spaced.findings, []);
  assert.equal(fromFeel(spaced.evaluate(toFeel({ c: { 'a-b': 3 }, rows: [{ 'end date': 4 }] }) as FeelContext).value), 7);
});

test('white space is all that the standard names, also inside names', () => {
  const spaces = '\t\n\r\v\f \u0085\u00a0\u1680\u180e\u2000\u200b\u2028\u2029\u202f\u205f\u3000\ufeff';
  for (const space of spaces) {
    assert.equal(feel(`1${space}+${space}2`), 3, space.charCodeAt(0).toString(16));
    assert.equal(feel(`first${space}name`, { 'first name': 5 }), 5, space.charCodeAt(0).toString(16));
  }
  assert.equal(feel('first\nname + // a comment, "quoted\n 1 /* and\n another */', { 'first name': 5 }), 6);
  assert.equal(feel('"two\nlines" = "two" + "\\n" + "lines"'), true);
});

test('what objects inherit is no name of a context', () => {
  assert.equal(compileExpression('constructor').evaluate({}).value, null);
  assert.equal(feel('{"__proto__": 1}.__proto__'), 1);
});

test('the grammar knows every built-in whose name has spaces', () => {
  assert.deepEqual(BUILTIN_NAMES.filter((name) => name.includes(' ')).sort(), Object.keys(SPACED_BUILTINS).sort());
});

test('law: addition of decimals is exact for money, and JSON comes back as it went', () => {
  const amount = integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const sum = compileExpression('a / 100 + b / 100 = (a + b) / 100', { names: ['a', 'b'] });
  holds(property(amount, amount, (a, b) => sum.evaluate({ a: new Decimal(a), b: new Decimal(b) }).value === true));
  holds(
    property(jsonValue({ maxDepth: 3 }), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      assert.deepEqual(fromFeel(toFeel(json)), json);
    }),
  );
});

test('law: a text is never read with an exception', () => {
  holds(
    property(string(), (source) => {
      const compiled = compileExpression(source);
      compiled.evaluate({});
      compileUnaryTests(source).evaluate({ '?': 'a' });
    }),
  );
});
