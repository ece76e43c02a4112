// Boxed expressions, decision services, knowledge models, imports and item definitions, each as DMN 1.5 says it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from '#base/decimal.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { textOf } from '#rules/text.ts';
import { toFeel } from '#rules/values.ts';
import type { Json } from '#base/json.ts';
import type { FeelContext } from '#rules/types.ts';

const DMN15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/';
const text = (source: string): string => source.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const feel = (source: string): string => `<literalExpression><text>${text(source)}</text></literalExpression>`;

function definitions(body: string, of: { name?: string; imports?: string; version?: string } = {}): string {
  const name = of.name ?? 'main';
  return `<definitions xmlns="${of.version ?? DMN15}" id="${name}" name="${name}" namespace="urn:${name}">${of.imports ?? ''}${body}</definitions>`;
}

const input = (name: string, typeRef = 'Any'): string =>
  `<inputData id="i_${name}" name="${name}"><variable name="${name}" typeRef="${typeRef}"/></inputData>`;

function needs(...ids: readonly string[]): string {
  return ids
    .map((id) => {
      const local = id.split('#').at(-1) ?? id;
      const kind = local.startsWith('i_') ? 'requiredInput' : local.startsWith('f_') ? 'requiredKnowledge' : 'requiredDecision';
      const requirement = kind === 'requiredKnowledge' ? 'knowledgeRequirement' : 'informationRequirement';
      return `<${requirement}><${kind} href="${id.includes('#') ? id : `#${id}`}"/></${requirement}>`;
    })
    .join('');
}

const decision = (name: string, logic: string, requires = '', typeRef = 'Any'): string =>
  `<decision id="d_${name}" name="${name}"><variable name="${name}" typeRef="${typeRef}"/>${requires}${logic}</decision>`;

/** The text of a decision's value, and what was found wrong on the way. */
function run(models: string | readonly string[], name = 'd', inputs: { readonly [name: string]: Json } = {}): string {
  const { library, findings } = compileDecisions((typeof models === 'string' ? [models] : models).map(readDmn));
  assert.deepEqual(findings, []);
  return textOf(library.evaluate(name, toFeel(inputs) as FeelContext, '2026-11-24T09:00:00Z').value);
}

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

const bkm = (name: string, parameters: string, logic: string, of: { type?: string; requires?: string } = {}): string =>
  `<businessKnowledgeModel id="f_${name}" name="${name}"><variable name="${name}" typeRef="${of.type ?? 'Any'}"/><encapsulatedLogic>${parameters
    .split(',')
    .filter(Boolean)
    .map((one) => one.split(':'))
    .map(([parameter, type]) => `<formalParameter name="${parameter}" typeRef="${type ?? 'Any'}"/>`)
    .join('')}${logic}</encapsulatedLogic>${of.requires ?? ''}</businessKnowledgeModel>`;

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

test('a decision service is evaluated from its inputs alone, and is a function', () => {
  const service = (outputs: string): string => `<decisionService id="f_svc" name="svc"><variable name="svc"/>${outputs}
    <encapsulatedDecision href="#d_inner"/><inputDecision href="#d_rate"/><inputData href="#i_n"/></decisionService>`;
  const body = (outputs: string): string =>
    definitions(
      input('n', 'number') +
        decision('rate', feel('100')) +
        decision('inner', feel('n + 1'), needs('i_n')) +
        decision('out', feel('inner * rate'), needs('d_inner', 'd_rate')) +
        service(outputs) +
        decision('d', feel('svc(2, 10)'), needs('f_svc')) +
        decision('named', feel('svc(rate: 3, n: 1)'), needs('f_svc')) +
        decision('wrong', feel('svc("a", 1)'), needs('f_svc')),
    );
  const one = body('<outputDecision href="#d_out"/>');
  const two = body('<outputDecision href="#d_out"/><outputDecision href="#d_inner"/>');
  assert.equal(run(one), '30');
  assert.equal(run(one, 'named'), '6');
  assert.equal(run(one, 'wrong'), 'null');
  assert.equal(run(one, 'svc', { n: 4, rate: 5 }), '25');
  assert.equal(run(two, 'svc', { n: 4, rate: 5 }), '{out: 25, inner: 5}');
  assert.equal(run(two, 'd'), '{out: 30, inner: 3}');
  assert.equal(run(one, 'out', { n: 4 }), '500');
  const blind = one.replace('<inputData href="#i_n"/>', '');
  assert.equal(run(blind, 'svc', { n: 4, rate: 5 }), 'null', 'what is no input of the service is not seen inside');
});

test('imported types, decisions, knowledge models and services stand behind the name of their import', () => {
  const lib = definitions(
    `<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues></itemDefinition>
     ${input('age', 'tAge')}${decision('adult', feel('age >= 18'), needs('i_age'))}${bkm('plus', 'a', feel('a + 1'))}
     <decisionService id="f_s" name="s"><variable name="s"/><outputDecision href="#d_adult"/><inputData href="#i_age"/></decisionService>`,
    { name: 'lib' },
  );
  const imports = '<import name="lib" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>';
  const main = definitions(
    input('years', 'lib.tAge') +
      decision(
        'd',
        feel('[lib.adult, lib.plus(1), lib.s(17), lib.age]'),
        needs('urn:lib#d_adult', 'urn:lib#f_plus', 'urn:lib#f_s', 'urn:lib#i_age'),
      ) +
      decision('y', feel('years'), needs('i_years')) +
      decision('instance', feel('200 instance of lib.tAge'), ''),
    { imports },
  );
  assert.equal(run([main, lib], 'd', { age: 20 }), '[true, 2, false, 20]');
  assert.equal(run([main, lib], 'y', { years: 30 }), '30');
  assert.equal(run([main, lib], 'y', { years: 300 }), 'null');
  const unnamed = definitions(
    input('years', 'tAge') +
      decision('d', feel('[adult, plus(1), years]'), needs('urn:lib#d_adult', 'urn:lib#f_plus', 'i_years')),
    { imports: imports.replace('name="lib"', 'name=""') },
  );
  assert.equal(run([unnamed, lib], 'd', { age: 3, years: 200 }), '[false, 2, null]');
  const top = definitions(decision('d', feel('main.d[2]'), needs('urn:main#d_d')), {
    name: 'top',
    imports: '<import name="main" namespace="urn:main" importType=""/>',
  });
  assert.equal(run([top, main, lib], 'd', { age: 20 }), '2');
  const missing = compileDecisions([readDmn(main)]).findings.map(({ code }) => code);
  assert.ok(missing.includes('dmn-missing-import'));
});

test('item definitions: allowed values, constraints, collections, components, functions, and types that hold themselves', () => {
  const items = `<itemDefinition name="tUse"><typeRef>string</typeRef><allowedValues><text>"home","shop"</text></allowedValues></itemDefinition>
    <itemDefinition name="tUses" isCollection="true"><typeRef>tUse</typeRef><typeConstraint><text>count(?) &lt;= 2</text></typeConstraint></itemDefinition>
    <itemDefinition name="tScores" isCollection="true"><typeRef>number</typeRef><allowedValues><text>[0..10]</text></allowedValues></itemDefinition>
    <itemDefinition name="tPerson"><itemComponent name="full name"><typeRef>string</typeRef></itemComponent>
      <itemComponent name="born"><typeRef>date and time</typeRef></itemComponent><itemComponent name="uses" isCollection="true"><typeRef>tUse</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tTree"><itemComponent name="n"><typeRef>number</typeRef></itemComponent><itemComponent name="children" isCollection="true"><typeRef>tTree</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tSelf"><typeRef>tSelf</typeRef></itemDefinition>
    <itemDefinition name="tFn"><functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/></functionItem></itemDefinition>`;
  const typed = (type: string, value: Json): string =>
    run(definitions(items + input('v', type) + decision('d', feel('v'), needs('i_v'))), 'd', { v: value });
  assert.equal(typed('tUse', 'home'), 'home');
  assert.equal(typed('tUse', 'farm'), 'null');
  assert.equal(typed('tUse', ['home']), 'home');
  assert.equal(typed('tUse', ['home', 'shop']), 'null');
  assert.equal(typed('tUses', ['home', 'shop']), '["home", "shop"]');
  assert.equal(typed('tUses', 'home'), '["home"]');
  assert.equal(typed('tUses', ['home', 'home', 'home']), 'null');
  assert.equal(typed('tUses', ['farm']), 'null');
  assert.equal(typed('tScores', [1, 11]), 'null');
  assert.equal(typed('tScores', [1, 10]), '[1, 10]');
  assert.equal(typed('tPerson', { 'full name': 'Sara', uses: 'home' }), '{full name: "Sara", uses: ["home"]}');
  assert.equal(typed('tPerson', { 'full name': 3 }), 'null');
  assert.equal(typed('tPerson', { 'full name': null }), '{full name: null}');
  assert.equal(typed('tTree', { n: 1, children: [{ n: 2, children: [] }] }), '{n: 1, children: [{n: 2, children: []}]}');
  assert.equal(typed('tTree', { n: 1, children: [{ n: 'x', children: [] }] }), 'null');
  assert.equal(typed('tSelf', 3), '3');
  assert.equal(typed('number', '3'), 'null');
  const born = definitions(
    items +
      decision('d', feel('{"full name": "a", born: @"2026-01-01"}'), '', 'tPerson') +
      decision('f', feel('function(a: number) a'), '', 'tFn'),
  );
  assert.equal(run(born), '{full name: "a", born: 2026-01-01T00:00:00Z}');
  assert.equal(run(born, 'f'), 'function(a)');
  assert.equal(run(definitions(items + decision('d', feel('function(a: string) a'), '', 'tFn'))), 'null');
  assert.equal(run(definitions(items + decision('d', feel('function(a, b) a'), '', 'tFn'))), 'null');
  const higher = definitions(
    items +
      bkm('apply', 'f:tFn,n:number', feel('f(n)')) +
      decision('d', feel('[apply(function(x) x * 2, 4), apply(floor, 1.5), apply("f", 1)]'), needs('f_apply')),
  );
  assert.equal(run(higher), '[8, 1, null]');
  const { library } = compileDecisions([
    readDmn(
      definitions(
        items +
          decision('d', feel('[{n: 1, children: []} instance of tTree, {n: "a"} instance of tTree, "home" instance of tUse]')),
      ),
    ),
  ]);
  assert.equal(textOf(library.evaluate('d', {}).value), '[true, false, true]');
});

test('files of DMN 1.1 to 1.5 are read by their namespaces, with the type names of their time', () => {
  const versions = {
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd': 'feel:days and time duration',
    'http://www.omg.org/spec/DMN/20180521/MODEL/': 'dayTimeDuration',
    'https://www.omg.org/spec/DMN/20191111/MODEL/': 'days and time duration',
    'https://www.omg.org/spec/DMN/20211108/MODEL/': 'days and time duration',
    'https://www.omg.org/spec/DMN/20230324/MODEL/': 'days and time duration',
  };
  for (const [version, type] of Object.entries(versions)) {
    const model = definitions(decision('d', feel('@"PT1H"'), '', type) + decision('e', feel('1'), '', type), { version });
    assert.equal(run(model), 'PT1H', version);
    assert.equal(run(model, 'e'), 'null', version);
  }
});

test('a decision without logic is null, one that requires itself reads null, and an unknown one is refused', () => {
  const model = definitions('<decision id="d_d" name="d"/>' + decision('loop', feel('loop'), needs('d_loop')));
  assert.equal(run(model), 'null');
  assert.equal(run(model, 'loop'), 'null');
  assert.throws(() => run(model, 'nowhere'), TypeError);
  const { library } = compileDecisions([
    readDmn(definitions(input('n', 'number') + decision('d', feel('n + 0.1'), needs('i_n'), 'number'))),
  ]);
  assert.equal(textOf(library.evaluate('d_d', { n: new Decimal('0.2') }).value), '0.3');
});

test('a problem says in which expression of which element it is, and where', () => {
  const { library } = compileDecisions([
    readDmn(
      definitions(
        bkm('rate', 'n', feel('n * missing')) +
          decision('d', `<list>${feel('1 + rate(2)')}${feel('"a" * 2')}</list>`, needs('f_rate')),
      ),
    ),
  ]);
  assert.deepEqual(
    library.evaluate('d', {}).problems.map(({ code, place, at }) => [code, place, at]),
    [
      ['feel-unknown-name', 'rate: n * missing', { from: 4, to: 11 }],
      ['feel-operands', 'rate: n * missing', { from: 0, to: 11 }],
      ['feel-operands', 'd: 1 + rate(2)', { from: 0, to: 11 }],
      ['feel-operands', 'd: "a" * 2', { from: 0, to: 7 }],
    ],
  );
  const { findings } = compileDecisions([
    readDmn(
      definitions(
        `<itemDefinition name="t"><typeRef>tNowhere</typeRef></itemDefinition>${input('n', 't')}${decision('d', feel('n == 1'), needs('i_n'))}`,
      ),
    ),
  ]);
  assert.deepEqual(
    findings.map(({ code, place }) => [code, place]),
    [
      ['dmn-unknown-type', 't'],
      ['feel-syntax', 'd: n == 1'],
    ],
  );
});
