// Whole models: decision services, imports, item definitions, versions; and what is wrong with a model, said with its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from '#base/decimal.ts';
import type { Json } from '#base/json.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { textOf } from '#rules/text.ts';
import { bkm, decision, definitions, feel, input, needs, run } from '#testing/dmn-text.ts';

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

test('a decision without logic is null, and an unknown one is refused', () => {
  const model = definitions('<decision id="d_d" name="d"/>');
  assert.equal(run(model), 'null');
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

test('another language, an id of two things and a ring of requirements are findings; a ring reads null', () => {
  const codes = (model: string): (string | undefined)[][] =>
    readDmn(model).findings.map(({ code, place, path }) => [code, place, path?.join(' ')]);
  const script =
    '<literalExpression expressionLanguage="http://www.ecma-international.org/ecma-262"><text>1</text></literalExpression>';
  assert.deepEqual(codes(definitions(decision('d', script))), [['dmn-language', 'd', undefined]]);
  assert.deepEqual(
    codes(definitions(decision('d', script.replace(/http[^"]*/, 'https://www.omg.org/spec/DMN/20230324/FEEL/')))),
    [],
  );
  assert.deepEqual(codes(definitions(decision('d', feel('1')) + decision('d', feel('2')))), [
    ['dmn-duplicate-id', 'd_d', undefined],
  ]);
  const ring = definitions(
    decision('a', feel('b'), needs('d_b')) +
      decision('b', feel('c'), needs('urn:main#d_c')) +
      decision('c', feel('a'), needs('d_a', 'd_d')) +
      decision('d', feel('1')),
  );
  assert.deepEqual(codes(ring), [['dmn-ring', 'a', 'd_a d_b d_c']]);
  assert.equal(compileDecisions([readDmn(ring)]).library.evaluate('a', {}).value, null);
});
