// A rate over any window, whatever the pattern of questions: never more than the burst and the even flow, and never less than is due.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { rateFields, taken } from '#inquiries/rate.ts';

test('a burst of the whole rate is taken, the next is told when to come again, and is taken then', () => {
  let filledTo = 0;
  for (let n = 0; n < 60; n += 1) {
    const rate = taken(filledTo, 60, 1_000_000);
    assert.deepEqual([rate.isTaken, rate.left], [true, 59 - n]);
    ({ filledTo } = rate);
  }
  const refused = taken(filledTo, 60, 1_000_000);
  assert.deepEqual([refused.isTaken, refused.seconds, refused.filledTo], [false, 1, filledTo]);
  assert.equal(taken(filledTo, 60, 1_001_000).isTaken, true);
  assert.deepEqual(rateFields(60, refused), [
    ['ratelimit-policy', '"contract";q=60;w=60'],
    ['ratelimit', '"contract";r=0;t=1'],
  ]);
});

test('a minute’s edge gives nothing away: twice the rate in two seconds is not taken', () => {
  let filledTo = 0;
  const at = (now: number): boolean => {
    const rate = taken(filledTo, 10, now);
    ({ filledTo } = rate);
    return rate.isTaken;
  };
  const first = Array.from({ length: 10 }, () => at(59_000)).filter(Boolean).length;
  const second = Array.from({ length: 10 }, () => at(61_000)).filter(Boolean).length;
  assert.deepEqual([first, second], [10, 0]);
});

test('in any window no more are taken than the burst and what flows in meanwhile; what is refused would be taken when it says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
      (perMinute, gaps) => {
        let filledTo = 0;
        let now = 1_000_000;
        const times: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const rate = taken(filledTo, perMinute, now);
          if (rate.isTaken) times.push(now);
          else assert.equal(taken(rate.filledTo, perMinute, now + rate.seconds * 1000).isTaken, true);
          ({ filledTo } = rate);
        }
        for (const [at, first] of times.entries()) {
          for (const [count, last] of times.slice(at).entries())
            assert.ok(count + 1 <= perMinute + ((last - first) / 60_000) * perMinute + 1.001);
        }
      },
    ),
  );
});
