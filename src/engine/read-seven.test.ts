// Reading what others draw: Camunda 7's attributes where their meaning is plain, and all that Camunda Modeler 8 writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromJuel } from './juel.ts';
import type { Model, ModelNode } from './model.ts';
import { drawn, el, ext, path } from './play.test.ts';
import { readModel } from './read.ts';

test('plain expressions are told in FEEL', () => {
  const plain: Readonly<Record<string, string>> = {
    '${approved}': '=approved',
    '#{approved}': '=approved',
    '${!approved}': '=not(approved)',
    '${amount > 100}': '=amount > 100',
    '${a == b && c}': '=a = b and c',
    '${a eq "x" or not b}': '=a = "x" or not(b)',
    "${name != 'Ali'}": '=name != "Ali"',
    '${order.total * 2 + 1 >= limit}': '=order.total * 2 + 1 >= limit',
    '${x % 2 == 0}': '=modulo(x, 2) = 0',
    '${a ? 1 : 2}': '=if a then 1 else 2',
    '${(a || b) && c}': '=(a or b) and c',
    '${empty list}': '=(list = null or list = "")',
    "${execution.getVariable('total') > 5}": '=total > 5',
    'Dear ${name}': '="Dear " + string(name)',
    '${مبلغ > 5}': '=مبلغ > 5',
    'a text': 'a text',
  };
  for (const [juel, feel] of Object.entries(plain)) assert.equal(fromJuel(juel), feel, juel);
  for (const strange of ['${bean.method(x)}', '${a[0]}', '${', '${}', '${a b}', '${a ? 1}', '${"open}', '${(a}', '${a +}'])
    assert.equal(fromJuel(strange), undefined, strange);
});

const seven = (...parts: readonly string[]): string =>
  drawn(...parts).replace('xmlns:zeebe', 'xmlns:c7="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe');

async function read(xml: string): Promise<{ readonly model: Model; readonly found: string[] }> {
  const { model, findings } = await readModel(xml);
  assert.ok(model);
  return { model, found: findings.map((one) => `${one.code} ${one.place}`) };
}

const nodeOf = (model: Model, id: string): ModelNode => model.nodes.find((node) => node.id === id)!;
const SE = [el('startEvent', 'S'), el('endEvent', 'E')];

test('tasks of Camunda 7 keep their form, group, deadline, topic and mappings', async () => {
  const io =
    '<c7:inputOutput><c7:inputParameter name="total">${order.total}</c7:inputParameter><c7:inputParameter name="kind">plain</c7:inputParameter>' +
    '<c7:inputParameter name="both"><c7:list><c7:value>${a}</c7:value><c7:value>b</c7:value></c7:list></c7:inputParameter>' +
    '<c7:outputParameter name="done">${ok}</c7:outputParameter></c7:inputOutput>';
  const { model, found } = await read(
    seven(
      ...SE,
      el('userTask', 'A', {
        'c7:formKey': 'embedded:app:forms/review.html',
        'c7:candidateGroups': 'desk',
        'c7:dueDate': 'P3D',
        'c7:priority': '50',
        'c7:asyncBefore': 'true',
      }),
      el('serviceTask', 'B', { 'c7:type': 'external', 'c7:topic': 'mail' }, ext(io)),
      el('serviceTask', 'C', { 'c7:delegateExpression': '${mailer}' }),
      el('businessRuleTask', 'D', { 'c7:decisionRef': 'fee', 'c7:resultVariable': 'amount' }),
      path('S A B C D E'),
    ),
  );
  assert.deepEqual(found, []);
  const { info } = nodeOf(model, 'A');
  assert.deepEqual([info.form, info.executor, info.deadline], ['review', { unit: 'desk', role: 'officer' }, { duration: 'P3D' }]);
  assert.equal(nodeOf(model, 'B').info.service, 'mail');
  assert.deepEqual(nodeOf(model, 'B').inputs, [
    { source: '=order.total', target: 'total' },
    { source: 'plain', target: 'kind' },
    { source: '=[a, "b"]', target: 'both' },
  ]);
  assert.deepEqual(nodeOf(model, 'B').outputs, [{ source: '=ok', target: 'done' }]);
  assert.equal(nodeOf(model, 'C').info.service, 'mailer');
  assert.deepEqual(nodeOf(model, 'D').decision, { id: 'fee', result: 'amount' });
});

test('conditions, calls and loops of Camunda 7 are read', async () => {
  const loop =
    '<bpmn:multiInstanceLoopCharacteristics c7:collection="people" c7:elementVariable="person">' +
    '<bpmn:completionCondition>${nrOfCompletedInstances > 2}</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>';
  const when = (from: string, to: string, text: string): string =>
    `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"><bpmn:conditionExpression>${text}</bpmn:conditionExpression></bpmn:sequenceFlow>`;
  const call = el(
    'callActivity',
    'C',
    { calledElement: 'Q' },
    ext('<c7:in source="x" target="y"/>', '<c7:in variables="all"/>', '<c7:out sourceExpression="${z + 1}" target="w"/>'),
  );
  const { model, found } = await read(
    seven(
      ...SE,
      el('userTask', 'A', {}, loop),
      el('exclusiveGateway', 'X', { default: 'X_E' }),
      call,
      path('S A X E'),
      when('X', 'C', '${!approved &amp;&amp; amount &gt; 100}'),
      path('C E'),
    ),
  );
  assert.deepEqual(found, []);
  assert.deepEqual(nodeOf(model, 'A').loop, {
    sequential: false,
    collection: '=people',
    element: 'person',
    until: '=numberOfCompletedInstances > 2',
  });
  assert.equal(model.flows.find((flow) => flow.id === 'X_C')?.condition, '=not(approved) and amount > 100');
  assert.deepEqual(nodeOf(model, 'C').calls, { process: 'Q', allIn: true, allOut: false });
  assert.deepEqual(nodeOf(model, 'C').inputs, [{ source: '=x', target: 'y' }]);
  assert.deepEqual(nodeOf(model, 'C').outputs, [{ source: '=z + 1', target: 'w' }]);
});

test('what is not plain is told with its place', async () => {
  const listener = ext('<c7:executionListener class="x.Y" event="start"/>', '<c7:formData><c7:formField id="f"/></c7:formData>');
  const { found } = await read(
    seven(
      ...SE,
      el('userTask', 'A', { 'c7:assignee': '${initiator}' }, listener),
      el('scriptTask', 'B', { scriptFormat: 'groovy', 'c7:resultVariable': 'r' }, '<bpmn:script>x = 1</bpmn:script>'),
      el('exclusiveGateway', 'X'),
      path('S A B X'),
      '<bpmn:sequenceFlow id="F" sourceRef="X" targetRef="E"><bpmn:conditionExpression>${bean.ask(x)}</bpmn:conditionExpression></bpmn:sequenceFlow>',
    ),
  );
  assert.deepEqual(found.toSorted(), [
    'expression-not-understood B',
    'expression-not-understood F',
    'extension-ignored A',
    'extension-ignored A',
    'extension-ignored A',
  ]);
});

test('all that Camunda Modeler 8 writes is read or harmless; what would matter is told', async () => {
  const harmless = ext(
    '<zeebe:userTask/>',
    '<zeebe:formDefinition formId="f" bindingType="versionTag" versionTag="v1"/>',
    '<zeebe:assignmentDefinition assignee="=a" candidateGroups="g" candidateUsers="u"/>',
    '<zeebe:priorityDefinition priority="50"/>',
    '<zeebe:properties><zeebe:property name="n" value="v"/></zeebe:properties>',
  );
  const matters = ext(
    '<zeebe:taskDefinition type="t" retries="3"/>',
    '<zeebe:executionListeners><zeebe:executionListener eventType="start" retries="3" type="l"/></zeebe:executionListeners>',
    '<zeebe:linkedResources><zeebe:linkedResource resourceId="r" resourceType="RPA" linkName="l" bindingType="latest"/></zeebe:linkedResources>',
    '<zeebe:somethingNew a="b"><zeebe:inside/></zeebe:somethingNew>',
  );
  const start = el('startEvent', 'S', { 'zeebe:modelerTemplate': 'io.x', 'zeebe:modelerTemplateVersion': '2' });
  const { model, found } = await read(
    drawn(
      ext('<zeebe:versionTag value="1.0"/>'),
      start,
      el('userTask', 'A', {}, harmless),
      el('serviceTask', 'B', {}, matters),
      el('endEvent', 'E'),
      path('S A B E'),
    ),
  );
  assert.equal(nodeOf(model, 'A').info.form, 'f');
  assert.deepEqual(found.toSorted(), ['extension-ignored B', 'extension-ignored B', 'extension-ignored zeebe:somethingNew']);
});

test('scripts in FEEL or JUEL, and what the file says beside, are read together', async () => {
  const { model, found } = await read(
    seven(
      ...SE,
      el('scriptTask', 'A', { scriptFormat: 'feel', 'c7:resultVariable': 'r' }, '<bpmn:script>a + 1</bpmn:script>'),
      el('scriptTask', 'B', { scriptFormat: 'juel', 'c7:resultVariable': 'q' }, '<bpmn:script>${a &gt; 1}</bpmn:script>'),
      el(
        'serviceTask',
        'C',
        { 'c7:class': 'x.Y', 'c7:resultVariable': 'z' },
        ext(
          '<c7:properties><c7:property name="n" value="v"/></c7:properties>',
          '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>',
        ),
      ),
      el('userTask', 'D', { 'c7:candidateGroups': 'one, two', 'c7:dueDate': '${later}' }),
      el(
        'serviceTask',
        'F',
        { 'c7:topic': 't' },
        ext('<c7:inputOutput><c7:inputParameter name="m"><c7:map/></c7:inputParameter></c7:inputOutput>'),
      ),
      path('S A B C D F E'),
    ),
  );
  assert.deepEqual(nodeOf(model, 'A').script, { expression: '=a + 1', result: 'r' });
  assert.deepEqual(nodeOf(model, 'B').script, { expression: '=a > 1', result: 'q' });
  assert.deepEqual(nodeOf(model, 'C').info.properties, { n: 'v' });
  assert.deepEqual(nodeOf(model, 'C').info.headers, { k: 'v' });
  assert.deepEqual(nodeOf(model, 'D').info.executor, { unit: 'one', role: 'officer' });
  assert.deepEqual(found.toSorted(), [
    'expression-not-understood F',
    'extension-ignored C',
    'extension-ignored D',
    'extension-ignored D',
  ]);
});

test('a call that names its process in BPMN’s own attribute is read without extensions', async () => {
  const { model } = await read(drawn(...SE, el('callActivity', 'C', { calledElement: 'Q' }), path('S C E')));
  assert.deepEqual(nodeOf(model, 'C').calls, { process: 'Q', allIn: true, allOut: true });
});
