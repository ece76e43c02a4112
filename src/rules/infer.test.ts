// Static types: what is certain is told, what is not raises no finding.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as holds, constantFrom, letrec, oneof, property, tuple } from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import { compileExpression } from '#rules/expression.ts';
import { inferType } from '#rules/infer.ts';
import { kindOf } from '#rules/kinds.ts';
import { temporal } from '#rules/literals.ts';
import type { FeelContext } from '#rules/types.ts';
import { ANY, builtinType, type FeelType } from '#rules/typing.ts';

const number: FeelType = { is: 'simple', kind: 'number' };
const string: FeelType = { is: 'simple', kind: 'string' };
const LINE: FeelType = {
  is: 'context',
  closed: true,
  entries: [
    { name: 'land area', type: number },
    { name: 'use', type: string },
  ],
};
const KNOWN = new Map<string, FeelType>([
  ['amount', number],
  ['use', string],
  ['paid', { is: 'simple', kind: 'boolean' }],
  ['day', { is: 'simple', kind: 'date' }],
  ['moment', { is: 'simple', kind: 'date and time' }],
  ['wait', { is: 'simple', kind: 'days and time duration' }],
  ['line', LINE],
  ['lines', { is: 'list', of: LINE }],
  ['open', { is: 'context', entries: [{ name: 'area', type: number }] }],
  ['متراژ', { is: 'restricted', of: number, allows: () => true }],
  ['rate', { is: 'function', parameters: [number], result: number }],
  ['thing', ANY],
]);

function typeOf(source: string): string {
  const { type, findings } = inferType(source, KNOWN, { names: ['other name'] });
  assert.deepEqual(findings, [], source);
  return written(type);
}

function written(type: FeelType): string {
  switch (type.is) {
    case 'simple':
      return type.kind;
    case 'list':
    case 'range':
      return `${type.is}<${written(type.of)}>`;
    case 'context':
      return `{${type.entries.map((entry) => `${entry.name}: ${written(entry.type)}`).join(', ')}}`;
    case 'function':
      return `function(${type.parameters.map(written).join(', ')}) -> ${written(type.result)}`;
    case 'restricted':
      return written(type.of);
    default:
      return 'Any';
  }
}

test('the type of an expression is told where it is certain', () => {
  for (const [source, expected] of [
    ['1 + 2 * amount', 'number'],
    ['متراژ * 2', 'number'],
    ['"a" + use', 'string'],
    ['thing + 1', 'number'],
    ['thing * 2', 'Any'],
    ['other name + 1', 'number'],
    ['day + wait', 'date'],
    ['moment - day', 'days and time duration'],
    ['wait * 2', 'days and time duration'],
    ['wait / wait', 'number'],
    ['day + duration("P1M")', 'date'],
    ['@"PT1H"', 'days and time duration'],
    ['-amount', 'number'],
    ['amount ** 2', 'number'],
    ['null + 1', 'Any'],
    ['amount > 3 and not(paid)', 'boolean'],
    ['if paid then 1 else null', 'number'],
    ['if paid then 1 else "a"', 'Any'],
    ['line.land area', 'number'],
    ['lines.land area', 'list<number>'],
    ['lines[1].use', 'string'],
    ['lines[land area > 3]', 'list<{land area: number, use: string}>'],
    ['lines[thing]', 'Any'],
    ['open.area', 'number'],
    ['open.volume', 'Any'],
    ['for l in lines return l.land area * 2', 'list<number>'],
    ['for i in 1..3 return partial', 'list<list<Any>>'],
    ['for d in [day..day] return d.year', 'list<number>'],
    ['some l in lines satisfies l.use = "home"', 'boolean'],
    ['{a: 1, b: a + 1}.b', 'number'],
    ['{f: function(n: number) n + 1, g: f(2)}.g', 'number'],
    ['[1, null, 2]', 'list<number>'],
    ['[1, "a"]', 'list<Any>'],
    ['[{a: 1}, {a: 2, b: 3}].b', 'list<Any>'],
    ['[1..3]', 'range<number>'],
    ['[1..3].start', 'number'],
    ['(< 5).end included', 'boolean'],
    ['amount in [1..3]', 'boolean'],
    ['thing instance of number', 'boolean'],
    ['sum(lines.land area)', 'number'],
    ['max([day])', 'date'],
    ['min(1, 2)', 'number'],
    ['sort(lines.use)', 'list<string>'],
    ['split(use, ",")', 'list<string>'],
    ['abs(wait)', 'days and time duration'],
    ['date("2026-03-21").weekday', 'number'],
    ['date and time("2026-03-21T10:00:00")', 'date and time'],
    ['duration("P1D")', 'days and time duration'],
    ['split("a,b", ",")', 'list<string>'],
    ['substring("abc", -1)', 'string'],
    ['matches(use, "^[a-z]+$", "i")', 'boolean'],
    ['abs(-3)', 'number'],
    ['not(true)', 'boolean'],
    ['day of week(@"2026-11-24")', 'string'],
    ['date(2026, 2, 28)', 'date'],
    ['substring(string: use, start position: 2)', 'string'],
    ['context merge([{a: 1}])', '{}'],
    ['append([1], 2)', 'list<Any>'],
    ['rate(3)', 'number'],
    ['function(a: string, b) a', 'function(string, Any) -> string'],
    ['(function() external {java: {class: "x"}})', 'function() -> Any'],
    ['get value(line, "use")', 'Any'],
    ['moment.time offset', 'days and time duration'],
    ['paid = null', 'boolean'],
    ['[1] + 1', 'Any'],
    ['min([1]) between 1 and 2', 'boolean'],
  ] as const)
    assert.equal(typeOf(source), expected, source);
  assert.equal(builtinType('Any'), ANY);
});

test('a certain type error is a finding with its place', () => {
  for (const [source, code, at] of [
    ['1 + true', 'feel-operands', '1 + true'],
    ['use - thing', 'feel-operands', 'use - thing'],
    ['2 * (use * 3)', 'feel-operands', 'use * 3'],
    ['amount < "3"', 'feel-operands', 'amount < "3"'],
    ['use = 3', 'feel-operands', 'use = 3'],
    ['day = moment', 'feel-operands', 'day = moment'],
    ['paid < thing', 'feel-operands', 'paid < thing'],
    ['amount between 1 and "z"', 'feel-operands', 'amount between 1 and "z"'],
    ['if amount then 1 else 2', 'feel-condition', 'amount'],
    ['paid and use', 'feel-condition', 'use'],
    ['lines["a"]', 'feel-condition', '"a"'],
    ['line.price', 'feel-property', 'price'],
    ['lines.price', 'feel-property', 'price'],
    ['day.hour', 'feel-property', 'hour'],
    ['amount.value', 'feel-property', 'value'],
    ['{a: 1}.b', 'feel-property', 'b'],
    ['rate.x', 'feel-property', 'x'],
    ['[1..2].length', 'feel-property', 'length'],
    ['@"2026-13-01"', 'feel-argument', '@"2026-13-01"'],
    ['date("21 March")', 'feel-argument', '"21 March"'],
    ['duration("1 day")', 'feel-argument', '"1 day"'],
    ['date and time("2026-13-01T00:00:00")', 'feel-argument', '"2026-13-01T00:00:00"'],
    ['date(2026, 2, 30)', 'feel-argument', 'date(2026, 2, 30)'],
    ['number("1,5", ",", "x")', 'feel-argument', 'number("1,5", ",", "x")'],
    ['number("abc")', 'feel-argument', '"abc"'],
    ['matches(use, "[")', 'feel-argument', '"["'],
    ['replace(use, "(a", "b")', 'feel-argument', '"(a"'],
    ['matches(use, "a", "z")', 'feel-argument', '"a"'],
    ['split(use, "*")', 'feel-argument', '"*"'],
    ['range("[2..1]")', 'feel-argument', '"[2..1]"'],
    ['floor("a")', 'feel-argument', 'floor("a")'],
    ['string length(3)', 'feel-argument', 'string length(3)'],
    ['abs()', 'feel-argument', 'abs()'],
    ['abs(1, 2)', 'feel-argument', 'abs(1, 2)'],
    ['substring(text: "a")', 'feel-argument', 'substring(text: "a")'],
    ['rate(1, 2)', 'feel-argument', 'rate(1, 2)'],
    ['rate("a")', 'feel-argument', '"a"'],
    ['amount(3)', 'feel-not-a-function', 'amount'],
    ['["a".."b"].start > 3', 'feel-operands', '["a".."b"].start > 3'],
    ['[1.."b"]', 'feel-operands', '[1.."b"]'],
    ['for s in ["a".."b"] return s', 'feel-iteration', '["a".."b"]'],
    ['for s in "a".."b" return s', 'feel-iteration', '"a".."b"'],
    ['some l in lines satisfies l.land area = "x"', 'feel-operands', 'l.land area = "x"'],
    ['1 +', 'feel-syntax', ''],
  ] as const) {
    const [finding] = inferType(source, KNOWN).findings;
    assert.equal(finding?.code, code, source);
    assert.equal(source.slice(finding?.at?.from, finding?.at?.to), at, source);
    assert.equal(finding?.severity, 'error');
  }
});

test('a type of no name is told where the names of types are known', () => {
  const ask = (source: string): readonly string[] =>
    inferType(source, KNOWN, { typeNamed: (name) => (name === 'tLine' ? LINE : undefined) }).findings.map(({ code }) => code);
  assert.deepEqual(ask('line instance of tLine'), []);
  assert.deepEqual(ask('line instance of date'), []);
  assert.deepEqual(ask('line instance of tLien'), ['feel-type']);
  assert.deepEqual(inferType('line instance of tLien', KNOWN).findings, []);
});

const DATA: FeelContext = {
  amount: new Decimal(3),
  use: 'home',
  paid: true,
  day: temporal('2026-11-24')!,
  moment: temporal('2026-11-24T09:00:00Z')!,
  wait: temporal('PT3H')!,
  line: { 'land area': new Decimal(2), use: 'x' },
  lines: [{ 'land area': new Decimal(2), use: 'x' }],
};

test('law: a value is of the type foretold, and where a fault is foretold nothing is found', () => {
  const { expression } = letrec<{ expression: string; leaf: string }>((tie) => ({
    leaf: constantFrom('1', '"a"', 'true', 'null', 'amount', 'use', 'paid', 'day', 'moment', 'wait', 'line', 'lines', '[1..3]'),
    expression: oneof(
      { maxDepth: 3, depthSize: 'small' },
      tie('leaf'),
      tuple(tie('expression'), constantFrom('+', '-', '*', '/', '=', '<', 'and', 'or', 'in'), tie('expression')).map(
        ([a, sign, b]) => `(${a} ${sign} ${b})`,
      ),
      tuple(tie('expression'), constantFrom('year', 'hour', 'use', 'land area', 'start', 'days')).map(
        ([a, name]) => `(${a}).${name}`,
      ),
      tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ${b}]`),
      tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
      tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, d]) => `(if ${a} then ${b} else ${d})`),
      tuple(constantFrom('abs', 'sum', 'max', 'count', 'not', 'string', 'reverse', 'date', 'floor'), tie('expression')).map(
        ([name, a]) => `${name}(${a})`,
      ),
      tuple(tie('expression'), tie('expression')).map(([a, b]) => `(for x in ${a} return [x, ${b}])`),
    ),
  }));
  const names = Object.keys(DATA);
  holds(
    property(expression, (source) => {
      const { type, findings } = inferType(source, KNOWN);
      const { value } = compileExpression(source, { names: [...names, 'line.land area', 'lines.land area'] }).evaluate(DATA);
      if (type.is === 'simple' && value !== null) assert.equal(kindOf(value), type.kind, source);
      if (type.is === 'list' && value !== null) assert.equal(kindOf(value), 'list', source);
      const whole = findings.find(({ at, code }) => at && at.from <= 1 && at.to >= source.length - 1 && code !== 'feel-property');
      if (whole && !source.includes('=')) assert.equal(value, null, source);
    }),
    { numRuns: 2000 },
  );
});
