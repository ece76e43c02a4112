// The engine against a second interpreter of the core that shares nothing with it but the drawing.
import assert from 'node:assert/strict';
import { env } from 'node:process';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPlan } from './random-cases.test.ts';
import { envAt } from './random-history.test.ts';
import { begin, complete, coreOf, openTasks, randomCore, type Facts } from './random-reference.test.ts';
import { NOW } from './play.test.ts';
import { step } from './step.ts';
import { waits } from './waits.ts';

const facts = fc.record({ n: fc.nat({ max: 2 }), m: fc.boolean() });
const turns = fc.array(fc.tuple(fc.nat({ max: 99 }), facts), { maxLength: 40, size: 'max' });
const several = fc.array(fc.tuple(facts, turns), { minLength: 1, maxLength: 4, size: 'max' });

test('exactly those tasks stand open that the blocks say, after every answer, until the end', () =>
  fc.assert(
    fc.asyncProperty(randomCore, several, async (block, histories) => {
      const plan = await readPlan({ of: block, handlers: [] });
      const core = coreOf(block);
      const at = envAt(NOW);
      for (const [first, answers] of histories) {
        let spot = begin(core, first);
        let { state } = step(plan, undefined, { kind: 'start', vars: first }, at);
        const compare = (): void => {
          const open = waits(state).map(({ element }) => element);
          assert.deepEqual(open.toSorted(), openTasks(spot).toSorted());
          assert.equal(state.ended?.how, spot ? undefined : 'completed');
        };
        compare();
        for (const [which, result] of answers) {
          const open = waits(state);
          const { wait, element } = open[which % open.length] ?? {};
          if (!spot || !wait || element === undefined) break;
          spot = complete(spot, element, result satisfies Facts);
          ({ state } = step(plan, state, { kind: 'complete', wait, result }, at));
          compare();
        }
      }
    }),
    { numRuns: 150 * Number(env['LAW_RUNS'] ?? 1) },
  ));
