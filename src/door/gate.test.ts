// The gate: so many at once and no more, and a place is free again however the work ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#base/refusal.ts';
import { openGate } from './gate.ts';

const isOverloaded = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'overloaded' && error.facts['retryAfter'] === 1;

test('the third of two is told to come again, and its work is not begun', async () => {
  const gate = openGate(2);
  const ends: (() => void)[] = [];
  let begun = 0;
  const work = async (): Promise<number> => {
    begun += 1;
    await new Promise<void>((done) => ends.push(done));
    return begun;
  };
  const two = [gate(work), gate(work)];
  await assert.rejects(gate(work), isOverloaded);
  assert.equal(begun, 2);
  for (const end of ends) end();
  assert.deepEqual(await Promise.all(two), [2, 2]);
});

test('work that failed leaves its place', async () => {
  const gate = openGate(1);
  for (let turn = 0; turn < 3; turn += 1)
    await assert.rejects(
      gate(() => Promise.reject(new Error('broken'))),
      /broken/,
    );
  assert.equal(await gate(() => Promise.resolve('in')), 'in');
});
