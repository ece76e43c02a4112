// What is written wrong is told with its place and never throws, and evaluating is deterministic.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, constantFrom, oneof, property } from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import { BUILTIN_NAMES } from '#rules/builtins/registry.ts';
import { compileExpression, compileUnaryTests } from '#rules/expression.ts';
import { Func } from '#rules/kinds.ts';
import { temporal } from '#rules/literals.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext } from '#rules/types.ts';

const NOW = '2026-11-24T09:00:00+03:30';

const TOKENS =
  `1 0.5 1E6144 "a" "\\u0041" true false null x y.z item partial ? ( ) [ ] { } , : .. . + - * / ** = != < <= > >= and or in
  between instance of if then else for return some every satisfies function external list<number> context<a:number> range<date> number
  @"2026-01-01" @"P1D" @"PT1H" @"P1Y" @"10:00:00@Asia/Tehran" date("2026-01-01") abs sum( count( substring( sort( string( duration( not(
  date and time( years and months duration( // /* */ == <> ^ ; \\ ' نرخ`.split(/\s+/);

test('law: no text of tokens throws, when it is read or when it is evaluated, and evaluating is deterministic', () => {
  const context: FeelContext = { x: [new Decimal(1), 'a', null], y: { z: new Decimal(3) }, نرخ: temporal('P1D')! };
  holds(
    property(array(constantFrom(...TOKENS), { maxLength: 14 }), (tokens) => {
      const source = tokens.join(' ');
      for (const compiled of [compileExpression(source, { names: ['x', 'y', 'y.z', 'نرخ'] }), compileUnaryTests(source)]) {
        const first = compiled.evaluate({ ...context, '?': new Decimal(2) }, NOW);
        const second = compiled.evaluate({ ...context, '?': new Decimal(2) }, NOW);
        assert.equal(textOf(first.value), textOf(second.value));
        assert.deepEqual(first.problems, second.problems);
        for (const { at } of compiled.findings) assert.ok(at && at.from >= 0 && at.to <= source.length + 1, source);
      }
    }),
    { numRuns: 3000 },
  );
});

test('law: no call of a built-in function throws, whatever its arguments', () => {
  const names = constantFrom(...BUILTIN_NAMES);
  const extreme = constantFrom(
    '1E6144',
    '-1E6144',
    '1E-6176',
    '0',
    '-1',
    '1.5',
    '"\\\\"',
    '"["',
    '"$1"',
    '[]',
    '[[]]',
    '{}',
    '(> 3)',
    '["a".."b"]',
  );
  const argument = oneof(
    extreme,
    constantFrom(
      'null',
      'true',
      '"a"',
      '[1, 2]',
      '{key: "a", value: 1}',
      '[{key: "a", value: 1}]',
      'abs',
      'function(p, q) p < q',
    ),
    constantFrom(
      '@"2026-01-01"',
      '@"10:00:00Z"',
      '@"2026-01-01T10:00:00@Europe/Paris"',
      '@"P1D"',
      '@"-P13M"',
      '@"999999999-12-31"',
    ),
    constantFrom('@"PT1S" * 1E27', '[1..3]', '"2026-01-01"', '"P1D"'),
  );
  holds(
    property(names, array(argument, { maxLength: 4 }), (name, args) => {
      const { value: found } = compileExpression(`${name}(${args.join(', ')})`).evaluate({}, NOW);
      assert.ok(found !== undefined && textOf(found) !== undefined);
    }),
    { numRuns: 5000 },
  );
});

test('a function value can be called from outside, and one without end gives null', () => {
  const twice = compileExpression('function(n) n * 2').evaluate({}).value;
  assert.ok(twice instanceof Func);
  assert.equal(textOf(twice.invoke([new Decimal(4)])), '8');
  const endless = compileExpression('{f: function(n) f(n + 1)}.f').evaluate({}).value;
  assert.ok(endless instanceof Func);
  assert.equal(endless.invoke([new Decimal(4)]), null);
});

test('what other languages have and FEEL has not is a finding with its place and its mend', () => {
  for (const [source, at, mend] of [
    ['a == b', '==', 'Write “=”.'],
    ['a = = b', '= =', undefined],
    ['a <> b', '<>', 'Write “!=”.'],
    ['a => b', '=>', 'Write “>=”.'],
    ['a ^ 2', '^', 'Write “**”.'],
    ['a = < 5', '= <', undefined],
    ['a && b', '&&', undefined],
    ['a || b', '||', undefined],
    ['!a', '!', undefined],
    ['a % b', '%', undefined],
    ["'a'", "'", undefined],
    ['[1, , 2]', '', undefined],
    ['if a then b', '', undefined],
    ['1 +', '', undefined],
    ['a ? b : c', '?', undefined],
    ['not true', 'true', undefined],
    ['"open', '"', undefined],
  ] as const) {
    const { findings, evaluate } = compileExpression(source, { names: ['a', 'b', 'c'] });
    const [finding] = findings;
    assert.equal(finding?.code, 'feel-syntax', source);
    assert.equal(source.slice(finding.at?.from, finding.at?.to), at, source);
    if (mend) assert.equal(finding.mend.en, mend);
    assert.equal(evaluate({}).value, null);
  }
});
