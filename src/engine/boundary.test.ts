// Boundary events of every kind on every kind of host: what happens, what goes on, what is withdrawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions, el, ext, path, planned, Play, process, service, timer } from './play.test.ts';

const condition = '<bpmn:conditionalEventDefinition><bpmn:condition>=late</bpmn:condition></bpmn:conditionalEventDefinition>';
const ROOTS = [
  el('message', 'm', { name: 'note' }),
  el('signal', 's', { name: 'alarm' }),
  el('error', 'e', { errorCode: 'void' }),
  el('escalation', 'u', { escalationCode: 'slow' }),
];
const inside = (id: string): readonly string[] => [
  el('startEvent', `${id}S`),
  el('intermediateThrowEvent', `${id}Up`, {}, '<bpmn:escalationEventDefinition escalationRef="u"/>'),
  service('Work', 't'),
  el('endEvent', `${id}E`),
  path(`${id}S ${id}Up Work ${id}E`),
];
const HOSTS = {
  task: { drawn: service('Host', 't'), work: 'Host', roots: [] },
  subprocess: { drawn: el('subProcess', 'Host', {}, ...inside('sub')), work: 'Work', roots: [] },
  call: {
    drawn: el('callActivity', 'Host', {}, ext('<zeebe:calledElement processId="Called"/>')),
    work: 'Work',
    roots: [process('Called', ...inside('called'))],
  },
};
const EVENTS = {
  timer: { drawn: timer('timeDuration', 'P1D'), happen: (at: Play) => at.fire('B') },
  message: { drawn: '<bpmn:messageEventDefinition messageRef="m"/>', happen: (at: Play) => at.message('note') },
  signal: {
    drawn: '<bpmn:signalEventDefinition signalRef="s"/>',
    happen: (at: Play) => at.input({ kind: 'signal', name: 'alarm', vars: {} }),
  },
  condition: { drawn: condition, happen: (at: Play) => at.input({ kind: 'set', vars: { late: true } }) },
} as const;

async function drawn(host: (typeof HOSTS)[keyof typeof HOSTS], event: string, interrupts: boolean): Promise<Play> {
  const boundary = el('boundaryEvent', 'B', { attachedToRef: 'Host', cancelActivity: String(interrupts) }, event);
  const parts = [
    el('startEvent', 'S'),
    host.drawn,
    boundary,
    el('userTask', 'H'),
    el('endEvent', 'E'),
    path('S Host E'),
    path('B H E'),
  ];
  return new Play(await planned(definitions(...ROOTS, process('P', ...parts), ...host.roots)));
}

/** Nothing but what a person still has to do is left, and the case ends. */
function assertEnds(at: Play, ...left: readonly string[]): void {
  for (const element of left) at.complete(element);
  assert.equal(at.ended(), 'completed');
  assert.deepEqual([at.waiting(), at.state!['tokens'], (at.state!['scopes'] as readonly unknown[]).length], [[], [], 1]);
}

for (const [hostKind, host] of Object.entries(HOSTS))
  for (const [kind, event] of Object.entries(EVENTS)) {
    test(`a ${kind} on a ${hostKind} interrupts it, or happens beside it`, async () => {
      const stops = (await drawn(host, event.drawn, true)).start();
      assert.deepEqual(event.happen(stops).waiting(), ['H']);
      assertEnds(stops, 'H');
      const beside = event.happen((await drawn(host, event.drawn, false)).start());
      assert.deepEqual(
        beside.waiting().filter((one) => one !== 'B'),
        ['H', host.work].toSorted(),
      );
      assertEnds(beside, 'H', host.work);
      const unused = (await drawn(host, event.drawn, true)).start();
      assertEnds(unused, host.work);
    });
  }

test('an error is caught on a task, on a subprocess, and where it rises out of a called process', async () => {
  for (const host of Object.values(HOSTS)) {
    for (const event of ['<bpmn:errorEventDefinition errorRef="e"/>', '<bpmn:errorEventDefinition/>']) {
      const at = (await drawn(host, event, true)).start().fail(host.work, 'void', { why: 'x' });
      assert.deepEqual([at.waiting(), at.vars()], [['H'], { why: 'x' }]);
      assertEnds(at, 'H');
    }
    const other = (await drawn(host, '<bpmn:errorEventDefinition errorRef="e"/>', true)).start().fail(host.work, 'other');
    assert.equal(other.incidents()[0]?.element, host.work, 'one of another code is not caught');
  }
});

test('an escalation is caught on a subprocess and on a call, stopping it or beside it', async () => {
  for (const host of [HOSTS.subprocess, HOSTS.call]) {
    const event = '<bpmn:escalationEventDefinition escalationRef="u"/>';
    assertEnds((await drawn(host, event, true)).start(), 'H');
    const beside = (await drawn(host, event, false)).start();
    assert.deepEqual(beside.waiting(), ['H', 'Work']);
    assertEnds(beside, 'Work', 'H');
  }
});
