// The types that built-in functions give whatever their arguments are (DMN 1.5 §10.3.4). Null beside them is always possible.
import type { Kind } from '#rules/kinds.ts';
import type { FeelType } from '#rules/typing.ts';

const NAMES: { readonly [kind in Kind]?: string } = {
  number: `number, string length, count, sum, mean, product, median, stddev, decimal, floor, ceiling, round up, round down,
    round half up, round half down, modulo, sqrt, log, exp, day of year, week of year`,
  string: `string, substring, upper case, lower case, substring before, substring after, replace, string join, day of week,
    month of year`,
  boolean: `not, contains, starts with, ends with, matches, list contains, all, any, even, odd, is, before, after, meets, met by,
    overlaps, overlaps before, overlaps after, finishes, finished by, includes, during, starts, started by, coincides`,
  date: 'date, today',
  time: 'time',
  'date and time': 'date and time, now',
  'years and months duration': 'years and months duration',
};

function simple(kind: string): FeelType {
  return { is: 'simple', kind: kind as Kind };
}

export const RESULTS: ReadonlyMap<string, FeelType> = new Map<string, FeelType>([
  ...Object.entries(NAMES).flatMap(([kind, names]) => names.split(/,\s+/).map((name) => [name, simple(kind)] as const)),
  ['split', { is: 'list', of: simple('string') }],
  ['index of', { is: 'list', of: simple('number') }],
  ['mode', { is: 'list', of: simple('number') }],
]);

/** Functions that give a list of the items they are given. */
export const SAME_LIST: ReadonlySet<string> = new Set(['sublist', 'remove', 'reverse', 'distinct values', 'sort']);
