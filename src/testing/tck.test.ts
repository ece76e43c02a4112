// The runner of the TCK judges as testCases.xsd means it, and no file, however broken, stops it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { runTck, type TckFailure, type TckResult } from './tck.ts';

/** Runs a kit of these files, by path. */
function judged(files: Readonly<Record<string, string>>): TckResult {
  const folder = mkdtempSync(join(tmpdir(), 'dargah-tck-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return runTck(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tests = (inside: string, model = 'm.dmn'): string =>
  `<t:testCases xmlns:t="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
${model === '' ? '' : `<t:modelName>${model}</t:modelName>`}${inside.replaceAll(/<(\/?)(\w)/g, '<$1t:$2')}</t:testCases>`;
const model = (inside: string, namespace = 'urn:m'): string =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="m" namespace="${namespace}">${inside}</definitions>`;
const decision = (name: string, text: string, needs = ''): string =>
  `<decision id="id-${name}" name="${name}"><variable name="${name}"/>${needs}<literalExpression><text>${text}</text></literalExpression></decision>`;
const result = (name: string, expected: string, more = ''): string =>
  `<resultNode name="${name}"${more}><expected>${expected}</expected></resultNode>`;
const value = (type: string, text: string): string => `<value i:type="xs:${type}">${text}</value>`;
const failures = ({ folders }: TckResult): readonly TckFailure[] => folders.flatMap((folder) => folder.failures);

test('values of every type are read and compared, nil, lists and components with them', () => {
  const decisions = [
    decision('n', '1/3'),
    decision('s', '" two  spaces "'),
    decision('list', '[1, null, "x"]'),
    decision('context', '{a: {b: date("2020-01-31")}, c: null}'),
    decision('time', 'time("10:00:00@Europe/Paris")'),
    decision('days', 'duration("PT36H")'),
    decision('nothing', '1 + "a"'),
  ];
  const kit = {
    'm.dmn': model(decisions.join('')),
    'm-test-01.xml': tests(
      `<testCase id="1">${[
        result('n', value('decimal', '0.333333333')),
        result('s', value('string', ' two  spaces ')),
        result(
          'list',
          `<list><item>${value('double', '1')}</item><item><value i:nil="true"/></item><item><value>x</value></item></list>`,
        ),
        result(
          'context',
          `<component name="a"><component name="b">${value('date', '2020-01-31')}</component></component><component name="c"><value i:nil="1"/></component>`,
        ),
        result('days', value('duration', 'P1DT12H')),
        result('nothing', '<value i:nil="true"/>', ' errorResult="true"'),
        '<resultNode name="nothing"/>',
      ].join('')}</testCase>
      <testCase id="2">${result('time', value('time', '10:00:00+01:00'))}</testCase>
      <testCase id="3">${result('n', value('string', '0.333333333'))}</testCase>
      <testCase id="4">${result('n', value('decimal', '0.33333'))}</testCase>
      <testCase id="5">${result('n', value('decimal', '0.3333333333'), ' errorResult="true"')}</testCase>`,
    ),
  };
  const found = judged(kit);
  assert.deepEqual([found.passed, found.total, found.java], [1, 5, 0]);
  assert.deepEqual(
    failures(found).map(({ test, node, expected }) => [test, node, expected]),
    [
      ['2', 'time', '10:00:00+01:00'],
      ['3', 'n', '0.333333333'],
      ['4', 'n', '0.33333'],
      ['5', 'n', 'an error'],
    ],
  );
});

test('a value that no reading gives a meaning fails its case, with the reason', () => {
  const found = judged({
    'm.dmn': model(decision('n', 'null')),
    't.xml': tests(
      `<testCase id="1">${result('n', value('date', '31 January'))}</testCase><testCase id="2">${result('n', value('int', 'one'))}</testCase>`,
    ),
  });
  assert.deepEqual(
    failures(found).map(({ problems }) => problems),
    ['“31 January” is no xsd:date', '“one” is no xsd:int'],
  );
});

test('services and knowledge models are called by name, a service of several decisions gives each', () => {
  const needs = '<informationRequirement><requiredInput href="#in"/></informationRequirement>';
  const kit = {
    'm.dmn': model(
      `<inputData id="in" name="in x"><variable name="in x"/></inputData>${decision('a', 'in x + 1', needs)}${decision('b', '{ a: in x }', needs)}
      <decisionService id="s2" name="two"><variable name="two"/><outputDecision href="#id-a"/><outputDecision href="#id-b"/><inputData href="#in"/></decisionService>
      <decisionService id="s1" name="one"><variable name="one"/><outputDecision href="#id-b"/><inputData href="#in"/></decisionService>
      <businessKnowledgeModel id="k" name="twice"><variable name="twice"/><encapsulatedLogic><formalParameter name="n"/><literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>`,
    ),
    't.xml': tests(
      `<testCase id="1" type="decisionService" invocableName="two"><inputNode name="in x">${value('int', '4')}</inputNode>${result('a', value('long', '5'))}${result('b', `<component name="a">${value('int', '4')}</component>`)}</testCase>
      <testCase id="2" type="decisionService" invocableName="one"><inputNode name="in x">${value('int', '4')}</inputNode>${result('a', `<component name="a">${value('int', '4')}</component>`)}</testCase>
      <testCase id="3" type="bkm" invocableName="twice"><inputNode name="n">${value('int', '4')}</inputNode>${result('twice', value('int', '8'))}</testCase>`,
    ),
  };
  assert.deepEqual(failures(judged(kit)), []);
});

test('a test reads its own model and what that imports, and no other file of the folder', () => {
  const imported = '<import name="other" namespace="urn:o" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>';
  const needs = '<informationRequirement><requiredDecision href="urn:o#id-x"/></informationRequirement>';
  const found = judged({
    'kit/a/m.dmn': model(imported + decision('y', 'other.x + 1', needs)),
    'kit/a/o.dmn': model(decision('x', '41'), 'urn:o'),
    'kit/a/other m.dmn': model(decision('y', '0'), 'urn:unrelated'),
    'kit/a/broken.dmn': '<definitions',
    'kit/a/m-test.xml': tests(
      `<testCase id="1">${result('y', value('int', '42'))}${result('x', value('int', '41'), ' namespace="urn:o"')}</testCase>`,
      '',
    ),
  });
  assert.deepEqual([found.folders[0]?.folder, failures(found)], ['kit/a', []]);
});

test('what is broken fails its cases with a reason, and the rest runs on', () => {
  const one = `<testCase id="1">${result('x', value('int', '1'))}</testCase>`;
  const found = judged({
    'broken-model/m.dmn': '<definitions <',
    'broken-model/t.xml': tests(one),
    'broken-tests/m.dmn': model(decision('x', '1')),
    'broken-tests/t.xml': tests(one).slice(0, -20),
    'no-decision/m.dmn': model(decision('y', '1')),
    'no-decision/t.xml': tests(one),
    'no-model/t.xml': tests(one),
    'well/m.dmn': model(decision('x', '1')),
    'well/t.xml': tests(one),
    'well/pom.xml': '<project/>',
  });
  assert.deepEqual(
    found.folders.map(({ folder, passed, total }) => [folder, passed, total]),
    [
      ['broken-model', 0, 1],
      ['broken-tests', 0, 1],
      ['no-decision', 0, 1],
      ['no-model', 0, 1],
      ['well', 1, 1],
    ],
  );
  assert.ok(failures(found).every(({ problems }) => problems.length > 0));
});

test('cases that call Java are told by their models, through all they require, and counted apart', () => {
  const java =
    '<context><contextEntry><variable name="class"/><literalExpression><text>"java.lang.Math"</text></literalExpression></contextEntry><contextEntry><variable name="method signature"/><literalExpression><text>"max(int, int)"</text></literalExpression></contextEntry></context>';
  const needs = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>';
  const found = judged({
    'm.dmn': model(
      `<businessKnowledgeModel id="k" name="max"><variable name="max"/><encapsulatedLogic kind="Java"><formalParameter name="a"/><formalParameter name="b"/>${java}</encapsulatedLogic></businessKnowledgeModel>
      ${decision('a', 'max(1, 2)', needs)}${decision('b', '1')}
      ${decision('c', 'function(n) external {java: {class: "java.lang.Math", method signature: "cos(double)"}}')}`,
    ),
    't.xml': tests(
      ['a', 'b', 'c'].map((name) => `<testCase id="${name}">${result(name, value('int', '2'))}</testCase>`).join(''),
    ),
  });
  assert.deepEqual(found.folders[0]?.java, ['a', 'c']);
  assert.deepEqual(
    failures(found).map(({ test }) => test),
    ['b'],
  );
});
