// A question that is with a system outside: whose turn it is, whom silence is held against, and what becomes of the dead.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import { answered, delivered, failed, givenUp, handedOver, passedOn, revived, silent } from './decide.ts';
import { evolve } from './evolve.ts';
import type { InquiryFact, InquiryId, InquiryState, InquiryType, Responder } from './types.ts';

const NOW = instant('2026-11-24T09:00:00Z');
const DUE = instant('2026-11-26T09:00:00Z');
const CONNECTOR: Responder = { by: 'connector', connector: 'order' };
const UNIT: Responder = { by: 'unit', unit: 'office' };
const typeOf = (...responders: readonly Responder[]) =>
  ({ id: 't', silence: 'no-objection', responders }) as unknown as InquiryType;

function folded(facts: readonly InquiryFact[], before?: InquiryState): InquiryState {
  let state = before;
  for (const [index, fact] of facts.entries()) state = evolve(state, { ...fact, seq: index + 1, at: NOW });
  assert.ok(state);
  return state;
}
const waiting = (): InquiryState =>
  folded([
    {
      type: 'InquiryAsked',
      data: {
        id: 'q1' as InquiryId,
        type: 't',
        version: '1.0.0',
        asker: { by: 'contract', contract: 'c', version: 1, organisation: 'bank' },
        question: {},
        subject: {},
        due: DUE,
      },
    },
    { type: 'ResponderAsked', data: { responder: 0, connector: 'order' } },
  ]);
const dead = (): InquiryState => folded(passedOn(waiting(), typeOf(CONNECTOR), 'refused'), waiting());
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test('the next responder has its turn after as many tries as the connector is given, and the connector none', () => {
  let state = waiting();
  for (let tries = 0; tries < 2; tries += 1) state = folded(failed(state, typeOf(CONNECTOR, UNIT), 'timeout', 3), state);
  assert.deepEqual([state.connector, state.attempts], ['order', 2]);
  state = folded(failed(state, typeOf(CONNECTOR, UNIT), 'timeout', 3), state);
  assert.deepEqual([state.status, state.unit, state.connector, state.attempts], ['waiting', 'office', undefined, 0]);
});

test('silence is held against a system that has the question, and against no other', () => {
  const effect = (state: InquiryState) =>
    silent(state, typeOf(CONNECTOR), DUE).map((one) => (one.data as { effect: string }).effect);
  assert.deepEqual(effect(waiting()), ['escalate'], 'it was never reached');
  const reached = folded(delivered(waiting()), waiting());
  assert.deepEqual(delivered(reached), [], 'told once');
  assert.deepEqual(effect(reached), ['no-objection']);
  assert.deepEqual(effect(dead()), ['escalate'], 'nobody was left to keep silent');
  const passed = folded(passedOn(reached, typeOf(CONNECTOR, CONNECTOR), 'x'), reached);
  assert.equal(passed.deliveredAt, undefined, 'the next one has not got it yet');
});

test('what is dead is asked again, given to people, answered after all, or closed; and nothing else is', () => {
  assert.deepEqual([dead().status, dead().died], ['dead', { at: NOW, reason: 'refused' }]);
  const again = folded(revived(dead(), 'it is up'), dead());
  assert.deepEqual([again.status, again.connector, again.died], ['waiting', 'order', undefined]);
  const given = folded(handedOver(dead(), typeOf(CONNECTOR, UNIT)), dead());
  assert.deepEqual([given.status, given.unit, given.responder, given.died], ['waiting', 'office', 1, undefined]);
  assert.throws(() => handedOver(dead(), typeOf(CONNECTOR)), refused('inquiry-no-unit'));
  const answer = { value: { ok: true }, provenance: { responder: 'connector', source: 'order', asOf: NOW } } as const;
  assert.equal(folded(answered(dead(), answer), dead()).status, 'answered');
  const closed = folded(givenUp(dead(), 'nobody knows'), dead());
  assert.equal(closed.status, 'given-up');
  assert.equal(folded(answered(closed, answer), closed).late.length, 1, 'an answer after that is kept');
  for (const state of [waiting(), closed])
    for (const mend of [() => revived(state, 'x'), () => handedOver(state, typeOf(UNIT)), () => givenUp(state, 'x')])
      assert.throws(mend, refused('inquiry-closed'));
});
