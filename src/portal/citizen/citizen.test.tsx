// The citizen's views with cases of our own making: outcomes of payments, what waits for whom, and that what anyone typed is text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { caseId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import type { OwnCase } from '#work/views/lists.ts';
import { Mine, nextStep } from './mine.tsx';
import { outcomeOf, Tracking } from './tracking.tsx';

const NOW = instant('2026-11-24T09:00:00Z');
const HOSTILE = '<img src=x onerror=alert(1)>';
const TITLE = { fa: 'گواهی', en: 'Certificate' };

type Attempt = { readonly id: string; readonly result: 'pending' | 'paid' | 'failed' | 'abandoned' };

function file(state: object = {}, more: object = {}): CaseFile {
  return {
    id: caseId(1405, 7),
    seq: 4,
    state: { status: 'open', submittedAt: NOW, payments: [], documents: [], tasks: [], ...state },
    package: { manifest: { title: TITLE, application: 'a' }, texts: { fa: {}, en: {} }, forms: { a: { pages: [] } } },
    timeline: [],
    tasks: [],
    variables: {},
    own: true,
    ...more,
  } as unknown as CaseFile;
}

const payment = (status: 'due' | 'paid', attempts: readonly Attempt[]) => ({
  payments: [{ id: 'w1', amount: '1000', lines: [], status, attempts: attempts.map((one) => ({ startedAt: NOW, ...one })) }],
});

const shown = (of: CaseFile, query: Readonly<Record<string, string>> = {}, placed = 4): string =>
  renderToString(
    <Tracking
      language="en"
      file={of}
      query={query}
      standing={{ placed, last: 3, ...(placed === 4 ? { checkpoint: { size: 4, at: NOW } } : {}) }}
    />,
  );

test('an outcome is what the case knows now: never "failed" of what has been paid since, nor of an attempt it does not know', () => {
  const [failed, paid] = [
    { id: 'a', result: 'failed' },
    { id: 'b', result: 'paid' },
  ] as const;
  assert.equal(outcomeOf(file(payment('due', [failed])), 'a'), 'failed');
  assert.equal(outcomeOf(file(payment('paid', [failed, paid])), 'a'), 'paid');
  assert.equal(outcomeOf(file(payment('paid', [failed, paid])), 'b'), 'paid');
  for (const unknown of ['c', undefined]) assert.equal(outcomeOf(file(payment('due', [failed])), unknown), undefined);
});

test('while the bank has not answered nobody is asked to pay again, but may ask the bank', () => {
  const html = shown(file(payment('due', [{ id: 'a', result: 'pending' }])), { attempt: 'a' });
  assert.match(html, /Do not pay again/);
  assert.match(html, new RegExp(`href="/en/pay/${caseId(1405, 7)}/a"`));
  assert.doesNotMatch(html, /Pay 1,000/);
  assert.match(shown(file(payment('due', []))), /Pay 1,000 rials/);
});

test('money paid twice is said to go back', () => {
  const twice = payment('paid', [
    { id: 'a', result: 'paid' },
    { id: 'b', result: 'paid' },
  ]);
  const event = { at: NOW, what: 'RefundOwed', role: 'system', person: 'system' };
  assert.match(shown(file(twice, { timeline: [event] })), /is returned to the same account/);
  assert.doesNotMatch(shown(file(twice)), /is returned/);
});

test('the clock that stands still says why and since when; who holds the case is a role and a unit', () => {
  const task = { id: 'w2', element: 'T', role: 'applicant', pauses: 'correction', openedAt: NOW, step: TITLE };
  const unit = { id: 'w3', element: 'U', role: 'officer', openedAt: NOW, step: TITLE, unitName: { fa: 'م', en: 'District 6' } };
  const clock = { state: 'paused', pauses: [{ from: NOW, reason: 'correction' }] };
  const html = shown(file({ clock }, { tasks: [task, unit] }));
  assert.match(html, /stands still: Certificate/);
  assert.match(html, /Officer, District 6[^]*since/i);
  assert.match(html, /\/correct\/w2"/);
});

test('the receipt says whether every event is sealed yet', () => {
  assert.match(shown(file()), /All 4 events of this case are sealed/);
  assert.match(shown(file(), {}, 2), /2 of 4 events/);
});

test('a reason, a file name and a number that someone typed are text', () => {
  const event = { at: NOW, what: 'TaskCompleted', role: 'officer', person: 'p', reason: HOSTILE };
  const html = shown(
    file({ status: 'refused', reason: HOSTILE, endedAt: NOW }, { timeline: [event], package: { ...file().package } }),
  );
  assert.doesNotMatch(html, /<img/);
  assert.equal(html.split('&lt;img').length - 1, 2);
});

test('cases that wait for the person come first, each with its next step', () => {
  const row = (at: number, more: Partial<OwnCase>): OwnCase =>
    ({
      id: caseId(1405, at),
      status: 'open',
      updatedAt: NOW,
      endedAt: null,
      dueAt: null,
      asked: null,
      owed: null,
      holderNames: [],
      title: TITLE,
      ...more,
    }) as OwnCase;
  const cases = [
    row(1, { status: 'issued', endedAt: NOW }),
    row(2, { holderNames: [{ fa: 'م', en: 'Fire service' }] }),
    row(3, { owed: 'w5' }),
    row(4, { asked: 'w6', owed: 'w5' }),
    row(5, { status: 'draft' }),
  ];
  assert.deepEqual(
    cases.map((one) => nextStep('fa', one)?.href.split('/').slice(3).join('/')),
    [undefined, undefined, 'pay/w5', 'correct/w6', 'apply'],
  );
  const html = renderToString(<Mine language="en" cases={cases} />);
  const [waiting = '', others = ''] = html.split('id="others"');
  assert.equal(waiting.split('<tr').length - 1, 4, 'three that wait, and the head');
  assert.match(others, /with Fire service/);
  assert.match(renderToString(<Mine language="fa" cases={[]} />), /هنوز پرونده‌ای ندارید/);
});
