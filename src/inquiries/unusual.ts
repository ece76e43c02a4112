// What is unusual in the use of a contract: rules as data, each with the figures that made it. Pure. A flag accuses nobody: somebody looks at it.
import type { Run, SubjectTally } from './use.ts';

/**
 * `volume`: more than `times` the median of the last `days` working days, and at least `least`. `outside-hours`, `unknown`, `refused`: so large a
 * share of a day's questions, and at least so many. `one-person`: more often about one person in a week. `sweep`: so many neighbours in a row.
 */
export const UNUSUAL_RULES = {
  volume: { times: 3, days: 28, knownDays: 5, least: 50 },
  'outside-hours': { share: 0.5, least: 20 },
  unknown: { share: 0.5, least: 20 },
  refused: { share: 0.3, least: 20 },
  'one-person': { most: 5 },
  sweep: { length: 8 },
} as const;
export type UnusualRule = keyof typeof UNUSUAL_RULES;

/** `about` tells flags of one rule apart: a day, a week with a person's hash, a day with where a run began. */
export type Flag = {
  readonly rule: UnusualRule;
  readonly about: string;
  readonly figures: { readonly [name: string]: number | string };
};

export type DayUse = {
  readonly day: string;
  readonly asked: number;
  readonly outsideHours: number;
  readonly unknown: number;
  readonly refused: number;
  /** Questions of each of the last working days, as far back as the contract goes. */
  readonly before: readonly number[];
};

export function unusualDay(use: DayUse): readonly Flag[] {
  const { day, asked } = use;
  const { volume } = UNUSUAL_RULES;
  const flags: Flag[] = [];
  const usual = medianOf(use.before);
  if (use.before.length >= volume.knownDays && asked >= volume.least && asked > volume.times * usual)
    flags.push({ rule: 'volume', about: day, figures: { day, asked, median: usual, days: use.before.length } });
  const shares = [
    ['outside-hours', use.outsideHours, asked],
    ['unknown', use.unknown, asked],
    ['refused', use.refused, asked + use.refused],
  ] as const;
  for (const [rule, count, of] of shares) {
    const { share, least } = UNUSUAL_RULES[rule];
    if (count >= least && count > share * of) flags.push({ rule, about: day, figures: { day, count, of } });
  }
  return flags;
}

/** `subject` is a keyed hash: the flag tells that it was one person, not who. */
export function unusualSubjects(subjects: readonly SubjectTally[]): readonly Flag[] {
  return subjects
    .filter((one) => one.asked > UNUSUAL_RULES['one-person'].most)
    .map(({ week, subject, asked }) => ({ rule: 'one-person', about: `${week} ${subject}`, figures: { week, asked } }));
}

export function unusualRuns(runs: readonly Run[]): readonly Flag[] {
  return runs
    .filter((one) => one.length >= UNUSUAL_RULES.sweep.length)
    .map(({ day, from, last, length }) => ({ rule: 'sweep', about: `${day} ${from}`, figures: { day, from, last, length } }));
}

/** Of an even count, the mean of the two in the middle; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
