// A dispute's life: opened, decided once by who answers for the source and by nobody it is about, told when it is late; a repeat changes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import { decided, evolve, isSameClaim, overdue, shaped, sourceOf, withdrawn } from './dispute.ts';
import type { Decider, DisputeEvent, DisputeFact, DisputeId, DisputeState } from './dispute.ts';

const AT = instant('2026-11-24T09:00:00Z');
const DUE = instant('2026-12-08T09:00:00Z');
const SARA = 'sara' as PersonId;
const OFFICER: Decider = { person: 'samira' as PersonId, unit: 'revenue' as UnitId, nationalId: '9992888814' };
const REASON = 'the deed says so';

const opened: DisputeFact = {
  type: 'DisputeOpened',
  data: {
    id: 'd1' as DisputeId,
    register: 'property',
    key: '6-1045-12-7',
    field: 'landArea',
    person: SARA,
    subject: '9991012346',
    held: { value: 180, source: 's', asOf: AT },
    claimed: 175,
    reason: REASON,
    unit: 'revenue' as UnitId,
    due: DUE,
  },
};

function after(...facts: readonly DisputeFact[]): DisputeState {
  let state: DisputeState | undefined;
  for (const [at, fact] of [opened, ...facts].entries()) state = evolve(state, { ...fact, seq: at + 1, at: AT } as DisputeEvent);
  return state ?? assert.fail();
}
const refused = (code: RefusalCode, act: () => unknown): void =>
  assert.throws(act, (error) => error instanceof Refusal && error.code === code);

test('accepted, its claim is what is put right; refused, it has its reason', () => {
  const accepted = decided(after(), { accept: true, reason: '' }, OFFICER);
  assert.deepEqual(accepted, [{ type: 'DisputeAccepted', data: { by: 'samira', reason: '', value: 175 } }]);
  assert.equal(after(...accepted).status, 'accepted');
  refused('invalid-answers', () => decided(after(), { accept: false, reason: ' ' }, OFFICER));
  const no = after(...decided(after(), { accept: false, reason: 'measured anew' }, OFFICER));
  assert.deepEqual([no.status, no.decision?.reason], ['refused', 'measured anew']);
});

test('nobody decides what they said, nor what is held of them, nor for another unit', () => {
  refused('own-dispute', () => decided(after(), { accept: true, reason: '' }, { ...OFFICER, person: SARA }));
  refused('own-dispute', () => decided(after(), { accept: true, reason: '' }, { ...OFFICER, nationalId: '9991012346' }));
  for (const unit of [undefined, 'planning' as UnitId])
    refused('dispute-not-with-unit', () => decided(after(), { accept: true, reason: '' }, { ...OFFICER, unit }));
});

test('decided again the same way by the same person it stays; otherwise it is closed', () => {
  const done = after(...decided(after(), { accept: true, reason: '' }, OFFICER));
  assert.deepEqual(decided(done, { accept: true, reason: 'more' }, OFFICER), []);
  refused('dispute-closed', () => decided(done, { accept: false, reason: 'no' }, OFFICER));
  refused('dispute-closed', () => withdrawn(done, SARA));
});

test('withdrawn by who disputes alone, once', () => {
  refused('dispute-not-found', () => withdrawn(after(), OFFICER.person));
  const gone = after(...withdrawn(after(), SARA));
  assert.equal(gone.status, 'withdrawn');
  assert.deepEqual(withdrawn(gone, SARA), []);
});

test('late once, and decided all the same', () => {
  assert.deepEqual(overdue(after(), AT), []);
  const late = after(...overdue(after(), DUE));
  assert.deepEqual([late.overdueAt, overdue(late, DUE)], [AT, []]);
  assert.equal(decided(late, { accept: true, reason: '' }, OFFICER).length, 1);
});

test('the same claim while it is open is the same dispute; another is not', () => {
  assert.deepEqual([isSameClaim(after(), 175), isSameClaim(after(), 176)], [true, false]);
  assert.equal(isSameClaim(after(...withdrawn(after(), SARA)), 175), false);
});

test('law: whatever is tried in whatever order, a dispute ends at most once and its end never changes', () => {
  const acts: readonly ((state: DisputeState) => readonly DisputeFact[])[] = [
    (state) => decided(state, { accept: true, reason: '' }, OFFICER),
    (state) => decided(state, { accept: false, reason: 'no' }, OFFICER),
    (state) => decided(state, { accept: true, reason: '' }, { ...OFFICER, person: 'other' as PersonId }),
    (state) => withdrawn(state, SARA),
    (state) => overdue(state, DUE),
  ];
  fc.assert(
    fc.property(fc.array(fc.nat(acts.length - 1), { maxLength: 12 }), (tried) => {
      let state = after();
      let ends = 0;
      for (const at of tried) {
        const before = state;
        try {
          for (const fact of acts[at]?.(state) ?? []) state = evolve(state, { ...fact, seq: 2, at: AT } as DisputeEvent);
        } catch (error) {
          assert.ok(error instanceof Refusal);
        }
        if (before.status === 'open' && state.status !== 'open') ends += 1;
        if (before.status !== 'open') assert.deepEqual(state, before);
      }
      assert.ok(ends <= 1);
    }),
  );
});

test('a claim takes the shape of what is held; a correction’s source is the source it corrects', () => {
  assert.deepEqual(shaped({ fa: 'الف', en: 'A' }, 'ب'), { fa: 'ب', en: 'ب' });
  assert.equal(shaped(180, 175), 175);
  assert.deepEqual([sourceOf('correction:cadastre'), sourceOf('cadastre')], ['cadastre', 'cadastre']);
});
