// Type errors of whole models: told where they are certain, and never where a decision has a value.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { textOf } from '#rules/text.ts';
import { bkm, decision, definitions, feel, input, needs } from '#testing/dmn-text.ts';

function found(body: string, imports: readonly string[] = []): readonly string[] {
  const { checkTypes, findings } = compileDecisions([body, ...imports].map((one) => readDmn(one)));
  assert.deepEqual(findings, []);
  return checkTypes().map(({ code, place }) => `${code} ${place}`);
}

const ITEMS = `<itemDefinition name="tLine"><itemComponent name="area"><typeRef>number</typeRef></itemComponent><itemComponent name="use"><typeRef>string</typeRef></itemComponent></itemDefinition>
  <itemDefinition name="tLines" isCollection="true"><typeRef>tLine</typeRef></itemDefinition>`;
const NAMES = input('n', 'number') + input('s', 'string') + input('line', 'tLine') + input('lines', 'tLines');
const ALL = needs('i_n', 'i_s', 'i_line', 'i_lines');
const one = (logic: string, type = 'Any'): readonly string[] =>
  found(definitions(ITEMS + NAMES + decision('d', logic, ALL, type)));
const entry = (name: string, source: string, type = 'Any'): string =>
  `<contextEntry><variable name="${name}" typeRef="${type}"/>${feel(source)}</contextEntry>`;

test('a certain error in each boxed expression is told with its expression', () => {
  assert.deepEqual(one(feel('n + s')), ['feel-operands d: n + s']);
  assert.deepEqual(one(feel('n + 1')), []);
  assert.deepEqual(one(`<context>${entry('a', 's')}${entry('b', 'a * 2')}</context>`), ['feel-operands d: a * 2']);
  assert.deepEqual(one(`<context>${entry('a', '1', 'string')}</context>`), ['feel-type d: 1']);
  assert.deepEqual(one(`<context>${entry('a', '[1]', 'number')}${entry('b', '@"2026-01-01"', 'dateTime')}</context>`), []);
  assert.deepEqual(one(`<list>${feel('n')}${feel('-s')}</list>`), ['feel-operands d: -s']);
  assert.deepEqual(one(`<relation><column name="a"/><row>${feel('abs(s)')}</row></relation>`), ['feel-argument d: abs(s)']);
  const conditional = (test: string): string =>
    `<conditional><if>${feel(test)}</if><then>${feel('1')}</then><else>${feel('2')}</else></conditional>`;
  assert.deepEqual(one(conditional('s')), ['feel-type d: s']);
  assert.deepEqual(one(conditional('n > 3')), []);
  const filter = (match: string): string => `<filter><in>${feel('lines')}</in><match>${feel(match)}</match></filter>`;
  assert.deepEqual(one(filter('item.area = "x"')), ['feel-operands d: item.area = "x"']);
  assert.deepEqual(one(filter('area > 3 and n > 1')), []);
  assert.deepEqual(one(`<filter><in>${feel('[{a: "x"}]')}</in><match>${feel('a > n')}</match></filter>`), [
    'feel-operands d: a > n',
  ]);
  const loop = (kind: string, body: string): string =>
    `<${kind} iteratorVariable="l"><in>${feel('lines')}</in><${kind === 'for' ? 'return' : 'satisfies'}>${feel(body)}</${kind === 'for' ? 'return' : 'satisfies'}></${kind}>`;
  assert.deepEqual(one(loop('for', 'l.use + 1')), ['feel-operands d: l.use + 1']);
  assert.deepEqual(one(loop('some', 'l.use > 1')), ['feel-operands d: l.use > 1']);
  assert.deepEqual(one(loop('every', 'l.area > count(lines)')), []);
  const fn = `<functionDefinition><formalParameter name="a" typeRef="string"/>${feel('a + 1')}</functionDefinition>`;
  assert.deepEqual(one(fn), ['feel-operands d: a + 1']);
});

test('what a decision gives must fit what it declares, and what requires it', () => {
  assert.deepEqual(one(feel('n + 1'), 'string'), ['feel-type d']);
  assert.deepEqual(one(feel('[n]'), 'number'), []);
  assert.deepEqual(one(feel('line'), 'tLine'), []);
  assert.deepEqual(one(feel('null'), 'tLine'), []);
  const chain = decision('a', feel('{x: "text"}')) + decision('d', feel('a.x * 2 + a.y'), needs('d_a'));
  assert.deepEqual(found(definitions(chain)), ['feel-operands d: a.x * 2 + a.y', 'feel-property d: a.x * 2 + a.y']);
  const ring = decision('a', feel('1'), needs('d_d')) + decision('d', feel('a + 1'), needs('d_a'));
  assert.equal(compileDecisions([readDmn(definitions(ring))]).checkTypes().length, 0);
});

test('knowledge models and services are called with what they take', () => {
  const model = (call: string): readonly string[] =>
    found(
      definitions(
        bkm('rate', 'a:number', feel('a * 2'), { type: 'number' }) +
          input('n', 'number') +
          decision('o', feel('n > 1'), needs('i_n')) +
          '<decisionService id="f_svc" name="svc"><variable name="svc"/><outputDecision href="#d_o"/><inputData href="#i_n"/></decisionService>' +
          decision('d', call, needs('f_rate', 'f_svc')),
      ),
    );
  assert.deepEqual(model(feel('rate(1) + 1')), []);
  assert.deepEqual(model(feel('rate("x")')), ['feel-argument d: rate("x")']);
  assert.deepEqual(model(feel('rate(1, 2)')), ['feel-argument d: rate(1, 2)']);
  assert.deepEqual(model(feel('rate(1) + "x"')), ['feel-operands d: rate(1) + "x"']);
  assert.deepEqual(model(feel('svc(1)')), []);
  assert.deepEqual(model(`<invocation>${feel('rate')}<binding><parameter name="a"/>${feel('-"x"')}</binding></invocation>`), [
    'feel-operands d: -"x"',
  ]);
  const lib = definitions(decision('x', feel('1')), { name: 'lib' });
  const main = definitions(decision('d', feel('lib.x + "a"'), needs('urn:lib#d_x')), {
    imports: '<import name="lib" namespace="urn:lib" importType=""/>',
  });
  assert.deepEqual(found(main, [lib]), [], 'what is imported is not looked into');
});

test('a table: its inputs and outputs fit their types; several hits make a list', () => {
  const table = (policy: string, output: string, inputType = 'Any', outputType = 'Any'): string =>
    `<decisionTable ${policy}><input><inputExpression typeRef="${inputType}"><text>n</text></inputExpression></input><output typeRef="${outputType}"/>
     <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>${output}</text></outputEntry></rule></decisionTable>`;
  assert.deepEqual(one(table('', '"a"')), []);
  assert.deepEqual(one(table('', 's * 2')), ['feel-operands d: s * 2']);
  assert.deepEqual(one(table('', '"a"', 'string')), ['feel-type d: n']);
  assert.deepEqual(one(table('', '"a"', 'number', 'number')), ['feel-type d: "a"']);
  assert.deepEqual(one(table('', '"a"'), 'number'), ['feel-type d']);
  assert.deepEqual(one(table('hitPolicy="COLLECT" aggregation="COUNT"', '"a"'), 'number'), []);
  assert.deepEqual(one(table('hitPolicy="COLLECT" aggregation="MAX"', '"a"'), 'number'), ['feel-type d']);
  assert.deepEqual(one(table('hitPolicy="COLLECT"', '"a"'), 'number'), [], 'a list of one is its item');
});

function kit(): string | undefined {
  for (let at = import.meta.dirname; dirname(at) !== at; at = dirname(at)) {
    const path = join(at, '../shared/conformance/dmn-tck/compliance-level-3');
    if (existsSync(path)) return path;
  }
  return undefined;
}

const root = kit();

test(
  'law: no decision of the public kit that has a value is told wrong, but where a condition is none',
  { skip: root ? false : 'the TCK is not beside the project (../shared/conformance/dmn-tck)' },
  () => {
    let told = 0;
    for (const folder of readdirSync(root!)) {
      const files = readdirSync(join(root!, folder)).filter((name) => name.endsWith('.dmn'));
      const { library, checkTypes } = compileDecisions(
        files.map((name) => readDmn(readFileSync(join(root!, folder, name), 'utf8'))),
      );
      for (const { code, place } of checkTypes()) {
        told += 1;
        const { value } = library.evaluate(place.split(': ')[0] ?? '', {});
        assert.ok(value === null || code === 'feel-condition', `${folder} ${place}: ${textOf(value)}`);
      }
    }
    assert.ok(told > 150, `${told} errors were told`);
  },
);
