// Functions over lists of numbers (DMN 1.5 Table 74): sum, mean, product, median, stddev, mode.
import { Decimal } from '#base/decimal.ts';
import { finite, order, plus } from '#rules/decimals.ts';
import type { FeelValue } from '#rules/types.ts';
import { overList } from './list.ts';
import { define, type Builtin } from './signature.ts';

type Numbers = readonly Decimal[];

/** Applies to a list of numbers only; an empty list gives what is said. */
function numbers(
  body: (list: Numbers) => FeelValue | undefined,
  empty: FeelValue = null,
): (list: readonly FeelValue[]) => FeelValue | undefined {
  return (list) => {
    if (list.length === 0) return empty;
    if (!list.every((item) => item instanceof Decimal)) return undefined;
    const found = body(list);
    return found instanceof Decimal ? finite(found) : found;
  };
}

const ZERO = new Decimal(0);
const BEYOND = new Decimal(Infinity);

function total(list: Numbers): Decimal {
  return list.reduce((sum, item) => plus(sum, item) ?? BEYOND, ZERO);
}

function mean(list: Numbers): Decimal {
  return total(list).div(list.length);
}

function median(list: Numbers): Decimal {
  const sorted = list.toSorted((a, b) => order(a, b));
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? new Decimal(0);
  return sorted.length % 2 ? high : high.plus(sorted[middle - 1] ?? high).div(2);
}

/** Of a sample: divided by n − 1. */
function deviation(list: Numbers): Decimal | null {
  if (list.length < 2) return null;
  const centre = mean(list);
  const squares = list.map((item) => item.minus(centre).pow(2));
  return total(squares)
    .div(list.length - 1)
    .sqrt();
}

/** The most frequent numbers, ascending. */
function mode(list: Numbers): FeelValue[] {
  const counts = new Map<string, { value: Decimal; count: number }>();
  for (const value of list) {
    const known = counts.get(value.toString());
    if (known) known.count += 1;
    else counts.set(value.toString(), { value, count: 1 });
  }
  const most = Math.max(...[...counts.values()].map(({ count }) => count));
  return [...counts.values()]
    .filter(({ count }) => count === most)
    .map(({ value }) => value)
    .sort((a, b) => order(a, b));
}

export const STATISTICS: readonly Builtin[] = [
  define('sum', ...overList(numbers(total))),
  define('mean', ...overList(numbers(mean))),
  define('product', ...overList(numbers((list) => list.reduce((product, item) => product.times(item), new Decimal(1))))),
  define('median', ...overList(numbers(median))),
  define('stddev', ...overList(numbers(deviation))),
  define('mode', ...overList(numbers(mode, []))),
];
