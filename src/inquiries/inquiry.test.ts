// An inquiry's life: responders in turn, one answer, what comes late, silence, forwarding; and what a contract allows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant, plusMillis } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { UnitId } from '#base/ids.ts';
import { minimised, requireAllowed } from './contract.ts';
import { answered, failed, forwarded, MOST_TRIES, passedOn, revived, silent } from './decide.ts';
import { evolve } from './evolve.ts';
import { validator } from './schema.ts';
import type { Contract, InquiryFact, InquiryId, InquiryState, InquiryType, Provenance } from './types.ts';

const NOW = instant('2026-11-24T09:00:00Z');
const DUE = instant('2026-11-26T09:00:00Z');
const TYPE = {
  id: 't',
  silence: 'no-objection',
  responders: [
    { by: 'register', register: 'property', key: 'question.code', decision: 'd' },
    { by: 'unit', unit: 'revenue' },
  ],
} as unknown as InquiryType;
const FROM_REGISTER: Provenance = { responder: 'register', source: 'property', asOf: NOW };
const ASKED: InquiryFact = {
  type: 'InquiryAsked',
  data: {
    id: 'q1' as InquiryId,
    type: 't',
    version: '1.0.0',
    asker: { by: 'contract', contract: 'c', version: 1, organisation: 'bank' },
    question: { code: '1' },
    subject: {},
    due: DUE,
  },
};

function folded(facts: readonly InquiryFact[], before?: InquiryState, at = NOW): InquiryState {
  let state = before;
  for (const [index, fact] of facts.entries()) state = evolve(state, { ...fact, seq: index + 1, at });
  assert.ok(state);
  return state;
}
const asked = (): InquiryState => folded([ASKED, { type: 'ResponderAsked', data: { responder: 0 } }]);
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test('the first answer is the answer; a later one is kept, and the same one again changes nothing', () => {
  const given = { value: { clear: true }, provenance: FROM_REGISTER };
  const state = folded(answered(asked(), given), asked());
  assert.deepEqual([state.status, state.answer?.value], ['answered', { clear: true }]);
  assert.deepEqual(answered(state, given), []);
  const late = folded(answered(state, { ...given, value: { clear: false } }), state);
  assert.deepEqual([late.answer?.value, late.late.map((one) => one.value)], [{ clear: true }, [{ clear: false }]]);
  assert.deepEqual(answered(late, { ...given, value: { clear: false } }), []);
});

test('responders are asked in turn, each tried again, and after the last the inquiry is where people see it', () => {
  const passed = folded(passedOn(asked(), TYPE, 'not found'), asked());
  assert.deepEqual([passed.status, passed.responder], ['waiting', 1]);
  assert.equal(folded(passedOn(passed, TYPE, 'nobody'), passed).status, 'dead');
  let state = asked();
  for (let tries = 0; tries < MOST_TRIES * 2; tries += 1) state = folded(failed(state, TYPE, 'down'), state);
  assert.equal(state.status, 'dead');
  assert.deepEqual(failed(state, TYPE, 'down'), []);
  assert.equal(folded(revived(state, 'it is up'), state).status, 'waiting');
  assert.throws(() => revived(asked(), 'x'), refused('inquiry-closed'));
});

test('silence falls when the deadline is over, once it is, and an answer after it is kept', () => {
  assert.deepEqual(silent(asked(), TYPE, NOW), []);
  const state = folded(silent(asked(), TYPE, DUE), asked(), DUE);
  assert.equal(state.status, 'silent');
  assert.deepEqual(silent(state, TYPE, DUE), []);
  assert.equal(folded(answered(state, { value: {}, provenance: FROM_REGISTER }), state).late.length, 1);
});

test('an inquiry is forwarded from the unit that holds it, and the trace stays', () => {
  const [a, b] = ['a' as UnitId, 'b' as UnitId];
  const state = folded([{ type: 'ResponderAsked', data: { responder: 1, unit: a } }], asked());
  const moved = folded(forwarded(state, { from: a, to: b, reason: 'theirs' }), state);
  assert.deepEqual([moved.unit, moved.forwarded], [b, [{ from: a, to: b, at: NOW, reason: 'theirs' }]]);
  assert.throws(() => forwarded(moved, { from: a, to: b, reason: 'x' }), refused('inquiry-not-with-unit'));
});

test('whatever happens in whatever order, an inquiry is answered once at most and ends', () => {
  const step = fc.constantFrom('answer', 'fail', 'pass', 'silence');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let state = asked();
      for (const [index, one] of steps.entries()) {
        const value = { n: index };
        const facts = {
          answer: () => answered(state, { value, provenance: FROM_REGISTER }),
          fail: () => failed(state, TYPE, 'x'),
          pass: () => passedOn(state, TYPE, 'x'),
          silence: () => silent(state, TYPE, DUE),
        }[one]();
        const before = state.answer;
        if (facts.length > 0) state = folded(facts, state);
        if (before) assert.equal(state.answer, before, 'the answer stays');
      }
    }),
  );
});

test('a contract allows its types while it is in force, and gives the members it names', () => {
  const contract = {
    id: 'c',
    types: { t: { fields: ['clear'] } },
    from: NOW,
    until: DUE,
  } as unknown as Contract;
  requireAllowed(contract, 't', NOW);
  assert.throws(() => requireAllowed(contract, 'other', NOW), refused('contract-type-forbidden'));
  assert.throws(() => requireAllowed(contract, 'constructor', NOW), refused('contract-type-forbidden'));
  assert.throws(() => requireAllowed(contract, 't', DUE), refused('contract-not-in-force'));
  assert.throws(() => requireAllowed(contract, 't', plusMillis(NOW, -1)), refused('contract-not-in-force'));
  assert.deepEqual(minimised(contract, 't', { clear: true, owner: 'x' }), { clear: true });
});

test('a question that does not fit its schema is refused member by member', () => {
  const check = validator({
    type: 'object',
    required: ['code'],
    additionalProperties: false,
    properties: { code: { type: 'string', pattern: '^\\d+$' }, n: { type: 'integer', minimum: 1 } },
  });
  const pointers = (value: object): readonly string[] => check(value as never).map((one) => `${one.pointer} ${one.code}`);
  assert.deepEqual(pointers({ code: '12' }), []);
  assert.deepEqual(pointers({ 'a/b': 1, n: 0 }), ['/code required', '/a~1b additionalProperties', '/n minimum']);
  assert.deepEqual(pointers({ code: 'x' }), ['/code pattern']);
});
