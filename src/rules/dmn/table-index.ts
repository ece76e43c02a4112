// Which rules of a decision table a value may hit, column by column: cells that compare with constants alone divide all values of their kind
// into classes (a constant, or what lies between two), and a class hits the same rules always. Kept as bits, found when first asked.
import type { Matcher } from '#rules/constant.ts';
import { compare } from '#rules/comparison.ts';
import { order } from '#rules/decimals.ts';
import { kindOf } from '#rules/kinds.ts';
import type { FeelValue } from '#rules/types.ts';

/** Bits of the rules a value hits, 32 to a word, rule 0 the lowest of the first; no bit is set before word `from` and from `to` on. */
export type Bits = { readonly words: Int32Array; readonly from: number; readonly to: number };
export type Column = (value: FeelValue) => Bits;

type Order = (a: FeelValue, b: FeelValue) => number | null;

/** Words of bits one column keeps at most; beyond, they are found anew. */
const MOST_KEPT = 1 << 20;

/** The column of an input; `cells` has undefined where any value will do. Undefined where the constants are not of one ordered kind. */
export function columnOf(cells: readonly (Matcher | undefined)[]): Column | undefined {
  const points = cells.flatMap((cell) => cell?.points ?? []).filter((point) => point !== null && typeof point !== 'boolean');
  const [first] = points;
  const kind = first === undefined ? undefined : kindOf(first);
  const sorted = kind === undefined ? [] : ordered(points);
  if (!sorted) return undefined;
  const find = (value: FeelValue): Bits => bitsOf(cells, value);
  const none = lazily(() => find(null));
  const [yes, no] = [lazily(() => find(true)), lazily(() => find(false))];
  const classes: (Bits | undefined)[] = [];
  const most = MOST_KEPT / Math.ceil(cells.length / 32);
  let kept = 0;
  const names = kind === 'string' ? new Map(sorted.map((point, at) => [point, 2 * at + 1])) : undefined;
  const compared = kind === 'number' ? (order as Order) : compare;
  return (value) => {
    if (value === null) return none();
    if (typeof value === 'boolean') return value ? yes() : no();
    if (kindOf(value) !== kind) return find(value);
    const at = names?.get(value) ?? classOf(value, sorted, compared);
    const known = classes[at];
    if (known) return known;
    const found = find(value);
    if (kept < most) classes[at] = found;
    kept += 1;
    return found;
  };
}

function lazily(find: () => Bits): () => Bits {
  let found: Bits | undefined;
  return () => (found ??= find());
}

/** Distinct, ascending; undefined where two do not compare. */
function ordered(points: readonly FeelValue[]): FeelValue[] | undefined {
  const [first = null] = points;
  if (points.some((point) => compare(point, first) === null)) return undefined;
  const sorted = points.toSorted((a, b) => compare(a, b) ?? 0);
  return sorted.filter((point, at) => at === 0 || compare(point, sorted[at - 1] ?? null) !== 0);
}

/** 2i + 1 for the point i, 2i for what lies before it and after the point before. */
function classOf(value: FeelValue, sorted: readonly FeelValue[], order: Order): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = order(value, sorted[middle] ?? null) ?? 0;
    if (found === 0) return 2 * middle + 1;
    if (found < 0) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

function bitsOf(cells: readonly (Matcher | undefined)[], value: FeelValue): Bits {
  const words = new Int32Array(Math.ceil(cells.length / 32));
  let from = words.length;
  let to = 0;
  for (const [at, cell] of cells.entries()) {
    if (cell && cell.test(value) !== true) continue;
    const word = at >> 5;
    words[word] = (words[word] ?? 0) | (1 << (at & 31));
    from = Math.min(from, word);
    to = word + 1;
  }
  return { words, from, to };
}
