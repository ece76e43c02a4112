// Odds learnt without labels: from pairs whose odds are known, and from what a guard knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countPattern, estimate } from './estimate.ts';
import { chancesOf, judgeOf } from './judge.ts';
import { rowOf } from './row.ts';
import type { ComparisonRule, Scheme } from './scheme.ts';
import { SCHEMES } from './schemes.ts';

const PERSON = SCHEMES.person;

test('odds are learnt back from pairs that were drawn by them', () => {
  // Every pattern of the scheme with its expected count: a million pairs, of one, of relatives, of strangers.
  const shares = [0.3, 0.5, 0.2];
  const scheme: Scheme = { ...PERSON, guards: [], comparisons: PERSON.comparisons.filter(({ name }) => name !== 'home') };
  const chances = scheme.comparisons.map(chancesOf);
  const patterns = new Map<string, { levels: number[]; isForbidden: boolean; count: number }>();
  const draw = (levels: number[], sofar: readonly number[]): void => {
    const next = chances[levels.length];
    if (!next)
      patterns.set(levels.join(' '), { levels, isForbidden: false, count: 1e6 * sofar.reduce((sum, one) => sum + one, 0) });
    else
      for (const [level, of] of next.entries())
        draw(
          [...levels, level],
          sofar.map((one, kind) => one * of[kind]!),
        );
  };
  draw([], shares);
  const odds = { exact: [0.7, 0.4, 0.2], near: [0.2, 0.2, 0.2], differ: [0.1, 0.4, 0.6] } as const;
  const told: Scheme = {
    ...scheme,
    comparisons: scheme.comparisons.map((rule) => (rule.name === 'fatherName' ? { ...rule, odds } : rule) as ComparisonRule),
  };
  const learnt = estimate(told, patterns, 200);
  for (const [kind, share] of shares.entries()) assert.ok(Math.abs(learnt.shares[kind]! - share) < 0.02, String(learnt.shares));
  const father = chancesOf(learnt.scheme.comparisons.find(({ name }) => name === 'fatherName')!)[0]!;
  for (const [kind, true_] of [0.93, 0.3, 0.05].entries()) assert.ok(Math.abs(father[kind]! - true_) < 0.03, String(father));
  assert.ok(Math.abs(learnt.scheme.rivals[0].prior - Math.log2(0.3 / 0.5)) < 0.2);
});

test('what a guard forbids is learnt from as two', () => {
  const patterns: Parameters<typeof countPattern>[1] = new Map();
  const judge = judgeOf(PERSON);
  const [one, other] = ['0076229645', '0499370899'].map((nationalId) => rowOf(PERSON, { nationalId, givenName: 'سارا' })) as any;
  countPattern(judge, patterns, one, other);
  countPattern(judge, patterns, one, other);
  assert.deepEqual(
    [...patterns.values()].map(({ isForbidden, count }) => [isForbidden, count]),
    [[true, 2]],
  );
  assert.ok(estimate(PERSON, patterns, 3).shares[0]! < 0.001);
});
