// Tasks of every kind: what they ask, what they give, where it is written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecisionLibrary } from '#rules/types.ts';
import { drawn, el, ext, io, NOW, path, planned, Play, play, script, service, when } from './play.test.ts';
import { plusMillis } from '#base/instant.ts';

const S = el('startEvent', 'S');
const E = el('endEvent', 'E');

test('a user task waits for a person, and its answers merge into the variables', async () => {
  const at = (await play(S, el('userTask', 'A'), E, path('S A E'))).start({ a: 1 });
  assert.deepEqual(at.waiting(), ['A']);
  assert.equal(at.last.wants.length, 1);
  at.complete('A', { decision: 'yes', a: 2 });
  assert.equal(at.ended(), 'completed');
  assert.deepEqual(at.state?.ended, { how: 'completed', element: 'E' });
  assert.deepEqual(at.vars(), { a: 2, decision: 'yes' });
  assert.deepEqual(at.history, [
    'entered S',
    'completed S',
    'taken S_A',
    'entered A',
    'completed A',
    'taken A_E',
    'entered E',
    'completed E',
  ]);
});

test('a task’s want carries executor, deadline and mapped input', async () => {
  const rules = ext(
    '<dargah:executor unit="=&quot;district-&quot; + string(property.district)" role="officer"/>',
    '<dargah:deadline duration="P3D"/>',
    io({ area: '=property.area', fixed: 'text' }),
  );
  const at = (await play(S, el('userTask', 'A', {}, rules), E, path('S A E'))).start({ property: { district: 6, area: 120.5 } });
  const [want] = at.wants('task');
  assert.deepEqual(want?.executor, { unit: 'district-6', role: 'officer' });
  assert.deepEqual(want?.input, { area: 120.5, fixed: 'text' });
  assert.equal(want?.due, plusMillis(NOW, 6 * 86_400_000));
  assert.deepEqual(at.vars(), { property: { district: 6, area: 120.5 } });
});

test('an executor that comes to nothing is an incident, and a retry opens the task once the variable is there', async () => {
  const at = (
    await play(S, el('userTask', 'A', {}, ext('<dargah:executor unit="=office" role="officer"/>')), E, path('S A E'))
  ).start();
  assert.deepEqual(at.waiting(), []);
  assert.equal(at.incidents()[0]?.element, 'A');
  at.input({ kind: 'set', vars: { office: 'unit-1' } }).input({ kind: 'retry', incident: at.incidents()[0]?.id ?? '' });
  assert.deepEqual(at.incidents(), []);
  assert.equal(at.wants('task')[0]?.executor?.unit, 'unit-1');
  assert.deepEqual(at.last.trail, [{ element: 'A', did: 'entered', wait: at.wait('A') }]);
  at.complete('A');
  assert.equal(at.ended(), 'completed');
  const ofA = at.history.filter((entry) => entry.endsWith(' A'));
  assert.deepEqual(ofA, ['entered A', 'failed A', 'entered A', 'completed A']);
});

test('a visit that failed is not cancelled once more with its scope', async () => {
  const at = (
    await play(S, el('userTask', 'A', {}, ext('<dargah:executor unit="=office" role="officer"/>')), E, path('S A E'))
  ).start();
  at.input({ kind: 'cancel' });
  assert.deepEqual([at.last.trail, at.incidents(), at.ended()], [[], [], 'cancelled']);
});

test('with an output mapping only what is mapped comes out, also into a nested name', async () => {
  const mapped = service('A', 'dargah:register', io({ key: '=code' }, { 'property.area': '=record.area', found: '=found' }));
  const at = (await play(S, mapped, E, path('S A E'))).start({ code: '1-2', property: { code: '1-2' } });
  assert.deepEqual(at.wants('service')[0]?.input, { key: '1-2' });
  at.complete('A', { found: true, record: { area: 200, secret: 1 } });
  assert.deepEqual(at.vars(), { code: '1-2', property: { code: '1-2', area: 200 }, found: true });
});

test('inputs are mapped in order, each seeing those before it, and are gone afterwards', async () => {
  const at = (await play(S, service('A', 't', io({ x: '=1 + 1', y: '=x * 10' })), E, path('S A E'))).start();
  assert.deepEqual(at.wants('service')[0]?.input, { x: 2, y: 20 });
  assert.deepEqual(at.complete('A').vars(), {});
});

test('script, manual and abstract tasks complete at once, on decimals', async () => {
  const at = (
    await play(
      S,
      script('A', 'sum', '=0.1 + 0.2'),
      script('B', 'exact', '=sum = 0.3'),
      el('manualTask', 'C'),
      el('task', 'D'),
      E,
      path('S A B C D E'),
    )
  ).start();
  assert.deepEqual(at.vars(), { sum: 0.3, exact: true });
  assert.equal(at.ended(), 'completed');
});

test('a business rule task evaluates its decision inside the step and tells which rules hit', async () => {
  const hit = { decision: 'fee', rule: 1, ruleId: 'r1', inputs: [], outputs: {}, annotations: {} };
  const library: DecisionLibrary = {
    decisions: [{ id: 'fee', name: 'Fee', inputs: ['area'] }],
    evaluate: (_, { area }) =>
      area
        ? { value: { total: area }, hits: [hit], problems: [] }
        : {
            value: null,
            hits: [],
            problems: [
              { code: 'x', severity: 'warning', place: 'p', reason: { fa: 'ف', en: 'no area' }, mend: { fa: '', en: '' } },
            ],
          },
  };
  const rule = el('businessRuleTask', 'A', {}, ext('<zeebe:calledDecision decisionId="fee" resultVariable="fee"/>'));
  const plan = await planned(drawn(S, rule, E, path('S A E')), library);
  const at = new Play(plan).start({ area: 12 });
  assert.deepEqual(at.vars(), { area: 12, fee: { total: 12 } });
  assert.equal(at.last.decisions[0]?.element, 'A');
  assert.deepEqual(at.last.decisions[0]?.hits, [hit]);
  const without = new Play(plan).start();
  assert.match(without.incidents()[0]?.reason ?? '', /no area/);
  without.input({ kind: 'set', vars: { area: 1 } }).input({ kind: 'retry', incident: without.incidents()[0]!.id });
  assert.equal(without.ended(), 'completed');
});

test('a task with several ways out starts them all; conditions on them choose', async () => {
  const at = (
    await play(
      S,
      el('task', 'A'),
      el('userTask', 'B'),
      el('userTask', 'C'),
      el('userTask', 'D'),
      path('S A B'),
      when('A', 'C', '=x > 1'),
      when('A', 'D', '=x > 5'),
    )
  ).start({ x: 3 });
  assert.deepEqual(at.waiting(), ['B', 'C']);
});

test('a repeated completion, one for another case’s wait, and one after the end change nothing', async () => {
  const at = (await play(S, el('userTask', 'A'), el('userTask', 'B'), E, path('S A B E'))).start();
  const wait = at.wait('A');
  at.complete('A');
  const before = at.state;
  at.input({ kind: 'complete', wait, result: { x: 1 } });
  assert.deepEqual(at.state, before);
  assert.deepEqual(at.last, { state: before, trail: [], wants: [], decisions: [] });
  at.complete('B');
  const after = at.state;
  at.input({ kind: 'complete', wait, result: {} })
    .input({ kind: 'start', vars: {} })
    .input({ kind: 'set', vars: { x: 1 } })
    .input({ kind: 'cancel' });
  assert.deepEqual(at.state, after);
});

test('a second start changes nothing, and nothing can happen before the first', async () => {
  const at = await play(S, el('userTask', 'A'), E, path('S A E'));
  at.input({ kind: 'cancel' });
  assert.deepEqual(at.state, { format: 2 });
  at.start();
  const before = at.state;
  at.start({ x: 1 });
  assert.deepEqual(at.state, before);
});

test('cancelling a case withdraws every wait and shows what was cancelled', async () => {
  const at = (await play(S, el('userTask', 'A'), el('userTask', 'B'), path('S A'), path('S B'))).start();
  at.input({ kind: 'cancel' });
  assert.deepEqual(at.state?.ended, { how: 'cancelled' });
  assert.deepEqual(at.waiting(), []);
  assert.equal(at.wants('withdraw').length, 2);
  assert.deepEqual(
    at.last.trail.map((entry) => `${entry.did} ${entry.element}`),
    ['cancelled A', 'cancelled B'],
  );
});

test('a loop without a wait in it is stopped with an incident', async () => {
  const at = (await play(S, el('task', 'A'), el('task', 'B'), path('S A B A'))).start();
  assert.match(at.incidents()[0]?.reason ?? '', /without end/);
});

test('an ordinary case’s state is below one kilobyte', async () => {
  const tasks = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'I', 'J', 'K'];
  const at = (await play(S, ...tasks.map((id) => el('userTask', id)), E, path(`S ${tasks.join(' ')} E`))).start();
  for (const id of tasks.slice(0, 9)) at.complete(id);
  assert.ok(JSON.stringify(at.state).length < 400, `${JSON.stringify(at.state).length} characters`);
});
