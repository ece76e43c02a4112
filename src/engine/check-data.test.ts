// What the check finds by following data: names nobody makes, names that some path does not make, and types that cannot fit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '#base/finding.ts';
import { ANY, type FeelType } from '#rules/typing.ts';
import { checkModel } from './check.ts';
import type { Known } from './check-references.ts';
import { definitions, el, ext, io, path, process, script, service, timer, when } from './play.test.ts';
import { readModel } from './read.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');
const TEXT: FeelType = { is: 'simple', kind: 'string' };
const ANSWERS: { readonly [form: string]: ReadonlyMap<string, FeelType> } = {
  check: new Map<string, FeelType>([
    ['decision', TEXT],
    ['urgent', { is: 'simple', kind: 'boolean' }],
    ['size', { is: 'simple', kind: 'number' }],
  ]),
};
const KNOWN: Known = {
  forms: ['check'],
  decisions: ['fee'],
  given: new Map<string, FeelType>([
    ['application', { is: 'context', entries: [{ name: 'area', type: { is: 'simple', kind: 'number' } }] }],
    ['case', { is: 'context', entries: [] }],
  ]),
  answers: (node) => (node.info.form === undefined ? undefined : (ANSWERS[node.info.form] ?? new Map([['record', ANY]]))),
  inputs: () => ['size'],
  result: () => ({ is: 'simple', kind: 'number' }),
};
const form = (id: string, ...more: readonly string[]): string =>
  el('userTask', id, {}, ext('<zeebe:formDefinition formId="check"/>', ...more));

async function found(...parts: readonly string[]): Promise<readonly Finding[]> {
  const { model, findings } = await readModel(definitions(process('P', ...parts)));
  assert.ok(model);
  return [...findings, ...checkModel(model, KNOWN)];
}

const check = async (...parts: readonly string[]): Promise<string[]> =>
  (await found(...parts)).map((one) => `${one.code} ${one.place}`);

test('what a form brings is made; a slip of the pen is nobody’s', async () => {
  const choice = (condition: string): string[] => [
    S,
    form('A'),
    el('exclusiveGateway', 'X', { default: 'X_E' }),
    script('B', 'y', '=size + 1'),
    E,
    path('S A X E'),
    when('X', 'B', condition),
    path('B E'),
  ];
  assert.deepEqual(await check(...choice('=decision = "yes"')), []);
  assert.deepEqual(await check(...choice('=decison = "yes"')), ['unknown-variable X_B']);
});

test('what is made later only is not there before', async () => {
  assert.deepEqual(await check(S, script('B', 'y', '=size'), form('A'), E, path('S B A E')), ['variable-made-later B']);
  const again = el('exclusiveGateway', 'X', { default: 'X_E' });
  const loop = await found(S, script('B', 'y', '=1 + size'), form('A'), again, E, path('S B A X E'), when('X', 'B', '=urgent'));
  assert.deepEqual(
    loop.map((one) => `${one.code} ${one.place} ${(one.path ?? []).join(' ')}`),
    ['maybe-missing-variable B S S_B B'],
  );
});

test('a path that makes no such name is told, with that path', async () => {
  const parts = (read: string): string[] => [
    S,
    el('exclusiveGateway', 'X', { default: 'X_J' }),
    form('A'),
    el('exclusiveGateway', 'J'),
    script('B', 'y', read),
    E,
    path('S X J B E'),
    when('X', 'A', '=application.area > 5'),
    path('A J'),
  ];
  const [one, ...more] = await found(...parts('=size * 2'));
  assert.deepEqual(more, []);
  assert.equal(`${one?.code} ${one?.place}`, 'maybe-missing-variable B');
  assert.deepEqual(one?.path, ['S', 'S_X', 'X', 'X_J', 'J', 'J_B', 'B']);
  for (const careful of ['=if size = null then 0 else size', '={ size: size }', '=[size]'])
    assert.deepEqual(await check(...parts(careful)), [], careful);
});

test('a parallel join has what each branch made, an exclusive one what all did', async () => {
  const parts = (type: string): string[] => [
    S,
    el(type, 'F', type === 'parallelGateway' ? {} : { default: 'F_A' }),
    form('A'),
    script('B', 'b', '=2'),
    el(type, 'J'),
    script('C', 'c', '=size + b'),
    E,
    path('S F A J C E'),
    type === 'parallelGateway' ? path('F B') : when('F', 'B', '=application.area > 1'),
    path('B J'),
  ];
  assert.deepEqual(await check(...parts('parallelGateway')), []);
  assert.deepEqual(await check(...parts('exclusiveGateway')), ['maybe-missing-variable C', 'maybe-missing-variable C']);
});

test('mapped inputs are known inside alone', async () => {
  const inside = [el('startEvent', 'S1'), script('B', 'y', '=n + 1'), el('endEvent', 'E1'), path('S1 B E1')];
  const sub = el('subProcess', 'Sub', {}, ext(io({ n: '=application.area' })), ...inside);
  assert.deepEqual(await check(S, sub, script('C', 'z', '=y + 1'), E, path('S Sub C E')), []);
  assert.deepEqual(await check(S, sub, script('C', 'z', '=n + 1'), E, path('S Sub C E')), ['unknown-variable C']);
});

test('an output mapping sees the answer, and hides the rest of it', async () => {
  const task = service('A', 'register', io({}, { land: '=record' })).replace(
    '<bpmn:extensionElements>',
    '<bpmn:extensionElements><zeebe:formDefinition formId="other"/>',
  );
  assert.deepEqual(await check(S, task.replace('<zeebe:formDefinition formId="other"/>', ''), E, path('S A E')), []);
  const mapped = form('A', io({}, { verdict: '=decision' }));
  assert.deepEqual(await check(S, mapped, script('B', 'y', '=verdict'), E, path('S A B E')), []);
  assert.deepEqual(await check(S, mapped, script('B', 'y', '=decision'), E, path('S A B E')), ['unknown-variable B']);
});

test('a boundary event and an event subprocess begin with what was there before', async () => {
  const late = el('boundaryEvent', 'L', { attachedToRef: 'A' }, timer('timeDuration', 'P1D'));
  const parts = [S, form('A'), late, script('B', 'y', '=size + 1'), E, path('S A E'), path('L B E')];
  assert.deepEqual(await check(...parts), ['variable-made-later B']);
  const inside = el(
    'subProcess',
    'H',
    { triggeredByEvent: 'true' },
    el('startEvent', 'S1', {}, timer('timeDuration', 'P1D')),
    script('B', 'y', '=size + 1'),
    el('endEvent', 'E1'),
    path('S1 B E1'),
  );
  assert.deepEqual(await check(S, form('A'), inside, E, path('S A E')), ['maybe-missing-variable B']);
});

test('what a message brings is anyone’s guess', async () => {
  const wait = el('intermediateCatchEvent', 'M', {}, '<bpmn:messageEventDefinition messageRef="Msg"/>');
  const message = '<bpmn:message id="Msg" name="paid"/>';
  const { model } = await readModel(
    definitions(message, process('P', S, wait, script('B', 'y', '=anything + 1'), E, path('S M B E'))),
  );
  assert.deepEqual(checkModel(model!, KNOWN), []);
});

test('a called process knows its caller’s variables, or its inputs alone', async () => {
  const called = (inner: string, all: boolean, ...more: readonly string[]): string =>
    definitions(
      process(
        'P',
        S,
        form('A'),
        el('callActivity', 'C', {}, ext(`<zeebe:calledElement processId="Q" propagateAllParentVariables="${all}"/>`, ...more)),
        script('Z', 'z', '=y + 1'),
        E,
        path('S A C Z E'),
      ),
      process('Q', el('startEvent', 'S1'), script('B', 'y', inner), el('endEvent', 'E1'), path('S1 B E1')),
    );
  const codes = async (xml: string): Promise<string[]> => {
    const { model } = await readModel(xml);
    return checkModel(model!, KNOWN).map((one) => `${one.code} ${one.place}`);
  };
  assert.deepEqual(await codes(called('=size + 1', true)), []);
  assert.deepEqual(await codes(called('=size + 1', false)), ['maybe-missing-variable B']);
  assert.deepEqual(await codes(called('=n + 1', false, io({ n: '=size' }))), []);
});

test('types that cannot fit are refused where they are certain', async () => {
  const gate = (condition: string): string[] => [
    S,
    form('A'),
    el('exclusiveGateway', 'X', { default: 'X_E' }),
    el('task', 'B'),
    E,
    path('S A X E'),
    when('X', 'B', condition),
    path('B E'),
  ];
  assert.deepEqual(await check(...gate('=urgent')), []);
  assert.deepEqual(await check(...gate('=size')), ['condition-not-boolean X_B']);
  assert.deepEqual(await check(...gate('=decision > 5')), ['type-mismatch X_B']);
  assert.deepEqual(await check(...gate('=application.unknown > 5')), []);
  assert.deepEqual(await check(S, form('A'), script('B', 'y', '=decision - 1'), E, path('S A B E')), ['type-mismatch B']);
  const many = el(
    'userTask',
    'B',
    {},
    ext('<dargah:executor unit="=urgent" role="officer"/>'),
    `<bpmn:multiInstanceLoopCharacteristics>${ext('<zeebe:loopCharacteristics inputCollection="=size"/>')}</bpmn:multiInstanceLoopCharacteristics>`,
  );
  assert.deepEqual(await check(S, form('A'), many, E, path('S A B E')), ['collection-not-list B', 'text-expected B']);
});

test('a decision reads its inputs, and gives what it declares', async () => {
  const rule = el('businessRuleTask', 'R', {}, ext('<zeebe:calledDecision decisionId="fee" resultVariable="amount"/>'));
  assert.deepEqual(await check(S, rule, E, path('S R E')), ['unknown-variable R']);
  assert.deepEqual(await check(S, form('A'), rule, script('B', 'y', '=amount * 2'), E, path('S A R B E')), []);
  assert.deepEqual(await check(S, form('A'), rule, script('B', 'y', '=amount + "x"'), E, path('S A R B E')), ['type-mismatch B']);
});

test('a compensating activity begins with what was there when the other had completed', async () => {
  const undo = el('boundaryEvent', 'U', { attachedToRef: 'A' }, '<bpmn:compensateEventDefinition/>');
  const join = '<bpmn:association id="As" sourceRef="U" targetRef="H" associationDirection="One"/>';
  const handler = el(
    'scriptTask',
    'H',
    { isForCompensation: 'true' },
    ext('<zeebe:script expression="=size + 1" resultVariable="back"/>'),
  );
  const back = el('intermediateThrowEvent', 'T', {}, '<bpmn:compensateEventDefinition/>');
  assert.deepEqual(await check(S, form('A'), undo, join, handler, back, E, path('S A T E')), []);
  const wrong = handler.replace('=size', '=sise');
  assert.deepEqual(await check(S, form('A'), undo, join, wrong, back, E, path('S A T E')), ['unknown-variable H']);
});
