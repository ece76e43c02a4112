// What time does to an inquiry: a reminder before the deadline, escalation at it, the owner again a week later; and what counts as late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { UnitId } from '#base/ids.ts';
import { answered, escalatedAgain, ESCALATE_AGAIN_MS, forwarded, lateAnswers, reminded, returns, silent } from './decide.ts';
import { evolve } from './evolve.ts';
import type { InquiryFact, InquiryId, InquiryState, InquiryType, SilenceEffect } from './types.ts';

const NOW = instant('2026-11-24T09:00:00.000Z');
const REMIND = instant('2026-11-27T09:00:00.000Z');
const DUE = instant('2026-11-28T09:00:00.000Z');
const type = (silence: SilenceEffect): InquiryType =>
  ({ id: 't', owner: 'owner', silence, responders: [] }) as unknown as InquiryType;

function folded(facts: readonly InquiryFact[], before?: InquiryState, at: Instant = NOW): InquiryState {
  let state = before;
  for (const [index, fact] of facts.entries()) state = evolve(state, { ...fact, seq: index + 1, at });
  assert.ok(state);
  return state;
}
function waiting(): InquiryState {
  const data = {
    id: 'q' as InquiryId,
    type: 't',
    version: '1.0.0',
    asker: { by: 'contract' as const, contract: 'c', version: 1, organisation: 'o' },
    question: {},
    subject: {},
    due: DUE,
    remindAt: REMIND,
  };
  return folded([
    { type: 'InquiryAsked', data },
    { type: 'ResponderAsked', data: { responder: 0, unit: 'a' as UnitId } },
  ]);
}
const answer = (n: number) => ({ value: { n }, provenance: { responder: 'unit' as const, source: 'a', asOf: NOW } });

test('the unit is reminded once, between the time to remind and the deadline', () => {
  const state = waiting();
  assert.deepEqual(reminded(state, plusMillis(REMIND, -1)), []);
  const told = folded(reminded(state, REMIND), state, REMIND);
  assert.equal(told.remindedAt, REMIND);
  assert.deepEqual(reminded(told, DUE), []);
  const silence = folded(silent(state, type('escalate'), DUE), state, DUE);
  assert.deepEqual(reminded(silence, DUE), [], 'after the deadline it is no reminder');
  assert.deepEqual(reminded(folded(answered(state, answer(1)), state), REMIND), []);
});

test('an escalation left without an answer is told to the owner again after a week, once; other silence never', () => {
  const state = waiting();
  const escalated = folded(silent(state, type('escalate'), DUE), state, DUE);
  assert.deepEqual([escalated.status, escalated.escalatedAt], ['waiting', DUE]);
  const week = plusMillis(DUE, ESCALATE_AGAIN_MS);
  assert.deepEqual(escalatedAgain(escalated, type('escalate'), plusMillis(week, -1)), []);
  const again = escalatedAgain(escalated, type('escalate'), week);
  assert.deepEqual(again, [{ type: 'EscalatedAgain', data: { owner: 'owner' } }]);
  assert.deepEqual(escalatedAgain(folded(again, escalated, week), type('escalate'), week), []);
  for (const effect of ['none', 'no-objection'] as const) {
    const over = folded(silent(state, type(effect), DUE), state, DUE);
    assert.equal(over.escalatedAt, undefined);
    assert.deepEqual(escalatedAgain(over, type(effect), week), []);
  }
});

test('late is what comes after silence has fallen, as the answer or beside it; an answer in time is not', () => {
  const state = waiting();
  assert.deepEqual(lateAnswers(folded(answered(state, answer(1)), state)), []);
  const escalated = folded(silent(state, type('escalate'), DUE), state, DUE);
  const late = folded(answered(escalated, answer(2)), escalated, DUE);
  assert.deepEqual([late.status, lateAnswers(late).map((one) => one.value)], ['answered', [{ n: 2 }]]);
  const over = folded(silent(state, type('no-objection'), DUE), state, DUE);
  const beside = folded(answered(over, answer(3)), over, DUE);
  assert.deepEqual([beside.status, lateAnswers(beside).map((one) => one.value)], ['silent', [{ n: 3 }]]);
});

test('an inquiry that comes back to a unit is counted each time; the deadline stays', () => {
  let state = waiting();
  for (const [from, to] of [
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'c'],
    ['c', 'b'],
  ] as const)
    state = folded(forwarded(state, { from: from as UnitId, to: to as UnitId, reason: 'x' }), state);
  assert.deepEqual([returns(state.forwarded), state.due, state.unit], [2, DUE, 'b']);
});
