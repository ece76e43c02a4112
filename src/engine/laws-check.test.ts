// The check before publishing against the engine: of processes that every fair hand brings to their end it says nothing worse than what is drawn amiss,
// and what it says never runs is never entered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkModel } from './check.ts';
import { checkRandom } from './random-cases.test.ts';
import { xmlOf } from './random-draw.test.ts';
import { playRandom } from './random-history.test.ts';
import { readModel } from './read.ts';

/** Random processes hang their boundary events on any activity, and their compensations in any scope. */
const AMISS = new Set(['cycle-misplaced', 'boundary-host', 'compensation-target']);

test('a structured process has no deadlock and nothing left behind, and what never runs is never entered', () =>
  checkRandom(30, async (plan, picks, random) => {
    const { model } = await readModel(xmlOf(random));
    assert.ok(model);
    const errors = checkModel(model, { forms: [], decisions: ['D'] }).filter(({ severity }) => severity === 'error');
    const rest = errors.filter(({ code }) => !AMISS.has(code));
    assert.deepEqual(
      rest.filter(({ code }) => code !== 'never-runs'),
      [],
    );
    const never = new Set(rest.map(({ place }) => place));
    for (const { result } of playRandom(plan, picks, { moves: false }))
      for (const { element, did } of result.trail) assert.ok(did === 'taken' || !never.has(element), `${element} is ${did}`);
  }));
