// Decisions compiled and evaluated: hit policies, which rules hit, what cannot be linked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from '#base/decimal.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { fromFeel } from '#rules/values.ts';

const HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="fees" namespace="urn:fees">';

const FEE = `${HEAD}
<inputData id="i_area" name="متراژ"><variable name="متراژ" typeRef="number"/></inputData>
<inputData id="i_use" name="use"><variable name="use" typeRef="string"/></inputData>
<decision id="rate" name="rate">
  <variable name="rate" typeRef="number"/>
  <informationRequirement id="r1"><requiredInput href="#i_use"/></informationRequirement>
  <decisionTable hitPolicy="UNIQUE">
    <input><inputExpression typeRef="string"><text>use</text></inputExpression></input>
    <output name="rate" typeRef="number"><defaultOutputEntry><text>1</text></defaultOutputEntry></output>
    <annotation name="citation"/>
    <rule id="rule_home"><inputEntry><text>"home"</text></inputEntry><outputEntry><text>2000</text></outputEntry><annotationEntry><text>Tariff 1405, art. 3</text></annotationEntry></rule>
    <rule id="rule_shop"><inputEntry><text>"shop"</text></inputEntry><outputEntry><text>5000.5</text></outputEntry><annotationEntry><text>Tariff 1405, art. 4</text></annotationEntry></rule>
  </decisionTable>
</decision>
<businessKnowledgeModel id="times" name="times"><variable name="times" typeRef="number"/>
  <encapsulatedLogic><formalParameter name="a" typeRef="number"/><formalParameter name="b" typeRef="number"/>
  <literalExpression><text>round half up(a * b, 0)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
<decision id="fee" name="fee">
  <variable name="fee" typeRef="number"/>
  <informationRequirement id="r2"><requiredDecision href="#rate"/></informationRequirement>
  <informationRequirement id="r3"><requiredInput href="#i_area"/></informationRequirement>
  <knowledgeRequirement id="r4"><requiredKnowledge href="#times"/></knowledgeRequirement>
  <literalExpression><text>times(rate, متراژ)</text></literalExpression>
</decision>
</definitions>`;

test('a decision tells which rules hit, with what, and their citations', () => {
  const { library, findings } = compileDecisions([readDmn(FEE)]);
  assert.deepEqual(findings, []);
  assert.deepEqual(library.decisions.find(({ id }) => id === 'fee')?.inputs.toSorted(), ['use', 'متراژ']);
  const result = library.evaluate('fee', { use: 'shop', متراژ: new Decimal(3) });
  assert.equal(fromFeel(result.value), 15002);
  assert.deepEqual(
    result.hits.map(({ decision, rule, ruleId, annotations, outputs }) => [
      decision,
      rule,
      ruleId,
      annotations,
      fromFeel(outputs),
    ]),
    [['rate', 2, 'rule_shop', { citation: 'Tariff 1405, art. 4' }, { rate: 5000.5 }]],
  );
});

test('without a hit the default output is the result', () => {
  const { library } = compileDecisions([readDmn(FEE)]);
  assert.equal(fromFeel(library.evaluate('rate', { use: 'farm' }).value), 1);
});

test('an input of another type is null, with a problem', () => {
  const { library } = compileDecisions([readDmn(FEE)]);
  const { value, problems } = library.evaluate('fee', { use: 'shop', متراژ: 'three' });
  assert.equal(value, null);
  assert.ok(problems.some(({ code }) => code === 'feel-type'));
});

function table(policy: string, cells: string): string {
  return `${HEAD}<inputData id="x" name="x"/><decision id="t" name="t"><informationRequirement id="r"><requiredInput href="#x"/></informationRequirement>
    <decisionTable ${policy}><input><inputExpression><text>x</text></inputExpression></input>
    <output><outputValues><text>"high","low"</text></outputValues></output>${cells}</decisionTable></decision></definitions>`;
}

const CELLS = ['&lt; 10|"low"', '&lt; 5|"high"', '&lt; 3|"low"']
  .map((cell) => cell.split('|'))
  .map(
    ([input, output]) =>
      `<rule><inputEntry><text>${input}</text></inputEntry><outputEntry><text>${output}</text></outputEntry></rule>`,
  )
  .join('');

test('each hit policy has its result', () => {
  const run = (policy: string): unknown =>
    fromFeel(compileDecisions([readDmn(table(policy, CELLS))]).library.evaluate('t', { x: new Decimal(1) }).value);
  assert.equal(run(''), null);
  assert.equal(run('hitPolicy="ANY"'), null);
  assert.equal(run('hitPolicy="FIRST"'), 'low');
  assert.equal(run('hitPolicy="PRIORITY"'), 'high');
  assert.deepEqual(run('hitPolicy="RULE ORDER"'), ['low', 'high', 'low']);
  assert.deepEqual(run('hitPolicy="OUTPUT ORDER"'), ['high', 'low', 'low']);
  assert.deepEqual(run('hitPolicy="COLLECT"'), ['low', 'high', 'low']);
  assert.equal(run('hitPolicy="COLLECT" aggregation="COUNT"'), 3);
  assert.equal(run('hitPolicy="COLLECT" aggregation="MAX"'), 'low');
});

test('what cannot be read or linked is a finding', () => {
  assert.deepEqual(
    readDmn('<definitions')
      .findings.map(({ code }) => code)
      .at(-1),
    'dmn-version',
  );
  assert.equal(readDmn('<definitions xmlns="urn:other"/>').findings[0]?.code, 'dmn-version');
  const { findings } = compileDecisions([readDmn(table('', CELLS).replace('href="#x"', 'href="#y"'))]);
  assert.equal(findings[0]?.code, 'missing-reference');
  const broken = compileDecisions([readDmn(table('', CELLS).replace('&lt; 10', '&lt; '))]);
  assert.equal(broken.findings[0]?.code, 'feel-syntax');
});
