// Boxed expressions, each as DMN 1.5 says it (§10.2.2), and invocations of what they name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '#base/json.ts';
import { bkm, decision, definitions, feel, input, needs, run } from '#testing/dmn-text.ts';

const boxed = (logic: string, inputs: { readonly [name: string]: Json } = {}): string =>
  run(
    definitions(
      [
        ...Object.keys(inputs).map((name) => input(name)),
        decision('d', logic, needs(...Object.keys(inputs).map((name) => `i_${name}`))),
      ].join(''),
    ),
    'd',
    inputs,
  );

test('a boxed context sees its earlier entries; an entry without a name is its result', () => {
  const entry = (name: string, source: string, type = 'Any'): string =>
    `<contextEntry><variable name="${name}" typeRef="${type}"/>${feel(source)}</contextEntry>`;
  assert.equal(
    boxed(`<context>${entry('a', '1')}${entry('b c', 'a + 1')}${entry('d', 'b c * 2')}</context>`),
    '{a: 1, b c: 2, d: 4}',
  );
  assert.equal(boxed(`<context>${entry('a', '1')}<contextEntry>${feel('a + 41')}</contextEntry></context>`), '42');
  assert.equal(boxed(`<context>${entry('a', '"x"', 'number')}</context>`), '{a: null}');
  assert.equal(boxed(`<context>${entry('a', '[5]', 'number')}</context>`), '{a: 5}');
  assert.equal(boxed(`<context>${entry('a', '@"2026-01-01"', 'date and time')}</context>`), '{a: 2026-01-01T00:00:00Z}');
  assert.equal(boxed('<context/>'), '{}');
});

test('a boxed list and a relation hold boxed expressions', () => {
  assert.equal(boxed(`<list>${feel('1')}<list>${feel('"a"')}</list>${feel('null')}</list>`), '[1, ["a"], null]');
  assert.equal(
    boxed(
      `<relation><column name="a"/><column name="b" typeRef="number"/><row>${feel('1')}${feel('2')}</row><row>${feel('3')}${feel('"x"')}</row></relation>`,
    ),
    '[{a: 1, b: 2}, {a: 3, b: null}]',
  );
});

test('a boxed conditional takes a branch by true, false or null alone', () => {
  const conditional = (source: string): string =>
    `<conditional><if>${feel(source)}</if><then>${feel('"yes"')}</then><else>${feel('"no"')}</else></conditional>`;
  assert.deepEqual(
    ['true', 'false', 'null', '"x"'].map((source) => boxed(conditional(source))),
    ['yes', 'no', 'no', 'null'],
  );
});

test('a boxed filter knows item, the entries of items and positions', () => {
  const filter = (match: string): string => `<filter><in>${feel('rows')}</in><match>${feel(match)}</match></filter>`;
  const rows = [{ a: 1 }, { a: 2 }, { a: 3 }];
  assert.equal(boxed(filter('item.a > 1'), { rows }), '[{a: 2}, {a: 3}]');
  assert.equal(boxed(filter('a = 2'), { rows }), '[{a: 2}]');
  assert.equal(boxed(filter('2'), { rows }), '{a: 2}');
  assert.equal(boxed(filter('-1'), { rows }), '{a: 3}');
  assert.equal(boxed(filter('true'), { rows: 7 }), '[7]');
  assert.equal(boxed(filter('true'), { rows: null }), 'null');
  assert.equal(boxed(filter('"a"'), { rows }), 'null');
});

test('boxed iterators run over lists and ranges, and know what they have so far', () => {
  const loop = (kind: string, source: string, body: string): string =>
    `<${kind} iteratorVariable="x"><in>${feel(source)}</in><${kind === 'for' ? 'return' : 'satisfies'}>${feel(body)}</${kind === 'for' ? 'return' : 'satisfies'}></${kind}>`;
  assert.equal(boxed(loop('for', '[1, 2]', 'x * 2')), '[2, 4]');
  assert.equal(boxed(loop('for', '[1..4)', 'sum(partial) + x')), '[null, null, null]');
  assert.equal(boxed(loop('for', '[1..3]', 'count(partial)')), '[0, 1, 2]');
  assert.equal(boxed(loop('for', '5', 'x')), '[5]');
  assert.equal(boxed(loop('for', 'null', 'x')), 'null');
  assert.equal(boxed(loop('some', '[1, 2]', 'x > 1')), 'true');
  assert.equal(boxed(loop('every', '[1, 2]', 'x > 1')), 'false');
  assert.equal(boxed(loop('every', '[]', 'false')), 'true');
  assert.equal(boxed(loop('some', '[null]', 'x > 1')), 'null');
});

const invocation = (callee: string, ...bindings: readonly (readonly [string, string])[]): string =>
  `<invocation>${feel(callee)}${bindings.map(([name, source]) => `<binding><parameter name="${name}"/>${feel(source)}</binding>`).join('')}</invocation>`;

test('a boxed invocation binds by name: knowledge models, built-in functions, function values', () => {
  const minus = bkm('minus', 'a:number,b:number', feel('a - b'));
  const call = (logic: string): string => run(definitions(minus + decision('d', logic, needs('f_minus'))));
  assert.equal(call(invocation('minus', ['b', '1'], ['a', '10'])), '9');
  assert.equal(call(invocation('minus', ['b', '1'])), 'null');
  assert.equal(call(invocation('minus', ['b', '1'], ['c', '1'])), 'null');
  assert.equal(call(invocation('minus', ['a', '"x"'], ['b', '1'])), 'null');
  assert.equal(call(invocation('minus', ['a', '[5]'], ['b', '1'])), '4');
  assert.equal(call(invocation('substring', ['string', '"foobar"'], ['start position', '4'])), 'bar');
  assert.equal(call(invocation('floor', ['n', '1.5'])), '1');
  assert.equal(call(invocation('date', ['year', '2026'], ['month', '1'], ['day', '2'])), '2026-01-02');
  assert.equal(call(invocation('floor', ['x', '1.5'])), 'null');
  assert.equal(call(invocation('function(z) z * 2', ['z', '4'])), '8');
  assert.equal(call(invocation('5', ['z', '4'])), 'null');
  assert.equal(call(feel('minus(b: 2, a: 1)')), '-1');
  assert.equal(call(feel('minus(1)')), 'null');
});

test('a knowledge model may call others and itself, and be passed as a value', () => {
  const model = definitions(
    bkm('fact', 'n:number', feel('if n <= 1 then 1 else n * fact(n - 1)'), { type: 'number' }) +
      bkm('twice', 'f,n', feel('f(f(n))'), { requires: needs('f_fact') }) +
      bkm('typed', 'n', feel('"text"'), { type: 'number' }) +
      bkm('endless', 'n', feel('endless(n + 1)')) +
      decision('d', feel('[fact(5), twice(fact, 3), typed(1)]'), needs('f_fact', 'f_twice', 'f_typed')) +
      decision('e', feel('endless(1)'), needs('f_endless')) +
      decision('s', feel('sort([1, 3, 2], function(x, y) fact(x) > fact(y))'), needs('f_fact')),
  );
  assert.equal(run(model), '[120, 720, null]');
  assert.equal(run(model, 'e'), 'null');
  assert.equal(run(model, 'endless', { n: 1 }), 'null');
  assert.equal(run(model, 's'), '[3, 2, 1]');
  assert.equal(run(model, 'fact', { n: 4 }), '24');
});

test('a boxed function is a closure; one of another kind gives null', () => {
  const fn = `<functionDefinition><formalParameter name="x" typeRef="number"/>${feel('x + n')}</functionDefinition>`;
  assert.equal(
    boxed(`<context><contextEntry><variable name="n"/>${feel('2')}</contextEntry><contextEntry><variable name="f"/>${fn}</contextEntry>
      <contextEntry>${feel('f(3) + f(x: 4)')}</contextEntry></context>`),
    '11',
  );
  assert.equal(
    boxed(`<context><contextEntry><variable name="f"/><functionDefinition kind="Java"><formalParameter name="x"/>${feel('{class: "X"}')}</functionDefinition></contextEntry>
      <contextEntry>${feel('f(3)')}</contextEntry></context>`),
    'null',
  );
});
