// The circuit breaker and the waits between tries, by their laws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant, plusMillis, toEpochMillis } from '#base/instant.ts';
import { admission, CLOSED, faltered, hurried, probing, succeeded } from './breaker.ts';
import type { Circuit } from './breaker.ts';
import { backoffMs } from './retry.ts';

const NOW = instant('2026-11-24T09:00:00Z');
const FIGURES = { failures: 3, openMs: 1000, capMs: 8000 };

test('it opens after as many failures as it is given, rests, and one probe decides', () => {
  let circuit: Circuit = CLOSED;
  for (let times = 0; times < 2; times += 1) circuit = faltered(circuit, FIGURES, NOW, false);
  assert.equal(admission(circuit, NOW), 'ask');
  circuit = faltered(circuit, FIGURES, NOW, false);
  assert.deepEqual([circuit.state, admission(circuit, plusMillis(NOW, 999))], ['open', 'wait']);
  const later = plusMillis(NOW, 1000);
  assert.equal(admission(circuit, later), 'probe');
  const probe = probing(circuit, later, 5000);
  assert.equal(admission(probe, later), 'wait', 'one probe at a time');
  assert.equal(admission(probe, plusMillis(later, 5000)), 'probe', 'a probe that nobody reported is not waited for');
  assert.deepEqual(faltered(probe, FIGURES, later, false), probe, 'a call from before it opened changes nothing');
  const again = faltered(probe, FIGURES, later, true);
  assert.deepEqual(again, { state: 'open', until: plusMillis(later, 2000), opened: 2 });
  assert.deepEqual(succeeded(), CLOSED);
});

test('who knows that it is up has a probe sent at once, and changes nothing else', () => {
  const open = { state: 'open', until: plusMillis(NOW, 60_000), opened: 4 } as const;
  assert.equal(admission(hurried(open, NOW), NOW), 'probe');
  assert.deepEqual(hurried(open, NOW), { ...open, until: NOW });
  for (const other of [CLOSED, probing(open, NOW, 5000)]) assert.equal(hurried(other, NOW), other);
});

test('however long a partner is dead, the calls it costs grow with the logarithm of the time and then by one a cap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 600 }), (failures, steps) => {
      const figures = { failures, openMs: 1000, capMs: 60_000 };
      let circuit: Circuit = CLOSED;
      let [now, calls] = [NOW, 0];
      // Somebody wants to ask every second.
      for (let second = 0; second < steps; second += 1) {
        const admitted = admission(circuit, now);
        if (admitted !== 'wait') {
          calls += 1;
          if (admitted === 'probe') circuit = probing(circuit, now, 100);
          circuit = faltered(circuit, figures, now, admitted === 'probe');
        }
        now = plusMillis(now, 1000);
      }
      assert.ok(calls <= failures + 6 + Math.ceil(steps / 60), `${calls} calls in ${steps} seconds`);
    }),
  );
});

test('whatever happens, a rest is never longer than its cap and a success closes it', () => {
  const step = fc.constantFrom('fail', 'probe-fail', 'probe', 'succeed', 'wait');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let circuit: Circuit = CLOSED;
      let now = NOW;
      for (const one of steps) {
        if (one === 'wait') now = plusMillis(now, 3000);
        if (one === 'fail' || one === 'probe-fail') circuit = faltered(circuit, FIGURES, now, one === 'probe-fail');
        if (one === 'probe' && admission(circuit, now) === 'probe') circuit = probing(circuit, now, 5000);
        if (one === 'succeed') circuit = succeeded();
        if (circuit.state === 'open') assert.ok(toEpochMillis(circuit.until) - toEpochMillis(now) <= FIGURES.capMs);
        if (one === 'succeed') assert.equal(admission(circuit, now), 'ask');
      }
    }),
  );
});

test('a wait doubles to its cap, and half of it is left to chance', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (tries, chance) => {
        const ms = backoffMs(tries, { firstMs: 1000, capMs: 60_000 }, chance);
        const full = Math.min(60_000, 1000 * 2 ** (tries - 1));
        assert.ok(ms >= full / 2 && ms <= full, `${ms} of ${full}`);
      },
    ),
  );
});
