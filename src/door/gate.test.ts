// The gate: so many at once and no more, fewer where the server is slow, and a place is free again however the work ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#base/refusal.ts';
import { openGate } from './gate.ts';
import type { Gate } from './gate.ts';

const isOverloaded = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'overloaded' && error.facts['retryAfter'] === 1;

test('the third of two is told to come again, and its work is not begun', async () => {
  const gate = openGate({ most: 2, least: 1, target: 1000 });
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
  const gate = openGate({ most: 1, least: 1, target: 1000 });
  for (let turn = 0; turn < 3; turn += 1)
    await assert.rejects(
      gate(() => Promise.reject(new Error('broken'))),
      /broken/,
    );
  assert.equal(await gate(() => Promise.resolve('in')), 'in');
});

/** A server that does one thing after the other, each in `millis`; for each that leaves, two more come. Gives the longest of the last waits. */
async function longestWait(millis: number, given: { readonly gate: Gate; now: number }): Promise<number> {
  const queue: (() => void)[] = [];
  const waits: number[] = [];
  const comes = (): void => {
    const at = given.now;
    void given
      .gate(() => new Promise<void>((done) => queue.push(done)))
      .then(
        () => waits.push(given.now - at),
        () => undefined,
      );
  };
  for (let first = 0; first < 200; first += 1) comes();
  for (let served = 0; served < 3000; served += 1) {
    comes();
    comes();
    given.now += millis;
    queue.shift()?.();
    await Promise.resolve();
  }
  return Math.max(...waits.slice(-500));
}

test('whatever the server’s pace, those let in are answered in about the target’s time', async () => {
  for (const millis of [2, 10, 25]) {
    const given = { now: 0, gate: (() => Promise.reject(new Error('not yet'))) as Gate };
    given.gate = openGate({ most: 200, least: 8, target: 1000 }, () => given.now);
    const wait = await longestWait(millis, given);
    assert.ok(wait <= 1300, `${millis} ms each: ${wait} ms`);
    assert.ok(wait >= Math.min(300, millis * 200 * 0.9), `${millis} ms each: room is used, ${wait} ms`);
  }
});

test('work that waits for somebody else teaches the gate nothing', async () => {
  const given = { now: 0 };
  const gate = openGate({ most: 20, least: 2, target: 1000 }, () => given.now);
  for (let turn = 0; turn < 10; turn += 1)
    await gate((aside) => {
      aside();
      given.now += 2000;
      return Promise.resolve();
    });
  let inside = 0;
  const all = Array.from({ length: 20 }, () => gate(() => Promise.resolve((inside += 1))));
  await Promise.all(all);
  assert.equal(inside, 20);
});
