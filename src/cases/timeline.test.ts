// What people read of a case's log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import { stepName, timeline, type LoggedEvent } from './timeline.ts';

const AT = instant('2026-11-24T09:00:00Z');
const logged = (type: LoggedEvent['type'], more: Partial<LoggedEvent> = {}): LoggedEvent => ({
  at: AT,
  type,
  person: 'ali',
  role: 'citizen',
  unit: null,
  data: {},
  derived: {},
  ...more,
});
const source = {
  elements: [
    { id: 'Task_check', name: 'بررسی', type: 'userTask' },
    { id: 'Late', name: 'دیر', type: 'boundaryEvent' },
  ],
  texts: { fa: { 'step.Task_check': 'بررسی پرونده' }, en: { 'step.Task_check': 'Check' } },
};

test('drafts, files, releases and the machine’s answers are no entries', () => {
  const silent = (['DraftSaved', 'FileAttached', 'ServiceAnswered', 'TaskReleased'] as const).map((type) => logged(type));
  assert.deepEqual(timeline([logged('CaseOpened'), ...silent], source), [
    { at: AT, what: 'CaseOpened', role: 'citizen', person: 'ali' },
  ]);
});

test('an entry names its step, its unit, its reason and what was decided', () => {
  const completed = logged('TaskCompleted', {
    person: 'checker',
    role: 'officer',
    unit: 'office',
    data: { task: 't1', element: 'Task_check', answers: { decision: 'refuse', reason: 'ناقص' } },
  });
  assert.deepEqual(timeline([completed], source), [
    {
      at: AT,
      what: 'TaskCompleted',
      role: 'officer',
      person: 'checker',
      unit: 'office',
      step: { fa: 'بررسی پرونده', en: 'Check' },
      reason: 'ناقص',
      decision: 'refuse',
    },
  ]);
});

test('an event about a wait is about the element that waited, wherever the log tells of it', () => {
  const submitted = logged('ApplicationSubmitted', {
    derived: { trail: [{ element: 'Task_check', did: 'entered', wait: 't1' }] },
  });
  const fired = logged('TimerFired', {
    data: { wait: 'w2' },
    derived: { trail: [{ element: 'Late', did: 'entered', wait: 'w2' }] },
  });
  const steps = timeline(
    [
      submitted,
      logged('TaskClaimed', { data: { task: 't1' } }),
      fired,
      logged('ServiceFailed', { data: { wait: 'w9', reason: '' } }),
    ],
    source,
  );
  assert.deepEqual(
    steps.map(({ step, reason }) => [step?.en, reason]),
    [
      [undefined, undefined],
      ['Check', undefined],
      ['دیر', undefined],
      [undefined, undefined],
    ],
  );
});

test('a step without words has the model’s name, and an element without one its id', () => {
  assert.deepEqual(stepName('Late', source), { fa: 'دیر', en: 'دیر' });
  assert.deepEqual(stepName('Gone', source), { fa: 'Gone', en: 'Gone' });
});
